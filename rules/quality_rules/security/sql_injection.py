"""The rule sql-injection."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level

if TYPE_CHECKING:
    from quality_rules._flow import Hit
    from quality_rules._flow._rule import Verdict

#: What statements begin with that define or administrate: no placeholder can stand for their names.
_DEFINING = re.compile(
    r"\s{0,99}(?:create|drop|alter|truncate|grant|revoke|use|set|comment|rename|attach|detach|purge|analyze|vacuum|reindex|optimize"
    r"|refresh|lock|kill|pragma)\b",
    re.IGNORECASE,
)
#: Deeper the beginning of a text is not looked for.
_DEEPEST = 200


class SqlInjection(FlowRule):
    """A value from outside becomes part of an SQL statement.

    ## What it does
    Follows what a request, the command line, the environment, a connection or a function's parameter brings to the
    text of an SQL statement, through assignments, branches, containers and functions of the same source. The
    statement is reported where it is put together. A value of which nothing is known is reported with low confidence.

    Numbers, values out of a fixed list, the keys of a dictionary that is written out, placeholders and values that are
    passed beside the statement are fine. So is a parameter that is a whole statement. A parameter in a statement that
    defines or administrates, as `CREATE DATABASE` does, is a note: no placeholder can stand for a name there.

    ## Why is this bad
    Whoever chooses the value chooses the statement: reads other tables, changes them, or passes for somebody else.

    ## Example
    ```python
    def find(cursor, name):
        cursor.execute("SELECT id FROM users WHERE name = '%s'" % name)
    ```

    ## Use instead
    ```python
    def find(cursor, name):
        cursor.execute("SELECT id FROM users WHERE name = ?", (name,))
    ```

    ## References
    - [CWE-89: SQL injection](https://cwe.mitre.org/data/definitions/89.html)
    - [Python documentation: placeholders](https://docs.python.org/3/library/sqlite3.html#sqlite3-placeholders)
    """

    cwe = 89
    equivalents = ("bandit:B608", "bandit:B610", "bandit:B611")
    harm = Harm.SQL
    least = Level.UNSEEN
    message = "becomes part of an SQL statement: pass it as a parameter of the query"
    clears = ("bandit:B608",)
    replaces = ("bandit:B608",)

    VALID = (
        Valid(
            "def f(cursor, name):\n    cursor.execute('SELECT 1 FROM t WHERE n = ?', (name,))", "A parameter"
        ),
        Valid("def f(self, name):\n    return self.query(f'#tabs > #{name}')", "A selector of elements"),
        Valid("def f(cursor, sql):\n    cursor.execute(sql)", "The caller's statement is handed on"),
        Valid(
            """
            def f(cursor, names):
                marks = ", ".join("?" * len(names))
                cursor.execute(f"SELECT 1 FROM t WHERE n IN ({marks})", names)
            """,
            "Placeholders for a list",
        ),
        Valid(
            "def f(cursor, key):\n    cursor.execute('SELECT 1 FROM t WHERE n = %s' % int(key))", "A number"
        ),
        Valid(
            """
            def f(cursor, column):
                if column not in {"name", "age"}:
                    raise ValueError(column)
                cursor.execute("SELECT 1 FROM t ORDER BY " + column)
            """,
            "Out of a fixed list",
        ),
        Valid(
            """
            TABLE = "users"

            def f(cursor):
                cursor.execute(f"SELECT 1 FROM {TABLE}")
            """,
            "A constant",
        ),
        Valid(
            """
            def change(cursor, key, title, price):
                given = {"title": title, "price": price}
                marks = ", ".join(f"{column} = %s" for column, value in given.items() if value is not None)
                cursor.execute(f"UPDATE goods SET {marks} WHERE id = %s", [*given.values(), key])
            """,
            "The columns are written out, and the values are passed beside the statement",
        ),
        Valid(
            """
            def explain(cursor, statement):
                cursor.execute("EXPLAIN " + statement)
            """,
            "The caller's statement, with something before it",
        ),
        Valid(
            "def f(name):\n    raise LookupError('select one from %s' % name)",
            "Not a statement of a database",
        ),
    )
    INVALID = (
        *(
            Invalid(
                f"import operator, sys\nfrom string import Template\n\ncursor.execute({text})",
                (
                    f"4:16-4:{16 + len(text)} sys.argv becomes part of an SQL statement: pass it as a parameter of the query",
                ),
            )
            for text in (
                "'SELECT * FROM t WHERE n = {n}'.format_map({'n': sys.argv[1]})",
                "Template('SELECT * FROM t WHERE n = $n').substitute(n=sys.argv[1])",
                "operator.mod('SELECT * FROM t WHERE n = %s', sys.argv[1])",
                "'SELECT * FROM t WHERE n = @'.replace('@', sys.argv[1])",
            )
        ),
        Invalid(
            """
            from flask import request

            def f(cursor):
                name = request.args["name"]
                query = "SELECT id FROM users WHERE name = '" + name + "'"
                cursor.execute(query)
            """,
            ("5:13-5:63 request.args becomes part of an SQL statement: pass it as a parameter of the query",),
        ),
        Invalid(
            """
            def find(cursor, name, order="id"):
                query = "SELECT id FROM users"
                if name:
                    query += f" WHERE name = '{name}'"
                cursor.execute(query)
            """,
            ("4:18-4:43 name becomes part of an SQL statement: pass it as a parameter of the query",),
        ),
        Invalid(
            """
            def _where(key):
                return "SELECT 1 FROM t WHERE k = {}".format(key)

            def handler(cursor, request):
                cursor.execute(_where(request.GET.get("key")))
            """,
            ("2:12-2:54 request.GET becomes part of an SQL statement: pass it as a parameter of the query",),
        ),
    )

    def verdict(self, hit: Hit) -> Verdict:
        text = _beginning(hit.node)
        if hit.taint.origin.level <= Level.PARAMETER and _DEFINING.match(text) and ";" not in text:
            return Severity.NOTE, Confidence.LOW
        return super().verdict(hit)


def _beginning(node: ast.expr) -> str:
    """The text that something begins with that is put together; empty when that is not written out."""
    part: ast.AST = node
    for _ in range(_DEEPEST):
        if isinstance(part, ast.BinOp):
            part = part.left
        elif isinstance(part, ast.JoinedStr) and part.values:
            part = part.values[0]
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            part = part.func.value
        else:
            break
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
