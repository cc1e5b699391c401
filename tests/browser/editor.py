"""An editor with every right who has signed in to a running site."""

from playwright.sync_api import BrowserContext

from tests.conftest import Site, manage

SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
account, is_new = get_user_model().objects.get_or_create(
    username="editor", defaults={"is_staff": True, "is_superuser": True}
)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
print(session.session_key)
"""


def sign_in(context: BrowserContext, site: Site) -> str:
    """Gives the browser the cookie of a session that the server has made, and returns its key."""
    key = in_site(site, SESSION).strip()
    context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": key,
                "domain": "127.0.0.1",
                "path": "/staff/",
                "httpOnly": True,
                "sameSite": "Strict",
            }
        ]
    )
    return key


def in_site(site: Site, code: str) -> str:
    """What this code prints when it runs inside the site."""
    done = manage(site.environment, "shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout
