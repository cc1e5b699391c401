"""What the register promises, and that it asks anew when it promises something else."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from sextortion_site.consent import checks
from sextortion_site.consent.register import (
    DISPLAY,
    GUARD,
    PURPOSES,
    REGISTER,
    Category,
    registered,
)

# The words and cookies that each version of a purpose stands for. Whoever changes what a reader
# agreed to raises the version, so that everybody is asked again; and then notes the new sum here.
AGREED_TO = {
    (Category.PREFERENCES, 1): "2592e8114fd40509",
    (Category.ANALYTICS, 1): "d0146b841aa382f2",
}


def sum_of(category: Category) -> str:
    told = [str(PURPOSES[category].words)]
    told += [
        f"{cookie.name} {cookie.purpose} {cookie.life} {cookie.path}"
        for cookie in REGISTER
        if cookie.category == category
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


@pytest.mark.parametrize("category", PURPOSES)
def test_changed_purpose_has_a_new_version(category):
    version = PURPOSES[category].version

    assert AGREED_TO[category, version] == sum_of(category)


def test_cookies_beyond_the_essential_are_asked_about():
    assert {cookie.category for cookie in REGISTER} - {Category.ESSENTIAL} == set(PURPOSES)


def test_every_name_is_registered_once(settings):
    for is_https in (False, True):
        settings.SITE_IS_HTTPS = is_https
        names = [cookie.full_name for cookie in REGISTER]
        assert len(set(names)) == len(names)
        assert [registered(name) for name in names] == list(REGISTER)


def test_over_https_the_browser_guards_every_name(settings):
    settings.SITE_IS_HTTPS = True

    for cookie in REGISTER:
        wanted = "__Host-" if cookie.path == "/" else "__Secure-"
        assert cookie.full_name == f"{wanted}{cookie.name}"


def test_no_cookie_lives_longer_than_half_a_year():
    assert [cookie.name for cookie in REGISTER if cookie.life and cookie.life.days > 180] == []


@pytest.mark.parametrize(
    ("script", "cookie"), [("safe_exit/leave.js", GUARD), ("display/display.js", DISPLAY)]
)
def test_script_gives_its_cookie_the_life_of_the_register(script, cookie):
    source = Path(finders.find(script)).read_text()

    assert cookie.life is not None
    seconds = int(cookie.life.total_seconds())
    assert {int(found) for found in re.findall(r"write\(.*?, (\d{3,})\)", source)} == {seconds}


def test_setting_that_belies_the_register_stops_the_start(settings):
    settings.SESSION_COOKIE_NAME = "session"
    settings.MIDDLEWARE = ["before.it", *settings.MIDDLEWARE]

    found = {message.id: message.msg for message in checks.check_consent()}

    assert "SESSION_COOKIE_NAME" in found["consent.E002"]
    assert "MIDDLEWARE" in found["consent.E001"]
