"""The rule flag-argument."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import (
    TERMINAL,
    AstRule,
    Invalid,
    Setting,
    Valid,
    body_of,
    is_for_log,
    is_literal,
    sides_of,
    with_defaults,
)
from quality_rules._branches import branches_of, size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode

#: Fewest numbers that stand for something, and not for how many.
_FEWEST_NUMBERS = 3
#: Names of numbers that are numbers of something.
_COUNTS = re.compile(
    r".*(dim|count|num|len|size|axis|version|month|day|week|year|status|level|order|degree|rank|bits?|width|depth|n)s?"
    r"|code|errno"
)


class FlagArgument(AstRule):
    """A parameter chooses between two functions.

    ## What it does
    Reports functions that are hardly more than an `if` on one parameter: a flag that decides between two branches,
    or a text that is compared with one constant after the other. They are surer of a number that is good for nothing but to
    be told apart in three cases or more.

    A short branch in a longer function, special methods and methods of a class with a base are fine.

    ## Why is this bad
    There are several functions in one. The call `book(user, True)` does not say which, and each caller knows which it
    wants, as it gives a constant.

    ## Example
    ```python
    def book(user, premium=False):
        if premium:
            seat = lounge.reserve(user)
            seat.upgrade()
        else:
            seat = hall.reserve(user)
            seat.confirm()
    ```

    ## Use instead
    ```python
    def book_premium(user):
        seat = lounge.reserve(user)
        seat.upgrade()

    def book_regular(user):
        seat = hall.reserve(user)
        seat.confirm()
    ```

    ## References
    - [Refactoring: remove flag argument](https://refactoring.com/catalog/removeFlagArgument.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 15
    needs = frozenset({ast.If})

    minimum_statements = Setting(2, "Fewest statements of the smaller branch.", minimum=1)
    share = Setting(
        0.75, "Share of the function's statements that are in the branches.", minimum=0.3, maximum=1.0
    )

    VALID = (
        Valid("def f(x, loud=False):\n    y = g(x)\n    if loud:\n        print(y)\n    return y"),
        Valid("def f(x, loud=False):\n    if loud:\n        return 1\n    return 2", "Short"),
        Valid(
            """
            def watch(button):
                def changed(on: bool):
                    if on:
                        button.show()
                        button.enable()
                    else:
                        button.hide()
                        button.disable()
                button.listen(changed)
            """,
            "Whoever calls it decides what it takes",
        ),
        Valid(
            "def f(n):\n    if n == 0:\n        return 0\n    elif n == 1:\n        return 1\n    elif n == 2:\n        return 1\n    return f(n - 1) + f(n - 2)",
            "The first cases of a number",
        ),
        Valid(
            "def f(ndim):\n    if ndim == 1:\n        return a()\n    elif ndim == 2:\n        return b()\n    elif ndim == 3:\n        return c()",
            "A number of something",
        ),
    )
    INVALID = (
        Invalid(
            "def f(box, what, n):\n    logging.debug('f')\n    if what == 'h':\n        box.h = n\n    elif what == 'w':\n        box.w = n",
            ("3:8-3:19 what chooses between 2 functions: make f() as many",),
        ),
        Invalid(
            "def f(box, what, n):\n    if what == 1:\n        box.add(n)\n    elif what == 2:\n        box.take(n)\n    elif what == 3:\n        return box.size\n    return None",
            ("2:8-2:17 what chooses between 3 functions by number: make f() as many",),
        ),
        Invalid(
            "def f(x, loud=False):\n    if not loud:\n        x.low()\n        return x\n    x.high()\n    return x.peak()",
            ("2:8-2:16 loud chooses between two functions: make f() two",),
        ),
        Invalid(
            "def f(box, what, n):\n    if what == 'h':\n        box.h = n\n    elif what == 'w':\n        box.w = n",
            ("2:8-2:19 what chooses between 2 functions: make f() as many",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        body = [statement for statement in body_of(function) if not _is_aside(statement)]
        node = next((statement for statement in body[:2] if isinstance(statement, ast.If)), None)
        owner = self.facts.class_of(function)
        # What an inner function takes, its caller decides.
        given = self.facts.function(function) is not None or (owner is not None and owner.bases)
        if node is None or function.name.startswith("__") or given:
            return
        flag = _flag(node.test)
        if flag:
            self._check_flag(function, node, body, flag)
        else:
            self._check_words(function, node, body)

    def _check_flag(self, function: FunctionNode, node: ast.If, body: Sequence[ast.stmt], flag: str) -> None:
        """Reports an if on a flag whose two ways make up the function."""
        default = _default_of(function, flag)
        other = node.orelse
        if not other and isinstance(node.body[-1], TERMINAL):
            other = list(self.facts.rest(node))
        if not isinstance(default, bool) or not other:
            return
        first, second = size_of(node.body), size_of(other)
        all_ = size_of(body) - 1
        if min(first, second) >= self.minimum_statements and first + second >= self.share * all_:
            self.report(node.test, f"{flag} chooses between two functions: make {function.name}() two")

    def _check_words(self, function: FunctionNode, node: ast.If, body: Sequence[ast.stmt]) -> None:
        """Reports a chain of comparisons of one parameter with texts, or numbers, that is all of the function."""
        subject, kind = _subject(node.test)
        parameters = {argument.arg for argument in function.args.args}
        if body[0] is not node or subject not in parameters or not node.orelse:
            return
        branches = branches_of(node)
        if any(_subject(test) != (subject, kind) for test in branches.tests):
            return
        number = len(branches.tests)
        otherwise = branches.blocks[-1] if branches.complete else []
        rest = [s for s in (*otherwise, *body[1:]) if not isinstance(s, ast.Raise | ast.Return)]
        if kind is int:
            uses = self.facts.names(function).loads.get(subject, ())
            code = number >= _FEWEST_NUMBERS and len(uses) == number and not _COUNTS.fullmatch(subject)
            if code and not rest:
                told = (
                    f"{subject} chooses between {number} functions by number: make {function.name}() as many"
                )
                self.report(node.test, told, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
        elif number > 1 and not rest:
            self.report(
                node.test, f"{subject} chooses between {number} functions: make {function.name}() as many"
            )


def _is_aside(statement: ast.stmt) -> bool:
    """Tells whether a statement only writes a line to a log, or names what is written there."""
    named = isinstance(statement, ast.Assign) and is_literal(statement.value)
    return named or is_for_log(statement)


def _flag(test: ast.expr) -> str:
    """The name that a test is, or negates."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    return test.id if isinstance(test, ast.Name) else ""


def _subject(test: ast.expr) -> tuple[str, type | None]:
    """The name that a test compares with a text or an integer, and the type of that."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return "", None
    subject, other = sides_of(test)
    kind = type(other.value) if isinstance(other, ast.Constant) else None
    return (subject.id, kind) if isinstance(subject, ast.Name) and kind in {str, int} else ("", None)


def _default_of(function: FunctionNode, name: str) -> object:
    """The constant that a parameter is by default; None without one. ``: bool`` counts as a default of False."""
    for argument, default in with_defaults(function.args):
        if argument.arg == name:
            if isinstance(default, ast.Constant):
                return default.value
            typed = isinstance(argument.annotation, ast.Name) and argument.annotation.id == "bool"
            return False if typed else None
    return None
