"""The rule naive-datetime."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

_UTC = {
    "datetime.datetime.utcnow": "datetime.now(timezone.utc)",
    "datetime.datetime.utcfromtimestamp": "datetime.fromtimestamp(…, timezone.utc)",
}


class NaiveDatetime(AstRule):
    """A time does not know its time zone.

    ## What it does
    Reports `datetime.utcnow()` and `datetime.utcfromtimestamp()`, whose result says nothing of UTC, and zones
    of `pytz` that are handed to `datetime(...)` or `replace(...)` as `tzinfo`.

    `datetime.now()` for the wall clock of this machine is fine.

    ## Why is this bad
    Python takes a time without a zone for local time: `utcnow().timestamp()` is off by hours on every
    machine that does not run in UTC. A zone of `pytz` has its oldest offset until `localize` is called: 14:00
    in Berlin becomes 13:07 UTC.

    ## Example
    ```python
    from datetime import datetime

    created = datetime.utcnow()
    ```

    ## Use instead
    ```python
    from datetime import datetime, timezone

    created = datetime.now(timezone.utc)
    ```

    ## References
    - [Python documentation: datetime.utcnow](https://docs.python.org/3/library/datetime.html#datetime.datetime.utcnow)
    """

    dimension = "reliability"
    needs = frozenset({"utcnow", "utcfromtimestamp", "pytz"})
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:deprecated-method",)

    VALID = (
        Valid("from datetime import datetime\n\nstarted = datetime.now()", "The clock on the wall"),
        Valid(
            "import datetime\n\nday = datetime.datetime.utcnow().replace(tzinfo=datetime.timezone.utc)",
            "The zone is added at once",
        ),
        Valid("now = clock.utcnow()", "Another clock"),
    )
    INVALID = (
        Invalid(
            "import datetime as dt\n\nend = dt.datetime.utcfromtimestamp(seconds)",
            (
                (
                    "3:7-3:44 datetime.utcfromtimestamp() gives a time without a zone: "
                    "use datetime.fromtimestamp(…, timezone.utc)"
                ),
            ),
        ),
        Invalid(
            "import pytz\n\nstart = day.replace(tzinfo=pytz.timezone('Europe/Berlin'))",
            ("3:28-3:58 a zone of pytz as tzinfo has its oldest offset: use its localize(), or zoneinfo",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        origin = self.facts.origin(call.func)
        if origin in _UTC and not self._gets_zone(call):
            method = origin.rpartition(".")[2]
            self.report(call, f"datetime.{method}() gives a time without a zone: use {_UTC[origin]}")
        for keyword in call.keywords:
            if keyword.arg == "tzinfo" and self._is_pytz(keyword.value):
                self.report(
                    keyword.value,
                    "a zone of pytz as tzinfo has its oldest offset: use its localize(), or zoneinfo",
                )

    def _gets_zone(self, call: ast.Call) -> bool:
        above = self.facts.parent(call)
        return isinstance(above, ast.Attribute) and above.attr in {"replace", "astimezone"}

    def _is_pytz(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.facts.origin(node.func) == "pytz.timezone"
