"""The rule fail-open."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import is_on
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Words in the name of a function that decides who may do something.
_DECIDING = words(
    """
    allow allowed allows authorise authorised authorize authorized authenticate authenticated permission
    permissions permitted permits access privilege privileged entitled trusted
    """
)
#: Words of functions that check, and of what an attacker would like to be taken for checked.
_CHECKING = frozenset({"check", "verify", "verified", "validate", "valid"})
_CHECKED = words(
    """
    token signature password certificate cert credential credentials login user session licence license captcha otp
    totp mac hmac jwt key
    """
)
#: Words that turn the answer round: then True is the careful one.
_TURNED = words(
    """
    no not non un deny denied denies block blocked need needs require requires required missing lacks without
    unauthorized unauthenticated invalid untrusted revoked expired should must restricted
    """
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class FailOpen(AstRule):
    """A check of rights says yes when it fails.

    ## What it does
    Reports `return True` where an exception is handled, in functions whose names say that they decide who may do
    something, or check a password, token, signature or the like.

    ## Why is this bad
    Who can make the check fail, with a strange value or by overloading what it asks, passes it.

    ## Example
    ```python
    def is_allowed(user, page):
        try:
            return policy.check(user.role, page.name)
        except ConnectionError:
            return True
    ```

    ## Use instead
    ```python
    def is_allowed(user, page):
        try:
            return policy.check(user.role, page.name)
        except ConnectionError:
            return False
    ```

    ## References
    - [CWE-636: not failing securely](https://cwe.mitre.org/data/definitions/636.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 636
    effort = 10

    VALID = (
        Valid(
            "def is_allowed(user):\n    try:\n        return ask(user)\n    except OSError:\n        return False"
        ),
        Valid(
            "def exists(path):\n    try:\n        path.stat()\n    except PermissionError:\n        return True\n    return True",
            "It decides nothing",
        ),
        Valid(
            "def needs_permission(page):\n    try:\n        return page.private\n    except KeyError:\n        return True",
            "Here True is the careful answer",
        ),
    )
    INVALID = (
        Invalid(
            """
            def verify_token(token):
                try:
                    decode(token)
                except Exception:
                    log.exception('decode')
                    return True
                return True
            """,
            ("6:9-6:20 verify_token() says yes when it fails: say no, or let the error out",),
        ),
        Invalid(
            """
            class View:
                async def hasPermission(self, user):
                    try:
                        return await ask(user)
                    except TimeoutError:
                        return True
            """,
            ("6:13-6:24 hasPermission() says yes when it fails: say no, or let the error out",),
        ),
    )

    def visit_ExceptHandler(self, handler: ast.ExceptHandler) -> None:
        function = self.facts.function(handler)
        if function is None or not _decides(function):
            return
        for node in self.facts.within(handler):
            if isinstance(node, ast.Return) and self.facts.function(node) is function and is_on(node.value):
                self.report(node, f"{function.name}() says yes when it fails: say no, or let the error out")


def _decides(function: FunctionNode) -> bool:
    words = set(_HUMP.sub("_", function.name[:80]).lower().split("_"))
    if words & _TURNED:
        return False
    return bool(words & _DECIDING or (words & _CHECKING and words & _CHECKED))
