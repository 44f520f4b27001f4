"""The rule refused-method."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, sides_of

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: What a route answers when it does not say.
_ANSWERED = frozenset({"GET", "HEAD", "OPTIONS"})


class RefusedMethod(AstRule):
    """A page looks for requests that never reach it.

    ## What it does
    Reports where the function of a Flask route asks whether the method of the request is one that the route does not
    answer: without `methods` it answers GET only.

    ## Why is this bad
    The server refuses the request with the status 405. The form can be seen, and never be sent.

    ## Example
    ```python
    from flask import Flask, render_template, request

    app = Flask(__name__)

    @app.route("/login")
    def login():
        if request.method == "POST":
            return check(request.form)
        return render_template("login.html")
    ```

    ## Use instead
    ```python
    from flask import Flask, render_template, request

    app = Flask(__name__)

    @app.route("/login", methods=["GET", "POST"])
    def login():
        if request.method == "POST":
            return check(request.form)
        return render_template("login.html")
    ```

    ## References
    - [Flask documentation: HTTP methods](https://flask.palletsprojects.com/en/stable/quickstart/#http-methods)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5

    needs = frozenset({"route"})

    VALID = (
        Valid(
            "from flask import Flask, request\n\n@app.route('/', methods=METHODS)\ndef f():\n    if request.method == 'POST':\n        return g()\n    return h()",
            "They are listed elsewhere",
        ),
        Valid(
            "from flask import Flask, request\n\n@app.route('/')\n@app.route('/new', methods=['POST'])\ndef f():\n    if request.method == 'POST':\n        return g()\n    return h()",
            "Another route of the function answers it",
        ),
        Valid(
            "from starlette.routing import app\n\n@app.route('/')\ndef f(request):\n    if request.method == 'POST':\n        return g()\n    return h()",
            "Other routes answer everything",
        ),
        Valid("from flask import request\n\n@app.route('/')\ndef f():\n    return request.method != 'GET'"),
    )
    INVALID = (
        Invalid(
            "from flask import Blueprint, request\n\n@pages.route('/', methods=['GET'])\ndef f():\n    if request.method in ('PUT', 'POST'):\n        return g()\n    return h()",
            ("5:8-5:41 the route refuses POST and PUT: list them in methods",),
        ),
        Invalid(
            "import flask\n\n@app.route('/')\ndef f():\n    if flask.request.method == 'POST':\n        return g()\n    return h()",
            ("5:8-5:38 the route refuses POST: list it in methods",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return all(map(source.mentions, (".route(", "request.method")))

    def visit_Compare(self, node: ast.Compare) -> None:
        function, (subject, methods) = self.facts.function(node), sides_of(node)
        asked_of = self.facts.origin(subject)
        of_caller = asked_of == "request.method" and "request" in self.facts.bound
        if function is None or of_caller or asked_of not in {"request.method", "flask.request.method"}:
            return
        if not isinstance(node.ops[0], ast.Eq | ast.In):
            return
        asked = _texts(methods)
        answered = _answered(function)
        if asked and answered is not None and answered.isdisjoint(asked):
            them = "it" if len(asked) == 1 else "them"
            self.report(node, f"the route refuses {' and '.join(sorted(asked))}: list {them} in methods")


def _answered(function: FunctionNode) -> frozenset[str] | None:
    """The methods that the routes of a function answer; None where the text does not say, or there is no route."""
    routes = [each for each in function.decorator_list if isinstance(each, ast.Call)]
    if not routes or len(routes) < len(function.decorator_list):
        return None
    answered = set(_ANSWERED)
    for route in routes:
        if not dotted_name(route.func).endswith(".route") or any(each.arg is None for each in route.keywords):
            return None
        for methods in (each.value for each in route.keywords if each.arg == "methods"):
            listed = _texts(methods)
            if not listed:
                return None
            answered |= listed
    return frozenset(answered)


def _texts(node: ast.expr) -> frozenset[str]:
    """The methods that an expression names, in capitals; none where it is more than constants."""
    entries = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    texts = {
        each.value.upper()
        for each in entries
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    return frozenset(texts) if len(texts) == len(entries) else frozenset()
