"""The rule called-value."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import BUILTINS, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._loops import COMPREHENSIONS
from quality_rules._uncallable import is_uncallable

if TYPE_CHECKING:
    from quality.model import FunctionNode


class CalledValue(AstRule):
    """A name is called that holds a number, a text or a collection.

    ## What it does
    Reports the call of a name of a function whose annotations, assignments or default show that it holds no function:
    `len(rows)` where `len` is a parameter with the default 1024.

    Names that get something else too, or of which the function asks what they hold, are fine.

    ## Why is this bad
    The call raises TypeError. Mostly the name is a builtin's, and a parameter or an assignment hides that.

    ## Example
    ```python
    def total(rows, sum=1):
        return sum(row.price for row in rows)
    ```

    ## Use instead
    ```python
    def total(rows, factor=1):
        return factor * sum(row.price for row in rows)
    ```

    ## References
    - [Python documentation: naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:not-callable",)

    VALID = (
        Valid("def f(key=None):\n    return key(1)"),
        Valid("def f(how='mean'):\n    return how(1) if callable(how) else find(how)(1)", "It asks"),
        Valid("def f(how='mean'):\n    how = find(how)\n    return how(1)", "It gets something else"),
        Valid("def f(done=0):\n    if done:\n        done()", "0 may stand for none"),
        Valid("def f(make: type[int]):\n    return make(1)"),
        Valid("def f(len=9):\n    def g(len):\n        return len(1)\n    return g", "Another name"),
        Valid("def f(key: int, keys):\n    return [key(1) for key in keys]", "Another name"),
        Valid(
            "@command(1)\ndef f(args):\n    command = [args]\n    return command", "The decorator is another"
        ),
    )
    INVALID = (
        Invalid(
            "def f(rows, len=1024):\n    return len(rows)",
            ("2:12-2:21 len holds no function: the call raises TypeError, as the builtin is hidden",),
        ),
        Invalid(
            "def f(list: list[int]):\n    return list(reversed(list))",
            ("2:12-2:32 list holds no function: the call raises TypeError, as the builtin is hidden",),
        ),
        Invalid(
            "def f(rows):\n    count = 0\n    return count(rows)",
            ("3:12-3:23 count holds no function: the call raises TypeError",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name, function = call.func, self.facts.function(call)
        if not isinstance(name, ast.Name) or function is None:
            return
        if not self._is_bound(name, function) or not is_uncallable(self.facts, name, function):
            return
        hidden = ", as the builtin is hidden" if name.id in BUILTINS else ""
        self.report(call, f"{name.id} holds no function: the call raises TypeError{hidden}")

    def _is_bound(self, name: ast.Name, function: FunctionNode) -> bool:
        """Tells whether a function binds a name, and nothing in it that has a scope of its own does so around its use."""
        names = self.facts.names(function)
        if name.id not in names.parameters and name.id not in names.stores:
            return False
        return not any(
            isinstance(above, (ast.Lambda, *COMPREHENSIONS)) and name.id in self._bound_by(above)
            for above in self.facts.ancestors(name)
        )

    def _bound_by(self, scope: ast.AST) -> set[str]:
        inside = self.facts.within(scope)
        arguments = {each.arg for each in inside if isinstance(each, ast.arg)}
        return arguments | {
            each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
