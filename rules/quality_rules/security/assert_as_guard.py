"""The rule assert-as-guard."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, last_word
from quality_rules._flow._knowledge import REQUEST_DATA, REQUEST_NAMES

_RIGHTS = (
    "is_admin",
    "is_staff",
    "is_superuser",
    "is_authenticated",
    "has_perm",
    "has_permission",
    "permission",
    "authorized",
    "authorised",
    "is_owner",
    "is_allowed",
    "can_edit",
    "check_password",
    "verify_signature",
    "compare_digest",
    "has_role",
)


class AssertAsGuard(AstRule):
    """An assertion decides who may do something.

    ## What it does
    Reports `assert` on rights, passwords, signatures, and on what a request holds, outside of tests.

    ## Why is this bad
    Python with `-O` leaves assertions out, and then everybody may.

    ## Example
    ```python
    def delete(user, page):
        assert user.is_admin
        page.delete()
    ```

    ## Use instead
    ```python
    def delete(user, page):
        if not user.is_admin:
            raise PermissionError(user)
        page.delete()
    ```

    ## References
    - [CWE-703: improper check of exceptional conditions](https://cwe.mitre.org/data/definitions/703.html)
    - [Python documentation: assert](https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 703
    equivalents = ("bandit:B101",)

    VALID = (
        Valid("def f(x):\n    assert x > 0"),
        Valid(
            "def f(request):\n    assert request.url is not None\n    return get(request.url)",
            "For a type checker",
        ),
        Valid("def test_rights(user):\n    assert user.is_admin", "A test"),
    )
    INVALID = (
        Invalid(
            "def f(request):\n    assert request.user.has_perm('x')\n    return page()",
            ("2:5-2:38 python -O leaves out the check of has_perm: raise an error instead",),
        ),
        Invalid(
            "def f(request):\n    assert request.headers['X-Role'] == 'admin'\n    return page()",
            ("2:5-2:48 python -O leaves out the check of request.headers: raise an error instead",),
        ),
        Invalid(
            "def f(key, mac):\n    assert hmac.compare_digest(key, mac)",
            ("2:5-2:41 python -O leaves out the check of compare_digest: raise an error instead",),
        ),
    )

    def visit_Assert(self, node: ast.Assert) -> None:
        function = self.facts.function(node)
        if function is not None and function.name.startswith(("test", "assert")):
            return
        words = {last_word(part) for part in self.facts.within(node.test)}
        right = next((word for word in _RIGHTS if word in words), None) or self._of_request(node.test)
        if right is not None:
            self.report(node, f"python -O leaves out the check of {right}: raise an error instead")

    def _of_request(self, test: ast.expr) -> str | None:
        """What a request holds that a test asks about, but whether there is any, or its type."""
        if _narrows(test):
            return None
        for part in self.facts.within(test):
            owner = part.value if isinstance(part, ast.Attribute) and part.attr in REQUEST_DATA else None
            if isinstance(owner, ast.Name) and owner.id in REQUEST_NAMES:
                return dotted_name(part)
        return None


def _narrows(test: ast.expr) -> bool:
    """Tells whether a test says only to a type checker what the next line would show."""
    if isinstance(test, ast.Call):
        return dotted_name(test.func) == "isinstance" and all(
            isinstance(asked, ast.Attribute) for asked in test.args[:1]
        )
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Attribute)
        and isinstance(test.ops[0], ast.IsNot)
    )
