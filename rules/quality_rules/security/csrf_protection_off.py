"""The rule csrf-protection-off."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules.security._called import Calls

_SWITCHES = frozenset({"WTF_CSRF_ENABLED", "WTF_CSRF_CHECK_DEFAULT", "CSRF_ENABLED"})
_MESSAGE = "other sites can send this request in a visitor's name: leave the protection on"


class CsrfProtectionOff(AstRule):
    """Protection against requests from other sites is switched off.

    ## What it does
    Reports `csrf_exempt` of Django and `csrf.exempt` of Flask-WTF, `WTF_CSRF_ENABLED = False`, forms with
    `csrf=False`, and pages that any site may read with the visitor's cookies.

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

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for decorator in node.decorator_list:
            name = self.facts.origin(decorator)
            if name.rpartition(".")[2] == "csrf_exempt" or name == "csrf.exempt":
                self.report(decorator, _MESSAGE)

    def visit_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        name = (
            target.slice.value
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
            else None
        )
        name = name or getattr(target, "id", "")
        above = self.facts.parent(node)
        in_meta = isinstance(above, ast.ClassDef) and above.name == "Meta" and name == "csrf"
        if (
            isinstance(node.value, ast.Constant)
            and node.value.value is False
            and (name in _SWITCHES or in_meta)
        ):
            self.report(node, _MESSAGE)

    def leave_Module(self, _: ast.Module) -> None:
        for call, _dotted in self.facts.derived(Calls).named({"CORS", "cross_origin", "add_middleware"}):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            origins = given.get("origins", given.get("allow_origins"))
            trusted = given.get("supports_credentials", given.get("allow_credentials"))
            if _is_any(origins) and isinstance(trusted, ast.Constant) and trusted.value is True:
                self.report(call, _MESSAGE)


def _is_any(node: ast.expr | None) -> bool:
    if isinstance(node, ast.List | ast.Tuple):
        return any(map(_is_any, node.elts[:8]))
    return isinstance(node, ast.Constant) and node.value == "*"
