"""Calls whose arguments stand in a display, written out by what the call itself says.

``f(*[1, 2])`` is ``f(1, 2)``, ``f(**{"key": 1})`` ``f(key=1)``, ``"{key}".format_map({"key": 1})`` ``"{key}".format(key=1)`` and
``all((a, b))`` ``a and b``.
"""

from __future__ import annotations

import ast
import keyword
import operator

#: What a call may spread, or join.
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
#: Functions that join conditions.
_JUNCTIONS: dict[str, type[ast.boolop]] = {"all": ast.And, "any": ast.Or}


def shows_more(call: ast.Call) -> bool:
    """Tells whether a call is one out of a table, joins what is listed, or spreads it."""
    function = call.func
    if isinstance(function, ast.Subscript):
        return True
    joins = getattr(function, "id", getattr(function, "attr", "")) in _JUNCTIONS
    if joins and any(isinstance(each, _DISPLAYS) for each in call.args):
        return True
    spread = [each.value for each in call.args if isinstance(each, ast.Starred)]
    spread += [each.value for each in call.keywords if each.arg is None]
    return any(isinstance(each, _DISPLAYS) for each in spread)


def spread(call: ast.Call) -> ast.Call:
    """``f(*[1, 2])`` and ``f(**{"key": 1})``."""
    args = [each for given in call.args for each in _listed(given)]
    keywords = _named(call.keywords)
    if _are_same(args, call.args) and _are_same(keywords, call.keywords):
        return call
    return ast.copy_location(ast.Call(call.func, args, keywords), call)


def formatted(call: ast.Call) -> ast.Call | None:
    """``text.format_map({"key": value})``."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "format_map":
        return None
    if len(call.args) != 1 or call.keywords:
        return None
    given = _named([ast.keyword(None, call.args[0])])
    if any(each.arg is None for each in given):
        return None
    plain = ast.copy_location(ast.Attribute(function.value, "format", ast.Load()), function)
    return ast.copy_location(ast.Call(plain, [], given), call)


def joined(call: ast.Call, name: str) -> ast.expr | None:
    """``all((a, b))`` and ``any((a, b))``."""
    junction = _JUNCTIONS.get(name)
    listed = call.args[0] if junction is not None and len(call.args) == 1 and not call.keywords else None
    if junction is None or not isinstance(listed, ast.List | ast.Tuple | ast.Set) or len(listed.elts) < 2:  # noqa: PLR2004
        return None
    if any(isinstance(each, ast.Starred) for each in listed.elts):
        return None
    return ast.copy_location(ast.BoolOp(junction(), listed.elts), call)


def _named(keywords: list[ast.keyword]) -> list[ast.keyword]:
    """Keywords, those that a display behind ``**`` spreads written out; as they are where one were given twice."""
    found = [each for given in keywords for each in _keywords(given)]
    names = [each.arg for each in found if each.arg is not None]
    return found if len(set(names)) == len(names) else keywords


def _keywords(given: ast.keyword) -> list[ast.keyword]:
    display = given.value
    if given.arg is not None or not isinstance(display, ast.Dict):
        return [given]
    names = [text_of(key) for key in display.keys]
    if not all(map(is_name, names)):
        return [given]
    return [
        ast.copy_location(ast.keyword(name, value), value)
        for name, value in zip(names, display.values, strict=True)
    ]


def _listed(given: ast.expr) -> list[ast.expr]:
    """What an argument gives: those that a display behind ``*`` spreads."""
    display = given.value if isinstance(given, ast.Starred) else None
    return list(display.elts) if isinstance(display, ast.List | ast.Tuple) else [given]


def text_of(node: ast.AST | None) -> str:
    """The text that a node is; empty for anything else."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ""


def is_name(word: str) -> bool:
    """Tells whether an attribute or argument may be called so."""
    return word.isidentifier() and not keyword.iskeyword(word)


def _are_same(some: list[ast.expr] | list[ast.keyword], others: list[ast.expr] | list[ast.keyword]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))
