"""Cards in JSON: small enough to be committed, without anything of the pairs that they were measured on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from quality.audit._figures import Figure, figure_of, figures, worse
from quality.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from quality.audit._report import AuditReport
    from quality.audit.sets import SetResult, Tally

_CARD: Traversable = resources.files("quality.audit") / "data" / "card.json"
_SCHEMA = "quality-card/1"
_REMEDY = "Make one with 'quality audit --card FILE.md'."


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule is right in a set of pairs.

    Attributes:
        set: The set.
        pairs: Pairs of which one side has more of its findings.
        share: Share in which that is the worse side.
        low: Lower end of its Wilson interval, 95 %.
        high: Upper end.
    """

    set: str
    pairs: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was written before.

    Attributes:
        made: What decides which code it was measured on: profile, form, seed, the code that was read and the sizes of the sets.
        figures: Its figures.
    """

    made: Mapping[str, object]
    figures: tuple[Figure, ...]


def to_card_json(report: AuditReport) -> str:
    """Writes the figures of a card with their intervals, the judges of each set, and what rules tell of the pairs."""
    corpus = {key: report.calibration.get(key) for key in ("table", "corpus-sha256", "date")}
    card = {
        "schema": _SCHEMA,
        "made": _made(report),
        "fingerprint": report.fingerprint,
        "versions": dict(report.versions),
        "calibration": corpus,
        "figures": [_rounded(asdict(figure)) for figure in figures(report)],
        "sets": {result.name: _judges(result) for result in report.sets},
        "rules": _rules(report),
        "failed": list(report.failed),
    }
    return json.dumps(card, indent=1) + "\n"


def read_card(file: Path) -> Card:
    """Reads a card.

    Raises:
        UsageError: It cannot be read, or is no card.
    """
    try:
        card = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"Card {file} cannot be read ({reason}).", remedy=_REMEDY) from None
    try:
        return _card(card)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file} is no card (wrong or missing: {error}).", remedy=_REMEDY) from None


def worse_than(report: AuditReport, card: Card, *, whole: bool) -> list[str]:
    """Names the figures that are worse than on a card by more than their interval.

    Args:
        report: What was measured now.
        card: The other card.
        whole: Whether everything was measured, so that a missing figure is one that was lost.

    Raises:
        UsageError: The card is of another profile or another form.
    """
    made = _made(report)
    for key in ("profile", "quick"):
        if made[key] != card.made.get(key):
            raise UsageError(
                f"The card is of {key} {card.made.get(key)}, this audit of {key} {made[key]}.",
                remedy="Compare like with like.",
            )
    return worse(figures(report), card.figures, whole=whole, same_code=made == card.made)


def known_precision(rule_id: str) -> list[Precision]:
    """What the committed card says of a rule, by set; nothing where no set tells."""
    if not _CARD.is_file():
        return []
    found = json.loads(_CARD.read_text(encoding="utf-8"))["rules"].get(rule_id, {})
    return [Precision(name, **facts) for name, facts in found.items()]


def _card(card: dict[str, Any]) -> Card:
    if card["schema"] != _SCHEMA:
        raise ValueError("schema")
    return Card(dict(card["made"]), tuple(figure_of(entry) for entry in card["figures"]))


def _made(report: AuditReport) -> dict[str, object]:
    return {
        "profile": report.profile,
        "quick": report.quick,
        "seed": report.seed,
        "code": report.code,
        "bases": report.bases,
        "pairs": {result.name: result.judges["score"][""].pairs for result in report.sets},
    }


def _judges(result: SetResult) -> dict[str, object]:
    return {judge: _tally(parts[""]) for judge, parts in result.judges.items()}


def _tally(tally: Tally) -> dict[str, object]:
    return _rounded(
        {
            "pairs": tally.pairs,
            "groups": tally.groups,
            "wins": tally.wins,
            "ties": tally.ties,
            "inverted": tally.inverted,
            "decided": tally.decided,
            "accuracy": tally.accuracy,
        }
    )


def _rules(report: AuditReport) -> dict[str, dict[str, object]]:
    rules: dict[str, dict[str, object]] = {}
    for result in report.sets:
        for rule_id, tally in result.rules.items():
            low, high = tally.wins_interval
            facts = {"pairs": tally.pairs, "share": tally.wins, "low": low, "high": high}
            rules.setdefault(rule_id, {})[result.name] = _rounded(facts)
    return dict(sorted(rules.items()))


def _rounded(values: Mapping[str, Any]) -> dict[str, object]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in values.items()}
