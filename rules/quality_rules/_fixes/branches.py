"""Fixes of branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from quality.rules import Fix, Fixed
from quality_rules._fixes._syntax import (
    bare,
    call_of,
    comment_lines,
    header_comment,
    inverted,
    is_bool,
    leaves,
    led,
    only,
    operand,
    truth,
)

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

    rules = (
        "pylint:simplifiable-if-expression",
        "pylint:simplifiable-if-statement",
        "quality:boolean-by-branches",
    )
    cases = (
        Fixed("def f(a):\n    return True if a in (1, 2) else False", "def f(a):\n    return a in (1, 2)"),
        Fixed("def f(a):\n    return True if a else False", "def f(a):\n    return bool(a)"),
        Fixed(
            "def f(a):\n    if a is None:\n        b = True\n    else:\n        b = False\n    return b",
            "def f(a):\n    b = a is None\n    return b",
        ),
    )

    def fix_IfExp(self, node: cst.IfExp, around: Around) -> cst.BaseExpression | None:
        found = condition(node.test, node.body, node.orelse, around)
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
        value = condition(node.test, getattr(this, "value", None), getattr(other, "value", None), around)
        if value is None or this is None:
            return None
        return cst.SimpleStatementLine([this.with_changes(value=value)], leading_lines=node.leading_lines)


def condition(
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
    opposite = inverted(test)
    if opposite is None or is_bool(opposite):
        return opposite
    return call_of("bool", opposite) if around.is_builtin("bool") else None


class JoinedBlocks(Fix):
    """Joins an if or a with to the one that is all it holds."""

    rules = ("quality:collapsible-if",)

    def fix_If(self, node: cst.If, around: Around) -> cst.If | None:
        del around
        inner = _alone(node.body)
        if node.orelse is not None or not isinstance(inner, cst.If) or inner.orelse is not None:
            return None
        test = cst.BooleanOperation(operand(node.test), cst.And(), operand(inner.test))
        above = [*node.leading_lines, *header_comment(node.body), *comment_lines(inner.leading_lines)]
        return node.with_changes(test=test, body=inner.body, leading_lines=above)

    def fix_With(self, node: cst.With, around: Around) -> cst.With | None:
        del around
        inner = _alone(node.body)
        if not isinstance(inner, cst.With) or isinstance(node.lpar, cst.LeftParen):
            return None
        if isinstance(inner.lpar, cst.LeftParen) or bool(node.asynchronous) != bool(inner.asynchronous):
            return None
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        items = [*node.items[:-1], node.items[-1].with_changes(comma=comma), *inner.items]
        above = [*node.leading_lines, *header_comment(node.body), *comment_lines(inner.leading_lines)]
        return node.with_changes(items=items, body=inner.body, leading_lines=above)


class SwappedBranches(Fix):
    """Swaps two branches whose condition is negated."""

    rules = ("quality:negated-condition",)

    def place_If(self, node: cst.If) -> cst.BaseExpression:
        return node.test

    def fix_If(self, node: cst.If, around: Around) -> cst.If | None:
        del around
        test = self.positive(node.test)
        if test is None or not isinstance(node.orelse, cst.Else):
            return None
        if comment_lines(node.orelse.leading_lines):
            return None  # it speaks of one of the branches, and would stand above the other
        swapped = node.orelse.with_changes(body=node.body)
        return node.with_changes(test=test, body=node.orelse.body, orelse=swapped)

    def place_IfExp(self, node: cst.IfExp) -> cst.BaseExpression:
        return node.test

    def fix_IfExp(self, node: cst.IfExp, around: Around) -> cst.IfExp | None:
        del around
        test = self.positive(node.test)
        if test is None:
            return None
        return node.with_changes(test=test, body=operand(node.orelse), orelse=node.body)

    def fix_UnaryOperation(self, node: cst.UnaryOperation, around: Around) -> cst.BaseExpression | None:
        inner = self.positive(node.expression) if isinstance(node.operator, cst.Not) else None
        return call_of("bool", inner) if inner is not None and around.is_builtin("bool") else None

    def positive(self, test: cst.BaseExpression) -> cst.BaseExpression | None:
        """The condition that a test negates."""
        negated = isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)
        return inverted(test) if negated else None


class SwappedInequality(SwappedBranches):
    """Swaps two branches whose condition is that values differ; a class may see that in its own way."""

    safe = False

    def positive(self, test: cst.BaseExpression) -> cst.BaseExpression | None:
        if not isinstance(test, cst.Comparison) or not isinstance(test.comparisons[0].operator, cst.NotEqual):
            return None
        equal = test.comparisons[0].with_changes(operator=cst.Equal())
        return test.with_changes(comparisons=[equal, *test.comparisons[1:]])


class GuardClause(Fix):
    """Leaves first, where the rest of a function or loop stands in an if."""

    rules = ("quality:needless-nesting",)

    def place_FunctionDef(self, node: cst.FunctionDef) -> cst.If | None:
        return _last_if(node.body)

    def fix_FunctionDef(self, node: cst.FunctionDef, around: Around) -> cst.FunctionDef | None:
        del around
        body = _guarded(node.body, cst.Return())
        return None if body is None else node.with_changes(body=body)

    def place_For(self, node: cst.For | cst.While) -> cst.If | None:
        return _last_if(node.body)

    def fix_For(self, node: cst.For | cst.While, around: Around) -> cst.CSTNode | None:
        del around
        body = _guarded(node.body, cst.Continue())
        return None if body is None else node.with_changes(body=body)

    def place_While(self, node: cst.While) -> cst.If | None:
        return self.place_For(node)

    def fix_While(self, node: cst.While, around: Around) -> cst.CSTNode | None:
        return self.fix_For(node, around)


def _last_if(block: cst.BaseSuite) -> cst.If | None:
    """The if without else that ends a block."""
    last = block.body[-1] if block.body else None
    return last if isinstance(last, cst.If) and last.orelse is None else None


def _guarded(block: cst.BaseSuite, leave: cst.BaseSmallStatement) -> cst.BaseSuite | None:
    """A block that leaves when the condition of the if at its end does not hold."""
    inner = _last_if(block)
    test = None if inner is None else inverted(inner.test)
    if inner is None or test is None or not isinstance(inner.body, cst.IndentedBlock):
        return None
    guard = inner.with_changes(test=test, body=cst.IndentedBlock([cst.SimpleStatementLine([leave])]))
    first, *rest = inner.body.body
    moved = _with_footer([led(first, header_comment(inner.body)), *rest], inner.body.footer)
    return block.with_changes(body=[*block.body[:-1], guard, *moved])


def _alone(block: cst.BaseSuite) -> cst.CSTNode | None:
    """The statement that is all a block holds."""
    return block.body[0] if len(block.body) == 1 else None


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
