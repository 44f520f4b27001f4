"""Options of rules, declared as class attributes and read as typed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, overload

from quality.model import Option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import OptionValue

_Value = TypeVar("_Value", bool, int, float, str, tuple[str, ...])


class _Configured(Protocol):
    """What a setting is read from."""

    @property
    def settings(self) -> Mapping[str, OptionValue]: ...


class Setting(Generic[_Value]):
    """A declared option: ``minimum = Setting(8, "Fewest statements.", minimum=1)``.

    Read on a rule's instance it is the configured value, of the default's type. The option's name in
    ``[tool.quality.options]`` is the attribute's, with hyphens.

    Args:
        default: The value when nothing is set.
        description: One sentence for users.
        minimum: Smallest allowed number, or None.
        maximum: Largest allowed number, or None.
    """

    def __init__(
        self,
        default: _Value,
        description: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> None:
        self._default: _Value = default
        self._description = description
        self._range = (minimum, maximum)
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name.replace("_", "-")

    @overload
    def __get__(self, instance: None, owner: type) -> Setting[_Value]: ...

    @overload
    def __get__(self, instance: _Configured, owner: type) -> _Value: ...

    def __get__(self, instance: _Configured | None, owner: type) -> Setting[_Value] | _Value:
        if instance is None:
            return self
        # The host has validated the value against the option's type.
        return instance.settings.get(self._name, self._default)  # type: ignore[return-value]

    @property
    def option(self) -> Option:
        """The catalogue's word for it."""
        minimum, maximum = self._range
        return Option(self._name, self._default, self._description, minimum=minimum, maximum=maximum)
