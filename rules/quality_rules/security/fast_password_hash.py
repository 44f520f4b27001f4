"""The rule fast-password-hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.rules import Invalid, Valid, last_word
from quality_rules._called import CallRule, argument, is_named
from quality_rules.security._secrets import names_secret

if TYPE_CHECKING:
    import ast

_FEWEST_ROUNDS = 100_000


class FastPasswordHash(CallRule):
    """A password is hashed by a function that is made to be fast.

    ## What it does
    Reports passwords that go into MD5 or a SHA function of `hashlib`, and `pbkdf2_hmac` with less than 100,000
    rounds.

    ## Why is this bad
    Billions of guesses a second can be tried on a stolen digest.

    ## Example
    ```python
    import hashlib

    def store(password):
        return hashlib.sha256(password.encode()).hexdigest()
    ```

    ## Use instead
    ```python
    import hashlib, os

    def store(password):
        salt = os.urandom(16)
        return salt + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)
    ```

    ## References
    - [CWE-916: password hash with insufficient effort](https://cwe.mitre.org/data/definitions/916.html)
    """

    dimension = "security"
    cwe = 916
    effort = 20
    needs = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "pbkdf2_hmac"})

    VALID = (
        Valid("import hashlib\n\nhashlib.sha256(document)"),
        Valid("import hashlib\n\nhashlib.pbkdf2_hmac('sha256', password, salt, 600_000)"),
    )
    INVALID = (
        Invalid(
            "import hashlib\n\nhashlib.sha512(salt + user.password.encode())",
            ("3:1-3:46 password is hashed by sha512, which is fast: use scrypt",),
        ),
        Invalid(
            "import hashlib\n\nhashlib.pbkdf2_hmac('sha256', password, salt, 1000)",
            ("3:1-3:52 1000 rounds are few: use 100000 or more, or scrypt",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        word = dotted.rpartition(".")[2]
        if not is_named(dotted, f"hashlib.{word}"):
            return
        if word == "pbkdf2_hmac":
            rounds = self.constant(argument(call, 3, "iterations"))
            if isinstance(rounds, int) and rounds < _FEWEST_ROUNDS:
                self.report(call, f"{rounds} rounds are few: use {_FEWEST_ROUNDS} or more, or scrypt")
            return
        hashed = [part for given in call.args for part in self.facts.within(self.facts.only_value(given))]
        names = (last_word(node) for node in hashed)
        found = next((name for name in names if name and names_secret(name) and "pass" in name.lower()), None)
        if found is not None:
            self.report(call, f"{found} is hashed by {word}, which is fast: use scrypt")
