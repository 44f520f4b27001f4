"""What belongs together, directly or by way of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Groups:
    """Groups of names: disjoint sets, which only ever grow together."""

    def __init__(self) -> None:
        #: Name → another one of its group; the one that stands for the group leads to itself.
        self._leads_to: dict[str, str] = {}

    def join(self, name: str, other: str) -> None:
        """Makes one group of those of two names."""
        self._leads_to[self._head(name)] = self._head(other)

    def among(self, names: Iterable[str]) -> list[list[str]]:
        """Names by their groups, in the order of the first of each."""
        groups: dict[str, list[str]] = {}
        for name in names:
            groups.setdefault(self._head(name), []).append(name)
        return list(groups.values())

    def _head(self, name: str) -> str:
        """The name that stands for a name's group."""
        while (other := self._leads_to.setdefault(name, name)) != name:
            self._leads_to[name] = self._leads_to[other]  # a shorter way for whoever comes next
            name = other
        return name
