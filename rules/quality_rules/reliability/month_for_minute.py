"""The rule month-for-minute."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import Source

#: A month beside an hour or a second, and a minute beside a year or a day.
_MONTH = re.compile(r"%-?[HI][:.h]%-?m\b|%-?m[:.]%-?S")
_MINUTE = re.compile(r"%[Yy][-/.]%-?M\b|(?<![:.])%-?M[-/.]%(?:[Yy]|-?d)|%-?d[-/.]%-?M(?![:.])")

#: No format of a time is longer, and those that are speak of some.
_LONGEST = 50


class MonthForMinute(AstRule):
    """A format of a time has the month where the minute was meant, or the other way round.

    ## What it does
    Reports texts with `%m` beside an hour or a second (`%H:%m`), and with `%M` beside a year or a day (`%Y-%M-%d`).

    What a method `format` gets is fine: `str.format` reads no `%`, and those of libraries have letters of their own.

    ## Why is this bad
    `%m` is the month and `%M` the minute, and both are numbers of two digits. The text looks right, and is wrong in nearly every
    minute.

    ## Example
    ```python
    def stamp(moment):
        return moment.strftime("%Y-%m-%d %H:%m")
    ```

    ## Use instead
    ```python
    def stamp(moment):
        return moment.strftime("%Y-%m-%d %H:%M")
    ```

    ## References
    - [Python documentation: strftime and strptime format codes](https://docs.python.org/3/library/datetime.html#strftime-and-strptime-format-codes)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1

    VALID = (
        Valid(
            'def f():\n    """Mind that %H:%m\n    has the month."""\n    return 1', "A text about formats"
        ),
        Valid("when = pendulum.now()\nmonth = when.format('%Y-%M')", "Here M is the month"),
        Valid(
            "print(now.strftime('%Y-%m-%d %H:%M:%S'), now.strftime('%d.%m.%y %I:%M'), now.strftime('%M:%S'))"
        ),
        Valid("print(f'{now:%d/%m/%Y %H.%M}', now.strftime('%H:%M-%d'), now.strftime('%d-%M:%S'))"),
    )
    INVALID = (
        Invalid(
            "FORMAT = '%d/%M/%Y'\nwhen = datetime.strptime(text, FORMAT)",
            ("1:10-1:20 %M in %d/%M is the minute: write %m for the month",),
        ),
        Invalid(
            "def f(now):\n    return f'{now:%H:%m:%S}'",
            ("2:12-2:29 %m in %H:%m is the month: write %M for the minute",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        dated = source.mentions("%") and source.mentions("%m", "%M")
        return dated and bool(_MONTH.search(source.text) or _MINUTE.search(source.text))

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value if isinstance(node.value, str) else ""
        if len(text) > _LONGEST or "\n" in text:
            return  # a text about formats
        if self._is_for_format(node):
            return
        month, minute = _MONTH.search(text), _MINUTE.search(text)
        if month:
            self.report(node, f"%m in {month[0]} is the month: write %M for the minute")
        elif minute:
            self.report(node, f"%M in {minute[0]} is the minute: write %m for the month")

    def _is_for_format(self, node: ast.Constant) -> bool:
        call = self.facts.parent(node)
        function = call.func if isinstance(call, ast.Call) else None
        return isinstance(function, ast.Attribute) and function.attr == "format"
