"""Every screen of the staff's side of a running site, found in its URLconf."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from sextortion_site.staff.models import Account, LinkKind
from sextortion_site.staff.roles import ROLES
from sextortion_site.staff.sign_in import links
from tests.conftest import Site, manage
from tests.staff.addresses import staff_addresses
from tests.staff.examples import Examples, with_every_factor
from tests.staff.signing_in import PASSWORD, new_account, new_session

# What stands there is for readers or for scripts.
NO_SCREENS = ("preview", "jsi18n", "autocomplete")


@dataclass(frozen=True)
class Screens:
    """The sessions' keys, and the path of each screen by the address as the URLconf has it."""

    session: str
    paths: dict[str, str]
    newcomer_session: str
    newcomer_paths: dict[str, str]
    invitation: str


def screens_of(site: Site) -> Screens:
    lines = "from tests.browser.staff_screens import find", "find()"
    done = manage(site.environment, "shell", "--no-imports", "-c", "; ".join(lines))
    assert done.returncode == 0, done.stderr
    return Screens(**json.loads(done.stdout))


def find() -> None:
    """Inside the site: makes an example of everything that can be shown, a member of staff who may
    see it all, and one who has yet to set up a second step; prints the screens."""
    examples = Examples.make()
    everything = with_every_factor(new_account("everything", *ROLES.values()))
    newcomer = get_user_model().objects.create_user("newcomer", password=PASSWORD, is_staff=True)
    session, newcomer_session = new_session(everything), new_session(newcomer)
    invited = Account.objects.create_user("invited", is_staff=True)
    screens = Screens(
        session,
        _paths(examples, everything, session),
        newcomer_session,
        _paths(examples, newcomer, newcomer_session),
        links.make(LinkKind.INVITATION, invited, None),
    )
    print(json.dumps(asdict(screens)))


def _paths(examples: Examples, account: Any, session: str) -> dict[str, str]:
    """The addresses that answer this member of staff with a page of their own."""
    found = {}
    for address in staff_addresses():
        if address.name in NO_SCREENS or (address.arguments and not account.groups.exists()):
            continue  # a newcomer has no passkey to take off
        path = examples.path(address, account)
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        answer = client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[str(address)] = path
    return found
