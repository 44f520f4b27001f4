"""What stands for a module of astroid where it infers ``super()``."""

from __future__ import annotations

from typing import Any

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
