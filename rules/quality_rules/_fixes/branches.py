"""Fixes of branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from quality.rules import Fix, Fixed
from quality_rules._fixes._syntax import bare, call_of, header_comment, is_bool, leaves, led, only, truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rules import Around


class ElseAfterJump(Fix):
    """Takes the else off a branch that always leaves."""

    rules = (
        "pylint:no-else-return",
        "pylint:no-else-raise",
        "pylint:no-else-continue",
        "pylint:no-else-break",
        "quality:needless-nesting",
    )
    cases = (
        Fixed(
            """
            def f(a):
                if a > 1:
                    return 1
                # Rare.
                else:  # small
                    b = a + 1
                    # doubled
                    return b * 2
            """,
            """
            def f(a):
                if a > 1:
                    return 1
                # Rare.
                # small
                b = a + 1
                # doubled
                return b * 2
            """,
        ),
        Fixed(
            """
            def f(a):
                if a > 1:
                    raise ValueError
                elif a == 0:
                    return 2
                else:
                    return 3
            """,
            """
            def f(a):
                if a > 1:
                    raise ValueError
                if a == 0:
                    return 2
                return 3
            """,
        ),
    )

    def fix_If(self, node: cst.If, around: Around) -> cst.FlattenSentinel[cst.BaseStatement] | None:
        # Below an 'else:' that is written 'elif' there is no place for two statements.
        if isinstance(around.parent, cst.If) or node.orelse is None or not leaves(node.body):
            return None
        following = node.with_changes(orelse=None)
        if isinstance(node.orelse, cst.If):
            return cst.FlattenSentinel([following, node.orelse])
        block = node.orelse.body
        if not isinstance(block, cst.IndentedBlock):
            return None
        above = [*node.orelse.leading_lines, *header_comment(block)]
        first, *rest = block.body
        moved = [led(first, above), *rest]
        return cst.FlattenSentinel([following, *_with_footer(moved, block.footer)])


class ElseIf(Fix):
    """Writes an if that is alone in an else as elif."""

    rules = ("pylint:else-if-used",)
    cases = (
        Fixed(
            """
            def f(a):
                if a > 1:
                    print(a)
                else:
                    if a < 0:  # never
                        print(1)
                    else:
                        print(2)
            """,
            """
            def f(a):
                if a > 1:
                    print(a)
                elif a < 0:  # never
                    print(1)
                else:
                    print(2)
            """,
        ),
    )

    def place_Else(self, node: cst.Else) -> cst.If | None:
        inner = node.body.body[0] if len(node.body.body) == 1 else None
        return inner if isinstance(inner, cst.If) else None

    def fix_Else(self, node: cst.Else, around: Around) -> cst.If | None:
        (inner,) = node.body.body
        # Loops and try have an else too, and none of them an elif.
        if not isinstance(around.parent, cst.If) or not isinstance(inner, cst.If):
            return None
        return inner.with_changes(
            leading_lines=[*node.leading_lines, *header_comment(node.body), *inner.leading_lines]
        )


class BooleanResult(Fix):
    """Uses a condition where a branch only turns it into True or False."""

    rules = ("pylint:simplifiable-if-expression", "pylint:simplifiable-if-statement")
    cases = (
        Fixed("def f(a):\n    return True if a in (1, 2) else False", "def f(a):\n    return a in (1, 2)"),
        Fixed("def f(a):\n    return True if a else False", "def f(a):\n    return bool(a)"),
        Fixed(
            "def f(a):\n    if a is None:\n        b = True\n    else:\n        b = False\n    return b",
            "def f(a):\n    b = a is None\n    return b",
        ),
    )

    def fix_IfExp(self, node: cst.IfExp, around: Around) -> cst.BaseExpression | None:
        found = _condition(node.test, node.body, node.orelse, around)
        return None if found is None else found.with_changes(lpar=node.lpar, rpar=node.rpar)

    def fix_If(self, node: cst.If, around: Around) -> cst.SimpleStatementLine | None:
        if isinstance(around.parent, cst.If) or not isinstance(node.orelse, cst.Else):
            return None
        this, other = only(node.body), only(node.orelse.body)
        if isinstance(this, cst.Return) and isinstance(other, cst.Return):
            same = True
        else:
            same = (
                isinstance(this, cst.Assign)
                and isinstance(other, cst.Assign)
                and len(this.targets) == len(other.targets) == 1
                and isinstance(this.targets[0].target, cst.Name)
                and this.targets[0].deep_equals(other.targets[0])
            )
        if not same:
            return None
        value = _condition(node.test, getattr(this, "value", None), getattr(other, "value", None), around)
        if value is None or this is None:
            return None
        return cst.SimpleStatementLine([this.with_changes(value=value)], leading_lines=node.leading_lines)


def _condition(
    test: cst.BaseExpression, body: object, orelse: object, around: Around
) -> cst.BaseExpression | None:
    """What stands for True or False chosen by a test."""
    then, otherwise = truth(body), truth(orelse)
    if then is None or otherwise is None or then is otherwise:
        return None
    if then:
        if is_bool(test):
            return bare(test)
        return call_of("bool", test) if around.is_builtin("bool") else None
    return (
        cst.UnaryOperation(cst.Not(), test) if isinstance(test, cst.Name | cst.Call | cst.Attribute) else None
    )


def _with_footer(
    statements: Sequence[cst.BaseStatement], footer: Sequence[cst.EmptyLine]
) -> list[cst.BaseStatement]:
    """Comments at the end of a block have no statement below them there; blank lines can go."""
    if not any(line.comment for line in footer):
        return list(statements)
    *rest, last = statements
    block = getattr(last, "body", None)
    if isinstance(block, cst.IndentedBlock):
        last = last.with_changes(body=block.with_changes(footer=[*block.footer, *footer]))
    return [*rest, last]
