"""What the attacks share that write a tree in another way."""

from __future__ import annotations

import ast


class Rewriter(ast.NodeTransformer):
    """Rewrites a tree in place.

    Attributes:
        changed: Whether it found anything to rewrite.
    """

    changed = False

    def rewrites(self, tree: ast.AST) -> bool:
        """Rewrites a tree; true when anything changed."""
        self.visit(tree)
        return self.changed
