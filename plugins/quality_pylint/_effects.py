"""Expressions whose value is not what they are written for."""

from __future__ import annotations

import re
from typing import Any

from astroid import nodes

from quality_pylint._decorators import decorators, last_name

#: Decorators of tests that are there for the error.
_AWAITED = re.compile(r"raises|assert_?raises|expected_?failure|xfail", re.IGNORECASE)
#: Contexts in which a statement is there for the error or the warning that it causes.
_EXPECTING = frozenset(
    {"raises", "warns", "deprecated_call", "assertRaises", "assertRaisesRegex", "assertWarns"}
)
#: What fails when it runs, and is there for that in a test that waits for the error.
FAILING = frozenset(
    {
        *("bad-format-character", "bad-format-string-key", "bad-open-mode", "format-needs-mapping"),
        *("missing-format-string-key", "mixed-format-string", "too-few-format-args", "too-many-format-args"),
        "truncated-format-string",
    }
)


def is_tried_or_joined(node: Any) -> bool:
    """It is expected to fail, tried, or joins what calls made: ``extract >> load`` of tasks, ``rows | "Sum" >> Sum()``."""
    value = node.value if isinstance(node, nodes.Expr) else node
    joined = isinstance(value, nodes.BinOp) and _joins_what_calls_made(value)
    if isinstance(value, nodes.Attribute | nodes.BinOp | nodes.Subscript) and _is_in_a_test(node):
        return True  # it is asked for to see what that does
    return joined or _is_expected_to_fail(node) or _is_tried(node.statement(), value)


def _is_in_a_test(node: Any) -> bool:
    above = node
    while above is not None:
        if isinstance(above, nodes.FunctionDef) and above.name.startswith("test"):
            return True
        above = above.parent
    return False


def _is_tried(statement: Any, value: Any) -> bool:
    """Tells whether an object is asked for something to see whether it has it: handlers name what they wait for."""
    attempt = statement.parent
    if not isinstance(attempt, nodes.Try) or statement not in attempt.body or not attempt.handlers:
        return False
    named = all(handler.type is not None for handler in attempt.handlers)
    return named and isinstance(value, nodes.Attribute | nodes.Name | nodes.Subscript)


def is_expected_by_test(node: Any) -> bool:
    """Tells whether something is in a test that waits for its error: in a context, or by a decorator of the test.

    Args:
        node: What pylint reports.
    """
    above = node
    while above is not None:
        if isinstance(above, nodes.With) and _waits(above):
            return True
        if isinstance(above, nodes.FunctionDef) and above.name.startswith("test"):
            return any(_AWAITED.match(last_name(each)) for each in decorators(above))
        above = above.parent
    return False


def _is_expected_to_fail(node: Any) -> bool:
    """A statement is alone in a context that waits for its error."""
    context = node.statement().parent
    return isinstance(context, nodes.With) and _waits(context)


def _waits(context: Any) -> bool:
    return any(last_name(manager) in _EXPECTING for manager, _ in context.items)


def _joins_what_calls_made(node: Any) -> bool:
    if isinstance(node, nodes.BinOp):
        joined = node.op in {"<<", ">>", "|"}
        return joined and _joins_what_calls_made(node.left) and _joins_what_calls_made(node.right)
    if isinstance(node, nodes.List):
        return all(map(_joins_what_calls_made, node.elts))
    if not isinstance(node, nodes.Name):
        return isinstance(node, nodes.Call) or (isinstance(node, nodes.Const) and isinstance(node.value, str))
    bound = node.frame().locals.get(node.name) or node.root().locals.get(node.name) or [node]
    by = bound[0].parent
    return isinstance(by, nodes.With) or (
        isinstance(by, nodes.Assign | nodes.AnnAssign) and isinstance(by.value, nodes.Call)
    )
