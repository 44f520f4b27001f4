"""The rule front-of-list-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, dotted_name, targets_of
from quality_rules._called import is_none
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import Loops, is_short

if TYPE_CHECKING:
    from quality.model import Source
    from quality.rules import Facts

#: A name that is bound more often is left alone.
_MOST_PLACES = 20
_COST = "moves every element in each turn of the loop"
_REMEDY = f"{_COST}: use collections.deque"
_TURN = f"{_COST}: append, and reverse it at the end"


class FrontOfListInLoop(AstRule):
    """Elements enter or leave a list at its front, in a loop.

    ## What it does
    Reports `queue.pop(0)`, `queue.insert(0, x)`, `del queue[0]`, `queue = queue[1:]` and `queue = queue[1:] + more` in a loop of the
    function that made the list or takes it as one; with less certainty, `self.jobs.pop(0)` anywhere, in a class that also
    appends to that list.

    Another single such step outside of loops, loops of a few turns that are written down (`range(4)`), and tests, are
    fine.

    ## Why is this bad
    All other elements are moved or copied by one place each time, so that the loop takes the square of the
    length. A `deque` does the same step at once; so does an index that walks on.

    ## Example
    ```python
    def reachable(start, edges):
        queue, seen = [start], {start}
        queue = [start]
        while queue:
            node = queue.pop(0)
            for other in edges[node] - seen:
                seen.add(other)
                queue.append(other)
        return seen
    ```

    ## Use instead
    ```python
    def reachable(start, edges):
        queue, seen = deque([start]), {start}
        while queue:
            node = queue.popleft()
            for other in edges[node] - seen:
                seen.add(other)
                queue.append(other)
        return seen
    ```

    ## References
    - [Python documentation: collections.deque](https://docs.python.org/3/library/collections.html#collections.deque)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    needs = frozenset({"pop", "insert", ast.Delete, ast.Slice})

    VALID = (
        Valid(
            "class A:\n    def __init__(self, rows):\n        self.rows = list(rows)\n\n"
            "    def head(self):\n        return self.rows.pop(0)",
            "Nothing is added",
        ),
        Valid(
            "class A:\n    def __init__(self):\n        self.rows = []\n\n    def add(self, row):\n"
            "        self.rows.append(row)\n        self.rows.sort()\n\n    def head(self):\n        return self.rows.pop(0)",
            "A deque cannot be sorted",
        ),
        Valid(
            "def f(rows):\n    rows = list(rows)\n    head = rows.pop(0)\n    return head, rows", "One step"
        ),
        Valid(
            "def f(parts):\n    for part in parts:\n        part.cells.pop(0)", "Another list in each turn"
        ),
        Valid(
            "class A:\n    def __init__(self, jobs):\n        self.jobs = jobs\n\n    def run(self):\n"
            "        while self.jobs:\n            self.jobs.pop(0)",
            "It may be anything",
        ),
        Valid(
            "def f(queue: deque):\n    while queue:\n        queue.insert(0, queue.pop())", "It is no list"
        ),
    )
    INVALID = (
        Invalid(
            """
            def visit(start, edges):
                queue = [start]
                while queue:
                    print(queue[0])
                    queue = queue[1:] + edges[queue[0]]
            """,
            (f"5:9-5:44 queue = queue[1:] {_REMEDY}",),
        ),
        Invalid(
            """
            class Jobs:
                def __init__(self):
                    self.waiting = []

                def add(self, job):
                    self.waiting.append(job)

                def take(self):
                    return self.waiting.pop(0)
            """,
            ("9:16-9:35 self.waiting.pop(0) moves every element each time: use collections.deque",),
        ),
        Invalid(
            """
            class Search:
                def __init__(self):
                    self.queue = None

                def run(self, start):
                    self.queue = [start]
                    while self.queue:
                        self.visit(self.queue.pop(0))
            """,
            (f"8:24-8:41 self.queue.pop(0) {_REMEDY}",),
        ),
        Invalid(
            """
            def digits(number):
                found = []
                while number:
                    number, digit = divmod(number, 10)
                    found.insert(0, digit)
                return found
            """,
            (f"5:9-5:31 found.insert(0, …) {_TURN}",),
        ),
        Invalid(
            """
            def merged(left: list[int], right: list[int]):
                while left and right:
                    if left[0] < right[0]:
                        yield left[0]
                        left = left[1:]
                    else:
                        yield right[0]
                        del right[0]
            """,
            (f"5:13-5:28 left = left[1:] {_REMEDY}", f"8:13-8:25 del right[0] {_REMEDY}"),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role == "product" and source.mentions("for ", "while ", ".pop(")

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if (
            not isinstance(function, ast.Attribute)
            or not call.args
            or not _is_zero(self.facts.only_value(call.args[0]))
        ):
            return
        if function.attr == "pop" and len(call.args) == 1:
            self._check(call, function.value, ".pop(0)")
        elif function.attr == "insert" and len(call.args) == 2:  # noqa: PLR2004 - place and value
            self._check(call, function.value, ".insert(0, …)", remedy=_TURN)

    def visit_Delete(self, statement: ast.Delete) -> None:
        target = statement.targets[0]
        if isinstance(target, ast.Subscript) and _is_zero(target.slice):
            self._check(statement, target.value, "[0]", "del ")

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(statement)[0], statement.value
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            value = value.left  # what is added behind the rest of a queue
        if not isinstance(value, ast.Subscript) or not isinstance(value.slice, ast.Slice):
            return
        cut = value.slice
        if cut.upper is not None or cut.step is not None or not _is_one(cut.lower):
            return
        owner = value.value
        if isinstance(target, ast.Name) and isinstance(owner, ast.Name) and target.id == owner.id:
            self._check(statement, owner, f" = {ast.unparse(value)}")

    visit_AnnAssign = visit_Assign

    def _check(
        self, node: ast.AST, target: ast.AST, what: str, before: str = "", remedy: str = _REMEDY
    ) -> None:
        function, name = self.facts.function(node), dotted_name(target)
        if not name or (function, name) in self._reported:
            return
        loop = next(self.facts.derived(Loops).around(node), None)
        if loop is None:
            if what == ".pop(0)" and self._is_queue(name) and self._is_list(target):
                self._reported.add((function, name))
                self.report(
                    node,
                    f"{name}{what} moves every element each time: use collections.deque",
                    confidence=Confidence.LOW,
                )
            return
        if is_short(loop) or not self._is_list(target):
            return
        if not isinstance(target, ast.Name) or not self._is_made_in(loop, target) or what.startswith(" ="):
            self._reported.add((function, name))
            self.report(node, f"{before}{name}{what} {remedy}")

    def _is_queue(self, name: str) -> bool:
        """Tells whether an attribute of ``self`` is appended to one by one, and never sorted or taken a piece of."""
        if not name.startswith("self."):
            return False
        uses = self.facts.derived(_uses_of_attributes).get(name[5:], frozenset())
        return "append" in uses and not uses & {"sort", "slice", "insert"}

    def _is_list(self, target: ast.AST) -> bool:
        """Tells whether a name is a list, or all that an attribute of ``self`` is given in the text."""
        if isinstance(target, ast.Name):
            return self.facts.derived(Kinds).of(target) is Kind.LIST
        name = dotted_name(target)
        if name.count(".") != 1 or not name.startswith("self."):
            return False
        kinds = self.facts.derived(_kinds_of_attributes).get(name[5:], ())
        return bool(kinds) and set(kinds) <= {Kind.LIST, None} and Kind.LIST in kinds

    @cached_property
    def _reported(self) -> set[tuple[ast.AST | None, str]]:
        """Function and name of the lists that are reported, one finding each."""
        return set()

    def _is_made_in(self, loop: ast.AST, name: ast.Name) -> bool:
        """Tells whether each turn of the loop has a list of its own."""
        function = self.facts.function(name)
        places = self.facts.names(function).stores.get(name.id, ()) if function else ()
        return len(places) > _MOST_PLACES or any(self.facts.contains(loop, place) for place in places)


def _kinds_of_attributes(facts: Facts) -> dict[str, list[Kind | None]]:
    """Attribute of ``self`` → the kinds of what it is given; None stands for None, to begin with."""
    found: dict[str, list[Kind | None]] = {}
    kinds = facts.derived(Kinds)
    for _, targets, value in facts.assignments:
        for target in targets:
            if isinstance(target, ast.Attribute) and dotted_name(target).startswith("self."):
                kind = kinds.of(value)
                nothing = is_none(value)
                found.setdefault(target.attr, []).append(kind if kind or nothing else Kind.NUMBER)
    return found


def _uses_of_attributes(facts: Facts) -> dict[str, frozenset[str]]:
    """Attribute of ``self`` → the methods that are called on it, and ``slice`` where a piece of it is taken."""
    found: dict[str, set[str]] = {}
    for node in facts.of(ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            above = facts.parent(node)
            if isinstance(above, ast.Attribute):
                found.setdefault(node.attr, set()).add(above.attr)
            elif isinstance(above, ast.Subscript) and isinstance(above.slice, ast.Slice):
                found.setdefault(node.attr, set()).add("slice")
    return {name: frozenset(uses) for name, uses in found.items()}


def _is_zero(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0 and type(node.value) is int


def _is_one(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1
