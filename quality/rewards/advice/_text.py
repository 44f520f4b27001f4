"""A simulation as text and as JSON."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rewards.advice._simulate import SettingReport, Simulation

_COLUMNS = ("setting", "wrong >= right", "margin", "wrong > 0", "by tests", "by quality", "silent", "length")
#: A rank correlation beyond which a reward is said to pay for length.
_NOTABLE = 0.3


def to_text(simulation: Simulation) -> str:
    """The simulation for people: a table, then what to mind."""
    terms = simulation.terms
    samples = counted(sum(map(len, simulation.groups.values())), "sample")
    mixed = len(simulation.groups) - simulation.passing - simulation.failing
    counts = f"{simulation.passing} all right, {mixed} mixed, {simulation.failing} all wrong"
    constants = f"weight {terms.weight:g}, failed_factor {terms.failed_factor:g}"
    lines = [
        f"{samples} in {counted(len(simulation.groups), 'group')}: {counts}; {simulation.tied} with equal rewards",
        f"reward: {constants}, on_failure {terms.on_failure}",
        "",
        *_table([_COLUMNS, *map(_cells, simulation.settings)]),
        "",
        "wrong >= right: pairs of a group in which a wrong sample gets no less than a right one",
        "margin: least advantage of a right sample above a wrong one of its group",
        "wrong > 0: wrong samples that are made more likely",
        "by tests: what right samples get more than wrong ones, median of the mixed groups",
        "by quality: largest advantage where all are right, which only quality decides",
        "silent: groups without any advantage",
        "length: rank correlation of advantage and length of right samples, mean of the groups",
        "",
        *(f"{report.setting.name}: {report.setting.description}" for report in simulation.settings),
    ]
    notes = [note for report in simulation.settings for note in _notes(report)]
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def to_json(simulation: Simulation) -> str:
    """The simulation for programs: ``groups`` with each sample's reward and advantages, and ``settings``."""
    document = {
        "schema": "quality-simulation/1",
        "reward": {
            "weight": simulation.terms.weight,
            "failed_factor": simulation.terms.failed_factor,
            "graded_tests": simulation.terms.graded_tests,
            "on_failure": simulation.terms.on_failure,
            "quantum": simulation.terms.quantum,
        },
        "all_right": simulation.passing,
        "all_wrong": simulation.failing,
        "tied": simulation.tied,
        "settings": {report.setting.name: _setting(report) for report in simulation.settings},
        "groups": list(_groups(simulation)),
    }
    return json.dumps(document, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _setting(report: SettingReport) -> dict[str, object]:
    return {
        "description": report.setting.description,
        "wrong_above_right": report.wrong_above_right,
        "margin": report.margin,
        "wrong_rewarded": report.wrong_rewarded,
        "by_tests": report.by_tests,
        "by_quality": report.by_quality,
        "silent": report.silent,
        "length": report.length,
    }


def _groups(simulation: Simulation) -> Iterator[dict[str, object]]:
    for place, (name, members) in enumerate(simulation.groups.items()):
        yield {
            "group": name,
            "samples": [
                {
                    "line": sample.number,
                    "id": sample.identity,
                    "passed": None if sample.evidence is None else sample.evidence.passed,
                    "quality": sample.quality,
                    "reward": None if math.isnan(reward) else reward,
                    "advantages": {
                        report.setting.name: report.advantages[place][number]
                        for report in simulation.settings
                    },
                }
                for number, (sample, reward) in enumerate(
                    zip(members, simulation.rewards[place], strict=True)
                )
            ],
        }


def _cells(report: SettingReport) -> tuple[str, ...]:
    return (
        report.setting.name,
        str(report.wrong_above_right),
        _number(report.margin),
        str(report.wrong_rewarded),
        _number(report.by_tests),
        _number(report.by_quality),
        str(report.silent),
        _number(report.length),
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = (cell for cell in row)
        cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([f"{first:<{widths[0]}}", *cells])


def _notes(report: SettingReport) -> Iterator[str]:
    name = report.setting.name
    if report.wrong_above_right:
        yield f"! {name}: a wrong sample gets no less than a right one in {report.wrong_above_right} pairs"
    if report.by_tests is not None and report.by_quality is not None and report.by_quality >= report.by_tests:
        yield (
            f"! {name}: quality alone moves a sample by {report.by_quality:.3f}, passing the tests by "
            f"{report.by_tests:.3f}: where all pass, quality outweighs what tests teach elsewhere"
        )
    if report.length is not None and abs(report.length) >= _NOTABLE:
        longer = "longer" if report.length > 0 else "shorter"
        yield f"! {name}: {longer} right samples get more (rank correlation {report.length:.2f})"
