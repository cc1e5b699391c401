"""A long form in short: ``{% outline formsets %}``, its parts; ``{% faults form formsets %}``,
what has to be mended; ``{% faults_of form %}`` likewise, of a short one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.forms import BaseForm
from django.utils.text import capfirst

register = template.Library()
# With fewer parts a list of them is no help.
PARTS_WORTH_A_LIST = 2


@dataclass(frozen=True)
class Part:
    """A row of an inline. ``place`` is the id of its box."""

    number: int
    title: str
    place: str
    has_fault: bool


@dataclass(frozen=True)
class Fault:
    """``place`` is the id of the field, or, where that is many boxes, of the sentence beside them;
    "" for what is wrong with the whole."""

    label: str
    place: str
    message: str


@register.simple_tag
def outline(formsets: list[InlineAdminFormSet] | None) -> list[Part]:
    """Those that are saved; nothing where there are too few to be worth it."""
    parts = [part for formset in formsets or [] for part in _parts(formset)]
    return parts if len(parts) >= PARTS_WORTH_A_LIST else []


def _parts(formset: InlineAdminFormSet) -> Iterator[Part]:
    for number, row in enumerate(formset):
        if row.original:
            place = f"{formset.formset.prefix}-{number}"
            yield Part(number + 1, str(row.original), place, bool(row.form.errors))


@register.simple_tag
def faults(form: AdminForm, formsets: list[InlineAdminFormSet]) -> list[Fault]:
    """Of fields. What is wrong with the whole of a form or a row stands at its top."""
    found = list(_faults(form.form))
    for formset in formsets:
        name = capfirst(formset.opts.verbose_name)
        for number, row in enumerate(formset.formset.forms, start=1):
            found += _faults(row, f"{name} {number}: ")
    return found


@register.simple_tag
def faults_of(form: Any) -> list[Fault]:
    """What is wrong with the whole, and what no field shows, come first. Nothing for no form."""
    if not form or not form.errors:
        return []
    unseen = [form.non_field_errors(), *(field.errors for field in form.hidden_fields())]
    messages: list[Any] = [message for errors in unseen for message in errors]
    return [*(Fault("", "", message) for message in messages), *_faults(form)]


def _faults(form: BaseForm, before: str = "") -> Iterator[Fault]:
    for field in form.visible_fields():
        if field.errors:
            message: Any = " ".join(map(str, field.errors))
            place = field.id_for_label or f"{field.auto_id}_error"
            yield Fault(f"{before}{field.label}", place, message)
