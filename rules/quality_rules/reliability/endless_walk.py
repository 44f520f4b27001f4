"""The rule endless-walk."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, root_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

_TAKING = frozenset({"pop", "popleft", "get", "heappop"})
_PUTTING = frozenset({"append", "appendleft", "extend", "put", "push"})


class EndlessWalk(AstRule):
    """A walk through a graph keeps where it has been, and never asks.

    ## What it does
    Reports `while` loops that take a node out of a waiting list, put its neighbours (`graph[node]`) in again, and add the node to a set
    that nothing asks whether a node is in it.

    Loops that ask in any way, and those without such a set, as for trees, are fine.

    ## Why is this bad
    Two nodes that lead to each other are put in again and again: the loop never ends. Where it does, nodes that are
    reached by several ways are visited several times.

    ## Example
    ```python
    def reachable(graph, start):
        seen, waiting = set(), [start]
        while waiting:
            node = waiting.pop()
            seen.add(node)
            for other in graph[node]:
                waiting.append(other)
        return seen
    ```

    ## Use instead
    ```python
    def reachable(graph, start):
        seen, waiting = {start}, [start]
        while waiting:
            node = waiting.pop()
            for other in graph[node]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen
    ```

    ## References
    - [Wikipedia: breadth-first search](https://en.wikipedia.org/wiki/Breadth-first_search)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({ast.While})

    VALID = (
        Valid(
            "def f(graph, start):\n    seen, waiting = set(), [start]\n    while waiting:\n        node = waiting.pop()\n"
            "        if node in seen:\n            continue\n        seen.add(node)\n        waiting.extend(graph[node])\n    return seen",
            "It asks",
        ),
        Valid(
            "def f(graph, start):\n    known, ready, waiting = set(), set(), [start]\n    while waiting:\n        node = waiting.pop()\n"
            "        if node in known:\n            continue\n        known.add(node)\n        ready.add(node)\n        waiting.extend(graph[node])\n    return ready",
            "Another set is asked",
        ),
        Valid(
            "def f(graph, start, cost):\n    seen, waiting = set(), [start]\n    while waiting:\n        node = waiting.pop()\n        seen.add(node)\n"
            "        for other in graph[node]:\n            if cost[node] + 1 < cost[other]:\n                waiting.append(other)\n    return seen",
            "It puts in what gets cheaper",
        ),
        Valid(
            "def f(tree):\n    names, waiting = set(), [tree]\n    while waiting:\n        node = waiting.pop()\n"
            "        names.add(node.name)\n        waiting.extend(node.children)\n    return names",
            "A tree",
        ),
        Valid(
            "def f(graph, start):\n    seen, waiting = set(), [start]\n    while waiting:\n        node = waiting.pop()\n"
            "        seen.add(node)\n        waiting.extend(set(graph[node]) - seen)\n    return seen",
            "It leaves them out",
        ),
        Valid(
            "def f(graph, start):\n    waiting = [start]\n    while waiting:\n        node = waiting.pop()\n        waiting.extend(graph[node])",
            "It keeps nothing",
        ),
    )
    INVALID = (
        Invalid(
            "def f(graph, start):\n    seen, waiting = set(), [start]\n    while waiting:\n        node = waiting.pop()\n"
            "        seen.add(node)\n        for other in graph[node]:\n            waiting.append(other)\n    return seen",
            (
                "3:5-3:18 seen is never asked: nodes that lead to each other are walked through without an end",
            ),
        ),
    )

    def visit_While(self, loop: ast.While) -> None:
        function = self.facts.function(loop)
        if function is None:
            return
        calls = [node for node in self.facts.within(loop) if isinstance(node, ast.Call)]
        taken = {root_name(call.func) for call in calls if _method(call) in _TAKING}
        put = {root_name(call.func) for call in calls if _method(call) in _PUTTING}
        if not taken & put & self.facts.names_in(loop.test) or any(
            map(self._may_ask, self.facts.within(loop))
        ):
            return
        nodes = self._looked_up(loop)
        for seen in sorted({root_name(call.func) for call in calls if self._keeps(call, nodes)}):
            if (function, seen) not in self._unasked:
                self._unasked[function, seen] = self._is_never_asked(function, seen)
            if self._unasked[function, seen]:
                told = "nodes that lead to each other are walked through without an end"
                self.report(loop, f"{seen} is never asked: {told}", until=loop.test)
                return

    @cached_property
    def _unasked(self) -> dict[tuple[FunctionNode, str], bool]:
        """What was asked of sets."""
        return {}

    def _may_ask(self, node: ast.AST) -> bool:
        """Tells whether a part of the loop asks whether something is in another, or leaves a turn or what it puts in out."""
        if isinstance(node, ast.Compare):
            return any(isinstance(each, ast.In | ast.NotIn) for each in node.ops)
        if isinstance(node, ast.Call) and _method(node) in _PUTTING:
            return isinstance(self.facts.parent(self.facts.statement(node)), ast.If)
        return isinstance(node, ast.Continue) or (isinstance(node, ast.comprehension) and bool(node.ifs))

    def _looked_up(self, loop: ast.While) -> frozenset[str]:
        """The names that something is looked up by: ``node`` of ``graph[node]`` and ``graph.get(node, ())``."""
        return frozenset(self._keys(loop))

    def _keys(self, loop: ast.While) -> Iterator[str]:
        for node in self.facts.within(loop):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
                yield node.slice.id
            elif isinstance(node, ast.Call) and _method(node) in {
                "get",
                "neighbors",
                "neighbours",
                "successors",
            }:
                yield from (each.id for each in node.args[:1] if isinstance(each, ast.Name))

    def _keeps(self, call: ast.Call, nodes: frozenset[str]) -> bool:
        """``seen.add(node)``."""
        return (
            _method(call) == "add"
            and isinstance(call.func.value, ast.Name)  # type: ignore[attr-defined]
            and any(isinstance(each, ast.Name) and each.id in nodes for each in call.args)
        )

    def _is_never_asked(self, function: FunctionNode, seen: str) -> bool:
        """Tells whether a set of the function is only added to, returned or counted."""
        names = self.facts.names(function)
        if seen not in names.stores or seen in names.shared:
            return False
        for load in names.loads.get(seen, ()):
            above = self.facts.parent(load)
            adds = isinstance(above, ast.Attribute) and above.attr in {"add", "update"}
            counts = isinstance(above, ast.Call) and self.facts.is_builtin(
                above.func, "len", "list", "sorted"
            )
            inside = isinstance(above, ast.Call) and any(
                isinstance(each, ast.While) for each in self.facts.ancestors(load)
            )
            if not (adds or isinstance(above, ast.Return) or (counts and not inside)):
                return False
        return True


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
