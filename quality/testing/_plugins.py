"""Conformance of whole plugins."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from quality.model import PluginError, Rule
from quality.plugins import FoundPlugin, LoadedPlugin, load_plugins
from quality.rules import BaseRule, check_case, check_example, rule_cases
from quality.testing._analyzers import check_analyzer
from quality.testing._cases import check_cases
from quality.testing._renderers import check_renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quality.plugins import Plugins

#: Modules that no plugin imports before its analyzer opens: each costs more than the rest of a start.
HEAVY_MODULES = ("astroid", "bandit", "libcst", "pylint", "radon", "numpy", "pandas", "torch")


def check_plugin(plugin: object, *, heavy: Iterable[str] = HEAVY_MODULES) -> None:
    """Holds a plugin to its contract, with everything that it brings.

    Its hooks fit this version, it brings at least one thing, ids are its own, its rules name an analyzer and
    pass their own cases, its analyzers pass ``check_analyzer``, its renderers ``check_renderer``, and importing
    it is cheap.

    Args:
        plugin: The module or object that the entry point names.
        heavy: Modules that its import must not import; not checked for objects.

    Raises:
        AssertionError: With a line per problem.
    """
    problems = list(_problems(plugin, tuple(heavy)))
    if problems:
        raise AssertionError("\n".join(problems))


def check_import(module: str, heavy: Iterable[str] = HEAVY_MODULES) -> None:
    """Imports a module in a new interpreter and looks at what that imported.

    Args:
        module: Its dotted name.
        heavy: Modules that should not be among it.

    Raises:
        AssertionError: It does not import, or it imports one of them.
    """
    code = (
        f"import sys, json; sys.path[:] = {sys.path!r}; import {module}; print(json.dumps(list(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if run.returncode:
        raise AssertionError(f"{module} does not import: {run.stderr.strip().splitlines()[-1]}")
    loaded = sorted(set(heavy) & set(json.loads(run.stdout.splitlines()[-1])))
    if loaded:
        raise AssertionError(f"importing {module} imports {', '.join(loaded)}; import them in open() instead")


def _problems(plugin: object, heavy: tuple[str, ...]) -> Iterator[str]:
    found = FoundPlugin("plugin-under-test", "plugin", "0", "")
    try:
        plugins = load_plugins((), objects=[LoadedPlugin(found, plugin)])
    except PluginError as error:
        yield str(error)
        return
    yield from (problem.error for problem in plugins.broken)
    if plugins.broken:
        return
    if not (plugins.analyzers or plugins.rules or plugins.metrics or plugins.profiles or plugins.renderers):
        yield "the plugin brings nothing; are its functions marked with @hookimpl?"
    for rule in plugins.rules.values():
        yield from _check_rule(rule)
    yield from _check_parts(plugins)
    if isinstance(plugin, ModuleType):
        yield from _complaint(partial(check_import, plugin.__name__, heavy))


def _check_parts(plugins: Plugins) -> Iterator[str]:
    for metric in plugins.metrics.values():
        if metric.id.count(":") != 1:
            yield f"metric {metric.id!r}: its id should be 'namespace:name'"
    for analyzer in plugins.analyzers.values():
        problems = [*_complaint(partial(check_analyzer, analyzer, rules=plugins.rules.values()))]
        yield from problems or _complaint(partial(check_cases, analyzer, plugins.rules.values()))
    for renderer in plugins.renderers.values():
        yield from _complaint(partial(check_renderer, renderer))


def _check_rule(rule: Rule) -> Iterator[str]:
    if not (rule.title and rule.why and rule.analyzer):
        yield f"rule {rule.id!r} needs a title, a reason why it matters and an analyzer that runs it"
    checker = rule.checker
    if not isinstance(checker, type) or not issubclass(checker, BaseRule):
        return
    yield from _complaint(partial(check_example, checker))
    try:
        cases = rule_cases(checker)
    except ValueError as error:
        yield str(error)
        return
    for case in cases:
        yield from _complaint(partial(check_case, checker, case))


def _complaint(check: Callable[[], None]) -> Iterator[str]:
    try:
        check()
    except (AssertionError, ValueError) as error:
        yield str(error)
