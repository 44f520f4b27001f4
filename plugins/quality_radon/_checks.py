"""What is a check: it refuses what is wrong, or makes it harmless, and decides nothing else."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import is_for_log, name_words

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        "secure",
        "validate",
        "verify",
    ]
)
#: Functions with these names take from a path what leads elsewhere.
_HARMLESS_PATHS = frozenset({"basename", "normpath", "realpath"})
#: Functions and methods that convert a value, or take something out of a text.
_CLEANING = frozenset(
    [
        "casefold",
        "float",
        "int",
        "lower",
        "lstrip",
        "normalize",
        "replace",
        "rstrip",
        "str",
        "strip",
        "sub",
        "translate",
    ]
)
#: What is there already: names, constants, and rows of them.
_PRESENT = (ast.Name, ast.Constant, ast.Tuple, ast.List, ast.expr_context)
#: What a value is put into as a whole.
_PLACES = (ast.Name, ast.Attribute, ast.Subscript)
#: Statements that a check may have before it leaves: a message, a line in the log.
MOST_BEFORE_LEAVING = 2
#: More checks than these are a part of the work: a table of answers can be written as checks.
MOST_GUARDS = 3
#: What raises gives no answer, so more of it stays a check: a parser refuses what it was not made for, field by field.
MOST_REFUSALS = 6
#: So many checks below one condition or loop, and on so many levels, are one check.
_MOST_TOGETHER = 3


def raises(statement: ast.stmt) -> bool:
    """Tells whether a statement raises, or calls what does not return."""
    return isinstance(statement, ast.Raise) or (
        isinstance(statement, ast.Expr) and _called_name(statement.value) in _LEAVING_CALLS
    )


def is_simple(statement: ast.stmt) -> bool:
    """Tells whether a statement may stand before a check's end: what it says, and to whom; one that decides whether is a branch."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.BoolOp | ast.IfExp)
    return isinstance(statement, ast.Assign | ast.Import | ast.ImportFrom)


def is_aside(statement: ast.stmt) -> bool:
    """Tells whether a statement only writes to a log, or gives a name to what is there or written there."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return all(isinstance(node, _PRESENT) for node in ast.walk(statement.value))
    return is_for_log(statement)


def refuses(block: Sequence[ast.stmt]) -> bool:
    """Tells whether a block does nothing but say why and raise."""
    *before, last = block
    return raises(last) and len(before) <= MOST_BEFORE_LEAVING and all(map(is_simple, before))


def only_refuses(statement: ast.stmt) -> bool:
    """Tells whether a statement is an ``if`` that raises, or is nothing."""
    return isinstance(statement, ast.If) and not statement.orelse and refuses(statement.body)


def is_repair(statement: ast.If) -> bool:
    """Tells whether an ``if`` without ``else`` does nothing but give the name that it asks about another value."""
    match statement:
        case ast.If(
            orelse=[],
            body=[ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name))],
        ):
            return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(statement.test))
    return False


def is_cleaning(call: ast.Call, name: str) -> bool:
    """Tells whether a call converts what has a name, or takes something out of it, once or several times."""
    node: ast.expr = call
    while isinstance(node, ast.Call) and _called_name(node) in _CLEANING:
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if any(getattr(given, "id", "") == name for given in node.args):
            return True
        if owner is None:
            return False
        node = owner
    return isinstance(node, ast.Name) and node.id == name


def only_checks(block: Sequence[ast.stmt], levels: int = _MOST_TOGETHER) -> bool:
    """Tells whether a block holds nothing but a few checks, which refuse or return to it, whatever is around each."""
    return len(block) <= _MOST_TOGETHER and all(_is_check(statement, levels) for statement in block)


def _is_check(statement: ast.stmt, levels: int) -> bool:
    if isinstance(statement, ast.If):
        may_be = levels > 0 and not statement.orelse
        return may_be and (refuses(statement.body) or only_checks(statement.body, levels - 1))
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return levels > 0 and not statement.orelse and only_checks(statement.body, levels - 1)
    return is_checking(statement)


def is_checking(statement: ast.stmt) -> bool:
    """Tells whether a statement is a check by itself: an assertion, or a call that is named as one."""
    if isinstance(statement, (ast.Expr, ast.Assign)):
        name = _called_name(statement.value)
        if name is None:  # as mostly
            return False
        named = not _CHECKING_WORDS.isdisjoint(name_words(name))
        if isinstance(statement, ast.Expr):
            return named
        to_one = len(statement.targets) == 1 and isinstance(statement.targets[0], _PLACES)
        return to_one and (named or name in _HARMLESS_PATHS)
    return isinstance(statement, ast.Assert)


def _called_name(node: ast.expr) -> str | None:
    """The last name of what an expression calls, awaited or not."""
    call = node.value if isinstance(node, ast.Await) else node
    if not isinstance(call, ast.Call):
        return None
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None
