"""The rule dead-code."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property, is_function
from quality.rules import SCOPES, AstRule, is_type_checking, last_word
from quality_rules._constants import truth
from quality_rules._dead import dead_branch, never_read, outcome
from quality_rules._loops import PURE_BUILTINS, loop_of
from quality_rules.structure._cases import dead_code as cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.model import FunctionNode

#: Longer texts are no expressions.
_LONGEST = 200
#: Statements that declare nothing.
_FOR_RUN_TIME = (ast.For, ast.While, ast.With, ast.AugAssign, ast.Return, ast.Raise, ast.Delete)
#: Functions whose calls say something to type checkers; classes and what makes them have names of their own.
_FOR_TYPES = frozenset({"assert_never", "assert_type", "cast", "namedtuple", "reveal_locals", "reveal_type"})


class DeadCode(AstRule):
    """Code never runs, or computes what is never read.

    ## What it does
    Reports statements behind a `return`, `raise`, `continue`, `break` or an endless loop; branches and loops
    whose condition is a constant; functions and loops for type checkers only; and assignments to a local name that
    is never read, or only deleted, tested for nothing or given to another name that is not read; with low confidence where it is the answer of a call that may do something besides.

    `while True`, a last `return None` behind it, a `yield` that only makes a function a generator, calls whose answer gets a name like `_` or `_unused`, names like
    `__tracebackhide__` that others read out of the frame, functions that look at `locals()`, and names in a text that a call gets
    as an expression (`table.query("price > @limit")`) are fine. In tests such assignments are a note: what they ask for may be the test.

    ## Why is this bad
    A reader takes it for a part of the program. It is checked by no test, rots in silence, and makes the
    rest look better measured than it is.

    ## Example
    ```python
    def area(width, height):
        return width * height
        print("done")
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height
    ```

    ## References
    - [CWE-561: dead code](https://cwe.mitre.org/data/definitions/561.html)
    - [CWE-563: assignment without use](https://cwe.mitre.org/data/definitions/563.html)
    """

    dimension = "structure"
    cwe = 561
    equivalents = ("pylint:unreachable", "pylint:unused-variable", "pylint:using-constant-test")

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_If(self, node: ast.If) -> None:
        dead = dead_branch(self.facts, node)
        if is_type_checking(node.test):
            in_module = not any(isinstance(above, SCOPES) for above in self.facts.ancestors(node))
            if any(_works(each) or (in_module and _calls(each)) for each in dead):
                self._unreachable(dead, "only type checkers come here")
        elif dead and not _only_imports(dead):
            self._unreachable(dead, f"the condition is always {str(outcome(self.facts, node)).lower()}")

    def visit_Expr(self, statement: ast.Expr) -> None:
        value = statement.value
        if isinstance(value, ast.BoolOp):
            decided = isinstance(value.op, ast.Or)
            for number, each in enumerate(value.values[:-1], start=1):
                if truth(each) is decided:
                    self.report(value.values[number], f"never runs: what stands before it is {decided}")
                    return

    def visit_While(self, node: ast.While) -> None:
        if truth(node.test) is False:
            self._unreachable(node.body, "the condition is always false")

            return
        endless = truth(node.test) and not node.orelse and node not in self._reported
        rest = self.facts.rest(node)
        if endless and not _is_last_word(rest) and self._never_breaks(node):
            self._unreachable(rest, "it stands behind an endless loop")

    def visit_Return(self, node: ast.Return) -> None:
        self._ends_block(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._ends_block(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self._ends_block(node)

    def visit_Break(self, node: ast.Break) -> None:
        self._ends_block(node)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        for name, places in never_read(self.facts, function):
            if name in self.source.passed_over:
                continue
            if self._is_named_in_text(name, function):
                continue
            acts = any(map(self._may_act, places))
            sure = Confidence.LOW if acts else None
            # A test asks for much only to see that it is answered.
            severity = Severity.NOTE if self.source.role == "test" else None
            message = f"{name} is never read: remove the assignment"
            self.report(places[0], message, severity=severity, confidence=sure)

    def _is_named_in_text(self, name: str, function: FunctionNode) -> bool:
        """Tells whether a call is given a text that has a name as a variable: ``table.query("price > @limit")``, ``"p.age > x"``."""
        if function not in self._texts:
            self._texts[function] = _texts_by_word(self.facts.inside(function, ast.Call))
        return any(_reads(text, name) for text in self._texts[function].get(name, ()))

    @cached_property
    def _texts(self) -> dict[FunctionNode, dict[str, set[str]]]:
        return {}

    def _may_act(self, name: ast.Name) -> bool:
        """Tells whether the call that a name keeps the answer of may be there for what it does, or to see whether it fails."""
        attempt = self.facts.parent(self.facts.statement(name))
        if isinstance(attempt, ast.Try) and attempt.handlers and attempt.body == [self.facts.statement(name)]:
            return True
        statement = self.facts.parent(name)
        call = getattr(statement, "value", None)
        call = call.value if isinstance(call, ast.Await) else call
        return isinstance(call, ast.Call) and not self.facts.is_builtin(call.func, *PURE_BUILTINS)

    def _ends_block(self, statement: ast.stmt) -> None:
        if statement not in self._reported:
            self._unreachable(self.facts.rest(statement), f"it stands behind {_word(statement)}")

    def _unreachable(self, dead: Sequence[ast.stmt], reason: str) -> None:
        if dead and not _is_generator_mark(dead):
            self._reported.update(dead)
            self.report(dead[0], f"never runs: {reason}", until=dead[-1])

    @cached_property
    def _reported(self) -> set[ast.AST]:
        return set()

    def _never_breaks(self, loop: ast.While) -> bool:
        rest = self.facts.rest(loop)
        breaks = (node for node in self.facts.within(loop) if isinstance(node, ast.Break)) if rest else ()
        return not any(loop_of(self.facts, node) is loop for node in breaks)


def _texts_by_word(calls: Iterable[ast.Call]) -> dict[str, set[str]]:
    """The texts that calls are given, by the words in them."""
    found: dict[str, set[str]] = {}
    for each in (argument for call in calls for argument in call.args):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            for word in re.findall(r"\w+", each.value):
                found.setdefault(word, set()).add(each.value)
    return found


def _reads(text: str, name: str) -> bool:
    """Tells whether a text marks a name as a variable (``@name``, ``$name``), or is an expression that reads it."""
    if re.search(rf"[@$]{{?{re.escape(name)}\b", text):
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval") if len(text) < _LONGEST else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    if tree is None or isinstance(tree.body, ast.Name):
        return False
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree))


def _is_last_word(rest: Sequence[ast.stmt]) -> bool:
    """Tells whether what stands behind a loop only says, as some ask, what a function answers at its end: nothing."""
    last = rest[0] if len(rest) == 1 else None
    if not isinstance(last, ast.Return):
        return False
    return last.value is None or (isinstance(last.value, ast.Constant) and last.value.value is None)


def _works(statement: ast.stmt) -> bool:
    """Tells whether a statement is for run time: no import, alias, declaration or class of such."""
    if is_function(statement):
        return not all(isinstance(each, ast.Pass | ast.Expr | ast.Raise) for each in statement.body)
    if isinstance(statement, ast.Try):
        blocks = [
            statement.body,
            statement.orelse,
            statement.finalbody,
            *(h.body for h in statement.handlers),
        ]
        return any(_works(each) for block in blocks for each in block)
    return isinstance(statement, _FOR_RUN_TIME) and not _exports(statement)


def _exports(statement: ast.stmt) -> bool:
    """Tells whether a statement adds to the names that a module offers, of which some are for type checkers alone."""
    target = statement.target if isinstance(statement, ast.AugAssign) else None
    return isinstance(target, ast.Name) and target.id == "__all__"


def _calls(statement: ast.stmt) -> bool:
    """Tells whether a statement is a call of a function, or keeps the answer of one, that makes no type."""
    value = statement.value if isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) else None
    called = last_word(value.func) if isinstance(value, ast.Call) else ""
    return called[:1].islower() and called not in _FOR_TYPES


def _word(statement: ast.stmt) -> str:
    return type(statement).__name__.lower()


def _only_imports(block: Sequence[ast.stmt]) -> bool:
    return all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in block)


def _is_generator_mark(block: Sequence[ast.stmt]) -> bool:
    """Tells whether a block is a lone yield, which only makes its function a generator."""
    first = block[0]
    return (
        len(block) == 1 and isinstance(first, ast.Expr) and isinstance(first.value, ast.Yield | ast.YieldFrom)
    )
