"""Links in the place of mail: who gets in by one, once, and who does not any more."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from sextortion_site.staff.models import AuditEntry, LinkKind, SignInTries, StaffLink
from sextortion_site.staff.sign_in import links
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

CHOOSE = "/staff/account/choose-password/"
NEW = "nine loud crows at dawn"
DEAD = "This link does not work any more"


@pytest.fixture
def ann():
    return new_account("ann", "Administrator")


@pytest.fixture
def maria():
    return new_account("maria", "Writer")


@pytest.fixture
def link(ann, maria) -> str:
    """A recovery of maria, by ann."""
    return path_of(links.make(LinkKind.RECOVERY, maria, by=ann))


def path_of(url: str) -> str:
    found = re.search(r"/staff/account/link/[\w-]+/", url)
    assert found, url
    return found[0]


def choose(client, password=NEW, **more):
    return client.post(CHOOSE, {"password": password, "again": password, **more})


def test_link_leads_to_a_password_and_on_to_the_second_step(client, link, maria):
    page = client.get(link, follow=True)
    response = choose(client)

    assert page.request["PATH_INFO"] == CHOOSE
    assert "This is for the account maria" in page.content.decode()
    assert response["Location"] == "/staff/account/second-factor/"
    assert User.objects.get(pk=maria.pk).check_password(NEW)
    assert client.get("/staff/").status_code == 302
    assert AuditEntry.objects.filter(action="staff.link_used").get().account_name == "maria"


def test_whoever_chose_a_password_just_now_is_not_asked_for_it_again(client, link):
    client.get(link)
    choose(client)

    assert client.get("/staff/account/second-factor/app/").status_code == 200


def test_token_is_nowhere_but_in_the_link(client, link):
    token = link.split("/")[-2]
    response = client.get(link)
    page = client.get(CHOOSE)
    kept = [*StaffLink.objects.values_list("token_hash", flat=True)]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]

    assert token not in response["Location"] + page.content.decode() + "".join(kept)
    assert token not in str(list(AuditEntry.objects.values()))
    assert response.content == b""
    assert "no-store" in response["Cache-Control"]


def test_looking_behind_a_link_does_not_use_it_up(client, link):
    for ask in (client.head, client.get, Client().get):
        assert ask(link)["Location"] == CHOOSE

    client.get(link)
    assert choose(client).status_code == 302


def test_link_works_once(client, link):
    other = Client()
    other.get(link)
    client.get(link)
    choose(client)

    assert DEAD in choose(other, "another password of mine").content.decode()
    assert DEAD in Client().get(link).content.decode()


@pytest.mark.parametrize(
    ("kind", "hours"), [(LinkKind.FIRST, 24), (LinkKind.INVITATION, 72), (LinkKind.RECOVERY, 1)]
)
def test_link_gets_too_old(client, maria, kind, hours):
    link = path_of(links.make(kind, maria, by=None))
    lives = StaffLink.objects.get().expires_at - timezone.now()
    client.get(link)
    StaffLink.objects.update(expires_at=timezone.now())

    assert datetime.timedelta(hours=hours) >= lives > datetime.timedelta(hours=hours - 0.01)
    assert choose(client).status_code == 410
    assert client.get(link).status_code == 410


def test_newer_link_ends_the_one_before(client, link, ann, maria):
    links.make(LinkKind.RECOVERY, maria, by=ann)

    assert client.get(link).status_code == 410


def test_link_of_a_closed_account_is_dead(client, link, maria):
    client.get(link)
    User.objects.filter(pk=maria.pk).update(is_active=False)

    assert choose(client).status_code == 410
    assert client.get(link).status_code == 410


def test_account_that_is_closed_while_the_password_is_hashed_stays_closed(
    client, link, maria, closed_by_hashing
):
    client.get(link)
    closed_by_hashing(maria)

    assert choose(client).status_code == 410
    assert not User.objects.get(pk=maria.pk).is_active
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("token", ["x", "A" * 43, "'--"])
def test_guessed_token_opens_nothing_and_keeps_nothing(client, link, token):
    assert client.get(f"/staff/account/link/{token}/").status_code == 410
    assert not Session.objects.exists()


def test_nobody_makes_a_link_for_their_own_account(ann):
    with pytest.raises(links.OwnAccountError):
        links.make(LinkKind.RECOVERY, ann, by=ann)


def test_recovery_ends_password_factors_sessions_and_lock(client, link, maria):
    before = Client()
    sign_in(before, maria)
    SignInTries.objects.create(account=maria, number=5)
    assert before.get("/staff/").status_code == 200

    client.get(link)
    choose(client)

    assert not Authenticator.objects.filter(user=maria).exists()
    assert before.get("/staff/").status_code == 302
    assert SignInTries.objects.get(account=maria).number == 0


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "This password is too short"),
        ("qwerty123456", "qwerty123456", "too common"),
        (NEW, f"{NEW}!", "The two are not the same"),
    ],
)
def test_unfit_password_is_refused_in_words(client, link, password, again, words):
    client.get(link)
    response = client.post(CHOOSE, {"password": password, "again": again})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert f'value="{password}"' not in response.content.decode()
    assert StaffLink.objects.get().used_at is None


def test_whoever_is_signed_in_and_opens_anothers_link_becomes_them(client, link, ann):
    sign_in(client, ann)
    client.get(link)
    choose(client)

    assert client.session["_auth_user_id"] == str(User.objects.get(username="maria").pk)
    assert client.get("/staff/").status_code == 302


# --- The first administrator --------------------------------------------------------------


def invite(capsys, *options: str) -> str:
    call_command("invite_administrator", *options)
    return capsys.readouterr().out


def test_first_link_makes_an_administrator_by_a_name_of_their_own(client, capsys):
    client.get(path_of(invite(capsys, "--if-none")))
    choose(client, username="chief")

    chief = User.objects.get()
    assert (chief.username, chief.is_superuser) == ("chief", False)
    assert [group.name for group in chief.groups.all()] == ["Administrator"]


def test_password_that_is_like_the_new_name_is_refused(client, capsys):
    client.get(path_of(invite(capsys)))

    page = choose(client, "headmistress9", username="headmistress").content.decode()

    assert "too similar to the username" in page


def test_second_start_prints_a_new_link_and_ends_the_first(client, capsys):
    first, second = invite(capsys, "--if-none"), invite(capsys, "--if-none")

    assert client.get(path_of(first)).status_code == 410
    assert client.get(path_of(second)).status_code == 302
    assert User.objects.count() == 1


def test_start_prints_nothing_where_an_administrator_has_come_in(client, capsys):
    client.get(path_of(invite(capsys, "--if-none")))
    choose(client, username="chief")

    assert invite(capsys, "--if-none") == ""


def test_first_name_of_somebody_else_is_refused(client, capsys, maria):
    client.get(path_of(invite(capsys)))

    assert "Somebody else has this name" in choose(client, username="MARIA").content.decode()


def test_command_lets_the_only_administrator_in_again(client, capsys):
    client.get(path_of(invite(capsys)))
    choose(client, username="chief")
    SignInTries.objects.create(account=User.objects.get(), number=5)

    client.get(path_of(invite(capsys, "--name", "chief")))
    assert choose(client, "thirty grey geese", username="chief").status_code == 302


def test_command_makes_no_administrator_of_somebody_who_has_come_in(maria):
    maria.last_login = timezone.now()
    maria.save()

    with pytest.raises(CommandError, match="maria is somebody else's account"):
        call_command("invite_administrator", name="maria")


def test_django_s_way_to_a_superuser_names_ours():
    with pytest.raises(CommandError, match="invite_administrator"):
        call_command("createsuperuser", "--noinput", username="root")
