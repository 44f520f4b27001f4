"""The rule client-chosen-role."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, last_word, targets_of
from quality_rules._called import called_word
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names of what a client may not decide about itself.
_ROLES = words(
    """
    admin is_admin isadmin is_staff is_superuser superuser role roles user_role userrole privilege privileges
    authenticated is_authenticated logged_in loggedin is_logged_in isloggedin authorized is_authorized auth_level
    access_level
    """
)
#: Where a client can write them, and how much that tells: headers may be those of a server in front.
_PLACES = {
    **dict.fromkeys(("cookies", "COOKIES", "args", "GET", "query_params"), Confidence.HIGH),
    "headers": Confidence.LOW,
}
_REQUESTS = frozenset({"request", "req"})
_METHODS = frozenset({"get", "get_cookie"})
#: What a request brings that its sender wrote, and functions that let people in who were not known before.
_BODIES = frozenset({"json", "form", "get_json", "POST", "data", "values", "body"})
_REGISTERING = re.compile(
    r"(?:^|_)(?:register|registration|sign_?up|join|create_(?:user|account)|add_user)", re.IGNORECASE
)
#: More places are not looked at where a name is read.
_MOST_USES = 50


class ClientChosenRole(AstRule):
    """A client decides what it may do.

    ## What it does
    Reports tests of a request's cookies, query and headers whose names speak of a role or of being logged in, and roles out of a
    request's body that a new account is made with where people register.

    Signed cookies, sessions and tokens are fine.

    ## Why is this bad
    Cookies, queries, headers and bodies are written by the client: everybody can say that they are an administrator.

    ## Example
    ```python
    def delete(request, page):
        if request.COOKIES.get("is_admin") == "1":
            page.delete()
    ```

    ## Use instead
    ```python
    def delete(request, page):
        if request.user.is_staff:
            page.delete()
    ```

    ## References
    - [CWE-269: improper privilege management](https://cwe.mitre.org/data/definitions/269.html)
    - [CWE-807: reliance on untrusted inputs in a security decision](https://cwe.mitre.org/data/definitions/807.html)
    """

    dimension = "security"
    needs = frozenset(_PLACES) | _BODIES
    confidence = Confidence.HIGH
    cwe = 807
    effort = 30

    VALID = (
        Valid("def f(request):\n    if request.COOKIES.get('theme') == 'dark':\n        return dark()"),
        Valid("def f(request):\n    return page(role=request.cookies.get('role'))", "It is only shown"),
        Valid(
            "def f(request):\n    if request.get_signed_cookie('role') == 'admin':\n        return all_pages()",
            "It is signed",
        ),
        Valid(
            """
            def register(request):
                data = request.get_json()
                return User(name=data["name"], role="user")
            """,
            "The program says it",
        ),
        Valid(
            """
            def change_role(request, user):
                check_admin(request)
                return Change(user, role=request.form["role"])
            """,
            "Somebody else's",
        ),
    )
    INVALID = (
        Invalid(
            """
            from flask import request

            def register():
                data = request.get_json()
                user = User(name=data["name"], is_admin=data.get("is_admin", False))
                return user.id
            """,
            ("5:45-5:72 a client can send any is_admin: ask the session or the database",),
        ),
        Invalid(
            "def f(request):\n    if request.args.get('admin') != '1':\n        abort(403)",
            ("2:8-2:33 a client can send any admin: ask the session or the database",),
        ),
        Invalid(
            "def f(request):\n    if request.cookies['role'] == 'admin':\n        return all_pages()",
            ("2:8-2:31 a client can send any role: ask the session or the database",),
        ),
        Invalid(
            """
            from flask import abort, request

            def f():
                admin = request.cookies.get('is_admin')
                if not admin:
                    abort(403)
            """,
            ("4:13-4:44 a client can send any is_admin: ask the session or the database",),
        ),
        Invalid(
            "def f(request):\n    return all_pages() if request.headers.get('X-Is-Admin') else []",
            ("2:27-2:60 a client can send any X-Is-Admin: ask the session or the database",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._check(node, node.value, node.slice)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS and node.args:
            self._check(node, node.func.value, node.args[0])
        function = self.facts.function(node)
        if function is not None and called_word(node)[:1].isupper() and _REGISTERING.search(function.name):
            for keyword in node.keywords:
                if keyword.arg is not None and _is_role(keyword.arg):
                    self._check_made(self.facts.only_value(keyword.value), keyword.arg)

    def _check_made(self, value: ast.expr, name: str) -> None:
        """What a client sent becomes the role of a new account."""
        if isinstance(value, ast.Subscript):
            place = value.value
        elif (
            isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get"
        ):
            place = value.func.value
        else:
            return
        sent = self.facts.only_value(place)
        parts = dotted_name(sent.func if isinstance(sent, ast.Call) else sent).split(".")
        if parts[-1] in _BODIES and not _REQUESTS.isdisjoint(parts[:-1]):
            message = f"a client can send any {name}: ask the session or the database"
            self.report(value, message, confidence=Confidence.MEDIUM)

    def _check(self, node: ast.expr, place: ast.expr, key: ast.expr) -> None:
        if not isinstance(place, ast.Attribute) or place.attr not in _PLACES:
            return
        owner = last_word(place.value)
        name = self.facts.origins.constant(key)
        if owner not in _REQUESTS or not isinstance(name, str) or not _is_role(name):
            return
        if any(map(self._is_tested, self._uses(node))):
            message = f"a client can send any {name}: ask the session or the database"
            self.report(node, message, confidence=_PLACES[place.attr])

    def _uses(self, node: ast.expr) -> Iterator[ast.AST]:
        """The expression, and where the name is read that it is given to."""
        yield node
        above, function = self.facts.parent(node), self.facts.function(node)
        for target in targets_of(above):
            if isinstance(target, ast.Name) and function is not None:
                yield from self.facts.names(function).loads.get(target.id, ())[:_MOST_USES]

    def _is_tested(self, node: ast.AST) -> bool:
        inner = node
        for outer in self.facts.ancestors(node):
            if isinstance(outer, ast.If | ast.IfExp | ast.While | ast.Assert):
                return outer.test is inner
            if not isinstance(outer, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Call | ast.Attribute):
                return False
            if isinstance(outer, ast.Call) and inner in outer.args:
                return False
            inner = outer
        return False


def _is_role(name: str) -> bool:
    return name[:40].lower().replace("-", "_").removeprefix("x_") in _ROLES
