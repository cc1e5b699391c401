"""Rights come by roles alone, and each change of them is on the audit trail."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import receiver

from sextortion_site.staff import audit, roles

User = get_user_model()


@receiver(pre_save)
def refuse_superuser(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """One who may do everything could read what was reported, and stand on no list."""
    if isinstance(instance, User) and instance.is_superuser:  # a proxy is one too
        raise PermissionDenied("Nobody is a superuser here: give roles instead.")


@receiver(m2m_changed, sender=User.user_permissions.through)
def refuse_rights_by_hand(sender: Any, action: str, **kwargs: Any) -> None:
    if action == "pre_add":
        raise PermissionDenied("Rights come by roles alone.")


@receiver(m2m_changed, sender=User.groups.through)
def record_change_of_roles(
    sender: Any, instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Also where code changes them. Who did it is known in a request alone: see give_roles."""
    if not action.startswith("post_") or isinstance(instance, sender.group.field.related_model):
        return
    if action != "post_clear" and not pk_set:
        return
    audit.record(
        "staff.rights_changed",
        by=getattr(instance, "changed_by", None),
        about=f"account {instance.get_username()}",
        detail={"roles": role_names(instance)},
    )


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
