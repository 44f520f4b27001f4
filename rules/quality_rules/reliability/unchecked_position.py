"""The rule unchecked-position."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten

_FINDING = frozenset({"find", "rfind"})
#: What asks for something.
_ASKING = (ast.Compare, ast.If, ast.IfExp, ast.BoolOp, ast.UnaryOp, ast.While)


class UncheckedPosition(AstRule):
    """A text is cut where something was not found.

    ## What it does
    Reports slices whose bound is what `find()` or `rfind()` gave, as it is, in functions that never compare it.

    What is added to it (`text[text.rfind("/") + 1:]`), and positions that are compared with anything, are fine.

    ## Why is this bad
    `find()` gives -1 where there is nothing: `line[:-1]` loses the last character, and `line[-1:]` keeps nothing but it.

    ## Example
    ```python
    def without_comment(line):
        end = line.find("#")
        return line[:end]
    ```

    ## Use instead
    ```python
    def without_comment(line):
        return line.partition("#")[0]
    ```

    ## References
    - [Python documentation: str.find](https://docs.python.org/3/library/stdtypes.html#str.find)
    """

    dimension = "reliability"
    confidence = Confidence.LOW
    effort = 2
    needs = _FINDING

    VALID = (
        Valid("def f(line):\n    end = line.find('#')\n    return line if end < 0 else line[:end]"),
        Valid("def f(path):\n    return path[path.rfind('/') + 1:]"),
        Valid("def f(line):\n    return line[:line.index('#')]", "It raises"),
        Valid("def f(line):\n    line += '#'\n    return line[:line.find('#')]", "It is there"),
    )
    INVALID = (
        Invalid(
            "def f(line):\n    end = line.find('#')\n    return line[:end]",
            ("3:12-3:22 line[:end] is cut at -1 where nothing is found: ask for that, or use partition()",),
        ),
        Invalid(
            "def f(line):\n    return line[line.rfind('.'):]",
            (
                "2:12-2:34 line[line.rfind('.'):] is cut at -1 where nothing is found: ask for that, or use partition()",
            ),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.slice, ast.Slice):
            return
        if any(self._is_position(bound) for bound in (node.slice.lower, node.slice.upper)):
            self.report(
                node,
                f"{shorten(ast.unparse(node))} is cut at -1 where nothing is found: ask for that, or use partition()",
            )

    def _is_position(self, bound: ast.expr | None) -> bool:
        """Tells whether a bound is what was found, and nobody asks whether it was."""
        if bound is None:
            return False
        found = self.facts.only_value(bound)
        method = found.func if isinstance(found, ast.Call) else None
        if not isinstance(method, ast.Attribute) or method.attr not in _FINDING:
            return False
        function = self.facts.function(bound)
        if function is None or self._is_prepared(function, method.value):
            return False
        loads = self.facts.names(function).loads.get(bound.id, ()) if isinstance(bound, ast.Name) else ()
        asked = any(isinstance(self.facts.parent(load), _ASKING) for load in loads)
        return not asked and not isinstance(self.facts.parent(found), ast.NamedExpr)

    def _is_prepared(self, function: ast.AST, text: ast.expr) -> bool:
        """Tells whether a text is asked what it has, or made so that it has it."""
        written = ast.unparse(text)
        return any(
            (isinstance(node, ast.Compare) and written in ast.unparse(node))
            or (isinstance(node, ast.AugAssign) and ast.unparse(node.target) == written)
            for node in self.facts.within(function)
        )
