"""The rule resource-leak."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import TERMINAL, AstRule, Invalid, Valid, targets_of

if TYPE_CHECKING:
    from quality.model import FunctionNode

_OPENERS = frozenset(
    {
        *(
            "open",
            "io.open",
            "codecs.open",
            "os.fdopen",
            "gzip.open",
            "bz2.open",
            "lzma.open",
            "tarfile.open",
        ),
        *(
            "zipfile.ZipFile",
            "shelve.open",
            "dbm.open",
            "tempfile.TemporaryFile",
            "tempfile.NamedTemporaryFile",
        ),
        *("socket.socket", "socket.create_connection", "urllib.request.urlopen", "sqlite3.connect"),
        *("psycopg2.connect", "pymysql.connect", "MySQLdb.connect", "ftplib.FTP", "smtplib.SMTP"),
        *("http.client.HTTPConnection", "http.client.HTTPSConnection", "selectors.DefaultSelector"),
        *("aiohttp.ClientSession", "multiprocessing.Pool", "mmap.mmap"),
    }
)
_WORDS = frozenset(name.rpartition(".")[2] for name in _OPENERS)
#: Methods that give it back.
_CLOSERS = frozenset(
    {"close", "quit", "shutdown", "terminate", "detach", "stop", "unlink", "aclose", "__exit__", "makefile"}
)
#: Functions that read from or write to it and keep nothing.
_USERS = frozenset(
    {
        *(
            "json.load",
            "json.dump",
            "pickle.load",
            "pickle.dump",
            "csv.reader",
            "csv.writer",
            "csv.DictReader",
        ),
        *(
            "csv.DictWriter",
            "yaml.safe_load",
            "yaml.load",
            "yaml.dump",
            "tomllib.load",
            "print",
            "list",
            "len",
        ),
        *("sorted", "enumerate", "str", "repr", "sum", "hash", "shutil.copyfileobj"),
    }
)


class ResourceLeak(AstRule):
    """What a function opens it does not close.

    ## What it does
    Reports files, sockets and connections that a function opens under a local name, uses, and neither closes
    nor hands on, or whose name it gives to the next before it closes the first.

    `with` statements, results that are returned or stored, and those that are passed to a function that may
    keep them, are fine.

    ## Why is this bad
    What was written may not reach the disk, the other end waits, and a long-running program runs out of file
    descriptors. When the garbage is collected is up to the interpreter.

    ## Example
    ```python
    import sqlite3

    def names(path):
        connection = sqlite3.connect(path)
        return [row[0] for row in connection.execute("SELECT name FROM people")]
    ```

    ## Use instead
    ```python
    import contextlib
    import sqlite3

    def names(path):
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return [row[0] for row in connection.execute("SELECT name FROM people")]
    ```

    ## References
    - [Python documentation: contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing)
    """

    dimension = "reliability"
    needs = _WORDS
    cwe = 772
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:consider-using-with",)

    VALID = (
        Valid("def f(path):\n    with open(path) as file:\n        return file.read()"),
        Valid("def f(path):\n    file = open(path)\n    return file", "It is handed on"),
        Valid("def f(path, log):\n    file = open(path)\n    log.attach(file)", "Another keeps it"),
        Valid("def f(path):\n    file = open(path)\n    file.read()\n    file.close()"),
        Valid(
            """
            def f(a, b):
                file = open(a)
                first = file.read()
                file.close()
                file = open(b)
                second = file.read()
                file.close()
                return first + second
            """,
            "Each is closed",
        ),
        Valid(
            """
            def f(a, b, keep):
                file = open(a)
                keep(file)
                file = open(b)
                file.close()
            """,
            "Another keeps the first",
        ),
    )
    INVALID = (
        Invalid(
            """
            import socket

            def answer(address, text):
                link = socket.create_connection(address, 5)
                link.sendall(text)
                return link.recv(1000)
            """,
            ("4:12-4:48 link is never closed: open it in a with statement",),
        ),
        Invalid(
            """
            def f(a, b):
                file = open(a)
                first = file.read()
                file = open(b)
                second = file.read()
                file.close()
                return first + second
            """,
            ("2:12-2:19 file is never closed: open it in a with statement",),
        ),
        Invalid(
            "import dbm\n\ndef keep(path, key, value):\n    store = dbm.open(path)\n    store[key] = value",
            ("4:13-4:27 store is never closed: open it in a with statement",),
        ),
        Invalid(
            "import json\n\ndef load(path):\n    file = open(path)\n    return json.load(file)",
            ("4:12-4:22 file is never closed: open it in a with statement",),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        (target, *others), call = targets_of(statement), statement.value
        function = self.facts.function(statement)
        if function is None or not isinstance(target, ast.Name) or not isinstance(call, ast.Call):
            return
        origin = self.facts.origin(call.func)
        if origin not in _OPENERS or (origin == "open" and not self.facts.is_builtin(call.func, "open")):
            return
        if others:
            return
        replaced = self._is_replaced(function, statement, target.id)
        if replaced or self._is_lost(function, target.id):
            # Nobody else has what was replaced.
            sure = Confidence.HIGH if replaced else None
            self.report(call, f"{target.id} is never closed: open it in a with statement", confidence=sure)

    visit_AnnAssign = visit_Assign

    def _is_lost(self, function: FunctionNode, name: str) -> bool:
        """Tells whether a function uses what a name is bound to, but neither closes nor hands it on."""
        names = self.facts.names(function)
        if name in names.shared or len(names.stores.get(name, ())) != 1:
            return False
        uses = names.loads.get(name, ())
        return bool(uses) and all(self._only_uses(use) for use in uses)

    def _is_replaced(self, function: FunctionNode, statement: ast.stmt, name: str) -> bool:
        """Tells whether the next that a name is given in the same block comes before what it was bound to is closed."""
        names = self.facts.names(function)
        if name in names.shared or len(names.stores.get(name, ())) < 2:  # noqa: PLR2004 - this one and the next
            return False
        between: list[ast.AST] = []
        for following in self.facts.rest(statement):
            inside = [node for node in self.facts.within(following) if getattr(node, "id", "") == name]
            if any(isinstance(node.ctx, ast.Store) for node in inside if isinstance(node, ast.Name)):
                again = isinstance(following, ast.Assign | ast.AnnAssign) and len(inside) == 1
                return (
                    again
                    and bool(between)
                    and all(isinstance(use, ast.Name) and self._only_uses(use) for use in between)
                )
            if isinstance(following, TERMINAL):
                return False
            between += inside
        return False

    def _only_uses(self, use: ast.Name) -> bool:
        above = self.facts.parent(use)
        if isinstance(above, ast.Attribute):
            return above.attr not in _CLOSERS and isinstance(self.facts.parent(above), ast.Call)
        if isinstance(above, ast.For | ast.comprehension):
            return above.iter is use
        if isinstance(above, ast.Subscript):
            return above.value is use
        if isinstance(above, ast.keyword):
            above = self.facts.parent(above)
        if isinstance(above, ast.Call) and above.func is not use:
            return self.facts.origin(above.func) in _USERS
        return False
