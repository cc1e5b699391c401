"""How far a report has come, as its reporter sees it."""

from dataclasses import dataclass

from reporting.models import State


@dataclass(frozen=True)
class Step:
    """``is_done``: it has come so far, or farther. ``is_present``: this is where it is now."""

    state: State
    is_done: bool
    is_present: bool


def steps(present: str) -> list[Step]:
    """All states in order, for a report in this one."""
    order = list(State)
    reached = order.index(State(present))
    return [Step(state, at <= reached, at == reached) for at, state in enumerate(order)]
