"""The rule index-past-end."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, shorten
from quality_rules._loops import COMPREHENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence


class IndexPastEnd(AstRule):
    """An index is one too large.

    ## What it does
    Reports `rows[len(rows)]`, `rows[i]` in a loop over `range(len(rows) + 1)`, and `rows[i + 1]` in a loop over
    `range(len(rows))`, a comprehension as well, when nothing in the loop looks at where it stands; and `rows[i]` in a loop
    `while i <= len(rows)`, when nothing looks at it before. So is `rows[int(len(rows) * share)]`, whose share may be 1.

    Loops that compare or test their index, slices, dictionaries, and loops over `range(len(rows) - 1)`, are
    fine.

    ## Why is this bad
    The last element is at `len(rows) - 1`. The last turn of the loop ends in an IndexError.

    ## Example
    ```python
    def is_rising(rows):
        for i in range(len(rows)):
            if rows[i] > rows[i + 1]:
                return False
        return True
    ```

    ## Use instead
    ```python
    def is_rising(rows):
        for i in range(len(rows) - 1):
            if rows[i] > rows[i + 1]:
                return False
        return True
    ```

    ## References
    - [Off-by-one error](https://en.wikipedia.org/wiki/Off-by-one_error)
    """

    dimension = "reliability"
    needs = frozenset({"len"})
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    cwe = 193
    equivalents = ("pylint:potential-index-error",)

    VALID = (
        Valid(
            "class A(B):\n    def rows(self):\n        return [self[i + 1] for i in range(len(self))]",
            "Its own indexes",
        ),
        Valid("for i in range(len(rows) - 1):\n    print(rows[i], rows[i + 1])"),
        Valid(
            "for i in range(len(rows)):\n    if i + 1 < len(rows):\n        print(rows[i + 1])", "Looked at"
        ),
        Valid(
            "while i <= len(rows):\n    if i == len(rows):\n        stop()\n    show(rows[i])\n    i += 1",
            "Looked at",
        ),
        Valid("i = 0\nwhile i <= len(rows):\n    i += 1\n    print(rows[i - 1], rows[:i])"),
        Valid("for i in range(len(rows) + 1):\n    print(rows[:i], rows[i:])", "Slices"),
        Valid("steps = [rows[i + 1] for i in range(len(rows)) if i + 1 < len(rows)]", "Looked at"),
        Valid("steps = [rows[i + 1] - rows[i] for i in range(len(rows) - 1)]"),
        Valid("def f(rows):\n    return rows[int(len(rows) * 0.9)]", "Not all of them"),
        Valid("def f(n):\n    known = {}\n    known[len(known)] = n", "A dictionary may be meant"),
    )
    INVALID = (
        Invalid(
            "def quantile(rows, share):\n    return sorted(rows)[0], rows[int(share * len(rows))]",
            (
                "2:29-2:57 rows[int(share * len(rows))] is behind the last element where all are asked for: use min()",
            ),
        ),
        Invalid(
            "while i <= len(a) and j < len(b):\n    if a[i] < b[j]:\n        i += 1",
            ("2:8-2:12 a[i] is behind the last element in the last turn: compare with < in line 1",),
        ),
        Invalid(
            "last = rows[len(rows)]", ("1:8-1:23 rows[len(rows)] is behind the last element: subtract 1",)
        ),
        Invalid(
            "rises = all(rows[i] <= rows[i + 1] for i in range(len(rows)))",
            (
                "1:24-1:35 rows[i + 1] is behind the last element in the last turn: correct the range in line 1",
            ),
        ),
        Invalid(
            "for i in range(1, len(rows) + 1):\n    print(rows[i])",
            ("2:11-2:18 rows[i] is behind the last element in the last turn: correct the range in line 1",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        owner = dotted_name(node.value)
        if owner and isinstance(node.ctx, ast.Load) and self._is_share(node.slice, owner):
            shown = shorten(ast.unparse(node))
            self.report(
                node,
                f"{shown} is behind the last element where all are asked for: use min()",
                confidence=Confidence.LOW,
            )
        if owner and isinstance(node.ctx, ast.Load) and self._length_of(node.slice) == owner:
            self.report(node, f"{shorten(ast.unparse(node))} is behind the last element: subtract 1")

    def visit_For(self, loop: ast.For) -> None:
        self._check(loop, loop.body)

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        whole = self.facts.parent(generator)
        if isinstance(whole, COMPREHENSIONS) and whole.generators == [generator]:
            made = [whole.key, whole.value] if isinstance(whole, ast.DictComp) else [whole.elt]
            self._check(generator, [*generator.ifs, *made])

    def _check(self, loop: ast.For | ast.comprehension, body: Sequence[ast.AST]) -> None:
        counted = self._counted(loop.iter)
        if counted is None or not isinstance(loop.target, ast.Name):
            return
        owner, beyond = counted
        index = loop.target.id
        past: ast.Subscript | None = None
        for part in body:
            for node in self.facts.within(part):
                if self._looks(node, index):
                    return
                if isinstance(node, ast.Subscript) and dotted_name(node.value) == owner:
                    offset = _offset(node.slice, index)
                    if offset is not None and offset + beyond > 0 and past is None:
                        past = node
        if past is not None:
            self._report(past, f"correct the range in line {loop.target.lineno}")

    def visit_While(self, loop: ast.While) -> None:
        for test in loop.test.values if isinstance(loop.test, ast.BoolOp) else [loop.test]:
            if not isinstance(test, ast.Compare) or not isinstance(test.ops[-1], ast.LtE):
                continue
            index, owner = test.comparators[-2] if len(test.ops) > 1 else test.left, test.comparators[-1]
            past = (
                self._first_read(loop, index, self._length_of(owner)) if isinstance(index, ast.Name) else None
            )
            if past is not None:
                self._report(past, f"compare with < in line {loop.lineno}")
                return

    def _first_read(self, loop: ast.While, index: ast.Name, owner: str) -> ast.Subscript | None:
        """What reads an element at an index in a loop, before anything else is asked or done with the index."""
        for statement in loop.body:
            for node in self.facts.within(statement):
                if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
                    if node.slice.id == index.id and owner and dotted_name(node.value) == owner:
                        return node
                elif self._looks(node, index.id) or isinstance(node, ast.AugAssign):
                    return None
        return None

    def _report(self, past: ast.Subscript, remedy: str) -> None:
        shown = shorten(ast.unparse(past))
        self.report(past, f"{shown} is behind the last element in the last turn: {remedy}")

    def _counted(self, source: ast.expr) -> tuple[str, int] | None:
        """The list whose length bounds a loop's range, and how far beyond its last index the range goes."""
        if (
            not isinstance(source, ast.Call)
            or not source.args
            or not self.facts.is_builtin(source.func, "range")
        ):
            return None
        if len(source.args) > 2:  # noqa: PLR2004 - a step
            return None
        stop: ast.expr = source.args[-1]
        beyond: object = 0
        if (
            isinstance(stop, ast.BinOp)
            and isinstance(stop.op, ast.Add)
            and isinstance(stop.right, ast.Constant)
        ):
            beyond = stop.right.value
            stop = stop.left
        owner = self._length_of(stop)
        return (owner, beyond) if owner and isinstance(beyond, int) else None

    def _is_share(self, index: ast.expr, owner: str) -> bool:
        """Tells whether an index is the length times what varies, as a whole number."""
        if (
            not isinstance(index, ast.Call)
            or not self.facts.is_builtin(index.func, "int")
            or len(index.args) != 1
        ):
            return False
        match index.args[0]:
            case ast.BinOp(op=ast.Mult(), left=left, right=right):
                lengths = [self._length_of(side) == owner for side in (left, right)]
                share = right if lengths[0] else left
                return any(lengths) and isinstance(share, ast.Name) and not share.id.isupper()
        return False

    def _length_of(self, node: ast.AST) -> str:
        if isinstance(node, ast.Call) and len(node.args) == 1 and self.facts.is_builtin(node.func, "len"):
            owner = dotted_name(node.args[0])
            return "" if owner == "self" else owner  # an object says itself what is at which index
        return ""

    def _looks(self, node: ast.AST, index: str) -> bool:
        """Tells whether a node asks where the loop stands, ends it, or is ready for the error."""
        if isinstance(node, ast.Compare):
            return any(self._is_counted_from(part, index) for part in [node.left, *node.comparators])
        if isinstance(node, ast.Name) and node.id == index:
            return not isinstance(node.ctx, ast.Load)
        return isinstance(node, (ast.Try, ast.Break, ast.Continue)) or (
            isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        )

    def _is_counted_from(self, part: ast.expr, index: str) -> bool:
        """Tells whether a number is the index, or one at a distance from it; what is found at the index is not."""
        if not isinstance(part, ast.Name | ast.BinOp):
            return False
        inside = self.facts.within(part)
        named = any(isinstance(node, ast.Name) and node.id == index for node in inside)
        return named and not any(isinstance(node, ast.Subscript) for node in inside)


def _offset(node: ast.AST, index: str) -> int | None:
    """``k`` of an index ``i + k``; 0 of ``i``."""
    if isinstance(node, ast.Name):
        return 0 if node.id == index else None
    if not isinstance(node, ast.BinOp) or not isinstance(node.left, ast.Name) or node.left.id != index:
        return None
    value = node.right.value if isinstance(node.right, ast.Constant) else None
    if not isinstance(value, int) or not isinstance(node.op, ast.Add | ast.Sub):
        return None
    return value if isinstance(node.op, ast.Add) else -value
