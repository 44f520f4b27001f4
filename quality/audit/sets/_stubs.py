"""Stubs against solutions: a stub never ranks above code that does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import FAMILIES, Expectation
from quality.audit.sets._pair import Pair

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from quality.audit._materials import Piece


def stub_pairs(pieces: Sequence[Piece], rng_for: Callable[[str, str], random.Random]) -> list[Pair]:
    """Pairs each solution with each stub of it; the stub is the bad side.

    Args:
        pieces: Solutions.
        rng_for: Gives the source of chance for an attack's and a piece's id.
    """
    kinds = {"stub", "answer"}
    attacks = [attack for family in FAMILIES if family.name in kinds for attack in family.attacks]
    return [
        Pair(f"{piece.id} by {attack.id}", stub, piece.code, attack.id, piece.id)
        for attack in attacks
        if attack.expectation is Expectation.NEVER_GAINS
        for piece in pieces
        if (stub := attack.apply(piece.code, rng_for(attack.id, piece.id))) is not None and stub != piece.code
    ]
