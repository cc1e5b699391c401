"""Members of staff for tests: with roles, a second factor, and signed in."""

import time
from importlib import import_module
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from tests.conftest import manage
from tests.staff.codes import app_code, recovery_codes

PASSWORD = "seven quiet herons"  # noqa: S105 - of accounts that live for a test
BACKEND = "django.contrib.auth.backends.ModelBackend"


def new_account(name: str, *roles: str) -> Any:
    """With these roles, by their groups' names, and an app that shows codes."""
    account = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
    account.groups.set(Group.objects.filter(name__in=roles))
    TOTP.activate(account, generate_totp_secret())
    return account


def sign_in(client: Client, account: Any) -> None:
    """As if password and second factor had been given just now."""
    client.cookies[settings.SESSION_COOKIE_NAME] = new_session(account)


def be_sure(client: Client, account: Any) -> None:
    """Shows the second factor once more, as is asked before what decides who can sign in."""
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        code = app_code(account)
    else:
        code = recovery_codes(account)[0]
    response = client.post("/staff/account/second-factor/sure/", {"code": code})
    assert response.status_code == 302, response.content.decode()


def new_session(account: Any) -> str:
    """The key of a session that has just begun."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    factor = Authenticator.objects.filter(user=account).first()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "username": account.username},
        *([{"method": "mfa", "at": time.time(), "type": factor.type}] if factor else []),
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session.save()
    return str(session.session_key)


def session_at(environment: dict[str, str], name: str, *roles: str) -> dict[str, Any]:
    """A cookie, as browsers take it, of a new member of staff at a site that runs by itself."""
    said = run_at(
        environment,
        "from tests.staff.signing_in import new_account, new_session",
        f"print(new_session(new_account({name!r}, *{roles!r})))",
    )
    return {"name": settings.SESSION_COOKIE_NAME, "value": said, "path": "/staff/"}


def run_at(environment: dict[str, str], *lines: str) -> str:
    """What these lines of Python print at a site that runs by itself."""
    done = manage(environment, "shell", "--no-imports", "-c", "\n".join(lines))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
