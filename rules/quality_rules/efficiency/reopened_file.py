"""The rule reopened-file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument
from quality_rules._loops import Loops

if TYPE_CHECKING:
    from quality.model import Source


class ReopenedFile(CallRule):
    """A file is opened for every line that is added to it.

    ## What it does
    Reports `open()` in the mode `a` in a `for` loop, when the loop does not change which file that is, or goes through the
    lines of another file, so that many of them belong to the same.

    ## Why is this bad
    To open and close a file takes far longer than to write a line. The operating system is asked to do so as often as there
    are lines.

    ## Example
    ```python
    def log(path, lines):
        for line in lines:
            with open(path, "a") as file:
                file.write(line)
    ```

    ## Use instead
    ```python
    def log(path, lines):
        with open(path, "a") as file:
            for line in lines:
                file.write(line)
    ```

    ## References
    - [Loop-invariant code motion](https://en.wikipedia.org/wiki/Loop-invariant_code_motion)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"open"})

    VALID = (
        Valid(
            "def f(paths):\n    for path in paths:\n        with open(path, 'a') as file:\n            file.write('end')"
        ),
        Valid(
            "def f(path, jobs):\n    while jobs:\n        with open(path, 'a') as file:\n            file.write(jobs.pop())"
        ),
        Valid("def f(path, lines):\n    with open(path, 'a') as file:\n        file.writelines(lines)"),
    )
    INVALID = (
        Invalid(
            "def f(path, lines):\n    for line in lines:\n        with open(path, 'a') as file:\n            file.write(line)",
            ("3:14-3:29 this opens the same file in many turns of the loop: open it before",),
        ),
        Invalid(
            "def f(source, folder):\n    with open(source) as rows:\n        for row in rows:\n            with open(folder / row[0], 'a') as file:\n                file.write(row)",
            ("4:18-4:44 this opens the same file in many turns of the loop: open it before",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        if not call.args or not self.facts.is_builtin(call.func, "open"):
            return
        mode = self.constant(argument(call, 1, "mode"))
        if not isinstance(mode, str) or "a" not in mode:
            return
        loops = self.facts.derived(Loops)
        loop = next(loops.around(call), None)
        if not isinstance(loop, ast.For) or loops.is_left_behind(call, loop):
            return
        moved = bool(self.facts.names_in(call.args[0]) & loops.bound(loop))
        asked = any(isinstance(part, ast.Call | ast.Attribute) for part in self.facts.within(call.args[0]))
        if not (moved or asked) or self._goes_through_lines(loop):
            self.report(call, "this opens the same file in many turns of the loop: open it before")

    def _goes_through_lines(self, loop: ast.For) -> bool:
        """Tells whether a loop goes through a file that a ``with`` around it opens."""
        for around in self.facts.ancestors(loop):
            for item in around.items if isinstance(around, ast.With) else ():
                named = isinstance(item.optional_vars, ast.Name) and item.optional_vars.id
                opened = isinstance(item.context_expr, ast.Call) and self.facts.is_builtin(
                    item.context_expr.func, "open"
                )
                if opened and named and named in self.facts.names_in(loop.iter):
                    return True
        return False
