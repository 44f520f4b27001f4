"""What a profile is: which analyzers and rules count, by which curves, weights, caps and limits."""

from __future__ import annotations

import fnmatch
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OptionValue = bool | int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that is judged on its own.

    Attributes:
        id: The word used everywhere ("security").
        title: For people.
        description: One sentence: what is judged.
        weight: Its share in the score; a profile's weights sum to 1.
        half_points: Points per logical line at which the dimension scores 0.5. None for the dimension that
            is judged by the size and complexity of units instead of findings.
    """

    id: str
    title: str
    description: str
    weight: float
    half_points: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A log-normal scoring curve through two anchors.

    Attributes:
        p90: The metric's value that scores 0.9.
        p50: The metric's value that scores 0.5; larger than ``p90``.
        exponent: Its share in a unit's score; a profile's exponents sum to 1.
        free: Metric → how much of the value each point of it takes off, so that checks of the input cost no more
            than doing without them, and a choice hardly more than in one expression.
    """

    p90: float
    p50: float
    exponent: float
    free: Mapping[str, float] = field(default_factory=dict)

    def charged(self, value: float, values: Mapping[str, float]) -> float:
        """The part of a unit's value that counts, by all its values (metric → value); none of a metric is 0."""
        return max(
            value - math.fsum(share * values.get(metric, 0.0) for metric, share in self.free.items()), 0.0
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before an analyzer sees it. Limits decide statuses, so they are fingerprinted.

    Attributes:
        characters: Longest text.
        lines: Most physical lines.
        line_length: Longest line in characters.
        brackets: Deepest nesting of brackets.
        nodes: Most syntax tree nodes.
        depth: Deepest syntax tree.
        branches: Most handlers or cases of one statement outside functions.
        lineage: Longest line of classes in a text that inherit from each other.
        ancestors: Most ways from a class up through the classes of its text.
    """

    characters: int = 1_000_000
    lines: int = 20_000
    line_length: int = 20_000
    brackets: int = 60
    nodes: int = 150_000
    depth: int = 90
    branches: int = 60
    lineage: int = 20
    ancestors: int = 200


@dataclass(frozen=True, slots=True)
class AnalyzerUse:
    """An analyzer that a profile wants.

    Attributes:
        id: Its id.
        required: Without it there is no score. Failures of an optional one make a score ``partial``.
    """

    id: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Peers:
    """How a metric spreads among functions of one size: ``ln(value - least + 1)`` is about normal.

    A diagnostic: a score that used it would pay for length.

    Attributes:
        intercept: Mean of the logarithm at a size of one.
        slope: What each unit of ``ln(size)`` adds to the mean.
        sigma: Standard deviation.
        least: The metric's smallest value.
    """

    intercept: float
    slope: float
    sigma: float
    least: float = 0.0

    def percentile(self, value: float, lloc: float) -> float:
        """Share of the functions of one size whose metric does not exceed a value, 0 to 1.

        ``Phi((ln(k + 1.5) - intercept - slope · ln(lloc)) / sigma)`` with ``k = value - least``.

        Args:
            value: The metric's value.
            lloc: The function's size in logical lines, more than 0.
        """
        if value < self.least:
            return 0.0
        # A whole number stands for all that rounds to it, so its upper edge counts.
        place = math.log(value - self.least + 1.5) - self.intercept - self.slope * math.log(lloc)
        return 0.5 * math.erfc(-place / self.sigma / math.sqrt(2))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the corpus tells of projects that are not in it (Kolmogorov-Smirnov distances, 0 to 1).

    Attributes:
        reference: Between a metric's values in projects and in the projects that were left out.
        peers: Between the percentiles among code of the same size that left-out projects get and even ones.
    """

    reference: float
    peers: float | None = None


@dataclass(frozen=True, slots=True)
class Firing:
    """How often a rule fires in the corpus.

    Attributes:
        per_kilo: Findings per 1,000 logical lines.
        share: Share of the sources with one, 0 to 1.
    """

    per_kilo: float
    share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants measured on a corpus by ``quality calibrate``.

    Attributes:
        name: The table's name.
        digest: Hash of the table's text.
        curves: Metric id → curve of a unit's score.
        half_points: Dimension id → points per logical line that score 0.5.
        points: Severity → points of a finding.
        confidence: Confidence → factor on the points.
        grades: Grade → lowest score of a source that gets it, best first.
        total_grades: The same for several sources judged as one, whose scores are lower because the worst
            weigh most; empty for the same bounds.
        peers: Metric id → how it spreads among functions of one size. A diagnostic, never part of a score.
        fit: Metric id → how well the corpus tells of other projects.
        firing: Rule id → how often it fires in the corpus; enabled rules that never fire are there with zeros.
        facts: Corpus, date and tool versions, for people.
    """

    name: str
    digest: str
    curves: Mapping[str, Curve]
    half_points: Mapping[str, float]
    points: Mapping[str, float]
    confidence: Mapping[str, float]
    grades: Mapping[str, float]
    total_grades: Mapping[str, float] = field(default_factory=dict)
    peers: Mapping[str, Peers] = field(default_factory=dict)
    fit: Mapping[str, Fit] = field(default_factory=dict)
    firing: Mapping[str, Firing] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to judge.

    Attributes:
        name: What ``--profile`` takes.
        description: One sentence.
        sealed: True when nothing outside the profile may change a score: no settings, no directives.
        distribution: The distribution that ships it; only that distribution's plugins take part in
            ``quality_score``.
        analyzers: Who analyses.
        dimensions: What is judged.
        calibration: The constants.
        select: Patterns of rule ids that count.
        ignore: Patterns of rule ids that do not, although selected.
        ignore_in_tests: Patterns of rule ids that do not count in test code.
        caps: Rule id → the most that its dimension can score when the rule has a finding of medium confidence, and the
            most, but for up to 0.02, that every dimension can with one of high confidence.
        size_metric: Metric that gives a unit's size in LLOC.
        volume: Logical lines over which findings and units are weighed; None for the source's own size. What
            is added to a source cannot dilute what is wrong with it when the volume is fixed.
        suppressed_factor: Factor on the points of findings that a directive suppressed (1 when sealed).
        limits: What is refused.
        options: ``plugin or rule id`` → option → value.
    """

    name: str
    description: str
    sealed: bool
    analyzers: tuple[AnalyzerUse, ...]
    dimensions: tuple[Dimension, ...]
    calibration: Calibration
    select: tuple[str, ...] = ("*",)
    ignore: tuple[str, ...] = ()
    ignore_in_tests: tuple[str, ...] = ()
    caps: Mapping[str, float] = field(default_factory=dict)
    size_metric: str = "radon:lloc"
    volume: float | None = None
    suppressed_factor: float = 1.0
    limits: Limits = field(default_factory=Limits)
    options: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    distribution: str = "quality"

    def enables(self, rule_id: str) -> bool:
        """Tells whether a rule counts in this profile."""
        return matches(rule_id, self.select) and not matches(rule_id, self.ignore)

    def percentiles(self, values: Mapping[str, float]) -> dict[str, float]:
        """Where a function stands among functions of its size.

        Args:
            values: Metric id → value.

        Returns:
            Metric id → share of those functions that have no more, of the metrics that the table knows.
        """
        size = values.get(self.size_metric, 0.0)
        known = self.calibration.peers if size > 0 else {}
        return {
            metric: known[metric].percentile(values[metric], size) for metric in known if metric in values
        }


def matches(rule_id: str, patterns: tuple[str, ...]) -> bool:
    """Tells whether a rule id matches one of the patterns (``*`` and ``?``, case matters)."""
    return any(fnmatch.fnmatchcase(rule_id, pattern) for pattern in patterns)
