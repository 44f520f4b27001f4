"""What settings name and nobody brings: a profile, rules, options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import ConfigurationError, UsageError
from quality.plugins import load_plugins
from quality.runtime import options_problems, resolve_spec, rule_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.project._settings import Settings


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
    yield from rule_problems(f"{table}ignore", settings.ignore, plugins)
    yield from rule_problems(f"{table}ignore-in-tests", settings.ignore_in_tests, plugins)
    yield from options_problems(f"{table}options", settings.options, plugins)
