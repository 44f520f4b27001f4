"""Texts that nobody wrote: programs grown and mutated from real ones, by the grammar and below it."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Sequence

#: Statements of a text that keeps growing.
_LARGEST = 400
_ODD = [
    "\0",
    "\t",
    "\x0c",
    "\u2028",
    "\ud800",
    "\u202e",
    "é",
    "\U0001d4b3",
    "\\",
    '"""',
    "'",
    "#",
    "(",
    ")",
    "[",
    "{",
    ":",
    "\r",
]
_NAMES = ["os", "self", "super", "eval", "__class__", "__builtins__", "numpy", "gi", "type", "print", "x"]


def fuzzed_text(bases: Sequence[str], seed: int) -> str:
    """A text made of some bases; the same for the same seed."""
    rng = random.Random(seed)
    text = rng.choice(bases)
    if rng.random() < 0.75:
        text = _by_grammar(text, bases, rng)
    if rng.random() < 0.4:
        text = _by_characters(text, rng)
    return text


def _by_grammar(text: str, bases: Sequence[str], rng: random.Random) -> str:
    tree, other = ast.parse(text), ast.parse(rng.choice(bases))
    for _ in range(rng.randint(1, 6)):
        rng.choice(_CHANGES)(tree, other, rng)
        if sum(isinstance(node, ast.stmt) for node in ast.walk(tree)) > _LARGEST:
            break
    try:
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError):
        return text


def _graft(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Puts an expression of another program in the place of one."""
    _replace(
        tree, ast.expr, lambda _: copy.deepcopy(rng.choice(_all(other, ast.expr) or [ast.Constant(0)])), rng
    )


def _wrap(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Nests an expression in itself some times."""
    del other
    makers: list[Callable[[ast.expr], ast.expr]] = [
        lambda value: ast.UnaryOp(ast.Not(), value),
        lambda value: ast.BinOp(value, ast.Mult(), ast.Constant(10**9)),
        lambda value: ast.Call(value, [copy.deepcopy(value)], []),
        lambda value: ast.List([value, value], ast.Load()),
        lambda value: ast.Lambda(ast.arguments([], [], None, [], [], None, []), value),
        lambda value: ast.IfExp(value, value, value),
        lambda value: ast.Subscript(value, value, ast.Load()),
        lambda value: ast.NamedExpr(ast.Name("x", ast.Store()), value),
    ]
    make, times = rng.choice(makers), rng.choice([1, 2, 3, 4])

    def nested(value: ast.expr) -> ast.expr:
        for _ in range(times):
            value = make(value)
        return value

    _replace(tree, ast.expr, nested, rng)


def _move(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Puts a statement of either program into some block."""
    blocks = [node for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list)]
    statements = _all(rng.choice([tree, other]), ast.stmt)
    if blocks and statements:
        body = rng.choice(blocks).body
        body.insert(rng.randint(0, len(body)), copy.deepcopy(rng.choice(statements)))


def _repeat(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Repeats a block, or a list of operands, arguments or names."""
    del other
    lists = [
        value
        for node in ast.walk(tree)
        for value in vars(node).values()
        if isinstance(value, list) and 0 < len(value) <= 8
    ]
    if lists:
        chosen = rng.choice(lists)
        chosen.extend(copy.deepcopy(chosen) * rng.choice([1, 3, 12]))


def _rename(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Gives a name a meaning that tools know."""
    del other
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    if names:
        rng.choice(names).id = rng.choice(_NAMES)


_CHANGES = (_graft, _wrap, _move, _repeat, _rename)


def _all(tree: ast.AST, kind: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, kind)]


def _replace(
    tree: ast.AST, kind: type[ast.AST], make: Callable[[ast.expr], ast.AST], rng: random.Random
) -> None:
    places = [
        (node, name, number)
        for node in ast.walk(tree)
        for name, value in ast.iter_fields(node)
        for number, child in enumerate(value if isinstance(value, list) else [value])
        if isinstance(child, kind) and isinstance(getattr(child, "ctx", ast.Load()), ast.Load)
    ]
    if not places:
        return
    node, name, number = rng.choice(places)
    value = getattr(node, name)
    if isinstance(value, list):
        value[number] = make(value[number])
    else:
        setattr(node, name, make(value))


def _by_characters(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.choice([0, 1, 1, 2, 20]))
        piece = rng.choice([*_ODD, text[start:end] * 3, "", "    ", "\n"])
        text = text[:start] + piece + text[end:]
    return text
