"""The rule unlimited-body."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid, last_word
from quality_rules.security._called import CallRule

if TYPE_CHECKING:
    from quality.model import Source

#: The stream of a request in the interface between servers and applications, and in the server of the standard library.
_KEY, _STREAM = "wsgi.input", "rfile"


class UnlimitedBody(CallRule):
    """The whole body of a request is read, however long it is.

    ## What it does
    Reports `read()` and `readlines()` without a number of bytes on `environ["wsgi.input"]` and on the `rfile` of
    a handler of `http.server`.

    ## Why is this bad
    A client can send without an end and fill the memory. Some servers wait for more until the client hangs up, so that
    an honest request is never answered.

    ## Example
    ```python
    def application(environ, start_response):
        data = json.loads(environ["wsgi.input"].read())
    ```

    ## Use instead
    ```python
    def application(environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > LIMIT:
            return too_large(start_response)
        data = json.loads(environ["wsgi.input"].read(length))
    ```

    ## References
    - [CWE-770: allocation of resources without limits](https://cwe.mitre.org/data/definitions/770.html)
    - [PEP 3333: input and error streams](https://peps.python.org/pep-3333/#input-and-error-streams)
    """

    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 770
    effort = 10
    needs = frozenset({"read", "readlines"})

    VALID = (
        Valid("def f(environ, size):\n    return environ['wsgi.input'].read(size)"),
        Valid("def f(self):\n    return self.rfile.read(min(self.length, 4096))"),
        Valid("def f(file):\n    return file.read()", "A file"),
    )
    INVALID = (
        Invalid(
            "def f(environ):\n    return json.loads(environ['wsgi.input'].read())",
            ("2:23-2:51 a client says how much is read: check the length first, and read so much",),
        ),
        Invalid(
            """
            class Handler(BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read()
                    self.answer(body)
            """,
            ("3:16-3:33 a client says how much is read: check the length first, and read so much",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions(_KEY, _STREAM)

    def check_call(self, call: ast.Call, dotted: str) -> None:  # noqa: ARG002 - the stream tells
        if call.args or call.keywords or not isinstance(call.func, ast.Attribute):
            return
        stream = self.facts.only_value(call.func.value)
        key = stream.slice if isinstance(stream, ast.Subscript) else None
        if (isinstance(key, ast.Constant) and key.value == _KEY) or last_word(stream) == _STREAM:
            self.report(call, "a client says how much is read: check the length first, and read so much")
