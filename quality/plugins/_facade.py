"""Classify: the typed face of all plugins. Nothing else in the project touches pluggy."""

from __future__ import annotations

import contextlib
import dataclasses
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pluggy

from quality.model import Analyzer, Metric, PluginError, Profile, Renderer, Rule, Score
from quality.plugins import _hookspecs
from quality.plugins._aside import aside
from quality.plugins._finder import BrokenPlugin, FoundPlugin, LoadedPlugin, find_plugins, load_plugin
from quality.plugins._hookspecs import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import Analysis, OptionValue
    from quality.rules import Fix


@dataclass(frozen=True, slots=True)
class Observers:
    """The two hooks that are called per analysis."""

    manager: pluggy.PluginManager
    distributions: Mapping[str, str]

    def score(self, analysis: Analysis, profile: Profile) -> Score | None:
        """Asks the plugins of the profile's own distribution; None when they leave it to the host.

        Plugins of other distributions are not asked: installing one never moves another's scores.

        Raises:
            PluginError: A plugin raised, or returned something else than a score.
        """
        for name, call in _implementations(self.manager, "quality_score"):
            if self.distributions[name] != profile.distribution:
                continue
            try:
                result = call({"analysis": analysis, "profile": profile})
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                raise _wrong_score(name, profile, f"raised {what}") from error
            if isinstance(result, Score):
                return result
            if result is not None:
                raise _wrong_score(name, profile, f"returned {result!r}, which is no Score")
        return None

    def finished(self, analysis: Analysis, score: Score) -> None:
        """Tells the observers; what one raises becomes a warning and reaches no other."""
        for name, function in _implementations(self.manager, "quality_analysis_finished"):
            try:
                function({"analysis": analysis, "score": score})
            except Exception as error:  # noqa: BLE001 - an observer must not change anything
                warnings.warn(f"plugin {name}: quality_analysis_finished raised {error!r}", stacklevel=2)

    def fixes(self) -> dict[str, Fix]:
        """Fix id → fix, of all plugins.

        Raises:
            PluginError: A plugin raised, or two bring one fix; the message names them.
        """
        found: dict[str, tuple[str, Fix]] = {}
        for name, call in _implementations(self.manager, "quality_fixes"):
            try:
                fixes = list(call({}))
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                raise PluginError(
                    f"Plugin {name}: quality_fixes raised {what}.", remedy="Update or uninstall it."
                ) from error
            for fix in fixes:
                if fix.id in found:
                    raise PluginError(
                        f"Both {found[fix.id][0]} and {name} bring fix {fix.id!r}.",
                        remedy="Uninstall one of them.",
                    )
                found[fix.id] = (name, fix)
        return {identity: fix for identity, (_, fix) in found.items()}


@dataclass(frozen=True, slots=True)
class Plugins:
    """Everything that plugins brought, by id, and those that could not be used.

    Attributes:
        loaded: Usable plugins, sorted by (distribution, entry point).
        broken: The others, with the reason.
        analyzers: Analyzer id → analyzer, not yet opened.
        rules: Rule id → catalogue entry.
        metrics: Metric id → definition.
        profiles: Profile name → profile.
        renderers: Format → renderer.
        observers: The hooks that are called per analysis.
        owners: Namespace of rules → the distribution that brings them.
        makers: Format → the plugin that brings it.
    """

    loaded: tuple[LoadedPlugin, ...]
    broken: tuple[BrokenPlugin, ...]
    analyzers: Mapping[str, Analyzer]
    rules: Mapping[str, Rule]
    metrics: Mapping[str, Metric]
    profiles: Mapping[str, Profile]
    renderers: Mapping[str, Renderer]
    observers: Observers
    owners: Mapping[str, str] = field(default_factory=dict)
    makers: Mapping[str, str] = field(default_factory=dict)

    @property
    def lost(self) -> str:
        """Why plugins could not be used, in one text: what somebody misses may be theirs. Empty when all work."""
        return " ".join(problem.error for problem in self.broken)


def load_plugins(
    found: Iterable[FoundPlugin] | None = None,
    *,
    settings: Mapping[str, Mapping[str, OptionValue]] | None = None,
    objects: Iterable[LoadedPlugin] = (),
) -> Plugins:
    """Finds, loads and classifies.

    Args:
        found: Entry points to load; None finds them.
        settings: Options for the plugins.
        objects: Plugins that are no entry points, as tests use them.

    Raises:
        PluginError: When two plugins claim one id or one rule namespace; the message names both.
    """
    with aside():
        outcomes = [load_plugin(entry) for entry in (find_plugins() if found is None else found)]
        loaded = [outcome for outcome in outcomes if isinstance(outcome, LoadedPlugin)]
        broken = [outcome for outcome in outcomes if isinstance(outcome, BrokenPlugin)]
        return _classify([*loaded, *objects], broken, settings or {})


def _classify(
    loaded: list[LoadedPlugin],
    broken: list[BrokenPlugin],
    settings: Mapping[str, Mapping[str, OptionValue]],
) -> Plugins:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(_hookspecs)
    usable: list[LoadedPlugin] = []
    for candidate in sorted(loaded, key=lambda plugin: plugin.found):
        problem = _register(manager, candidate)
        if problem is None:
            usable.append(candidate)
        else:
            broken.append(problem)
    collector = _Collector(manager, {_name(plugin.found): plugin for plugin in usable}, broken)
    collector.configure(settings)
    analyzers = collector.collect("quality_analyzers", Analyzer, "id", {"settings": settings})
    rules = collector.collect("quality_rules", Rule, "id", {})
    metrics = collector.collect("quality_metrics", Metric, "id", {})
    profiles = collector.collect("quality_profiles", Profile, "name", {})
    renderers = collector.collect("quality_renderers", Renderer, "id", {})
    owners = collector.namespaces(rules)
    # Only now is it known which plugins broke; nothing of a broken one is used, or a plugin that lost its
    # rules would still analyse, and report nothing.
    bad = {problem.found for problem in broken}
    return Plugins(
        loaded=tuple(plugin for plugin in usable if plugin.found not in bad),
        broken=tuple(sorted(broken, key=lambda problem: problem.found)),
        analyzers=collector.parts(analyzers),
        rules=collector.parts(rules),
        metrics=collector.parts(metrics),
        profiles=collector.profiles(profiles),
        renderers=collector.parts(renderers),
        observers=Observers(manager, {_name(plugin.found): plugin.found.distribution for plugin in usable}),
        owners=owners,
        makers={identity: name for identity, (name, _) in renderers.items()},
    )


def _name(found: FoundPlugin) -> str:
    return f"{found.distribution}:{found.name}"


def _register(manager: pluggy.PluginManager, candidate: LoadedPlugin) -> BrokenPlugin | None:
    """Registers a plugin; an unknown hook or argument makes it broken instead of ending the host."""
    try:
        manager.register(candidate.plugin, name=_name(candidate.found))
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        # Two entry points may name one object: the first keeps its place.
        if manager.get_name(candidate.plugin) == _name(candidate.found):
            manager.unregister(candidate.plugin)
        return BrokenPlugin(
            candidate.found,
            f"Plugin {candidate.found.name!r} of {candidate.found.distribution} does not fit the hooks of this "
            f"version ({error}). Install a version of it that does.",
        )
    return None


def _without(part: object, kind: type) -> str:
    """What a part lacks of the protocol that it should have."""
    if not getattr(kind, "_is_protocol", False):
        return ""
    names = {*kind.__annotations__, *(name for name in vars(kind) if not name.startswith("_"))}
    lacking = sorted(name for name in names if not hasattr(part, name))
    return f": it has no {', '.join(lacking)}" if lacking else ""


def _wrong_score(name: str, profile: Profile, what: str) -> PluginError:
    return PluginError(
        f"Plugin {name}: quality_score {what}.",
        remedy=f"Judge with another profile than {profile.name!r}, or update the plugin.",
    )


def _implementations(manager: pluggy.PluginManager, hook: str) -> Iterator[tuple[str, Any]]:
    """Yields (plugin name, call with keyword arguments), sorted by plugin name."""
    implementations = getattr(manager.hook, hook).get_hookimpls()
    for implementation in sorted(implementations, key=lambda entry: entry.plugin_name):

        def call(arguments: Mapping[str, object], entry: Any = implementation) -> Any:
            return entry.function(*[arguments[name] for name in entry.argnames])

        yield implementation.plugin_name, call


@dataclass(slots=True)
class _Collector:
    """Calls the collecting hooks, each plugin inside a guard of its own."""

    manager: pluggy.PluginManager
    plugins: Mapping[str, LoadedPlugin]
    broken: list[BrokenPlugin]

    def collect(
        self, hook: str, kind: Any, key: str, arguments: Mapping[str, object]
    ) -> dict[str, tuple[str, Any]]:
        """Returns id → (plugin name, part), sorted by id."""
        parts: dict[str, tuple[str, Any]] = {}
        for name, call in _implementations(self.manager, hook):
            for part in self._call(name, hook, call, arguments):
                if not isinstance(part, kind):
                    self._break(
                        name, f"{hook} returned {part!r}, which is no {kind.__name__}{_without(part, kind)}"
                    )
                    continue
                identity = str(getattr(part, key))
                if identity in parts and parts[identity][0] == name:
                    self._break(name, f"{hook} brings {identity!r} twice")
                    continue
                if identity in parts:
                    raise PluginError(
                        f"Both {parts[identity][0]} and {name} bring {kind.__name__.lower()} {identity!r}.",
                        remedy="Uninstall one of them.",
                    )
                parts[identity] = (name, part)
        return dict(sorted(parts.items()))

    def namespaces(self, rules: Mapping[str, tuple[str, Rule]]) -> dict[str, str]:
        """Namespace → distribution. It belongs to one, so that no plugin adds rules to another's."""
        owners: dict[str, str] = {}
        for name, rule in rules.values():
            distribution = self.plugins[name].found.distribution
            owner = owners.setdefault(rule.namespace, distribution)
            if owner != distribution:
                raise PluginError(
                    f"Both {owner} and {distribution} bring rules of the namespace {rule.namespace!r} "
                    f"(rule {rule.id!r}).",
                    remedy="Uninstall one of them, or ask its author for a namespace of its own.",
                )
        return owners

    def configure(self, settings: Mapping[str, Mapping[str, OptionValue]]) -> None:
        """Tells every plugin what the user set."""
        for name, call in _implementations(self.manager, "quality_configure"):
            with self._guarded(name, "quality_configure"):
                call({"settings": settings})

    def parts(self, collected: Mapping[str, tuple[str, Any]]) -> dict[str, Any]:
        """The parts of the plugins that are whole."""
        broken = {problem.found for problem in self.broken}
        return {
            identity: part
            for identity, (name, part) in collected.items()
            if self.plugins[name].found not in broken
        }

    def profiles(self, collected: Mapping[str, tuple[str, Profile]]) -> dict[str, Profile]:
        """The profiles, each marked with the distribution that really ships it."""
        whole = self.parts(collected)
        return {
            identity: dataclasses.replace(
                whole[identity], distribution=self.plugins[collected[identity][0]].found.distribution
            )
            for identity in whole
        }

    def _call(self, name: str, hook: str, call: Any, arguments: Mapping[str, object]) -> list[Any]:
        with self._guarded(name, hook):
            return list(call(arguments))
        return []

    @contextlib.contextmanager
    def _guarded(self, name: str, hook: str) -> Iterator[None]:
        """One plugin's mistake must not lose the others."""
        try:
            yield
        except (Exception, SystemExit) as error:  # noqa: BLE001 - plugins may raise anything
            self._break(name, f"{hook} raised {type(error).__name__}: {error}")

    def _break(self, name: str, what: str) -> None:
        found = self.plugins[name].found
        remedy = f"Update or uninstall {found.distribution}."
        self.broken.append(
            BrokenPlugin(
                found, f"Plugin {found.name!r} of {found.distribution}: {what.removesuffix('.')}. {remedy}"
            )
        )
