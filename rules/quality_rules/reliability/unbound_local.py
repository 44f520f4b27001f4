"""The rule unbound-local."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, is_function
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Where code runs later, more than once, or in a scope of its own.
_ELSEWHERE = (
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Lambda,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)

#: What binds a name besides assignments.
_NAMING = ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar


class UnboundLocal(AstRule):
    """A local name is read before any statement binds it.

    ## What it does
    Reports the first read of a name in a function that only later statements of the function bind, in the same line too.

    Reads in loops and in nested functions are fine, since something may be bound by then, and so are names that are
    declared global or nonlocal, and names that the function imports, defines or handles as errors.

    ## Why is this bad
    An assignment anywhere in a function makes the name local to all of it: the read raises UnboundLocalError, also where
    the module has something of that name.

    ## Example
    ```python
    def report(total):
        print(label, total)
        label = "total"
    ```

    ## Use instead
    ```python
    def report(total):
        label = "total"
        print(label, total)
    ```

    ## References
    - [Python FAQ: UnboundLocalError](https://docs.python.org/3/faq/programming.html#why-am-i-getting-an-unboundlocalerror-when-the-variable-has-a-value)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:used-before-assignment", "pylint:undefined-variable")

    VALID = (
        Valid("def f(x):\n    y = x\n    print(y)"),
        Valid(
            "def f(xs):\n    for x in xs:\n        if x:\n            print(y)\n        y = x",
            "Bound by then",
        ),
        Valid("def f():\n    global y\n    print(y)\n    y = 1"),
        Valid("def f(y):\n    print(y)\n    y = 1"),
        Valid("def f():\n    import os\n    print(os.name)\n    os = None"),
        Valid("def f(xs):\n    print([y for y in xs])\n    y = 1", "A scope of its own"),
        Valid("def f():\n    def g():\n        return y\n    y = 1\n    return g()", "It is read later"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    print(y); y = x; return y",
            ("2:11-2:12 y is read before it is bound: bind it first",),
        ),
        Invalid(
            "def f(x):\n    if x:\n        print(y)\n    y = x",
            ("3:15-3:16 y is read before it is bound: bind it first",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        names = self.facts.names(function)
        for name, stores in sorted(names.stores.items()):
            reads = names.loads.get(name, ())
            if not reads or name in names.parameters or name in names.shared:
                continue
            first = min(map(_place, stores))
            early = next((read for read in reads if _place(read) < first), None)
            if early is None or not self._runs_first(early, function):
                continue
            if not any(self.facts.function(store) is function for store in stores):
                continue
            if name not in self._bound_otherwise(function):
                self.report(early, f"{name} is read before it is bound: bind it first")

    def _runs_first(self, read: ast.Name, function: FunctionNode) -> bool:
        """Tells whether a read runs where it stands, and binds nothing itself."""
        value = self.facts.statement(read)
        if isinstance(value, ast.Assign | ast.AnnAssign | ast.NamedExpr) or not isinstance(
            read.ctx, ast.Load
        ):
            return False
        inner: ast.AST = read
        for above in self.facts.ancestors(read):
            if above is function:
                return inner in function.body
            if isinstance(above, _ELSEWHERE):
                return False
            inner = above
        return False

    def _bound_otherwise(self, function: FunctionNode) -> set[str]:
        """Names that imports, definitions, handlers, patterns or nested parameters bind in a function."""
        found: set[str] = set()
        for node in self.facts.within(function):
            if isinstance(node, ast.alias):
                found.add((node.asname or node.name).partition(".")[0])
            elif is_function(node) or isinstance(node, _NAMING):
                found.add(node.name or "")
            elif isinstance(node, ast.arg):
                found.add(node.arg)
        return found - {function.name}


def _place(node: ast.Name) -> tuple[int, int]:
    return node.lineno, node.col_offset
