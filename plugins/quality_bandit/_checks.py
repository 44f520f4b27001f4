"""Bandit's checks, prepared once. Importing this module imports bandit."""

from __future__ import annotations

import importlib
import logging
import warnings
from collections import defaultdict
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from stevedore import extension

from quality.model import IMPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

#: Bandit's name for the check that looks names up in its lists.
_BLACKLIST = "B001"


@dataclass(frozen=True, slots=True)
class Check:
    """One of bandit's tests.

    Attributes:
        id: Bandit's id, for issues that carry none.
        function: Takes a context and the arguments; returns an issue or None.
        arguments: Its configuration, or nothing.
    """

    id: str
    function: Callable[..., Any]
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Extension:
    name: str
    plugin: Any


class _OwnExtensions(list[_Extension]):
    """What bandit's distribution itself brings, in the place of what stevedore finds anywhere.

    Output formats are left out: they are not used here.
    """

    def __init__(self, namespace: str, **_: object) -> None:
        wanted = () if namespace == "bandit.formatters" else _own_entry_points(namespace)
        super().__init__(_Extension(entry.name, entry.load()) for entry in wanted)

    def names(self) -> list[str]:
        return [entry.name for entry in self]


def _own_entry_points(group: str) -> Iterator[metadata.EntryPoint]:
    for entry in metadata.distribution("bandit").entry_points:
        if entry.group == group and entry.module.startswith("bandit."):
            yield entry


def import_bandit() -> None:
    """Imports bandit without anybody else's plugins, and keeps it quiet.

    Bandit loads every entry point of its groups when it is imported, whoever installed it, replaces the format
    of all warnings, and logs to stderr.
    """
    stevedore: Any = extension
    found, formatting = stevedore.ExtensionManager, warnings.formatwarning
    stevedore.ExtensionManager = _OwnExtensions
    try:
        importlib.import_module("bandit")
    finally:
        stevedore.ExtensionManager, warnings.formatwarning = found, formatting
    logger = logging.getLogger("bandit")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False


def load_checks(enabled: Collection[str]) -> Mapping[str, tuple[Check, ...]]:
    """Returns the enabled checks by the type of node that they look at ("Call", "Str", "File" ...).

    Args:
        enabled: Bandit's ids.
    """
    checks: defaultdict[str, list[Check]] = defaultdict(list)
    for entry in _OwnExtensions("bandit.plugins"):
        function = entry.plugin
        if function._test_id in enabled:  # noqa: SLF001 - where bandit's decorators put it
            for kind in function._checks:  # noqa: SLF001
                checks[kind].append(Check(function._test_id, function, _configuration(function)))  # noqa: SLF001
    blacklist = importlib.import_module("bandit.core.blacklisting").blacklist
    blacklists = load_blacklists(enabled)
    for kind in blacklists:
        function = _of_listed_calls(blacklist, blacklists) if kind == "Call" else blacklist
        checks[kind].append(Check(_BLACKLIST, function, (blacklists,)))
    return {kind: tuple(found) for kind, found in checks.items()}


def _of_listed_calls(
    blacklist: Callable[..., Any], blacklists: Mapping[str, list[dict[str, Any]]]
) -> Callable[..., Any]:
    """Bandit's check of listed names for calls alone: it goes through all its lists for each, and few are in one.

    For functions that import it looks up the module that they are given.
    """
    listed = {name for entry in blacklists["Call"] for name in entry["qualnames"]} | IMPORTERS

    def check(context: Any, lists: object) -> Any:
        function = context.node.func
        named = context.call_function_name_qual in listed or getattr(function, "id", "") in IMPORTERS
        return blacklist(context, lists) if named else None

    return check


def load_blacklists(enabled: Collection[str]) -> Mapping[str, list[dict[str, Any]]]:
    """Returns the enabled entries of bandit's lists of names, by the type of node."""
    blacklists: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in _OwnExtensions("bandit.blacklists"):
        for kind, entries in entry.plugin().items():
            blacklists[kind].extend(named for named in entries if named["id"] in enabled)
    return {kind: entries for kind, entries in blacklists.items() if entries}


def _configuration(function: Any) -> tuple[object, ...]:
    name = getattr(function, "_takes_config", None)
    if name is None:
        return ()
    return (importlib.import_module(function.__module__).gen_config(name),)
