"""The rule weak-key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_named

if TYPE_CHECKING:
    import ast

_CURVES = frozenset({"SECP192R1", "SECP160R1", "SECT163K1", "SECT163R2", "SECP112R1", "SECP128R1"})
_SHORTEST = 2048


class WeakKey(CallRule):
    """A key is so short that it can be found.

    ## What it does
    Reports RSA, DSA and Diffie-Hellman keys of less than 2,048 bits and curves of less than 224, as the packages
    `cryptography` and `Crypto` make them.

    ## Why is this bad
    Keys of 1,024 bits are within reach of who has enough computers, and a key outlives the code that made it.

    ## Example
    ```python
    from Crypto.PublicKey import RSA

    key = RSA.generate(1024)
    ```

    ## Use instead
    ```python
    from Crypto.PublicKey import RSA

    key = RSA.generate(3072)
    ```

    ## References
    - [CWE-326: inadequate encryption strength](https://cwe.mitre.org/data/definitions/326.html)
    """

    dimension = "security"
    cwe = 326
    equivalents = ("bandit:B505",)
    needs = frozenset({"generate", "generate_private_key", "generate_parameters", *_CURVES})

    VALID = (
        Valid("from Crypto.PublicKey import RSA\n\nRSA.generate(2048)"),
        Valid("report.generate(10)", "No key"),
    )
    INVALID = (
        Invalid(
            "def f():\n    return rsa.generate_private_key(public_exponent=65537, key_size=1024)",
            ("2:12-2:74 a key of 1024 bits is short: use 2048 or more",),
        ),
        Invalid(
            "BITS = 512\n\ndef f():\n    return RSA.generate(BITS)",
            ("4:12-4:30 a key of 512 bits is short: use 2048 or more",),
        ),
        Invalid(
            "def f():\n    return ec.generate_private_key(ec.SECP192R1())",
            ("2:36-2:50 SECP192R1 is a short curve: use SECP256R1 or longer",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        owner, _, word = dotted.rpartition(".")
        if word in _CURVES:
            self.report(call, f"{word} is a short curve: use SECP256R1 or longer")
            return
        if word == "generate" and not is_named(owner, "RSA", "DSA", "ElGamal", "RSAKey", "DSSKey"):
            return
        position = 0 if is_named(owner, "dsa") or word == "generate" else 1
        bits = self.constant(argument(call, position, "key_size", "bits"))
        if isinstance(bits, int) and bits < _SHORTEST and not is_named(owner, "ec"):
            self.report(call, f"a key of {bits} bits is short: use {_SHORTEST} or more")
