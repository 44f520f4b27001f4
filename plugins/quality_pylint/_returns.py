"""Where a function may reach its end without a return, which pylint overlooks behind statements that need not run."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers.refactoring.refactoring_checker import RefactoringChecker

_theirs: Any = RefactoringChecker._is_node_return_ended  # noqa: SLF001 - it takes a return in a loop for one behind it
#: Iterators without an end.
_ENDLESS = frozenset({"count", "cycle", "repeat"})


def is_return_ended(self: Any, node: Any) -> bool:
    """Tells whether nothing behind a statement is reached.

    A loop over something need not run at all, a ``match`` with one case is an ``if``, and ``suppress`` goes on behind
    its block. A generator is mostly asked for what it yields, and not for what it returns.
    """
    if isinstance(node, nodes.For) and not _is_in_generator(node):
        endless = _called(node.iter) in _ENDLESS and not any(node.nodes_of_class(nodes.Break))
        return endless or any(is_return_ended(self, each) for each in node.orelse)
    if isinstance(node, nodes.Match):
        ended = [any(is_return_ended(self, each) for each in case.body) for case in node.cases]
        return all(ended) and (len(ended) > 1 or _takes_all(node.cases[-1]))
    if isinstance(node, nodes.With) and any(_called(each) == "suppress" for each, _ in node.items):
        return False
    return bool(_theirs(self, node))


def _is_in_generator(node: Any) -> bool:
    function = node.frame()
    return isinstance(function, nodes.FunctionDef) and function.is_generator()


def _called(node: Any) -> str:
    """The last word of what an expression calls."""
    function = node.func if isinstance(node, nodes.Call) else None
    return str(getattr(function, "attrname", getattr(function, "name", "")))


def _takes_all(case: Any) -> bool:
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, nodes.MatchAs) and pattern.pattern is None
