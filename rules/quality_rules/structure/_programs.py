"""Programs that are written down as data: how long they are, and where they stand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality.rules import parameters, targets_of
from quality_rules._asked import names_own_functions
from quality_rules.structure._listed import is_number
from quality_rules.structure._machines import keys_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

ROWS = (ast.List, ast.Tuple)
#: Fewest steps of a program that is run where it is written: fewer may be settings, or the stages of some work.
_LONG = 8


def may_have_program(facts: Facts) -> bool:
    """Whether a function of the source is named again, one folds a list, or a long list is written down."""
    if names_own_functions(facts) or "reduce" in facts.vocabulary:
        return True
    lists: tuple[ast.List | ast.Tuple, ...] = (*facts.of(ast.List), *facts.of(ast.Tuple))
    return any(len(each.elts) >= _LONG for each in lists)


class Programs:
    """Knows the long programs of a source, which a function may run in its own loop.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def _written(self) -> list[tuple[ast.AST, ast.expr]]:
        """Assignments of programs, and loops over such that stand there, each with the program."""
        facts = self._facts
        found: list[tuple[ast.AST, ast.expr]] = [(each.node, each.value) for each in facts.assignments]
        found += [(each, each.iter) for each in facts.of(ast.For)]
        return [(node, value) for node, value in found if self._is_long(value)]

    @cached_property
    def _keys(self) -> list[frozenset[str]]:
        """The names that each program, or a part of it, has there."""
        targets = (
            [node.target] if isinstance(node, ast.For) else targets_of(node) for node, _ in self._written
        )
        return [frozenset(key for each in own for key in keys_in(self._facts, each)) for own in targets]

    @cached_property
    def _places(self) -> dict[tuple[FunctionNode | None, str], list[int]]:
        """Function, or None for the module, and a name there → the programs that have it."""
        found: dict[tuple[FunctionNode | None, str], list[int]] = {}
        for place, ((node, _), keys) in enumerate(zip(self._written, self._keys, strict=True)):
            for key in keys:
                found.setdefault((self._facts.function(node), key), []).append(place)
        return found

    def _is_long(self, node: ast.expr) -> bool:
        """Tells whether a list has many steps, each with what it works on, or numbers that stand for them."""
        entries = node.elts if isinstance(node, ROWS) else ()
        return len(entries) >= _LONG and (is_of_records(self._facts, node) or all(map(is_number, entries)))

    def read_by(self, function: FunctionNode) -> Iterator[tuple[frozenset[str], int]]:
        """Yields for each program that a function reads the names that it, or a part of it, has there, and its steps."""
        if not self._written:
            return
        given = frozenset(parameters(function))
        places: set[int] = set()
        for name in self._facts.names_in(function) - given:
            places.update(self._places.get((function, name), ()), self._places.get((None, name), ()))
        for place in sorted(places):
            yield self._keys[place] - given, size(self._written[place][1])


def is_of_records(facts: Facts, node: ast.expr) -> bool:
    """Tells whether a list has entries that hold others."""
    entries = node.elts if isinstance(node, ROWS) else []
    return bool(entries) and all(isinstance(facts.display(each), (*ROWS, ast.Dict)) for each in entries)


def size(node: ast.expr) -> int:
    """How many steps a program has that is a list, or a text of words."""
    if isinstance(node, ROWS):
        return len(node.elts)
    text = node.value if isinstance(node, ast.Constant) else None
    return len(text.split()) if isinstance(text, str) else 0


def steps(node: ast.expr) -> int:
    """How many rows that begin with a word are written in a container, at any depth."""
    return _steps_of(ast.walk(node)) if isinstance(node, ROWS) else 0


def is_nested(node: ast.expr) -> bool:
    """Tells whether a row of steps is an entry of another."""
    rows = [each for each in ast.walk(node) if _steps_of([each])]
    return any(_steps_of(row.elts) for row in rows if isinstance(row, ROWS))


def _steps_of(nodes: Iterable[ast.AST]) -> int:
    """How many of the nodes are rows that begin with a word."""
    rows = [each for each in nodes if isinstance(each, ROWS) and len(each.elts) > 1]
    return sum(
        isinstance(each.elts[0], ast.Constant) and isinstance(each.elts[0].value, str) for each in rows
    )
