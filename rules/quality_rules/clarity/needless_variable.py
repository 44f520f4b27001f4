"""The rule needless-variable."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import SCOPES, AstRule, Invalid, Setting, Valid
from quality_rules._constants import truth

#: What a condition is called that is given no meaning.
_CONDITIONS = frozenset({"condition", "cond"})


class NeedlessVariable(AstRule):
    """A value gets a name only to be returned.

    ## What it does
    Reports an assignment whose name the very next statement returns, and that nothing else in the function uses;
    and a condition that is called `condition` or the like and asked by the very next statement.

    Long expressions, for which a name is a help, annotated names, and names of closures are fine.

    ## Why is this bad
    The reader keeps a name in mind that is gone one line later. The function's own name says already what it
    returns.

    ## Example
    ```python
    def area(width, height):
        result = width * height
        return result
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height
    ```

    ## References
    - [Refactoring: inline variable](https://refactoring.com/catalog/inlineVariable.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    weight = 0.3

    largest = Setting(20, "Most syntax nodes of the value.", minimum=1)

    needs = frozenset({ast.Assign})

    VALID = (
        Valid("def f(x):\n    y = x.load()\n    y.sort()\n    return y"),
        Valid("def f(x):\n    y: int = x.load()\n    return y", "The type is said"),
        Valid("def f(x):\n    global y\n    y = x.load()\n    return y", "It is no local"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    condition = False\n    if condition:\n        x()\n    x.run()",
            ("2:5-2:22 the condition is always false: remove it",),
        ),
        Invalid(
            "def f(x):\n    condition = x > 1\n    if condition:\n        g(x)",
            ("2:5-2:22 condition says nothing about the condition: ask it in the if, or say what it means",),
        ),
        Invalid(
            "def f(x):\n    y = x + 1\n    return y",
            ("2:5-3:13 y is only returned: return the value itself",),
            fixed="def f(x):\n    return x + 1",
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        name = node.test.id if isinstance(node.test, ast.Name) else ""
        before = self.facts.previous(node) if name in _CONDITIONS else None
        if not isinstance(before, ast.Assign) or [ast.unparse(each) for each in before.targets] != [name]:
            return
        known = truth(before.value)
        if known is None:
            message = f"{name} says nothing about the condition: ask it in the if, or say what it means"
            severity = Severity.WARNING
        else:
            message, severity = f"the condition is always {str(known).lower()}: remove it", Severity.ERROR
        self.report(before, message, severity=severity, confidence=Confidence.HIGH)

    def visit_Return(self, node: ast.Return) -> None:
        value = node.value
        before = self.facts.previous(node) if isinstance(value, ast.Name) else None
        if not isinstance(before, ast.Assign) or not isinstance(value, ast.Name):
            return
        target = before.targets[0]
        if len(before.targets) > 1 or not isinstance(target, ast.Name) or target.id != value.id:
            return
        if len(self.facts.within(before.value)) <= self.largest and self._is_only_returned(node, value.id):
            self.report(before, f"{value.id} is only returned: return the value itself", until=node)

    def _is_only_returned(self, node: ast.Return, name: str) -> bool:
        function = self.facts.function(node)
        if function is None or any(isinstance(above, ast.Try | ast.With) for above in self._levels(node)):
            return False
        names = self.facts.names(function)
        alone = len(names.stores.get(name, ())) == 1 and len(names.loads.get(name, ())) == 1
        return alone and name not in names.shared and name not in names.parameters

    def _levels(self, node: ast.AST) -> list[ast.AST]:
        """What a statement is inside of, in its function."""
        levels: list[ast.AST] = []
        for above in self.facts.ancestors(node):
            if isinstance(above, SCOPES):
                break
            levels.append(above)
        return levels
