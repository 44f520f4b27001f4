"""The rule fixed-nonce."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_named

if TYPE_CHECKING:
    from quality.rules import Facts

#: Function → the position of what must differ each time, and its names.
_PLACES = {
    "CBC": (0, ("initialization_vector",)),
    "CTR": (0, ("nonce",)),
    "GCM": (0, ("initialization_vector",)),
    "CFB": (0, ("initialization_vector",)),
    "OFB": (0, ("initialization_vector",)),
    "ChaCha20": (1, ("nonce",)),
    "new": (2, ("iv", "IV", "nonce")),
    "pbkdf2_hmac": (2, ("salt",)),
    "scrypt": (-1, ("salt",)),
    "PBKDF2HMAC": (-1, ("salt",)),
    "PBKDF2": (1, ("salt",)),
    "hashpw": (1, ("salt",)),
}


class FixedNonce(CallRule):
    """An initialisation vector or salt is always the same.

    ## What it does
    Reports constants as initialisation vectors and nonces of ciphers, and as salts of password hashes.

    ## Why is this bad
    Equal texts then look equal, some ciphers give away their key stream, and one table of guesses serves for all
    passwords.

    ## Example
    ```python
    from Crypto.Cipher import AES

    cipher = AES.new(key, AES.MODE_CBC, b"0000000000000000")
    ```

    ## Use instead
    ```python
    import os
    from Crypto.Cipher import AES

    cipher = AES.new(key, AES.MODE_CBC, os.urandom(16))
    ```

    ## References
    - [CWE-329: predictable initialisation vector](https://cwe.mitre.org/data/definitions/329.html)
    - [CWE-760: predictable salt](https://cwe.mitre.org/data/definitions/760.html)
    """

    dimension = "security"
    cwe = 329
    effort = 10
    needs = frozenset(_PLACES)

    VALID = (
        Valid("import hashlib, os\n\nhashlib.pbkdf2_hmac('sha256', x, os.urandom(16), 600_000)"),
        Valid("report.new(1, 2, b'abc')", "No cipher"),
        Valid(
            "import hashlib\n\ndef f(x, user):\n    return hashlib.pbkdf2_hmac('sha1', x, user.encode('utf-16-le'), 10240)",
            "Another one for each",
        ),
        Valid(
            """
            class Login:
                salt = b""

                def digest(self, password):
                    self.salt = os.urandom(16)
                    return hashlib.scrypt(password, salt=self.salt, n=16384, r=8, p=1)
            """,
        ),
    )
    INVALID = (
        Invalid(
            """
            class Login:
                def __init__(self):
                    self.salt = b"pepper"

                def digest(self, password):
                    return hashlib.scrypt(password, salt=self.salt, n=16384, r=8, p=1)
            """,
            ("6:46-6:55 the salt is always the same: take os.urandom(16) and keep it with the result",),
        ),
        Invalid(
            "IV = b'0' * 16\n\ndef f(key):\n    return Cipher(algorithms.AES(key), modes.CBC(IV))",
            ("4:50-4:52 the nonce is always the same: take os.urandom(16) and keep it with the result",),
        ),
        Invalid(
            "import hashlib\n\ndef f(x):\n    return hashlib.pbkdf2_hmac('sha1', x, 'salt'.encode('utf-8'), 600_000)",
            ("4:43-4:65 the salt is always the same: take os.urandom(16) and keep it with the result",),
        ),
        Invalid(
            "SALT = b'salt'\n\ndef f(x):\n    return hashlib.pbkdf2_hmac('sha256', x, SALT, 600_000)",
            ("4:45-4:49 the salt is always the same: take os.urandom(16) and keep it with the result",),
        ),
        Invalid(
            "def f(key):\n    return Cipher(algorithms.AES(key), modes.CBC(b'\\0' * 16))",
            ("2:50-2:60 the nonce is always the same: take os.urandom(16) and keep it with the result",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        owner, _, word = dotted.rpartition(".")
        if word == "new" and not is_named(owner, "AES", "DES", "DES3", "ChaCha20", "Salsa20"):
            return
        if word.isupper() and len(word) == len("CBC") and not is_named(owner, "modes"):
            return
        position, names = _PLACES[word]
        given = argument(call, position, *names)
        if given is not None and self._is_fixed(given):
            what = "salt" if "salt" in names else "nonce"
            self.report(
                given, f"the {what} is always the same: take os.urandom(16) and keep it with the result"
            )

    def _is_fixed(self, node: ast.expr) -> bool:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            return self._is_fixed(node.left) or self._is_fixed(node.right)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "encode":
                return self._is_fixed(node.func.value)
            if node.func.attr == "fromhex":
                return any(map(self._is_fixed, node.args))
        if isinstance(node, ast.Attribute):
            given = self.facts.derived(_given_to_objects).get(node.attr, ())
            return isinstance(node.value, ast.Name) and bool(given) and all(map(self._is_written, given))
        value = self.facts.only_value(node)
        if value is not node and not isinstance(value, ast.Name):
            return self._is_fixed(value)
        return isinstance(self.constant(node), str | bytes)

    def _is_written(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and bool(node.value)


def _given_to_objects(facts: Facts) -> dict[str, list[ast.expr]]:
    """Attribute → what any object of that name's is given in the text, and what classes give to it."""
    found: dict[str, list[ast.expr]] = {}
    for node, targets, value in facts.assignments:
        for target in targets:
            if isinstance(target, ast.Attribute):
                found.setdefault(target.attr, []).append(value)
            elif isinstance(target, ast.Name) and not _is_default(node, facts.parent(node)):
                found.setdefault(target.id, []).append(value)
    return found


def _is_default(node: ast.AST, above: ast.AST | None) -> bool:
    """Tells whether a value of a class' body is one that each object may be given another for; so is any value elsewhere."""
    field = isinstance(node, ast.AnnAssign)
    return not isinstance(above, ast.ClassDef) or (field and bool(above.decorator_list or above.bases))
