"""A picture's way in Chromium: an editor adds it, readers see it, under either policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.campaign.uploads import photograph
from tests.conftest import Site, SiteFolders, running_site
from tests.staff.signing_in import run_at, session_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("images")]

ALTERNATIVE = "Red on the left, blue on the right"
PUBLISH = """
from campaign.models import Page
from campaign.publishing.publications import publish
publish(Page.objects.get(slug="students"), None)
"""
IS_DRAWN = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture(scope="module")
def own_site(new_site_folder: SiteFolders) -> Iterator[Site]:
    with running_site(new_site_folder()) as running:
        yield running


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What Chromium complains of, breaches of the policy included."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda m: found.append(m.text) if m.type in {"error", "warning"} else None)
    return found


@pytest.fixture(scope="module")
def with_picture(own_site: Site, browser: Browser) -> str:
    """The address of a site that shows a picture which an editor has added by hand."""
    context = browser.new_context()
    editor = session_at(own_site.environment, "editor", "Publisher")
    context.add_cookies([editor | {"domain": "127.0.0.1"}])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in {"error", "warning"} else None)
    page.goto(f"{own_site.address}/staff/campaign/image/add/")
    sent = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph(1500, 900)}
    page.get_by_label("File").set_input_files(sent)
    expect(page.locator(".upload-preview")).to_have_js_property("naturalWidth", 1500)
    page.get_by_label("Title").fill("Two colours")
    page.get_by_label("Alternative text").fill(ALTERNATIVE)
    page.get_by_role("button", name="Save and stay here").first.click()
    shown = page.locator(".field-shown img")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") == 640

    page.goto(f"{own_site.address}/staff/campaign/section/add/")
    page.locator("#id_page").select_option(label="18 or over, at university or work")
    page.get_by_label("Kind").select_option("image")
    page.get_by_label("Heading").fill("How it looks")
    page.locator("#id_image").select_option(label="Two colours")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Two colours, side by side.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert faults == []
    context.close()
    run_at(own_site.environment, PUBLISH)
    return own_site.address


def test_reader_sees_it_under_the_policy(with_picture: str, page: Page, faults: list[str]):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{with_picture}/students/")

    image = page.get_by_role("img", name=ALTERNATIVE)
    image.scroll_into_view_if_needed()
    page.wait_for_function(IS_DRAWN, arg=image.element_handle())

    assert image.evaluate("image => image.currentSrc").endswith(".avif")
    assert len([url for url in requests if not url.startswith("data:")]) == 2
    expect(page.locator(".image figcaption")).to_have_text("Two colours, side by side.")
    assert faults == []
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("width", "scale", "suffix"), [(320, 2, "-640.avif"), (360, 1, "-640.avif"), (1280, 2, ".avif")]
)
def test_phone_loads_the_small_file(
    with_picture: str, browser: Browser, width: int, scale: int, suffix: str
):
    context = browser.new_context(
        viewport={"width": width, "height": 700}, device_scale_factor=scale
    )
    page = context.new_page()
    page.goto(f"{with_picture}/students/")
    image = page.get_by_role("img", name=ALTERNATIVE)
    image.scroll_into_view_if_needed()
    page.wait_for_function(IS_DRAWN, arg=image.element_handle())

    name = image.evaluate("image => image.currentSrc").rpartition("/")[2]
    box = image.bounding_box()
    sideways = page.evaluate("document.documentElement.scrollWidth")

    context.close()
    assert name[32:] == suffix
    assert box is not None
    assert abs(box["width"] / box["height"] - 1280 / 768) < 0.02
    assert sideways <= width


def test_reader_who_comes_by_a_link_on_the_site_sees_it(
    with_picture: str, page: Page, faults: list[str]
):
    page.goto(f"{with_picture}/")
    page.locator("a[href='/students/']").last.click()

    image = page.get_by_role("img", name=ALTERNATIVE)
    image.scroll_into_view_if_needed()
    page.wait_for_function(IS_DRAWN, arg=image.element_handle())

    assert page.url == f"{with_picture}/"
    assert faults == []


def test_reader_without_script_sees_it(with_picture: str, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with page.expect_response(lambda answer: "/pictures/" in answer.url) as answer:
        page.goto(f"{with_picture}/students/")
        page.get_by_role("img", name=ALTERNATIVE).scroll_into_view_if_needed()

    assert answer.value.ok
    assert answer.value.headers["content-type"] == "image/avif"
    context.close()


def test_browser_keeps_no_copy(with_picture: str, page: Page):
    fresh: list[bool] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda event: (
            fresh.append(not event["response"].get("fromDiskCache"))
            if "/pictures/" in event["response"]["url"]
            else None
        ),
    )
    for _visit in range(2):
        page.goto(f"{with_picture}/students/")
        image = page.get_by_role("img", name=ALTERNATIVE)
        image.scroll_into_view_if_needed()
        page.wait_for_function(IS_DRAWN, arg=image.element_handle())

    assert fresh == [True, True]
