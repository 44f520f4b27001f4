"""The rule boolean-trap."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid, decorators
from quality_rules._asked import has_flags

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Decorators behind which a signature is the function's own.
_PLAIN_DECORATORS = frozenset(
    {"staticmethod", "classmethod", "wraps", "cache", "lru_cache", "contextmanager"}
)


class BooleanTrap(AstRule):
    """A call says True, False without saying what.

    ## What it does
    Reports calls with several bare `True` or `False` arguments, and functions that take several flags by
    position.

    A single flag, flags passed by name, and constructors of plain data (a call of nothing but constants) are
    fine. So are methods of classes with a base and decorated functions, whose signature may be given.

    ## Why is this bad
    Nobody can read `open_window(True, False, True)`. Flags that go together in chains are easily swapped, and
    no checker sees it.

    ## Example
    ```python
    render(page, True, False)
    ```

    ## Use instead
    ```python
    render(page, cached=True, minified=False)
    ```

    ## References
    - [PEP 3102: keyword-only arguments](https://peps.python.org/pep-3102/)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    asks = (has_flags,)

    minimum_flags = Setting(3, "Fewest flags by position that a signature is reported for.", minimum=1)
    minimum_literals = Setting(2, "Fewest bare booleans that a call is reported for.", minimum=1)

    VALID = (
        Valid("render(page, cached=True, minified=False)", "The flags are named"),
        Valid("render(page, True)", "One flag"),
        Valid("row = Row(1, True, False)", "Plain data"),
        Valid("def render(page, *, cached=True, minified=False, framed=True): ...", "Only by name"),
    )
    INVALID = (
        Invalid(
            "render(page, True, False)",
            ("1:14-1:25 render() gets True, False by position: pass them by name",),
        ),
        Invalid(
            "def render(page, cached=True, minified=False, framed=True):\n    return page",
            ("1:1-1:60 render() takes cached, minified, framed by position: put a * before them",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        flags = [argument for argument in call.args if _is_flag(argument)]
        plain = all(isinstance(argument, ast.Constant) for argument in call.args)
        if len(flags) >= self.minimum_literals and not plain:
            name = ast.unparse(call.func).rpartition(".")[2]
            shown = ", ".join(ast.unparse(flag) for flag in flags)
            self.report(flags[0], f"{name}() gets {shown} by position: pass them by name", until=flags[-1])

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        owner = self.facts.class_of(function)
        if (owner and owner.bases) or set(decorators(function)) - _PLAIN_DECORATORS:
            return
        arguments = function.args
        positional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
        pairs = zip(
            positional[-len(arguments.defaults) :], arguments.defaults[-len(positional) :], strict=False
        )
        flags = [argument.arg for argument, default in pairs if _is_flag(default)]
        if len(flags) >= self.minimum_flags:
            shown = ", ".join(flags)
            self.report(function, f"{function.name}() takes {shown} by position: put a * before them")


def _is_flag(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)
