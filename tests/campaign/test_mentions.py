import pytest

from campaign.mentions import Mentions
from campaign.models import Figure, Service, SiteSettings

pytestmark = pytest.mark.django_db


def test_service_becomes_its_name_and_number():
    assert Mentions().resolve("Ring [[service:childline]].") == (
        'Ring Childline on <a href="tel:08001111">0800 1111</a>.'
    )


def test_service_without_a_number_becomes_a_link():
    row = Service.objects.get(key="report-remove")

    assert Mentions().resolve("[[service:report-remove]]") == f'<a href="{row.url}">{row.name}</a>'


def test_number_to_text_becomes_a_link():
    assert Mentions().resolve("[[service:shout]]") == (
        'Shout: <a href="sms:85258">text NOTTS to 85258</a>'
    )


def test_name_that_holds_the_number_is_the_link():
    assert Mentions().resolve("[[route:101]]") == '<a href="tel:101">Call 101</a>'


def test_hidden_service_is_named_without_its_number():
    Service.objects.filter(key="childline").update(is_shown=False)

    assert Mentions().resolve("[[service:childline]]") == "Childline"


def test_words_of_the_force_come_from_the_site_settings():
    SiteSettings.objects.update(force_name="Fen & Marsh Police", area="the fens")

    assert Mentions().resolve("[[force]] in [[area]]") == "Fen &amp; Marsh Police in the fens"


def test_figure_becomes_its_value():
    value = Figure.objects.get(key="notts-2023").value

    assert Mentions().resolve("[[figure:notts-2023]]") == value


def test_plain_text_is_escaped():
    assert Mentions().resolve("<b>[[force]]</b>") == "&lt;b&gt;Nottinghamshire Police&lt;/b&gt;"


UNKNOWN = ["[[service:nobody]]", "[[farce]]", "[[]]", "[[figure:]]", "[[page:x]]"]


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_mention_is_found_and_shown_as_nothing(text):
    assert Mentions().unknown([f"a {text} b"]) == [text]
    assert Mentions().resolve(text) == ""


def test_known_mentions_are_not_complained_about():
    assert Mentions().unknown(["[[force]] [[service:childline]] [[figure:notts-2023]]"]) == []
