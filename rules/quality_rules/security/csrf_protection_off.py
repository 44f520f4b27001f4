"""The rule csrf-protection-off."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, body_of, targets_of
from quality_rules._called import Calls, called_word, is_config, is_off, is_on

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

_SWITCHES = frozenset({"WTF_CSRF_ENABLED", "WTF_CSRF_CHECK_DEFAULT", "CSRF_ENABLED"})
_MESSAGE = "other sites can send this request in a visitor's name: leave the protection on"


class CsrfProtectionOff(AstRule):
    """Protection against requests from other sites is switched off.

    ## What it does
    Reports `csrf_exempt` of Django and `csrf.exempt` of Flask-WTF, `WTF_CSRF_ENABLED = False`, forms with
    `csrf=False`, Tornado's `xsrf_cookies=False` and handlers that skip its check, settings of Django with sessions and
    without `CsrfViewMiddleware`, and pages that any site may read with the visitor's cookies.

    ## Why is this bad
    A page elsewhere can send requests with the cookies of whoever visits it.

    ## Example
    ```python
    @csrf_exempt
    def transfer(request):
        account.send(request.POST["amount"])
    ```

    ## Use instead
    ```python
    @csrf_protect
    def transfer(request):
        account.send(request.POST["amount"])
    ```

    ## References
    - [CWE-352: cross-site request forgery](https://cwe.mitre.org/data/definitions/352.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 352

    VALID = (
        Valid("app.config['WTF_CSRF_ENABLED'] = True"),
        Valid("CORS(app, origins=['https://a.example'], supports_credentials=True)"),
    )
    INVALID = (
        Invalid(
            "class Pay(RequestHandler):\n    def check_xsrf_cookie(self):\n        pass",
            ("2:5-2:33 other sites can send this request in a visitor's name: leave the protection on",),
        ),
        Invalid(
            "app = tornado.web.Application(routes, xsrf_cookies=False)",
            ("1:39-1:57 other sites can send this request in a visitor's name: leave the protection on",),
        ),
        Invalid(
            "app.config['WTF_CSRF_ENABLED'] = False",
            ("1:1-1:39 other sites can send this request in a visitor's name: leave the protection on",),
        ),
        Invalid(
            "class F(FlaskForm):\n    class Meta:\n        csrf = False",
            ("3:9-3:21 other sites can send this request in a visitor's name: leave the protection on",),
        ),
        Invalid(
            "CORS(app, origins='*', supports_credentials=True)",
            ("1:1-1:50 other sites can send this request in a visitor's name: leave the protection on",),
        ),
        Invalid(
            "@csrf.exempt\n@app.route('/pay', methods=['POST'])\ndef pay():\n    return charge()",
            ("1:2-1:13 other sites can send this request in a visitor's name: leave the protection on",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("srf", "Srf", "SRF", "MIDDLEWARE", "credentials")

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        self._check_decorators(node)
        body = body_of(node)
        skipped = len(body) == 1 and isinstance(body[0], ast.Pass | ast.Return)
        if node.name == "check_xsrf_cookie" and skipped:
            self.report(node, _MESSAGE)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._check_decorators(node)

    def _check_decorators(self, node: FunctionNode | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            applied = decorator
            if (
                isinstance(decorator, ast.Call)
                and called_word(decorator) == "method_decorator"
                and decorator.args
            ):
                applied = decorator.args[0]
            name = self.facts.origin(applied)
            if name.rpartition(".")[2] == "csrf_exempt" or name == "csrf.exempt":
                self.report(decorator, _MESSAGE)

    def visit_keyword(self, node: ast.keyword) -> None:
        call = self.facts.parent(node)
        if not is_off(node.value) or not isinstance(call, ast.Call):
            return
        if node.arg == "xsrf_cookies" or (node.arg in _SWITCHES and is_config(call)):
            self.report(node, _MESSAGE)

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        target = targets_of(node)[0]
        if getattr(target, "id", "") in {"MIDDLEWARE", "MIDDLEWARE_CLASSES"}:
            named = {
                part.value.rpartition(".")[2]
                for part in (node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
            if {
                "SessionMiddleware",
                "AuthenticationMiddleware",
            } <= named and "CsrfViewMiddleware" not in named:
                self.report(target, _MESSAGE, confidence=Confidence.LOW)
        name = (
            target.slice.value
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
            else None
        )
        name = name or getattr(target, "id", "")
        above = self.facts.parent(node)
        in_meta = isinstance(above, ast.ClassDef) and above.name == "Meta" and name == "csrf"
        if is_off(node.value) and (name in _SWITCHES or in_meta):
            self.report(node, _MESSAGE)

    visit_AnnAssign = visit_Assign

    def leave_Module(self, _: ast.Module) -> None:
        for call, _dotted in self.facts.derived(Calls).named({"CORS", "cross_origin", "add_middleware"}):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            origins = given.get("origins", given.get("allow_origins", _of_resources(given.get("resources"))))
            trusted = given.get("supports_credentials", given.get("allow_credentials"))
            if _is_any(origins) and is_on(trusted):
                self.report(call, _MESSAGE)


def _of_resources(node: ast.expr | None) -> ast.expr | None:
    """The origins that a table of addresses lets in."""
    tables = node.values[:8] if isinstance(node, ast.Dict) else []
    for table in tables:
        for key, value in zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else ():
            if isinstance(key, ast.Constant) and key.value == "origins":
                return value
    return None


def _is_any(node: ast.expr | None) -> bool:
    if isinstance(node, ast.List | ast.Tuple):
        return any(map(_is_any, node.elts[:8]))
    return isinstance(node, ast.Constant) and node.value == "*"
