"""Roles: groups whose rights are as the code says. Nobody has a right in any other way.

An app says in ``staff_roles`` of its AppConfig what each role may do with its tables: the role's
key, and permissions by codename, as in ``{"writer": ["change_page"]}``. After each migration the
groups are brought up to date. docs/roles.md says what each role is for.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

# By key; a group has the name. The order is that of the form in which they are given.
ROLES = {
    "writer": "Writer",
    "publisher": "Publisher",
    "triage-officer": "Triage officer",
    "case-officer": "Case officer",
    "safeguarding-lead": "Safeguarding lead",
    "records": "Records",
    "key-custodian": "Key custodian",
    "auditor": "Auditor",
    "administrator": "Administrator",
}
# What each may do, in a few words, for whoever gives it.
ROLE_WORDS = {
    "writer": _("writes drafts of pages; publishes and deletes nothing"),
    "publisher": _("writes, publishes and deletes pages; changes helplines, figures and settings"),
    "triage-officer": _("reads new reports first and says how urgent they are"),
    "case-officer": _("works on reports and writes to whoever sent them"),
    "safeguarding-lead": _("looks after reporters who are in danger"),
    "records": _("keeps reports as long as the law says, and deletes them"),
    "key-custodian": _("lets officers open reports, and reads none"),
    "auditor": _("reads the audit trail, and nothing else"),
    "administrator": _("makes accounts and gives roles; sees neither pages nor reports"),
}
ADMINISTRATOR = ROLES["administrator"]
# Whoever has one of these may come to see what people have reported.
REPORT_ROLES = {
    ROLES[key]
    for key in ("triage-officer", "case-officer", "safeguarding-lead", "records", "key-custodian")
}


class RoleError(Exception):
    """An app has given rights to a role, or of a table, that is not there."""


def key_of(name: str) -> str:
    """The role's key by its group's name; "" for a group that is no role."""
    return next((key for key, known in ROLES.items() if known == name), "")


def role_groups() -> QuerySet[Group]:
    return Group.objects.filter(name__in=ROLES.values())


def permissions_of(role: str) -> Iterator[tuple[str, str]]:
    """App label and codename of all that this role may do."""
    for config in apps.get_app_configs():
        declared: dict[str, list[str]] = getattr(config, "staff_roles", {})
        if unknown := declared.keys() - ROLES.keys():
            raise RoleError(f"staff_roles of {config.label}: there is no role {min(unknown)}.")
        yield from ((config.label, name) for name in declared.get(role, ()))


@transaction.atomic
def bring_up_to_date(**kwargs: Any) -> None:
    """Makes every group what the code says. Raises RoleError."""
    for config in apps.get_app_configs():
        if hasattr(config, "staff_roles"):
            create_permissions(config, verbosity=0)
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for key, name in ROLES.items():
        wanted = set(permissions_of(key))
        if unknown := wanted - known.keys():
            label, codename = min(unknown)
            raise RoleError(f"staff_roles of {label}: there is no permission {codename}.")
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(known[permission] for permission in wanted)
    # Whatever else somebody made is no way round.
    Group.permissions.through.objects.exclude(group__in=role_groups()).delete()
