"""Every cookie that this site may ever set. What does not stand here reaches no browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Category(StrEnum):
    """What a cookie is for. All but the essential ones wait for a yes."""

    ESSENTIAL = "essential"
    PREFERENCES = "preferences"
    ANALYTICS = "analytics"


class SetBy(Enum):
    SERVER = "server"
    SCRIPT = "script"


@dataclass(frozen=True)
class Purpose:
    """What a reader is asked to agree to. A changed purpose gets the next version, which asks
    everybody again."""

    version: int
    name: str | Promise
    words: str | Promise


@dataclass(frozen=True)
class Cookie:
    """One cookie, as the notice lists it and as the middleware sets it.

    ``life`` is counted from when the cookie was last set; None: until the browser is closed.
    """

    name: str
    category: Category
    purpose: str | Promise
    life: timedelta | None
    set_by: SetBy
    path: str = "/"
    is_http_only: bool = False
    same_site: str = "Lax"

    @property
    def full_name(self) -> str:
        """The name in the browser. Over https a prefix has the browser itself see to it that no
        other host and no plain http can set it (RFC 6265bis, 4.1.3)."""
        if not settings.SITE_IS_HTTPS:
            return self.name
        return f"__Host-{self.name}" if self.path == "/" else f"__Secure-{self.name}"

    @classmethod
    def for_staff(cls, name: str, purpose: str | Promise) -> "Cookie":
        """One for the pages where staff sign in, and for no others."""
        return cls(
            name,
            Category.ESSENTIAL,
            purpose,
            None,
            SetBy.SERVER,
            path=settings.STAFF_PREFIX,
            is_http_only=True,
            same_site="Strict",
        )

    @property
    def is_for_staff(self) -> bool:
        return self.path == settings.STAFF_PREFIX

    @property
    def _place(self) -> dict[str, Any]:
        return {"path": self.path, "samesite": self.same_site}

    def assign(self, response: HttpResponseBase, value: str) -> None:
        """Sets it on the answer with its own attributes, whatever they were before."""
        response.set_cookie(
            self.full_name,
            value,
            max_age=self.life,
            secure=settings.SITE_IS_HTTPS,
            httponly=self.is_http_only,
            **self._place,
        )

    def expire(self, response: HttpResponseBase) -> None:
        """Takes it out of the browser."""
        response.delete_cookie(self.full_name, **self._place)


PURPOSES = {
    Category.PREFERENCES: Purpose(
        1,
        _("Preferences"),
        _(
            "To remember how you want this site to look: the size of the words, the colours, "
            "movement and the plain view. Nothing else."
        ),
    ),
    Category.ANALYTICS: Purpose(
        1,
        _("Counting visits"),
        _(
            "To see which pages help people, and at what times of day. We count pages, not "
            "people. We do not keep your internet address or which browser you have, no other "
            "company is told, and the pages for reporting are never counted."
        ),
    ),
}

GUARD = Cookie(
    "k",
    Category.ESSENTIAL,
    _("Keeps your browser's Back button from showing this site after you leave it."),
    timedelta(minutes=15),
    SetBy.SCRIPT,
)
CONSENT = Cookie(
    "consent",
    Category.ESSENTIAL,
    _("Remembers your answer about cookies, so that we do not ask on every page."),
    timedelta(days=180),
    SetBy.SERVER,
)
DISPLAY = Cookie(
    "display",
    Category.PREFERENCES,
    _("Remembers how you want this site to look."),
    timedelta(days=180),
    SetBy.SCRIPT,
)
VISIT = Cookie(
    "visit",
    Category.ANALYTICS,
    _("A random number that joins the pages you read in one day. It says nothing about you."),
    timedelta(days=1),
    SetBy.SERVER,
    # Not for the whole site: so it never travels with a report, or with any page.
    path="/visits/",
    same_site="Strict",
)
SIGN_IN = Cookie.for_staff("sessionid", _("Keeps a member of staff signed in."))
STAFF_FORMS = Cookie.for_staff(
    "csrftoken", _("Keeps other sites from sending forms in the name of a member of staff.")
)

REGISTER = (GUARD, CONSENT, DISPLAY, VISIT, SIGN_IN, STAFF_FORMS)

# What a reader's yes allows; these go when it is taken back.
WITH_CONSENT = tuple(cookie for cookie in REGISTER if cookie.category in PURPOSES)


def registered(full_name: str) -> Cookie | None:
    """The cookie of this name in the browser; None where there is none."""
    return next((cookie for cookie in REGISTER if cookie.full_name == full_name), None)


def cookies_of(category: Category) -> Iterable[Cookie]:
    return (cookie for cookie in REGISTER if cookie.category == category)
