"""What every admin of words needs: the rich text editor under our policy, checked mentions, a
history of what was saved, and no overwriting of what somebody else has saved meanwhile."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin import StackedInline
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media

from campaign.admin.their_words import with_their_words
from campaign.mentions import Mentions
from campaign.models.fields import MAY_LEAD_TO, RichTextField, clean_markup
from campaign.publishing.comparison import Difference
from campaign.publishing.versions import (
    changes_since,
    contents_since,
    latest_version,
    number_from,
    version_of,
    wait_for_others,
)
from sextortion_site.staff.model_admin import StaffModelAdmin
from sextortion_site.staff.moments import moment

CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
LONGEST = 20_000  # characters of one text: more than a whole page weighs
LINK = re.compile(r"""href\s*=\s*["']?([^"'>\s]*)""", re.I)


class WordsForm(forms.ModelForm):
    """Refuses mentions that name nothing, links that would be taken out, and endless texts."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mentions = Mentions()
        texts = [(name, value) for name, value in data.items() if isinstance(value, str)]
        for name, value in texts:
            if len(value) > LONGEST:
                message = _("This has %(count)s characters. A text has %(most)s at most.")
                counts = {"count": f"{len(value):,}", "most": f"{LONGEST:,}"}
                self.add_error(name, message % counts)
                continue
            if fault := mentions.fault(name, value):
                self.add_error(name, fault)
            for link in LINK.findall(value):
                if not MAY_LEAD_TO.fullmatch(link):
                    message = _("A link begins with https:// or /, not so: %(link)s")
                    self.add_error(name, message % {"link": link})
        return data


class VersionedForm(WordsForm):
    """Refuses, once and with every word kept, to save over what somebody else has saved since."""

    their_changes: Sequence[Difference] = ()  # of those who saved meanwhile
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=gettext_lazy("Why (a note for the history)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.instance.pk:
            wait_for_others(self.instance)
            self._refuse_older(data.get("seen"))
        elif data.get("seen"):
            self._refuse_to_put_back_unawares()
        return data

    def _refuse_older(self, seen: int | None) -> None:
        latest = latest_version(self.instance)
        if latest is None or seen == latest.pk:
            return
        message = _(
            "%(who)s saved this on %(when)s, after you opened it. Your words are all here, and "
            "nothing was overwritten. What you had not touched has their words now. If you save "
            "again, yours come on top where you both changed the same; theirs stay in the history."
        )
        when = moment(latest.made_at)
        self.add_error(None, message % {"who": latest.made_by_name or _("The site"), "when": when})
        self.their_changes = changes_since(self.instance, seen)
        self.data = with_their_words(self, *contents_since(self.instance, seen))
        self._now_seen(str(latest.pk))

    def _refuse_to_put_back_unawares(self) -> None:
        message = _(
            "Somebody deleted this while you had it open. Your words are all here. If you save "
            "again, they are put in as something new."
        )
        self.add_error(None, message)
        self._now_seen("")

    def _now_seen(self, version: str) -> None:
        data: Any = self.data
        self.data = data.copy()  # what was posted cannot be changed
        self.data[self.add_prefix("seen")] = version  # type: ignore[index]


class SurvivingRowsFormSet(BaseInlineFormSet):
    """Rows that somebody else has deleted meanwhile are new ones, with what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lost_some = False
        if self.is_bound:
            self.data = with_lost_rows_as_new(self)

    def clean(self) -> None:
        super().clean()
        self._take_their_words()
        if self.lost_some:
            raise ValidationError(
                _(
                    "Somebody deleted a part of this while you had it open. It is shown as a new "
                    "one, last, with your words. Take it out again, or save to put it back."
                )
            )

    def _take_their_words(self) -> None:
        """The form of the page refuses to save over them, and shows all parts again."""
        seen = number_from(self.data.get("seen", ""))
        if self.instance.pk and seen != version_of(self.instance):
            contents = contents_since(self.instance, seen)
            for form in self.initial_forms:
                form.data = with_their_words(form, *contents)


def with_lost_rows_as_new(rows: SurvivingRowsFormSet) -> Any:
    """What was posted, with the rows that are gone moved behind those that are there."""
    data: Any = rows.data
    prefix, key = str(rows.prefix), "id"  # the key of sections and of entries
    counts = [data.get(f"{prefix}-{name}_FORMS", "") for name in ("INITIAL", "TOTAL")]
    if not all(re.fullmatch(r"\d{1,4}", count, re.ASCII) for count in counts):
        return data  # Django says what is wrong with it
    initial, total = map(int, counts)
    known = {str(pk) for pk in rows.get_queryset().values_list("pk", flat=True)}
    ids = [data.get(f"{prefix}-{number}-{key}") for number in range(initial)]
    lost = [number for number, pk in enumerate(ids) if pk not in known]
    if not lost:
        return data
    rows.lost_some = True
    kept = [number for number in range(initial) if number not in lost]
    places = {old: new for new, old in enumerate([*kept, *lost, *range(initial, total)])}
    # Where the row that holds them is gone too, none may name it.
    emptied = {key, rows.fk.name} if rows.instance.pk is None else {key}
    moved = data.copy()
    of_rows = {name: match for name in data if (match := _row_field(prefix, name))}
    of_rows = {name: match for name, match in of_rows.items() if int(match[1]) in places}
    for name in of_rows:
        del moved[name]
    for name, match in of_rows.items():
        number, field = int(match[1]), match[2]
        is_emptied = field in emptied and (number in lost or field != key)
        values = [""] if is_emptied else data.getlist(name)
        moved.setlist(f"{prefix}-{places[number]}-{field}", values)
    moved[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return moved


def _row_field(prefix: str, name: str) -> re.Match[str] | None:
    return re.match(rf"{re.escape(prefix)}-(\d{{1,4}})-(.*)", name, re.ASCII)


class WordsInline(StackedInline):
    """Parts of a page or of a section, of which there is an end."""

    form = WordsForm
    formset = SurvivingRowsFormSet
    extra = 0
    max_num = 50

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Of more that are sent, a few are still shown, with the word that they are too many."""
        most = {"absolute_max": self.max_num + 10, "validate_max": True}
        return super().get_formset(request, obj, **most, **kwargs)


class DayInput(forms.DateInput):
    """The browser's own field for a day: it needs no script, and every keyboard and phone knows
    it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class WordsAdmin(StaffModelAdmin):
    form = VersionedForm
    delete_confirmation_template = "admin/campaign/delete_words.html"
    delete_selected_confirmation_template = "admin/campaign/delete_selected_words.html"
    list_per_page = 50
    when_live: Any = ""  # says, on the form, from when on readers get what is saved
    # Boxes to tick, and not Django's two lists side by side, whose arrows take the keyboard away.
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args, **kwargs):
        # The editor's import map stands inside the page: the nonce lets it.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp sets it
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        context["when_live"] = self.when_live
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """What was typed in the form of a row that is gone by now is that of a new one."""
        is_post_of_row = request.method == "POST" and object_id and "seen" in request.POST
        if is_post_of_row and self.get_object(request, unquote(str(object_id))) is None:
            request.POST = self.as_new(request.POST)  # type: ignore[assignment]
            object_id = None
        return super().changeform_view(request, object_id, form_url, extra_context)

    def as_new(self, posted: QueryDict) -> QueryDict:
        """With what the form of a new row asks and that of an old one does not."""
        return posted

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Whoever may only look is shown rich text as it looks, and not its marks."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and not self.has_change_permission(request, row):
            for field in row._meta.fields:
                if isinstance(field, RichTextField):
                    clean = clean_markup(getattr(row, field.name))
                    setattr(row, field.name, mark_safe(clean))  # noqa: S308 - cleaned just now
        return row

    # Every way of saving ends in one of these: form, list and action.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.keep_before(obj)
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any):
        self.keep(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any):
        self.keep(request, obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any):
        for row in queryset:
            self.keep(request, row, is_deletion=True)
        return super().log_deletions(request, queryset)

    def keep_before(self, row: models.Model) -> None:
        """Puts into the history how the row was before its first change, where nothing did."""

    def keep(self, request: HttpRequest, row: models.Model, is_deletion: bool = False) -> None:
        """Puts into the history what was saved, or what goes."""
        raise NotImplementedError


def why_of(request: HttpRequest) -> str:
    """The note for the history, in one line: no database takes every control character."""
    return CONTROLS.sub(" ", request.POST.get("why", ""))[:200]
