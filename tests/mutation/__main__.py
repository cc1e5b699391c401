"""The command: parts by their names, or all of them."""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.mutation import by_file, by_mutmut
from tests.mutation.copies import ROOT, copy_to
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.parts import PARTS, Part
from tests.mutation.verdicts import Verdict

GOAL = 90  # per cent


def main() -> None:
    names = sys.argv[1:] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        sys.exit(f"Not a part: {', '.join(unknown)}. The parts are {', '.join(PARTS)}.")
    scores = [tell(name, PARTS[name]) for name in names]
    if min(scores) < GOAL:
        sys.exit(f"Fewer than {GOAL} % were killed.")


def tell(name: str, part: Part) -> float:
    """Prints what became of the part's mutants. Returns how many were killed, in per cent."""
    begun = time.monotonic()
    verdicts = run(part)
    seconds = time.monotonic() - begun
    by_verdict = {
        verdict: [mutant for mutant, what in verdicts if what == verdict] for verdict in Verdict
    }
    count = {verdict: len(mutants) for verdict, mutants in by_verdict.items()}
    killed = count[Verdict.KILLED] + count[Verdict.TIMED_OUT]
    score = 100 * killed / len(verdicts)
    print(
        f"{name}: {len(verdicts)} mutants, {killed} killed"
        f" ({count[Verdict.TIMED_OUT]} by the limit of time), {len(verdicts) - killed} survived,"
        f" {score:.1f} %, {date.today()}, {seconds:.0f} seconds"
    )
    for verdict in (Verdict.SURVIVED, Verdict.UNCLEAR, Verdict.TIMED_OUT):
        for mutant in by_verdict[verdict]:
            print(f"  {verdict.value}: {mutant}")
    sys.stdout.flush()
    return score


def run(part: Part) -> list[tuple[Mutant, Verdict]]:
    files = sorted(path.relative_to(ROOT) for path in ROOT.glob(part.files))
    mutants = [mutant for file in files for mutant in mutants_of(ROOT, file)]
    others = [mutant for mutant in mutants if mutant.name is None]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_to(copy)
        named = by_mutmut.run(part, copy)
        unnamed = by_file.run(part, [(mutant.file, mutant.text()) for mutant in others], copy)
    if named.keys() != {mutant.name for mutant in mutants} - {None}:
        sys.exit("mutmut has made other mutants than it was thought to")
    verdicts = dict(zip(map(id, others), unnamed, strict=True))
    return [(mutant, verdicts.get(id(mutant)) or named[mutant.name]) for mutant in mutants]


main()
