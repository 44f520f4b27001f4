"""The rule assert-with-side-effect."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from quality.model import Source

_EFFECTS = CHANGING_METHODS | {
    "write",
    "send",
    "sendall",
    "execute",
    "commit",
    "acquire",
    "put",
    "unlink",
    "mkdir",
    "rename",
}
_FUNCTIONS = frozenset({"next", "setattr", "os.remove", "os.rename", "subprocess.call", "os.system"})


class AssertWithSideEffect(AstRule):
    """An assertion does the work.

    ## What it does
    Reports `assert` statements whose condition changes something: `pop`, `remove`, `next`, `write`, a name
    bound with `:=` that is used later, and the like.

    Tests, where assertions always run, are fine.

    ## Why is this bad
    `python -O` leaves assertions out, and the work with them.

    ## Example
    ```python
    def close(jobs, job):
        assert jobs.pop(job.id) is job
    ```

    ## Use instead
    ```python
    def close(jobs, job):
        removed = jobs.pop(job.id)
        assert removed is job
    ```

    ## References
    - [Python documentation: the assert statement](https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement)
    """

    dimension = "reliability"
    cwe = 617

    VALID = (
        Valid("assert rows, 'no rows'"),
        Valid("def test_pop(stack):\n    assert stack.pop() == 1", "A test", role="test"),
        Valid("def test_pop(stack):\n    assert stack.pop() == 1", "A test in a file of its own"),
        Valid("assert not rows, log.append('no rows')", "The message is only made when it fails"),
    )
    INVALID = (
        Invalid(
            "def first(lines):\n    assert next(lines) == 'begin'\n    return next(lines)",
            ("2:12-2:23 next(lines) changes something, and python -O leaves it out: call it before",),
        ),
        Invalid(
            "def f(text):\n    assert (found := find(text))\n    return found.name",
            ("2:13-2:32 found is bound here, and python -O leaves it out: bind it before",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role == "product" and "assert" in source.text

    def visit_Assert(self, statement: ast.Assert) -> None:
        function = self.facts.function(statement)
        if function is not None and function.name.startswith("test"):
            return  # A runner of tests keeps them.
        for node in self.facts.within(statement.test):
            if isinstance(node, ast.Call) and self._has_effect(node):
                shown = ast.unparse(node)
                self.report(node, f"{shown} changes something, and python -O leaves it out: call it before")
                return
            if isinstance(node, ast.NamedExpr) and self._is_used_after(node, statement):
                self.report(
                    node, f"{node.target.id} is bound here, and python -O leaves it out: bind it before"
                )
                return

    def _has_effect(self, call: ast.Call) -> bool:
        function = call.func
        if self.facts.origin(function) in _FUNCTIONS:
            return True
        named = isinstance(function, ast.Attribute) and function.attr in _EFFECTS
        return named and not isinstance(function.value, ast.Call | ast.Constant)  # type: ignore[attr-defined]

    def _is_used_after(self, node: ast.NamedExpr, statement: ast.Assert) -> bool:
        function = self.facts.function(statement)
        uses = self.facts.names(function).loads.get(node.target.id, ()) if function is not None else ()
        return any(not self.facts.contains(statement, use) for use in uses)
