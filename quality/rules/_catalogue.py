"""From rule classes to catalogue entries."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import partial
from typing import TYPE_CHECKING

from quality.model import Rule
from quality.rules._base import AstRule, BaseRule, CstRule
from quality.rules._documentation import cases_of, documentation_of, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

#: Id of the analyzer that runs rules of this kind.
ANALYZER = "libcst"


def catalogue(rules: Iterable[type[BaseRule]], namespace: str) -> tuple[Rule, ...]:
    """Makes catalogue entries, sorted by id.

    Args:
        rules: Rule classes.
        namespace: The word before the colon of their ids, one per distribution.

    Raises:
        ValueError: When a docstring lacks a section, or two rules share a name.
    """
    entries: dict[str, Rule] = {}
    for rule in rules:
        entry = _entry(rule, namespace)
        if entry.id in entries:
            raise ValueError(f"two rules are called {entry.id!r}; rename one of them")
        entries[entry.id] = entry
    return tuple(entries[rule_id] for rule_id in sorted(entries))


def discover_rules(package: ModuleType) -> tuple[type[BaseRule], ...]:
    """Imports all modules below a package and returns the rules they define, sorted by name.

    Modules, packages and classes whose names begin with an underscore are left out.
    """
    found: set[type[BaseRule]] = set()
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "._" in info.name:
            continue
        module = importlib.import_module(info.name)
        for name, value in inspect.getmembers(module, inspect.isclass):
            local = value.__module__ == module.__name__ and not name.startswith("_")
            if local and issubclass(value, AstRule | CstRule):
                found.add(value)
    return tuple(sorted(found, key=lambda rule: (rule.name, rule.__module__)))


def _entry(rule: type[BaseRule], namespace: str) -> Rule:
    title, sections = sections_of(rule)
    return Rule(
        id=f"{namespace}:{rule.name}",
        title=title,
        dimension=rule.dimension,
        severity=rule.severity,
        confidence=rule.confidence,
        effort=rule.effort,
        why=" ".join(sections["Why is this bad"].split()),
        analyzer=ANALYZER,
        cwe=rule.cwe,
        equivalents=rule.equivalents,
        weight=rule.weight,
        fixable=any(case.fixed is not None for case in rule.INVALID),
        since=rule.since,
        documentation=documentation_of(sections),
        options=rule.declared_options(),
        cases=partial(cases_of, rule),
        checker=rule,
    )
