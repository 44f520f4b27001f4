"""One attack behind another, where the second hides what tells of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import (
    _answer,
    _delegate,
    _detour,
    _encode,
    _evade,
    _golf,
    _hide,
    _interpret,
    _move,
    _respell,
    _rig,
    _split,
    _stub,
    _suppress,
    _wrap,
)
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    import random

    from quality.audit.attacks._attack import Apply, Attack

FAMILY = Family("twice", "One attack behind another.")

_KNOWN = {
    attack.id: attack
    for module in (
        *(_answer, _delegate, _detour, _encode, _evade, _golf, _hide, _interpret, _move, _respell, _rig),
        *(_split, _stub, _suppress, _wrap),
    )
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
    # These paid when each kind of pretence was tried behind each kind of detour, or pay still.
    ("table_by_default", "answer:text-table", "detour:default-argument"),
    ("table_in_inner_class", "answer:text-table", "move:into-inner-class"),
    ("table_by_wrapper", "answer:text-table", "respell:library-wrappers"),
    ("delegation_by_default", "delegate:calls", "detour:default-argument"),
    ("delegation_in_inner_class", "delegate:calls", "move:into-inner-class"),
    ("delegation_logged", "delegate:calls", "wrap:try-and-log"),
    ("delegation_suppressed", "delegate:calls", "wrap:suppressed"),
    ("check_asserted", "stub:checked", "golf:asserted-conditions"),
    ("check_in_part", "stub:checked", "split:one-part-per-block"),
    ("check_looped", "stub:checked", "golf:loops-that-end"),
    ("argument_unpacked", "stub:checked-and-returned", "golf:star-arguments"),
    ("refusal_in_block", "evade:refused-by-all", "wrap:true-block"),
    ("refusal_in_inner_class", "evade:refused-by-all", "move:into-inner-class"),
    ("examples_suppressed", "rig:known-examples", "wrap:suppressed"),
    ("program_in_lambda", "interpret:as-records", "golf:lambdas"),
):
    FAMILY.seeded()(_both(_name, _KNOWN[_first], _KNOWN[_second]))
