"""What another has saved while a form was open, taken over where its editor touched nothing."""

import re
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist

from campaign.models.fields import RichTextField, clean_markup
from campaign.publishing.versions import RowContents

BETWEEN_TAGS = re.compile(r"(?<=>)\s+|\s+(?=<)")


def with_their_words(form: forms.ModelForm, before: RowContents, now: RowContents) -> Any:
    """What was posted in this form, with the present value in each field whose posted one is still
    that of ``before``, the version that the form was opened on."""
    row = (form.instance._meta.model_name or "", form.instance.pk)
    data: Any = form.data
    if row not in before or row not in now:
        return data
    data = data.copy()  # what was posted cannot be changed
    for name, field in form.fields.items():
        kept_as = _kept_as(form, name)
        if kept_as not in before[row] or kept_as not in now[row]:
            continue
        was, theirs = before[row][kept_as], now[row][kept_as]
        if was != theirs and not _is_touched(form, name, field, was):
            _put(data, form.add_prefix(name), theirs)
    return data


def _kept_as(form: forms.ModelForm, name: str) -> str:
    """The field's name in a version; "" for one that is not of the row."""
    try:
        field: Any = form.instance._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return field.name if field.many_to_many else field.attname


def _is_touched(form: forms.ModelForm, name: str, field: forms.Field, was: Any) -> bool:
    posted = form[name].data
    kept: Any = form.instance._meta.get_field(name)
    if isinstance(kept, RichTextField):
        return _same_for_all(was) != _same_for_all(posted or "")
    return field.has_changed(was if kept.is_relation else kept.to_python(was), posted)


def _same_for_all(text: str) -> str:
    """The editor writes the same words in its own way: without line ends between its tags."""
    return BETWEEN_TAGS.sub("", clean_markup(text))


def _put(data: Any, name: str, value: Any) -> None:
    """As a browser would post it."""
    if isinstance(value, list):
        data.setlist(name, [str(item) for item in value])
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else "" if value is None else str(value)
