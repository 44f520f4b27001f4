"""The rule endless-read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, shorten, targets_of
from quality_rules._updates import update_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Methods that return nothing when there is nothing more.
_READERS = frozenset({"read", "recv", "read1", "recvfrom"})
#: What a loop may be left by, or look for the end with.
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Yield, ast.YieldFrom, ast.If, ast.Try, ast.TryStar, ast.Assert)


class EndlessRead(AstRule):
    """A loop waits for bytes that may never come.

    ## What it does
    Reports `while` loops that compare how much was read with how much there should be, read in each turn, and have no way
    out when nothing more comes.

    ## Why is this bad
    At the end of a file, and when the other side hangs up, `read()` and `recv()` return nothing, again and again. The
    loop never ends, and the program uses a whole processor for it.

    ## Example
    ```python
    def receive(connection, size):
        data = b""
        while len(data) < size:
            data += connection.recv(size - len(data))
        return data
    ```

    ## Use instead
    ```python
    def receive(connection, size):
        data = b""
        while len(data) < size:
            part = connection.recv(size - len(data))
            if not part:
                raise EOFError("the other side hung up")
            data += part
        return data
    ```

    ## References
    - [CWE-835: loop with unreachable exit condition](https://cwe.mitre.org/data/definitions/835.html)
    - [Python documentation: Socket programming](https://docs.python.org/3/howto/sockets.html#using-a-socket)
    """

    dimension = "reliability"
    needs = _READERS
    confidence = Confidence.HIGH
    cwe = 835

    VALID = (
        Valid(
            """
            def f(source, size):
                data = b""
                while len(data) < size:
                    part = source.read(size)
                    if not part:
                        break
                    data += part
                return data
            """
        ),
        Valid("def f(source):\n    while part := source.read(9):\n        use(part)", "It asks for the end"),
        Valid(
            "def f(source):\n    part = None\n    while part != b'':\n        part = source.read(9)\n        use(part)",
            "Likewise",
        ),
        Valid(
            "def f(source, n):\n    while n > 0:\n        use(source.read(9))\n        n -= 1",
            "It counts turns",
        ),
        Valid(
            "def f(self, size):\n    data = b''\n    while len(data) < size:\n        data += self.read(9)\n    return data",
            "A method of its own, which may raise",
        ),
        Valid(
            "def f(source, size):\n    data = b''\n    while len(data) < size:\n        data += check(source.read(9))",
            "A function looks at what comes",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(source, size):
                parts = []
                got = 0
                while got < size:
                    part = source.recv(4096)
                    parts.append(part)
                    got += len(part)
                return b"".join(parts)
            """,
            ("5:16-5:33 when nothing more comes from source, got < size never changes: leave the loop then",),
        ),
        Invalid(
            "def f(source, size):\n    data = b''\n    while len(data) < size:\n        data += source.read(size - len(data))\n    return data",
            (
                "4:17-4:46 when nothing more comes from source, len(data) < size never changes: leave the loop then",
            ),
        ),
    )

    def visit_While(self, loop: ast.While) -> None:
        test = self.facts.only_value(loop.test)
        if not isinstance(test, ast.Compare) or not isinstance(
            test.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE
        ):
            return
        inside = [node for statement in loop.body for node in self.facts.within(statement)]
        if any(isinstance(node, _ENDS) for node in inside):
            return
        asked = self.facts.names_in(test)
        for call, kept in self._reads(inside):
            if self._grows_by(inside, asked, kept):
                owner = shorten(dotted_name(call.func.value))  # type: ignore[attr-defined]
                shown = shorten(ast.unparse(test))
                self.report(
                    call, f"when nothing more comes from {owner}, {shown} never changes: leave the loop then"
                )
                return

    def _reads(self, inside: list[ast.AST]) -> Iterator[tuple[ast.Call, str]]:
        """What reads from something else than the object itself, and the name that it is given."""
        for node in inside:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = dotted_name(node.func.value)
            if node.func.attr not in _READERS or not owner or owner in {"self", "cls"}:
                continue
            statement = self.facts.statement(node)
            update = update_of(statement)
            targets = [update.target] if update else targets_of(statement)
            whole = getattr(statement, "value", None)
            taken = [whole, getattr(whole, "value", None), update and update.value]
            if node in taken or any(isinstance(each, ast.Await) and each.value is node for each in taken):
                for target in targets:
                    if isinstance(target, ast.Name):
                        yield node, target.id

    def _grows_by(self, inside: list[ast.AST], asked: set[str], kept: str) -> bool:
        """Tells whether the condition changes by what was read, and by nothing else."""
        if kept in asked:
            return True
        changes = [
            update
            for update in map(update_of, inside)
            if update and getattr(update.target, "id", "") in asked
        ]
        return bool(changes) and all(
            any(isinstance(part, ast.Name) and part.id == kept for part in self.facts.within(update.value))
            for update in changes
        )
