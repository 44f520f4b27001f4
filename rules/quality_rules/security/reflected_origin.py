"""The rule reflected-origin."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls, argument

if TYPE_CHECKING:
    from quality.model import Source

_ALLOWED = "access-control-allow-origin"
_TRUSTED = "access-control-allow-credentials"
#: What a request calls the site that sent it.
_ORIGINS = frozenset({"origin", "http_origin"})
#: Methods that put a header into an answer.
_SETTERS = frozenset(
    {"set_header", "add_header", "setHeader", "addHeader", "send_header", "set", "add", "setdefault"}
)
#: Texts longer than any name of a header are not looked at.
_LONGEST = 40


class ReflectedOrigin(AstRule):
    """Every site may read an answer, since the header that names those that may says what the request said.

    ## What it does
    Reports `Access-Control-Allow-Origin` with the `Origin` of the request in functions that compare it with nothing and
    hand it to nothing. Beside `Access-Control-Allow-Credentials` it is a warning, else a note.

    ## Why is this bad
    A page anywhere can have the browser of a visitor ask, with the visitor's cookies, and read what comes back.

    ## Example
    ```python
    @app.after_request
    def allow(response):
        response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return response
    ```

    ## Use instead
    ```python
    @app.after_request
    def allow(response):
        origin = request.headers.get("Origin")
        if origin in ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
            response.headers.add("Vary", "Origin")
        return response
    ```

    ## References
    - [CWE-942: permissive cross-domain policy](https://cwe.mitre.org/data/definitions/942.html)
    - [Fetch standard: CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 942
    effort = 10

    VALID = (
        Valid(
            "def f(response):\n    response.headers['Access-Control-Allow-Origin'] = '*'", "Without cookies"
        ),
        Valid(
            """
            def f(response):
                origin = request.headers.get("Origin")
                if origin in ORIGINS:
                    response.headers["Access-Control-Allow-Origin"] = origin
            """,
            "Out of a list",
        ),
        Valid(
            """
            def f(response):
                origin = request.headers["Origin"]
                if is_allowed(origin=origin):
                    response.headers["Access-Control-Allow-Origin"] = origin
            """,
            "Asked about",
        ),
        Valid(
            """
            def f(self):
                if self.request.headers.get("Origin") == SITE:
                    self.set_header("Access-Control-Allow-Origin", self.request.headers.get("Origin"))
            """,
            "Compared",
        ),
        Valid(
            """
            origin = request.headers["Origin"]
            if origin in ORIGINS:
                response.headers["Access-Control-Allow-Origin"] = origin
            """,
            "In no function",
        ),
        Valid(
            "def f(response, origin):\n    response['Access-Control-Allow-Origin'] = origin", "The caller's"
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(self):
                self.set_header("Access-Control-Allow-Credentials", "true")
                self.set_header("Access-Control-Allow-Origin", self.request.headers["Origin"])
            """,
            ("3:5-3:83 every site is let in: compare the origin with those that may read this",),
        ),
        Invalid(
            """
            def f(environ, headers):
                origin = environ.get("HTTP_ORIGIN")
                if origin:
                    headers["Access-Control-Allow-Origin"] = origin
                return headers
            """,
            ("4:9-4:56 every site is let in: compare the origin with those that may read this",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("llow-Origin", "llow-origin", "LLOW-ORIGIN")

    def leave_Module(self, _: ast.Module) -> None:
        for node, targets, value in self.facts.assignments:
            for target in targets:
                if isinstance(target, ast.Subscript) and _text(target.slice) == _ALLOWED:
                    self._check(node, value)
        for call, _dotted in self.facts.derived(Calls).named(_SETTERS):
            given = argument(call, 1, "value")
            name = argument(call, 0, "name")
            if given is not None and name is not None and _text(self.facts.only_value(name)) == _ALLOWED:
                self._check(call, given)

    def _check(self, place: ast.stmt | ast.expr, value: ast.expr) -> None:
        if not self._is_of_request(value) or self._is_looked_at(place):
            return
        scope = self.facts.within(self.facts.function(place) or self.facts.source.tree)
        trusted = any(_text(node) == _TRUSTED for node in scope if isinstance(node, ast.Constant))
        self.report(
            place,
            "every site is let in: compare the origin with those that may read this",
            severity=Severity.WARNING if trusted else Severity.NOTE,
        )

    def _is_of_request(self, node: ast.expr) -> bool:
        """Tells whether an expression is the origin that a request names."""
        made = self.facts.only_value(node)
        if isinstance(made, ast.BoolOp):
            return any(map(self._is_of_request, made.values[:4]))
        if isinstance(made, ast.Subscript):
            return _text(made.slice) in _ORIGINS
        asks = isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr == "get"
        return (
            asks
            and isinstance(made, ast.Call)
            and bool(made.args)
            and _text(self.facts.only_value(made.args[0])) in _ORIGINS
        )

    def _is_looked_at(self, place: ast.AST) -> bool:
        """Tells whether the function, or the module's own code, compares the origin, or hands it to something that may."""
        for node in self.facts.within(self.facts.function(place) or self.facts.source.tree):
            if isinstance(node, ast.Compare):
                asked = isinstance(node.ops[0], ast.Is | ast.IsNot)  # whether there is one
                if not asked and any(map(self._is_of_request, (node.left, *node.comparators))):
                    return True
            elif isinstance(node, ast.Call) and not self._sets(node):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                if any(map(self._is_of_request, given)):
                    return True
                if isinstance(node.func, ast.Attribute) and self._is_of_request(node.func.value):
                    return True
        return False

    def _sets(self, call: ast.Call) -> bool:
        return isinstance(call.func, ast.Attribute) and call.func.attr in _SETTERS


def _text(node: ast.AST | None) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    return value.lower() if isinstance(value, str) and len(value) <= _LONGEST else ""
