import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template

from sextortion_site.delivery import checks, page_assets

ELEMENT = re.compile(rb"<(style|script)>(.*?)</\1>", re.S)


@pytest.mark.django_db
def test_policy_allows_what_stands_in_the_page_by_its_hash(client):
    response = client.get("/")

    policy = response.headers["Content-Security-Policy"]
    inline = ELEMENT.findall(response.content)
    scripts = len(settings.PAGE_HEAD_SCRIPTS) + len(settings.PAGE_SCRIPTS)
    assert sorted(kind for kind, _ in inline) == [b"script"] * scripts + [b"style"]
    for _, text in inline:
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.django_db
def test_way_out_is_the_first_thing_in_the_page(client):
    page = client.get("/").content

    # The encoding has to be named in the first 1,024 bytes, so it alone comes before.
    before = page[: page.index(b"<script>")]
    assert before.count(b"<meta") == before.count(b'<meta charset="utf-8">') == 1
    assert page.index(b"<script>") < page.index(b"<title>") < page.index(b"<style>")


@pytest.mark.django_db
def test_script_with_a_fault_cannot_stop_another(client):
    """Each has an element of its own."""
    scripts = [text for kind, text in ELEMENT.findall(client.get("/").content) if kind == b"script"]

    assert len(scripts) == len(settings.PAGE_HEAD_SCRIPTS) + len(settings.PAGE_SCRIPTS)


@pytest.mark.django_db
def test_policy_of_every_page_allows_what_any_page_has_of_its_own(client):
    """In-site navigation puts the content of one page under the policy of another."""
    response = client.get("/")

    policy = response.headers["Content-Security-Policy"]
    own = [
        *(("own_style", name) for name in settings.PAGE_OWN_STYLES),
        *(("own_script", name) for name in settings.PAGE_OWN_SCRIPTS),
    ]
    for tag, name in own:
        element = Template(f'{{% load page_assets %}}{{% {tag} "{name}" %}}').render(Context())
        ((kind, text),) = ELEMENT.findall(element.encode())
        assert kind.decode() == tag.removeprefix("own_")
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        assert f"'sha256-{digest}'" in policy
        assert text not in response.content


@pytest.mark.django_db
def test_forked_server_has_nothing_left_to_minify(client):
    """The minifier would stand still there for good."""
    page_assets.build_all()
    before = page_assets._build_once.cache_info().misses

    client.get("/")
    client.get("/report/")

    assert page_assets._build_once.cache_info().misses == before


@pytest.mark.parametrize(
    "take", [page_assets.own_style, page_assets.own_script], ids=["style", "script"]
)
def test_what_the_policy_leaves_out_gets_into_no_page(take):
    with pytest.raises(page_assets.UnlistedAsset, match=r"css/base\.css"):
        take("css/base.css")


@pytest.mark.parametrize("setting", ["PAGE_STYLES", "PAGE_OWN_STYLES", "PAGE_OWN_SCRIPTS"])
def test_missing_file_stops_the_start_and_names_its_setting(settings, setting: str):
    setattr(settings, setting, [*getattr(settings, setting), "css/no-such.css"])

    messages = checks.check_page_assets()

    assert [message.id for message in messages] == ["delivery.E001"]
    assert messages[0].msg.startswith(f"{setting}:")
    assert "css/no-such.css" in messages[0].msg


def test_text_that_would_end_its_element_stops_the_start(settings, tmp_path):
    (tmp_path / "bad.css").write_text("a::after { content: '</style>' }")
    settings.STATICFILES_DIRS = [tmp_path]
    settings.PAGE_STYLES = ["bad.css"]

    assert [message.id for message in checks.check_page_assets()] == ["delivery.E002"]


@pytest.mark.parametrize("name", [*settings.PAGE_STYLES, *settings.PAGE_OWN_STYLES])
def test_style_has_no_selector_that_the_minifier_would_change(name):
    """It takes the space out of ``.a :focus``, which then means ``.a:focus``."""
    source = re.sub(r"/\*.*?\*/", "", Path(finders.find(name)).read_text(), flags=re.S)

    assert re.findall(r"[\w\])*]\s+:[a-z-]+[^;{}]*{", source) == []
