"""The rule timing-comparison."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, name_words

_DIGESTS = frozenset({"digest", "hexdigest"})
_MAKING = frozenset({"make", "generate", "compute", "create", "calculate", "sign"})
_SECRETS = frozenset({"token", "signature", "hmac", "mac", "digest"})


class TimingComparison(AstRule):
    """A signature is compared so that the time tells how much of it is right.

    ## What it does
    Reports `==` and `!=` between something that is given and the result of `hmac`, or of a function that by its name
    makes a token, a signature or the like.

    ## Why is this bad
    The comparison stops at the first difference. Who can measure it finds the signature one character at a time.

    ## Example
    ```python
    import hmac

    def is_genuine(key, body, signature):
        return hmac.new(key, body, "sha256").hexdigest() == signature
    ```

    ## Use instead
    ```python
    import hmac

    def is_genuine(key, body, signature):
        return hmac.compare_digest(hmac.new(key, body, "sha256").hexdigest(), signature)
    ```

    ## References
    - [CWE-208: observable timing discrepancy](https://cwe.mitre.org/data/definitions/208.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 208

    VALID = (
        Valid("def f(a, b):\n    return a.hexdigest() == b", "No signature"),
        Valid("import hmac\n\ndef f(n):\n    return hmac.digest_size == n"),
    )
    INVALID = (
        Invalid(
            "def f(self, user, token):\n    return token == self._make_token(user)",
            ("2:12-2:43 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
        Invalid(
            """
            import hmac

            def f(key, body, given):
                expected = hmac.new(key, body, 'sha256').hexdigest()
                if expected != given:
                    raise PermissionError
            """,
            ("5:8-5:25 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [node.left, node.comparators[0]]
            given = not any(isinstance(side, ast.Constant) for side in sides)
            if given and any(self._is_signature(side) for side in sides):
                self.report(
                    node, "the time tells how much of the signature is right: use hmac.compare_digest"
                )

    def _is_signature(self, node: ast.expr) -> bool:
        node = self.facts.only_value(node)
        if not isinstance(node, ast.Call):
            return False
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if _makes_secret(name):
            return True
        if name not in _DIGESTS:
            return False
        return any(
            self.facts.origin(part) in {"hmac.new", "hmac.HMAC", "hmac.digest"}
            for part in self.facts.within(node)
        )


def _makes_secret(name: str) -> bool:
    """Tells whether a function by its name makes what nobody else can make."""
    found = name_words(name)
    return not _MAKING.isdisjoint(found) and not _SECRETS.isdisjoint(found)
