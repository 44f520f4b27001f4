"""The rule string-building-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import LOOPS, SCOPES, AstRule, Invalid, Valid, is_text, targets_of
from quality_rules._loops import Loops, is_short

if TYPE_CHECKING:
    from quality.model import FunctionNode


class StringBuildingInLoop(AstRule):
    r"""A text is built by adding to it in a loop.

    ## What it does
    Reports `text += part` in a loop inside a function when the text began as a string before the loop and
    is not read in it, and `text = text[:start] + part + text[end:]` in a loop.

    Adding numbers or lists, and texts that the loop itself looks at, are fine.

    ## Why is this bad
    Each addition copies what is there already, so the time grows with the square of the length. That CPython
    often gets around it is an accident of one implementation.

    ## Example
    ```python
    def listing(names):
        text = ""
        for name in names:
            text += name + "\n"
        return text
    ```

    ## Use instead
    ```python
    def listing(names):
        return "".join(name + "\n" for name in names)
    ```

    ## References
    - [PEP 8: programming recommendations](https://peps.python.org/pep-0008/#programming-recommendations)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:consider-using-join",)
    needs = frozenset({*LOOPS})

    VALID = (
        Valid(
            "def f(rows):\n    total = 0\n    for row in rows:\n        total += row\n    return total",
            "A number",
        ),
        Valid(
            """
            def f(words):
                line = ""
                for word in words:
                    line += word
                    if len(line) > 80:
                        break
                return line
            """,
            "The loop looks at the text",
        ),
        Valid(
            "def f(rows):\n    for row in rows:\n        row = row.strip()\n        row = row[:3] + row[4:]\n        yield row",
            "Another text in each turn",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(rows):
                text = "# "
                for row in rows:
                    for cell in row:
                        text = text + cell
                return text
            """,
            ("5:13-5:31 text is copied in each turn of the loop: collect the parts and join them",),
        ),
        Invalid(
            """
            def expanded(path, find):
                while match := find(path):
                    path = path[:match.start()] + VALUES[match[1]] + path[match.end():]
                return path
            """,
            ("3:9-3:76 path is copied in each turn of the loop: collect the parts and join them",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        names = self.facts.names(function)
        for name, places in names.stores.items():
            if any(self._is_start(place) for place in places):
                self._check(function, name, [*places, *names.loads.get(name, ())])

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(statement)[0], statement.value
        if not isinstance(target, ast.Name) or value is None or not _is_put_together(value, target.id):
            return
        loop = next(self.facts.derived(Loops).around(statement), None)
        if loop is not None and not is_short(loop) and target.id not in self._made_anew(loop):
            self.report(
                statement, f"{target.id} is copied in each turn of the loop: collect the parts and join them"
            )

    visit_AnnAssign = visit_Assign

    def _made_anew(self, loop: ast.AST) -> frozenset[str]:
        """The names that a loop gives a value in which their last one has no part."""
        if loop not in self._anew:
            stores = (
                place for place in self.facts.inside(loop, ast.Name) if isinstance(place.ctx, ast.Store)
            )
            bound = [(place.id, self.facts.statement(place)) for place in stores]
            read = {each: self._read(each, loop) for _, each in bound}
            self._anew[loop] = frozenset(
                name for name, each in bound if not isinstance(each, ast.AugAssign) and name not in read[each]
            )
        return self._anew[loop]

    @cached_property
    def _anew(self) -> dict[ast.AST, frozenset[str]]:
        """What was asked of loops."""
        return {}

    def _read(self, statement: ast.AST, loop: ast.AST) -> set[str]:
        """The names that an assignment reads; none where the loop itself binds."""
        value = getattr(statement, "value", None)
        return self.facts.names_in(value) if statement is not loop and value is not None else set()

    def _check(self, function: FunctionNode, name: str, uses: list[ast.Name]) -> None:
        """Reports the first statement that builds the text in a loop, unless the loop looks at the text."""
        looking: set[ast.AST] = set()
        for use in uses:
            statement = self._building(use)
            loop = self._outermost_loop(use) if statement is not None else None
            if statement is None or loop is None or self.facts.function(use) is not function:
                continue
            if loop in looking:
                continue
            looking.add(loop)
            if all(self._building(other) for other in uses if self.facts.contains(loop, other)):
                self.report(
                    statement, f"{name} is copied in each turn of the loop: collect the parts and join them"
                )
                return

    def _is_start(self, place: ast.Name) -> bool:
        """Tells whether a name gets a string here, outside of any loop."""
        statement = self.facts.parent(place)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
            return False
        return is_text(statement.value) and self._outermost_loop(statement) is None

    def _outermost_loop(self, node: ast.AST) -> ast.AST | None:
        found = None
        for above in self.facts.ancestors(node):
            if isinstance(above, SCOPES):
                return found
            found = above if isinstance(above, LOOPS) else found
        return found

    def _building(self, use: ast.Name) -> ast.AST | None:
        """The statement that adds to a name, when the name is used for that."""
        above = self.facts.parent(use)
        if isinstance(above, ast.BinOp):
            above = self.facts.parent(above)
        return above if above is not None and _added_to(above) == use.id else None


def _is_put_together(value: ast.expr, name: str) -> bool:
    """Tells whether a sum begins with a part of what has a name and ends with another."""
    first = value
    while isinstance(first, ast.BinOp) and isinstance(first.op, ast.Add):
        first = first.left
    return isinstance(value, ast.BinOp) and _is_part(first, name) and _is_part(value.right, name)


def _is_part(node: ast.expr, name: str) -> bool:
    match node:
        case ast.Subscript(value=ast.Name(id=owner), slice=ast.Slice()):
            return owner == name
    return False


def _added_to(node: ast.AST) -> str:
    """The name that a statement adds something to, behind what is there; or the empty string."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return node.target.id if isinstance(node.target, ast.Name) else ""
    if (
        isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.value.op, ast.Add)
    ):
        target, left = targets_of(node)[0], node.value.left
        if isinstance(target, ast.Name) and isinstance(left, ast.Name) and target.id == left.id:
            return target.id
    return ""
