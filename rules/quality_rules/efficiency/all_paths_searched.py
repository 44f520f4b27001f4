"""The rule all-paths-searched."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, root_name, targets_of
from quality_rules._loops import COMPREHENSIONS
from quality_rules.efficiency._recursion import has_recursion, own_calls, turns_around

if TYPE_CHECKING:
    from quality.model import FunctionNode

_REMEDY = "remember what was seen in one set for all paths"
_SHORTEST = "go breadth first, and stop at the first that arrives"

#: Where it shows what becomes of an answer, and of these where all answers are collected.
_COLLECTING = (ast.YieldFrom, ast.Yield, ast.For, ast.comprehension, ast.Call, ast.AugAssign)
_DECIDING = (*_COLLECTING, *COMPREHENSIONS, ast.BoolOp, ast.stmt)


class AllPathsSearched(AstRule):
    """All ways through a graph are walked for what one search finds.

    ## What it does
    Reports functions that call themselves for each neighbour of a node and only leave out those on the way there
    (`search(graph, other, path + [node])` where `other not in path`), when they answer whether something is reached, what
    is reached, or the first way there; and `min(paths(graph, start, goal), key=len)` of a function that gives all ways.

    Functions whose ways are all wanted, that ask how long a way is (a tour of all nodes), or that take something else along, as
    a search for a word in a grid does, are fine.

    ## Why is this bad
    The same node is searched again for each way that leads to it, and the number of ways doubles with every crossing. With one set
    of what was seen for all of them, each node is searched once. Breadth first, the first way that arrives is a shortest.

    ## Example
    ```python
    def reachable(graph, node, path=()):
        found = {node}
        for other in graph[node]:
            if other not in path:
                found |= reachable(graph, other, (*path, node))
        return found
    ```

    ## Use instead
    ```python
    def reachable(graph, start):
        found, waiting = {start}, [start]
        while waiting:
            for other in graph[waiting.pop()]:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found
    ```

    ## References
    - [Breadth-first search](https://en.wikipedia.org/wiki/Breadth-first_search)
    """

    dimension = "efficiency"
    severity = Severity.ERROR
    effort = 15
    confidence = Confidence.MEDIUM

    asks = (has_recursion,)

    VALID = (
        Valid(
            """
            def paths(graph, node, goal, path=()):
                path = (*path, node)
                if node == goal:
                    return [path]
                return [found for other in graph[node] if other not in path for found in paths(graph, other, goal, path)]
            """,
            "All of them are wanted",
        ),
        Valid(
            """
            def tour(graph, node, path=()):
                if len(path) == len(graph):
                    return True
                return any(tour(graph, other, (*path, node)) for other in graph[node] if other not in path)
            """,
            "A way through all nodes",
        ),
        Valid(
            """
            def spelled(grid, cell, word, path):
                if not word:
                    return True
                return any(
                    spelled(grid, other, word[1:], path | {cell})
                    for other in around(cell)
                    if other not in path and grid[other] == word[0]
                )
            """,
            "What is sought depends on the way",
        ),
        Valid(
            """
            def search(graph, node, seen):
                seen.add(node)
                return any(search(graph, other, seen) for other in graph[node] if other not in seen)
            """,
            "One set for all",
        ),
        Valid(
            """
            def orders(rows, chosen=()):
                return max(orders(rows, (*chosen, row)) for row in rows if row not in chosen)
            """,
            "No node is searched",
        ),
    )
    INVALID = (
        Invalid(
            """
            def is_linked(graph, node, goal, path):
                if node == goal:
                    return True
                for other in graph[node]:
                    if other not in path and is_linked(graph, other, goal, path + [node]):
                        return True
                return False
            """,
            (f"5:34-5:78 is_linked() searches a node again for each way to it: {_REMEDY}",),
        ),
        Invalid(
            """
            def distance(graph, node, goal, seen=frozenset()):
                if node == goal:
                    return 0
                ways = [distance(graph, other, goal, seen | {node}) for other in graph[node] if other not in seen]
                return 1 + min(ways, default=float("inf"))
            """,
            (f"4:13-4:56 distance() searches a node again for each way to it: {_SHORTEST}",),
        ),
        Invalid(
            """
            def paths(graph, path, goal):
                if path[-1] == goal:
                    yield path
                    return
                for other in graph[path[-1]]:
                    if other not in path:
                        yield from paths(graph, [*path, other], goal)

            def shortest(graph, start, goal):
                return min(paths(graph, [start], goal), key=len)
            """,
            (f"10:16-10:43 paths() gives all ways for the shortest of them: {_SHORTEST}",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        walked = next((call for call in own_calls(self.facts, function) if self._walks(function, call)), None)
        if walked is None:
            return
        kind = self._wanted(function, walked)
        if kind:
            self.report(walked, f"{function.name}() searches a node again for each way to it: {kind}")
        elif kind is None:
            self._check_shortest(function)

    def _walks(self, function: FunctionNode, call: ast.Call) -> bool:
        """Tells whether a call is of a neighbour that is not on the way, with the way made longer, and nothing else moved."""
        longer = [each for each in call.args if self._is_asked(function, self._extended(each))]
        if len(longer) != 1 or call.keywords:
            return False
        targets = {target.id for target, _ in turns_around(self.facts, call) if isinstance(target, ast.Name)}
        moved = [each for each in call.args if each not in longer and not self._is_given(function, each)]
        if moved:
            return len(moved) == 1 and isinstance(moved[0], ast.Name) and moved[0].id in targets
        added = self.facts.names_in(longer[0])
        return bool(added & targets) and self._ends_way(function, self._extended(longer[0]))

    def _is_given(self, function: FunctionNode, argument: ast.expr) -> bool:
        """Tells whether an argument is one of the function's own, as it came."""
        return isinstance(argument, ast.Name) and argument.id not in self.facts.names(function).stores

    def _ends_way(self, function: FunctionNode, way: str) -> bool:
        """Tells whether the node that is searched is the last of the way: ``graph[path[-1]]``, or a name for it."""
        return any(
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.UnaryOp)
            and ast.unparse(node.value) == way
            for node in self.facts.within(function)
        )

    def _is_asked(self, function: FunctionNode, way: str) -> bool:
        """Tells whether neighbours are left out when they are on the way, a parameter of the function."""
        return way in self.facts.names(function).parameters and any(
            isinstance(node, ast.Compare)
            and isinstance(node.ops[0], ast.In | ast.NotIn)
            and ast.unparse(node.comparators[0]) == way
            for node in self.facts.within(function)
        )

    def _extended(self, argument: ast.expr) -> str:
        """The name of the way that an argument is with one node more; empty for others."""
        if isinstance(argument, ast.Name):
            values = self.facts.values(argument, argument.id)
            value = values[0] if len(values) == 1 else None
            longer = _longer(value) if value is not None else ""
            return argument.id if longer == argument.id else ""
        return _longer(argument)

    def _wanted(self, function: FunctionNode, call: ast.Call) -> str | None:
        """What to do instead, by what becomes of the answers; None where they are collected, empty where the way counts."""
        way = next(name for a in call.args if (name := self._extended(a)))
        if self._is_measured(function, way):
            return ""
        above = next(each for each in self.facts.ancestors(call) if isinstance(each, _DECIDING))
        if isinstance(above, COMPREHENSIONS):
            return self._of_comprehended(above, call)
        if isinstance(above, ast.Assign | ast.AnnAssign):
            return self._of_named(above)
        if isinstance(above, ast.If | ast.BoolOp) or _unites(above):
            return _REMEDY
        return None if isinstance(above, _COLLECTING) else ""

    def _of_comprehended(self, made: ast.AST, call: ast.Call) -> str | None:
        asked = self.facts.parent(made)
        if isinstance(asked, ast.Assign | ast.AnnAssign):
            name = targets_of(asked)[0]
            reads = self.facts.function(made)
            loads = self.facts.names(reads).loads if reads else {}
            uses = loads.get(name.id, []) if isinstance(name, ast.Name) else []
            asked = self.facts.parent(uses[0]) if len(uses) == 1 else None
        if isinstance(asked, ast.Call) and self.facts.is_builtin(asked.func, "any"):
            return _REMEDY
        if isinstance(asked, ast.Call) and self.facts.is_builtin(asked.func, "min"):
            return _SHORTEST if self._counts_steps(asked, call) else ""
        return None

    def _counts_steps(self, asked: ast.Call, call: ast.Call) -> bool:
        """Tells whether the least of the answers is one of steps: one more for each, or the length of a way."""
        around = [asked, *self.facts.ancestors(asked)]
        inside = [each for each in self.facts.ancestors(call) if isinstance(each, ast.BinOp)]
        sums = [each for each in (*around, *inside) if isinstance(each, ast.BinOp)]
        by_length = any(
            keyword.arg == "key" and isinstance(keyword.value, ast.Name) and keyword.value.id == "len"
            for keyword in asked.keywords
        )
        return by_length or (
            bool(sums)
            and all(any(isinstance(side, ast.Constant) for side in (each.left, each.right)) for each in sums)
        )

    def _of_named(self, statement: ast.Assign | ast.AnnAssign) -> str | None:
        """What to do for ``found = search(…)``, followed by ``if found: return found`` or by a comparison of lengths."""
        name = ast.unparse(targets_of(statement)[0])
        following = self.facts.rest(statement)[:1]
        if not following or not isinstance(following[0], ast.If):
            return ""
        test, body = following[0].test, following[0].body
        lengths = f"len({name})" in ast.unparse(following[0])
        returned = [each for each in body if isinstance(each, ast.Return) and each.value is not None]
        if lengths:
            return _SHORTEST
        return _REMEDY if name in self.facts.names_in(test) and returned else ""

    def _is_measured(self, function: FunctionNode, way: str) -> bool:
        """Tells whether it matters how long the way is, or in which order it goes."""
        for node in self.facts.within(function):
            if not isinstance(node, ast.Name) or node.id != way or not isinstance(node.ctx, ast.Load):
                continue
            above = self.facts.parent(node)
            if isinstance(above, ast.Call) and self.facts.is_builtin(
                above.func, "len", "set", "sum", "sorted"
            ):
                return True
        return False

    def _check_shortest(self, function: FunctionNode) -> None:
        """Calls from elsewhere that take the shortest of all ways."""
        for call in self.facts.of(ast.Call):
            if last_word(call.func) != function.name or self.facts.function(call) is function:
                continue
            if self._takes_shortest(call):
                self.report(call, f"{function.name}() gives all ways for the shortest of them: {_SHORTEST}")

    def _takes_shortest(self, node: ast.expr) -> bool:
        """Tells whether all that is done with some ways, or with their lengths, is to take the least."""
        above = self.facts.parent(node)
        if isinstance(above, ast.comprehension):
            made = self.facts.parent(above)
            measured = isinstance(made, COMPREHENSIONS) and "len(" in ast.unparse(getattr(made, "elt", made))
            return measured and isinstance(made, ast.expr) and self._is_least(made, measured=True)
        return self._is_least(node, measured=False)

    def _is_least(self, node: ast.expr, *, measured: bool) -> bool:
        above = self.facts.parent(node)
        if isinstance(above, ast.Assign | ast.AnnAssign) and isinstance(targets_of(above)[0], ast.Name):
            function = self.facts.function(node)
            uses = (
                self.facts.names(function).loads.get(root_name(targets_of(above)[0]), []) if function else []
            )
            asked = [self.facts.parent(use) for use in uses]
            return any(self._is_min(each, measured=measured) for each in asked) and all(
                self._is_min(each, measured=measured) or _is_test(each) for each in asked
            )
        return self._is_min(above, measured=measured)

    def _is_min(self, node: ast.AST | None, *, measured: bool) -> bool:
        if not isinstance(node, ast.Call) or not self.facts.is_builtin(node.func, "min"):
            return False
        keys = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "key"]
        return measured != bool(keys) and all(key == "len" for key in keys)


def _unites(node: ast.AST) -> bool:
    """Tells whether a node adds what one way finds to what all of them do: ``found |= …``, ``found.update(…)``."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.BitOr)
    return isinstance(node, ast.Call) and last_word(node.func) == "update"


def _is_test(node: ast.AST | None) -> bool:
    """Tells whether a node only asks whether there is anything."""
    return isinstance(node, ast.If | ast.IfExp | ast.UnaryOp | ast.BoolOp)


def _longer(value: ast.expr) -> str:
    """``path`` of ``path + [node]``, ``[*path, node]``, ``path | {node}`` and the like; empty for others."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.BitOr):
        one = isinstance(value.right, ast.List | ast.Tuple | ast.Set) and len(value.right.elts) == 1
        return value.left.id if one and isinstance(value.left, ast.Name) else ""
    if isinstance(value, ast.List | ast.Tuple | ast.Set) and len(value.elts) == 2:  # noqa: PLR2004 - the way and a node
        first = value.elts[0]
        starred = first.value if isinstance(first, ast.Starred) else None
        return starred.id if isinstance(starred, ast.Name) else ""
    return ""
