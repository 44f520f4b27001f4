"""Hooks, discovery and the typed façade over pluggy.

``_finder`` finds and loads, ``_facade`` registers by the ``_hookspecs`` and classifies. What plugins print goes ``_aside``;
``_examples`` reads those of rules.
"""

from quality.plugins._aside import aside
from quality.plugins._examples import read_examples
from quality.plugins._facade import Observers, Plugins, load_plugins
from quality.plugins._finder import BrokenPlugin, FoundPlugin, LoadedPlugin, find_plugins, load_plugin
from quality.plugins._hookspecs import PROJECT, hookimpl

__all__ = [
    "PROJECT",
    "BrokenPlugin",
    "FoundPlugin",
    "LoadedPlugin",
    "Observers",
    "Plugins",
    "aside",
    "find_plugins",
    "hookimpl",
    "load_plugin",
    "load_plugins",
    "read_examples",
]
