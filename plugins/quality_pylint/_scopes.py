"""What astroid takes for granted of classes and names, and does not hold in a text that was cut out of another."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from astroid.exceptions import UseInferenceDefault
from astroid.nodes import scoped_nodes


class Scopes:
    """Stands for ``scoped_nodes``: astroid takes it for granted that a class method stands in a class."""

    SYNTHETIC_ROOT = scoped_nodes.SYNTHETIC_ROOT

    @staticmethod
    def get_wrapping_class(node: Any) -> Any:
        """The class around a function.

        Raises:
            UseInferenceDefault: There is none, so nobody knows what ``super()`` gives.
        """
        found = scoped_nodes.get_wrapping_class(node)
        if found is None:
            raise UseInferenceDefault
        return found


def look_past_methods(module: Any) -> None:
    """Has names of methods that were cut out of their class looked up outside of a text: its functions mean something else by them.

    ``def pack(self)`` may call the ``pack`` that its module imports.

    Args:
        module: The text, as astroid has it.
    """
    methods = {name for name, bound in module.locals.items() if all(map(_is_cut_out, bound))}
    if not methods:
        return
    look_up = module.scope_lookup

    def look_past(node: Any, name: str, offset: int = 0) -> Any:
        return scoped_nodes.builtin_lookup(name) if name in methods else look_up(node, name, offset)

    module.scope_lookup = look_past


def _is_cut_out(bound: Any) -> bool:
    return isinstance(bound, nodes.FunctionDef) and bound.argnames()[:1] in (["self"], ["cls"])
