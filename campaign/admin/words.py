"""What every admin of words needs: the rich text editor under our policy, checked mentions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from campaign.mentions import Mentions


class WordsForm(forms.ModelForm):
    """Refuses a text that mentions something that does not exist."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mentions = Mentions()
        for name, value in list(data.items()):
            unknown = mentions.unknown([value]) if isinstance(value, str) else []
            if unknown:
                message = _("There is no %(names)s. Look up the key in its list.")
                self.add_error(name, ValidationError(message % {"names": ", ".join(unknown)}))
        return data


class WordsAdmin(admin.ModelAdmin):
    form = WordsForm
    save_on_top = True
    list_per_page = 50

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args, **kwargs):
        # The editor's import map stands inside the page: the nonce lets it.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp sets it
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)
