"""The rule unverified-token."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_named, is_off


class UnverifiedToken(CallRule):
    """A signed token is read without looking at its signature.

    ## What it does
    Reports `jwt.decode` with `verify=False`, with `verify_signature` off, and with the algorithm `none`, and
    `get_unverified_claims`. With `verify_exp` off it is a warning.

    ## Why is this bad
    Anybody can write a token that says who they are, and who finds an old one can use it.

    ## Example
    ```python
    import jwt

    claims = jwt.decode(token, options={"verify_signature": False})
    ```

    ## Use instead
    ```python
    import jwt

    claims = jwt.decode(token, key, algorithms=["HS256"])
    ```

    ## References
    - [CWE-347: improper verification of a signature](https://cwe.mitre.org/data/definitions/347.html)
    """

    dimension = "security"
    cwe = 347
    severity = Severity.ERROR
    needs = frozenset({"decode", "encode", "get_unverified_claims"})

    VALID = (
        Valid("import jwt\n\njwt.decode(token, key, algorithms=['HS256'], options={'verify_aud': False})"),
        Valid("data.decode('utf-8')"),
        Valid(
            "from jose import jwt\n\nkey = keys[jwt.get_unverified_header(token)['kid']]", "To find the key"
        ),
    )
    INVALID = (
        Invalid(
            "from jose import jwt\n\ndef f(token):\n    return jwt.get_unverified_claims(token)",
            ("4:12-4:44 the signature of the token is not verified: use jwt.decode",),
        ),
        Invalid(
            "def f(token):\n    return jwt.decode(token, KEY, options={'verify_exp': False})",
            ("2:58-2:63 a token that has expired passes: remove the option",),
        ),
        Invalid(
            "def f(token):\n    return jwt.decode(token, KEY, verify=False)",
            ("2:42-2:47 the signature of the token is not verified: remove verify=False",),
        ),
        Invalid(
            "def f(token):\n    checks = {'verify_signature': False}\n    return jwt.decode(token, KEY, options=checks)",
            ("2:35-2:40 the signature of the token is not verified: remove the option",),
        ),
        Invalid(
            "def f(token):\n    return jwt.decode(token, '', algorithms=['HS256', 'none'])",
            ("2:55-2:61 the algorithm none signs nothing: allow the one that is used",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if not is_named(dotted.rpartition(".")[0], "jwt", "jose.jwt"):
            return
        if dotted.endswith(".get_unverified_claims"):
            self.report(call, "the signature of the token is not verified: use jwt.decode")
        if isinstance(verify := argument(call, -1, "verify"), ast.Constant) and verify.value is False:
            self.report(verify, "the signature of the token is not verified: remove verify=False")
        self._check_options(argument(call, -1, "options"))
        for names in (argument(call, -1, "algorithms"), argument(call, -1, "algorithm")):
            for node in self.facts.within(names) if names is not None else ():
                if isinstance(node, ast.Constant) and str(node.value).lower() == "none":
                    self.report(node, "the algorithm none signs nothing: allow the one that is used")

    def _check_options(self, given: ast.expr | None) -> None:
        options = self.facts.display(given) if given is not None else None
        match options:
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if not isinstance(key, ast.Constant) or not is_off(value):
                        continue
                    if key.value == "verify_signature":
                        self.report(value, "the signature of the token is not verified: remove the option")
                    elif key.value == "verify_exp":
                        told = "a token that has expired passes: remove the option"
                        self.report(value, told, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
