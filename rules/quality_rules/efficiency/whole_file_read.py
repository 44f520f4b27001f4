"""The rule whole-file-read."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid


class WholeFileRead(AstRule):
    r"""A file is read as a whole to go through its lines, or for the first of them.

    ## What it does
    Reports loops and comprehensions over `file.readlines()`, and over `file.read().splitlines()` or
    `file.read().split("\n")` of an opened file; also `file.readlines()[0]` and the like, when nothing else is done with the lines.

    Other lists of lines that have a name, and `readlines` with a limit, are fine.

    ## Why is this bad
    All lines are in memory before the first one is looked at. A file gives its lines one by one, and costs
    the memory of one line.

    ## Example
    ```python
    def errors(path):
        with open(path) as log:
            return [line for line in log.readlines() if "ERROR" in line]
    ```

    ## Use instead
    ```python
    def errors(path):
        with open(path) as log:
            return [line for line in log if "ERROR" in line]
    ```

    ## References
    - [Python tutorial: methods of file objects](https://docs.python.org/3/tutorial/inputoutput.html#methods-of-file-objects)
    """

    dimension = "efficiency"
    needs = frozenset({"read", "readlines"})
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("with open(path) as file:\n    lines = file.readlines()", "The lines are kept"),
        Valid(
            "def f(path):\n    with open(path) as file:\n        lines = file.readlines()\n"
            "    return lines[0], lines[1:]",
            "The others are used too",
        ),
        Valid("for line in response.read().splitlines():\n    print(line)", "It may be no file"),
    )
    INVALID = (
        Invalid(
            """
            def header(path):
                with open(path) as file:
                    lines = file.readlines()
                return lines[0]
            """,
            ("4:12-4:20 readlines() reads the whole file for its first line: use readline()",),
        ),
        Invalid(
            "for row in open(path).readlines():\n    print(row)",
            ("1:12-1:34 readlines() reads the whole file first: go through the file itself",),
            fixed="for row in open(path):\n    print(row)",
        ),
        Invalid(
            "with open(path) as file:\n    for row in file.read().split('\\n'):\n        print(row)",
            ("2:16-2:39 read().split() reads the whole file first: go through the file itself",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        place = node.slice
        if not isinstance(place, ast.Constant) or place.value != 0 or isinstance(place.value, bool):
            return
        lines, method = node.value, ""
        if isinstance(lines, ast.Name):
            function = self.facts.function(lines)
            once = function is not None and self.facts.names(function).loads.get(lines.id) == [lines]
            lines = self.facts.only_value(lines) if once else lines
        method = self._method(lines)
        if method:
            self.report(node, f"{method} reads the whole file for its first line: use readline()")

    def visit_For(self, loop: ast.For) -> None:
        self._check(loop.iter)

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        self._check(generator.iter)

    def _check(self, source: ast.expr) -> None:
        while isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "enumerate", "list"):
            if not source.args:
                return
            source = source.args[0]
        method = self._method(source)
        if method:
            self.report(source, f"{method} reads the whole file first: go through the file itself")

    def _method(self, source: ast.expr) -> str:
        """How all lines of a file are read, in words; empty where something else is done."""
        if not isinstance(source, ast.Call) or not isinstance(source.func, ast.Attribute):
            return ""
        method, owner = source.func.attr, source.func.value
        if method == "readlines" and not source.args:
            return "readlines()"
        if method == "splitlines" or (method == "split" and _is_newline(source.args)):
            reads = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute)
            if reads and owner.func.attr == "read" and not owner.args and self._is_file(owner.func.value):  # type: ignore[attr-defined]
                return f"read().{method}()"
        return ""

    def _is_file(self, node: ast.AST) -> bool:
        """Tells whether an expression is a file that was just opened, or the name that a ``with`` gave it."""
        if isinstance(node, ast.Name):
            return self._files.get(node.id, False)
        return self._opens(node)

    def _opens(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and (
            self.facts.is_builtin(node.func, "open")
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "open")
        )

    @cached_property
    def _files(self) -> dict[str, bool]:
        """Name that ``with`` statements bind → whether to opened files alone."""
        found: dict[str, bool] = {}
        for item in self.facts.of(ast.withitem):
            name = getattr(item.optional_vars, "id", "")
            found[name] = found.get(name, True) and self._opens(item.context_expr)
        return found


def _is_newline(arguments: list[ast.expr]) -> bool:
    return len(arguments) == 1 and isinstance(arguments[0], ast.Constant) and arguments[0].value == "\n"
