"""The report for programs."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from quality.audit._figures import figures

if TYPE_CHECKING:
    from quality.audit._report import AuditReport
    from quality.audit._trials import AttackResult, Gains
    from quality.audit.sets import SetResult, Tally


def to_json(report: AuditReport) -> str:
    """Writes the report: the same facts as the text, and all of them."""
    facts = {
        "schema": "quality-audit/1",
        "profile": report.profile,
        "fingerprint": report.fingerprint,
        "versions": dict(report.versions),
        "calibration": dict(report.calibration),
        "fit": {metric: dataclasses.asdict(fit) for metric, fit in report.fit.items()},
        "quick": report.quick,
        "seed": report.seed,
        "bases": report.bases,
        "attacks": [_attack(result) for result in report.attacks],
        "sets": [_set(result) for result in report.sets],
        "injections": [dataclasses.asdict(result) for result in report.injections],
        "spread": dataclasses.asdict(report.spread) if report.spread else None,
        "reliability": dataclasses.asdict(report.reliability) if report.reliability else None,
        "cost": dataclasses.asdict(report.cost) if report.cost else None,
        "problems": list(report.problems),
        "failed": list(report.failed),
        "figures": [_rounded(dataclasses.asdict(figure)) for figure in figures(report)],
    }
    return json.dumps(facts, indent=2, default=str) + "\n"


def _attack(result: AttackResult) -> dict[str, object]:
    attack = result.attack
    return {
        "id": attack.id,
        "family": attack.family,
        "description": attack.description,
        "expectation": attack.expectation,
        "bound": dataclasses.asdict(attack.bound),
        "applied": result.applied,
        "unmeasured": result.unmeasured,
        "alone": _gains(result.alone),
        "against-reference": _gains(result.against),
        "excess": round(result.excess, 6),
        "past": result.past,
        "holds": result.holds,
    }


def _gains(gains: Gains | None) -> dict[str, object] | None:
    return None if gains is None else _rounded(dataclasses.asdict(gains))


def _set(result: SetResult) -> dict[str, object]:
    return {
        "name": result.name,
        "description": result.description,
        "judges": {
            judge: {part or "all": _tally(tally) for part, tally in parts.items()}
            for judge, parts in result.judges.items()
        },
        "rules": {rule_id: _tally(tally) for rule_id, tally in result.rules.items()},
        "unmeasured": list(result.unmeasured),
        "inverted": [{"id": id_, "gap": round(gap, 6)} for id_, gap in result.inverted],
    }


def _tally(tally: Tally) -> dict[str, object]:
    return _rounded(
        {
            **dataclasses.asdict(tally),
            "decided": tally.decided,
            "accuracy": tally.accuracy,
            "wins-interval": tally.wins_interval,
            "inverted-interval": tally.inverted_interval,
            "accuracy-interval": tally.accuracy_interval,
        }
    )


def _rounded(values: dict[str, object]) -> dict[str, object]:
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in values.items()}
