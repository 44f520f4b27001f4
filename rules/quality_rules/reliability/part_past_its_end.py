"""The rule part-past-its-end."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Part of a date or time → numbers that whoever knows where it ends writes.
_LASTS = {
    "year": {29, 28},
    "month": {12, 1, 13, 11},
    "day": {28, 1},
    "hour": {23, 24},
    "minute": {59, 60},
    "second": {59, 60},
}
#: What knows how long a month is.
_CALENDARS = frozenset({"monthrange", "relativedelta", "is_leap", "isleap"})


class PartPastItsEnd(AstRule):
    """A part of a date is moved past its end.

    ## What it does
    Reports `day.replace(month=day.month + 1)` and the same for other parts of a date or time, in functions that do not ask where
    the part ends, and do not catch the error.

    ## Why is this bad
    There is no month 13, and no 32nd: the call raises `ValueError`, in December, on the last of a month, at 23 o'clock, or for
    somebody who was born on the 29th of February.

    ## Example
    ```python
    def tomorrow(today):
        return today.replace(day=today.day + 1)
    ```

    ## Use instead
    ```python
    from datetime import timedelta

    def tomorrow(today):
        return today + timedelta(days=1)
    ```

    ## References
    - [Python documentation: date.replace()](https://docs.python.org/3/library/datetime.html#datetime.date.replace)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"replace"})

    VALID = (
        Valid(
            "def f(d):\n    if d.month == 12:\n        return d.replace(year=d.year + 1, month=1)\n    return d.replace(month=d.month + 1)"
        ),
        Valid("def f(d):\n    return d.replace(month=d.month % 12 + 1)"),
        Valid("def f(d):\n    return d.replace(year=d.year + 1, month=1, day=1)", "Every year has it"),
        Valid(
            "def f(d):\n    try:\n        return d.replace(year=d.year + 1)\n    except ValueError:\n        return d.replace(year=d.year + 1, day=28)"
        ),
    )
    INVALID = (
        Invalid(
            "def f(d):\n    return d.replace(month=d.month + 1)",
            (
                "2:12-2:40 d.month + 1 can be past the end, where replace() raises: add a timedelta, or carry over",
            ),
        ),
        Invalid(
            "from datetime import date\n\ndef f(d, n):\n    return date.today().replace(day=date.today().day - n)",
            (
                "4:12-4:58 date.today().day - n can be past the end, where replace() raises: add a timedelta, or carry over",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "replace" or call.args:
            return
        function = self.facts.function(call)
        given = {keyword.arg for keyword in call.keywords}
        for keyword in call.keywords:
            moved, part = keyword.value, keyword.arg or ""
            if (
                part not in _LASTS
                or not isinstance(moved, ast.BinOp)
                or not isinstance(moved.op, ast.Add | ast.Sub)
            ):
                continue
            if not isinstance(moved.left, ast.Attribute) or moved.left.attr != part:
                continue
            if part == "year" and given & {"month", "day"}:
                continue
            if function is None or not self._knows_end(function, part, call):
                self.report(
                    call,
                    f"{ast.unparse(moved)} can be past the end, where replace() raises: add a timedelta, or carry over",
                )
                return

    def _knows_end(self, function: FunctionNode, part: str, call: ast.Call) -> bool:
        """Tells whether a function asks for the end of a part, or catches the error of being past it."""
        own = set(self.facts.within(call))
        for node in self.facts.within(function):
            if isinstance(node, ast.ExceptHandler) or (
                isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
            ):
                return True
            if isinstance(node, ast.Name | ast.Attribute) and (
                getattr(node, "id", "") in _CALENDARS or getattr(node, "attr", "") in _CALENDARS
            ):
                return True
            if isinstance(node, ast.Constant) and node not in own and node.value in _LASTS[part]:
                return True
        return False
