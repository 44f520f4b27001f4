"""The rule unbound-local."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, is_function
from quality.rules import ASSIGNMENTS, SCOPES, AstRule, Invalid, Valid, targets_of
from quality_rules._constants import truth
from quality_rules._handlers import asks_for_name
from quality_rules._updates import update_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode

#: Where code runs later, more than once, or in a scope of its own.
_ELSEWHERE = (
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
#: What decides whether something runs.
_DECIDING = (ast.If, ast.IfExp, ast.BoolOp, ast.Try, ast.TryStar, ast.match_case, ast.Compare)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class UnboundLocal(AstRule):
    """A local name is read before any statement binds it.

    ## What it does
    Reports the first read of a name in a function that only later statements of the function bind, in the same line too;
    a name that it only adds to (`count += 1`); and one behind a loop that binds the name in a `try` and goes on with the next turn when that fails.

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
        Valid(
            """
            def load(paths):
                for path in paths:
                    try:
                        found = read(path)
                        break
                    except OSError:
                        continue
                else:
                    raise LookupError(paths)
                return found
            """,
            "It says what happens then",
        ),
        Valid(
            """
            def ask():
                while True:
                    try:
                        number = int(input())
                        break
                    except ValueError:
                        print("a number, please")
                return number
            """,
            "It ends with a number only",
        ),
        Valid(
            "def f(xs):\n    for x in xs:\n        try:\n            g(y)\n        except NameError:\n            y = x",
            "Where it fails, it is bound for the next turn",
        ),
        Valid("y = 0\n\ndef f():\n    global y\n    y += 1"),
        Valid(
            "y = 0\n\ndef f():\n    class A:\n        y += 1\n    return A",
            "A class begins with that of the module",
        ),
        Valid("def f():\n    y = 0\n    def g():\n        nonlocal y\n        y += 1\n    return g"),
        Valid("def f(x):\n    for y in x:\n        y += 1\n        print(y)"),
        Valid("def f():\n    global y\n    print(y)\n    y = 1"),
        Valid("def f(y):\n    print(y)\n    y = 1"),
        Valid("def f():\n    import os\n    print(os.name)\n    os = None"),
        Valid("def f(xs):\n    print([y for y in xs])\n    y = 1", "A scope of its own"),
        Valid(
            "from shop import y\ndef f(xs):\n    print(y.size)\n    return all(xs[y] for y in xs)",
            "Of the module",
        ),
        Valid("def f(x):\n    return y if (y := x + 1) else 0", "The condition comes first"),
        Valid(
            "def f():\n    try:\n        unicode\n    except NameError:\n        unicode = str\n    return unicode",
            "It asks whether there is one",
        ),
        Valid("def f():\n    def g():\n        return y\n    y = 1\n    return g()", "It is read later"),
        Valid(
            "def f():\n    def g():\n        try:\n            return y\n        finally:\n            close()\n"
            "    y = 1\n    return g()",
            "It is tried later",
        ),
    )
    INVALID = (
        Invalid(
            "count = 0\n\ndef f():\n    count += 1\n    return count",
            ("4:5-4:10 count is read before it is bound: bind it first, or declare it as global",),
        ),
        Invalid(
            """
            def load(paths):
                for path in paths:
                    try:
                        found = read(path)
                        break
                    except OSError:
                        continue
                return found
            """,
            ("8:12-8:17 found is bound in no turn when all of them fail: bind it before the loop",),
        ),
        Invalid(
            "def f(x):\n    print(y); y = x; return y",
            ("2:11-2:12 y is read before it is bound: bind it first",),
        ),
        Invalid(
            "def f(x):\n    return 0 if y else (y := x)",
            ("2:17-2:18 y is read before it is bound: bind it first",),
        ),
        Invalid(
            "def f(xs):\n    for x in xs:\n        print(y)\n        y = x",
            ("3:15-3:16 y is read before it is bound: bind it first",),
        ),
        Invalid(
            "def f(xs):\n    for x in xs:\n        try:\n            print(y)\n            y = x\n        except OSError:\n            return",
            ("4:19-4:20 y is read before it is bound: bind it first",),
        ),
        Invalid(
            "def f(x):\n    if x:\n        print(y)\n    y = x",
            ("3:15-3:16 y is read before it is bound: bind it first",),
        ),
    )

    def visit_AugAssign(self, statement: ast.AugAssign | ast.Assign | ast.AnnAssign) -> None:
        """What a function only adds to is a local name that nothing has bound, whatever the module has under that name."""
        update, function = update_of(statement), self.facts.function(statement)
        scope = next((each for each in self.facts.ancestors(statement) if isinstance(each, SCOPES)), None)
        if (
            update is None
            or function is None
            or scope is not function
            or not isinstance(update.target, ast.Name)
        ):
            return
        names, name = self.facts.names(function), update.target.id
        if name in names.parameters or name in names.shared:
            return
        bound = [
            *names.stores.get(name, ()),
            *(each for each in names.loads[name] if isinstance(each.ctx, ast.Store)),
        ]
        if bound == [update.target] and name not in self._bound_otherwise(function):
            told = f"{name} is read before it is bound: bind it first, or declare it as global"
            self.report(update.target, told)

    visit_Assign = visit_AnnAssign = visit_AugAssign

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        names = self.facts.names(function)
        for name, bound in sorted(names.stores.items()):
            stores = [each for each in bound if not self._is_of_a_comprehension(each)]
            if not stores:
                continue
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

    def _is_of_a_comprehension(self, store: ast.AST) -> bool:
        """Tells whether a comprehension binds a name, for itself."""
        below = store
        for above in self.facts.ancestors(store):
            if isinstance(above, ast.comprehension):
                return below is above.target
            if isinstance(above, ast.stmt):
                return False
            below = above
        return False

    def visit_Try(self, attempt: ast.Try) -> None:
        """A loop that tries one after the other binds nothing when all of them fail."""
        loop, function = self.facts.parent(attempt), self.facts.function(attempt)
        if not isinstance(loop, ast.For | ast.While) or function is None or loop.orelse or attempt.orelse:
            return
        if isinstance(loop, ast.While) and truth(loop.test) is True:
            return  # it only ends with what was tried
        if not attempt.handlers or not all(map(_goes_on, attempt.handlers)):
            return
        after = self.facts.rest(loop)
        used = after[0] if after else None
        if not isinstance(used, ast.Return | ast.Expr | ast.Assign | ast.AnnAssign) or used.value is None:
            return
        names = self.facts.names(function)
        for read in self.facts.within(used.value):
            if not isinstance(read, ast.Name) or read.id in names.parameters or read.id in names.shared:
                continue
            stores = names.stores.get(read.id, ())
            if stores and all(self._is_tried(store, attempt) for store in stores):
                if read.id not in self._bound_otherwise(function):
                    message = f"{read.id} is bound in no turn when all of them fail: bind it before the loop"
                    self.report(read, message, severity=Severity.WARNING)
                return

    def _is_tried(self, store: ast.Name, attempt: ast.Try) -> bool:
        """Tells whether an attempt binds a name, and in its own scope."""
        above = self.facts.statement(store)
        return (
            above in attempt.body and store in targets_of(above) and getattr(above, "value", None) is not None
        )

    def _runs_first(self, read: ast.Name, function: FunctionNode) -> bool:
        """Tells whether a read runs where it stands, and binds nothing itself."""
        value = self.facts.statement(read)
        if isinstance(value, ASSIGNMENTS) or not isinstance(read.ctx, ast.Load):
            return False
        stores = self.facts.names(function).stores[read.id]
        inner: ast.AST = read
        certain = True
        for above in self.facts.ancestors(read):
            if above is function:
                return inner in function.body
            if isinstance(above, _ELSEWHERE) or self._binds_first(above, inner, read.id):
                return False
            if isinstance(above, _LOOPS) and not certain:
                return False  # an earlier turn may have bound it
            certain = certain and (
                not isinstance(above, _DECIDING) or self._is_all_tried(above, inner, stores)
            )
            inner = above
        return False

    def _is_all_tried(self, attempt: ast.AST, part: ast.AST, stores: Sequence[ast.Name]) -> bool:
        """Tells whether nothing but the rest of what is tried binds a name: each turn fails where it is read."""
        if not isinstance(attempt, ast.Try | ast.TryStar) or part not in attempt.body:
            return False
        return all(any(self.facts.contains(each, store) for each in attempt.body) for store in stores)

    def _binds_first(self, above: ast.AST, part: ast.AST, name: str) -> bool:
        """Tells whether what stands behind a part of the code runs before it, and binds a name, or something asks for the name."""
        if isinstance(above, ast.IfExp) and part is above.body:
            tested = self.facts.within(above.test)
            return any(isinstance(each, ast.NamedExpr) and each.target.id == name for each in tested)
        return asks_for_name(above) and isinstance(above, ast.Try) and part in above.body

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


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Tells whether a handler leaves a loop's next turn to try again."""
    return not any(
        isinstance(node, (*ASSIGNMENTS, ast.Raise, ast.Return, ast.Break)) for node in ast.walk(handler)
    )
