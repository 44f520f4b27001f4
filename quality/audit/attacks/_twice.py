"""One attack behind another, where the second hides what tells of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import _detour, _encode, _hide, _move, _stub, _suppress
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    import random

    from quality.audit.attacks._attack import Apply, Attack

FAMILY = Family("twice", "One attack behind another.")

_KNOWN = {
    attack.id: attack
    for module in (_detour, _encode, _hide, _move, _stub, _suppress)
    for attack in module.FAMILY.attacks
}


def _both(name: str, first: Attack, second: Attack) -> Apply:
    def apply(code: str, rng: random.Random) -> str | None:
        once = first.apply(code, rng)
        return None if once is None else second.apply(once, rng)

    apply.__name__ = name
    apply.__doc__ = f"{first.description} {second.description}"
    return apply


for _name, _first, _second in (
    ("stub_in_module_code", "stub:not-implemented", "move:into-module-code"),
    ("stub_filled_in", "stub:not-implemented-message", "detour:filled-in"),
    ("pretence_by_name", "stub:pretended-work", "detour:attribute-by-name"),
    ("pretence_filled_in", "stub:pretended-work", "detour:filled-in"),
    ("encoded_from_table", "encode:base64-function", "detour:table"),
    ("encoded_by_another_name", "encode:pickled", "detour:another-name"),
    ("encoded_from_dictionary", "encode:marshalled", "detour:module-dictionary"),
    ("executed_by_name", "hide:through-loader", "detour:module-by-name"),
):
    FAMILY.seeded()(_both(_name, _KNOWN[_first], _KNOWN[_second]))
