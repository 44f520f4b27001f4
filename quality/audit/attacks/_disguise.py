"""Constants and functions behind longer words for them, one of them or all."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.audit._trees import compiles, rewritten
from quality.audit.attacks._attack import Family
from quality.model import parsed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    #: Writes an expression in more words; None where it has no such words.
    _Write = Callable[[ast.expr], ast.expr | None]

FAMILY = Family("disguise", "Constants and functions behind longer words for them.")

#: What stays as it is, docstrings aside: patterns, texts with values in them, and parameters with their types.
_LEFT_OUT = (ast.pattern, ast.JoinedStr, ast.arg)
#: So do fields of functions and classes that are decided before they run.
_EARLY = frozenset({"decorator_list", "returns", "annotation", "bases"})
_MEMBERS: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Eq: ast.In, ast.NotEq: ast.NotIn}


def _numbers_as_texts(node: ast.expr) -> ast.expr | None:
    """Writes numbers as texts that become numbers."""
    value = node.value if isinstance(node, ast.Constant) else None
    if type(value) not in (int, float):
        return None
    return ast.Call(ast.Name(type(value).__name__), [ast.Constant(str(value))], [])


def _joined_texts(node: ast.expr) -> ast.expr | None:
    """Writes texts as two halves that are joined."""
    halves = _halves(node)
    if halves is None:
        return None
    return ast.Call(ast.Attribute(ast.Constant(""), "join"), [ast.List(list(halves))], [])


def _inserted_texts(node: ast.expr) -> ast.expr | None:
    """Writes texts as a half into which the other is put."""
    first, second = _halves(node) or (None, None)
    if first is None or second is None or "\\" in repr(second.value):
        return None
    return ast.JoinedStr([first, ast.FormattedValue(second, -1, None)])


def _listed_functions(node: ast.expr) -> ast.expr | None:
    """Calls functions out of a list of one."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
        return None
    return ast.Call(ast.Subscript(ast.List([node.func]), ast.Constant(0)), node.args, node.keywords)


def _named_functions(node: ast.expr) -> ast.expr | None:
    """Gives functions another name where they are called."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
        return None
    named = ast.NamedExpr(ast.Name("called", ast.Store()), node.func)
    return ast.Call(named, node.args, node.keywords)


def _only_members(node: ast.expr) -> ast.expr | None:
    """Asks whether a value is in a tuple of one, where it could be compared."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _MEMBERS:
        return None
    return ast.Compare(node.left, [_MEMBERS[type(node.ops[0])]()], [ast.Tuple(node.comparators)])


def _halves(node: ast.expr) -> tuple[ast.Constant, ast.Constant] | None:
    value = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(value, str) or len(value) < 2:  # noqa: PLR2004 - nothing to halve
        return None
    middle = len(value) // 2
    return ast.Constant(value[:middle]), ast.Constant(value[middle:])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands.

    Attributes:
        above: The node that it is a part of.
        field: The field of that.
        number: Its place there, where that is a list.
        expression: The expression.
    """

    above: ast.AST
    field: str
    number: int | None
    expression: ast.expr

    def put(self, plain: ast.expr | None) -> None:
        """Puts another expression there."""
        if self.number is None:
            setattr(self.above, self.field, plain)
        else:
            getattr(self.above, self.field)[self.number] = plain


def _places(tree: ast.AST) -> Iterator[_Place]:
    """The places of all expressions, the inner ones first."""
    for name, value in ast.iter_fields(tree):
        listed = value if isinstance(value, list) else [value]
        for place, each in enumerate(listed):
            if not isinstance(each, ast.AST) or name in _EARLY:
                continue
            constant = isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
            if constant or isinstance(each, _LEFT_OUT):
                continue
            yield from _places(each)
            if isinstance(each, ast.expr) and isinstance(getattr(each, "ctx", ast.Load()), ast.Load):
                yield _Place(tree, name, place if isinstance(value, list) else None, each)


def _add(write: _Write) -> None:
    """Makes two attacks of a way to write an expression: everywhere, and at one place."""

    def everywhere(code: str, _rng: random.Random) -> str | None:
        return _written(ast.parse(code), write, lambda places: places)

    def once(code: str, rng: random.Random) -> str | None:
        return _written(ast.parse(code), write, lambda places: [rng.choice(places)])

    about = (write.__doc__ or "").rstrip(".")
    for attack, name, text in (
        (everywhere, write.__name__, f"{about}."),
        (once, f"{write.__name__}_once", f"{about}, at one place."),
    ):
        attack.__name__, attack.__doc__ = name, text
        FAMILY.seeded()(attack)


def _written(tree: ast.Module, write: _Write, choose: Callable[[list[_Place]], list[_Place]]) -> str | None:
    """The source with some expressions written in more words; None where there are none, or it would not compile."""
    places = [place for place in _places(tree) if write(place.expression) is not None]
    for place in choose(places) if places else []:
        place.put(write(place.expression))
    text = rewritten(tree)
    written = parsed(text)
    return text if places and written is not None and compiles(written) else None


for _write in (
    *(_numbers_as_texts, _joined_texts, _inserted_texts),
    *(_listed_functions, _named_functions, _only_members),
):
    _add(_write)
