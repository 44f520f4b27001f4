"""The rule printed-exception."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._constants import is_empty
from quality_rules._handlers import catches_all

if TYPE_CHECKING:
    from quality.rules import Facts

#: Names of functions whose work is to talk to people.
_TALKERS = frozenset({"main", "_main", "cli"})


class PrintedException(AstRule):
    """Any error at all is printed, and the work goes on.

    ## What it does
    Reports handlers of every exception in a function that only print it and then go on, or return nothing or
    a constant.

    Handlers of named errors, handlers that raise, log, exit or retry, `main`, and functions that print other
    things as well, are fine: they talk to people. So is code outside of functions.

    ## Why is this bad
    The caller gets None and goes on with it. The trace of where the error came from is lost, and a library
    has no business on somebody else's screen.

    ## Example
    ```python
    def load(path):
        try:
            return parse(path)
        except Exception as error:
            print(f"cannot load {path}: {error}")
            return None
    ```

    ## Use instead
    ```python
    def load(path):
        try:
            return parse(path)
        except FileNotFoundError as error:
            raise LoadError(f"cannot load {path}") from error
    ```

    ## References
    - [Python tutorial: handling exceptions](https://docs.python.org/3/tutorial/errors.html#handling-exceptions)
    """

    dimension = "reliability"
    effort = 10
    cwe = 390
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:broad-exception-caught", "pylint:bare-except")

    VALID = (
        Valid(
            "def f():\n    try:\n        g()\n    except OSError as e:\n        print(e)",
            "The error is named",
        ),
        Valid("def f():\n    try:\n        g()\n    except Exception as e:\n        print(e)\n        raise"),
        Valid(
            "def main():\n    try:\n        g()\n    except Exception as e:\n        print(e)",
            "It talks to people",
        ),
    )
    INVALID = (
        Invalid(
            "def f(path):\n    try:\n        g(path)\n    except (OSError, Exception) as error:\n        print(error)",
            (
                "4:5-4:41 every exception in f() is printed and forgotten: name the errors you expect, or raise",
            ),
        ),
        Invalid(
            """
            import traceback

            def save_all(rows):
                for row in rows:
                    try:
                        save(row)
                    except Exception:
                        print("failed", row)
                        traceback.print_exc()
            """,
            (
                "7:9-7:25 every exception in save_all() is printed and forgotten: name the errors you expect, or raise",
            ),
        ),
        Invalid(
            "def names(rows):\n    try:\n        return read(rows)\n    except Exception as e:\n        print(e)\n        return list()",
            (
                "4:5-4:26 every exception in names() is printed and forgotten: name the errors you expect, or raise",
            ),
        ),
    )

    def visit_ExceptHandler(self, handler: ast.ExceptHandler) -> None:
        function = self.facts.function(handler)
        if function is None or not catches_all(self.facts, handler.type):
            return
        if function.name in _TALKERS or function in self.facts.derived(_talkers):
            return
        prints = [statement for statement in handler.body if self._prints(statement)]
        rest = [statement for statement in handler.body if statement not in prints]
        if prints and all(_is_nothing(statement) for statement in rest):
            line = self.source.location_of(handler)
            header = self.source.lines[line.line - 1].rstrip()
            place = self.source.location(line.line, line.column, line.line, len(header))
            self.report(
                place,
                f"every exception in {function.name}() is printed and forgotten: "
                "name the errors you expect, or raise",
            )

    def _prints(self, statement: ast.stmt) -> bool:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call):
            return False
        if self.facts.is_builtin(call.func, "print"):
            return True
        return self.facts.origin(call.func) == "traceback.print_exc"


def _talkers(facts: Facts) -> set[ast.AST | None]:
    """Functions that print anything outside of handlers."""
    prints = [call for call in facts.of(ast.Call) if facts.is_builtin(call.func, "print")]
    return {
        facts.function(call)
        for call in prints
        if not any(isinstance(above, ast.ExceptHandler) for above in facts.ancestors(call))
    }


def _is_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement only goes on, or returns a constant or an empty collection."""
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or isinstance(value, ast.Constant) or is_empty(value)
    return isinstance(statement, ast.Pass | ast.Continue)
