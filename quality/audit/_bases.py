"""What is attacked: code that is not good."""

from __future__ import annotations

import ast
import random
import re
from typing import TYPE_CHECKING

from quality.audit._materials import Piece, library_functions, library_modules
from quality.audit._trees import rewritten, strip_comments
from quality.audit.injectors import INJECTORS
from quality.audit.sets import read_messages
from quality.model import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.audit._materials import Data
    from quality.audit._problems import Problems

#: Smells that a good solution gets before it is attacked.
_SMELLS = (3, 4, 5)
#: A number to another base than ten.
_OTHER_BASE = re.compile(r"\b0[xXoObB][0-9a-fA-F]")
#: Shorter taught examples are hardly code.
_LEAST = 60


def seeded(*parts: object) -> random.Random:
    """A source of chance that is the same for the same parts, on every machine."""
    return random.Random("\0".join(map(str, parts)))  # noqa: S311 - chance, not secrecy


def chosen(pieces: Sequence[Piece], count: int, seed: int) -> list[Piece]:
    """At most so many pieces, by chance, in their order.

    Each piece draws its own lot from its text, so that another library with one function more has nearly the same
    choice.
    """
    lots = [(seeded(seed, piece.code).random(), place) for place, piece in enumerate(pieces)]
    return [pieces[place] for place in sorted(place for _, place in sorted(lots)[:count])]


def attack_bases(data: Data, count: int, seed: int, problems: Problems) -> list[Piece]:
    """Chooses what is attacked: a third each of spoilt solutions, functions of libraries, taught bad examples.

    What a kind lacks, functions of the standard library make up for. Comments are left out, so that an attack that
    rewrites the tree is compared with the same program.

    Args:
        data: What the user brought.
        count: How many.
        seed: Decides the choice.
        problems: Gets what cannot be used.
    """
    third = count // 3
    spoilt = [piece for task in chosen(data.tasks, third, seed) if (piece := spoil(task, seed))]
    bad = [
        Piece(f"pylint/{pair.id}", plain(strip_comments(pair.bad)))
        for pair in read_messages(data.messages, problems)
    ]
    taught = chosen([piece for piece in bad if len(piece.code) >= _LEAST], third, seed)
    whole = chosen(library_modules(), max(count // 12, 1), seed)
    modules = [Piece(piece.id, plain(piece.code)) for piece in whole]
    left = max(count - len(spoilt) - len(taught) - len(modules), 0)
    functions = [Piece(p.id, plain(p.code)) for p in chosen(library_functions(), left, seed)]
    half = [spoil(piece, seed) or piece if place % 2 else piece for place, piece in enumerate(functions)]
    return [*spoilt, *taught, *half, *modules]


def plain(code: str) -> str:
    """Writes a code anew where its syntax tree says less than its text.

    ``else: if`` is ``elif`` to the tree, so attacks that rewrite the tree would tidy it up; and ``0xFF`` is ``255``, which
    says less.
    """
    tree = parsed(code)
    if tree is None or not (_OTHER_BASE.search(code) or any(_is_else_if(node) for node in ast.walk(tree))):
        return code
    return rewritten(tree)


def _is_else_if(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and len(node.orelse) == 1
        and isinstance(node.orelse[0], ast.If)
        and node.orelse[0].col_offset > node.col_offset
    )


def spoil(piece: Piece, seed: int) -> Piece | None:
    """Puts a few known smells into a piece of code; None where they have no place."""
    rng = seeded(seed, piece.id)
    code = piece.code
    used: list[str] = []
    for injector in rng.sample(INJECTORS, rng.choice(_SMELLS)):
        changed = injector.apply(code, rng)
        if changed is not None:
            code = changed
            used.append(injector.id)
    return Piece(f"{piece.id} with {', '.join(used)}", code, spoilt=True) if used else None
