"""The rule weak-hash."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_named

_BROKEN = frozenset({"md2", "md4", "md5", "sha", "sha1", "ripemd160"})


#: Functions that are told by a text which hash function to use: where, and by what name.
_BY_TEXT = {"new": (0, "name"), "file_digest": (1, "digest")}


class WeakHash(CallRule):
    """A broken hash function is used.

    ## What it does
    Reports MD2, MD4, MD5 and SHA-1 of `hashlib`, `cryptography` and `Crypto`. `usedforsecurity=False` says that
    nothing depends on it.

    ## Why is this bad
    Two different texts with the same digest can be made at will, so a signature or a check sum of one is that of
    the other.

    ## Example
    ```python
    import hashlib

    digest = hashlib.md5(document).hexdigest()
    ```

    ## Use instead
    ```python
    import hashlib

    digest = hashlib.sha256(document).hexdigest()
    ```

    ## References
    - [CWE-328: use of weak hash](https://cwe.mitre.org/data/definitions/328.html)
    """

    dimension = "security"
    cwe = 328
    confidence = Confidence.MEDIUM
    # As bandit's: most such hashes find changes or name cache entries, and a hashed password is a finding of its own.
    weight = 0.5
    equivalents = ("bandit:B303", "bandit:B324")
    needs = frozenset({"md5", "sha1", "new", "file_digest", "MD5", "SHA1", "SHA", "MD4", "MD2"})

    VALID = (
        Valid("import hashlib\n\nsize = hashlib.sha1().digest_size", "Nothing is hashed"),
        Valid("import hashlib\n\nhashlib.md5(x, usedforsecurity=False)", "Nothing depends on it"),
        Valid("import hashlib\n\nhashlib.new('sha256', x)"),
        Valid("colour.new('md5')", "Another function"),
    )
    INVALID = (
        Invalid(
            "import hashlib\n\nhashlib.new('md5', x)",
            ("3:1-3:22 md5 is broken: use SHA-256, or scrypt for passwords",),
        ),
        Invalid(
            "import hashlib\n\nKIND = 'md' + '5'\nhashlib.file_digest(file, KIND)",
            ("4:1-4:32 md5 is broken: use SHA-256, or scrypt for passwords",),
        ),
        Invalid(
            "from Crypto.Hash import MD5\n\nMD5.new(x)",
            ("3:1-3:11 MD5 is broken: use SHA-256, or scrypt for passwords",),
        ),
        Invalid(
            "from cryptography.hazmat.primitives import hashes\n\nhashes.Hash(hashes.SHA1())",
            ("3:13-3:26 SHA1 is broken: use SHA-256, or scrypt for passwords",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        unused = argument(call, -1, "usedforsecurity")
        if isinstance(unused, ast.Constant) and unused.value is False:
            return
        asked = self.facts.parent(call)
        if isinstance(asked, ast.Attribute) and asked.attr in {"digest_size", "block_size", "name"}:
            return
        owner, _, word = dotted.rpartition(".")
        if is_named(owner, "hashlib"):
            place = _BY_TEXT.get(word)
            chosen = word if place is None else self.constant(argument(call, *place))
        elif word == "new":
            chosen = owner.rpartition(".")[2] if is_named(owner, "MD2", "MD4", "MD5", "SHA", "SHA1") else None
        else:
            chosen = word if is_named(owner, "hashes") else None
        if isinstance(chosen, str) and chosen.lower().replace("-", "") in _BROKEN:
            self.report(call, f"{chosen} is broken: use SHA-256, or scrypt for passwords")
