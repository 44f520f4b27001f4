"""What a profile or settings name, and no plugin brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.analysis import declared_options, option_problems
from quality.model import matches
from quality.profiles import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import OptionValue, Profile
    from quality.plugins import Plugins

#: What makes a name a pattern.
_WILD = frozenset("*?[")


def profile_problems(profile: Profile, plugins: Plugins) -> Iterator[str]:
    """A line for each name in a profile that nobody brings; none where broken plugins may have brought it."""
    if plugins.broken:
        return
    for pattern in profile.select:
        if pattern != "*" and not any(matches(rule, (pattern,)) for rule in plugins.rules):
            yield f"key 'select': no rule matches {pattern!r}. {nearest(pattern, plugins.rules)}"
    yield from rule_problems("ignore", profile.ignore, plugins)
    yield from rule_problems("ignore-in-tests", profile.ignore_in_tests, plugins)
    yield from rule_problems("caps", profile.caps, plugins)
    yield from options_problems("options", profile.options, plugins)


def rule_problems(key: str, names: Iterable[str], plugins: Plugins) -> Iterator[str]:
    """A line for each rule that nobody brings; patterns may select none."""
    for name in names:
        if name not in plugins.rules and _WILD.isdisjoint(name):
            yield f"key {key!r}: there is no rule {name!r}. {nearest(name, plugins.rules)}"


def options_problems(
    key: str, options: Mapping[str, Mapping[str, OptionValue]], plugins: Plugins
) -> Iterator[str]:
    """A line for each option that nobody declares, or that has a wrong value."""
    for problem in option_problems(declared_options(plugins), options):
        yield f"key {key!r}: {problem}"
