"""The rule spelled-out-update."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, targets_of

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}


class SpelledOutUpdate(AstRule):
    """A name is repeated to change its own value.

    ## What it does
    Reports `count = count + 1`, where `count += 1` says the same: names that the function binds to a number or a text, and
    attributes and items that a number or a text is added to.

    Lists and arrays are fine: `+=` changes them in place, for everybody who has them.

    ## Why is this bad
    The reader has to compare both sides to see that it is the same thing that changes, most of all where it is long.

    ## Example
    ```python
    def count_vowels(text):
        count = 0
        for letter in text:
            if letter in "aeiou":
                count = count + 1
        return count
    ```

    ## Use instead
    ```python
    def count_vowels(text):
        count = 0
        for letter in text:
            if letter in "aeiou":
                count += 1
        return count
    ```

    ## References
    - [Ruff: non-augmented-assignment](https://docs.astral.sh/ruff/rules/non-augmented-assignment/)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    weight = 0.3
    effort = 1
    equivalents = ("pylint:consider-using-augmented-assign",)
    needs = frozenset({ast.BinOp})

    VALID = (
        Valid("def f(rows):\n    rows = rows + [1]\n    return rows", "A list is another one then"),
        Valid("def f(x):\n    x = x * 2\n    return x", "It may be an array"),
        Valid("def f(x):\n    n = 0\n    n = x + 1\n    n += 1\n    return n"),
        Valid("def f(x):\n    n = 1\n    n = x - n\n    return n"),
    )
    INVALID = (
        Invalid(
            "def f(rows):\n    n = 0\n    for row in rows:\n        n = n + row.size\n    return n",
            ("4:9-4:25 n is written twice: n += ... changes it",),
        ),
        Invalid(
            "def f(self, row):\n    self.count = self.count + 1\n    row['n'] = row['n'] - 1\n    i = 0\n    while i < 9:\n        i = i + 1",
            (
                "2:5-2:32 self.count is written twice: self.count += ... changes it",
                "3:5-3:28 row['n'] is written twice: row['n'] -= ... changes it",
                "6:9-6:18 i is written twice: i += ... changes it",
            ),
        ),
    )

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        value, (target, *others) = node.value, targets_of(node)
        if type(value) is not ast.BinOp or type(value.left) is not type(target) or others:
            return
        sign = _SIGNS.get(type(value.op))
        if sign is None:
            return
        if isinstance(target, ast.Name):
            same = isinstance(value.left, ast.Name) and value.left.id == target.id
            if not same or not self._is_plain(target):
                return
        elif not isinstance(value.right, ast.Constant) or ast.unparse(value.left) != ast.unparse(target):
            return
        shown = ast.unparse(target)
        self.report(node, f"{shown} is written twice: {shown} {sign}= ... changes it")

    visit_AnnAssign = visit_Assign

    def _is_plain(self, target: ast.Name) -> bool:
        """Tells whether a name is first bound to a number or a text."""
        values = self.facts.values(target, target.id)
        first = values[0] if values else None
        return isinstance(first, ast.Constant) and isinstance(first.value, int | float | str)
