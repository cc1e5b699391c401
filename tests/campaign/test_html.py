"""The W3C checker over every screen."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.addresses import OTHER_SCREENS, PAGES
from tests.forms import post_form

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.vnu
@pytest.mark.django_db
def test_every_screen_is_valid_html_and_css(client, tmp_path):
    for number, address in enumerate([*PAGES, *OTHER_SCREENS]):
        name = f"{number}{address.replace('/', '_')}.html"
        (tmp_path / name).write_bytes(client.get(address).content)
    faulty = post_form(client, "/feedback/", {"message": ""}).content
    (tmp_path / "feedback-with-error.html").write_bytes(faulty)

    done = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", "--also-check-css", *tmp_path.iterdir()],
        capture_output=True,
        text=True,
    )

    messages = json.loads(done.stderr)["messages"]
    errors = [
        f"{m['url'].split('/')[-1]}: {m['message']}" for m in messages if m["type"] == "error"
    ]
    assert errors == []
    assert done.returncode == 0
