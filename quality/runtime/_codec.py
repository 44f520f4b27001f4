"""Results as bytes: what workers answer and what the cache keeps. Reading them makes data and never calls."""

from __future__ import annotations

import dataclasses
import enum
import io
import operator
import pickle
from typing import TYPE_CHECKING, Any, NoReturn

from quality import model
from quality.runtime._task import Answer, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS = [kind for kind in (*vars(model).values(), Outcome, Answer) if isinstance(kind, type)]
_RECORDS = [kind for kind in _KINDS if dataclasses.is_dataclass(kind)]
#: The only names that bytes may mention, and what makes one of the kind of its arguments.
_NAMES: dict[tuple[str, str], Callable[..., Any]] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (*_RECORDS, *_KINDS)
    if kind in _RECORDS or issubclass(kind, model.QualityError)
}
#: A member of an enumeration is looked up: several times as fast as calling its class.
_NAMES |= {
    (kind.__module__, kind.__qualname__): {member.value: member for member in kind}.__getitem__
    for kind in _KINDS
    if issubclass(kind, enum.Enum)
}


def encode(value: object) -> bytes:
    """Turns a result into bytes."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.dispatch_table = _TABLE
    pickler.dump(value)
    return stream.getvalue()


def decode(data: bytes) -> Any:
    """Turns bytes into a result.

    Raises:
        pickle.UnpicklingError: They mention something that is no part of a result.
        Exception: They are damaged.
    """
    return _Reader(io.BytesIO(data)).load()


def _as_call(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A record as a call of its class: several times as fast to read as its state."""
    names = [field.name for field in dataclasses.fields(kind)]
    values = operator.attrgetter(*names)
    if len(names) == 1:
        return lambda record: (kind, (values(record),))
    return lambda record: (kind, values(record))


def _as_value(member: enum.Enum) -> tuple[Any, ...]:
    """A member of an enumeration as a call of its class: by itself it would be an attribute in the first Pythons 3.11."""
    return type(member), (member.value,)


_TABLE: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    **{kind: _as_value for kind in _KINDS if issubclass(kind, enum.Enum)},
    **{kind: _as_call(kind) for kind in _RECORDS if dataclasses.fields(kind)},
}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _NAMES.get((module, name)) or _refuse(name)

    def persistent_load(self, pid: Any) -> NoReturn:
        _refuse(str(pid))


def _refuse(name: str) -> NoReturn:
    raise pickle.UnpicklingError(f"{name} is no part of a result")
