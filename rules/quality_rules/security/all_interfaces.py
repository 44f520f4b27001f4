"""The rule all-interfaces."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule

#: Hosts that stand for every address of the machine.
_ALL = frozenset({"", "::", "0"})
_SERVERS = frozenset(
    {
        *("HTTPServer", "ThreadingHTTPServer", "TCPServer", "ThreadingTCPServer", "WSGIServer"),
        *("SimpleXMLRPCServer", "DocXMLRPCServer", "make_server"),
    }
)


class AllInterfaces(CallRule):
    """A server listens to everybody because its host is empty.

    ## What it does
    Reports an empty host, and `::`, which a socket is bound to, or a server of the standard library. `0.0.0.0` says the same, and
    is for bandit's B104.

    Sockets for datagrams, which have to listen to all to get what is sent to all, are fine.

    ## Why is this bad
    An empty host looks like none, and means every network that the machine is in: what was meant for programs on the same
    machine answers to strangers.

    ## Example
    ```python
    import socket

    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.bind(("", 8000))
    ```

    ## Use instead
    ```python
    import socket

    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.bind(("127.0.0.1", 8000))
    ```

    ## References
    - [CWE-1327: binding to an unrestricted IP address](https://cwe.mitre.org/data/definitions/1327.html)
    """

    dimension = "security"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 1327
    effort = 5
    needs = frozenset({"bind", *_SERVERS})
    equivalents = ("bandit:B104",)

    VALID = (
        Valid("s.bind(('localhost', 80))"),
        Valid("s.bind((host, 80))", "Chosen elsewhere"),
        Valid("s.bind(('', 0))", "Any free port: to ask, and not to answer"),
        Valid(
            "import socket\n\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(('', 9))",
            "Datagrams",
        ),
        Valid("widget.bind('', 80)", "Another thing"),
    )
    INVALID = (
        Invalid(
            "s.bind(('', 80))", ("1:9-1:11 an empty host is every network of the machine: name the one",)
        ),
        Invalid(
            "from http.server import HTTPServer\n\nHTTPServer(('::', 80), Handler).serve_forever()",
            ("3:13-3:17 :: is every network of the machine: name the one",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        word = dotted.rpartition(".")[2]
        first = self.facts.only_value(call.args[0]) if call.args else None
        address: list[ast.expr] = call.args if word == "make_server" else getattr(first, "elts", [])
        if len(address) < 2:  # noqa: PLR2004 - a host and a port
            return
        host, port = address[:2]
        given = self.constant(host)
        if not isinstance(given, str) or given not in _ALL or self.constant(port) == 0:
            return
        if word == "bind" and any(node.attr == "SOCK_DGRAM" for node in self.facts.of(ast.Attribute)):
            return
        self.report(host, f"{given or 'an empty host'} is every network of the machine: name the one")
