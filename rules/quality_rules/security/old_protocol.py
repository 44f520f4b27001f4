"""The rule old-protocol."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, targets_of

_OLD = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1_1"})
#: Names by which a version is chosen: constants of ``ssl`` and methods of ``pyOpenSSL``.
_CHOICES = frozenset(
    {
        *(f"PROTOCOL_{version}" for version in _OLD),
        *(f"{version}_METHOD" for version in _OLD),
    }
)


class OldProtocol(AstRule):
    """A connection may use a version of TLS that is broken.

    ## What it does
    Reports SSL 2 and 3 and TLS 1.0 and 1.1 where they are chosen, or allowed as the least version.

    ## Why is this bad
    Somebody on the way can read such connections, and can make two programs agree on the oldest version they allow.

    ## Example
    ```python
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
    ```

    ## Use instead
    ```python
    import ssl

    context = ssl.create_default_context()
    ```

    ## References
    - [CWE-327: broken cryptography](https://cwe.mitre.org/data/definitions/327.html)
    - [RFC 8996: deprecating TLS 1.0 and TLS 1.1](https://www.rfc-editor.org/rfc/rfc8996)
    """

    dimension = "security"
    needs = _CHOICES | {"minimum_version"}
    cwe = 327
    equivalents = ("bandit:B502", "bandit:B503")

    VALID = (
        Valid("import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)"),
        Valid("names[ssl.PROTOCOL_TLSv1] = SSL.TLSv1_METHOD", "A table of what versions are called"),
        Valid("def f(context):\n    context.minimum_version = ssl.TLSVersion.TLSv1_2"),
        Valid(
            "def f(context):\n    return context.minimum_version == ssl.TLSVersion.TLSv1", "Only asked for"
        ),
    )
    INVALID = (
        Invalid(
            "import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLSv1)",
            ("3:26-3:44 TLSv1 can be read on its way: allow TLS 1.2 or newer",),
        ),
        Invalid(
            "def f(context):\n    context.minimum_version = ssl.TLSVersion.TLSv1_1",
            ("2:31-2:53 TLSv1_1 can be read on its way: allow TLS 1.2 or newer",),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _CHOICES and not self._is_entry(node):
            version = node.attr.removeprefix("PROTOCOL_").removesuffix("_METHOD")
            self._report(node, version)

    def visit_Name(self, node: ast.Name) -> None:
        """A version that is imported from its module."""
        word = self.facts.imports.get(node.id, "").rpartition(".")[2]
        if word in _CHOICES and not self._is_entry(node):
            self._report(node, word.removeprefix("PROTOCOL_").removesuffix("_METHOD"))

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(node)[0], node.value
        least = isinstance(target, ast.Attribute) and target.attr == "minimum_version"
        if least and isinstance(value, ast.Attribute) and value.attr in _OLD:
            self._report(value, value.attr)

    visit_AnnAssign = visit_Assign

    def _is_entry(self, node: ast.Name | ast.Attribute) -> bool:
        """Tells whether a version is only asked for, or stands in a table of what versions are called."""
        parent = self.facts.parent(node)
        place = next(iter(targets_of(parent)), parent)
        called = place.slice if isinstance(place, ast.Subscript) else None
        return isinstance(place, ast.Compare | ast.Dict) or getattr(called, "attr", "") in _CHOICES

    def _report(self, node: ast.AST, version: str) -> None:
        self.report(node, f"{version} can be read on its way: allow TLS 1.2 or newer")
