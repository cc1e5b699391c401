"""A form that cannot be taken says so at the top, names every field and leads to each."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaign.models import Page
from campaign.publishing.drafts import latest_revision
from sextortion_site.staff.models import Account, LinkKind
from sextortion_site.staff.sign_in import links
from tests.campaign.uploads import drawn, written
from tests.staff.signing_in import PASSWORD, new_account, sign_in
from tests.staff.test_links import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client: Client) -> Client:
    sign_in(client, new_account("pat", "Publisher"))
    return client


def summary_of(answer: Any) -> str:
    """What stands in it; the field that it names knows that it is wrong, and why."""
    text: str = answer.content.decode()
    assert "<title>Error: " in text
    _before, _, rest = text.partition('<div class="errornote error-summary"')
    assert rest.count("error-summary") == 2, "one summary, with a heading that names it"
    assert " autofocus>" in rest
    return rest.partition("</div>")[0]


def names(answer: Any, field: str) -> bool:
    text = answer.content.decode()
    is_linked = f'<a href="#{field}">' in summary_of(answer)
    return is_linked and f'{field}_error"' in text and 'aria-invalid="true"' in text


def test_signing_in_without_a_name_or_a_password(client: Client):
    answer = client.post("/staff/account/sign-in/", {})

    assert names(answer, "id_login")
    assert names(answer, "id_password")


def test_signing_in_with_a_wrong_password(client: Client):
    new_account("ann", "Writer")

    answer = client.post("/staff/account/sign-in/", {"login": "ann", "password": "wrong"})

    assert "The name or the password is not right" in summary_of(answer)


def test_code_of_the_second_step(client: Client):
    new_account("ann", "Writer")
    client.post("/staff/account/sign-in/", {"login": "ann", "password": PASSWORD})

    answer = client.post("/staff/account/second-factor/step/", {"code": "1"})

    assert names(answer, "id_code")


def test_password_that_is_chosen(client: Client):
    account = Account.objects.create_user("ivy", is_staff=True)
    client.get(path_of(links.make(LinkKind.INVITATION, account, None)))

    answer = client.post("/staff/account/choose-password/", {"password": "short"})

    assert names(answer, "id_password")
    assert names(answer, "id_again")


@pytest.mark.parametrize("screen", ["schedule", "unpublish"])
def test_moment_that_cannot_be_read(publisher: Client, screen: str):
    page = Page.objects.get(slug="friends")
    shown = getattr(latest_revision(page), "pk", "")

    answer = publisher.post(
        f"/staff/campaign/page/{page.pk}/{screen}/", {"at": "soon", "shown": shown}
    )

    assert names(answer, "id_at")


def test_newer_draft_and_moment_are_told_at_once(publisher: Client):
    page = Page.objects.get(slug="friends")

    answer = publisher.post(f"/staff/campaign/page/{page.pk}/schedule/", {"at": "", "shown": "0"})

    assert names(answer, "id_at")
    assert "saved a newer draft after this screen was opened" in summary_of(answer)


def test_picture_without_alternative_text(publisher: Client):
    sent = {"title": "A chat", "upload": SimpleUploadedFile("a.jpg", written(drawn()))}

    answer = publisher.post("/staff/campaign/image/add/", sent)

    assert names(answer, "id_alternative")
