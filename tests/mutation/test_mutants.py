"""Which mutants there are. That the tests notice them is for ``script/mutate`` to see."""

from pathlib import Path

import pytest

from tests.mutation.copies import ROOT
from tests.mutation.mutants import mutants_of
from tests.mutation.parts import PARTS

CODE = '''\
"""A module."""

__all__ = ["double"]

LIMIT: int = 7


class Word:
    length = 3

    def __init__(self):
        self.first = "a"

    @property
    def last(self):
        return 5 - self.length


def double(number):
    return number * 2
'''


@pytest.fixture
def mutants(tmp_path):
    (tmp_path / "code.py").write_text(CODE)
    return mutants_of(tmp_path, Path("code.py"))


def test_code_outside_functions_and_under_decorators_is_mutated_too(mutants):
    assert [str(mutant) for mutant in mutants if mutant.name is None] == [
        "code.py:5 `LIMIT: int = 7` → `LIMIT: int = None`",
        "code.py:5 `LIMIT: int = 7` → `LIMIT: int = 8`",
        "code.py:9 `length = 3` → `length = None`",
        "code.py:9 `length = 3` → `length = 4`",
        "code.py:16 `return 5 - self.length` → `return 5 + self.length`",
        "code.py:16 `return 5 - self.length` → `return 6 - self.length`",
    ]


def test_mutants_of_functions_go_by_mutmuts_names(mutants):
    assert [mutant.name for mutant in mutants if mutant.name] == [
        "code.xǁWordǁ__init____mutmut_1",
        "code.xǁWordǁ__init____mutmut_2",
        "code.xǁWordǁ__init____mutmut_3",
        "code.x_double__mutmut_1",
        "code.x_double__mutmut_2",
    ]


def test_mutant_is_the_file_with_one_change(mutants):
    last = mutants[-1]

    assert last.text() == CODE.replace("number * 2", "number * 3")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_part_has_files_and_tests(part):
    assert list(ROOT.glob(part.files))
    assert all((ROOT / test).is_file() for test in part.tests)
