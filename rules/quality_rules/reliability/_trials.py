"""Which constant arguments are refused each time: what only reads them is asked, and small languages are read by their grammar.

Nothing here has an effect, keeps anything, or takes long: texts have a length.
"""

from __future__ import annotations

import datetime as dt
import importlib
import re
import struct
from typing import TYPE_CHECKING, Any

from quality_rules._patterns import error_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Readers of texts that do nothing else, and need little time for any text: a fraction of "1e999999999" would take hours.
READERS = frozenset(
    {
        *("ipaddress.ip_address", "ipaddress.ip_network", "ipaddress.ip_interface"),
        *("ipaddress.IPv4Address", "ipaddress.IPv4Network", "ipaddress.IPv6Address", "ipaddress.IPv6Network"),
        *("uuid.UUID", "decimal.Decimal"),
        *("datetime.datetime.fromisoformat", "datetime.date.fromisoformat", "datetime.time.fromisoformat"),
        *("datetime.datetime.strptime", "time.strptime"),
        *("builtins.int", "builtins.float", "builtins.bytes.fromhex", "builtins.bytearray.fromhex"),
        *("struct.calcsize", "struct.Struct"),
    }
)
#: Functions of patterns → the place of the pattern is the first.
PATTERNS = frozenset(
    f"re.{name}"
    for name in ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
)
#: Moment → its parts, in their order.
MOMENTS = {
    "datetime.datetime": ("year", "month", "day", "hour", "minute", "second", "microsecond"),
    "datetime.date": ("year", "month", "day"),
    "datetime.time": ("hour", "minute", "second", "microsecond"),
}
#: The first moment of a leap year: with parts that are not known, any day of a month may be meant.
_FIRST: dict[str, Any] = {"year": 2000, "month": 1, "day": 1}
#: Part of a moment, and what the class takes beside them.
PARTS = frozenset({*MOMENTS["datetime.datetime"], "tzinfo", "fold"})
#: Actions of argparse that take no value, and what tells how to read one.
SWITCHES = frozenset({"store_true", "store_false", "count"})
OF_VALUES = ("type", "nargs", "choices", "const", "metavar")
_LONGEST = 200
_LARGEST = 4_096
_AXES = re.compile(r"\(|\)|\.\.\.|->|\w+|\S")


def refused_by_reader(dotted: str, given: Sequence[object]) -> str:
    """The name of the error with which a reader refuses texts; empty when it takes them."""
    if any(not isinstance(value, str | int) or len(str(value)) > _LONGEST for value in given):
        return ""
    module, _, path = dotted.partition(".")
    reader: Any = importlib.import_module(module)
    for name in path.split("."):
        reader = getattr(reader, name)
    try:
        reader(*given)
    except (ValueError, ArithmeticError, struct.error, re.error) as error:
        return _named(error)
    except TypeError:
        return ""  # another number of arguments: other rules say that
    return ""


def refused_pattern(pattern: str) -> str:
    """The name of the error with which a regular expression is refused; empty for a good one."""
    return "re.error" if error_of(pattern) else ""


def refused_moment(kind: str, given: Mapping[str, object]) -> str:
    """The name of the error with which parts of a moment are refused, whatever the others are; empty when they may be good."""
    maker: Any = getattr(dt, kind.partition(".")[2])
    parts = {name: _FIRST.get(name, 0) for name in MOMENTS[kind]} | dict(given)
    try:
        maker(**parts)
    except (ValueError, TypeError, OverflowError) as error:
        return _named(error)
    return ""


def refused_packing(layout: str, values: int) -> str:
    """The name of the error with which so many values are refused by a layout; empty when it takes them."""
    try:
        size = struct.calcsize(layout)
        taken = len(struct.unpack(layout, bytes(size))) if size <= _LARGEST else values
    except struct.error:
        return "struct.error"
    return "" if taken == values else "struct.error"


def refused_axes(function: str, pattern: str) -> str:
    """The name of the error with which einops refuses a pattern; empty for a good one."""
    sides = pattern.split("->")
    if len(pattern) > _LONGEST or len(sides) != 2 or not all(map(_is_balanced, sides)):  # noqa: PLR2004
        return "EinopsError"
    left, right = map(_axes, sides)
    lost, new = left - right, right - left
    wrong = {"rearrange": lost | new, "reduce": new, "repeat": lost}[function]
    return "EinopsError" if wrong else ""


def _axes(side: str) -> set[str]:
    """The names of axes on one side; lengths such as 1 are none."""
    return {word for word in _AXES.findall(side) if word not in {"(", ")"} and not word.isdigit()}


def _is_balanced(side: str) -> bool:
    """Tells whether brackets are closed, and none is in another."""
    depth = 0
    for sign in side:
        depth += (sign == "(") - (sign == ")")
        if depth not in (0, 1):
            return False
    return depth == 0


def _named(error: Exception) -> str:
    kind = type(error)
    return f"{kind.__module__}.error" if kind.__name__ == "error" else kind.__name__
