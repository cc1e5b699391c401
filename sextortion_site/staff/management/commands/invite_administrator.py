from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, CommandParser

from sextortion_site.staff import rights, roles
from sextortion_site.staff.models import LinkKind
from sextortion_site.staff.sign_in import links

User = get_user_model()


class Command(BaseCommand):
    help = (
        "Prints a link that makes an administrator: works once, for 24 hours. For the first, and "
        "for when no administrator can sign in any more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="administrator", help="the name for signing in")
        parser.add_argument(
            "--if-none", action="store_true", help="only where no administrator has come in yet"
        )

    def handle(self, *args: Any, name: str, if_none: bool, **options: Any) -> None:
        if if_none and _has_administrator():
            return
        account = User._default_manager.filter(username__iexact=name).first()
        if account is not None and account.last_login and not rights.is_administrator(account):
            raise CommandError(f"{name} is somebody else's account: choose another --name.")
        if account is None:
            account = User(username=name, is_staff=True)
            account.set_unusable_password()
        account.is_active = True
        account.save()
        if not rights.is_administrator(account):
            account.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
        link = links.make(LinkKind.FIRST, account, by=None)
        address = settings.SITE_URL + settings.STAFF_PREFIX
        self.stdout.write(
            f"Make the first account for {address} with this link. It works once, for 24 hours:\n"
            f"{link}"
        )


def _has_administrator() -> bool:
    """One who has been here: an invitation that nobody has used opens nothing."""
    active = User._default_manager.filter(is_active=True, groups__name=roles.ADMINISTRATOR)
    return active.exclude(last_login=None).exists()
