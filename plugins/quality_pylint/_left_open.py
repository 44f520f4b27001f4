"""Classes that leave methods of those above them to the classes below."""

from __future__ import annotations

import re
from typing import Any

from astroid import nodes

from quality_pylint._below import is_called
from quality_pylint._decorators import decorators, last_name
from quality_pylint._index import once_a_text

#: What a class says by its name that has no objects of its own.
_OPEN = re.compile(r"^_*(?:Abstract|Base|Mixin|Interface)|(?:Abstract|Base|Mixin|Interface|Protocol|ABC)$")


def is_left_open(owner: Any) -> bool:
    """Tells whether a class that lacks abstract methods has no objects of its own.

    Others of the module are made from it, its name says so, or it holds nothing but what it is made of: it puts
    interfaces together.

    Args:
        owner: What pylint reports.
    """
    if not isinstance(owner, nodes.ClassDef):
        return False
    if is_called(owner):
        return False
    module = owner.root()
    is_base = owner.name in once_a_text("bases", lambda: _bases(module), module)
    return is_base or _OPEN.search(owner.name) is not None or _is_empty(owner)


def is_optional(owner: Any) -> bool:
    """Tells whether no decorator asks for what a class lacks: such methods of the classes above only raise, for those that have none."""
    asked = (
        method
        for above in owner.ancestors()
        for bound in above.locals.values()
        for method in bound
        if isinstance(method, nodes.FunctionDef)
        and any("abstract" in last_name(each) for each in decorators(method))
    )
    return isinstance(owner, nodes.ClassDef) and not any(method.name not in owner.locals for method in asked)


def _bases(module: Any) -> frozenset[str]:
    classes = module.nodes_of_class(nodes.ClassDef)
    return frozenset(last_name(base) for owner in classes for base in owner.bases)


def _is_empty(owner: Any) -> bool:
    """Tells whether the body of a class defines nothing."""
    return len(owner.bases) > 1 and all(_defines_nothing(each) for each in owner.body)


def _defines_nothing(statement: Any) -> bool:
    if isinstance(statement, nodes.Assign):
        return [getattr(target, "name", "") for target in statement.targets] == ["__slots__"]
    value = statement.value if isinstance(statement, nodes.Expr) else None
    return isinstance(statement, nodes.Pass) or isinstance(value, nodes.Const)
