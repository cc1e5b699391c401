"""Signing in as people do, in Chromium: by a first link, an app with codes, a passkey, a recovery
code; and what happens when somebody guesses, or goes to lunch."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import Site, SiteFolders, manage, running_site
from tests.staff.codes import code_of
from tests.staff.signing_in import PASSWORD, run_at, session_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sign_in")]

NEW = "nine loud crows at dawn"
START = "What would you like to change?"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def running(new_site_folder: SiteFolders) -> Iterator[Site]:
    """With two workers: whoever answers, it is the same lock and the same session."""
    with running_site(new_site_folder(), WEB_CONCURRENCY="2") as site:
        yield site


@pytest.fixture(scope="module")
def staff(running: Site) -> str:
    """Under a name: browsers make no passkey for an address of numbers."""
    return running.address.replace("127.0.0.1", "localhost") + "/staff/"


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What Chromium complains of, breaches of the policy included: nothing may be left."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda m: found.append(m.text) if m.type in {"error", "warning"} else None)
    yield found
    assert found == []


@pytest.fixture
def authenticator(page: Page) -> str:
    """A phone that holds passkeys; its number."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    number: str = added["authenticatorId"]
    return number


def member(running: Site, name: str, *roles: str) -> str:
    """A new member of staff with an app; the letters that the app was given."""
    return run_at(
        running.environment,
        "from tests.staff.signing_in import new_account",
        f"account = new_account({name!r}, *{roles or ('Writer',)!r})",
        "from sextortion_site.staff.sign_in.sealed import unseal",
        "print(unseal(account.authenticator_set.get().data['secret']))",
    )


def give_password(page: Page, staff: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{staff}account/sign-in/")
    page.get_by_label("Name for signing in").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def be_at_the_start(page: Page) -> None:
    expect(page.get_by_role("heading", name=START)).to_be_visible()


def set_up_a_passkey(page: Page, staff: str, secret: str) -> None:
    """For somebody who has just signed in by the code of now: that is used up."""
    page.goto(f"{staff}account/second-factor/passkeys/new/")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret, later=1))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Set it up").click()


def test_first_link_password_app_recovery_codes_out_and_in_again(
    page: Page, running: Site, staff: str, faults: list[str]
):
    printed = manage(running.environment, "invite_administrator").stdout
    link = re.search(r"http://localhost:\S+", printed)
    assert link, printed

    page.goto(link[0])
    assert "/link/" not in page.url
    page.get_by_label("Your name for signing in").fill("chief")
    page.get_by_label("A password").fill(NEW)
    page.get_by_label("The same again").fill(NEW)
    page.get_by_role("button", name="Go on").click()
    page.goto(staff)  # not yet
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("ol code").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    be_at_the_start(page)

    sign_out(page)
    give_password(page, staff, "chief", NEW)
    give_code(page, code_of(secret))
    be_at_the_start(page)


def test_passkey_is_set_up_and_then_signs_in_alone(
    page: Page, running: Site, staff: str, authenticator: str, faults: list[str]
):
    secret = member(running, "maria")
    give_password(page, staff, "maria")
    give_code(page, code_of(secret))
    set_up_a_passkey(page, staff, secret)
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(staff)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    be_at_the_start(page)
    expect(page.get_by_text("maria", exact=True)).to_be_visible()


def test_passkey_is_the_second_step_after_a_password(
    page: Page, running: Site, staff: str, authenticator: str, faults: list[str]
):
    secret = member(running, "noor")
    give_password(page, staff, "noor")
    give_code(page, code_of(secret))
    set_up_a_passkey(page, staff, secret)
    page.goto(staff)
    sign_out(page)

    give_password(page, staff, "noor")
    page.get_by_role("button", name="Use a passkey").click()

    be_at_the_start(page)


def test_passkey_that_is_not_there_is_told_in_words(page: Page, staff: str, authenticator: str):
    page.goto(f"{staff}account/sign-in/")
    page.context.new_cdp_session(page).send("WebAuthn.enable")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work, or you stopped it")


def test_passkey_signs_in_while_the_password_is_locked(
    page: Page, running: Site, staff: str, authenticator: str, faults: list[str]
):
    secret = member(running, "olga")
    give_password(page, staff, "olga")
    give_code(page, code_of(secret))
    set_up_a_passkey(page, staff, secret)
    page.goto(staff)
    sign_out(page)
    for _ in range(6):
        give_password(page, staff, "olga", "wrong")
    expect(page.get_by_text("the account is locked for 15 minutes")).to_be_visible()

    page.get_by_role("button", name="Sign in with a passkey").click()

    be_at_the_start(page)


def test_recovery_code_opens_once(page: Page, running: Site, staff: str, faults: list[str]):
    member(running, "ben")
    code = run_at(
        running.environment,
        "from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes",
        "from django.contrib.auth.models import User",
        "ben = User.objects.get(username='ben')",
        "print(RecoveryCodes.activate(ben).get_unused_codes()[0])",
    )
    give_password(page, staff, "ben")
    give_code(page, code)
    be_at_the_start(page)
    sign_out(page)

    give_password(page, staff, "ben")
    give_code(page, code)

    expect(page.locator(".error-summary")).to_contain_text("This code is not right")


def test_five_failures_lock_an_account_and_not_the_one_beside_it(
    page: Page, running: Site, staff: str, faults: list[str]
):
    member(running, "carl")
    secret = member(running, "dora")
    for _ in range(5):
        give_password(page, staff, "carl", "wrong")
        expect(page.get_by_text("The name or the password is not right")).to_be_visible()

    give_password(page, staff, "carl")
    expect(page.get_by_text("the account is locked for 15 minutes")).to_be_visible()

    give_password(page, staff, "dora")
    give_code(page, code_of(secret))
    be_at_the_start(page)


def test_recovery_link_of_an_administrator_lets_a_locked_account_in(
    page: Page, context: BrowserContext, running: Site, staff: str, faults: list[str]
):
    member(running, "emil")
    run_at(
        running.environment,
        "from django.contrib.auth.models import User",
        "from django.utils import timezone",
        "User.objects.filter(username='emil').update(last_login=timezone.now())",
    )
    for _ in range(6):
        give_password(page, staff, "emil", "wrong")
    session = session_at(running.environment, "boss", "Administrator")
    context.add_cookies([{**session, "path": None, "url": staff}])  # type: ignore[list-item]
    page.goto(f"{staff}staff/account/?q=emil")
    page.get_by_role("link", name="emil").click()
    page.get_by_role("button", name="Make a recovery link").click()
    link = page.get_by_label("The link").input_value()
    context.clear_cookies()

    page.goto(link)
    page.get_by_label("A password").fill(NEW)
    page.get_by_label("The same again").fill(NEW)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("Before you can work here")).to_be_visible()


def test_words_survive_a_session_that_ended_while_they_were_typed(
    page: Page, context: BrowserContext, running: Site, staff: str
):
    session = session_at(running.environment, "fay", "Publisher")
    context.add_cookies([{**session, "path": None, "url": staff}])  # type: ignore[list-item]
    page.goto(f"{staff}campaign/figure/")
    page.locator("#result_list tbody th a").first.click()
    claim = page.locator("textarea, .vTextField").first
    name = claim.get_attribute("name")
    claim.fill("Typed before lunch")
    put_back(running, "fay")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()

    with context.expect_page() as opened:
        page.get_by_role("link", name="1. Sign in, in a new tab").click()
    other = opened.value
    other.get_by_label("Name for signing in").fill("fay")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    give_code(other, code_of(secret_of(running, "fay")))
    be_at_the_start(other)
    page.get_by_role("button", name="2. Come back and send it again").click()
    page.get_by_role("button", name="Send it again").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    page.locator("#result_list tbody th a").get_by_text("Typed before lunch").first.click()
    expect(page.locator(f"[name={name}]")).to_have_value("Typed before lunch")


def secret_of(running: Site, name: str) -> str:
    return run_at(
        running.environment,
        "from allauth.mfa.models import Authenticator",
        "from sextortion_site.staff.sign_in.sealed import unseal",
        f"app = Authenticator.objects.get(user__username={name!r}, type='totp')",
        "print(unseal(app.data['secret']))",
    )


def put_back(running: Site, name: str) -> None:
    """As if nothing had been done in the sessions of this account for half an hour."""
    run_at(
        running.environment,
        "from django.contrib.auth.models import User",
        "from django.contrib.sessions.backends.db import SessionStore",
        "from django.contrib.sessions.models import Session",
        f"who = str(User.objects.get(username={name!r}).pk)",
        "for row in Session.objects.all():",
        "    session = SessionStore(row.session_key)",
        "    if session.get('_auth_user_id') == who:",
        "        session['seen_at'] -= 1801",
        "        session.save()",
    )


# --- Every screen of accounts -------------------------------------------------------------

SCREENS = [
    "sign-in/",
    "inactive/",
    "choose-password/",
    "link/x/",
    "sure/",
    "password/",
    "sign-out/",
    "second-factor/",
    "second-factor/sure/",
    "second-factor/app/",
    "second-factor/app/off/",
    "second-factor/codes/",
    "second-factor/codes/new/",
    "second-factor/passkeys/",
    "second-factor/passkeys/new/",
    "second-factor/passkeys/sure/",
]


def serious_faults(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found.response["violations"]
    ]


def fits(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide


def test_every_screen_is_accessible_fits_a_narrow_phone_and_keeps_to_its_policy(
    page: Page, running: Site, staff: str, authenticator: str
):
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.set_viewport_size({"width": 320, "height": 640})
    secret = member(running, "gwen")
    faults: dict[str, object] = {}

    def look(screen: str) -> None:
        if found := serious_faults(page):
            faults[screen] = found
        if not fits(page):
            faults[f"{screen} is too wide"] = page.url

    for screen in SCREENS[:4]:
        page.goto(f"{staff}account/{screen}")
        look(screen)
    give_password(page, staff, "gwen")
    look("second step")
    give_code(page, code_of(secret))
    set_up_a_passkey(page, staff, secret)
    expect(page.locator(".recovery-codes")).to_be_visible()
    look("new recovery codes")
    for screen in SCREENS[1:]:
        page.goto(f"{staff}account/{screen}")
        look(screen)
    page.goto(f"{staff}account/second-factor/passkeys/")
    page.get_by_role("link", name=re.compile("^Take")).click()
    look("taking a passkey off")

    assert faults == {}
    assert refused == []
