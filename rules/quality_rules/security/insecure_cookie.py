"""The rule insecure-cookie."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls, argument, is_config, is_off, spreads
from quality_rules.security._secrets import names_secret

if TYPE_CHECKING:
    from quality.model import Source

_SWITCHES = frozenset(
    {"SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE", "REMEMBER_COOKIE_HTTPONLY"}
)
_WORDS = ("session", "sess", "sid", "auth", "token", "login", "remember", "user", "jwt", "csrf")


class InsecureCookie(AstRule):
    """A cookie that says who a visitor is can be read on its way or by scripts.

    ## What it does
    Reports `set_cookie` without `secure=True` or without `httponly=True`, with less certainty where the name of the
    cookie does not say that it is one of a session, cookies written by hand without them, and settings that switch
    these off. Each of the two is a finding of its own.

    ## Why is this bad
    Whoever has the cookie is the visitor, for the server.

    ## Example
    ```python
    response.set_cookie("session", value)
    ```

    ## Use instead
    ```python
    response.set_cookie("session", value, secure=True, httponly=True, samesite="Lax")
    ```

    ## References
    - [CWE-614: cookie without the attribute Secure](https://cwe.mitre.org/data/definitions/614.html)
    - [CWE-1004: cookie without the attribute HttpOnly](https://cwe.mitre.org/data/definitions/1004.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 614

    VALID = (
        Valid("response.set_cookie('session', value, secure=True, httponly=True)"),
        Valid("response.set_cookie('session', value, **COOKIE_OPTIONS)", "Given elsewhere"),
        Valid("response.set_cookie('session', value, secure=app.secure, httponly=True)", "Decided elsewhere"),
    )
    INVALID = (
        Invalid(
            "class Login(RequestHandler):\n    def post(self):\n        self.set_secure_cookie('user', self.name)",
            (
                "3:9-3:50 the cookie lacks httponly: set it to True",
                "3:9-3:50 the cookie lacks secure: set it to True",
            ),
        ),
        Invalid(
            "def f(key):\n    cookie = SimpleCookie()\n    cookie['sid'] = key\n    return cookie.output()",
            (
                "2:14-2:28 the cookie lacks httponly: set it to True",
                "2:14-2:28 the cookie lacks secure: set it to True",
            ),
        ),
        Invalid(
            "def f(response, key):\n    response.set_cookie('sid', key, secure=False, httponly=True)",
            ("2:5-2:65 the cookie lacks secure: set it to True",),
        ),
        Invalid(
            "app.config['SESSION_COOKIE_HTTPONLY'] = False",
            ("1:1-1:46 SESSION_COOKIE_HTTPONLY is off: set it to True",),
        ),
        Invalid(
            "def f(response, c):\n    response.set_cookie('theme', c)",
            (
                "2:5-2:36 the cookie lacks httponly: set it to True",
                "2:5-2:36 the cookie lacks secure: set it to True",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("cookie", "Cookie", "COOKIE")

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for call, _ in self.facts.derived(Calls).named({"set_cookie"}):
            missing = [name for name in ("secure", "httponly") if _is_off(argument(call, -1, name))]
            if (
                missing
                and isinstance(call.func, ast.Attribute)
                and not spreads(call)
                and len(call.args) + len(call.keywords) > 1
            ):
                sure = self.confidence if _is_of_session(argument(call, 0, "key", "name")) else Confidence.LOW
                for name in missing:  # either alone gives the cookie away, to others
                    self.report(call, _message(name), confidence=sure)
        for call, _ in self.facts.derived(Calls).named({"set_secure_cookie", "set_signed_cookie"}):
            off = [name for name in ("secure", "httponly") if _is_off(argument(call, -1, name))]
            for name in off if isinstance(call.func, ast.Attribute) and not spreads(call) else ():
                self.report(call, _message(name))
        for call, _ in self.facts.derived(Calls).named({"SimpleCookie"}):
            self._check_written(call)
        self._check_settings()

    def _check_settings(self) -> None:
        for call, _ in self.facts.derived(Calls).named({"update", "from_mapping"}):
            for keyword in call.keywords if is_config(call) else ():
                if keyword.arg in _SWITCHES and is_off(keyword.value):
                    self.report(keyword, f"{keyword.arg} is off: set it to True")
        for node, targets, value in self.facts.assignments:
            name = next((name for name in map(_name, targets) if name in _SWITCHES), "")
            if name and is_off(value):
                self.report(node, f"{name} is off: set it to True")

    def _check_written(self, call: ast.Call) -> None:
        """A cookie that is written by hand, where nothing names what it lacks."""
        scope = self.facts.within(self.facts.function(call) or self.facts.source.tree)
        texts = {
            node.value.lower()
            for node in scope
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        written = any(
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and isinstance(node.slice, ast.Constant)
            for node in scope
        )
        missing = [name for name in ("secure", "httponly") if name not in texts]
        for name in missing if written else ():
            self.report(call, _message(name), confidence=Confidence.LOW)


def _message(missing: str) -> str:
    return f"the cookie lacks {missing}: set it to True"


def _is_off(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and not node.value)


def _is_of_session(node: ast.expr | None) -> bool:
    name = str(node.value).lower() if isinstance(node, ast.Constant) else getattr(node, "id", "").lower()
    return names_secret(name) or any(word in name for word in _WORDS)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return getattr(node, "id", "")
