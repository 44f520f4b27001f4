"""The rule weak-cipher."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls, called_word, is_named

if TYPE_CHECKING:
    from quality.model import FunctionNode

_CIPHERS = ("DES", "DES3", "ARC2", "ARC4", "Blowfish", "CAST", "XOR")
_ALGORITHMS = frozenset({"ARC4", "TripleDES", "Blowfish", "IDEA", "CAST5", "SEED"})
#: Functions that write a text in other letters, and what else may be called beside them.
_WRITING = frozenset({"b64encode", "urlsafe_b64encode", "b32encode", "b85encode", "hexlify"})
_HARMLESS = frozenset({*_WRITING, "encode", "decode", "str", "bytes", "format", "join", "strip", "dumps"})
#: The name of a function that promises more.
_SAYS_ENCRYPTS = re.compile(r"(?:^|_)(?:encrypt|encipher)(?:_|$)|encrypt$", re.IGNORECASE)
#: What a source has a word of.
_WORDS = frozenset({*_CIPHERS, *_ALGORITHMS, "ECB", "MODE_ECB", "PKCS1v15", *_WRITING})


class WeakCipher(AstRule):
    """Data is enciphered so that it can be read or changed.

    ## What it does
    Reports DES, triple DES, RC2, RC4, Blowfish, CAST, IDEA and SEED, and the mode ECB of any cipher, of the
    packages `cryptography` and `Crypto`. So is RSA with the padding of PKCS #1 v1.5, where it enciphers, and functions called
    `encrypt` that only write a text as Base64 or in hexadecimal digits.

    ## Why is this bad
    The keys or blocks of these ciphers are so short that what they hide can be found. ECB turns equal blocks into
    equal blocks, so the pattern of the text stays. The old padding of RSA lets whoever can ask whether a text is well
    made find out what is in it.

    ## Example
    ```python
    from Crypto.Cipher import AES

    cipher = AES.new(key, AES.MODE_ECB)
    ```

    ## Use instead
    ```python
    from Crypto.Cipher import AES

    cipher = AES.new(key, AES.MODE_GCM)
    ```

    ## References
    - [CWE-327: broken or risky cryptographic algorithm](https://cwe.mitre.org/data/definitions/327.html)
    """

    dimension = "security"
    needs = _WORDS
    cwe = 327
    effort = 20
    equivalents = ("bandit:B304", "bandit:B305")

    VALID = (
        Valid("from Crypto.Cipher import AES\n\nAES.new(key, AES.MODE_GCM)"),
        Valid("key.sign(data, padding.PKCS1v15(), SHA256())", "To sign it is good enough"),
        Valid(
            "import base64\n\ndef encrypt(box, text):\n    return base64.b64encode(box.seal(text.encode()))"
        ),
        Valid("modes = load()\n\nmodes.first()", "Other modes"),
    )
    INVALID = (
        Invalid(
            "import base64\n\ndef encrypt(text):\n    return base64.b64encode(text.encode()).decode()",
            ("4:12-4:43 this writes the text in other letters, which anybody can read: encrypt it",),
        ),
        Invalid(
            "from Crypto.Cipher import DES3\n\nDES3.new(key, DES3.MODE_CBC, iv)",
            ("3:1-3:33 DES3 can be broken: use AES in the mode GCM",),
        ),
        Invalid(
            "def f(key):\n    return Cipher(algorithms.ARC4(key), mode=None)",
            ("2:19-2:39 ARC4 can be broken: use AES in the mode GCM",),
        ),
        Invalid(
            "def f(key, data):\n    return key.encrypt(data, padding.PKCS1v15())",
            ("2:30-2:48 texts with the padding PKCS1v15 can be found out: use OAEP",),
        ),
        Invalid(
            "def f(key):\n    return Cipher(algorithms.AES(key), modes.ECB())",
            ("2:40-2:51 ECB shows the pattern of the text: use the mode GCM",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        calls = self.facts.derived(Calls)
        for call, dotted in calls.named({"new"}):
            name = dotted.split(".")[-2] if "." in dotted else ""
            if name in _CIPHERS and (name == "DES3" or "Crypt" in dotted or len(call.args) > 1):
                self.report(call, f"{name} can be broken: use AES in the mode GCM")
        for call, dotted in calls.named(_ALGORITHMS):
            if is_named(dotted.rpartition(".")[0], "algorithms"):
                self.report(call, f"{dotted.rpartition('.')[2]} can be broken: use AES in the mode GCM")
        for call, dotted in calls.named({"ECB"}):
            if is_named(dotted, "modes.ECB"):
                self.report(call, "ECB shows the pattern of the text: use the mode GCM")
        for node in self.facts.of(ast.Attribute):
            if node.attr == "MODE_ECB":
                self.report(node, "ECB shows the pattern of the text: use the mode GCM")
        self._check_padding(calls)
        self._check_letters(calls)

    def _check_letters(self, calls: Calls) -> None:
        for call, _ in calls.named(_WRITING):
            function = self.facts.function(call)
            if function is not None and _SAYS_ENCRYPTS.search(function.name) and self._only_writes(function):
                self.report(call, "this writes the text in other letters, which anybody can read: encrypt it")

    def _only_writes(self, function: FunctionNode) -> bool:
        """Tells whether a function does nothing but write a text in other letters."""
        return all(called_word(call) in _HARMLESS for call in self.facts.inside(function, ast.Call))

    def _check_padding(self, calls: Calls) -> None:
        for call, _ in calls.named({"PKCS1v15"}):
            above = self.facts.parent(call)
            if isinstance(above, ast.Call) and called_word(above) in {"encrypt", "decrypt"}:
                self.report(call, "texts with the padding PKCS1v15 can be found out: use OAEP")
