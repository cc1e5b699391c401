"""Mutants of functions, run by mutmut."""

import json
import sys
from pathlib import Path

from mutmut.stats import status_by_exit_code

from tests.mutation.copies import PYTEST, REST, SOURCE, SPARE_SECONDS, TIMES, started
from tests.mutation.parts import Part
from tests.mutation.verdicts import Verdict

VERDICTS = {
    "killed": Verdict.KILLED,
    "timeout": Verdict.TIMED_OUT,
    "survived": Verdict.SURVIVED,
    "no tests": Verdict.SURVIVED,
}


def run(part: Part, folder: Path) -> dict[str, Verdict]:
    """What became of each of mutmut's mutants, by its name. One at a time."""
    (folder / "setup.cfg").write_text(_settings(part))
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    with started([mutmut, "run", "--max-children", "1"], folder) as program:
        told, _ = program.communicate()
    if program.returncode != 0:
        sys.exit(told)
    codes: dict[str, int | None] = {}
    for file in (folder / "mutants").glob(f"{part.files}.meta"):
        codes |= json.loads(file.read_text())["exit_code_by_key"]
    return {
        name: VERDICTS.get(status_by_exit_code[code], Verdict.UNCLEAR)
        for name, code in codes.items()
    }


def _settings(part: Part) -> str:
    lists = {
        "source_paths": [SOURCE],
        "only_mutate": [part.files],
        "also_copy": REST,
        "pytest_add_cli_args": PYTEST,
        "pytest_add_cli_args_test_selection": part.tests,
    }
    lines = ["[mutmut]", f"timeout_multiplier={TIMES}", f"timeout_constant={SPARE_SECONDS}"]
    for name, values in lists.items():
        lines += [f"{name}=", *(f"    {value}" for value in values)]
    return "\n".join(lines) + "\n"
