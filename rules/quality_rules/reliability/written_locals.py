"""The rule written-locals."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Methods of a dictionary that change it.
_CHANGING = frozenset({"update", "setdefault", "pop", "popitem", "clear", "__setitem__"})


class WrittenLocals(AstRule):
    """A function sets its variables by way of `locals()`.

    ## What it does
    Reports `locals()["name"] = value`, `del locals()["name"]` and `locals().update(...)` in functions.

    In modules and classes, where `locals()` is what holds the names, they are fine.

    ## Why is this bad
    In a function `locals()` is a copy. What is put into it is in no variable: who reads the variable gets its old value or a
    `NameError`.

    ## Example
    ```python
    def area(sides):
        locals().update(sides)
        return width * height
    ```

    ## Use instead
    ```python
    def area(sides):
        return sides["width"] * sides["height"]
    ```

    ## References
    - [Python documentation: locals](https://docs.python.org/3/library/functions.html#locals)
    - [PEP 667: consistent views of namespaces](https://peps.python.org/pep-0667/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    needs = frozenset({"locals"})

    VALID = (
        Valid("locals()['x'] = 1\n\nclass A:\n    locals().update(x=1)", "These are the names themselves"),
        Valid("def f(x):\n    return '{x}'.format(**locals())", "They are read"),
        Valid(
            "def f(x):\n    names = dict(locals())\n    names['y'] = 1\n    return names",
            "A dictionary of its own",
        ),
        Valid("def f(locals):\n    locals()['x'] = 1", "Another function"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    locals()['y'] = x\n    return y",
            ("2:5-2:18 locals() is a copy: what is changed in it is in no variable",),
        ),
        Invalid(
            "def f(x):\n    if x:\n        locals().update(x)\n    return z",
            ("3:9-3:27 locals() is a copy: what is changed in it is in no variable",),
        ),
        Invalid(
            "class A:\n    def f(self):\n        del locals()['self']",
            ("3:13-3:29 locals() is a copy: what is changed in it is in no variable",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for call, _dotted in self.facts.called.get("locals", ()):
            if self.facts.is_builtin(call.func, "locals") and self._is_of_function(call):
                for change in self._changes(call):
                    self.report(change, "locals() is a copy: what is changed in it is in no variable")

    def _is_of_function(self, call: ast.Call) -> bool:
        """Tells whether the names that a call asks for are those of a function."""
        above = next(node for node in self.facts.ancestors(call) if isinstance(node, _SCOPES))
        return not isinstance(above, ast.Module | ast.ClassDef)

    def _changes(self, call: ast.Call) -> Iterator[ast.AST]:
        above = self.facts.parent(call)
        if isinstance(above, ast.Subscript) and not isinstance(above.ctx, ast.Load):
            yield above
        elif isinstance(above, ast.Attribute) and above.attr in _CHANGING:
            asked = self.facts.parent(above)
            if isinstance(asked, ast.Call) and isinstance(self.facts.parent(asked), ast.Expr):
                yield asked


_SCOPES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
