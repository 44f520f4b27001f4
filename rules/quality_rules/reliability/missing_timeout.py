"""The rule missing-timeout."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: Function → how many positional arguments it takes up to the timeout.
_CALLS = {
    "urllib.request.urlopen": 3,
    "socket.create_connection": 2,
    "http.client.HTTPConnection": 3,
    "http.client.HTTPSConnection": 3,
    "smtplib.SMTP": 4,
    "smtplib.SMTP_SSL": 6,
    "ftplib.FTP": 5,
    "poplib.POP3": 3,
    "imaplib.IMAP4": 3,
}
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
_SESSIONS = frozenset({"requests.Session", "requests.session"})
_WORDS = frozenset(name.rpartition(".")[2] for name in (*_CALLS, *_SESSIONS))


class MissingTimeout(AstRule):
    """A connection may be waited for without end.

    ## What it does
    Reports `urlopen`, `socket.create_connection`, `HTTPConnection`, `SMTP` and the like, and the methods of
    a `requests.Session`, when they are called without a timeout.

    Calls that pass one, and files that set `socket.setdefaulttimeout`, are fine.

    ## Why is this bad
    A server that accepts and then says nothing holds the program for ever. Such a hang looks like slowness,
    raises no error and keeps its thread.

    ## Example
    ```python
    from urllib.request import urlopen

    page = urlopen(address).read()
    ```

    ## Use instead
    ```python
    from urllib.request import urlopen

    page = urlopen(address, timeout=10).read()
    ```

    ## References
    - [Requests documentation: timeouts](https://requests.readthedocs.io/en/latest/user/advanced/#timeouts)
    """

    dimension = "reliability"
    needs = _WORDS
    cwe = 400
    confidence = Confidence.MEDIUM
    equivalents = ("bandit:B113",)

    VALID = (
        Valid("import socket\n\nsocket.create_connection(address, 5)", "By position"),
        Valid("import smtplib\n\nsmtplib.SMTP(host, **options)", "It may be among the options"),
        Valid("import ftplib\n\nconnection = ftplib.FTP()", "It does not connect yet"),
        Valid("import socket, smtplib\n\nsocket.setdefaulttimeout(9)\nsmtplib.SMTP(host)"),
    )
    INVALID = (
        Invalid(
            """
            import requests

            def load(urls):
                session = requests.Session()
                return [session.get(url) for url in urls]
            """,
            ("5:13-5:29 session.get() may wait without end: pass a timeout",),
        ),
        Invalid(
            """
            import requests

            def load(url):
                with requests.Session() as session:
                    return session.get(url, headers={})
            """,
            ("5:16-5:44 session.get() may wait without end: pass a timeout",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return not source.mentions("setdefaulttimeout")

    def visit_Call(self, call: ast.Call) -> None:
        if any(keyword.arg in {"timeout", None} for keyword in call.keywords):
            return
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            return
        most = _CALLS.get(self.facts.origin(call.func))
        if (most is not None and 0 < len(call.args) < most) or self._is_session(call.func):
            self.report(call, f"{ast.unparse(call.func)}() may wait without end: pass a timeout")

    def _is_session(self, function: ast.expr) -> bool:
        if not isinstance(function, ast.Attribute) or function.attr not in _VERBS:
            return False
        owner = function.value
        around = self.facts.function(function)
        return isinstance(owner, ast.Name) and around is not None and owner.id in self._sessions(around)

    def _sessions(self, function: FunctionNode) -> set[str]:
        """Names of a function that are bound to sessions of requests and nothing else."""
        if function in self._known:
            return self._known[function]
        found = self._known[function] = set()
        for name, places in self.facts.names(function).stores.items():
            values = [self._value(place) for place in places]
            if all(isinstance(v, ast.Call) and self.facts.origin(v.func) in _SESSIONS for v in values):
                found.add(name)
        return found

    @cached_property
    def _known(self) -> dict[FunctionNode, set[str]]:
        return {}

    def _value(self, place: ast.Name) -> ast.expr | None:
        above = self.facts.parent(place)
        if isinstance(above, ast.withitem):
            return above.context_expr
        return above.value if isinstance(above, ASSIGNMENTS) else None


_MODULES = tuple(sorted({name.partition(".")[0] for name in (*_CALLS, *_SESSIONS)}))
