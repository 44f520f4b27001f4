"""The rule unguarded-script."""

from __future__ import annotations

import ast

from quality.model import Severity, is_function
from quality.rules import AstRule, Invalid, Valid

_OUTPUT = ("print", "input")


class UnguardedScript(AstRule):
    """A module runs a program when it is imported.

    ## What it does
    Reports a module that defines functions or classes and also prints, asks, or calls its own `main` outside of
    them, without `if __name__ == "__main__":`.

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
    effort = 2

    VALID = (
        Valid("print('hello')", "A script"),
        Valid("def f():\n    print(1)\n\nx = f()"),
        Valid("def main():\n    print(1)\n\nif __name__ == '__main__':\n    main()"),
    )
    INVALID = (
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
        if self.source.role == "test" or not any(
            is_function(s) or isinstance(s, ast.ClassDef) for s in module.body
        ):
            return
        for statement in module.body:
            running = isinstance(statement, ast.Expr | ast.For | ast.While | ast.Assign)
            call = self._call(statement) if running else None
            if call is not None:
                name = ast.unparse(call.func)
                self.report(call, f"{name}() runs on import: put it under if __name__ == '__main__'")
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
