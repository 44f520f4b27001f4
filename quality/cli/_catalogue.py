"""``quality rules``, ``plugins`` and ``profiles``: what is there."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import tell
from quality.cli._options import Source, profile_option, text_or_json_option
from quality.model import UsageError, counted
from quality.plugins import load_plugins
from quality.profiles import builtin_profiles, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.model import Profile, Rule


@click.command("rules")
@click.argument("paths", nargs=-1, type=Source(path_type=Path))
@profile_option(None)
@click.option("--dimension", metavar="NAME", help="Only rules of this dimension.")
@click.option("--stats", is_flag=True, help="Run the rules over PATHS: time and hits per rule.")
@text_or_json_option
def rules_command(
    *, paths: tuple[Path, ...], profile: str | None, dimension: str | None, stats: bool, format_: str
) -> None:
    """Lists the rule catalogue, or the rules that a profile enables.

    With --stats it runs those that are written with quality.rules over files and folders, by default those
    below the working directory, and says what each cost and found. It runs them in this process, without
    deadlines: use it on code you trust.
    """
    if paths and not stats:
        raise UsageError("PATHS say what to run the rules over.", remedy="Add --stats.")
    rules = _chosen_rules(profile, dimension)
    if stats:
        _show_statistics(rules, paths or (Path(),), format_)
        return
    if format_ == "json":
        echo_json([rule_facts(rule) for rule in rules])
        return
    rows = [
        (
            rule.id,
            rule.dimension,
            rule.severity,
            rule.confidence,
            f"{rule.effort} min",
            "yes" if rule.fixable else "",
            rule.title,
        )
        for rule in rules
    ]
    _echo_table(("rule", "dimension", "severity", "confidence", "effort", "fix", "title"), rows)


def _chosen_rules(profile: str | None, dimension: str | None) -> list[Rule]:
    from quality.runtime import plugins_for, resolve_spec

    if profile is None:
        plugins = load_plugins()
        rules = list(plugins.rules.values())
    else:
        chosen = resolve_spec(profile).profile
        plugins = plugins_for(chosen)
        rules = [rule for rule in plugins.rules.values() if chosen.enables(rule.id)]
    if dimension is not None:
        known = {rule.dimension for rule in rules}
        if dimension not in known:
            raise UsageError(f"There is no dimension {dimension!r}.", remedy=nearest(dimension, known))
        rules = [rule for rule in rules if rule.dimension == dimension]
    corrected = {rule_id for fix in plugins.observers.fixes().values() for rule_id in fix.rules}
    return [dataclasses.replace(rule, fixable=rule.id in corrected) for rule in rules]


def _show_statistics(rules: Sequence[Rule], paths: Sequence[Path], format_: str) -> None:
    from quality.model import Limits
    from quality.project import Settings, find_files, rule_statistics
    from quality.rules import ANALYZER

    own = [rule for rule in rules if rule.analyzer == ANALYZER]
    found = rule_statistics(own, find_files(paths, Settings()), Limits())
    if format_ == "json":
        echo_json(dataclasses.asdict(found))
        return
    rows = [
        (
            timing.rule_id,
            timing.hits,
            f"{1000 * timing.hits / max(found.functions, 1):.2f}",
            timing.sources,
            f"{1000 * timing.seconds:.1f}",
            f"{timing.seconds / (found.parse_seconds or 1):.3f}",
        )
        for timing in sorted(found.timings, key=lambda timing: -timing.seconds)
    ]
    _echo_table(("rule", "hits", "per 1,000 functions", "sources", "ms", "× ast.parse"), rows)
    totals = (
        counted(found.sources, "source"),
        counted(found.functions, "function"),
        f"{found.refused:,} refused",
    )
    click.echo(f"\n{', '.join(totals)}")
    for failure in found.failures:
        tell(failure)


@click.command("plugins")
@text_or_json_option
def plugins_command(*, format_: str) -> None:
    """Lists the installed plugins with version, distribution and state."""
    plugins = load_plugins()
    rows = [(p.found.name, p.found.version, p.found.distribution, "loaded") for p in plugins.loaded]
    rows += [(p.found.name, p.found.version, p.found.distribution, "broken") for p in plugins.broken]
    errors = {p.found.name: p.error for p in plugins.broken}
    if format_ == "json":
        keys = ("name", "version", "distribution", "state")
        echo_json([{**dict(zip(keys, row, strict=True)), "error": errors.get(row[0])} for row in rows])
        return
    _echo_table(("name", "version", "distribution", "state"), sorted(rows))
    for error in errors.values():
        tell(error)


@click.command("profiles")
@text_or_json_option
def profiles_command(*, format_: str) -> None:
    """Lists the profiles."""
    profiles = {**load_plugins().profiles, **builtin_profiles()}
    if format_ == "json":
        echo_json([_profile_facts(profile) for profile in profiles.values()])
        return
    rows = [
        (p.name, "sealed" if p.sealed else "open", p.calibration.name, p.distribution, p.description)
        for p in profiles.values()
    ]
    _echo_table(("profile", "seal", "table", "distribution", "description"), sorted(rows))


def rule_facts(rule: Rule) -> dict[str, object]:
    names = (
        "id",
        "title",
        "dimension",
        "severity",
        "confidence",
        "effort",
        "fixable",
        "cwe",
        "weight",
        "since",
        "why",
    )
    return {name: getattr(rule, name) for name in names} | {
        "equivalents": list(rule.equivalents),
        "options": {option.name: option.default for option in rule.options},
    }


def _profile_facts(profile: Profile) -> dict[str, object]:
    return {
        "name": profile.name,
        "description": profile.description,
        "sealed": profile.sealed,
        "distribution": profile.distribution,
        "table": profile.calibration.name,
        "analyzers": [use.id for use in profile.analyzers],
        "dimensions": {dimension.id: dimension.weight for dimension in profile.dimensions},
    }


def echo_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, default=str))


def _echo_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns, the last one as long as it is."""
    table = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in table) for column in range(len(head) - 1)]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        click.echo("  ".join(cells).rstrip())
