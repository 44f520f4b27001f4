"""What is proven of a function's parameters where it ends: its callers may rely on it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality_rules._flow._guards import refine
from quality_rules._flow._state import State
from quality_rules._flow._values import ALL, UNKNOWN, VOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality_rules._flow._run import Run


class Proven(NamedTuple):
    """What a value cannot harm.

    Attributes:
        harms: Bits of the harms.
        shown: Whether that is shown, or only said by names.
    """

    harms: int
    shown: bool


class Exits:
    """The ends of a function.

    Args:
        watched: Parameter → bits of what it could harm at the beginning.
    """

    __slots__ = ("_watched", "ensured", "implied")

    def __init__(self, watched: dict[str, int]) -> None:
        self._watched = watched
        #: Parameter → what is proven when the function came back.
        self.ensured: dict[str, Proven] = {}
        #: Parameter → what is proven when it came back with something true.
        self.implied: dict[str, Proven] = {}

    def forget(self, name: str) -> None:
        """A parameter's name is bound again: what is proven of it then is not proven of the argument."""
        if name in self._watched:
            for known in (self._watched, self.ensured, self.implied):
                known.pop(name, None)

    def leave(self, run: Run, returned: ast.expr | None) -> None:
        """The function ends here, with a result or none."""
        if not self._watched:
            return
        self._note(run, self.ensured)
        if returned is None or (isinstance(returned, ast.Constant) and not returned.value):
            return
        outer, run.state = run.state, State(run.state)
        refine(run, returned, truth=True)
        self._note(run, self.implied)
        run.state = outer

    def _note(self, run: Run, proven: dict[str, Proven]) -> None:
        for name, harms in self._watched.items():
            value = run.state.get(name) or UNKNOWN
            left = 0
            for taint in value.taints:
                left |= taint.harms
            before = proven.get(name, Proven(ALL, shown=True))
            proven[name] = Proven(before.harms & harms & ~left, before.shown and value.tag != VOUCHED)


#: Those of a function that nobody asks.
NO_EXITS = Exits({})


def useful(proven: Mapping[str, Proven]) -> dict[str, Proven]:
    """What there is to rely on."""
    return {name: entry for name, entry in proven.items() if entry.harms}
