"""Mutants of everything else: the changed file is put in its place, and the tests run anew.

This is also the program that runs them, in the copy: ``python -m tests.mutation.by_file TESTS``
with the mutants in ``mutants.json``. Each run is a fork of a process that has already loaded
pytest and Django, and nothing of this project.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutation.copies import PYTEST, SPARE_SECONDS, TIMES, started
from tests.mutation.parts import Part
from tests.mutation.verdicts import Verdict

TODO = Path("mutants.json")
SECONDS = Path("seconds.json")
# pytest's: a test failed; collecting was broken off; an error inside pytest; conftest.py failed.
KILLED = {1, 2, 3, 4}


def run(part: Part, mutants: list[tuple[Path, str]], folder: Path) -> list[Verdict]:
    """What became of each mutant, in order. A mutant is a file and its whole text."""
    (folder / TODO).write_text(json.dumps([[str(file), text] for file, text in mutants]))
    with started(["-m", "tests.mutation.by_file", *part.tests], folder) as program:
        told, _ = program.communicate()
    if program.returncode != 0:
        sys.exit(told)
    return [Verdict(line) for line in told.splitlines()]


def main() -> None:
    tests = sys.argv[1:]
    _load()
    begun = time.monotonic()
    if _tested(tests, None) != Verdict.SURVIVED:
        sys.exit(f"The tests fail without a mutant: {' '.join(tests)}")
    limit = int((time.monotonic() - begun + SPARE_SECONDS) * TIMES)
    for name, text in json.loads(TODO.read_text()):
        print(_verdict(tests, Path(name), text, limit).value, flush=True)


def _load() -> None:
    # Imported here: whoever only starts this program does without.
    import django.test  # noqa: F401 - for the forks
    import hypothesis  # noqa: F401 - for the forks
    import pytest

    nothing = Path("tmp/nothing")
    nothing.mkdir()
    (nothing / "pytest.ini").write_text("[pytest]\n")
    pytest.main(["-c", str(nothing / "pytest.ini"), "--noconftest", "-p", "no:terminal", "tmp"])
    assert "reporting" not in sys.modules, "a fork would not see its mutant"
    gc.freeze()


def _verdict(tests: list[str], file: Path, text: str, limit: int) -> Verdict:
    before = file.read_text()
    # Of two texts of one length in one second, Python would take the first one's bytes.
    Path(cache_from_source(str(file))).unlink(missing_ok=True)
    file.write_text(text)
    try:
        return _tested(tests, limit)
    finally:
        file.write_text(before)


def _tested(tests: list[str], limit: int | None) -> Verdict:
    child = os.fork()
    if child == 0:
        _test(tests, limit)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return Verdict.SURVIVED
    if code == -signal.SIGALRM:
        return Verdict.TIMED_OUT
    return Verdict.KILLED if code in KILLED else Verdict.UNCLEAR


def _test(tests: list[str], limit: int | None) -> None:
    """Ends the process with pytest's code; with SIGALRM after so many seconds."""
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if limit:
        # What is read from a mutant must not be kept for the next one.
        sys.dont_write_bytecode = True
        signal.alarm(limit)
        # Processes that a test has started and that go on without it end by this.
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    plugins = [QuickTestsFirst() if limit else Clock()]
    os._exit(pytest.main(["-x", "-q", *PYTEST, *tests], plugins=plugins))


class Clock:
    """Notes how long each test takes when nothing is broken."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report) -> None:
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0) + report.duration

    def pytest_sessionfinish(self) -> None:
        SECONDS.write_text(json.dumps(self._seconds))


class QuickTestsFirst:
    """Most mutants fall at once, and the slow tests are not needed."""

    def pytest_collection_modifyitems(self, items) -> None:
        seconds = json.loads(SECONDS.read_text())
        items.sort(key=lambda item: seconds.get(item.nodeid, 0))  # a mutant may rename tests


if __name__ == "__main__":
    main()
