"""``quality explain``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import click

from quality.cli._options import text_or_json_option
from quality.model import UsageError, counted
from quality.plugins import load_plugins
from quality.profiles import builtin_profiles, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.audit import Precision
    from quality.model import Profile, Rule


@click.command("explain")
@click.argument("rule")
@text_or_json_option
def explain_command(*, rule: str, format_: Literal["text", "json"]) -> None:
    """Explains a rule: what it sees, with code it reports and code it does not, why it matters, what it costs.

    Says how often it fires in the code that the profiles were calibrated on, and, where a validity set tells,
    its precision: of the pairs of which one side has more of its findings, the share where that is the worse side.
    """
    from quality.audit import known_precision
    from quality.cli._catalogue import echo_json, rule_facts

    plugins = load_plugins()
    rules = plugins.rules
    entry = rules.get(rule) or next((r for r in rules.values() if _is_called(r, rule)), None)
    if entry is None:
        remedy = f"{nearest(rule, rules)} 'quality rules' lists them. {plugins.lost}".rstrip()
        raise UsageError(f"There is no rule {rule!r}.", remedy=remedy)
    builtin = builtin_profiles()
    profiles = {**builtin, **plugins.profiles, **builtin}  # in this order; a plugin replaces none
    precision = known_precision(entry.id)
    fixes = [fix for fix in plugins.observers.fixes().values() if entry.id in fix.rules]
    entry = dataclasses.replace(entry, fixable=bool(fixes))
    if format_ == "json":
        echo_json(
            rule_facts(entry)
            | {
                "profiles": {name: _facts(entry, profile) for name, profile in profiles.items()},
                "precision": [dataclasses.asdict(each) for each in precision],
                "fixes": [{"id": fix.id, "safe": fix.safe, "title": fix.title} for fix in fixes],
                "cases": [dataclasses.asdict(case) for case in entry.cases()],
                "documentation": entry.page,
            }
        )
        return
    for line in _lines(entry, profiles, precision):
        click.echo(line)
    for fix in fixes:
        command = f"quality fix --select {entry.id}{'' if fix.safe else ' --unsafe'}"
        click.echo(f"\n'{command}' corrects it. {fix.title}")


def _lines(entry: Rule, profiles: dict[str, Profile], precision: list[Precision]) -> Iterator[str]:
    yield f"{entry.id}: {entry.title}\n"
    yield entry.why
    cwe = f", CWE-{entry.cwe}" if entry.cwe else ""
    yield (
        f"\nDimension {entry.dimension}, severity {entry.severity}, confidence {entry.confidence}, "
        f"weight {entry.weight:g}, about {counted(entry.effort, 'minute')} to fix{cwe}. Run by {entry.analyzer}."
    )
    if entry.equivalents:
        yield f"Charged once together with: {', '.join(entry.equivalents)}."
    for name, profile in profiles.items():
        yield f"Profile {name}: {_standing(entry, profile)}.{_curve(entry, profile) or _firing(entry, profile)}"
    for each in precision:
        yield (
            f"Precision in the set {each.set}: {each.share:.0%} [{each.low:.0%}, {each.high:.0%}] "
            f"of {counted(each.pairs, 'pair')}."
        )
    for option in entry.options:
        yield f"Option {option.name} (default {option.default!r}): {option.description}"
    if entry.page:
        yield f"\n{entry.page}"


def _is_called(rule: Rule, name: str) -> bool:
    return name in {rule.id.partition(":")[2], *rule.aliases}


def _standing(rule: Rule, profile: Profile) -> str:
    if not profile.enables(rule.id):
        return "off"
    cap = profile.caps.get(rule.id)
    return (
        f"on, holds {rule.dimension} at {cap:g} or below, or with high confidence everything, up to 0.02 above it"
        if cap is not None
        else "on"
    )


def _curve(rule: Rule, profile: Profile) -> str:
    """What each value costs, where the rule is no finding here but a measure of every function."""
    curve = profile.calibration.curves.get(rule.id)
    if curve is None or not profile.enables(rule.id):
        return ""
    return f" Measures each function: {curve.p90:g} scores 0.9, {curve.p50:g} scores 0.5."


def _firing(rule: Rule, profile: Profile) -> str:
    """How often it fires in the corpus of the profile's table, where that was measured."""
    found = profile.calibration.firing.get(rule.id)
    if found is None or not profile.enables(rule.id):
        return ""
    table = profile.calibration.name
    if not found.per_kilo:
        return f" Does not fire in the corpus of {table}."
    sources = f"{found.share:.1%} of the sources"
    return (
        f" Fires {found.per_kilo:.2g} times per 1,000 logical lines in the corpus of {table}, in {sources}."
    )


def _facts(rule: Rule, profile: Profile) -> dict[str, object]:
    found = profile.calibration.firing.get(rule.id)
    curve = profile.calibration.curves.get(rule.id)
    return {
        "enabled": profile.enables(rule.id),
        "cap": profile.caps.get(rule.id),
        "per-kilo-lloc": found.per_kilo if found and not curve else None,
        "share-of-sources": found.share if found and not curve else None,
        "curve": {"0.9": curve.p90, "0.5": curve.p50} if curve else None,
    }
