"""Puts attempts into every text field of every form of the admin, as a browser would send them."""

import dataclasses
import datetime
from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django_prose_editor.fields import ProseEditorFormField

from tests.browser.hostile.attempts import ATTEMPTS
from tests.campaign.uploads import drawn, written

# What makes room for fields that are there for some kinds only; $ is the attempt.
HINTS = {
    ("section", "kind"): "steps",
    ("sections-0", "kind"): "table",
    ("sections-0", "columns"): "$ | x",
    ("section", "columns"): "",
    # Kept by no screen.
    ("user", "password1"): "seven quiet herons",
    ("user", "password2"): "seven quiet herons",
}
TRIES = 6
# A field that has refused so many, for what it is (an address, a number), is then left alone.
ENOUGH = 5


@dataclasses.dataclass
class Sent:
    """What came of it. A field is named by its model and itself."""

    rows: dict[str, list[int]] = dataclasses.field(default_factory=dict)
    taken: Counter[str] = dataclasses.field(default_factory=Counter)
    refused: Counter[str] = dataclasses.field(default_factory=Counter)
    # Which plain value a field took after it had refused an attempt.
    turns: dict[str, int] = dataclasses.field(default_factory=dict)
    # The screens that said so, with what was sent.
    refusals: list[str] = dataclasses.field(default_factory=list)


def send_all(client: Client, sent: Sent) -> None:
    """A row for each attempt, of each model that can be added to."""
    registered = sorted(admin.site._registry.items(), key=lambda item: _rank(item[0]))
    for model, _model_admin in registered:
        meta = model._meta
        add = reverse(f"admin:{meta.app_label}_{meta.model_name}_add") if _has_add(meta) else ""
        if not add or client.get(add).status_code != 200:
            _send_to_the_row_that_stays(client, model, sent)
            continue
        before = set(model._default_manager.values_list("pk", flat=True))
        page = client.get(add)
        for number, attempt in enumerate(ATTEMPTS):
            _send(client, add, page, number, attempt, sent)
        rows = model._default_manager.exclude(pk__in=before).order_by("pk")
        sent.rows[meta.label_lower] = list(rows.values_list("pk", flat=True))


def _send_to_the_row_that_stays(client: Client, model: type[models.Model], sent: Sent) -> None:
    """The one row of a model that nobody can add to, where it can be changed."""
    meta, row = model._meta, model._default_manager.first()
    names = {pattern.name for pattern in admin.site._registry[model].get_urls()}
    if row is None or f"{meta.app_label}_{meta.model_name}_change" not in names:
        return
    change = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    for number, attempt in enumerate(ATTEMPTS):
        page = client.get(change)  # which says what was there before
        if page.status_code != 200 or not page.context["adminform"].form.fields:
            return
        _send(client, change, page, number, attempt, sent)


def _rank(model: type[models.Model]) -> tuple[int, str]:
    """What others point to comes first."""
    order = ["topic", "image", "page"]
    name = model._meta.model_name or ""
    return (order.index(name) if name in order else len(order), model._meta.label)


def _has_add(meta: Any) -> bool:
    model_admin = admin.site._registry[meta.model]
    return any(pattern.name and pattern.name.endswith("_add") for pattern in model_admin.get_urls())


def _forms(page: Any) -> list[forms.BaseForm]:
    """The form, and one new row of each inline."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    return [page.context["adminform"].form, *(formset.empty_form for formset in formsets)]


def _send(client: Client, url: str, page: Any, number: int, attempt: str, sent: Sent) -> None:
    data: dict[str, Any] = {}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        for name, field in formset.management_form.fields.items():
            data[f"{formset.prefix}-{name}"] = field.initial or 0
        data[f"{formset.prefix}-TOTAL_FORMS"] = 1
        data[f"{formset.prefix}-INITIAL_FORMS"] = 0
    texts: dict[str, str] = {}
    rich: set[str] = set()
    for form in _forms(page):
        prefix = (form.prefix or "").replace("__prefix__", "0")
        model = form._meta.model._meta.model_name  # type: ignore[attr-defined]  # a ModelForm
        for name, field in form.fields.items():
            key = f"{prefix}-{name}" if prefix else name
            hint = HINTS.get((prefix or model, name))
            if hint is None:
                value = _value(field, form, name, number, attempt)
            else:
                value = hint.replace("$", attempt)
            if sent.refused[f"{model}.{name}"] >= ENOUGH and not sent.taken[f"{model}.{name}"]:
                value = _plain(key, number, sent.turns[f"{model}.{name}"])
            data[key] = value
            if isinstance(value, str) and attempt in value:
                texts[key] = f"{model}.{name}"
                if isinstance(field, ProseEditorFormField):
                    rich.add(key)
    first = None
    for turn in range(TRIES):
        answer = client.post(url, {key: value for key, value in data.items() if value is not None})
        # Some screens go on with another of their own.
        if answer.status_code == 302 or "adminform" not in answer.context:
            break
        # Without a name: nothing was left of a text that has to be there.
        faulty = _faulty(answer) or rich
        if first is None:
            first = faulty
            sent.refusals.append(answer.content.decode())
        for key in faulty:
            data[key] = _plain(key, number, turn)
            if key in texts:
                sent.turns[texts[key]] = turn
        for value in data.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
    else:
        raise AssertionError(f"{url}, {attempt}: {_errors(answer)}")
    for key, name in texts.items():
        (sent.refused if first and key in first else sent.taken)[name] += 1


def _value(field: forms.Field, form: Any, name: str, number: int, attempt: str) -> Any:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [_one_of(field, number)] if field.queryset.exists() else []
    if isinstance(field, forms.ModelChoiceField):
        is_wanted = field.required and not isinstance(field, forms.models.InlineForeignKeyField)
        return _one_of(field, number) if is_wanted else ""
    if isinstance(field, forms.ChoiceField):
        first = next((value for value, _label in field.choices if value), "")
        return form.get_initial_for_field(field, name) or (first if field.required else "")
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("a.png", written(drawn(60 + number), "PNG"), "image/png")
    if isinstance(field, forms.SplitDateTimeField):
        return None
    if isinstance(field, forms.DateField | forms.DateTimeField):
        later = 400 if "again" in name else 0
        return datetime.date(2026, 1, 1) + datetime.timedelta(days=later)
    if isinstance(field, forms.BooleanField):
        return form.get_initial_for_field(field, name) or None
    if isinstance(field, forms.IntegerField):
        initial = form.get_initial_for_field(field, name)
        return 100 if initial is None and field.required else initial
    return attempt if isinstance(field, forms.CharField) else None


def _one_of(field: forms.ModelChoiceField, number: int) -> Any:
    """The row of the same attempt, where there is one."""
    keys = list(field.queryset.order_by("pk").values_list("pk", flat=True))
    return keys[number - len(ATTEMPTS)] if len(keys) >= len(ATTEMPTS) else keys[0]


def _plain(key: str, number: int, turn: int) -> str:
    """What the field may want instead."""
    if key.endswith("columns"):
        return "a | b"
    wanted = [f"x{number}", f"0800 {number}", f"https://e.example/{number}", f"a{number}@e.example"]
    return wanted[turn] if turn < len(wanted) else ""


def _errors(answer: Any) -> dict[str, Any]:
    found = {}
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    for form in [answer.context["adminform"].form, *(f for s in formsets for f in s.forms)]:
        for name, faults in form.errors.items():
            found[f"{form.prefix}-{name}" if form.prefix else name] = list(faults)
    return found


def _faulty(answer: Any) -> set[str]:
    return {key for key in _errors(answer) if not key.endswith("__all__")}
