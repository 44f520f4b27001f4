"""The rule cleanup-left-out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, decorators, last_word, name_words, targets_of
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
#: Words of functions that undo what was done before.
_UNDOING = words(
    """
    chdir cleanup close delete disable disconnect enable exit kill logout pop release remove reset restore resume rmdir rmtree
    shutdown stop terminate undo unlink unlock unpatch unregister
    """
)
#: Statements that say more behind a yield are not looked at.
_MOST_STATEMENTS = 10


class CleanupLeftOut(AstRule):
    """An error in the block leaves out what a context manager does at its end.

    ## What it does
    Reports generators with `contextmanager` that clean up behind their `yield`, by a call that says so (`close`, `release`,
    `restore`) or by putting back what they kept, when the `yield` is in no `try` and no `with`.

    What is to happen only when all went well, such as `commit()`, is fine.

    ## Why is this bad
    An error in the `with` block is raised at the `yield`. What stands behind it never runs, just when it is needed.

    ## Example
    ```python
    import os
    from contextlib import contextmanager

    @contextmanager
    def inside(folder):
        before = os.getcwd()
        os.chdir(folder)
        yield folder
        os.chdir(before)
    ```

    ## Use instead
    ```python
    import os
    from contextlib import contextmanager

    @contextmanager
    def inside(folder):
        before = os.getcwd()
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)
    ```

    ## References
    - [Python documentation: contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager)
    - [CWE-460: improper cleanup on thrown exception](https://cwe.mitre.org/data/definitions/460.html)
    """

    dimension = "reliability"
    needs = _MANAGERS
    cwe = 460
    confidence = Confidence.HIGH

    VALID = (
        Valid("@contextmanager\ndef f():\n    try:\n        yield\n    finally:\n        close()"),
        Valid("@contextmanager\ndef f(db):\n    yield db\n    db.commit()", "When all went well"),
        Valid(
            "@contextmanager\ndef f(db):\n    with db:\n        yield db\n    db.close()", "It may be ready"
        ),
        Valid("def f(db):\n    yield db\n    db.close()", "A generator"),
        Valid("@contextmanager\ndef f(a):\n    a.b = 1\n    yield\n    a.b = 2"),
    )
    INVALID = (
        Invalid(
            "@contextmanager\ndef f(db):\n    cursor = db.cursor()\n    yield cursor\n    cursor.close()",
            (
                "5:5-5:19 an error in the with block leaves this out: put the yield into try and this into finally",
            ),
        ),
        Invalid(
            "@contextlib.contextmanager\ndef f(a):\n    old = a.b\n    a.b = 1\n    yield\n    a.b = old",
            (
                "6:5-6:14 an error in the with block leaves this out: put the yield into try and this into finally",
            ),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if _MANAGERS.isdisjoint(decorators(function)):
            return
        statements = function.body
        place = next((number for number, each in enumerate(statements) if _yields(each)), None)
        if place is None:
            return
        kept = list(_kept(statements[:place]))
        for statement in statements[place + 1 : place + 1 + _MOST_STATEMENTS]:
            if _undoes(statement) or any(_puts_back(statement, name, where) for name, where in kept):
                self.report(
                    statement,
                    "an error in the with block leaves this out: put the yield into try and this into finally",
                )
                return


def _yields(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr | ast.Assign) and isinstance(statement.value, ast.Yield)


def _undoes(statement: ast.stmt) -> bool:
    """Tells whether a statement is a call that undoes something, by its name."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    call = value.value if isinstance(value, ast.Await) else value
    return isinstance(call, ast.Call) and not _UNDOING.isdisjoint(name_words(last_word(call.func)))


def _kept(statements: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Names, and the places whose values they keep."""
    for statement in statements:
        where = statement.value if isinstance(statement, ASSIGNMENTS) else None
        if isinstance(where, ast.Attribute | ast.Subscript):
            yield from ((name.id, where) for name in targets_of(statement) if isinstance(name, ast.Name))


def _puts_back(statement: ast.stmt, name: str, where: ast.expr) -> bool:
    given = statement.value if isinstance(statement, ASSIGNMENTS) else None
    if not isinstance(given, ast.Name) or given.id != name:
        return False
    return any(ast.unparse(target) == ast.unparse(where) for target in targets_of(statement))
