"""Rights come by roles alone, and each change of them is on the audit trail, whoever makes it.

Signals see what code does with accounts and roles. What goes past them, in SQL, the database
refuses itself where it matters most: see migration 0007.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from sextortion_site.staff import audit, roles

User = get_user_model()

# What makes an account another one, beside its roles, with the words for the trail.
ACTIONS = {
    "username": "staff.account_renamed",
    "is_active": "staff.account_opened",
    "is_staff": "staff.account_opened",
}


@receiver(pre_save)
def look_before_saving(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if not isinstance(instance, User):  # a proxy is one too
        return
    if instance.is_superuser:
        # One who may do everything could read what was reported, and stand on no list.
        raise PermissionDenied("Nobody is a superuser here: give roles instead.")
    stored = User._default_manager.filter(pk=instance.pk).values(*ACTIONS).first()
    if update_fields is not None and not ACTIONS.keys() & set(update_fields):
        stored = None
    instance.stored_before = stored  # type: ignore[attr-defined]  # read below


@receiver(post_save)
def record_change_of_account(sender: Any, instance: Any, **kwargs: Any) -> None:
    before = getattr(instance, "stored_before", None) if isinstance(instance, User) else None
    for name, old in (before or {}).items():
        new = getattr(instance, name)
        if new == old:
            continue
        action = ACTIONS[name] if new else "staff.account_closed"
        _record(action, instance, {"field": name, "before": old, "after": new})


@receiver(post_delete)
def record_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """No screen deletes an account; code may."""
    if isinstance(instance, User):
        _record("staff.account_deleted", instance, {})


@receiver(m2m_changed, sender=User.user_permissions.through)
def refuse_rights_by_hand(sender: Any, action: str, **kwargs: Any) -> None:
    if action == "pre_add":
        raise PermissionDenied("Rights come by roles alone.")


@receiver(m2m_changed, sender=Group.permissions.through)
def refuse_other_rights_of_roles(
    sender: Any, instance: Any, action: str, pk_set: Any, reverse: bool, **kwargs: Any
) -> None:
    """A group has what the code gives to its role."""
    if action != "pre_add":
        return
    groups = Group.objects.filter(pk__in=pk_set) if reverse else [instance]
    given = [instance] if reverse else Permission.objects.filter(pk__in=pk_set)
    for group in groups:
        wanted = set(roles.permissions_of(roles.key_of(group.name)))
        if any((p.content_type.app_label, p.codename) not in wanted for p in given):
            raise PermissionDenied("What a role may do stands in staff_roles of an app's config.")


@receiver(pre_delete, sender=Group)
def refuse_deletion_of_roles(sender: Any, instance: Group, **kwargs: Any) -> None:
    """Its members would lose it without a line on the trail."""
    if instance.name in roles.ROLES.values():
        raise PermissionDenied("A role of the site is not deleted.")


@receiver(m2m_changed, sender=User.groups.through)
def record_change_of_roles(
    sender: Any, instance: Any, action: str, pk_set: set[int] | None, reverse: bool, **kwargs: Any
) -> None:
    """From either side: roles are given to an account, or accounts to a role."""
    if action.startswith("pre_"):
        accounts = _members(instance, pk_set) if reverse else [instance]
        instance.roles_before = [(account, role_names(account)) for account in accounts]
        return
    for account, before in instance.roles_before:
        after = role_names(account)
        if after != before:
            _record("staff.rights_changed", account, {"before": before, "after": after})


def give_roles(account: Any, groups: Any, by: Any) -> None:
    """Sets the roles of an account. Raises PermissionDenied for one's own."""
    if by is not None and by.pk == account.pk:
        raise PermissionDenied("Nobody changes their own roles.")
    account.changed_by = by
    account.groups.set(groups)


def role_names(account: Any) -> list[str]:
    return sorted(account.groups.values_list("name", flat=True))


def is_administrator(account: Any) -> bool:
    return account.groups.filter(name=roles.ADMINISTRATOR).exists()


def other_administrators(account: Any) -> Any:
    active = User._default_manager.filter(is_active=True, groups__name=roles.ADMINISTRATOR)
    return active.exclude(pk=account.pk)


def _members(group: Group, accounts: set[int] | None) -> list[Any]:
    """Whose role is about to change: those with these numbers, or else all who have it."""
    if accounts is None:
        return list(group.user_set.all())
    return list(User._default_manager.filter(pk__in=accounts))


def _record(action: str, account: Any, detail: dict[str, Any]) -> None:
    """Who did it is known in a request alone, where the admin says so: ``changed_by``."""
    by = getattr(account, "changed_by", None)
    audit.record(action, by=by, about=f"account {account.get_username()}", detail=detail)
