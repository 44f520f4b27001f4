"""The rule guard-above-route."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import called_word

if TYPE_CHECKING:
    from quality.model import FunctionNode

_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete", "websocket", "api_route"})
#: What a decorator is called that lets only some in.
_GUARD = re.compile(
    r"login|auth|permission|require|admin|protect|jwt|verified|csrf(?!_exempt)|role", re.IGNORECASE
)


class GuardAboveRoute(AstRule):
    """A guard stands where no request comes by.

    ## What it does
    Reports decorators such as `@login_required` above the one that makes a route of the function.

    Guards below it, and decorators that guard nothing, are fine.

    ## Why is this bad
    The lowest decorator comes first: the route is made of the function itself, and the guard is put around a copy that no
    request ever reaches. Everybody is let in.

    ## Example
    ```python
    @login_required
    @app.route("/orders")
    def orders():
        return render(all_orders())
    ```

    ## Use instead
    ```python
    @app.route("/orders")
    @login_required
    def orders():
        return render(all_orders())
    ```

    ## References
    - [Flask documentation: view decorators](https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/)
    - [CWE-862: missing authorization](https://cwe.mitre.org/data/definitions/862.html)
    """

    dimension = "security"
    severity = Severity.ERROR
    cwe = 862
    effort = 1
    needs = _ROUTES

    VALID = (
        Valid("@app.route('/a')\n@login_required\ndef f():\n    return show()"),
        Valid("@app.route('/a')\n@app.route('/b')\n@auth.login_required\ndef f():\n    return show()"),
        Valid("@timed\n@app.route('/a')\ndef f():\n    return show()", "No guard"),
        Valid("@require(rows)\n@store.get(rows)\ndef f():\n    return show()", "No route"),
    )
    INVALID = (
        Invalid(
            "@auth.login_required(role='admin')\n@timed\n@app.get('/a')\nasync def f():\n    return show()",
            ("1:2-1:35 no request comes by @login_required, which is above the route: put it below",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        routes = [place for place, each in enumerate(function.decorator_list) if _is_route(each)]
        for upper in function.decorator_list[: max(routes, default=0)]:
            if not _is_route(upper) and _GUARD.search(called_word(upper)):
                name = called_word(upper)
                self.report(upper, f"no request comes by @{name}, which is above the route: put it below")


def _is_route(decorator: ast.expr) -> bool:
    """Tells whether a decorator gives a function an address."""
    match decorator:
        case ast.Call(func=ast.Attribute(attr=verb), args=[ast.Constant(value=str(address)), *_]):
            return verb in _ROUTES and (not address or address.startswith("/"))
    return False
