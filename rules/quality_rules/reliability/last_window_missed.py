"""The rule last-window-missed."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, same_code, shorten
from quality_rules._loops import COMPREHENSIONS


class LastWindowMissed(AstRule):
    """A loop over parts of a list leaves out the last.

    ## What it does
    Reports a loop over `range(len(rows) - width)`, with or without a step, whose parts are `rows[i : i + width]`.

    Loops over `range(len(rows) - width + 1)`, and those that also look at what comes behind the part (`rows[i + width]`), are
    fine.

    ## Why is this bad
    The last part begins at `len(rows) - width`, where a range that ends there stops before. Where all fits into one part there is no
    turn at all.

    ## Example
    ```python
    def sums(rows, width):
        return [sum(rows[i : i + width]) for i in range(len(rows) - width)]
    ```

    ## Use instead
    ```python
    def sums(rows, width):
        return [sum(rows[i : i + width]) for i in range(len(rows) - width + 1)]
    ```

    ## References
    - [Off-by-one error](https://en.wikipedia.org/wiki/Off-by-one_error)
    - [CWE-193: off-by-one error](https://cwe.mitre.org/data/definitions/193.html)
    """

    dimension = "reliability"
    needs = frozenset({"len"})
    cwe = 193

    VALID = (
        Valid("def f(rows, n):\n    return [rows[i : i + n] for i in range(len(rows) - n + 1)]"),
        Valid("def f(rows):\n    return [rows[i : i + 3] for i in range(len(rows) - 2)]", "As many"),
        Valid("def f(rows, n):\n    return [rows[i : i + n] for i in range(0, len(rows), n)]"),
        Valid(
            "def f(rows, n):\n    for i in range(len(rows) - n):\n        learn(rows[i : i + n], rows[i + n])",
            "What comes behind",
        ),
        Valid(
            "def f(rows, n):\n    for i in range(len(rows) - n):\n        print(rows[i:n])", "Another part"
        ),
    )
    INVALID = (
        Invalid(
            "def f(rows, n):\n    for i in range(0, len(rows) - n, n):\n        yield rows[i : i + n]",
            ("3:15-3:30 the last rows[i:i + n] is left out: let the range in line 2 end one later",),
        ),
        Invalid(
            "def f(text):\n    return {text[i : 3 + i] for i in range(len(text) - 3)}",
            ("2:13-2:28 the last text[i:3 + i] is left out: let the range in line 2 end one later",),
        ),
    )

    def visit_Subscript(self, part: ast.Subscript) -> None:
        match part.slice:
            case ast.Slice(lower=ast.Name(id=index), upper=ast.BinOp(op=ast.Add()) as end, step=None):
                sides = [end.left, end.right]
            case _:
                return
        width = next(
            (side for side in sides if not (isinstance(side, ast.Name) and side.id == index)), end.left
        )
        loop = next((each for each in self._loops(part) if _counts(each, index)), None)
        if (
            loop is None
            or not isinstance(loop.iter, ast.Call)
            or not self._ends_before(loop.iter, part.value, width)
        ):
            return
        whole = loop if isinstance(loop, ast.For | ast.AsyncFor) else self.facts.parent(loop)
        if whole is not None and not self._looks_behind(whole, end):
            shown = shorten(ast.unparse(part))
            told = f"the last {shown} is left out: let the range in line {loop.iter.lineno} end one later"
            self.report(part, told)

    def _loops(self, node: ast.AST) -> list[ast.For | ast.AsyncFor | ast.comprehension]:
        """The loops around a node, from the innermost on."""
        found: list[ast.For | ast.AsyncFor | ast.comprehension] = []
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.For | ast.AsyncFor):
                found.append(above)
            elif isinstance(above, COMPREHENSIONS):
                found += above.generators
        return found

    def _ends_before(self, counted: ast.Call, parts_of: ast.expr, width: ast.expr) -> bool:
        """Tells whether something is ``range(len(rows) - width)``."""
        if not self.facts.is_builtin(counted.func, "range") or not counted.args:
            return False
        match counted.args[min(len(counted.args) - 1, 1)]:
            case ast.BinOp(left=ast.Call(func=ast.Name(id="len"), args=[whole]), op=ast.Sub(), right=less):
                return same_code(whole, parts_of) and same_code(less, width)
        return False

    def _looks_behind(self, loop: ast.AST, end: ast.BinOp) -> bool:
        """Tells whether a loop has to do with the end of a part elsewhere."""
        for node in self.facts.within(loop):
            if isinstance(node, ast.BinOp) and node is not end and same_code(node, end):
                above = self.facts.parent(node)
                if not (isinstance(above, ast.Slice) and above.upper is node):
                    return True
        return False


def _counts(loop: ast.For | ast.AsyncFor | ast.comprehension, index: str) -> bool:
    return isinstance(loop.target, ast.Name) and loop.target.id == index
