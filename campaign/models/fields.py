"""Field types that several models share."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

# What a page may hold inside a piece of text. Headings, lists of facts and tables are sections.
RICH_TEXT = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["https", "tel", "sms", "mailto"]},
    "History": True,
}

MENTION_HELP = _(
    "Write [[service:childline]] for a helpline with its number, [[force]] for the force's name."
)

phone_number = RegexValidator(
    r"^[0-9]+( [0-9]+)*$", _("Digits in groups, such as 0800 1111; nothing else.")
)


class RichTextField(ProseEditorField):
    """HTML of a few kinds; anything else is taken out when it is cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", MENTION_HELP)
        super().__init__(*args, config={"extensions": RICH_TEXT}, sanitize=True, **kwargs)

    def clean_markup(self, text: str) -> str:
        """The text without what a page may not hold."""
        return self.sanitize(text) if text else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Also what no form has cleaned is cleaned before it is kept."""
        text = self.clean_markup(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, text)
        return text


class WebAddressField(models.URLField):
    """A web address; an editor who leaves out the scheme means https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """A named constraint: the field holds one of the choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"%(class)s_{field}_is_known",
        violation_error_message=_("Choose one of the values on offer."),
    )


def web_address(field: str) -> models.CheckConstraint:
    """A named constraint: the field is empty or leads to the web, so it is no ``javascript:``."""
    return models.CheckConstraint(
        condition=Q(**{field: ""})
        | Q(**{f"{field}__startswith": "https://"})
        | Q(**{f"{field}__startswith": "http://"}),
        name=f"%(class)s_{field}_is_web",
        violation_error_message=_("A web address begins with https://."),
    )


def given(field: str) -> models.CheckConstraint:
    """A named constraint: the field is not empty."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}),
        name=f"%(class)s_{field}_is_given",
        violation_error_message=format_lazy(_("{field} must not be empty."), field=field),
    )
