"""The rule error-as-success."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, decorators, last_word
from quality_rules._kinds import is_refusal

if TYPE_CHECKING:
    from quality.model import FunctionNode

_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete", "api_route"})
#: What owns such a decorator: an application, a blueprint, a router.
_OWNERS = re.compile(r"\w*(app|api|router|blueprint|bp|routes|server|flask)", re.IGNORECASE)
#: Calls that make an answer of a dictionary, with the status 200 unless they are told another.
_ANSWERS = frozenset({"jsonify", "JSONResponse", "ORJSONResponse", "make_response"})
_ERROR = re.compile(r"error|err", re.IGNORECASE)
#: Words that say that a function sets the status of its answer by other means.
_STATUS = frozenset({"status_code", "set_status", "status"})


class ErrorAsSuccess(AstRule):
    """A route answers with an error and the status 200.

    ## What it does
    Reports functions with a decorator such as `@app.get("/orders")` that return `{"error": …}`, or a text that begins with
    `error`, `not found` and the like, without a status.

    Answers with a status, functions that set it by other means, and answers that hold more than the error, are fine.

    ## Why is this bad
    Clients, proxies, caches and monitoring go by the status: to them all went well. The answer is cached, is not tried
    again, and no alarm rings.

    ## Example
    ```python
    @app.get("/orders/<int:number>")
    def order(number):
        if number not in ORDERS:
            return {"error": "no such order"}
        return ORDERS[number]
    ```

    ## Use instead
    ```python
    @app.get("/orders/<int:number>")
    def order(number):
        if number not in ORDERS:
            return {"error": "no such order"}, 404
        return ORDERS[number]
    ```

    ## References
    - [RFC 9110: status codes](https://www.rfc-editor.org/rfc/rfc9110#section-15)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = _ROUTES

    VALID = (
        Valid("@app.get('/')\ndef f():\n    return jsonify({'error': 'no'}), 404", "A status"),
        Valid(
            "@app.get('/')\ndef f():\n    return JSONResponse({'error': 'no'}, status_code=404)", "A status"
        ),
        Valid(
            "@app.get('/')\ndef f(response):\n    response.status_code = 404\n    return {'error': 'no'}",
            "Set before",
        ),
        Valid("@app.get('/')\ndef f():\n    return {'error': 0.1, 'mean': 3, 'size': 9}", "A measurement"),
        Valid(
            "@app.post('/graphql')\ndef f():\n    return {'errors': told, 'data': None}",
            "A protocol of its own",
        ),
        Valid("@app.errorhandler(404)\ndef f(error):\n    return {'error': 'no'}", "No route"),
        Valid("@cache.get('x')\ndef f(error):\n    return {'error': 'no'}", "No application"),
        Valid("@app.get('/')\ndef f():\n    return render('error.html')", "A page"),
    )
    INVALID = (
        Invalid(
            """
            @router.post("/orders")
            async def create(order: dict):
                if not order:
                    return JSONResponse({"error": "empty"})
                try:
                    return save(order)
                except KeyError as error:
                    return {"error": str(error), "success": False}
            """,
            (
                "4:9-4:48 an error is sent as a success: give it a status, such as 400 or 404",
                "8:9-8:55 an error is sent as a success: give it a status, such as 400 or 404",
            ),
        ),
        Invalid(
            "@app.get('/')\ndef f():\n    return 'Forbidden'",
            ("3:5-3:23 an error is sent as a success: give it a status, such as 400 or 404",),
        ),
        Invalid(
            "@app.route('/upload')\ndef upload():\n    if x:\n        return jsonify(error='empty')\n    return 'Error: no file'",
            (
                "4:9-4:38 an error is sent as a success: give it a status, such as 400 or 404",
                "5:5-5:28 an error is sent as a success: give it a status, such as 400 or 404",
            ),
        ),
    )

    def visit_Return(self, node: ast.Return) -> None:
        value = self.facts.display(node.value) if node.value is not None else None
        function = self.facts.function(node) if value is not None and self._is_error(value) else None
        if function is not None and self._is_route(function) and not self._sets_status(function):
            self.report(node, "an error is sent as a success: give it a status, such as 400 or 404")

    def _is_error(self, value: ast.expr) -> bool:
        """Tells whether it is an answer about nothing but an error, without a status."""
        if isinstance(value, ast.Call):
            if last_word(value.func) not in _ANSWERS:
                return False
            named = {str(keyword.arg): keyword.value for keyword in value.keywords}
            if len(value.args) == 1 and not named:
                return self._is_error(self.facts.display(value.args[0]))
            return not value.args and _tells_error(named)
        if isinstance(value, ast.Dict):
            texts = {
                str(key.value): each
                for key, each in zip(value.keys, value.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            return len(texts) == len(value.keys) and _tells_error(texts)
        return is_refusal(value)

    def _is_route(self, function: FunctionNode) -> bool:
        for decorator in function.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in _ROUTES:
                owner = last_word(called.value)
                if _OWNERS.fullmatch(owner) and "errorhandler" not in decorators(function):
                    return True
        return False

    def _sets_status(self, function: FunctionNode) -> bool:
        return any(
            isinstance(node, ast.Attribute) and node.attr in _STATUS and not isinstance(node.ctx, ast.Load)
            for node in self.facts.within(function)
        )


def _tells_error(named: dict[str, ast.expr]) -> bool:
    """Tells whether named values are an error with hardly more, and not a measurement."""
    error = next((value for name, value in named.items() if _ERROR.fullmatch(name)), None)
    number = isinstance(error, ast.Constant) and not isinstance(error.value, str)
    others = {name for name in named if not _ERROR.fullmatch(name)} - {
        "message",
        "success",
        "detail",
        "status",
        "ok",
    }
    return error is not None and not number and not others
