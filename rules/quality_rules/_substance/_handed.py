"""Which answers of a function are its arguments, as they came or not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality.rules import positional_of
from quality_rules._substance._names import kind_of
from quality_rules._substance._nature import COPIES, Nature
from quality_rules._substance._values import Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: So many values that a name is given are looked at.
_MOST = 16


class Handed(Values):
    """Knows arguments that are handed back.

    Args:
        text: Judges the other functions of the text.
        function: The function, or a lambda.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: The answers that are arguments as they came.
        self.handed: list[ast.expr] = []

    @property
    def copies(self) -> bool:
        """Whether all answers that are arguments are copies: other containers with the same entries."""
        return bool(self.handed) and all(map(self._is_duplicate, self.handed))

    @property
    def groups(self) -> bool:
        """Whether all answers that are arguments are several of them beside one another."""
        return bool(self.handed) and all(len(_row(v)) > 1 or self._is_row(v) for v in self.handed)

    def _is_row(self, value: ast.expr) -> bool:
        """Tells whether a value is the arguments that come packed, as a list or not."""
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in COPIES:
            return all(map(self.is_packed, value.args))
        return self.is_packed(value)

    def answer(self, value: ast.expr) -> Nature:
        """The nature of an answer: nothing but parameters in a row are an echo, whatever these default to."""
        row = _row(value)
        named = bool(row) and all(
            isinstance(entry, ast.Name) and entry.id in self.parameters and self.of(entry) <= Nature.ECHO
            for entry in row
        )
        nature = Nature.ECHO if named else self.of(value)
        if nature is Nature.ECHO and self._is_changed(value):
            return Nature.FORM
        if nature is Nature.ECHO:
            self.handed.append(value)
        return nature

    def _is_duplicate(self, value: ast.expr) -> bool:
        """Tells whether a value is an argument's entries in another container."""
        if isinstance(value, ast.Name):
            named = any(isinstance(source, ast.Name) for source in self._given(value.id))
            if named or value.id in self.parameters:
                return False
        return self.size(value) > Nature.FIXED

    def _is_changed(self, value: ast.expr) -> bool:
        """Tells whether arguments come in another order, or an argument as another kind of container."""
        sources = self._given(value.id) if isinstance(value, ast.Name) else []
        made = sources[0] if len(sources) == 1 else value
        return self._is_moved(_row(made)) or self._is_converted(made)

    def _is_moved(self, row: Sequence[ast.expr]) -> bool:
        """Tells whether a row is arguments in another order than they came in."""
        names = [entry.id for entry in row if isinstance(entry, ast.Name) and entry.id in self.parameters]
        if len(names) < len(row) or len(set(names)) < len(row):
            return False
        places = [self._places[name] for name in names if name in self._places]
        return places != sorted(places) or any(map(self._stands_for_another, names))

    def _stands_for_another(self, name: str) -> bool:
        """Tells whether a parameter is given the value of another one."""
        sources = (source for source in self._given(name) if isinstance(source, ast.Name))
        return any(source.id in self.parameters and source.id != name for source in sources)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The places of parameters; those that are given by name, or packed, have none."""
        return {entry.arg: place for place, entry in enumerate(positional_of(self.function.args))}

    def _is_converted(self, value: ast.expr) -> bool:
        """Tells whether a value is an argument made into a list, a tuple or an iterator, unless it is said to be one."""
        if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and len(value.args) == 1):
            return False
        kind, argument = value.func.id, value.args[0]
        if kind not in COPIES or not self.is_builtin(kind) or not isinstance(argument, ast.Name):
            return False
        whole = argument.id in self.parameters and not self.is_packed(argument)
        return whole and kind_of(self.function, argument.id).lower() != kind

    def _given(self, name: str) -> list[ast.expr]:
        """The values that a local name is given."""
        return self.sources.get(name, [])[:_MOST]


def _row(value: ast.expr) -> Sequence[ast.expr]:
    return value.elts if isinstance(value, (ast.Tuple, ast.List)) else ()
