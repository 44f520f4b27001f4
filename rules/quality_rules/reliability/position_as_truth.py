"""The rule position-as-truth."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._branches import is_condition
from quality_rules._called import CallRule
from quality_rules._kinds import Kind, Kinds


class PositionAsTruth(CallRule):
    """A place is taken for the answer whether something is there.

    ## What it does
    Reports `find` and `rfind` of a text as a condition.

    Places that are compared with a number, and `find` of other objects, are fine.

    ## Why is this bad
    `find` gives -1 where there is nothing, which is true, and 0 where the text begins with it, which is false: the answer is wrong
    in both cases.

    ## Example
    ```python
    def is_mail(address: str):
        if address.find("@"):
            return True
        return False
    ```

    ## Use instead
    ```python
    def is_mail(address: str):
        return "@" in address
    ```

    ## References
    - [Python documentation: str.find](https://docs.python.org/3/library/stdtypes.html#str.find)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"find", "rfind"})

    VALID = (
        Valid(
            "def f(text: str):\n    if text.find('a') >= 0:\n        return text.find('b')\n    return text.find('c') == -1"
        ),
        Valid(
            "def f(soup):\n    if soup.find('a'):\n        return 1\n    return 2", "An element may be meant"
        ),
    )
    INVALID = (
        Invalid(
            "def f(text: str):\n    return 1 if not text.find('a') else 2",
            ("2:21-2:35 -1 for nothing is true, and 0 for the beginning is not: ask with in",),
        ),
        Invalid(
            "def f(x):\n    name = str(x)\n    while x and name.rfind('a'):\n        x = g(x)",
            ("3:17-3:32 -1 for nothing is true, and 0 for the beginning is not: ask with in",),
        ),
        Invalid(
            "def f(xs):\n    return [x for x in xs if str(x).find('a')]",
            ("2:30-2:46 -1 for nothing is true, and 0 for the beginning is not: ask with in",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        of_text = owner is not None and self.facts.derived(Kinds).of(owner) is Kind.TEXT
        if of_text and is_condition(self.facts, call):
            self.report(call, "-1 for nothing is true, and 0 for the beginning is not: ask with in")
