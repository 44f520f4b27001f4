"""The rule manual-total."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, targets_of
from quality_rules._given import given, previous
from quality_rules._updates import update_of

#: Statements of a loop that gives a condition a name and asks it.
_WITH_NAME = 2
#: Arguments of reduce() that begins with something.
_REDUCED = 3


class ManualTotal(AstRule):
    """A loop adds up, or looks for a match, what sum, any or all would say.

    ## What it does
    Reports a name that starts as a number and that the very next statement, a loop, only adds to; and a flag that
    starts as `True` or `False`, or as 1 or 0, and that such a loop only turns over, under one condition.

    `functools.reduce` with a lambda that only adds or multiplies is reported, too.

    Loops that do anything else are fine.

    ## Why is this bad
    The name of the built-in says what the loop is for. Without it, the reader must simulate the loop to find out,
    and check that the start value and the early end are right.

    ## Example
    ```python
    def has_admin(users):
        found = False
        for user in users:
            if user.admin:
                found = True
                break
        return found
    ```

    ## Use instead
    ```python
    def has_admin(users):
        return any(user.admin for user in users)
    ```

    ## References
    - [Python documentation: any](https://docs.python.org/3/library/functions.html#any)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    needs = frozenset({ast.For, "reduce"})

    VALID = (
        Valid(
            "def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n        log(x)\n    return total"
        ),
        Valid("def f(xs):\n    text = ''\n    for x in xs:\n        text += x\n    return text", "No number"),
        Valid(
            "def f(xs):\n    done = False\n    for x in xs:\n        if x.cancel():\n            done = True\n    return done",
            "Every element is cancelled",
        ),
        Valid(
            "def f(xs):\n    level = 0\n    for x in xs:\n        if x > 9:\n            level = 2\n    return level",
            "A number that is no flag",
        ),
        Valid(
            "def f(xs):\n    flag = 1\n    for x in xs:\n        if x > 9:\n            flag = 1\n    return flag",
            "It turns nothing over",
        ),
    )
    INVALID = (
        Invalid(
            "def f(xs):\n    total = 0\n    for x in xs:\n        total = total + x\n    return total",
            ("3:5-3:16 the loop only adds up total: use sum()",),
        ),
        Invalid(
            "from functools import reduce\n\ntotal = reduce(lambda a, b: b + a, sizes)",
            ("3:9-3:42 reduce() only adds up: use sum(), or join() for texts",),
        ),
        Invalid(
            "import functools\n\nproduct = functools.reduce(lambda a, b: a * b, sizes, 1)",
            ("3:11-3:57 reduce() only multiplies: use math.prod()",),
        ),
        Invalid(
            "def f(xs):\n    total = 0\n    for x in xs:\n        large = x > 9\n        if large:\n            total += x\n    return total",
            ("3:5-3:16 the loop only adds up total: use sum()",),
        ),
        Invalid(
            "def f(xs):\n    total = 0\n    logging.debug('step %d', 1)\n    for x in xs:\n        total += x\n    return total",
            ("4:5-4:16 the loop only adds up total: use sum()",),
        ),
        Invalid(
            "from functools import reduce\n\ndef f(xs):\n    return reduce(lambda n, x: n + 1 if x else n, xs, 0)",
            ("4:12-4:57 reduce() only adds up n: use sum()",),
        ),
        Invalid(
            "from functools import reduce\n\ndef f(xs):\n    return reduce(lambda text, x: text + x, xs, '')",
            ("4:12-4:52 reduce() only adds up text: use ''.join()",),
        ),
        Invalid(
            "def f(xs):\n    total = 0\n    for x in xs:\n        if x > 0:\n            total += x\n    return total",
            ("3:5-3:16 the loop only adds up total: use sum()",),
            fixed="def f(xs):\n    total = sum(x for x in xs if x > 0)\n    return total",
        ),
        Invalid(
            "def f(n):\n    found = 0\n    for k in range(2, n):\n        if n % k == 0:\n            found = 1\n    return found",
            ("3:5-3:25 the loop only finds out found: use any()",),
        ),
        Invalid(
            "def f(xs):\n    fine = True\n    for x in xs:\n        if not x:\n            fine = False\n    return fine",
            ("3:5-3:16 the loop only finds out fine: use all()",),
            fixed="def f(xs):\n    fine = all(xs)\n    return fine",
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        body = loop.body
        named = len(body) == _WITH_NAME and self._names_condition(*body)
        inner = body[-1] if named else body[0]
        condition = isinstance(inner, ast.If) and not inner.orelse and inner is body[-1]
        block = inner.body if isinstance(inner, ast.If) and condition else loop.body
        name, remedy = self._done(block, conditional=condition)
        asks = named or (len(block) == 1 and isinstance(inner, ast.If) and self._calls(inner.test))
        if remedy != "sum" and asks:
            return  # the loop goes on behind the first match, and what it calls may matter
        if remedy and not loop.orelse and self._starts(loop, name, remedy):
            what = "adds up" if remedy == "sum" else "finds out"
            self.report(loop, f"the loop only {what} {name}: use {remedy}()", until=loop.iter)

    def _names_condition(self, statement: ast.stmt, branch: ast.stmt) -> bool:
        """Tells whether a statement only gives a condition a name, which the next one asks."""
        asked = branch.test.id if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) else ""
        return [name for name, _ in given(statement)] == [asked]

    def visit_AsyncFor(self, loop: ast.AsyncFor) -> None:
        """An asynchronous loop has no such built-in."""

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) < 2 or not isinstance(call.args[0], ast.Lambda):  # noqa: PLR2004
            return
        if self.facts.origin(call.func) != "functools.reduce":
            return
        step = call.args[0]
        if self._combines(step, ast.Mult) and (len(call.args) < _REDUCED or self._is_one(call.args[2])):
            self.report(call, "reduce() only multiplies: use math.prod()")
        elif self._combines(step, ast.Add) and len(call.args) < _REDUCED:
            self.report(call, "reduce() only adds up: use sum(), or join() for texts")
        start = call.args[2] if len(call.args) == _REDUCED else None
        if not isinstance(start, ast.Constant):
            return
        remedy = "sum()" if type(start.value) in {int, float} else ""
        remedy = "''.join()" if start.value == "" else remedy
        name = step.args.args[0].arg if step.args.args else ""
        if remedy and self._adds(step.body, name):
            self.report(call, f"reduce() only adds up {name}: use {remedy}")

    def _is_one(self, start: ast.expr) -> bool:
        return isinstance(start, ast.Constant) and type(start.value) in {int, float}

    def _combines(self, step: ast.Lambda, sign: type[ast.operator]) -> bool:
        """Tells whether a function of two numbers does nothing but this with them."""
        names = [place.arg for place in step.args.args]
        match step.body:
            case ast.BinOp(op=done, left=ast.Name(id=left), right=ast.Name(id=right)) if isinstance(
                done, sign
            ):
                return sorted((left, right)) == sorted(names) and left != right
        return False

    def _adds(self, value: ast.expr, name: str) -> bool:
        """Tells whether an expression adds something to a name, under a condition or not."""
        if isinstance(value, ast.IfExp) and not self._mentions(value.test, name):
            kept = [side for side in (value.body, value.orelse) if isinstance(side, ast.Name)]
            sides = [side for side in (value.body, value.orelse) if side not in kept]
            return len(sides) == 1 and kept[0].id == name and self._adds(sides[0], name)
        if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Add):
            return False
        begun = isinstance(value.left, ast.Name) and value.left.id == name
        return begun and not self._mentions(value.right, name)

    def _done(self, block: list[ast.stmt], *, conditional: bool) -> tuple[str, str]:
        """The name that a block computes, and the built-in that does the same."""
        first = block[0]
        match update_of(first):
            case (ast.Name(id=name), ast.Add(), added) if len(block) == 1 and not self._mentions(added, name):
                return name, "sum"
        ends = len(block) == 1 or (len(block) == 2 and isinstance(block[1], ast.Break))  # noqa: PLR2004
        if conditional and ends and isinstance(first, ast.Assign | ast.AnnAssign) and _is_flag(first.value):
            target = targets_of(first)[0]
            if isinstance(target, ast.Name) and isinstance(first.value, ast.Constant):
                return target.id, "any" if first.value.value else "all"
        return "", ""

    def _starts(self, loop: ast.For, name: str, remedy: str) -> bool:
        """Tells whether the statement before the loop gives the name its start value."""
        begun = dict(given(previous(self.facts, loop))).get(name)
        if not isinstance(begun, ast.Constant):
            return False
        start = begun.value
        if remedy == "sum":
            wanted = type(start) in {int, float}
        else:
            wanted = _is_flag(begun) and bool(start) is (remedy == "all")
        return wanted and not self._mentions(loop.iter, name)

    def _calls(self, node: ast.AST) -> bool:
        return any(isinstance(inside, ast.Call) for inside in self.facts.within(node))

    def _mentions(self, node: ast.AST, name: str) -> bool:
        inside = self.facts.within(node)
        return any(isinstance(n, ast.Await) or (isinstance(n, ast.Name) and n.id == name) for n in inside)


def _is_flag(node: ast.expr | None) -> bool:
    """Tells whether it is written as true or false, or as 1 or 0 in their place."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value in {0, 1}
