"""The rule unlimited-body."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import Invalid, Valid, last_word, name_words
from quality_rules._called import CallRule

if TYPE_CHECKING:
    from quality.model import Source

#: The stream of a request in the interface between servers and applications, and in the server of the standard library.
_KEY, _STREAM = "wsgi.input", "rfile"
#: Where a request keeps uploaded files, the type of one, and what makes an application.
_FILES, _UPLOAD = frozenset({"files", "FILES"}), "UploadFile"
_MAKERS = frozenset({"Flask", "FastAPI", "Quart"})
#: Words of what says how much comes.
_SIZES = frozenset({"size", "length", "limit", "max", "bytes"})
#: Longer texts are no keys.
_LONGEST = 40
_MESSAGE = "a client says how much is read: check the length first, and read so much"


class UnlimitedBody(CallRule):
    """The whole body of a request is read, however long it is.

    ## What it does
    Reports `read()` and `readlines()` without a number of bytes on `environ["wsgi.input"]` and on the `rfile` of
    a handler of `http.server`, and, as a note, on uploaded files in sources that make the application and nowhere speak of a size.

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

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 770
    effort = 10
    needs = frozenset({"read", "readlines"})

    VALID = (
        Valid("def f(environ, size):\n    return environ['wsgi.input'].read(size)"),
        Valid("def f(self):\n    return self.rfile.read(min(self.length, 4096))"),
        Valid("def f(file):\n    return file.read()", "A file"),
        Valid(
            """
            app = Flask(__name__)
            app.config["MAX_CONTENT_LENGTH"] = 1_000_000

            @app.post("/scan")
            def scan():
                return check(request.files["scan"].read())
            """,
            "The application has a limit",
        ),
        Valid(
            """
            app = FastAPI()

            @app.post("/scan")
            async def scan(file: UploadFile):
                if file.size > 1_000_000:
                    raise HTTPException(413)
                return check(await file.read())
            """,
            "It has a size",
        ),
    )
    INVALID = (
        Invalid(
            """
            app = Flask(__name__)

            @app.post("/scan")
            def scan():
                return check(request.files["scan"].read())
            """,
            ("5:18-5:46 a client says how much is read: check the length first, and read so much",),
        ),
        Invalid(
            """
            app = FastAPI()

            @app.post("/scan")
            async def scan(file: UploadFile):
                return check(await file.read())
            """,
            ("5:24-5:35 a client says how much is read: check the length first, and read so much",),
        ),
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
        return source.mentions(_KEY, _STREAM, "files", "FILES", _UPLOAD)

    def check_call(self, call: ast.Call, dotted: str) -> None:  # noqa: ARG002 - the stream tells
        if call.args or call.keywords or not isinstance(call.func, ast.Attribute):
            return
        stream = self.facts.only_value(call.func.value)
        key = stream.slice if isinstance(stream, ast.Subscript) else None
        if (isinstance(key, ast.Constant) and key.value == _KEY) or last_word(stream) == _STREAM:
            self.report(call, _MESSAGE)
        elif self._is_upload(stream) and self._makes_application:
            self.report(call, _MESSAGE, severity=Severity.NOTE, confidence=Confidence.LOW)

    @cached_property
    def _makes_application(self) -> bool:
        """Whether the source makes the application, and no name or setting in it speaks of a size."""
        made = any(_MAKERS & {last_word(call.func)} for call in self.facts.of(ast.Call))
        if not made:
            return False
        keys = (node.value for node in self.facts.of(ast.Constant) if isinstance(node.value, str))
        told = any(key[:_LONGEST].lower().replace("-", "_").endswith("content_length") for key in keys)
        return not told and not any(name_words(word) & _SIZES for word in self.facts.vocabulary)

    def _is_upload(self, stream: ast.expr) -> bool:
        """Tells whether something is a file that a client uploads."""
        if isinstance(stream, ast.Subscript):
            return last_word(stream.value) in _FILES
        if (
            isinstance(stream, ast.Call)
            and isinstance(stream.func, ast.Attribute)
            and stream.func.attr == "get"
        ):
            return last_word(stream.func.value) in _FILES
        function = self.facts.function(stream) if isinstance(stream, ast.Name) else None
        places = (*function.args.args, *function.args.kwonlyargs) if function is not None else ()
        return any(
            place.arg == getattr(stream, "id", "") and last_word(place.annotation) == _UPLOAD
            for place in places
        )
