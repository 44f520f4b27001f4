"""The rule compared-with-null."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

if TYPE_CHECKING:
    import ast

#: A condition of a statement, and no assignment.
_COMPARED = re.compile(
    r"\b(?:where|and|or|not|having|on|when)\s+\(?[\w.\"`]{1,80}\s{0,9}(?:=|<>|!=)\s{0,9}null\b", re.IGNORECASE
)
_SQL = re.compile(r"\s*(?:select|update|delete|insert|with)\s", re.IGNORECASE)
#: Longer texts are no statements that somebody wrote.
_LONGEST = 5_000


class ComparedWithNull(CallRule):
    """A query compares with NULL.

    ## What it does
    Reports SQL statements that are executed and whose condition is `column = NULL`, `<> NULL` or `!= NULL`.

    ## Why is this bad
    In SQL nothing equals NULL, not even NULL, and nothing differs from it: the condition is never true, and the query finds no row.

    ## Example
    ```python
    cursor.execute("SELECT id FROM tickets WHERE closed_at = NULL")
    ```

    ## Use instead
    ```python
    cursor.execute("SELECT id FROM tickets WHERE closed_at IS NULL")
    ```

    ## References
    - [PostgreSQL documentation: comparison functions and operators](https://www.postgresql.org/docs/current/functions-comparison.html)
    """

    dimension = "reliability"
    confidence = Confidence.HIGH
    needs = frozenset(
        {
            "execute",
            "executemany",
            "executescript",
            "fetch",
            "fetchrow",
            "text",
            "raw",
            "read_sql",
            "read_sql_query",
        }
    )
    effort = 1

    VALID = (
        Valid("db.execute('SELECT a FROM b WHERE c IS NULL')"),
        Valid("db.execute('UPDATE a SET b = NULL WHERE c = 1')", "It is set"),
        Valid("print('where x = null')", "No statement"),
    )
    INVALID = (
        Invalid(
            "db.execute('UPDATE a SET b = NULL WHERE c = 1 AND a.d <> NULL')",
            ("1:12-1:63 nothing equals NULL and nothing differs from it: ask IS NULL",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        text = self.constant(argument(call, 0, "sql", "query"))
        if isinstance(text, str) and len(text) < _LONGEST and _SQL.match(text) and _COMPARED.search(text):
            self.report(
                call.args[0] if call.args else call,
                "nothing equals NULL and nothing differs from it: ask IS NULL",
            )
