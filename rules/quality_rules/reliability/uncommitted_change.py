"""The rule uncommitted-change."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, root_name

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Statements that change rows.
_CHANGES = re.compile(r"\s*(?:insert|update|delete|replace)\s", re.IGNORECASE)
#: Modules whose connections begin a transaction with the first change, and keep nothing of it unless told to.
_DRIVERS = frozenset(
    {
        "sqlite3",
        "psycopg2",
        "psycopg",
        "pymysql",
        "MySQLdb",
        "mysql.connector",
        "cx_Oracle",
        "oracledb",
        "pyodbc",
        "mariadb",
    }
)
_EXECUTES = frozenset({"execute", "executemany"})
#: Words that say when a change is kept.
_KEEPS = frozenset({"commit", "autocommit", "isolation_level", "executescript", "set_session"})


class UncommittedChange(AstRule):
    """Rows are changed, and nothing keeps the change.

    ## What it does
    Reports an `INSERT`, `UPDATE`, `DELETE` or `REPLACE` on a connection to a database that the function itself makes and
    closes, or leaves to be closed, without `commit()`.

    Connections in a `with` block, those that the function is given, returns or hands on, and `autocommit` are fine.

    ## Why is this bad
    The drivers of databases begin a transaction with the first change, and forget it when the connection is closed. The program reports
    no error, and the row is not there.

    ## Example
    ```python
    import sqlite3

    def add_user(path, name):
        connection = sqlite3.connect(path)
        connection.execute("INSERT INTO users (name) VALUES (?)", (name,))
        connection.close()
    ```

    ## Use instead
    ```python
    import sqlite3
    from contextlib import closing

    def add_user(path, name):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("INSERT INTO users (name) VALUES (?)", (name,))
    ```

    ## References
    - [Python documentation: sqlite3, transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
    - [PEP 249: Connection.commit](https://peps.python.org/pep-0249/#commit)
    """

    dimension = "reliability"
    needs = frozenset({"connect"})
    confidence = Confidence.HIGH
    effort = 5

    VALID = (
        Valid(
            """
            import sqlite3

            def f(path):
                connection = sqlite3.connect(path)
                connection.execute("DELETE FROM users")
                connection.commit()
            """
        ),
        Valid(
            """
            import sqlite3

            def f(path):
                connection = sqlite3.connect(path)
                with connection:
                    connection.execute("DELETE FROM users")
            """,
            "The block commits",
        ),
        Valid(
            """
            import sqlite3

            def f(path):
                connection = sqlite3.connect(path)
                return connection.execute("SELECT * FROM users").fetchall()
            """
        ),
        Valid(
            """
            import sqlite3

            def f(path):
                connection = sqlite3.connect(path, isolation_level=None)
                connection.execute("DELETE FROM users")
            """
        ),
        Valid(
            """
            import sqlite3

            def f(path):
                connection = sqlite3.connect(path)
                connection.execute("DELETE FROM users")
                finish(connection)
            """,
            "It is handed on",
        ),
        Valid("def f(connection):\n    connection.execute('DELETE FROM users')", "Its caller keeps it"),
    )
    INVALID = (
        Invalid(
            """
            import psycopg2

            def f(name):
                db = psycopg2.connect("dbname=shop")
                cursor = db.cursor()
                cursor.execute("update users set name = %s", (name,))
                db.close()
            """,
            ("6:5-6:58 nothing keeps this change: commit() it before the connection is closed",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not _KEEPS.isdisjoint(self.facts.vocabulary):
            return
        names = self.facts.names(function)
        for name, places in names.stores.items():
            made = self.facts.only_value(places[0])
            if isinstance(made, ast.Call) and self._connects(made) and not self._leaves(function, name):
                self._check(function, name)

    def _check(self, function: FunctionNode, name: str) -> None:
        cursors = {
            target
            for target, places in self.facts.names(function).stores.items()
            if isinstance(made := self.facts.only_value(places[0]), ast.Call) and root_name(made.func) == name
        }
        for node in self.facts.within(function):
            if isinstance(node, ast.Call) and last_word(node.func) in _EXECUTES and node.args:
                sql = self.facts.origins.constant(self.facts.only_value(node.args[0]))
                if root_name(node.func) in {name, *cursors} and isinstance(sql, str) and _CHANGES.match(sql):
                    self.report(
                        node, "nothing keeps this change: commit() it before the connection is closed"
                    )
                    return

    def _connects(self, call: ast.Call) -> bool:
        module, _, word = self.facts.origin(call.func).rpartition(".")
        return word == "connect" and module in _DRIVERS

    def _leaves(self, function: FunctionNode, name: str) -> bool:
        """Tells whether a connection is entered, returned, kept or handed on, so that others may end the transaction."""
        loads = self.facts.names(function).loads.get(name, ())
        return any(not isinstance(self.facts.parent(load), ast.Attribute) for load in loads)
