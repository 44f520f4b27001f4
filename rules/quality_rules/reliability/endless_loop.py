"""The rule endless-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._loops import Loops

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAVES_FOR_GOOD = (ast.Return, ast.Raise, ast.Break)
_LEAVES = (*_LEAVES_FOR_GOOD, ast.Yield, ast.YieldFrom, ast.Await)
#: Methods of files and streams that give a text or bytes.
_READING = frozenset({"read", "readline", "recv", "read1"})
#: Builtins that change nothing of what they get.
_READERS = ("print", "len", "range", "int", "str", "min", "max", "abs", "sum")
#: What reads names and numbers and nothing that others can change.
_PLAIN = (ast.Name, ast.Constant, ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp)


class EndlessLoop(AstRule):
    """A loop's condition never changes.

    ## What it does
    Reports `while` loops in functions whose condition reads only local names and numbers, when the loop
    changes none of them and has no other way out; or changes nothing at all, so that each turn does what the first one did.

    `while True`, and conditions that ask an object, are fine: the end comes from elsewhere.

    ## Why is this bad
    Once entered, the loop runs for ever.

    ## Example
    ```python
    def digits(number):
        count = 0
        while number > 0:
            count += 1
        return count
    ```

    ## Use instead
    ```python
    def digits(number):
        count = 0
        while number > 0:
            number //= 10
            count += 1
        return count
    ```

    ## References
    - [CWE-835: loop with unreachable exit condition](https://cwe.mitre.org/data/definitions/835.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.HIGH
    cwe = 835

    VALID = (
        Valid("def f(n):\n    while n > 0:\n        n -= 1"),
        Valid("def f(jobs):\n    while jobs:\n        jobs.pop()", "It changes the list"),
        Valid(
            "def f(step):\n    found = []\n    step.fill(found)\n    while not found:\n        step.next()",
            "It is handed on",
        ),
        Valid(
            "def f(jobs):\n    row = jobs.next()\n    while row:\n        yield row",
            "Who gets it may change it",
        ),
        Valid("def f(self):\n    while self.open:\n        step()", "It asks an object"),
    )
    INVALID = (
        Invalid(
            "def f(rows, x):\n    i = 0\n    while i < len(rows):\n        if rows[i] == x:\n            return i\n    return -1",
            ("3:11-3:24 nothing in the loop changes i < len(rows): it never ends",),
        ),
        Invalid(
            "def f(source):\n    block = source.read(1024)\n    while block:\n        yield block",
            ("3:11-3:16 nothing in the loop changes block: it never ends",),
        ),
        Invalid(
            """
            def search(rows, wanted):
                low, high = 0, len(rows)
                while low < high:
                    middle = (low + high) // 2
                    if rows[middle] < wanted:
                        lower = middle + 1
                    else:
                        upper = middle
                return low
            """,
            ("3:11-3:21 nothing in the loop changes low < high: it never ends",),
        ),
    )

    def visit_While(self, loop: ast.While) -> None:
        function = self.facts.function(loop)
        if function is None:
            return
        lengths = [
            node
            for node in self.facts.within(loop.test)
            if isinstance(node, ast.Call) and self.facts.is_builtin(node.func, "len")
        ]
        names_of_len = {call.func for call in lengths}
        tested = [node for node in self.facts.within(loop.test) if node not in names_of_len]
        read = [node for node in tested if isinstance(node, ast.Name)]
        names = self.facts.names(function)
        local = all(
            (n.id in names.stores or n.id in names.parameters) and n.id not in names.shared for n in read
        )
        if not read or not local or not all(isinstance(n, _PLAIN) or n in lengths for n in tested):
            return
        if any(self._is_lent(node, names.loads.get(node.id, ())) for node in read):
            return
        changed = self.facts.derived(Loops).changed(loop)
        if any(node.id in changed for node in read):
            return
        leaves = _LEAVES if not self._is_read(read[0]) else _LEAVES_FOR_GOOD
        inside = self.facts.within(loop)
        ends = any(isinstance(node, leaves) or self._may_exit(node) for node in inside)
        if (not ends and not lengths) or (not changed and self._is_idle(inside)):
            shown = shorten(ast.unparse(loop.test))
            self.report(loop.test, f"nothing in the loop changes {shown}: it never ends")

    def _is_idle(self, inside: list[ast.AST]) -> bool:
        """Tells whether nothing that a loop does can be seen by its next turn."""
        calls = (node for node in inside if isinstance(node, ast.Call))
        return all(self.facts.is_builtin(call.func, *_READERS) for call in calls) and not any(
            isinstance(node, ast.Await | ast.Yield | ast.YieldFrom | ast.With | ast.AsyncWith)
            or (
                isinstance(node, ast.Attribute | ast.Subscript | ast.Name)
                and not isinstance(node.ctx, ast.Load)
            )
            for node in inside
        )

    def _is_read(self, name: ast.Name) -> bool:
        """Tells whether a name is what a file or stream gave, which nobody can change who is handed it."""
        value = self.facts.only_value(name)
        return isinstance(value, ast.Call) and getattr(value.func, "attr", "") in _READING

    def _is_lent(self, node: ast.Name, loads: Iterable[ast.Name]) -> bool:
        """Tells whether a name stands for whether something is in it, and somebody else got it and may fill it."""
        number = isinstance(self.facts.parent(node), ast.Compare | ast.BinOp)
        return not number and any(self._is_argument(load) for load in loads)

    def _is_argument(self, load: ast.Name) -> bool:
        below: ast.AST = load
        for above in self.facts.ancestors(load):
            if isinstance(above, ast.Call):
                plain = self.facts.is_builtin(above.func, *_READERS)
                return below is not above.func and not plain
            if isinstance(above, ast.stmt):
                return False
            below = above
        return False

    def _may_exit(self, node: ast.AST) -> bool:
        """Tells whether a call may be there to leave the program, or to change a name of this function."""
        if not isinstance(node, ast.Call):
            return False
        name = self.facts.origin(node.func).rpartition(".")[2]
        return name in {"exit", "_exit", "abort", "quit"} or (
            isinstance(node.func, ast.Name) and not (self.facts.is_builtin(node.func, *_READERS))
        )
