"""The rule thrown-away-default."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._constants import is_empty

_FILLING = frozenset({"append", "add", "extend", "update"})


class ThrownAwayDefault(AstRule):
    """What is put in goes into a container that nobody keeps.

    ## What it does
    Reports `groups.get(key, []).append(row)` and the same with other containers that are made for it.

    ## Why is this bad
    `get()` does not keep its default. Where the key is missing, the row is put into a new list, and that is gone at once.

    ## Example
    ```python
    def group(rows):
        groups = {}
        for row in rows:
            groups.get(row.kind, []).append(row)
        return groups
    ```

    ## Use instead
    ```python
    def group(rows):
        groups = {}
        for row in rows:
            groups.setdefault(row.kind, []).append(row)
        return groups
    ```

    ## References
    - [Python documentation: dict.setdefault](https://docs.python.org/3/library/stdtypes.html#dict.setdefault)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"get"})

    VALID = (
        Valid("groups.setdefault(key, []).append(row)"),
        Valid("groups.get(key, rest).append(row)", "It is kept elsewhere"),
        Valid("rows = groups.get(key, [])\nrows.append(row)", "It may be kept"),
    )
    INVALID = (
        Invalid(
            "groups.get(key, []).append(row)",
            ("1:1-1:32 the [] is gone at once where there is no key: use setdefault()",),
        ),
        Invalid(
            "groups.get(key, set()).add(row)",
            ("1:1-1:32 the set() is gone at once where there is no key: use setdefault()",),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        match statement.value:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Call(func=ast.Attribute(attr="get"), args=[_, default]), attr=method
                )
            ) if method in _FILLING and is_empty(default):
                shown = shorten(ast.unparse(default))
                self.report(statement, f"the {shown} is gone at once where there is no key: use setdefault()")
