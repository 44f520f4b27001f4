"""The rule client-sized-work."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class ClientSizedWork(FlowRule):
    """A client chooses how much a program makes, repeats or waits for.

    ## What it does
    Follows numbers out of a request to `range()`, `bytes()`, `"x" * number`, powers, arrays, pictures, pauses, the `limit()` of
    a query, and `read(number)` of what the client sends. Numbers that were compared with a limit, or put through `min()` with one, are
    fine.

    ## Why is this bad
    One request with a great number fills the memory or keeps a worker busy for hours.

    ## Example
    ```python
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/pad")
    def pad():
        return "x" * int(request.args["width"])
    ```

    ## Use instead
    ```python
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/pad")
    def pad():
        return "x" * min(int(request.args["width"]), 200)
    ```

    ## References
    - [CWE-400: uncontrolled resource consumption](https://cwe.mitre.org/data/definitions/400.html)
    - [CWE-789: memory allocation with excessive size value](https://cwe.mitre.org/data/definitions/789.html)
    """

    cwe = 400
    effort = 10
    harm = Harm.SIZE
    message = "says how much is made or repeated: compare it with a limit first"
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid("def f(request):\n    return range(min(int(request.GET['n']), 100))", "No more than a hundred"),
        Valid(
            """
            def f(request):
                size = int(request.GET['size'])
                if not 0 < size <= 4096:
                    raise ValueError
                return bytes(size)
            """,
            "Compared with a limit",
        ),
        Valid("def f(request):\n    return bytes(request.GET['name'], 'utf-8')", "A text"),
        Valid("def f(count):\n    return [0] * int(count)", "The caller's number"),
    )
    INVALID = (
        Invalid(
            "def f(request):\n    return Note.query.limit(int(request.args['n'])).all()",
            ("2:12-2:52 request.args says how much is made or repeated: compare it with a limit first",),
        ),
        Invalid(
            "def f(request):\n    return [draw() for _ in range(int(request.GET['n']))]",
            ("2:29-2:57 request.GET says how much is made or repeated: compare it with a limit first",),
        ),
        Invalid(
            """
            def blank(size):
                return bytes(int(size))

            def f(request):
                return blank(request.args.get('size'))
            """,
            ("2:12-2:28 request.args says how much is made or repeated: compare it with a limit first",),
        ),
    )
