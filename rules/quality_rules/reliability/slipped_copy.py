"""The rule slipped-copy."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, pairs_of, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from quality.rules import Facts

#: Fewest indexes of a statement, and fewest statements in a row, that show how it is meant.
_FEWEST_INDEXES = 2
_FEWEST_STATEMENTS = 3

#: What nodes say, and of which types that is.
_SAID = ("id", "attr", "arg", "value")
_PLAIN = (str, int, float, bytes)


class SlippedCopy(AstRule):
    """A statement was copied, and not all of it was changed.

    ## What it does
    Reports the one of at least three statements in a row that are the same but for their indexes, and each of which has one
    index throughout, that has an index of another statement in one place: `dz = a[2] - b[1]` behind `dx = a[0] - b[0]` and
    `dy = a[1] - b[1]`.

    Rows in which more than one statement has several indexes are fine: they compute something else.

    ## Why is this bad
    The last copy is the one that nobody looks at any more. The result is wrong, and looks right.

    ## Example
    ```python
    def distance(a, b):
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        dz = a[2] - b[1]
        return (dx * dx + dy * dy + dz * dz) ** 0.5
    ```

    ## Use instead
    ```python
    def distance(a, b):
        return sum((one - other) ** 2 for one, other in zip(a, b, strict=True)) ** 0.5
    ```
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({ast.Subscript})

    VALID = (
        Valid("x = a[0] - b[0]\ny = a[1] - b[1]\nz = a[2] - b[2]"),
        Valid("x = a[1] * b[2]\ny = a[2] * b[0]\nz = a[0] * b[1]", "Each has two"),
        Valid("x = a[0] - b[0]\ny = a[1] - b[1]\nz = a[2] + b[1]", "Another operation"),
        Valid("x = a[0] - b[0]\ny = a[1] - b[0]", "Two show nothing"),
        Valid("x = a[0] - b[0]\ny = a[1] - b[1]\nz = a[0] - b[1]", "It has both on purpose"),
        Valid("x = a[0] - b[0]\ny = a[1] - b[1]\nz = a[2] - b[5]", "Of no other statement"),
    )
    INVALID = (
        Invalid(
            "def f(a, b):\n    a.x = b[0].min(b[0])\n    a.y = b[1].min(b[0])\n    a.z = b[2].min(b[2])\n    return a",
            ("3:20-3:24 b[0] stands where b[1] is to be expected, as in the statements beside it",),
        ),
        Invalid(
            "x = a['x'] - b['x']\ny = a['y'] - b['y']\nz = a['z'] - b['y']",
            ("3:14-3:20 b['y'] stands where b['z'] is to be expected, as in the statements beside it",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there are enough constant indexes for a row."""
        indexes = [each for each in facts.of(ast.Subscript) if isinstance(each.slice, ast.Constant)]
        return len(indexes) >= _FEWEST_STATEMENTS * _FEWEST_INDEXES

    def visit_Module(self, module: ast.Module) -> None:
        del module
        nodes = self.facts.of(ast.Subscript)
        indexed = {self.facts.statement(each) for each in nodes if isinstance(each.slice, ast.Constant)}
        for block in self.facts.blocks:
            for row in _rows(block, indexed):
                self._check(row)

    def _check(self, row: list[list[ast.Subscript]]) -> None:
        indexes = [[_index(node) for node in each] for each in row]
        several = [place for place, each in enumerate(indexes) if len(set(each)) > 1]
        if len(several) != 1:
            return
        place = several[0]
        others = {index for other, each in enumerate(indexes) if other != place for index in each}
        if len(others) != len(row) - 1:
            return
        old = [node for node in row[place] if _index(node) in others]
        new = {_index(node) for node in row[place]} - others
        if len(old) == 1 and len(new) == 1:
            shown, owner = shorten(ast.unparse(old[0])), ast.unparse(old[0].value)
            meant = shorten(f"{owner}[{new.pop()!r}]")
            self.report(
                old[0], f"{shown} stands where {meant} is to be expected, as in the statements beside it"
            )


def _rows(block: Sequence[ast.stmt], indexed: Collection[ast.AST]) -> Iterator[list[list[ast.Subscript]]]:
    """The indexed parts of each of at least three values in a row that are the same but for their indexes.

    Args:
        block: The statements.
        indexed: The statements that read something by a constant index.
    """
    row: list[list[ast.Subscript]] = []
    last = ""
    values = ((statement, value) for statement in block for value in _values(statement))
    for statement, value in values:
        parts = _parts(value) if statement in indexed else []
        shape = _shape(value, parts) if len(parts) >= _FEWEST_INDEXES else ""
        if shape != last or not shape:
            if len(row) >= _FEWEST_STATEMENTS:
                yield row
            row = []
        if shape:
            row.append(parts)
        last = shape
    if len(row) >= _FEWEST_STATEMENTS:
        yield row


def _values(statement: ast.stmt) -> list[ast.expr | None]:
    """What an assignment gives to each of its targets; nothing of known shape for any other statement."""
    if isinstance(statement, ast.AnnAssign):
        return [statement.value] if statement.value is not None else []
    if isinstance(statement, ast.AugAssign):
        return [statement.value]
    if not isinstance(statement, ast.Assign):
        return [None]
    pairs = pairs_of(statement.targets[0], statement.value)
    return [value for _, value in pairs] or [statement.value]


def _parts(value: ast.expr | None) -> list[ast.Subscript]:
    """What a value reads by a constant index."""
    inside = (
        (node for node in ast.walk(value) if isinstance(node, ast.Subscript)) if value is not None else ()
    )
    return [node for node in inside if isinstance(node.slice, ast.Constant)]


def _shape(value: ast.expr | None, parts: list[ast.Subscript]) -> str:
    """How a value is written, without its indexes."""
    masked = {id(part.slice) for part in parts}
    words: list[str] = []
    for node in ast.walk(value) if value is not None else ():
        if id(node) not in masked:
            words.append(type(node).__name__)
            words += [
                str(getattr(node, name)) for name in _SAID if isinstance(getattr(node, name, None), _PLAIN)
            ]
    return " ".join(words)


def _index(node: ast.Subscript) -> object:
    return node.slice.value if isinstance(node.slice, ast.Constant) else None
