"""The W3C checker for HTML and CSS."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors_in(folder: Path) -> list[str]:
    """What is wrong with the pages in a folder; raises where the checker itself fails."""
    done = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", "--also-check-css", *folder.iterdir()],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = [
        f"{m['url'].split('/')[-1]}: {m['message']}" for m in messages if m["type"] == "error"
    ]
    assert errors or done.returncode == 0
    return errors
