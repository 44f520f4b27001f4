"""What several fixes ask of a concrete tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Statements after which nothing of a block runs.
LEAVING = (cst.Return, cst.Raise, cst.Continue, cst.Break)
_TRUTHS = {"True": True, "False": False}
#: What needs parentheses to be a part of a condition or a comprehension.
_LOOSE = (cst.IfExp, cst.Lambda, cst.NamedExpr, cst.Yield, cst.Tuple, cst.GeneratorExp)
#: Operators of a comparison with exactly the opposite answer.
_OPPOSITES: dict[type[cst.BaseCompOp], type[cst.BaseCompOp]] = {
    cst.Is: cst.IsNot,
    cst.IsNot: cst.Is,
    cst.In: cst.NotIn,
    cst.NotIn: cst.In,
}


def code(node: cst.CSTNode) -> str:
    """A node's text."""
    return cst.Module([]).code_for_node(node)


def leaves(block: cst.BaseSuite) -> bool:
    """Tells whether a block ends by leaving."""
    last = block.body[-1] if block.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, LEAVING)


def only(block: cst.BaseSuite) -> cst.BaseSmallStatement | None:
    """The one small statement that a block holds; None when it holds something else."""
    line = block.body[0] if len(block.body) == 1 else None
    if isinstance(line, cst.SimpleStatementLine):
        line = line.body[0] if len(line.body) == 1 else None
    return line if isinstance(line, cst.BaseSmallStatement) else None


def truth(node: object) -> bool | None:
    """The truth value that is written there; None for everything else."""
    return _TRUTHS.get(node.value) if isinstance(node, cst.Name) else None


def is_bool(test: cst.BaseExpression) -> bool:
    """Tells whether an expression is certainly True or False, and not just true or false."""
    if isinstance(test, cst.Comparison):
        kinds = (cst.Is, cst.IsNot, cst.In, cst.NotIn)
        return all(isinstance(each.operator, kinds) for each in test.comparisons)
    return isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)


def call_of(name: str, *arguments: cst.BaseExpression) -> cst.Call:
    """A call with plain arguments."""
    return cst.Call(cst.Name(name), [cst.Arg(bare(argument)) for argument in arguments])


def bare(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression without the parentheses around it."""
    return node.with_changes(lpar=[], rpar=[]) if node.lpar else node


def wrapped(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression in parentheses, unless it has some or needs none below an operator."""
    if node.lpar or isinstance(node, cst.Name | cst.Call | cst.Attribute | cst.Subscript | cst.SimpleString):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def operand(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression as a part of a larger one: in parentheses where it would fall apart without."""
    loose = isinstance(node, _LOOSE) or (
        isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or)
    )
    if not loose or node.lpar:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def inverted(test: cst.BaseExpression) -> cst.BaseExpression | None:
    """The opposite of a condition; None where it is not certain, or reads badly."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return test.expression
    if isinstance(test, cst.Comparison):
        (first, *more) = test.comparisons
        opposite = None if more else _OPPOSITES.get(type(first.operator))
        if opposite is None:
            return None
        return test.with_changes(comparisons=[first.with_changes(operator=opposite())])
    if isinstance(test, cst.Name | cst.Call | cst.Attribute | cst.Subscript | cst.BooleanOperation):
        return cst.UnaryOperation(cst.Not(), wrapped(test))
    return None


def comment_lines(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Those of some lines that hold a comment."""
    return [line for line in lines if line.comment is not None]


def led(statement: cst.BaseStatement, lines: Sequence[cst.EmptyLine]) -> cst.BaseStatement:
    """A statement with more lines above it."""
    return statement.with_changes(leading_lines=[*lines, *getattr(statement, "leading_lines", ())])


def header_comment(block: cst.BaseSuite) -> list[cst.EmptyLine]:
    """The comment behind the colon, as a line of its own."""
    comment = block.header.comment if isinstance(block, cst.IndentedBlock) else None
    return [cst.EmptyLine(comment=comment)] if comment is not None else []
