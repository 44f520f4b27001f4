"""The rule endless-recursion."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import SCOPES, AstRule, Invalid, Valid, body_of, decorators
from quality_rules._asked import names_own_functions
from quality_rules._called import Calls
from quality_rules._loops import PURE_BUILTINS, PURE_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode

#: Statements behind whose first part something else may happen.
_CHOOSING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match, ast.With, ast.AsyncWith)
#: Expressions of which a part may not be evaluated, or not now.
_LATER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_TOLD = "calls itself whatever it is given: end it before"
_READERS = frozenset({"property", "cached_property"})


class EndlessRecursion(AstRule):
    """A function calls itself whatever it is given.

    ## What it does
    Reports functions and methods that call themselves before anything can stop them, and properties that read
    themselves; and functions of nothing but their arguments that call themselves with just these (`return x * power(x, n)`).

    ## Why is this bad
    The first call never comes back: the program ends with RecursionError.

    ## Example
    ```python
    class Circle:
        @property
        def radius(self):
            return self.radius
    ```

    ## Use instead
    ```python
    class Circle:
        @property
        def radius(self):
            return self._radius
    ```

    ## References
    - [CWE-674: uncontrolled recursion](https://cwe.mitre.org/data/definitions/674.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 10
    cwe = 674

    asks = (names_own_functions,)

    VALID = (
        Valid("def power(x, n):\n    if n == 0:\n        return 1\n    return x * power(x, n - 1)"),
        Valid(
            "def ask(text):\n    if input(text):\n        return 1\n    return ask(text)",
            "The answer may be another one",
        ),
        Valid("def f(x, n):\n    if n == 0:\n        return 1\n    n -= 1\n    return x * f(x, n)"),
        Valid("def f(n):\n    if n > 1:\n        return n * f(n - 1)\n    return 1"),
        Valid("def f(n):\n    return n and f(n - 1)", "Up to zero"),
        Valid("def f(n):\n    return n if n < 2 else f(n - 1)"),
        Valid("def f(n):\n    if n == 0:\n        return 1\n    return n * f(n - 1)", "It may end before"),
        Valid("class A:\n    def open(self, path):\n        return open(path)", "Another function"),
        Valid("def hash(self, key):\n    return hash(key) % self.size", "A method without its class"),
        Valid("class A:\n    def f(self):\n        return self.inner.f()"),
        Valid("class A:\n    def f(self):\n        return super().f()"),
        Valid("def f():\n    timer.start(lambda: f())", "Later"),
        Valid("def f(x):\n    yield f(x)", "As far as it is read"),
        Valid("async def f():\n    await g(f())", "Made, not run"),
        Valid("def f(x):\n    from a import f\n    return f(x)", "The one that is imported"),
        Valid(
            "class A:\n    @cached_property\n    def x(self):\n        self.x = 1\n        return self.x",
            "It is there by then",
        ),
        Valid("try:\n    from a import f\nexcept ImportError:\n    def f(x):\n        return g(x)"),
    )
    INVALID = (
        Invalid(
            "def power(x, n):\n    if n == 0:\n        return 1\n    return x * power(x, n)",
            ("4:16-4:27 power calls itself with what it was given, again and again: change an argument",),
        ),
        Invalid(
            "def power(x, n):\n    rest = power(x, n - 1)\n    return x * rest",
            ("2:12-2:27 power calls itself whatever it is given: end it before",),
        ),
        Invalid(
            "async def power(x, n):\n    rest = await power(x, n - 1)\n    return x * rest",
            ("2:18-2:33 power calls itself whatever it is given: end it before",),
        ),
        Invalid(
            "class A:\n    def size(self):\n        if self.size() > 0:\n            return 1\n        return 0",
            ("3:12-3:23 size calls itself whatever it is given: end it before",),
        ),
        Invalid(
            "class A:\n    @property\n    def size(self):\n        return self.size",
            ("4:16-4:25 size reads itself: keep the value under another name",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        reads = not _READERS.isdisjoint(decorators(function))
        called = function.name in self.facts.derived(Calls).by_word
        if not reads and (not called or function.decorator_list):
            return
        owner = self.facts.class_of(function)
        receiver = function.args.args[0].arg if owner is not None and function.args.args else ""
        # What has a 'self' may be a method that was cut out of its class: there its name means something else.
        cut_out = owner is None and [each.arg for each in function.args.args[:1]] in (["self"], ["cls"])
        if cut_out or (owner is not None and not receiver):
            return
        if owner is None and not self._means_another(function):
            self._check_unchanged(function)
        told = "reads itself: keep the value under another name" if reads else _TOLD
        for part in self._certain(body_of(function)):
            used = part if reads else getattr(part, "func", None)
            waits = (
                reads
                or isinstance(function, ast.FunctionDef)
                or isinstance(self.facts.parent(part), ast.Await)
            )
            if waits and self._is_itself(used, function.name, receiver):
                if not self._means_another(function):
                    self.report(part, f"{function.name} {told}")
                return

    def _check_unchanged(self, function: FunctionNode) -> None:
        """A function of nothing but its arguments that hands them on as they came never comes to another answer."""
        given = [each.arg for each in function.args.args]
        inside = list(self.facts.within(function))
        if not given or any(self._may_end_it(node, function.name, given) for node in inside):
            return
        for call in inside:
            same = isinstance(call, ast.Call) and self._is_itself(call.func, function.name, "")
            if same and not call.keywords and [getattr(each, "id", "") for each in call.args] == given:  # type: ignore[attr-defined]
                told = f"{function.name} calls itself with what it was given, again and again: change an argument"
                self.report(call, told)
                return

    def _may_end_it(self, node: ast.AST, name: str, given: list[str]) -> bool:
        """Tells whether something may give another answer the next time: it changes a name, or asks what is not its arguments."""
        if isinstance(node, ast.Name):
            return not isinstance(node.ctx, ast.Load) and node.id in given
        if isinstance(node, ast.Attribute | ast.Subscript):
            return not isinstance(node.ctx, ast.Load)
        if isinstance(node, ast.Global | ast.Nonlocal | ast.Yield | ast.YieldFrom | ast.Try | ast.Delete):
            return True
        if not isinstance(node, ast.Call):
            return False
        if isinstance(node.func, ast.Attribute):
            return node.func.attr not in PURE_METHODS
        return not self._is_itself(node.func, name, "") and not self.facts.is_builtin(
            node.func, *PURE_BUILTINS
        )

    def _means_another(self, function: FunctionNode) -> bool:
        """Tells whether the function binds its own name to something else, or only makes what runs it later."""
        later = (ast.AsyncFunctionDef, ast.Yield, ast.YieldFrom)
        return any(
            isinstance(node, later) or _bound(node) == function.name
            for node in self.facts.within(function)
            if node is not function
        )

    def _is_itself(self, node: ast.AST | None, name: str, receiver: str) -> bool:
        if not receiver:
            return isinstance(node, ast.Name) and node.id == name
        return (
            isinstance(node, ast.Attribute)
            and node.attr == name
            and isinstance(node.ctx, ast.Load)
            and isinstance(node.value, ast.Name)
            and node.value.id == receiver
        )

    def _certain(self, block: Sequence[ast.stmt]) -> Iterator[ast.expr]:
        """The expressions that a block evaluates in any case, in order, as far as that is sure."""
        for statement in block:
            if isinstance(statement, (*SCOPES, ast.Pass)):
                continue
            parts = [each for each in ast.iter_child_nodes(statement) if isinstance(each, ast.expr)]
            chooses = isinstance(statement, _CHOOSING)
            for part in parts[:1] if chooses else parts:  # of a choice only the condition is sure
                yield from self._evaluated(part)
            if chooses or isinstance(statement, ast.Return | ast.Raise | ast.Assert):
                return

    def _evaluated(self, node: ast.expr) -> Iterator[ast.expr]:
        """A part of an expression and what it evaluates in any case."""
        pending: list[ast.AST] = [node]
        while pending:
            part = pending.pop()
            if isinstance(part, ast.BoolOp):
                pending.append(part.values[0])
            elif isinstance(part, ast.IfExp):
                pending.append(part.test)
            elif isinstance(part, ast.expr) and not isinstance(part, _LATER):
                yield part
                pending.extend(ast.iter_child_nodes(part))
            elif isinstance(part, ast.keyword | ast.FormattedValue):
                pending.append(part.value)


def _bound(node: ast.AST) -> str:
    """The name, or attribute, that a node binds."""
    match node:
        case ast.Name(id=name, ctx=context) | ast.Attribute(attr=name, ctx=context):
            return "" if isinstance(context, ast.Load) else name
        case ast.alias(name=name, asname=other):
            return other or name
    return getattr(node, "name", getattr(node, "arg", None)) or ""
