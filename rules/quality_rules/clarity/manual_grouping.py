"""The rule manual-grouping."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, same_code
from quality_rules._asked import has_membership


class ManualGrouping(AstRule):
    """A dictionary is counted or grouped into by hand.

    ## What it does
    Reports `if key in d: d[key] += 1` with an `else` that sets `d[key]`, and `if key not in d: d[key] = []` (or
    `0`, `{}`, `set()`) in front of a statement that adds to `d[key]`.

    Start values that are computed, and branches that do more, are fine.

    ## Why is this bad
    Four lines and three lookups hide one thought: count, or group. `Counter` and `defaultdict` say it, and cannot
    forget the first element.

    ## Example
    ```python
    def count(words):
        seen = {}
        for word in words:
            if word in seen:
                seen[word] += 1
            else:
                seen[word] = 1
        return seen
    ```

    ## Use instead
    ```python
    from collections import Counter

    def count(words):
        return Counter(words)
    ```

    ## References
    - [Python documentation: collections](https://docs.python.org/3/library/collections.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    asks = (has_membership,)

    VALID = (
        Valid("if key in seen:\n    raise KeyError(key)\nelse:\n    seen[key] = 1"),
        Valid("if key not in seen:\n    seen[key] = load(key)\nseen[key].append(1)", "The start is computed"),
    )
    INVALID = (
        Invalid(
            "def f(words, seen):\n    for w in words:\n        if w not in seen:\n            seen[w] = []\n        seen[w].append(1)",
            ("3:9-3:25 seen starts each entry by hand: use collections.defaultdict",),
        ),
        Invalid(
            "def f(words, seen):\n    for w in words:\n        if w in seen:\n            seen[w] += 1\n        else:\n            seen[w] = 1",
            ("3:9-3:21 seen counts by hand: use collections.Counter",),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        test = node.test
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or len(node.body) != 1:
            return
        negated = isinstance(test.ops[0], ast.NotIn)
        if not negated and not isinstance(test.ops[0], ast.In):
            return
        container = test.comparators[0]
        following = node.orelse or self.facts.rest(node)[:1]
        if len(following) != 1 or (not negated and not node.orelse):
            return
        start, adding = (node.body[0], following[0]) if negated else (following[0], node.body[0])
        entry = _started(start)
        if entry is None or not same_code(entry.value, container) or not same_code(entry.slice, test.left):
            return
        kind = _added(adding, entry)
        if kind:
            what = (
                "counts by hand: use collections.Counter"
                if kind == "count"
                else ("starts each entry by hand: use collections.defaultdict")
            )
            self.report(node, f"{ast.unparse(container)} {what}", until=node.test)


def _started(statement: ast.stmt) -> ast.Subscript | None:
    """The entry that a statement gives a plain start value."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Subscript):
        return None
    value = statement.value
    plain = isinstance(value, ast.Constant) and isinstance(value.value, int)
    shown = isinstance(value, ast.List | ast.Set | ast.Dict) or (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id in {"list", "set", "dict"}
    )
    return statement.targets[0] if plain or shown else None


def _added(statement: ast.stmt, entry: ast.Subscript) -> str:
    """How a statement adds to an entry; empty when it does not."""
    if isinstance(statement, ast.AugAssign) and same_code(statement.target, entry):
        one = isinstance(statement.value, ast.Constant) and statement.value.value == 1
        return "count" if one and isinstance(statement.op, ast.Add) else "group"
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        filling = call.func.attr in {"append", "add", "extend", "update"}
        return "group" if filling and same_code(call.func.value, entry) else ""
    return ""
