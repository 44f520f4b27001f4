"""Fixes of a statement and the one behind it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from quality.rules import Fix
from quality.rules.fixing import count_comments
from quality_rules._fixes._syntax import (
    call_of,
    code,
    comment_lines,
    header_comment,
    inverted,
    only,
    operand,
    truth,
)
from quality_rules._fixes.branches import condition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quality.rules import Around
    from quality.rules._fix import Replacement

    #: A list of statements.
    Block = cst.IndentedBlock | cst.Module

#: A longer statement is harder to read than the loop was.
_LONGEST = 88
_EMPTY = {"list": cst.ListComp, "set": cst.SetComp, "dict": cst.DictComp}


class _Pair(Fix):
    """Puts one statement in the place of two."""

    #: Whether a finding begins at the second of the two.
    second = False

    def replace(
        self,
        original: cst.CSTNode,
        updated: cst.CSTNode,
        begins: Callable[[cst.CSTNode], bool],
        around: Around,
    ) -> Replacement:
        if not isinstance(original, cst.IndentedBlock | cst.Module) or not isinstance(
            updated, type(original)
        ):
            return None
        before, body = original.body, list(updated.body)
        if len(before) != len(body):
            return None
        for place in range(len(body) - 2, -1, -1):
            # What statements of an earlier pair became is no pair any more.
            two = body[place : place + 2]
            if len(two) == 2 and begins(_anchor(before[place + self.second])):  # noqa: PLR2004
                one = self.joined(two[0], two[1], around)
                if one is not None and count_comments(one) == sum(map(count_comments, two)):
                    body[place : place + 2] = [one]
        return updated.with_changes(body=body) if len(body) < len(before) else None

    def joined(
        self, first: cst.CSTNode, second: cst.CSTNode, around: Around
    ) -> cst.SimpleStatementLine | None:
        """What says the same as two statements; None when they have another form."""
        raise NotImplementedError


class ReturnedCondition(_Pair):
    """Returns a condition where a branch and the return behind it only turn it into True or False."""

    rules = ("quality:boolean-by-branches",)

    def joined(
        self, first: cst.CSTNode, second: cst.CSTNode, around: Around
    ) -> cst.SimpleStatementLine | None:
        then = only(first.body) if isinstance(first, cst.If) and first.orelse is None else None
        otherwise = _small(second)
        if not isinstance(first, cst.If) or not isinstance(then, cst.Return):
            return None
        if not isinstance(otherwise, cst.Return):
            return None
        value = condition(first.test, then.value, otherwise.value, around)
        return None if value is None else _line(cst.Return(value), first, second)


class ReturnedValue(_Pair):
    """Returns a value at once instead of giving it a name first."""

    rules = ("quality:needless-variable",)

    def joined(
        self, first: cst.CSTNode, second: cst.CSTNode, around: Around
    ) -> cst.SimpleStatementLine | None:
        del around
        named, returned = _small(first), _small(second)
        if not isinstance(named, cst.Assign) or not isinstance(returned, cst.Return):
            return None
        return _line(returned.with_changes(value=named.value), first, second)


class _StartAndLoop(_Pair):
    """Gives a name what the loop behind it makes of its start value."""

    safe = False
    second = True

    def joined(
        self, first: cst.CSTNode, second: cst.CSTNode, around: Around
    ) -> cst.SimpleStatementLine | None:
        start = _small(first)
        loop = _Loop.of(second, around)
        if not isinstance(start, cst.Assign | cst.AnnAssign) or loop is None:
            return None
        value = self.value(start, loop, around)
        return None if value is None else _short(_line(start.with_changes(value=value), first, second))

    def value(
        self, start: cst.Assign | cst.AnnAssign, loop: _Loop, around: Around
    ) -> cst.BaseExpression | None:
        """What the loop makes; None when an expression cannot say it."""
        raise NotImplementedError


class FilledCollection(_StartAndLoop):
    """Writes a loop that only fills a collection as a comprehension."""

    rules = ("quality:manual-comprehension",)

    def value(
        self, start: cst.Assign | cst.AnnAssign, loop: _Loop, around: Around
    ) -> cst.BaseExpression | None:
        del around
        value = loop.collection()
        return value if isinstance(value, _EMPTY.get(_kind(start.value), ())) else None


class FoundTotal(_StartAndLoop):
    """Writes a loop that only adds up, or looks for a match, with sum, any or all."""

    rules = ("quality:manual-total",)

    def value(
        self, start: cst.Assign | cst.AnnAssign, loop: _Loop, around: Around
    ) -> cst.BaseExpression | None:
        if not isinstance(start, cst.Assign):
            return None
        return loop.total(start.value, around) if truth(start.value) is None else loop.match(around)


class _Loop:
    """A loop that does one thing, under one condition at most, and whose variables nothing else uses."""

    def __init__(self, loop: cst.For, test: cst.BaseExpression | None, does: cst.BaseSmallStatement) -> None:
        self.loop = loop
        self.test = test
        self.does = does

    @classmethod
    def of(cls, node: cst.CSTNode, around: Around) -> _Loop | None:
        if not isinstance(node, cst.For) or node.orelse is not None or leaks(node, around):
            return None
        if any(isinstance(each, cst.Try | cst.TryStar | cst.With) for each in around.ancestors):
            return None  # an exception may leave the collection half full, and somebody may look at it
        inner = node.body.body[0] if len(node.body.body) == 1 else None
        if not isinstance(inner, cst.If):
            does = only(node.body)
            return None if does is None else cls(node, None, does)
        does = only(inner.body) or _before_break(inner.body)
        return None if inner.orelse is not None or does is None else cls(node, inner.test, does)

    def turns(self, test: cst.BaseExpression | None) -> cst.CompFor:
        """The head of a comprehension."""
        ifs = [] if test is None else [cst.CompIf(operand(test))]
        return cst.CompFor(self.loop.target, operand(self.loop.iter), ifs=ifs)

    def collection(self) -> cst.BaseExpression | None:
        """What the loop fills a collection with, as a comprehension."""
        does = self.does
        turns = self.turns(self.test)
        call = does.value if isinstance(does, cst.Expr) else None
        if isinstance(call, cst.Call) and m.matches(call.func, m.Attribute(attr=m.Name("append"))):
            return cst.ListComp(call.args[0].value, turns)
        if isinstance(call, cst.Call) and m.matches(call.func, m.Attribute(attr=m.Name("add"))):
            return cst.SetComp(call.args[0].value, turns)
        target = does.targets[0].target if isinstance(does, cst.Assign) and len(does.targets) == 1 else None
        if isinstance(target, cst.Subscript) and isinstance(does, cst.Assign) and len(target.slice) == 1:
            key = target.slice[0].slice
            return cst.DictComp(key.value, operand(does.value), turns) if isinstance(key, cst.Index) else None
        return None

    def total(self, start: cst.BaseExpression, around: Around) -> cst.BaseExpression | None:
        """What the loop adds up to."""
        if not isinstance(self.does, cst.AugAssign) or not around.is_builtin("sum"):
            return None
        added = self._values(self.does.value, self.test)
        if m.matches(start, m.Integer("0")):
            return call_of("sum", added)
        generator = isinstance(added, cst.GeneratorExp)
        total = call_of("sum", added, start)
        first = cst.Arg(added) if generator else total.args[0]
        return total.with_changes(args=[first, total.args[1]])

    def match(self, around: Around) -> cst.BaseExpression | None:
        """Whether any element matches, or all do."""
        value = truth(self.does.value) if isinstance(self.does, cst.Assign) else None
        if self.test is None or value is None or not (around.is_builtin("any") and around.is_builtin("all")):
            return None
        if value:
            return call_of("any", self._values(self.test))
        other = inverted(self.test)
        if isinstance(self.test, cst.UnaryOperation) and other is not None:
            return call_of("all", self._values(other))
        return cst.UnaryOperation(cst.Not(), call_of("any", self._values(self.test)))

    def _values(
        self, value: cst.BaseExpression, test: cst.BaseExpression | None = None
    ) -> cst.BaseExpression:
        """All values that an expression has in the turns of the loop."""
        if test is None and value.deep_equals(self.loop.target):
            return self.loop.iter
        return cst.GeneratorExp(value, self.turns(test))


def leaks(loop: cst.For, around: Around) -> bool:
    """Tells whether the function uses the names of a loop elsewhere; outside of functions, others can."""
    function = next((each for each in reversed(around.ancestors) if isinstance(each, cst.FunctionDef)), None)
    if function is None:
        return True
    inside, all_ = _names(loop), _names(function)
    return any(all_[name] != inside[name] for name in _names(loop.target))


def _names(node: cst.CSTNode) -> Counter[str]:
    return Counter(name.value for name in m.findall(node, m.Name()) if isinstance(name, cst.Name))


def _before_break(block: cst.BaseSuite) -> cst.BaseSmallStatement | None:
    """The one small statement in front of a break that ends a block."""
    found = [_small(each) for each in block.body]
    return found[0] if len(found) == 2 and isinstance(found[1], cst.Break) else None  # noqa: PLR2004


def _small(node: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """The small statement that is alone on a line."""
    alone = isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1
    return node.body[0] if alone and isinstance(node, cst.SimpleStatementLine) else None


def _anchor(node: cst.CSTNode) -> cst.CSTNode:
    return _small(node) or node


def _kind(value: cst.BaseExpression | None) -> str:
    """Which empty collection an expression makes."""
    if isinstance(value, cst.List):
        return "list"
    if isinstance(value, cst.Dict):
        return "dict"
    return code(value.func) if isinstance(value, cst.Call) else ""


def _line(
    statement: cst.BaseSmallStatement, first: cst.CSTNode, second: cst.CSTNode
) -> cst.SimpleStatementLine:
    """A statement with the comments of the two that it stands for."""
    above: Sequence[cst.EmptyLine] = [*getattr(first, "leading_lines", ())]
    blocks = [node.body for node in (first, second) if isinstance(node, cst.If | cst.For)]
    above = [*above, *(line for block in blocks for line in header_comment(block))]
    above = [*above, *comment_lines(getattr(second, "leading_lines", ()))]
    lines = [
        node.trailing_whitespace for node in (first, second) if isinstance(node, cst.SimpleStatementLine)
    ]
    behind = next((each for each in lines if each.comment is not None), cst.TrailingWhitespace())
    return cst.SimpleStatementLine([statement], leading_lines=above, trailing_whitespace=behind)


def _short(line: cst.SimpleStatementLine) -> cst.SimpleStatementLine | None:
    return line if len(code(line.body[0])) <= _LONGEST else None
