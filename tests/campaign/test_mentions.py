import time

import pytest

from campaign.mentions import Mentions
from campaign.models import Figure, Service, SiteSettings

pytestmark = pytest.mark.django_db


def test_service_becomes_its_name_and_number():
    assert Mentions().rich("Ring [[service:childline]].") == (
        'Ring Childline on <a href="tel:08001111">0800 1111</a>.'
    )


def test_service_without_a_number_becomes_a_link():
    row = Service.objects.get(key="report-remove")

    assert Mentions().rich("[[service:report-remove]]") == f'<a href="{row.url}">{row.name}</a>'


def test_number_to_text_becomes_a_link():
    assert Mentions().rich("[[service:shout]]") == (
        'Shout: <a href="sms:85258">text NOTTS to 85258</a>'
    )


def test_name_that_holds_the_number_is_the_link():
    assert Mentions().rich("[[route:101]]") == '<a href="tel:101">Call 101</a>'


def test_hidden_service_is_named_without_its_number():
    Service.objects.filter(key="childline").update(is_shown=False)

    assert Mentions().rich("[[service:childline]]") == "Childline"


def test_words_of_the_force_come_from_the_site_settings():
    SiteSettings.objects.update(force_name="Fen & Marsh Police", area="the fens")

    assert Mentions().rich("[[force]] in [[area]]") == "Fen &amp; Marsh Police in the fens"


def test_figure_becomes_its_value():
    value = Figure.objects.get(key="notts-2023").value

    assert Mentions().rich("[[figure:notts-2023]]") == value


def test_plain_text_is_escaped_and_has_no_links():
    plain = Mentions().plain("<b>[[force]]</b> [[service:childline]]")

    assert plain == "&lt;b&gt;Nottinghamshire Police&lt;/b&gt; Childline on 0800 1111"


def test_hidden_figure_keeps_its_number_to_itself():
    Figure.objects.filter(key="notts-2023").update(grade="C", is_shown=False)

    assert Mentions().rich("From [[figure:notts-2023]].") == "From a number not shown."


@pytest.mark.parametrize(
    "text", ["[[service:nobody]]", "[[farce]]", "[[]]", "[[figure:]]", "[[page:x]]", "[[service:]]"]
)
def test_unknown_mention_is_refused_and_shown_as_nothing(text):
    assert Mentions().fault("body", f"a {text} b") == (
        f"There is no {text}. Look up the key in its list."
    )
    assert Mentions().rich(f"a{text}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/support/">Ring [[service:childline]]</a>',
        '<a href="https://example.org/[[area]]">x</a>',
        '<a href="/"><strong>[[force]]</strong></a>',
    ],
)
def test_mention_inside_a_link_is_refused(text):
    assert "inside a link" in (Mentions().fault("body", text) or "")


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="https://e.example/?[[service:childline]]">',
        '<a href="https://e.example/?[[service:childline]]<b">',
        '<a href="https://e.example/?>[[service:childline]]">',
        "<a href='https://e.example/?[[service:childline]]\">'>",
        "<a href=https://e.example/?[[service:childline]]>",
    ],
)
def test_mention_inside_a_tag_brings_no_link(tag):
    """Its quotation marks would end the attribute."""
    assert Mentions().rich(f"<p>{tag}words</a></p>") == f"<p>{tag}words</a></p>"


def test_mention_beside_a_link_is_fine():
    assert Mentions().fault("body", '<a href="/">x</a> [[force]] <a href="/">y</a>') is None


def test_mention_in_a_field_that_shows_it_as_it_is_written_is_refused():
    assert "Nothing can be mentioned here" in (Mentions().fault("menu_label", "[[force]]") or "")


def test_known_mentions_are_not_complained_about():
    text = "[[force]] [[service:childline]] [[figure:notts-2023]]"

    assert Mentions().fault("body", text) is None


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/">x</a> [[force]]',
        "a < b [[force]]",
        "[[force]] a > b",
        '<a href="/">x</a><strong>[[force]]</strong>',
        "<abbr>[[force]]</abbr>",
    ],
)
def test_mention_beside_a_link_is_right(text):
    assert Mentions().fault("body", text) is None


@pytest.mark.parametrize("part", ["<a>", "<a", "<", "[[force]]<a", "<a>x</a>"])
def test_long_text_is_looked_through_once(part):
    """A search that begins anew at each place would take minutes."""
    before = time.process_time()

    Mentions().fault("body", part * 50_000)

    assert time.process_time() - before < 5
