"""A report of then: what older tools said of a state."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.scoring import between, losses_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quality.project.comparison._state import Judged
    from quality.scoring import Losses, Move

_ROUNDING = 1e-9
_MAKE = "Make one with 'quality check --format json'."


@dataclass(frozen=True, slots=True)
class Then:
    """What ``quality check --format json`` printed once.

    Attributes:
        value: The score of all sources.
        grade: Its grade.
        dimensions: Dimension → 0 to 1.
        profile: Name of the profile.
        fingerprint: What judged.
        versions: Tool → version.
        losses: (dimension, cause) → its part of ``1 / value - 1``.
    """

    value: float
    grade: str
    dimensions: Mapping[str, float]
    profile: str
    fingerprint: str
    versions: Mapping[str, str]
    losses: Losses

    def moved(self, now: Judged) -> tuple[Move, ...]:
        """Causes that cost more or less with the tools of now, the largest first."""
        return between(self.losses, losses_of(now.score))

    def changed(self, now: Judged) -> tuple[tuple[str, str, str], ...]:
        """(tool, version then, version now) of the tools that differ; empty for one that was not there."""
        tools = sorted({*self.versions, *now.versions})
        pairs = [(tool, self.versions.get(tool, ""), now.versions.get(tool, "")) for tool in tools]
        return tuple(each for each in pairs if each[1] != each[2])


def read_then(file: Path) -> Then:
    """Reads a report.

    Raises:
        UsageError: It cannot be read, is no such report, or has no score.
    """
    try:
        document = json.loads(file.read_bytes())
        then = _then(document)
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror or error}.", remedy="Check the path."
        ) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} cannot be read ({error}).", remedy=_MAKE) from None
    except (KeyError, TypeError, AttributeError):
        raise UsageError(f"{file} is no report with a score.", remedy=_MAKE) from None
    if not math.isclose(math.fsum(then.losses.values()), 1.0 / then.value - 1.0, abs_tol=_ROUNDING):
        raise UsageError(f"{file}: its losses do not add up to its score.", remedy="Make it anew.")
    return then


def check_same_code(then: Then, now: Judged, file: Path) -> None:
    """Makes sure that the report can be one of the state.

    Raises:
        UsageError: Another profile made it, or the same tools say something else of the state.
    """
    if then.profile != now.profile.name:
        raise UsageError(
            f"{file} was made with the profile {then.profile!r}, not {now.profile.name!r}.",
            remedy=f"Add --profile {then.profile}.",
        )
    value = now.score.value
    if then.fingerprint == now.fingerprint and (value is None or abs(value - then.value) > _ROUNDING):
        raise UsageError(f"{file} is a report of other code than BEFORE.", remedy="Name what it was made of.")


def _then(document: dict[str, Any]) -> Then:
    summary = document["summary"]
    value = float(summary["score"])
    if document["schema"] != "quality/1" or not 0 < value <= 1:
        raise KeyError("schema")
    return Then(
        value=value,
        grade=str(summary["grade"]),
        dimensions={str(name): float(each) for name, each in summary["dimensions"].items()},
        profile=str(document["profile"]),
        fingerprint=str(document["fingerprint"]),
        versions={str(tool): str(version) for tool, version in document["versions"].items()},
        losses={
            (str(each["dimension"]), str(each["cause"])): float(each["loss"]) for each in summary["causes"]
        },
    )
