"""Every address below /staff/, found in the URLconf, with arguments that lead somewhere."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, get_resolver

PREFIX = settings.STAFF_PREFIX.lstrip("/")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
APPS = re.compile(r"\^\(\?P<app_label>([\w|]+)\)/\$")
REST = r"(?P<url>.*)$"


@dataclass(frozen=True)
class Address:
    """One address, as the URLconf writes it: ``staff/campaign/page/<path:object_id>/change/``."""

    route: str
    name: str
    view: Callable[..., Any]

    def __str__(self) -> str:
        """As people write it."""
        shown = self.route.replace(REST, "<anything else>")
        return "/" + ARGUMENT.sub(lambda match: f"<{NAMES.get(match[1], match[1])}>", shown)

    @property
    def arguments(self) -> list[str]:
        return ARGUMENT.findall(self.route.replace(REST, ""))

    @property
    def model_admin(self) -> admin.ModelAdmin | None:
        """Whose screen it is: as Django says, or else by the name of a screen of our own."""
        if found := getattr(self.view, "model_admin", None):
            return found
        for model, owner in admin.site._registry.items():
            if self.name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
                return owner
        return None

    def path(self, values: dict[str, Any]) -> str:
        filled = ARGUMENT.sub(
            lambda match: str(values[match[1]]), self.route.replace(REST, "no-such-page/")
        )
        return f"/{filled}"


NAMES = {"object_id": "id", "pk": "id"}


def staff_addresses() -> list[Address]:
    """In the order of the URLconf."""
    found = walk(get_resolver(settings.ROOT_URLCONF).url_patterns)
    return [address for address in found if address.route.startswith(PREFIX)]


def walk(patterns: list[Any], before: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from walk(pattern.url_patterns, route)
        elif apps := APPS.search(route):
            for label in apps[1].split("|"):
                yield Address(APPS.sub(f"{label}/", route), pattern.name or "", pattern.callback)
        else:
            yield Address(route, pattern.name or "", pattern.callback)
