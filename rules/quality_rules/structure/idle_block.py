"""The rule idle-block."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, is_function
from quality.rules import AstRule, Invalid, Valid, body_of, is_placeholder, parameters
from quality_rules._asked import has_several_functions
from quality_rules._constants import is_empty, truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode
    from quality.rules import Facts

#: What may be idle, functions in functions aside.
_BLOCKS = frozenset({ast.If, ast.For, ast.While, ast.Try})


class IdleBlock(AstRule):
    """A block around code changes nothing about whether it runs, how often, or what follows.

    ## What it does
    Reports conditions that always hold, loops over one written element, or that have as many turns as a condition is true
    (`range(bool(rows))`), `while` loops that always end with their first turn, functions that are the whole body of another
    one, which calls them once, and `try`, `finally` and `else` blocks that do nothing. So are the first branch of an `if` with one other,
    and its one `else`, as notes. Among more cases a branch that does nothing is one of them.

    `if True` written as such, `while True` without such an end, and `else: pass` that carries a comment's meaning
    in a chain of three or more are left to other rules or to taste.

    ## Why is this bad
    The reader looks for the case in which the code is skipped, repeated or cleaned up after. There is none, and the
    code stands one level deeper for nothing.

    ## Example
    ```python
    for _ in (0,):
        try:
            save(order)
        finally:
            pass
    ```

    ## Use instead
    ```python
    save(order)
    ```
    """

    dimension = "structure"
    as_written = True
    effort = 2
    equivalents = ("pylint:using-constant-test",)

    VALID = (
        Valid("while True:\n    step()"),
        Valid("while True:\n    if step():\n        continue\n    break", "The next turn may come"),
        Valid("for name in ('first',):\n    use(name)", "More elements may be meant to come"),
        Valid("try:\n    f()\nfinally:\n    close()"),
        Valid("for x in xs:\n    if x:\n        break\nelse:\n    f()"),
        Valid("if x:\n    pass\nelif y:\n    f()\nelif z:\n    g()\nelse:\n    h()", "One of many cases"),
        Valid(
            "if x:\n    pass\nelif y:\n    f()\nelse:\n    g()", "As it is, or made of a list, or of another"
        ),
        Valid("if __debug__:\n    check()"),
        Valid("def f(x):\n    check(x)\n    def g():\n        return x\n    return g()"),
        Valid("def f(x):\n    def g():\n        yield x\n    return g()", "It runs later"),
        Valid("def f(x):\n    @retried\n    def g():\n        return ask(x)\n    return g()"),
        Valid("def f(x):\n    def g():\n        return x and g()\n    return g()", "It calls itself"),
    )
    INVALID = (
        Invalid("if 1 + 1 == 2:\n    f()", ("1:4-1:14 this always holds: write what it leads to alone",)),
        Invalid(
            "def g():\n    xs = iter(range(1))\n    while (x := next(xs, xs)) is not xs:\n        f()",
            ("3:11-3:40 this loop runs once: write its body alone",),
        ),
        Invalid(
            "for _ in (n := range)(1):\n    f()", ("1:10-1:25 this loop runs once: write its body alone",)
        ),
        Invalid("for _ in (0,):\n    f()", ("1:10-1:14 this loop runs once: write its body alone",)),
        Invalid("for _ in range(1):\n    f()", ("1:10-1:18 this loop runs once: write its body alone",)),
        Invalid(
            "for _ in filter(None, [x]):\n    f()\nfor _ in [1] if x else []:\n    f()",
            (
                "1:10-1:27 this loop runs once or never: write if",
                "3:10-3:26 this loop runs once or never: write if",
            ),
        ),
        Invalid("for _ in range(bool(x)):\n    f()", ("1:10-1:24 this loop runs once or never: write if",)),
        Invalid("for _ in [0] * (x > 1):\n    f()", ("1:10-1:23 this loop runs once or never: write if",)),
        Invalid(
            "def f(x):\n    def g():\n        print(x)\n        return x * 2\n    return g()",
            ("2:5-2:13 this function is all that the one around it does: write its body alone",),
        ),
        Invalid("while True:\n    f()\n    break", ("3:5-3:10 this loop runs once: write its body alone",)),
        Invalid("try:\n    f()\nfinally:\n    del []", ("4:5-4:11 this finally does nothing: remove it",)),
        Invalid(
            "if not x:\n    pass\nelif y:\n    f()",
            ("2:5-2:9 this branch does nothing: ask for the others alone",),
        ),
        Invalid(
            "if x:\n    ...\nelse:\n    f()", ("2:5-2:8 this branch does nothing: ask for the others alone",)
        ),
        Invalid("try:\n    pass\nexcept ValueError:\n    f()", ("2:5-2:9 this try does nothing: remove it",)),
        Invalid("for x in xs:\n    f(x)\nelse:\n    pass", ("4:5-4:9 this else does nothing: remove it",)),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is a block, or a function that may be in another."""
        return not _BLOCKS.isdisjoint(facts.source.nodes.kinds) or has_several_functions(facts)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not is_function(function.body[-2:][0]):
            return  # as mostly: the last statement but one is no function
        match body_of(function):
            case [
                (ast.FunctionDef(name=name, decorator_list=[]) as inner),
                ast.Return(value=ast.Call(func=ast.Name(id=called), args=[], keywords=[])),
            ] | [
                (ast.AsyncFunctionDef(name=name, decorator_list=[]) as inner),
                ast.Return(value=ast.Await(ast.Call(func=ast.Name(id=called), args=[], keywords=[]))),
            ] if name == called and not any(parameters(inner)) and self._runs_once(inner, function):
                self.report(inner, "this function is all that the one around it does: write its body alone")

    def _runs_once(self, inner: FunctionNode, outer: FunctionNode) -> bool:
        """Tells whether a function is read for its call alone, and runs to its end then: it does not yield."""
        uses = [node for node in self.facts.inside(outer, ast.Name) if node.id == inner.name]
        yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in self.facts.within(inner))
        return len(uses) == 1 and not yields

    def visit_If(self, node: ast.If) -> None:
        literal = isinstance(node.test, (ast.Constant, ast.Name))
        if not literal and not node.orelse and truth(node.test):
            self.report(node.test, "this always holds: write what it leads to alone")
        elif node.orelse and self._is_short_chain(node):
            if all(map(_is_idle, node.body)):
                told = "this branch does nothing: ask for the others alone"
                self.report(node.body[0], told, severity=Severity.NOTE)
            elif all(map(_is_idle, node.orelse)):
                self.report(node.orelse[0], "this else does nothing: remove it", severity=Severity.NOTE)

    def _is_short_chain(self, node: ast.If) -> bool:
        """Tells whether an ``if`` has one other branch, so that its question could be part of that or of none."""
        above = self.facts.parent(node)
        if isinstance(above, ast.If) and above.orelse == [node]:
            return False
        after = node.orelse[0] if len(node.orelse) == 1 else None
        return not isinstance(after, ast.If) or not after.orelse

    def visit_For(self, node: ast.For) -> None:
        self._check_idle(node.orelse, "else")
        if self._is_single(node.iter) and not self._reads(node):
            self.report(node.iter, "this loop runs once: write its body alone")
        elif self._is_of_truth(node.iter) and not self._reads(node):
            self.report(node.iter, "this loop runs once or never: write if")

    def visit_While(self, node: ast.While) -> None:
        self._check_idle(node.orelse, "else")
        last = node.body[-1]
        if isinstance(last, ast.Break) and truth(node.test) and not self._continues(node):
            self.report(last, "this loop runs once: write its body alone")
        elif self._takes_single(node.test):
            self.report(node.test, "this loop runs once: write its body alone")

    def _takes_single(self, test: ast.expr) -> bool:
        """Tells whether a loop takes one entry after the other of one that is written there."""
        match test:
            case ast.Compare(
                left=ast.NamedExpr(value=ast.Call(func=called, args=[ast.Name() as turns, _])),
                ops=[ast.IsNot()],
            ):
                made = self.facts.only_value(turns)
                if not isinstance(made, ast.Call) or not made.args:
                    return False
                taken = self.facts.is_builtin(made.func, "iter") and self.facts.is_builtin(called, "next")
                return taken and self._is_single(self.facts.only_value(made.args[0]))
        return False

    def visit_Try(self, node: ast.Try) -> None:
        self._check_idle(node.body, "try")
        self._check_idle(node.finalbody, "finally")
        self._check_idle(node.orelse, "else")

    def _check_idle(self, block: Sequence[ast.stmt], word: str) -> None:
        if block and all(map(_is_idle, block)):
            self.report(block[0], f"this {word} does nothing: remove it", until=block[-1])

    def _is_single(self, node: ast.expr) -> bool:
        """Tells whether a loop goes over one element that is written there."""
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return len(node.elts) == 1 and isinstance(node.elts[0], ast.Constant)
        return (
            isinstance(node, ast.Call)
            and self.facts.is_builtin(node.func, "range")
            and len(node.args) == 1
            and self.facts.origins.constant(node.args[0]) == 1
        )

    def _is_of_truth(self, node: ast.expr) -> bool:
        """Tells whether a loop has as many turns as a condition is true: one or none."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            whole, times = node.left, node.right
            return isinstance(whole, ast.List | ast.Tuple) and len(whole.elts) == 1 and self._is_truth(times)
        if isinstance(node, ast.IfExp):
            whole, nothing = node.body, node.orelse
            single = isinstance(whole, ast.List | ast.Tuple) and len(whole.elts) == 1
            return single and is_empty(nothing)
        if not isinstance(node, ast.Call):
            return False
        if self.facts.is_builtin(node.func, "filter") and len(node.args) > 1:
            listed = node.args[1]
            return isinstance(listed, ast.List | ast.Tuple) and len(listed.elts) == 1
        ranges = self.facts.is_builtin(node.func, "range") and len(node.args) == 1
        return ranges and self._is_truth(node.args[0])

    def _is_truth(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call) and self.facts.is_builtin(node.func, "int") and node.args:
            return self._is_truth(node.args[0])
        asked = isinstance(node, ast.Call) and self.facts.is_builtin(node.func, "bool")
        return (
            asked
            or isinstance(node, ast.Compare)
            or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
        )

    def _reads(self, loop: ast.For) -> bool:
        """Tells whether a loop uses the element, so that more elements may be meant to come."""
        names = self.facts.names_in(loop.target)
        inside = (n for each in loop.body for n in self.facts.within(each) if isinstance(n, ast.Name))
        return any(name.id in names for name in inside)

    def _continues(self, loop: ast.While) -> bool:
        return any(isinstance(node, ast.Continue) for node in self.facts.within(loop))


def _is_idle(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Delete):
        return all(isinstance(t, ast.List | ast.Tuple) and not t.elts for t in statement.targets)
    return is_placeholder(statement)
