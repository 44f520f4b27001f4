"""The rule unauthenticated-encryption."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls, is_named
from quality_rules._words import words

_MODES = frozenset({"CBC", "CTR", "CFB", "CFB8", "OFB"})
_CHOSEN = frozenset(f"MODE_{name}" for name in ("CBC", "CTR", "CFB", "OFB"))
#: What tells that changes are seen, by something beside the cipher, or that others chose the cipher.
_SEEN = frozenset(
    words(
        "hmac HMAC CMAC KMAC Poly1305 Fernet compare_digest digest hexdigest sign verify tag mac MAC authenticate "
        "authenticator signature InvalidSignature PKCS12 load_pem_private_key"
    )
)
_OPENING = frozenset({"decryptor", "decrypt"})
_CLOSING = frozenset({"encryptor", "encrypt"})


class UnauthenticatedEncryption(AstRule):
    """Data is enciphered, and nothing tells whether it was changed.

    ## What it does
    Reports AES and other ciphers in the modes CBC, CTR, CFB and OFB in sources that have nothing that would see a change: no HMAC, no
    signature, no mode such as GCM. What only deciphers, as others wrote it, is fine.

    ## Why is this bad
    These modes hide a text and do not protect it. Whoever can change what is stored or sent changes the text: in CTR any bit, in CBC any
    block. With CBC, a server that answers otherwise when the padding is wrong gives the whole text away.

    ## Example
    ```python
    from Crypto.Cipher import AES
    from Crypto.Util.Padding import pad

    def seal(key, iv, data):
        return AES.new(key, AES.MODE_CBC, iv).encrypt(pad(data, 16))
    ```

    ## Use instead
    ```python
    from Crypto.Cipher import AES

    def seal(key, nonce, data):
        return AES.new(key, AES.MODE_GCM, nonce).encrypt_and_digest(data)
    ```

    ## References
    - [CWE-353: missing support for integrity check](https://cwe.mitre.org/data/definitions/353.html)
    - [cryptography documentation: authenticated encryption](https://cryptography.io/en/latest/hazmat/primitives/aead/)
    """

    dimension = "security"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 353
    effort = 20
    needs = _MODES | _CHOSEN

    VALID = (
        Valid("from Crypto.Cipher import AES\n\nAES.new(key, AES.MODE_GCM)"),
        Valid("import hmac\n\ndef f(key, iv):\n    return Cipher(algorithms.AES(key), modes.CBC(iv))", "Beside an HMAC"),
        Valid("def f(key, iv, data):\n    return Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(data)", "As it was written"),
        Valid("def f(CBC):\n    return CBC(1)", "Something else"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "def f(key, iv, data):\n    return Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor().update(data)",
            ("2:40-2:53 nothing tells whether a text in the mode CTR was changed: use the mode GCM",),
        ),
        Invalid(
            "from Crypto.Cipher import AES\n\ndef f(key, iv):\n    return AES.new(key, AES.MODE_CFB, iv)",
            ("4:25-4:37 nothing tells whether a text in the mode CFB was changed: use the mode GCM",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        vocabulary = self.facts.vocabulary
        if not _SEEN.isdisjoint(vocabulary) or (_OPENING & vocabulary and not _CLOSING & vocabulary):
            return
        for call, dotted in self.facts.derived(Calls).named(_MODES):
            word = dotted.rpartition(".")[2]
            if is_named(dotted, f"modes.{word}"):
                self._report(call, word)
        for node in self.facts.of(ast.Attribute):
            if node.attr in _CHOSEN and isinstance(self.facts.parent(node), ast.Call | ast.keyword):
                self._report(node, node.attr.removeprefix("MODE_"))

    def _report(self, node: ast.expr, mode: str) -> None:
        self.report(node, f"nothing tells whether a text in the mode {mode} was changed: use the mode GCM")
