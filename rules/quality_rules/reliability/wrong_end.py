"""The rule wrong-end."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, same_code

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names of what is taken from at the front, and of what is taken from at the back.
_QUEUE = re.compile(r"(?:^|_)(?:queue|fifo|bfs|breadth_first\w*)(?:_|$)")
_STACK = re.compile(r"(?:^|_)(?:stack|lifo)(?:_|$)")
#: Names of queues that go by another order.
_OTHERWISE = re.compile(r"lifo|priorit|heap|sorted|mapped")


class WrongEnd(AstRule):
    """Something is taken from the other end than it should be.

    ## What it does
    Reports `pop()` of a list that grows by `append()`, in a class called `Queue` or a function called `bfs`, `pop(0)` of one in a class called
    `Stack`, and `pop()` behind a statement that looks at the first entry (`lot = lots[0]`), and the other way round. Queues that go by another
    order, as a heap does, are fine.

    ## Why is this bad
    The one that came last is served first, a search by breadth goes by depth, and what was looked at is not what is taken away.

    ## Example
    ```python
    def breadth_first(graph, start):
        queue = [start]
        while queue:
            node = queue.pop()
            queue.extend(graph[node])
    ```

    ## Use instead
    ```python
    from collections import deque

    def breadth_first(graph, start):
        queue = deque([start])
        while queue:
            node = queue.popleft()
            queue.extend(graph[node])
    ```

    ## References
    - [Python tutorial: using lists as queues](https://docs.python.org/3/tutorial/datastructures.html#using-lists-as-queues)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"pop", "popleft"})

    VALID = (
        Valid("def bfs(queue, x):\n    queue.append(x)\n    return queue.pop(0)"),
        Valid(
            "def f(queue, x):\n    queue.append(x)\n    return queue.pop()", "A search by depth may be meant"
        ),
        Valid("def f(queue):\n    return queue.pop()", "Who fills it may do so at the front"),
        Valid(
            "def f(queue, x):\n    queue.insert(0, x)\n    queue.append(x)\n    return queue.pop()",
            "Both ends",
        ),
        Valid("def f(lots):\n    lot = lots[-1]\n    lots.pop()\n    return lot"),
        Valid(
            "class Stack:\n    def push(self, x):\n        self.items.append(x)\n\n    def pop(self):\n        return self.items.pop()"
        ),
    )
    INVALID = (
        Invalid(
            "class Queue:\n    def put(self, x):\n        self.items.append(x)\n\n    def get(self):\n        return self.items.pop()",
            ("6:16-6:32 self.items.pop() takes what came last from a queue: take from the front",),
        ),
        Invalid(
            "class Stack:\n    def push(self, x):\n        self.items.append(x)\n\n    def pop(self):\n        return self.items.pop(0)",
            ("6:16-6:33 self.items.pop(0) takes what came first from a stack: take from the back",),
        ),
        Invalid(
            "def f(lots, new):\n    lots.append(new)\n    lot = lots[0]\n    lots.pop()\n    return lot",
            ("4:5-4:15 lots.pop() takes another one than lots[0], which was looked at: take that one",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr not in {"pop", "popleft"}:
            return
        first = method.attr == "popleft" or [
            ast.unparse(self.facts.only_value(given)) for given in call.args
        ] == ["0"]
        if call.keywords or (call.args and not first):
            return
        names = list(self._names(call, method.value))
        if any(map(_OTHERWISE.search, names)) or not self._only_grows_behind(call, method.value):
            return
        shown = ast.unparse(call)
        if isinstance(self.facts.parent(call), ast.Expr):
            for seen in self._seen_before(call, method.value, "-1" if first else "0"):
                self.report(
                    call, f"{shown} takes another one than {seen}, which was looked at: take that one"
                )
                return
        if not first and any(map(_QUEUE.search, names)):
            self.report(call, f"{shown} takes what came last from a queue: take from the front")
        elif first and any(map(_STACK.search, names)):
            self.report(call, f"{shown} takes what came first from a stack: take from the back")

    def _seen_before(self, call: ast.Call, owner: ast.expr, place: str) -> Iterator[str]:
        """The entry at the other end that a statement before in the same function gave a name."""
        function = self.facts.function(call)
        for node in self.facts.inside(function, ast.Subscript) if function is not None else ():
            named = isinstance(self.facts.parent(node), ASSIGNMENTS) and isinstance(node.ctx, ast.Load)
            if (
                named
                and ast.unparse(node.slice) == place
                and same_code(node.value, owner)
                and node.lineno < call.lineno
            ):
                yield ast.unparse(node)

    def _names(self, call: ast.Call, owner: ast.expr) -> Iterator[str]:
        """The class that keeps a container, or the search that goes by it: what a local is called may be a slip of the pen."""
        function = self.facts.function(call)
        around = self.facts.class_of(function) if function is not None else None
        if isinstance(owner, ast.Attribute) and around is not None:
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", around.name).lower()
        elif isinstance(owner, ast.Name) and function is not None:
            yield function.name.lower()

    def _only_grows_behind(self, call: ast.Call, owner: ast.expr) -> bool:
        """Tells whether the function or class puts something behind the last entry, and nothing before the first."""
        function = self.facts.function(call)
        around = self.facts.class_of(function) if function is not None else None
        scope = around if around is not None and isinstance(owner, ast.Attribute) else function
        methods = {
            node.attr
            for node in (self.facts.inside(scope, ast.Attribute) if scope is not None else ())
            if same_code(node.value, owner)
        }
        return bool(methods & {"append", "extend"}) and not methods & {"insert", "appendleft", "sort"}
