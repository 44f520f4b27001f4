"""One smell put into clean code: the score must fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.audit.sets._pair import TIE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from quality.audit._materials import Piece
    from quality.audit._panel import Panel
    from quality.audit.injectors import Injector


@dataclass(frozen=True, slots=True)
class InjectionResult:
    """What one injector did to the score.

    Attributes:
        injector: Its id.
        count: Codes that it changed and that could be measured.
        falls: How many scores fell.
        rises: How many rose.
        mean_fall: The mean fall.
        worst: Id of a code whose score did not fall, or empty.
    """

    injector: str
    count: int
    falls: int
    rises: int
    mean_fall: float
    worst: str = ""


def inject(
    pieces: Sequence[Piece],
    injectors: Sequence[Injector],
    panel: Panel,
    rng_for: Callable[[str, str], random.Random],
) -> list[InjectionResult]:
    """Puts each smell into each piece of code, one at a time.

    Args:
        pieces: Clean code.
        injectors: The smells.
        panel: Judges.
        rng_for: Gives the source of chance for an injector's and a piece's id.
    """
    trials = [
        (injector.id, piece, spoilt)
        for injector in injectors
        for piece in pieces
        if (spoilt := injector.apply(piece.code, rng_for(injector.id, piece.id))) is not None
    ]
    verdicts = panel.judge([*(piece.code for piece in pieces), *(spoilt for _, _, spoilt in trials)])
    results: list[InjectionResult] = []
    for injector in injectors:
        changes = [
            (piece.id, before - after)
            for id_, piece, spoilt in trials
            if id_ == injector.id
            and (before := verdicts[piece.code].value) is not None
            and (after := verdicts[spoilt].value) is not None
        ]
        results.append(_result(injector.id, changes))
    return results


def _result(injector: str, changes: Sequence[tuple[str, float]]) -> InjectionResult:
    least = min(changes, key=lambda each: (each[1], each[0]), default=("", 1.0))
    return InjectionResult(
        injector=injector,
        count=len(changes),
        falls=sum(fall > TIE for _, fall in changes),
        rises=sum(fall < -TIE for _, fall in changes),
        mean_fall=sum(fall for _, fall in changes) / max(len(changes), 1),
        worst=least[0] if least[1] <= TIE else "",
    )
