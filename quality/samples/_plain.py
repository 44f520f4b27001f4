"""Values of any kind as those that JSON has, whatever their own methods do."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Value = TypeVar("_Value")

#: Deepest nesting that is read: messages in a list, parts in a message, and what is in a part.
_DEEPEST = 8


def plain(value: object, *, deepest: int = _DEEPEST) -> object:
    """A value as texts, bytes, numbers, lists and dictionaries with texts as keys.

    Sequences, arrays and tensors become lists, pydantic's models dictionaries; what else has a value as a number
    becomes that. None stands for everything else, at any depth: for what is nested deeper, and for what cannot
    be read because a method of its own raises. So nothing in a value makes its reader raise.
    """
    return _read(lambda: _plain(value, deepest), None)


def plain_entry(mapping: object, name: str) -> object:
    """The entry of that name, as a plain value; None where there is none, or no mapping."""
    return _read(lambda: plain(mapping.get(name)) if isinstance(mapping, Mapping) else None, None)


def plain_items(values: object) -> list[object]:
    """What an iterable gives; a text, bytes or a mapping is one item, and what cannot be iterated none."""
    return _read(lambda: _items(values), [])


def plain_json(row: object) -> str:
    """A mapping as JSON: arrays as lists, what else JSON lacks as text, numbers that are none as null.

    Of a mapping that cannot be read at all ``null`` is left.
    """
    return _read(lambda: _json(row), "null")


def finite(value: object) -> object:
    """The value with null for what is no number."""
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _read(read: Callable[[], _Value], otherwise: _Value) -> _Value:
    """What is read of somebody's value, or something else where a method of that value raises."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - foreign methods raise what they like; this is the guard around them
        return otherwise


def _items(values: object) -> list[object]:
    if isinstance(values, str | bytes | Mapping):
        return [values]
    return _counted(values) if isinstance(values, Sequence) else list(cast("Iterable[object]", values))


def _json(row: object) -> str:
    entries = dict(cast("Mapping[str, object]", row))
    return json.dumps(finite(entries), allow_nan=False, default=_other, skipkeys=True)


def _plain(value: object, deepest: int) -> object:
    if value is None or type(value) in {bool, int, float, str, bytes}:
        return value
    # Classes of one's own may say anything of themselves: their texts and bytes are taken as the language keeps them.
    if issubclass(type(value), str):
        return str.__str__(cast("str", value))
    if issubclass(type(value), bytes):
        return bytes.__getitem__(cast("bytes", value), slice(None))
    if issubclass(type(value), bytearray | memoryview) or deepest == 0:
        return None
    return _inner(value, deepest - 1)


def _inner(value: object, deepest: int) -> object:
    if isinstance(value, Mapping):
        entries = list(value.items())
        return {key: plain(entry, deepest=deepest) for key, entry in entries if type(key) is str}
    for name in ("tolist", "model_dump"):
        made = getattr(value, name, None)
        if callable(made):
            return plain(made(), deepest=deepest)
    if isinstance(value, Sequence):
        return [plain(each, deepest=deepest) for each in _counted(value)]
    return float(value)  # type: ignore[arg-type]


def _counted(values: Sequence[object]) -> list[object]:
    """The items of a sequence, not more than it says: one of somebody's own need not end."""
    return list(itertools.islice(values, len(values)))


def _other(value: object) -> object:
    """What stands in JSON for a value that it does not have."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    listed = getattr(value, "tolist", None)
    if callable(listed):
        return finite(listed())
    return _read(lambda: str(value), None)
