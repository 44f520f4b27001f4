"""A plain description from which every process builds the same host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.analysis import Host
from quality.model import Profile, UsageError
from quality.plugins import PROJECT, find_plugins, load_plugins
from quality.profiles import builtin_profiles, load_profile
from quality.runtime._names import profile_problems

if TYPE_CHECKING:
    from quality.plugins import Plugins


#: Where texts are judged: in processes on this machine, or on a Ray cluster.
ENGINES = ("local", "ray")
#: More workers than any machine or cluster that this was made for has cores.
MOST_WORKERS = 100_000
#: A day for one text: more than anybody waits, and what timers and limits of the system can hold.
MOST_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class HostSpec:
    """What a host is built from; picklable.

    Attributes:
        profile: The profile, resolved.
    """

    profile: Profile


def resolve_spec(profile: str | Profile) -> HostSpec:
    """Resolves a profile's name.

    Args:
        profile: A profile, its name, or the path of a TOML file.

    Raises:
        UsageError: No such profile, or something else than one.
        ConfigurationError: The file is wrong.
    """
    if isinstance(profile, Profile):
        return HostSpec(profile)
    if not isinstance(profile, str):
        raise UsageError(
            f"profile should be a profile, its name, or a file's path as a text, got {profile!r}."
        )
    builtin = builtin_profiles()
    if profile in builtin:
        return HostSpec(builtin[profile])
    plugins = load_plugins()
    found = load_profile(
        profile, plugins.profiles, lambda read: profile_problems(read, plugins), lost=plugins.lost
    )
    return HostSpec(found)


def check_run(workers: object, timeout: object, engine: str = ENGINES[0]) -> None:
    """Checks how texts are to be judged.

    Raises:
        UsageError: ``workers`` is no whole number from 0 to 100,000, ``timeout`` no number above 0 and at most that of
            the seconds of a day, or there is no such engine.
    """
    if isinstance(workers, bool) or not isinstance(workers, int) or not 0 <= workers <= MOST_WORKERS:
        raise UsageError(
            f"workers should be 0 or more, at most {MOST_WORKERS:,}, got {workers!r}.",
            remedy="Give a whole number, such as that of the cores.",
        )
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= MOST_SECONDS:
        raise UsageError(f"timeout should be more than 0 seconds, at most {MOST_SECONDS:,}, got {timeout!r}.")
    if engine not in ENGINES:
        raise UsageError(f"There is no engine {engine!r}.", remedy=f"Known: {', '.join(ENGINES)}.")
    if engine == "ray" and not workers:
        raise UsageError("The engine 'ray' needs workers.", remedy="Give at least 1.")


def plugins_for(profile: Profile) -> Plugins:
    """Loads the plugins that may take part.

    A sealed profile of an installed distribution gets the plugins of that distribution and the host's own
    only: what else is installed cannot move its scores, not even by being imported.
    """
    found = find_plugins()
    if profile.sealed and profile.distribution:
        mine = {profile.distribution, PROJECT}
        found = tuple(plugin for plugin in found if plugin.distribution in mine)
    return load_plugins(found, settings=profile.options)


def open_host(spec: HostSpec) -> Host:
    """Loads the plugins and opens the analyzers.

    Raises:
        HostError: A required analyzer is missing or broken.
    """
    return Host.open(spec.profile, plugins_for(spec.profile))
