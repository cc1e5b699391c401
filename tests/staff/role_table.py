"""The table of docs/roles.md: which role may see and change what at which address."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sextortion_site.staff.roles import ROLES
from tests.conftest import ROOT
from tests.staff.addresses import Address, staff_addresses
from tests.staff.examples import QUERIES, Examples, with_every_factor
from tests.staff.signing_in import new_account, sign_in

DOCUMENT = ROOT / "docs" / "roles.md"
BEGIN, END = "<!-- table: python -m tests.staff.write_roles -->\n", "<!-- end of the table -->\n"

NO_ROLE, NOT_SIGNED_IN = "No role", "Not signed in"
WHO = [*ROLES.values(), NO_ROLE, NOT_SIGNED_IN]

# They only show something, whatever is posted there. Every other address is asked both ways.
ONLY_SHOW = (
    *("", "index", "app_list", "jsi18n", "autocomplete", "password_change"),
    *("login", "preview", "password_change_done", "mfa_download_recovery_codes", "staff-link"),
)
ONLY_SHOW_ENDINGS = ("_history", "_deleted", "_page_preview")
# They lead to signing in by themselves; elsewhere that is a refusal.
PARTS_OF_SIGNING_IN = ("account_logout", "logout", "mfa_authenticate", "mfa_login_webauthn")
# Where there is nothing for somebody, they say so with 404. Elsewhere that is a bad example.
MAY_BE_MISSING = ("app_list", "")

Column = dict[str, str]


class Asking:
    """Asks as one member of staff, and leaves nothing behind."""

    def __init__(self, who: str, examples: Examples) -> None:
        self.examples = examples
        self.is_signed_in = who != NOT_SIGNED_IN
        roles = [who] if who in ROLES.values() else []
        self.account = with_every_factor(new_account(who.lower(), *roles))

    def column(self) -> Column:
        return {str(address): self.cell(address) for address in staff_addresses()}

    def cell(self, address: Address) -> str:
        can = [word for word, may in (("see", self.sees), ("change", self.changes)) if may(address)]
        return ", ".join(can) or "-"

    def sees(self, address: Address) -> bool:
        path = self.examples.path(address, self.account)
        return self._is_let_in(address, "get", path, QUERIES.get(address.name, {}))

    def changes(self, address: Address) -> bool:
        if address.name in ONLY_SHOW or address.name.endswith(ONLY_SHOW_ENDINGS):
            return False
        path = self.examples.path(address, self.account)
        if address.name.endswith("_changelist"):
            return any(self._does(path, form) for form in self._list_forms(address))
        return self._is_let_in(address, "post", path, self.examples.posted(address))

    def _list_forms(self, address: Address) -> Iterator[dict[str, Any]]:
        """What can be done on a list: an action, or a change in its lines."""
        owner = address.model_admin
        assert owner is not None, address
        if owner.list_editable:
            yield {"_save": "Save"}
        row = self.examples.row(owner.model).pk if owner.actions is not None else None
        for _action, name, _words in owner._get_base_actions() if row else ():
            yield {"action": name, ACTION_CHECKBOX_NAME: row}

    def _does(self, path: str, form: dict[str, Any]) -> bool:
        """A list answers an action that somebody may not use as if nothing had been chosen: what
        counts is that it asks whether to delete, or writes, or reads lines that were typed."""
        response, written = self._ask("post", path, form)
        if response.status_code == 403 or _is_sent_to_sign_in(response):
            return False
        asks = "deletable_objects" in (response.context or {})
        return asks or "_save" in form or any("django_session" not in line for line in written)

    def _is_let_in(self, address: Address, method: str, path: str, data: dict[str, Any]) -> bool:
        response, _written = self._ask(method, path, data)
        status = response.status_code
        assert status < 500, f"{method} {path}: {status}"
        assert status != 404 or address.name in MAY_BE_MISSING, f"{method} {path}: a bad example"
        if status in (403, 404, 405):
            return False
        if _is_sent_to_sign_in(response):
            return address.name in PARTS_OF_SIGNING_IN
        goes_to = response.headers.get("Location", "")
        if method == "get" and goes_to.startswith("/staff/"):
            return self._is_let_in(address, "get", goes_to, {})  # what stands there decides
        return True

    def _ask(self, method: str, path: str, data: dict[str, Any]) -> tuple[Any, list[str]]:
        connection.queries_log.clear()  # it is cut when it gets long
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            client = Client()
            if self.is_signed_in:
                sign_in(client, self.account)
            first = len(asked)
            response = getattr(client, method)(path, data)
            transaction.set_rollback(True)
        verbs = ("INSERT", "UPDATE", "DELETE")
        lines = [query["sql"] for query in asked.captured_queries[first:]]
        return response, [line for line in lines if line.startswith(verbs)]


def _is_sent_to_sign_in(response: Any) -> bool:
    goes_to = urlsplit(response.headers.get("Location", "")).path
    return goes_to in (reverse("account_login"), reverse("admin:login"))


def column(who: str) -> Column:
    """What they may do at every address, by asking there."""
    return Asking(who, Examples.make()).column()


def as_text(table: dict[str, Column]) -> str:
    lines = [["address", *WHO], ["---"] * (len(WHO) + 1)]
    for address in sorted(table[WHO[0]]):
        lines.append([f"`{address}`", *(table[who][address] for who in WHO)])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def written() -> dict[str, Column]:
    """The table as the document has it."""
    text = DOCUMENT.read_text().partition(BEGIN)[2].partition(END)[0]
    head, _rule, *lines = (line.strip("| ").split(" | ") for line in text.splitlines())
    return {
        who: {line[0].strip("`"): line[place] for line in lines}
        for place, who in enumerate(head)
        if place
    }


def write(text: str) -> None:
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}{text}{END}{after}")
