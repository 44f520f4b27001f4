"""What settings name and nobody brings: a profile, rules, options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.analysis import declared_options, option_problems
from quality.model import ConfigurationError, UsageError
from quality.plugins import load_plugins
from quality.profiles import nearest
from quality.runtime import resolve_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.project._settings import Settings

#: What makes a name a pattern.
_WILD = frozenset("*?[")


def unknown_names(settings: Settings, *, profile: bool) -> Iterator[str]:
    """A line for each name that nobody brings; patterns of rules may select none.

    Args:
        settings: What is asked for.
        profile: Whether the settings choose the profile.
    """
    table = "tool.quality." if settings.file is not None and settings.file.name == "pyproject.toml" else ""
    if profile and settings.profile:
        try:
            resolve_spec(settings.profile)
        except ConfigurationError:
            raise
        except UsageError as error:
            yield f"key '{table}profile': {error}"
    if not (settings.ignore or settings.ignore_in_tests or settings.options):
        return
    plugins = load_plugins(settings=settings.options)
    for key, names in (("ignore", settings.ignore), ("ignore-in-tests", settings.ignore_in_tests)):
        for name in names:
            if name not in plugins.rules and _WILD.isdisjoint(name):
                yield f"key '{table}{key}': there is no rule {name!r}. {nearest(name, plugins.rules)}"
    for problem in option_problems(declared_options(plugins), settings.options):
        yield f"key '{table}options': {problem}"
