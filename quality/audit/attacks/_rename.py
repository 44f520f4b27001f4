"""Other names for the same things."""

from __future__ import annotations

import ast
import keyword
import re
from typing import TYPE_CHECKING

from quality.audit._trees import functions, parameters, rewritten
from quality.audit.attacks._attack import Bound, Expectation, Family
from quality.model import BUILTINS, is_function

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from quality.model import FunctionNode

FAMILY = Family("rename", "Other names for the same things.")

_WORDS = [
    "amount",
    "anchor",
    "basket",
    "border",
    "bridge",
    "bundle",
    "candle",
    "carton",
    "column",
    "corner",
    "cursor",
    "debtor",
    "entity",
    "factor",
    "filter",
    "folder",
    "garden",
    "handle",
    "invoice",
    "jacket",
    "kernel",
    "ladder",
    "legend",
    "marker",
    "margin",
    "method",
    "mirror",
    "needle",
    "number",
    "object",
    "offset",
    "orbit",
    "output",
    "packet",
    "parcel",
    "period",
    "pillar",
    "pocket",
    "prefix",
    "record",
    "region",
    "sample",
    "screen",
    "season",
    "sector",
    "signal",
    "source",
    "stamp",
    "stream",
    "symbol",
    "target",
    "ticket",
    "token",
    "total",
    "tunnel",
    "update",
    "vector",
    "vendor",
    "volume",
    "window",
    "writer",
]
#: A name that nobody objects to.
_PLAIN = re.compile(r"[a-z][a-z0-9]+(_[a-z0-9]+)*")
#: Names that stand for any name.
_NAMELESS = frozenset({"foo", "bar", "baz", "toto", "tutu", "tata"})
_TAKEN = frozenset([*BUILTINS, *keyword.kwlist, *keyword.softkwlist])


@FAMILY.seeded(Expectation.INVARIANT, Bound(0.02, 0.02))
def other_words(code: str, rng: random.Random) -> str | None:
    """Renames local variables to other plain words."""
    words = [word for word in _WORDS if word not in code]
    rng.shuffle(words)
    return _renamed(code, words)


@FAMILY.text()
def single_letters(code: str) -> str | None:
    """Renames local variables to single letters."""
    return _renamed(code, [chr(number) for number in range(ord("a"), ord("z") + 1)])


@FAMILY.text()
def meaningless(code: str) -> str | None:
    """Renames local variables to 'var_1', 'var_2' and so on."""
    return _renamed(code, [f"var_{number}" for number in range(1, 200)])


@FAMILY.text()
def underscored(code: str) -> str | None:
    """Renames local variables to names that are said to be unused."""
    return _renamed(code, [f"_{word}" for word in _WORDS])


@FAMILY.text()
def dummies(code: str) -> str | None:
    """Renames local variables to names that tools ignore."""
    return _renamed(code, [f"dummy_{number}" for number in range(1, 200)])


@FAMILY.text()
def very_long(code: str) -> str | None:
    """Renames local variables to names of 60 letters."""
    return _renamed(code, [f"{word}_{'of_the_great_collection_' * 2}{word}" for word in _WORDS])


@FAMILY.text()
def look_alikes(code: str) -> str | None:
    """Renames local variables to Cyrillic letters."""
    return _renamed(code, [chr(number) for number in range(0x0430, 0x0450)])


@FAMILY.tree()
def as_tests(tree: ast.Module) -> bool:
    """Names every top-level function as if it were a test."""
    return _prefixed(tree, "test_")


@FAMILY.tree()
def private(tree: ast.Module) -> bool:
    """Makes every top-level function private."""
    return _prefixed(tree, "_")


@FAMILY.tree()
def as_checks(tree: ast.Module) -> bool:
    """Gives every top-level function the name of a check."""
    return _prefixed(tree, "check_")


def _prefixed(tree: ast.Module, prefix: str) -> bool:
    """Renames functions and their uses; methods stay, since classes are made of their names.

    What hides a builtin stays, too, and what has no name of its own: another name for it is an improvement.
    """
    worse = BUILTINS | _NAMELESS
    free = (node for node in tree.body if is_function(node) and node.name not in worse)
    found = [node for node in free if not node.name.startswith("_")]
    names = {function.name for function in found}
    for function in found:
        function.name = f"{prefix}{function.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = f"{prefix}{node.id}"
    return bool(found)


def _renamed(code: str, words: Iterable[str]) -> str | None:
    """Gives local variables of every function the words, in order; None when there is nothing to rename."""
    tree = ast.parse(code)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    free = [word for word in words if word not in used and word not in _TAKEN]
    changed = False
    for function in functions(tree):
        names = _locals(function)
        table = dict(zip(names, free, strict=False))
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in table:
                node.id = table[node.id]
                changed = True
    return rewritten(tree) if changed else None


def _locals(function: FunctionNode) -> list[str]:
    """Names that only assignments and loops of the function bind, in order of appearance.

    Badly named ones and those that hide a builtin stay: another name for them may be an improvement.
    """
    named: set[str] = set(parameters(function))
    for node in ast.walk(function):
        match node:
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                named.update(names)
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                named.add(name)
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                named.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                named.update((alias.asname or alias.name).partition(".")[0] for alias in aliases)
            case _:
                pass
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return [name for name in dict.fromkeys(stored) if name not in named | _TAKEN and _PLAIN.fullmatch(name)]
