"""What staff are told where a page cannot be shown: in their own frame, with a way back."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory

from campaign.models import Page
from sextortion_site.urls import handler404
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

WAY_BACK = '<a class="button default" href="/staff/">To the staff pages</a>'
TOO_MANY_FIELDS = {f"field-{number}": "" for number in range(1001)}


@pytest.fixture
def writer(client: Client) -> Client:
    sign_in(client, new_account("will", "Writer"))
    return client


def is_in_the_staffs_frame(answer: Any) -> bool:
    page = answer.content.decode()
    return WAY_BACK in page and "staff/frame.css" in page and "Leave this site" not in page


def test_what_somebody_may_not_do_is_said_in_words(writer: Client):
    page = Page.objects.get(slug="friends")

    answer = writer.get(f"/staff/campaign/page/{page.pk}/publish/")

    assert answer.status_code == 403
    assert is_in_the_staffs_frame(answer)
    assert "<h1>You may not do that</h1>" in answer.content.decode()
    assert "Sign out" in answer.content.decode()


def test_page_that_is_not_there_is_said_in_words(writer: Client):
    answer = writer.get("/staff/no/such/page/")

    assert answer.status_code == 404
    assert is_in_the_staffs_frame(answer)
    assert "<h1>This page is not here</h1>" in answer.content.decode()


def test_form_that_cannot_be_read_is_said_in_words(writer: Client):
    answer = writer.post("/staff/campaign/page/add/", TOO_MANY_FIELDS)

    assert answer.status_code == 400
    assert is_in_the_staffs_frame(answer)


def test_fault_of_the_site_is_said_without_asking_the_database(writer: Client, monkeypatch):
    monkeypatch.setattr("sextortion_site.staff.site.panels", lambda request: 1 / 0)
    writer.raise_request_exception = False

    answer = writer.get("/staff/")

    assert answer.status_code == 500
    assert is_in_the_staffs_frame(answer)
    assert "will" not in answer.content.decode()


def test_readers_keep_their_own_page(writer: Client):
    answer = writer.get("/no-such-page/")

    assert answer.status_code == 404
    assert "The help is still here" in answer.content.decode()


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client):
    for path in ("/staff/no/such/page/", "/staff/campaign/page/9999/publish/"):
        assert client.get(path).status_code == 302, path


@pytest.mark.parametrize("second_step_is_missing", [True, False])
def test_whoever_is_not_signed_in_with_both_steps_is_told_no_more_than_a_reader(
    client: Client, rf: RequestFactory, second_step_is_missing: bool
):
    request: Any = rf.get("/staff/no/such/page/")
    request.session, request.user = client.session, AnonymousUser()
    if second_step_is_missing:
        request.user = get_user_model().objects.create_user("new", is_staff=True)

    answer = handler404(request, Http404())

    assert answer.status_code == 404
    assert "The help is still here" in answer.content.decode()
