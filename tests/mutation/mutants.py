"""Every mutant of a file: mutmut's own, and those by its operators where it makes none.

mutmut switches between mutants of functions inside one process. What a module does while it is
imported, and functions under a decorator, it leaves alone: our constants and tables of rules,
size classes and recipients are there.
"""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import Mutation, MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode
from mutmut.mutation.trampoline_templates import mangle_function_name
from mutmut.utils.format_utils import get_mutant_name

LONGEST = 140  # letters told of a change; the number of the line says where the rest is


@dataclass(frozen=True)
class Mutant:
    """One small change to one file. ``name`` is mutmut's; None where it makes no such mutant."""

    file: Path  # as seen from the checkout
    name: str | None
    module: cst.Module
    mutation: Mutation

    def text(self) -> str:
        """The whole file with the change."""
        changed = deep_replace(self.module, self.mutation.original_node, self.mutation.mutated_node)
        return cst.ensure_type(changed, cst.Module).code

    def __str__(self) -> str:
        """File, number of the line, the line before and after."""
        before, after = self.module.code.splitlines(), self.text().splitlines()
        matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
        changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
        first, last = changes[0], changes[-1]
        old, new = (
            shorten(" ".join(lines), LONGEST, placeholder=" …")
            for lines in (before[first[1] : last[2]], after[first[3] : last[4]])
        )
        return f"{self.file}:{first[1] + 1} `{old}` → `{new}`"


def mutants_of(root: Path, file: Path) -> list[Mutant]:
    """All mutants of a file, in the order of its text."""
    wrapper = MetadataWrapper(cst.parse_module((root / file).read_text()))
    visitor = _Everywhere(mutation_operators, IgnoredCode(set(), set(), set()))
    wrapper.visit(visitor)
    functions = dict(_functions_of_mutmut(wrapper.module))
    counts: Counter[str] = Counter()
    found = []
    for mutation in visitor.mutations:
        name = None
        function = functions.get(mutation.contained_by_top_level_function)
        if function:
            counts[function] += 1
            name = get_mutant_name(file, f"{function}__mutmut_{counts[function]}")
        found.append(Mutant(file, name, wrapper.module, mutation))
    return found


class _Everywhere(MutationVisitor):
    """Goes into decorated functions too; not into ``__all__``, which no program reads and of which
    ruff sees that each name is there. Decorators and annotations stay as they are."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return False
        if m.matches(node, m.Assign(targets=[m.AssignTarget(m.Name("__all__"))])):
            return True
        return super()._skip_node_and_children(node)


def _functions_of_mutmut(module: cst.Module) -> Iterator[tuple[cst.CSTNode, str]]:
    """The functions and methods that mutmut mutates, with the names that it gives to them."""
    for node in module.body:
        class_name = node.name.value if isinstance(node, cst.ClassDef) else None
        for function in node.body.body if isinstance(node, cst.ClassDef) else [node]:
            if isinstance(function, cst.FunctionDef) and _is_taken(function):
                name = mangle_function_name(name=function.name.value, class_name=class_name)
                yield function, name


def _is_taken(function: cst.FunctionDef) -> bool:
    known = m.Decorator(m.Name("staticmethod") | m.Name("classmethod"))
    return not function.decorators or (
        len(function.decorators) == 1 and m.matches(function.decorators[0], known)
    )
