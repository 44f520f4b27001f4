"""Attacks on a score: manipulations that improve nothing, as data and code."""

from quality.audit.attacks import (
    _answer,
    _break,
    _chain,
    _comment,
    _configure,
    _copy,
    _dead,
    _delegate,
    _delete,
    _detour,
    _disguise,
    _empty,
    _encode,
    _evade,
    _feign,
    _golf,
    _hand,
    _hide,
    _interpret,
    _layout,
    _move,
    _overload,
    _pad,
    _prose,
    _rename,
    _respell,
    _rig,
    _share,
    _split,
    _stub,
    _suppress,
    _twice,
    _wrap,
)
from quality.audit.attacks._attack import Attack, Bound, Expectation, Family

_MODULES = (
    *(_suppress, _pad, _split, _comment, _layout, _stub, _delete, _hide, _encode, _detour, _golf, _move),
    *(
        _rename,
        _share,
        _wrap,
        _copy,
        _dead,
        _configure,
        _break,
        _overload,
        _prose,
        _answer,
        _delegate,
        _twice,
    ),
    *(_respell, _disguise, _feign, _hand, _rig, _empty, _evade, _interpret, _chain),
)

#: All families, in the order of the report.
FAMILIES: tuple[Family, ...] = tuple(module.FAMILY for module in _MODULES)
#: All attacks.
ATTACKS: tuple[Attack, ...] = tuple(attack for family in FAMILIES for attack in family.attacks)

__all__ = ["ATTACKS", "FAMILIES", "Attack", "Bound", "Expectation", "Family"]
