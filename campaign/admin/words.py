"""What every admin of words needs: the rich text editor under our policy, checked mentions."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from js_asset import Media

from campaign.mentions import Mentions

LINK = re.compile(r"""href\s*=\s*["']?([^"'>\s]*)""", re.I)
# Anything else would be taken out on saving without a word.
MAY_LEAD_TO = re.compile(r"https://|tel:|sms:|mailto:|/(?!/)", re.I)


class WordsForm(forms.ModelForm):
    """Refuses mentions that name nothing and links that would be taken out."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mentions = Mentions()
        texts = [(name, value) for name, value in data.items() if isinstance(value, str)]
        for name, value in texts:
            if fault := mentions.fault(name, value):
                self.add_error(name, fault)
            for link in LINK.findall(value):
                if not MAY_LEAD_TO.match(link):
                    message = _("A link begins with https:// or /, not so: %(link)s")
                    self.add_error(name, message % {"link": link})
        return data


class PositionForm(forms.ModelForm):
    """A row of a list, whose place can be typed; Django gives such a field no label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Position of: %(row)s") % {"row": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


class WordsAdmin(admin.ModelAdmin):
    form = WordsForm
    save_on_top = True
    list_per_page = 50

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any):
        form = PositionForm if "position" in self.list_editable else forms.ModelForm
        return super().get_changelist_form(request, **{"form": form, **kwargs})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args, **kwargs):
        # The editor's import map stands inside the page: the nonce lets it.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp sets it
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)
