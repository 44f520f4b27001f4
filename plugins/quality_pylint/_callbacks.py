"""What of pylint's checkers is called for which nodes, without what finds nothing there."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers.deprecated import DeprecatedMixin
from pylint.utils import ASTWalker

#: Node class → what is called for its nodes.
Callbacks = dict[Any, tuple[Any, ...]]
#: A method that looks for what is deprecated → what a checker says is; one that says nothing of it finds nothing.
_DEPRECATED: dict[Any, tuple[str, ...]] = {
    DeprecatedMixin.visit_attribute: ("deprecated_attributes",),
    DeprecatedMixin.visit_call: ("deprecated_methods", "deprecated_arguments", "deprecated_classes"),
    DeprecatedMixin.visit_decorators: ("deprecated_decorators",),
}


def callbacks(linter: Any, prepared: list[Any]) -> tuple[Callbacks, Callbacks]:
    """Maps each node class to what visits it, and to what leaves it; classes for which nothing is called are left out."""
    walker: Any = ASTWalker(linter)
    for checker in prepared:
        walker.add_checker(checker)
    return _called(linter, walker.visit_events), _called(linter, walker.leave_events)


def _called(linter: Any, events: Any) -> Callbacks:
    called = {
        kind: tuple(each for each in events[kind.__name__.lower()] if _matters(linter, each))
        for kind in nodes.ALL_NODE_CLASSES
    }
    return {kind: each for kind, each in called.items() if each}


def _matters(linter: Any, callback: Any) -> bool:
    """False for what pylint cannot drop itself: it counts statements, or infers what is compared with nothing."""
    if callback.__name__ == "visit_default" and callback.__self__.name == "design":
        return bool(linter.is_message_enabled("too-many-statements"))
    said = _DEPRECATED.get(callback.__func__, ())
    return not said or any(_defines(type(callback.__self__), name) for name in said)


def _defines(checker: type, name: str) -> bool:
    return getattr(checker, name) is not getattr(DeprecatedMixin, name)
