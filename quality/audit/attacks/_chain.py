"""Several attacks one after the other: each alone may be known, and what one leaves another may excuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import (
    _answer,
    _copy,
    _dead,
    _delegate,
    _detour,
    _disguise,
    _encode,
    _evade,
    _feign,
    _golf,
    _hand,
    _hide,
    _move,
    _pad,
    _rename,
    _respell,
    _rig,
    _split,
    _stub,
    _twice,
    _wrap,
)
from quality.audit.attacks._attack import Expectation, Family
from quality.model import parsed

if TYPE_CHECKING:
    import random

FAMILY = Family("chain", "Several attacks of other families one after the other.", bound=_pad.PADDING)

_MODULES = (
    *(_pad, _split, _stub, _hide, _encode, _detour, _golf, _move, _rename, _wrap, _copy),
    *(_dead, _answer, _delegate, _twice, _respell, _disguise, _feign, _hand, _rig, _evade),
)
#: What chains are made of: all that must not gain. What deletes, or leaves data alone, is a known limit and would end each chain.
_LINKS = tuple(
    attack
    for module in _MODULES
    for attack in module.FAMILY.attacks
    if attack.expectation is Expectation.NEVER_GAINS and not attack.natural
)


@FAMILY.seeded()
def _two(code: str, rng: random.Random) -> str | None:
    """Makes two attacks, by chance."""
    return _linked(code, rng, 2)


@FAMILY.seeded()
def _three(code: str, rng: random.Random) -> str | None:
    """Makes three attacks, by chance."""
    return _linked(code, rng, 3)


@FAMILY.seeded()
def _four(code: str, rng: random.Random) -> str | None:
    """Makes four attacks, by chance."""
    return _linked(code, rng, 4)


def _linked(code: str, rng: random.Random, count: int) -> str | None:
    """Makes so many attacks, each on what the one before has left; None where fewer can be made."""
    for attack in rng.sample(_LINKS, len(_LINKS)):
        attacked = attack.apply(code, rng)
        if attacked is not None and parsed(attacked) is not None:
            code, count = attacked, count - 1
        if not count:
            return code
    return None
