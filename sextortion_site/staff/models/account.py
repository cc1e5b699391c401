from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _


class Account(User):
    """A member of staff, as administrators see them: a table of Django's, rights of our own."""

    class Meta:
        proxy = True
        default_permissions = ("add", "change", "view")  # accounts are never deleted
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
