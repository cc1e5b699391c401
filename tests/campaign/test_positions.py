"""Positions typed on a list: what somebody typed is written, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from campaign.models import RowVersion, Tip
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

TIPS = "admin:campaign_tip_changelist"


@pytest.fixture
def other() -> Client:
    client = Client()
    sign_in(client, new_account("nina", "Publisher"))
    return client


def opened(client: Client) -> dict[str, object]:
    """What the browser would post back from the list."""
    return posted(client.get(reverse(TIPS)))


def posted(response) -> dict[str, object]:
    formset = response.context["cl"].formset
    data: dict[str, object] = {"_save": "Save"}
    for field in (field for form in [formset.management_form, *formset] for field in form):
        data[field.html_name] = field.value()
        if field.field.show_hidden_initial:
            hidden = field.as_hidden(only_initial=True)
            data[field.html_initial_name] = hidden.partition('value="')[2].partition('"')[0]
    return data


def save(client: Client, data: dict[str, object]):
    return client.post(reverse(TIPS), data)


@pytest.fixture(autouse=True)
def tips() -> list[Tip]:
    """All that the list holds, in its order."""
    Tip.objects.all().delete()
    return [
        Tip.objects.create(key="one", title="One tip", position=10),
        Tip.objects.create(key="two", title="Two tips", position=20),
    ]


def positions() -> list[int]:
    return [Tip.objects.get(key=key).position for key in ("one", "two")]


def test_number_that_nobody_changed_here_overwrites_nothing(editor, other):
    mine = opened(editor) | {"form-1-position": 30}
    assert save(other, opened(other) | {"form-0-position": 41}).status_code == 302

    assert save(editor, mine).status_code == 302

    assert positions() == [41, 30]


def test_list_carries_the_numbers_that_it_was_opened_on(editor):
    words = editor.get(reverse(TIPS)).content.decode()

    assert 'name="initial-form-0-position" value="10"' in words


def test_row_that_nobody_changed_here_has_no_new_version(editor, tips):
    save(editor, opened(editor) | {"form-1-position": 30})

    assert set(RowVersion.objects.values_list("row_id", flat=True)) == {tips[1].pk}


def test_number_that_another_typed_meanwhile_is_told_and_mine_is_kept(editor, other):
    mine = opened(editor) | {"form-0-position": 55}
    save(other, opened(other) | {"form-0-position": 41})

    refused = save(editor, mine)

    assert "This was set to 41 after you opened the list" in refused.content.decode()
    assert positions() == [41, 20]
    again = posted(refused)
    assert again["form-0-position"] == "55"
    assert save(editor, again).status_code == 302
    assert positions() == [55, 20]


def test_second_press_is_refused_again_when_they_have_typed_once_more(editor, other):
    mine = opened(editor) | {"form-0-position": 55}
    save(other, opened(other) | {"form-0-position": 41})
    again = posted(save(editor, mine))
    save(other, opened(other) | {"form-1-position": 42})

    assert "This was set to 42" in save(editor, again).content.decode()
    assert positions() == [42, 20]


def test_list_without_the_numbers_that_it_was_opened_on_overwrites_nothing(editor):
    data = opened(editor) | {"form-0-position": 55}
    del data["initial-form-0-position"]

    assert save(editor, data).status_code == 200
    assert positions() == [10, 20]


def test_words_that_another_saved_meanwhile_stay(editor, other, tips):
    first, _second = tips
    mine = opened(editor) | {"form-0-position": 55}
    data = form_data(other.get(change_url(first))) | {"title": "Their title"}
    assert other.post(change_url(first), data).status_code == 302

    assert save(editor, mine).status_code == 302

    first.refresh_from_db()
    assert (first.title, first.position) == ("Their title", 55)


def test_each_number_stays_beside_its_row_where_the_order_has_changed(editor, other):
    mine = opened(editor) | {"form-0-position": 55}
    save(other, opened(other) | {"form-0-position": 41})

    refused = save(editor, mine)

    rows = [str(row) for row in refused.context["cl"].result_list]
    assert rows == [str(form.instance) for form in refused.context["cl"].formset]


def test_row_that_another_deleted_meanwhile_is_told(editor, tips):
    first, second = tips
    mine = opened(editor) | {"form-1-position": 30}
    first.delete()

    said = save(editor, mine).content.decode()

    assert "Somebody deleted a row after you opened the list" in said
    second.refresh_from_db()
    assert second.position == 20
