"""Objects whose own methods raise: what a trainer may hold without knowing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def _refuse(*_: object, **__: object) -> Any:
    raise RuntimeError("asked to")


def _evil(name: str, *bases: type, also: tuple[str, ...] = ()) -> type:
    """A class whose special methods raise, and the named ones too."""
    special = (
        *("__float__", "__int__", "__index__", "__bool__", "__str__", "__repr__", "__len__", "__iter__"),
        *("__getitem__", "__contains__", "__eq__", "__hash__", "__format__", "__reversed__", "__bytes__"),
    )
    return type(name, bases, dict.fromkeys((*special, *also), _refuse))


_READING = ("get", "items", "keys", "values", "replace", "strip", "decode", "startswith")


class _Nosy:
    """Raises when it is asked for its class or any attribute."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)


class _Endless(Sequence[int]):
    """Says that it has two items and never ends."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index: Any) -> Any:
        return index


def evil_objects() -> dict[str, object]:
    """Kind → an object of that kind."""
    knotted: list[object] = []
    knotted.append(knotted)
    listed = _evil("Listed", also=("tolist", "model_dump"))
    return {
        "object": _evil("Thing")(),
        "array": listed(),
        "list": _evil("Items", list)(),
        "mapping": _evil("Table", Mapping, also=_READING)(),
        "dictionary": _evil("Entries", dict, also=_READING)(),
        "text": _evil("Text", str, also=_READING)("prose"),
        "bytes": _evil("Bytes", bytes, also=_READING)(b"prose"),
        "number": _evil("Number", float)(0.5),
        "nosy": _Nosy(),
        "endless": _Endless(),
        "knotted": knotted,
    }
