"""The rule endless-token."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

_EXPIRY = "exp"
#: Modules that sign tokens without adding anything, by the first word of the dotted name.
_SIGNERS = frozenset({"jwt", "jose"})


class EndlessToken(CallRule):
    """A signed token never expires.

    ## What it does
    Reports `jwt.encode` of claims that are written out and have no `exp`.

    ## Why is this bad
    Who finds a token in a log, a backup or a browser is that user for ever, and nothing short of a new key stops it.

    ## Example
    ```python
    import jwt

    def issue(user, key):
        return jwt.encode({"sub": user.id}, key, algorithm="HS256")
    ```

    ## Use instead
    ```python
    from datetime import UTC, datetime, timedelta

    import jwt

    def issue(user, key):
        expires = datetime.now(UTC) + timedelta(minutes=15)
        return jwt.encode({"sub": user.id, "exp": expires}, key, algorithm="HS256")
    ```

    ## References
    - [CWE-613: insufficient session expiration](https://cwe.mitre.org/data/definitions/613.html)
    - [PyJWT: expiration time claim](https://pyjwt.readthedocs.io/en/stable/usage.html#expiration-time-claim-exp)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 613
    effort = 10
    needs = frozenset({"encode"})

    VALID = (
        Valid("import jwt\n\njwt.encode({'sub': 1, 'exp': soon()}, key)"),
        Valid("import jwt\n\njwt.encode({'sub': 1, **times()}, key)", "Not all of it shows"),
        Valid(
            """
            import jwt

            def f(key, user):
                claims = {"sub": user.id}
                claims["exp"] = soon()
                return jwt.encode(claims, key)
            """,
            "Added later",
        ),
        Valid("def f(text):\n    return text.encode({'sub': 1})", "No token"),
    )
    INVALID = (
        Invalid(
            "import jwt\n\ndef f(key, user):\n    return jwt.encode({'sub': user.id}, key)",
            ("4:23-4:39 the token never expires: give it an 'exp'",),
        ),
        Invalid(
            """
            from jose import jwt

            def f(key, user):
                claims = {"sub": user.id, "iat": now()}
                return jwt.encode(claims, key)
            """,
            ("5:23-5:29 the token never expires: give it an 'exp'",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.partition(".")[0] not in _SIGNERS:
            return
        given = argument(call, 0, "payload", "claims")
        claims = self.facts.display(given) if given is not None else None
        if given is None or not isinstance(claims, ast.Dict) or not claims.keys:
            return
        keys = [key.value if isinstance(key, ast.Constant) else None for key in claims.keys]
        if None not in keys and _EXPIRY not in keys and not self._is_changed(given):
            self.report(given, "the token never expires: give it an 'exp'")

    def _is_changed(self, given: ast.expr) -> bool:
        """Tells whether claims that have a name are used for more than the token."""
        function = self.facts.function(given)
        return (
            isinstance(given, ast.Name)
            and function is not None
            and len(self.facts.names(function).loads.get(given.id, ())) > 1
        )
