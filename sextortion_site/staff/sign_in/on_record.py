"""Puts signing in, signing out and second factors on the audit trail."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as factors
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from sextortion_site.staff import audit
from sextortion_site.staff.sign_in import second_factor, tries


@receiver(user_logged_in)
def signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    tries.forget(user)
    audit.record("staff.signed_in", by=user)


@receiver(user_logged_out)
def signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        audit.record("staff.signed_out", by=user)


@receiver(password_changed)
def changed_password(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    audit.record("staff.password_changed", by=user)


@receiver(factors.authenticator_added)
def added_factor(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    audit.record("staff.second_factor_added", by=user, detail={"type": authenticator.type})
    second_factor.mark_passed(request, user, authenticator.type)


@receiver(factors.authenticator_removed)
def removed_factor(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    audit.record("staff.second_factor_removed", by=user, detail={"type": authenticator.type})


@receiver(factors.authenticator_reset)
def new_codes(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    audit.record("staff.recovery_codes_made", by=user)
