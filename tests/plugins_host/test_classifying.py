"""Classify: parts by id, duplicates refused, and nothing used of a plugin that broke."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from quality_fakes import METRICS, OTHER, PROFILE, RULE, FakeAnalyzer, fake_renderer, found, plugin

from quality.model import PluginError
from quality.plugins import LoadedPlugin, hookimpl, load_plugins


def load(*objects: LoadedPlugin, **arguments: object):
    return load_plugins((), objects=objects, **arguments)


def whole(name: str = "whole", distribution: str = "fake-plugin", **hooks: object) -> LoadedPlugin:
    return plugin(name, distribution, quality_rules=lambda: [RULE], **hooks)


def test_parts_are_classified_by_id() -> None:
    plugins = load(
        plugin(
            "all",
            quality_analyzers=lambda: [FakeAnalyzer()],
            quality_rules=lambda: [RULE, OTHER],
            quality_metrics=lambda: METRICS,
            quality_profiles=lambda: [PROFILE],
            quality_renderers=lambda: [fake_renderer("plain")],
        )
    )
    assert list(plugins.analyzers) == ["fake"]
    assert list(plugins.rules) == ["fake:name", "fake:pass"]
    assert list(plugins.metrics) == ["fake:complexity", "fake:lloc"]
    assert list(plugins.profiles) == ["fake"]
    assert list(plugins.renderers) == ["plain"]
    assert plugins.broken == ()


def test_the_order_of_registration_does_not_matter() -> None:
    first, second = whole("a"), plugin("b", quality_renderers=lambda: [fake_renderer("plain")])
    assert load(first, second).loaded == load(second, first).loaded == (first, second)


def test_hooks_may_leave_out_arguments_and_get_the_settings_when_they_ask() -> None:
    seen = []
    settings = {"fake": {"size": 3}}
    load(plugin("asks", quality_analyzers=lambda settings: seen.append(settings) or []), settings=settings)
    assert seen == [settings]


def test_configure_comes_before_the_other_hooks() -> None:
    order = []
    load(
        plugin(
            "ordered",
            quality_configure=lambda settings: order.append("configure"),
            quality_rules=lambda: order.append("rules") or [],
        )
    )
    assert order == ["configure", "rules"]


@pytest.mark.parametrize(
    ("hook", "part"),
    [
        ("quality_analyzers", FakeAnalyzer()),
        ("quality_rules", RULE),
        ("quality_metrics", METRICS[0]),
        ("quality_profiles", PROFILE),
        ("quality_renderers", fake_renderer("plain")),
    ],
)
def test_two_plugins_with_one_id_are_refused_by_name(hook: str, part: object) -> None:
    objects = [plugin(name, **{hook: lambda: [part]}) for name in ("one", "two")]
    with pytest.raises(PluginError, match=r"fake-plugin:one and fake-plugin:two .*Uninstall one"):
        load(*objects)


def test_a_plugin_with_one_id_twice_is_broken_and_the_others_go_on() -> None:
    twice = plugin("one", quality_rules=lambda: [RULE, RULE])
    plugins = load(twice, plugin("two", quality_rules=lambda: [OTHER]))
    assert list(plugins.rules) == [OTHER.id]
    assert [problem.error for problem in plugins.broken] == [
        f"Plugin 'one' of fake-plugin: quality_rules brings {RULE.id!r} twice. Update or uninstall fake-plugin."
    ]


def test_a_rule_namespace_belongs_to_one_distribution() -> None:
    mine = plugin("mine", "mine", quality_rules=lambda: [RULE])
    theirs = plugin("theirs", "theirs", quality_rules=lambda: [OTHER])
    with pytest.raises(PluginError, match=r"Both theirs and mine bring rules of the namespace 'fake'"):
        load(mine, theirs)


def test_two_plugins_of_one_distribution_share_a_namespace() -> None:
    plugins = load(whole("one"), plugin("two", quality_rules=lambda: [OTHER]))
    assert set(plugins.rules) == {"fake:name", "fake:pass"}


def test_an_unknown_hook_breaks_its_plugin_only() -> None:
    plugins = load(whole(), plugin("typo", quality_rulez=lambda: []))
    assert [problem.found.name for problem in plugins.broken] == ["typo"]
    assert "quality_rulez" in plugins.broken[0].error
    assert "Install a version" in plugins.broken[0].error
    assert list(plugins.rules) == ["fake:pass"]


def test_an_unknown_argument_breaks_its_plugin_only() -> None:
    plugins = load(whole(), plugin("newer", quality_rules=lambda colour: [OTHER]))
    assert [problem.found.name for problem in plugins.broken] == ["newer"]
    assert list(plugins.rules) == ["fake:pass"]


def raising(*_arguments: object) -> list[object]:
    raise ZeroDivisionError("oops")


def raising_a_sentence() -> list[object]:
    raise ValueError("Lost.")


class Half:
    """Has some of what an analyzer has."""

    id = "half"

    def open(self, context: object) -> None: ...


def exiting() -> list[object]:
    raise SystemExit(1)


@pytest.mark.parametrize(
    ("hooks", "says"),
    [
        ({"quality_renderers": lambda: raising()}, "quality_renderers raised ZeroDivisionError: oops"),
        ({"quality_renderers": exiting}, "quality_renderers raised SystemExit"),
        ({"quality_renderers": lambda: None}, "quality_renderers raised TypeError"),
        ({"quality_renderers": lambda: ["no renderer"]}, "returned 'no renderer', which is no Renderer"),
        (
            {"quality_analyzers": lambda: [Half()]},
            "which is no Analyzer: it has no analyze, options, version.",
        ),
        (
            {"quality_profiles": lambda: raising_a_sentence()},
            "quality_profiles raised ValueError: Lost. Update",
        ),
        ({"quality_configure": lambda settings: raising()}, "quality_configure raised ZeroDivisionError"),
    ],
)
def test_a_hook_that_fails_breaks_its_plugin_and_no_other(hooks: dict[str, object], says: str) -> None:
    plugins = load(whole(), plugin("bad", "bad-plugin", **hooks))
    assert [problem.found.name for problem in plugins.broken] == ["bad"]
    assert says in plugins.broken[0].error
    assert "bad-plugin" in plugins.broken[0].error
    assert [entry.found.name for entry in plugins.loaded] == ["whole"]
    assert list(plugins.rules) == ["fake:pass"]


def test_nothing_of_a_broken_plugin_is_used() -> None:
    """An analyzer whose rules are lost would run, report nothing and raise every score."""
    plugins = load(
        plugin("half", quality_analyzers=lambda: [FakeAnalyzer()], quality_rules=lambda: raising())
    )
    assert plugins.analyzers == {}


def test_entry_points_that_name_one_object_leave_the_first_in_place() -> None:
    holder = whole().plugin
    plugins = load(LoadedPlugin(found("a"), holder), LoadedPlugin(found("b"), holder))
    assert [entry.found.name for entry in plugins.loaded] == ["a"]
    assert [problem.found.name for problem in plugins.broken] == ["b"]
    assert list(plugins.rules) == ["fake:pass"]


def test_a_profile_belongs_to_the_distribution_that_ships_it() -> None:
    claims = dataclasses.replace(PROFILE, distribution="quality")
    plugins = load(plugin("p", "real-plugin", quality_profiles=lambda: [claims]))
    assert plugins.profiles["fake"].distribution == "real-plugin"


def test_a_plugin_may_be_an_object_with_methods() -> None:
    class Mine:
        @hookimpl
        def quality_rules(self):
            return [RULE]

    assert list(load(LoadedPlugin(found("object"), Mine())).rules) == ["fake:pass"]


def test_a_plugin_without_hooks_is_loaded_and_brings_nothing() -> None:
    plugins = load(LoadedPlugin(found("empty"), SimpleNamespace()))
    assert len(plugins.loaded) == 1
    assert plugins.rules == {}


def test_built_in_entry_points_load_whole() -> None:
    plugins = load_plugins()
    assert [problem.error for problem in plugins.broken if problem.found.distribution == "quality"] == []
