"""The rule shown-secret."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, decorators, last_word
from quality_rules._called import called_word
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: What nobody is shown, by the last words of names.
_SECRET = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase)?(?:_?hash)?|hashed_password|pwd|pw_?hash|secret(?:_key)?|private_key|ssn|social_security(?:_number)?"
    r"|cvv|card_number|credit_card(?:_number)?|pin|otp_secret|totp_secret|salt)$",
    re.IGNORECASE,
)
#: Decorators of what answers a request.
_ROUTES = words("route get post put patch api_view")
#: Functions that answer with what they are given.
_SENDING = words("jsonify JsonResponse JSONResponse json_response Response dict")
#: Names of methods that make a record ready to be sent.
_SERIALISING = words("to_dict to_json as_dict as_json serialize serialise to_public public_dict to_response")
#: Objects of these have settings, and no secrets of people.
_OWNERS = words("settings config conf request args form data payload body self_config environ")
#: More parts are not looked at.
_MOST_PARTS = 60


class ShownSecret(AstRule):
    """What a record keeps secret is a part of what is shown.

    ## What it does
    Reports answers of routes, and what `to_dict()`, `serialize()` and the like return, with the password, its hash, a number of a
    card or another secret of a record in them.

    ## Why is this bad
    Everybody who may ask gets it, and what is in an answer comes into logs and caches, too. A hash can be guessed at home.

    ## Example
    ```python
    @app.get("/users/<int:number>")
    def show(number):
        user = find(number)
        return jsonify(name=user.name, password=user.password_hash)
    ```

    ## Use instead
    ```python
    @app.get("/users/<int:number>")
    def show(number):
        user = find(number)
        return jsonify(name=user.name)
    ```

    ## References
    - [CWE-200: exposure of sensitive information](https://cwe.mitre.org/data/definitions/200.html)
    - [CWE-201: insertion of sensitive information into sent data](https://cwe.mitre.org/data/definitions/201.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 200
    effort = 5

    VALID = (
        Valid(
            "@app.get('/me')\ndef me():\n    return {'name': user.name, 'has_password': bool(user.password)}"
        ),
        Valid(
            "def row_of(user):\n    return {'name': user.name, 'password': user.password}", "It may be stored"
        ),
        Valid(
            "@app.post('/keys')\ndef f():\n    secret = new_key()\n    return {'secret': secret}", "It is new"
        ),
        Valid("class A:\n    def to_dict(self):\n        return {'password': '***'}", "Nothing of it"),
    )
    INVALID = (
        Invalid(
            """
            @app.get("/users/{number}")
            def show(number: int):
                user = find(number)
                return {"name": user.name, "password_hash": user.password_hash}
            """,
            ("4:49-4:67 password_hash is shown to whoever asks: leave it out",),
        ),
        Invalid(
            """
            @app.route("/users")
            def users():
                return jsonify([{"name": row["name"], "ssn": row["ssn"]} for row in rows()])
            """,
            ("3:50-3:60 ssn is shown to whoever asks: leave it out",),
        ),
        Invalid(
            """
            class User:
                def to_dict(self):
                    return {"name": self.name, "password": self.password}
            """,
            ("3:48-3:61 password is shown to whoever asks: leave it out",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a function may show something to others, and a word of secrets is there."""
        shows = any(each.decorator_list or each.name in _SERIALISING for each in facts.functions)
        return shows and facts.source.mentions(
            "pass", "pwd", "secret", "ssn", "cvv", "card", "hash", "salt", "pin"
        )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        answers = not _ROUTES.isdisjoint(decorators(function))
        if not answers and function.name not in _SERIALISING:
            return
        for node in self.facts.within(function):
            if isinstance(node, ast.Return) and node.value is not None:
                for value, name in self._shown(node.value):
                    sure = Confidence.MEDIUM if answers else Confidence.LOW
                    self.report(value, f"{name} is shown to whoever asks: leave it out", confidence=sure)
                    return

    def _shown(self, answer: ast.expr) -> Iterator[tuple[ast.expr, str]]:
        """The secrets of records in what is answered, and what they are called."""
        pending = [answer]
        for _ in range(_MOST_PARTS):
            if not pending:
                return
            node = self.facts.display(pending.pop())
            if isinstance(node, ast.Dict):
                pending += node.values
            elif isinstance(node, ast.List | ast.Tuple):
                pending += node.elts
            elif isinstance(node, ast.ListComp | ast.GeneratorExp):
                pending.append(node.elt)
            elif isinstance(node, ast.Call) and called_word(node) in _SENDING:
                pending += [*node.args, *(keyword.value for keyword in node.keywords)]
            else:
                name, owner = _field(node)
                if _SECRET.search(name) and owner and owner not in _OWNERS:
                    yield node, name


def _field(node: ast.expr) -> tuple[str, str]:
    """The name of a field of a record, and that of the record; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr, last_word(node.value)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value), last_word(node.value)
    return "", ""
