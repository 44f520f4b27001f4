"""The rule extreme-taken-in-loop."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, dotted_name, parameters, targets_of
from quality_rules._asked import is_product
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import Loops, is_short

_EXTREMES = ("min", "max")
#: Methods that put elements in, and those that take some out.
_FILLING = frozenset({"append", "extend", "insert"})
_MOVING = _FILLING | {"pop", "remove"}


class ExtremeTakenInLoop(AstRule):
    """The smallest element is sought, or all are sorted, anew for each that is taken.

    ## What it does
    Reports `smallest = min(rows)` with `rows.remove(smallest)` in a loop (`max` likewise), `rows.sort()` and
    `rows = sorted(rows)` in a loop that also appends to `rows` or pops from it; and, as a note, `self.rows.sort()` behind
    `self.rows.append(row)`.

    One such step outside of loops, lists that each turn makes for itself, an order that is another one in each turn (the nearest
    to where the last turn ended), sorted lists of which a piece is taken, loops of a written number of turns, and tests, are
    fine. Where the loop changes what decides the order, it is less certain.

    ## Why is this bad
    Each turn looks at everything that is left, so the time grows with the square of the number. A heap gives and takes its
    smallest element in a few steps; where nothing is added meanwhile, one sort before the loop does.

    ## Example
    ```python
    def run(jobs):
        while jobs:
            job = min(jobs)
            jobs.remove(job)
            jobs.extend(job.run())
    ```

    ## Use instead
    ```python
    def run(jobs):
        heapq.heapify(jobs)
        while jobs:
            job = heapq.heappop(jobs)
            for following in job.run():
                heapq.heappush(jobs, following)
    ```

    ## References
    - [Python documentation: heapq](https://docs.python.org/3/library/heapq.html)
    """

    dimension = "efficiency"
    needs = frozenset({*_EXTREMES, "sort", "sorted"})
    asks = (is_product,)
    effort = 10
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("def f(rows):\n    first = min(rows)\n    rows.remove(first)\n    return first", "Once"),
        Valid(
            "def f(groups):\n    for group in groups:\n        rows = list(group)\n        rows.remove(min(rows))\n"
            "        yield rows",
            "Another list in each turn",
        ),
        Valid(
            "def f(groups):\n    for group in groups:\n        group.sort()\n        group.append(0)",
            "Likewise",
        ),
        Valid(
            "def f(rows):\n    for _ in range(3):\n        rows.remove(max(rows))\n    return rows",
            "A few turns",
        ),
        Valid(
            "def route(stops, here):\n    while stops:\n        here = min(stops, key=lambda stop: gap(here, stop))\n"
            "        stops.remove(here)\n        yield here",
            "Each turn asks for another order",
        ),
        Valid(
            "def f(rows):\n    while rows:\n        rows.sort()\n        use(rows[:3])\n        rows.pop()",
            "Several are taken",
        ),
        Valid("def f(rows, new):\n    rows.extend(new)\n    rows.sort()", "Sorted once"),
        Valid(
            "class A:\n    def add(self, rows):\n        for row in rows:\n            self.rows.append(row)\n"
            "        self.rows.sort()",
            "Many are added, and sorted once",
        ),
    )
    INVALID = (
        Invalid(
            """
            def ordered(rows):
                done = []
                while rows:
                    smallest = min(rows, key=len)
                    rows.remove(smallest)
                    done.append(smallest)
                return done
            """,
            (
                "4:20-4:38 min(rows) looks at all of rows for each element that is taken: keep them in a heap (heapq)",
            ),
        ),
        Invalid(
            """
            def cost(piles):
                total = 0
                while len(piles) > 1:
                    piles.sort()
                    merged = piles.pop(0) + piles.pop(0)
                    total += merged
                    piles.append(merged)
                return total
            """,
            ("4:9-4:21 piles is sorted in each turn of the loop: keep it in a heap (heapq)",),
        ),
        Invalid(
            """
            class Board:
                def __init__(self):
                    self.scores = []

                def add(self, score):
                    self.scores.append(score)
                    self.scores.sort()
            """,
            ("7:9-7:27 self.scores is sorted for each element that is added: use bisect.insort()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if self.facts.is_builtin(function, *_EXTREMES):
            self._check_taken(call)
        elif isinstance(function, ast.Attribute) and function.attr == "sort":
            self._check_sorted(call, function.value)

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        value, target = statement.value, targets_of(statement)[0]
        if (
            isinstance(value, ast.Call)
            and self.facts.is_builtin(value.func, "sorted")
            and value.args
            and dotted_name(value.args[0]) == dotted_name(target) != ""
        ):
            self._check_sorted(statement, target)

    visit_AnnAssign = visit_Assign

    def _check_taken(self, call: ast.Call) -> None:
        name = dotted_name(call.args[0]) if len(call.args) == 1 else ""
        loop = next(self.facts.derived(Loops).around(call), None) if name else None
        if not isinstance(loop, ast.For | ast.While) or not self._outlives(call.args[0], loop):
            return
        loops = self.facts.derived(Loops)
        if not self._taken(call, name, loop) or loops.is_left_behind(call, loop):
            return
        judged = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
        own = {name for key in judged if isinstance(key, ast.Lambda) for name in parameters(key)}
        by = set().union(*map(self.facts.names_in, judged)) - own
        if by & loops.bound(loop):
            return  # each turn asks for another order
        extreme = call.func.id if isinstance(call.func, ast.Name) else "min"
        self._tell(
            call,
            name,
            f"{extreme}({name}) looks at all of {name} for each element that is taken: keep them in a heap (heapq)",
            Confidence.LOW if by & loops.changed(loop) else Confidence.MEDIUM,
        )

    def _taken(self, call: ast.Call, name: str, loop: ast.AST) -> bool:
        """Tells whether the loop removes from the collection what the call finds."""
        above = self.facts.parent(call)
        found = {ast.unparse(call)}
        found.update(target.id for target in targets_of(above) if isinstance(target, ast.Name))
        for node in self.facts.within(loop):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if dotted_name(node.func.value) != name:
                continue
            argument = node.args[0]
            if node.func.attr == "pop" and isinstance(argument, ast.Call) and argument.args:
                place = isinstance(argument.func, ast.Attribute) and argument.func.attr == "index"
                argument = argument.args[0] if place else argument
            if node.func.attr in {"remove", "discard", "pop"} and ast.unparse(argument) in found:
                return True
        return False

    def _check_sorted(self, node: ast.AST, target: ast.expr) -> None:
        name = dotted_name(target)
        loop = next(self.facts.derived(Loops).around(node), None) if name else None
        if loop is None:
            self._check_added(node, name)
        elif self._outlives(target, loop) and self._moves(loop, name):
            self._tell(node, name, f"{name} is sorted in each turn of the loop: keep it in a heap (heapq)")

    def _check_added(self, node: ast.AST, name: str) -> None:
        """An attribute that is sorted as soon as one element is appended to it."""
        statement = self.facts.statement(node)
        before = self.facts.previous(statement) if isinstance(statement, ast.stmt) else None
        call = before.value if isinstance(before, ast.Expr) else None
        appends = (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "append"
            and dotted_name(call.func.value) == name
        )
        if appends and name.startswith("self."):
            self.report(
                node,
                f"{name} is sorted for each element that is added: use bisect.insort()",
                severity=Severity.NOTE,
            )

    def _moves(self, loop: ast.AST, name: str) -> bool:
        """Tells whether a loop puts elements into a list or takes some out, and never takes a piece of it."""
        inside = self.facts.within(loop)
        sliced = any(
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Slice)
            and dotted_name(node.value) == name
            for node in inside
        )
        return not sliced and any(
            isinstance(node, ast.Attribute) and node.attr in _MOVING and dotted_name(node.value) == name
            for node in inside
        )

    def _outlives(self, collection: ast.expr, loop: ast.AST) -> bool:
        """Tells whether all turns of a loop, of a number that is not written down, share a collection."""
        if is_short(loop):
            return False
        root = collection
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name) or self.facts.derived(Kinds).of(root) is Kind.TEXT:
            return False
        return not any(self._makes(node, root.id) for node in self.facts.within(loop))

    def _makes(self, node: ast.AST, name: str) -> bool:
        """Tells whether a node binds a name to something else than what it holds in another order."""
        if not isinstance(node, ast.Name) or node.id != name or isinstance(node.ctx, ast.Load):
            return False
        above = self.facts.parent(node)
        value = above.value if isinstance(above, ast.Assign | ast.AnnAssign) else None
        again = isinstance(value, ast.Call) and self.facts.is_builtin(value.func, "sorted") and value.args
        return not (isinstance(value, ast.Call) and again and dotted_name(value.args[0]) == name)

    def _tell(
        self, node: ast.AST, name: str, message: str, confidence: Confidence = Confidence.MEDIUM
    ) -> None:
        cause = (self.facts.function(node), name)
        if cause not in self._reported:
            self._reported.add(cause)
            self.report(node, message, confidence=confidence)

    @cached_property
    def _reported(self) -> set[tuple[ast.AST | None, str]]:
        """Function and name of the collections that are reported, one finding each."""
        return set()
