"""Statements that are checks by themselves: they refuse what is wrong, or make it harmless."""

from __future__ import annotations

import ast

from quality.rules import name_words

#: Calls with these names do not return.
_LEAVING_CALLS = frozenset({"abort", "exit", "fail"})
#: A function with one of these words in its name refuses what is wrong, or makes it harmless.
_CHECKING_WORDS = frozenset(
    [
        "assert",
        "authenticate",
        "authorise",
        "authorize",
        "check",
        "clean",
        "enforce",
        "ensure",
        "escape",
        "quote",
        "require",
        "sanitise",
        "sanitize",
        "validate",
        "verify",
    ]
)


def raises(statement: ast.stmt) -> bool:
    """Tells whether a statement raises, or calls what does not return."""
    return isinstance(statement, ast.Raise) or (
        isinstance(statement, ast.Expr) and _called_name(statement.value) in _LEAVING_CALLS
    )


def is_checking(statement: ast.stmt) -> bool:
    """Tells whether a statement is a check by itself: an assertion, or a call that is named as one."""
    if isinstance(statement, ast.Assert):
        return True
    if not isinstance(statement, ast.Expr) and not (
        isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
    ):
        return False
    name = _called_name(statement.value)
    return name is not None and not _CHECKING_WORDS.isdisjoint(name_words(name))


def _called_name(node: ast.expr) -> str | None:
    """The last name of what an expression calls, awaited or not."""
    call = node.value if isinstance(node, ast.Await) else node
    if not isinstance(call, ast.Call):
        return None
    return getattr(call.func, "attr", getattr(call.func, "id", None))
