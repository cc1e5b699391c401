from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.admin.rows import RowAdmin
from campaign.frame import crisis_services
from campaign.models.shared import SharedRow
from campaign.uses import appearances_of


class AppearancesAdmin(RowAdmin):
    """Says on which pages a shared row appears: a change reaches all of them at once."""

    @admin.display(description=_("appears on"))
    def appears_on(self, row: SharedRow) -> str:
        if row.pk is None:
            return gettext("Shown once it is saved.")
        found = appearances_of(row)
        live = ", ".join(place.page for place in found if place.is_live)
        drafts = ", ".join(place.page for place in found if not place.is_live)
        words = [gettext("At the top of every page.")] if row in crisis_services() else []
        if live:
            words.append(gettext("Live: %(pages)s.") % {"pages": live})
        if drafts:
            words.append(gettext("In drafts or scheduled: %(pages)s.") % {"pages": drafts})
        return " ".join(words) or gettext("Nowhere.")
