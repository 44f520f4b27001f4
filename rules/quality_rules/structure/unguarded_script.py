"""The rule unguarded-script."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, is_type_checking
from quality_rules._asked import has_module_code
from quality_rules._constants import is_main_guard

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTPUT = ("print", "input")


class UnguardedScript(AstRule):
    """A module runs a program when it is imported.

    ## What it does
    Reports a module that defines functions or classes and also prints, asks, or calls its own `main` outside of
    them, without `if __name__ == "__main__":`; and one whose functions and classes all stand below that line.

    Modules that only define, and scripts without any function, are fine.

    ## Why is this bad
    Nobody can import it to use or test a function without running all of it.

    ## Example
    ```python
    def area(width, height):
        return width * height

    print(area(2, 3))
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height

    if __name__ == "__main__":
        print(area(2, 3))
    ```

    ## References
    - [Python documentation: top-level code environment](https://docs.python.org/3/library/__main__.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 2
    asks = (has_module_code,)

    VALID = (
        Valid("print('hello')", "A script"),
        Valid("def f():\n    print(1)\n\nx = f()"),
        Valid("def main():\n    print(1)\n\nif __name__ == '__main__':\n    main()"),
    )
    INVALID = (
        Invalid(
            "if __name__ == '__main__':\n    def f(x):\n        return x\n    print(f(1))",
            ("2:5-2:14 nobody can import f: define it above if __name__ == '__main__'",),
        ),
        Invalid(
            "if not TYPE_CHECKING:\n    def f(x):\n        return x\n    print(f(1))",
            ("4:5-4:16 print() runs on import: put it under if __name__ == '__main__'",),
        ),
        Invalid(
            "def f(x):\n    return x\n\nfor x in f([1]):\n    print(x)",
            ("5:5-5:13 print() runs on import: put it under if __name__ == '__main__'",),
        ),
        Invalid(
            "def main():\n    return 1\n\nmain()",
            ("4:1-4:7 main() runs on import: put it under if __name__ == '__main__'",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        statements = _at_run_time(module.body)
        if self.source.role == "test":
            return
        if not any(map(_is_definition, statements)):
            self._check_guarded(statements)
            return
        for statement in statements:
            running = isinstance(statement, ast.Expr | ast.For | ast.While | ast.Assign | ast.AnnAssign)
            call = self._call(statement) if running else None
            if call is not None:
                name = ast.unparse(call.func)
                self.report(call, f"{name}() runs on import: put it under if __name__ == '__main__'")
                return

    def _check_guarded(self, statements: Sequence[ast.stmt]) -> None:
        """Reports the first definition below the line that keeps a program from running on import."""
        for statement in statements:
            if isinstance(statement, ast.If) and is_main_guard(statement):
                for inside in filter(_is_definition, statement.body):
                    name = getattr(inside, "name", "")
                    self.report(
                        inside, f"nobody can import {name}: define it above if __name__ == '__main__'"
                    )
                    return

    def _call(self, statement: ast.stmt) -> ast.Call | None:
        """The first call of a statement that talks to a person, or is of the module's main."""
        for node in self.facts.within(statement):
            if isinstance(node, ast.Lambda):
                return None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                own = node.func.id == "main" and isinstance(statement, ast.Expr)
                if own or self.facts.is_builtin(node.func, *_OUTPUT):
                    return node
        return None


def _is_definition(statement: ast.stmt) -> bool:
    return is_function(statement) or isinstance(statement, ast.ClassDef)


def _at_run_time(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements that run on import, those that only type checkers don't see included."""
    found: list[ast.stmt] = []
    for statement in statements:
        match statement:
            case ast.If(test=ast.UnaryOp(operand=test), body=body) if is_type_checking(test):
                found += body
            case _:
                found.append(statement)
    return found
