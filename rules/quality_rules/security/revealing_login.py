"""The rule revealing-login."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, is_log_call, name_words
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Words in the names of functions that let somebody in.
_ENTERING = words("login log signin sign auth authenticate authorize credentials token")
_WHO = r"(?:user(?: ?name)?|account|e-?mail(?: address)?|login|member|customer)"
#: What tells that nobody has a name, and that somebody has it.
_UNKNOWN = re.compile(
    rf"\b(?:no|unknown|invalid|wrong|incorrect|unregistered)\s(?:such\s)?{_WHO}\b"
    rf"|\b{_WHO}\b[^.]{{0,30}}?\b(?:not found|(?:does not|doesn't) exist|unknown|not registered|is invalid|is incorrect)",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|invalid|bad)\spassword\b"
    r"|\bpassword\b[^.]{0,30}?\b(?:incorrect|wrong|invalid|(?:does not|doesn't|did not|didn't) match)",
    re.IGNORECASE,
)
#: Longer texts are not looked at.
_LONGEST = 300
#: So are more parts of one.
_MOST_PARTS = 20


class RevealingLogin(AstRule):
    """A login tells an unknown name from a wrong password.

    ## What it does
    Reports functions that let somebody in, as their names say, and answer one text when nobody has the name and another one
    when the password is wrong.

    Lines for the log may tell both apart.

    ## Why is this bad
    Who tries names learns which there are, and guesses passwords for those alone.

    ## Example
    ```python
    def login(name, password):
        user = users.get(name)
        if user is None:
            return "No such user"
        if not user.verify(password):
            return "Wrong password"
        return "Welcome"
    ```

    ## Use instead
    ```python
    def login(name, password):
        user = users.get(name)
        if user is None or not user.verify(password):
            return "Wrong name or password"
        return "Welcome"
    ```

    ## References
    - [CWE-204: observable response discrepancy](https://cwe.mitre.org/data/definitions/204.html)
    - [OWASP: authentication error messages](https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html)
    """

    dimension = "security"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 204
    effort = 5

    VALID = (
        Valid("def login(user):\n    return 'ok' if user else 'Invalid username or password'", "One answer"),
        Valid(
            """
            def login(name, password):
                if name not in users:
                    log.warning("unknown user %s", name)
                    return "Invalid credentials"
                if not verify(name, password):
                    log.warning("wrong password for %s", name)
                    return "Invalid credentials"
                return "Welcome"
            """,
            "In the log",
        ),
        Valid(
            """
            def change_password(user, old):
                if user is None:
                    raise ValueError("User not found")
                if not user.verify(old):
                    raise ValueError("Wrong password")
            """,
            "Somebody who is in already",
        ),
    )
    INVALID = (
        Invalid(
            """
            @app.post("/login")
            def login():
                user = find(request.form["name"])
                if not user:
                    return jsonify(error="User not found"), 404
                if not user.verify(request.form["password"]):
                    return jsonify(error="Incorrect password"), 401
                return jsonify(token=user.token())
            """,
            ("7:30-7:50 'User not found' and this tell who has an account: answer both alike",),
        ),
        Invalid(
            """
            def authenticate(name, password):
                if name not in users:
                    raise LoginError(f"The user {name} does not exist")
                if users[name] != digest(password):
                    raise LoginError(f"Wrong password for {name}")
            """,
            ("5:26-5:54 'The user … does not exist' and this tell who has an account: answer both alike",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a function lets somebody in, as its name says."""
        return any(not _ENTERING.isdisjoint(name_words(each.name)) for each in facts.functions)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if name_words(function.name).isdisjoint(_ENTERING):
            return
        unknown = ""
        for node, text in self._told(function):
            no_name, no_password = _UNKNOWN.search(text), _WRONG.search(text)
            if unknown and no_password and not no_name:
                message = f"{unknown!r} and this tell who has an account: answer both alike"
                self.report(node, message)
                return
            if no_name and not no_password:
                unknown = text

    def _told(self, function: FunctionNode) -> Iterator[tuple[ast.expr, str]]:
        """The texts of a function that are no line of its log, in order, ``…`` for what is filled in."""
        for node in self.facts.within(function):
            text = _text(node)
            if text and len(text) <= _LONGEST and isinstance(node, ast.expr) and not self._is_logged(node):
                yield node, text

    def _is_logged(self, node: ast.AST) -> bool:
        """Tells whether a text is written to the log, or a part of another one."""
        for above in self.facts.ancestors(node):
            part = isinstance(above, ast.BinOp) and isinstance(above.op, ast.Add)
            if (
                part
                or isinstance(above, ast.JoinedStr)
                or (isinstance(above, ast.expr) and is_log_call(above))
            ):
                return True
            if isinstance(above, ast.stmt):
                return False
        return False


def _text(node: ast.AST) -> str:
    """What a constant, an f-string or a sum of texts says, ``…`` for what is filled in; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    parts: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and len(parts) < _MOST_PARTS:
        parts.append(_text(node.right) if isinstance(node.right, ast.Constant | ast.JoinedStr) else "…")
        node = node.left
    if not parts:
        return ""
    first = _text(node) if isinstance(node, ast.Constant | ast.JoinedStr) else "…"
    return "".join([first, *reversed(parts)])
