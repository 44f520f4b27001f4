"""Find and load: two functions over immutable values. Each entry point loads alone."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass, field

from quality.plugins._hookspecs import PROJECT


@dataclass(frozen=True, slots=True, order=True)
class FoundPlugin:
    """An entry point of the group ``quality``, not yet imported.

    Attributes:
        distribution: Name of the distribution that declares it.
        name: The entry point's name.
        version: The distribution's version.
        value: What the entry point points to.
    """

    distribution: str
    name: str
    version: str
    value: str


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """An imported plugin.

    Attributes:
        found: Where it came from.
        plugin: The module or object that holds the hook implementations.
    """

    found: FoundPlugin
    plugin: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class BrokenPlugin:
    """A plugin that cannot be used, and why.

    Attributes:
        found: Where it came from.
        error: What is wrong and what to do.
    """

    found: FoundPlugin
    error: str


def find_plugins(group: str = PROJECT) -> tuple[FoundPlugin, ...]:
    """Lists the entry points of all installed distributions, sorted by (distribution, name)."""
    found = {
        FoundPlugin(entry.dist.name, entry.name, entry.dist.version, entry.value)
        for entry in importlib.metadata.entry_points(group=group)
        if entry.dist is not None
    }
    return tuple(sorted(found))


def load_plugin(found: FoundPlugin, group: str = PROJECT) -> LoadedPlugin | BrokenPlugin:
    """Imports one plugin. Whatever its import raises becomes a value that names it and its remedy."""
    entry = importlib.metadata.EntryPoint(found.name, found.value, group)
    try:
        return LoadedPlugin(found, entry.load())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin's import may raise anything
        what = f"{type(error).__name__}: {error}".split("\n", 1)[0]
        return BrokenPlugin(
            found,
            f"Plugin {found.name!r} of {found.distribution} {found.version} does not load ({what}). "
            f"Update it with 'pip install -U {found.distribution}' or remove it with "
            f"'pip uninstall {found.distribution}'.",
        )
