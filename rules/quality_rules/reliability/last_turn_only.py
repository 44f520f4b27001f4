"""The rule last-turn-only."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, is_literal, targets_of
from quality_rules._loops import loop_of
from quality_rules._updates import update_of


class LastTurnOnly(AstRule):
    """What is meant for all is done for the last.

    ## What it does
    Reports a call of a method of a loop's variable, as a statement of its own, right behind the loop: `thread.join()` behind
    `for thread in threads: thread.start()`.

    So is a sum that each turn begins anew and that only code behind the loop reads: `total = 0` in the loop, before `total += size`.

    Loops that something ends with `break`, and those with an `else`, are fine: the variable is what was looked for.

    ## Why is this bad
    Behind the loop the variable holds the last element. The line is indented one level too little, or a second loop was
    forgotten: the other threads are waited for by nobody. And without elements the name does not exist.

    ## Example
    ```python
    for thread in threads:
        thread.start()
    thread.join()
    ```

    ## Use instead
    ```python
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ```

    ## References
    - [pylint: undefined-loop-variable](https://pylint.readthedocs.io/en/stable/user_guide/messages/warning/undefined-loop-variable.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({ast.For})
    equivalents = ("pylint:undefined-loop-variable",)

    VALID = (
        Valid(
            "def f(rows):\n    for row in rows:\n        total = 1\n        total += row\n        show(total)"
        ),
        Valid("for row in rows:\n    row.open()\n    row.close()"),
        Valid("for row in rows:\n    if row.ready:\n        break\nrow.start()", "It was looked for"),
        Valid("for row in rows:\n    use(row)\nprint(row)", "It is shown"),
        Valid("for row in rows:\n    row = row.next\nrow.close()", "Another object"),
        Valid("for row in rows:\n    pass\nrow.close()", "The last one is what the loop is for"),
    )
    INVALID = (
        Invalid(
            "def f(rows):\n    sums = []\n    for row in rows:\n        for size in row:\n            total = 0\n            total += size\n        sums.append(total)\n    return sums",
            (
                "5:13-5:22 total begins anew in each turn, and only the last is read: begin it before the loop",
            ),
        ),
        Invalid(
            "for thread in threads:\n    thread.start()\nthread.join()",
            ("3:1-3:14 thread.join() is called for the last of threads only: call it in a loop",),
        ),
        Invalid(
            "async def f(jobs):\n    for job in jobs:\n        job.start()\n    await job.done()",
            ("4:11-4:21 job.done() is called for the last of jobs only: call it in a loop",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        self._check_sums(loop)
        following = self.facts.rest(loop)
        if not following or loop.orelse or isinstance(loop.body[0], ast.Pass):
            return
        match following[0]:
            case (
                ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))) as call)
                | ast.Expr(
                    value=ast.Await(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))) as call)
                )
            ) if isinstance(loop.target, ast.Name) and loop.target.id == name:
                if not self._is_looked_for(loop, name):
                    shown = (
                        f"{ast.unparse(call.func)}() is called for the last of {ast.unparse(loop.iter)} only"
                    )
                    self.report(call, f"{shown}: call it in a loop")

    def _check_sums(self, loop: ast.For) -> None:
        """A sum that each turn begins anew and that is read behind the loop alone."""
        begun: dict[str, ast.stmt] = {}
        for statement in loop.body:
            update = update_of(statement)
            if update is None:
                given = targets_of(statement) if is_literal(getattr(statement, "value", None)) else ()
                begun.update((each.id, statement) for each in given if isinstance(each, ast.Name))
                continue
            name = update.target.id if isinstance(update.target, ast.Name) else ""
            if name in begun and self._is_read_behind(loop, name, statement):
                told = f"{name} begins anew in each turn, and only the last is read"
                self.report(begun[name], f"{told}: begin it before the loop")

    def _is_read_behind(self, loop: ast.For, name: str, update: ast.stmt) -> bool:
        """Tells whether a name is read behind a loop, and in it for nothing but its update."""
        function = self.facts.function(loop)
        if function is None:
            return False
        names = self.facts.names(function)
        reads = [read for read in names.loads.get(name, ()) if isinstance(read.ctx, ast.Load)]
        reads = [read for read in reads if self.facts.statement(read) is not update]
        inside = any(self.facts.contains(loop, read) for read in reads)
        return bool(reads) and not inside and name not in names.shared

    def _is_looked_for(self, loop: ast.For, name: str) -> bool:
        """Tells whether a loop ends where it has found something, or gives its variable another value."""
        for node in self.facts.within(loop):
            if isinstance(node, ast.Break) and loop_of(self.facts, node) is loop:
                return True
            stored = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
            if stored and node is not loop.target:
                return True
        return False
