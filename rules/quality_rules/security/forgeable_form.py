"""The rule forgeable-form."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._called import called_word

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: What a route takes that changes something.
_CHANGING = frozenset({"POST", "PUT", "DELETE", "PATCH"})
#: What a form brings, and what tells who a browser belongs to.
_FORMS = frozenset({"form", "values", "args"})
_KNOWN = frozenset({"session", "current_user", "login_required"})
#: What speaks of a protection.
_PROTECTS = re.compile(
    r"csrf|xsrf|samesite|nonce|origin|referer|referrer|seasurf|FlaskForm|token", re.IGNORECASE
)
#: Longer texts name no setting.
_LONGEST = 60


class ForgeableForm(AstRule):
    """Another site can send a form in the name of who is logged in.

    ## What it does
    Reports routes of Flask that know by a session who asks, and do something with a form that they are sent, in sources that
    make the application and protect no form: nothing in them speaks of CSRF, of `SameSite`, of where a request comes from or of a token.

    Logins, which nobody is in before, are fine.

    ## Why is this bad
    The browser sends the cookie of the session along, whichever page the form is on. A page anywhere can change
    the address, the password or the balance of whoever looks at it.

    ## Example
    ```python
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/address")
    def move():
        save(session["user"], request.form["address"])
        return "", 204
    ```

    ## Use instead
    ```python
    from flask import Flask, request, session
    from flask_wtf import CSRFProtect

    app = Flask(__name__)
    CSRFProtect(app)

    @app.post("/address")
    def move():
        save(session["user"], request.form["address"])
        return "", 204
    ```

    ## References
    - [CWE-352: cross-site request forgery](https://cwe.mitre.org/data/definitions/352.html)
    - [Flask-WTF: CSRF protection](https://flask-wtf.readthedocs.io/en/latest/csrf/)
    """

    dimension = "security"
    needs = frozenset({"Flask"})
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 352
    effort = 10

    VALID = (
        Valid(
            """
            app = Flask(__name__)

            @app.post("/login")
            def login():
                session["user"] = check(request.form["name"], request.form["password"])
                return "", 204
            """,
            "Nobody is in yet",
        ),
        Valid(
            """
            app = Flask(__name__)

            @app.post("/address")
            def move():
                save(session["user"], request.get_json()["address"])
                return "", 204
            """,
            "No form: a page elsewhere cannot send it",
        ),
        Valid(
            """
            app = Flask(__name__)
            app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

            @app.post("/address")
            def move():
                save(session["user"], request.form["address"])
                return "", 204
            """,
            "The cookie stays on the site",
        ),
        Valid(
            """
            @bp.post("/address")
            def move():
                save(session["user"], request.form["address"])
                return "", 204
            """,
            "It may be protected elsewhere",
        ),
    )
    INVALID = (
        Invalid(
            """
            from flask import Flask, request
            from flask_login import current_user, login_required

            app = Flask(__name__)

            @app.route("/address", methods=["POST"])
            @login_required
            def move():
                current_user.address = request.form["address"]
                current_user.save()
                return "", 204
            """,
            ("8:1-8:12 another site can send this form to move(): use CSRFProtect",),
        ),
        Invalid(
            """
            from flask import Flask, request, session

            app = Flask(__name__)

            @app.route("/pay", methods=["GET", "POST"])
            def pay():
                if "user" not in session:
                    return "", 401
                send(session["user"], request.values["to"])
                return "", 204
            """,
            ("6:1-6:11 another site can send this form to pay(): use CSRFProtect",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("Flask(") and source.mentions(*_KNOWN)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not self._takes_form(function) or not self._is_open:
            return
        reads = writes = forms = False
        for node in self.facts.within(function):
            word = last_word(node)
            if word in _KNOWN:
                above = self.facts.parent(node)
                kept = isinstance(above, ast.Subscript) and not isinstance(above.ctx, ast.Load)
                writes, reads = writes or kept, reads or not kept
            forms = forms or (word in _FORMS and isinstance(node, ast.Attribute) and _is_request(node.value))
        if forms and reads and not writes:
            self.report(function, f"another site can send this form to {function.name}(): use CSRFProtect")

    def _takes_form(self, function: FunctionNode) -> bool:
        """Tells whether a function answers what changes something."""
        for decorator in function.decorator_list:
            if not isinstance(decorator, ast.Call):
                continue
            methods = next((each.value for each in decorator.keywords if each.arg == "methods"), None)
            shown = self.facts.display(methods) if methods is not None else None
            named = {getattr(entry, "value", "") for entry in getattr(shown, "elts", ())}
            if named & _CHANGING or called_word(decorator).upper() in _CHANGING:
                return True
        return False

    @cached_property
    def _is_open(self) -> bool:
        """Whether the source makes the application, and speaks of nothing that protects its forms."""
        if not any(last_word(call.func) == "Flask" for call in self.facts.of(ast.Call)):
            return False
        texts = (node.value for node in self.facts.of(ast.Constant) if isinstance(node.value, str))
        spoken = {*self.facts.vocabulary, *(text for text in texts if len(text) <= _LONGEST)}
        return not any(_PROTECTS.search(word) for word in spoken)


def _is_request(node: ast.expr) -> bool:
    return last_word(node) == "request"
