"""A copy of what the tests need, to be broken: the checkout stays as it is."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = "reporting"
REST = (
    "campaign",
    "manage.py",
    "pyproject.toml",
    "sextortion_site",
    "static",
    "templates",
    "tests",
)
# Of pytest's plugins those that the tests need: the others take a third of a mutant's time. The
# same invented cases for each mutant and in each run; no cache that one leaves to another.
PYTEST = (
    *("-p", "pytest_django.plugin"),
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-seed=1"),
    *("-p", "no:cacheprovider"),
)
# The limit of time for a mutant: so many times what its tests take when nothing is broken, and
# these seconds as many times. A busy machine is slower now and then.
TIMES = 10
SPARE_SECONDS = 2


def copy_to(folder: Path) -> None:
    for name in (SOURCE, *REST):
        if (ROOT / name).is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=without)
        else:
            shutil.copy2(ROOT / name, folder / name)
    (folder / "tmp").mkdir()


@contextmanager
def started(arguments: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A program of this Python in the copy. Tests of the spool start processes of their own, which
    a mutant may leave behind: they end with it."""
    own = {
        "TMPDIR": str(folder / "tmp"),
        "PYTHONPYCACHEPREFIX": str(folder / "tmp" / "bytes"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    program = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
