"""The rule private-import."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, is_type_checking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Source


class PrivateImport(AstRule):
    """A private part of another package is imported.

    ## What it does
    Reports imports of a name or module with a leading underscore out of another package than the source's own.

    Private parts of the own package, packages whose own name begins with an underscore, special names, tests, and imports
    that fall back on something else or are for type checkers only are fine. Of a text that lies in no folder nobody knows
    which package is its own: the confidence is low there, the standard library's packages aside.

    ## Why is this bad
    The package promises nothing of what it calls private: the next release may move it, change it or take it away.

    ## Example
    ```python
    from urllib.request import _parse_proxy
    ```

    ## Use instead
    ```python
    from urllib.parse import urlsplit
    ```

    ## References
    - [PEP 8: public and internal interfaces](https://peps.python.org/pep-0008/#public-and-internal-interfaces)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 15
    equivalents = ("pylint:import-private-name",)

    VALID = (
        Valid(
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from hashlib import _Hash",
            "For type checkers",
        ),
        Valid("from . import _tools\nfrom ._tools import helper", "The own package"),
        Valid(
            "import _thread\nfrom __future__ import annotations\nfrom a import _, __version__",
            "No private part",
        ),
        Valid(
            """
            try:
                from inspect import _ParameterKind as Kind
            except ImportError:
                Kind = int
            """,
            "It has an alternative",
        ),
        Valid(
            "# file: shop/a.py\nfrom shop._tools import helper",
            "The own package, by its name",
        ),
    )
    INVALID = (
        Invalid(
            "from urllib.request import _parse_proxy, urlopen",
            ("1:1-1:49 _parse_proxy is private to urllib: use what it offers, or keep a copy",),
        ),
        Invalid(
            "import pip._internal.main",
            ("1:1-1:26 pip._internal is private to pip: use what it offers, or keep a copy",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role == "product" and source.mentions("import _", "._", ", _")

    def visit_Import(self, node: ast.Import) -> None:
        self._check(node, (alias.name.split(".") for alias in node.names))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level == 0 and node.module:
            module = node.module.split(".")
            self._check(node, ([*module, alias.name] for alias in node.names))

    def _check(self, node: ast.Import | ast.ImportFrom, paths: Iterator[list[str]]) -> None:
        for path in paths:
            place = next((n for n, part in enumerate(path) if _is_private(part)), 0)
            if place and not self._is_own(path[0]) and not self._is_excused(node):
                last = place == len(path) - 1 and isinstance(node, ast.ImportFrom)
                what = path[place] if last else ".".join(path[: place + 1])
                self.report(
                    node,
                    f"{what} is private to {path[0]}: use what it offers, or keep a copy",
                    confidence=Confidence.LOW if self._may_be_own(path[0]) else None,
                )
                return

    def _is_excused(self, node: ast.stmt) -> bool:
        """Tells whether an import has an alternative, or is for type checkers only."""
        above = self.facts.parent(node)
        return (isinstance(above, ast.Try) and bool(above.handlers)) or (
            isinstance(above, ast.If) and is_type_checking(above.test)
        )

    def _may_be_own(self, package: str) -> bool:
        """Tells whether nothing says that the source is of another package."""
        return "/" not in self.source.path and package not in sys.stdlib_module_names

    def _is_own(self, package: str) -> bool:
        """Tells whether the source lies in a package, or in a copy of it that is kept private."""
        return any(part.lstrip("_") == package for part in self.source.path.removesuffix(".py").split("/"))


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"
