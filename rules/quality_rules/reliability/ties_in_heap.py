"""The rule ties-in-heap."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import Invalid, Valid, parameters
from quality_rules._called import CallRule

#: Names of what has no order of its own.
_UNORDERED = frozenset(
    {
        "job",
        "task",
        "event",
        "callback",
        "func",
        "function",
        "fn",
        "action",
        "request",
        "order",
        "handler",
        "message",
        "item",
    }
)
_PAIR = 2


class TiesInHeap(CallRule):
    """Two entries of a heap with the same priority cannot be compared.

    ## What it does
    Reports `heappush(heap, (priority, task))`, where the second is what the function is given, and by its name a task, event,
    callback or the like, and `put()` of such a pair into a `PriorityQueue`.

    Pairs with a number in between, which is never the same, are fine.

    ## Why is this bad
    Where the priorities are equal, Python goes on to compare the tasks: that raises `TypeError`, or orders them by something that nobody meant. It works
    until two are.

    ## Example
    ```python
    import heapq

    def add(heap, priority, task):
        heapq.heappush(heap, (priority, task))
    ```

    ## Use instead
    ```python
    import heapq
    import itertools

    counter = itertools.count()

    def add(heap, priority, task):
        heapq.heappush(heap, (priority, next(counter), task))
    ```

    ## References
    - [Python documentation: priority queue implementation notes](https://docs.python.org/3/library/heapq.html#priority-queue-implementation-notes)
    """

    dimension = "reliability"
    confidence = Confidence.LOW
    effort = 5
    needs = frozenset({"heappush"})

    VALID = (
        Valid("import heapq\n\ndef f(heap, p, n, task):\n    heapq.heappush(heap, (p, n, task))"),
        Valid(
            "import heapq\n\ndef f(heap, distance, node):\n    heapq.heappush(heap, (distance, node))",
            "A name or number",
        ),
    )
    INVALID = (
        Invalid(
            "import heapq\n\ndef f(heap, priority, task):\n    heapq.heappush(heap, (priority, task))",
            ("4:5-4:43 task is compared where priority is the same: put a counter in between",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        function = self.facts.function(call)
        match call.args:
            case [_, ast.Tuple(elts=[first, ast.Name(id=name)])] if name in _UNORDERED:
                if function is not None and name in parameters(function):
                    self.report(
                        call,
                        f"{name} is compared where {ast.unparse(first)} is the same: put a counter in between",
                    )
