"""The rule manual-comprehension."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, is_for_log, last_word, targets_of
from quality_rules._given import given

#: Method that fills a collection → the type it fills.
_FILLING = {"append": "list", "add": "set"}
_ESCAPES = (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr)


class ManualComprehension(AstRule):
    """A loop fills a collection that a comprehension would make.

    ## What it does
    Reports an empty list, set or dictionary that the very next statement, a loop or a loop in a loop, fills with one element a turn,
    under one condition at most. Of a loop in a loop the confidence is low: two in a comprehension are harder to read. Items
    that the loop first takes apart, as `name = row[0]`, could be taken apart where it begins.

    Loops that do anything else, that look at the collection, or whose element is long are fine.

    ## Why is this bad
    The reader must go through three statements to see that nothing but a selection happens. A comprehension
    says so before it begins, and is faster.

    ## Example
    ```python
    def names(users):
        result = []
        for user in users:
            if user.active:
                result.append(user.name)
        return result
    ```

    ## Use instead
    ```python
    def names(users):
        return [user.name for user in users if user.active]
    ```

    ## References
    - [Python documentation: list comprehensions](https://docs.python.org/3/tutorial/datastructures.html#list-comprehensions)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    weight = 0.4
    needs = frozenset({ast.For})

    largest = Setting(40, "Most syntax nodes of the element and the condition.", minimum=1)

    VALID = (
        Valid(
            "def f(xs):\n    out = []\n    for x in xs:\n        print(x)\n        out.append(x)\n    return out"
        ),
        Valid(
            "def f(xs):\n    out = []\n    for x in xs:\n        if x not in out:\n            out.append(x)\n    return out",
            "The loop looks at the list",
        ),
    )
    INVALID = (
        Invalid(
            "def f(rows):\n    out = []\n    for row in rows:\n        name = row[0]\n        if name:\n            out.append(name)\n    return out",
            ("3:5-3:20 the loop only fills out: write a list comprehension",),
        ),
        Invalid(
            "def f(rows, others):\n    out = []\n    for row in rows:\n        for other in others:\n            if row.key == other.key:\n                out.append((row, other))\n    return out",
            ("3:5-3:20 the loop only fills out: write a list comprehension",),
        ),
        Invalid(
            "from typing import cast\n\ndef f(xs):\n    size, out = 2, cast(list, [])\n    for x in xs:\n        out.append(x * size)\n    return out",
            ("5:5-5:16 the loop only fills out: write a list comprehension",),
        ),
        Invalid(
            "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out",
            ("3:5-3:16 the loop only fills out: write a list comprehension",),
            fixed="def f(xs):\n    out = [x * 2 for x in xs]\n    return out",
        ),
        Invalid(
            "def f(xs):\n    ages = {}\n    for x in xs:\n        if x.age:\n            ages[x.name] = x.age\n    return ages",
            ("3:5-3:16 the loop only fills ages: write a dict comprehension",),
            fixed="def f(xs):\n    ages = {x.name: x.age for x in xs if x.age}\n    return ages",
        ),
    )

    def visit_Assign(self, statement: ast.Assign) -> None:
        for name, value in given(statement) if len(statement.targets) == 1 else ():
            if _is_empty(value):
                self._check(statement, name)

    def visit_AnnAssign(self, statement: ast.AnnAssign) -> None:
        for name, value in given(statement):
            if _is_empty(value):
                self._check(statement, name)

    def _check(self, statement: ast.stmt, name: str) -> None:
        following = (each for each in self.facts.rest(statement) if not is_for_log(each))
        loop = next(following, None)
        if not isinstance(loop, ast.For) or loop.orelse:
            return
        parts: list[ast.AST] = [loop.iter]
        body = loop.body
        nested = isinstance(body[0], ast.For)
        if isinstance(body[0], ast.For) and len(body) == 1 and not body[0].orelse:
            parts.append(body[0].iter)
            body = body[0].body
        body = _without_taking_apart(loop, body)
        inner = body[0]
        if isinstance(inner, ast.If) and len(body) == 1 and not inner.orelse and len(inner.body) == 1:
            test = inner.test
            taken = isinstance(test, ast.NamedExpr) and _is_entry(test.value, last_word(loop.target))
            parts.append(test.value if taken and isinstance(test, ast.NamedExpr) else test)
            inner = inner.body[0]
        elif len(body) > 1:
            return
        kind, elements = _filled(inner, name)
        parts += elements
        if (
            kind
            and self._is_simple(parts, name)
            and not isinstance(self.facts.parent(statement), ast.ClassDef)
        ):
            self.report(
                loop,
                f"the loop only fills {name}: write a {kind} comprehension",
                until=loop.iter,
                confidence=Confidence.LOW if nested else None,
            )

    def _is_simple(self, parts: list[ast.AST], name: str) -> bool:
        nodes = [node for part in parts for node in self.facts.within(part)]
        own = any(isinstance(node, ast.Name) and node.id == name for node in nodes)
        return len(nodes) <= self.largest and not own and not any(isinstance(n, _ESCAPES) for n in nodes)


def _without_taking_apart(loop: ast.For, body: list[ast.stmt]) -> list[ast.stmt]:
    """A body without the statements before the last that only name the parts of the loop's item: ``name = row[0]``."""
    item = loop.target.id if isinstance(loop.target, ast.Name) else ""
    rest = body[:-1]
    while rest and _is_part(rest[-1], item):
        rest = rest[:-1]
    return body if rest else body[-1:]


def _is_part(statement: ast.stmt, item: str) -> bool:
    match statement:
        case ast.Assign(value=value) | ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
            return all(isinstance(each, ast.Name) for each in targets_of(statement)) and _is_entry(
                value, item
            )
    return False


def _is_entry(value: ast.expr, item: str) -> bool:
    """``row[0]``."""
    match value:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int())):
            return name == item
    return False


def _is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.List):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    constructor = (
        value.func if isinstance(value, ast.Call) and not value.args and not value.keywords else None
    )
    return isinstance(constructor, ast.Name) and constructor.id in {"list", "set", "dict"}


def _filled(statement: ast.stmt, name: str) -> tuple[str, list[ast.AST]]:
    """The type that a statement puts one element into, and the element; empty for any other statement."""
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
        if (
            isinstance(target, ast.Subscript)
            and isinstance(target.value, ast.Name)
            and target.value.id == name
        ):
            return "dict", [target.slice, statement.value]
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 1:
        owner = call.func.value
        if isinstance(owner, ast.Name) and owner.id == name and not isinstance(call.args[0], ast.Starred):
            return _FILLING.get(call.func.attr, ""), list(call.args)
    return "", []
