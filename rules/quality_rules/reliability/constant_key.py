"""The rule constant-key."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten

_STEADY = (ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.Load)


class ConstantKey(AstRule):
    """A dictionary keeps one entry of all that a comprehension makes.

    ## What it does
    Reports dictionary comprehensions whose key is the same in each turn.

    ## Why is this bad
    Each entry overwrites the one before it. What is left is the last value, under the only key.

    ## Example
    ```python
    def sizes(files):
        return {"name": file.size for file in files}
    ```

    ## Use instead
    ```python
    def sizes(files):
        return {file.name: file.size for file in files}
    ```

    ## References
    - [flake8-bugbear: B035](https://github.com/PyCQA/flake8-bugbear#list-of-warnings)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5

    VALID = (
        Valid("x = {y.name: y for y in z}"),
        Valid("x = {next(keys): y for y in z}", "Another one each time"),
        Valid("x = {(a, y): 1 for y in z}"),
        Valid("x = {n: 1 for y in z if (n := y.name)}", "It is bound in each turn"),
    )
    INVALID = (
        Invalid(
            "def f(rows, name):\n    return {name: row.size for row in rows}",
            ("2:13-2:17 every turn has the key name: all entries but the last are lost",),
        ),
        Invalid(
            "x = {'size': len(y) for y in z}",
            ("1:6-1:12 every turn has the key 'size': all entries but the last are lost",),
        ),
    )

    def visit_DictComp(self, node: ast.DictComp) -> None:
        key = self.facts.within(node.key)
        bound = {
            part.id
            for part in self.facts.within(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
        names = {part.id for part in key if isinstance(part, ast.Name)}
        if all(isinstance(part, _STEADY) for part in key) and bound.isdisjoint(names):
            source = node.generators[0].iter
            part = isinstance(source, ast.Subscript) and isinstance(source.slice, ast.Slice)
            self.report(
                node.key,
                f"every turn has the key {shorten(ast.unparse(node.key))}: all entries but the last are lost",
                confidence=Confidence.LOW if part else None,  # which may be one entry, or none
            )
