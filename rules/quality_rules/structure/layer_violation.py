"""The rule layer-violation."""

from __future__ import annotations

import ast

from quality.model import cached_property
from quality.rules import AstRule, Invalid, Setting, Valid

_SHOP = ("shop.web", "shop.mail | shop.store", "shop.model")


class LayerViolation(AstRule):
    """A module imports from a layer above its own.

    ## What it does
    Reports imports that go up, or sideways, in the layers that the project's settings list, highest first:

    ```toml
    [tool.quality.options."quality:layer-violation"]
    layers = ["shop.web", "shop.mail | shop.store", "shop.model"]
    ```

    A layer is a module or package with all that is in it. Those that `|` stands between share a layer and do not import
    each other.

    Without layers it reports nothing. Modules outside of all layers, and imports under `if TYPE_CHECKING:`, are fine.

    ## Why is this bad
    What lies below can no longer be used, tested or understood without what lies above it, and the next such import
    closes a cycle.

    ## Example
    ```python
    # file: shop/model/order.py
    from shop.web import request
    ```

    ## Use instead
    ```python
    # file: shop/model/order.py
    def total(order, currency): ...
    # file: shop/web/basket.py
    from shop.model.order import total
    ```

    ## References
    - [import-linter: layers](https://import-linter.readthedocs.io/en/stable/contract_types/layers/)
    """

    dimension = "structure"
    effort = 30

    layers = Setting((), "Modules and packages, the highest layer first; those with ' | ' between share one.")

    VALID = (
        Valid("# file: shop/web/a.py\nimport shop.model.order", "Downwards", {"layers": _SHOP}),
        Valid("# file: shop/store/a.py\nfrom .b import c\nimport json", "Its own layer", {"layers": _SHOP}),
        Valid("# file: shop/model/a.py\nfrom shop import log", "It is in no layer", {"layers": _SHOP}),
        Valid("# file: shop/model/a.py\nfrom shop.web import request", "No layers are set"),
        Valid(
            "# file: shop/model/a.py\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.web import Request",
            "It never runs",
            {"layers": _SHOP},
        ),
    )
    INVALID = (
        Invalid(
            "# file: src/shop/model/a.py\ndef f():\n    from ..web import request",
            (
                "2:5-2:30 shop.model imports shop.web, which is 2 layers above it: let shop.web call it, or move what both need down",
            ),
            {"layers": _SHOP},
        ),
        Invalid(
            "# file: shop/mail/__init__.py\nimport os, shop.store.db",
            (
                "1:1-1:25 shop.mail imports shop.store, which shares its layer: move what both need down, or bring them together above",
            ),
            {"layers": _SHOP},
        ),
    )

    def visit_Import(self, statement: ast.Import) -> None:
        for alias in statement.names:
            self._check(statement, self._layer(alias.name.split("."), 0))

    def visit_ImportFrom(self, statement: ast.ImportFrom) -> None:
        base: list[str] = []
        if statement.level:
            kept = len(self._folders) - statement.level + 1
            base = self._folders[:kept] if kept > 0 else []
        base = [*base, *(statement.module or "").split(".")] if statement.module else base
        found = {self._layer([*base, alias.name], statement.level) for alias in statement.names}
        for name in sorted(name for name in found if name):
            self._check(statement, name)

    def _check(self, statement: ast.Import | ast.ImportFrom, name: str) -> None:
        own = self._own
        if not (name and own) or name == own or self._is_for_types(statement):
            return
        above = self._ranks[own] - self._ranks[name]
        if above > 0:
            self.report(
                statement,
                f"{own} imports {name}, which is {above} {'layer' if above == 1 else 'layers'} above it: "
                f"let {name} call it, or move what both need down",
            )
        elif not above:
            self.report(
                statement,
                f"{own} imports {name}, which shares its layer: "
                "move what both need down, or bring them together above",
            )

    def _is_for_types(self, statement: ast.stmt) -> bool:
        return any(
            isinstance(above, ast.If) and self.facts.origin(above.test).endswith("TYPE_CHECKING")
            for above in self.facts.ancestors(statement)
        )

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """Module → how far from the top its layer is."""
        return {name.strip(): rank for rank, layer in enumerate(self.layers) for name in layer.split("|")}

    @cached_property
    def _folders(self) -> list[str]:
        """The package that the source is in."""
        return self.source.path.split("/")[:-1]

    @cached_property
    def _own(self) -> str:
        """The layer's module that the source is in; empty when it is in none."""
        file = self.source.path.rpartition("/")[2].removesuffix(".py")
        return self._layer(self._folders if file == "__init__" else [*self._folders, file], 1)

    def _layer(self, words: list[str], level: int) -> str:
        """The innermost layer's module that a dotted name is in.

        A name with a level is one of the tree, whose packages may lie in a folder such as ``src``.
        """
        starts = range(len(words)) if level else range(1)
        found = (".".join(words[start:end]) for start in starts for end in range(len(words), start, -1))
        return next((name for name in found if name in self._ranks), "")
