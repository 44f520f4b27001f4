"""What classes may have from their bases."""

from __future__ import annotations

import ast
import builtins  # noqa: TID251 - only names that are known are looked at
from typing import TYPE_CHECKING

from quality.model import BUILTINS

if TYPE_CHECKING:
    from quality.rules import Facts


def may_have(facts: Facts, owner: ast.ClassDef, name: str) -> bool:
    """Tells whether a base of a class may have a method of a name: what Python's own types have is known.

    Args:
        facts: The source's facts.
        owner: The class.
        name: The method's name.
    """
    return bool(owner.keywords) or any(_has(facts, base, name) for base in owner.bases)


def _has(facts: Facts, base: ast.expr, name: str) -> bool:
    if not isinstance(base, ast.Name) or base.id not in BUILTINS or base.id in facts.bound:
        return True
    return hasattr(getattr(builtins, base.id), name)
