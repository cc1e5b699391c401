"""Who has the form of a page open, so that two do not work on it unawares."""

import datetime
from typing import Any

from django.utils import timezone

from campaign.models import Editing, Page

FORGOTTEN_AFTER = datetime.timedelta(seconds=60)


def others_editing(page: Page, account: Any) -> list[str]:
    """Notes that this account has the form open; the names of the others who have."""
    now = timezone.now()
    Editing.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Editing.objects.update_or_create(page=page, account=account, defaults={"seen_at": now})
    others = Editing.objects.filter(page=page).exclude(account=account)
    return sorted(others.values_list("account__username", flat=True))
