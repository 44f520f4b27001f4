"""The values of names at a point of a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._flow._values import Value, join

if TYPE_CHECKING:
    from collections.abc import Iterable


class State:
    """Names and their values; a branch holds only what it changed, so that joining costs what was changed.

    Args:
        base: The state that this one branches off.
    """

    __slots__ = ("base", "ended", "values")

    def __init__(self, base: State | None = None) -> None:
        self.base = base
        self.values: dict[str, Value] = {}
        self.ended = False

    def get(self, name: str) -> Value | None:
        """The value of a name; None when it was never bound here."""
        state: State | None = self
        while state is not None:
            if name in state.values:
                return state.values[name]
            state = state.base
        return None

    def set(self, name: str, value: Value) -> None:
        """Binds a name."""
        self.values[name] = value

    def introduce(self, name: str, value: Value) -> None:
        """Binds a name that was never bound, as if that had been at the beginning."""
        state = self
        while state.base is not None:
            state = state.base
        state.values.setdefault(name, value)

    def changes_since(self, base: State) -> dict[str, Value]:
        """What differs from a state that this one branches off, directly or not."""
        found: dict[str, Value] = {}
        state: State | None = self
        while state is not None and state is not base:
            found = {**state.values, **found}
            state = state.base
        return found

    def absorb(self, branches: Iterable[State]) -> None:
        """Goes on after branches: a name has one of the values that it has at their ends.

        Branches that ended do not go on. When all did, neither does this state.
        """
        alive = [branch.changes_since(self) for branch in branches if not branch.ended]
        if not alive:
            self.ended = True
            return
        names = dict.fromkeys(name for changes in alive for name in changes)
        self.values.update({name: self._joined(name, alive) for name in names})

    def _joined(self, name: str, branches: list[dict[str, Value]]) -> Value:
        before = self.get(name)
        values = [changes.get(name, before) for changes in branches]
        bound = [value for value in values if value is not None]
        result = bound[0]
        for value in bound[1:]:
            result = join(result, value)
        return result
