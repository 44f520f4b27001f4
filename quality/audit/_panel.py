"""Judging many texts at once, each analysed once, and by each analyzer alone."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from quality.runtime import Task, plugins_for
from quality.scoring import judge, losses_of, volume

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quality.model import Analysis, Profile, Rule, Score
    from quality.runtime import Outcome
    from quality.scoring import Losses, Volume

    Request = tuple[str, Volume | None]


class Runner(Protocol):
    """What judges: ``quality.Scorer``, or a stand-in for it."""

    profile: Profile

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all scores."""
        ...

    @property
    def versions(self) -> dict[str, str]:
        """Python and analyzers → version."""
        ...

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Judges tasks in order."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """A score without the parts that an audit does not look at.

    Attributes:
        value: 0 to 1; None when there is none.
        reason: Why there is none, or empty.
        dimensions: Dimension → 0 to 1.
        losses: (dimension, cause) → loss.
        alone: Analyzer → what the score would be from its findings and measures only.
        fired: Rule → number of its findings.
        lloc: Size.
        volume: Size as a reference for others; None when there is no value.
        seconds: Analyzer → time. Not part of any result but the cost.
    """

    value: float | None
    reason: str = ""
    dimensions: Mapping[str, float] = field(default_factory=dict)
    losses: Losses = field(default_factory=dict)
    alone: Mapping[str, float] = field(default_factory=dict)
    fired: Mapping[str, int] = field(default_factory=dict)
    lloc: int = 0
    volume: Volume | None = None
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)


class Panel:
    """Judges texts under one profile.

    Args:
        scorer: Analyses.
        rules: The enabled catalogue entries; looked up when left out.
        progress: Hears how many texts are judged, and how many are known to come.
    """

    def __init__(
        self,
        scorer: Runner,
        rules: Mapping[str, Rule] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.scorer = scorer
        self.profile = scorer.profile
        found = plugins_for(self.profile).rules if rules is None else rules
        self.rules = {rule_id: rule for rule_id, rule in found.items() if self.profile.enables(rule_id)}
        self._progress = progress
        self._done = self._total = 0

    def judge(self, texts: Iterable[str], *, alone: bool = False) -> dict[str, Verdict]:
        """Judges texts, equal ones once.

        Args:
            texts: Sources.
            alone: Whether to judge by each analyzer alone too.
        """
        verdicts = self.judge_against(((text, None) for text in texts), alone=alone)
        return {text: verdict for (text, _), verdict in verdicts.items()}

    def judge_against(self, requests: Iterable[Request], *, alone: bool = False) -> dict[Request, Verdict]:
        """Judges texts, each analysed once, against every reference that is asked for."""
        wanted: dict[str, dict[Volume | None, None]] = {}
        for text, reference in requests:
            wanted.setdefault(text, {})[reference] = None
        self._total += len(wanted)
        verdicts: dict[Request, Verdict] = {}
        outcomes = self.scorer.run(Task(text) for text in wanted)
        for (text, references), outcome in zip(wanted.items(), outcomes, strict=True):
            for reference in references:
                verdicts[text, reference] = self._verdict(outcome, reference, alone=alone)
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
        return verdicts

    def _verdict(self, outcome: Outcome, reference: Volume | None, *, alone: bool) -> Verdict:
        analysis = outcome.analysis
        score = outcome.score if reference is None else self._score(analysis, reference)
        if score.value is None:
            return Verdict(None, str(score.reason or "unmeasured"), seconds=analysis.seconds)
        return Verdict(
            value=score.value,
            dimensions=score.dimensions,
            losses=losses_of(score),
            alone=self._alone(analysis) if alone else {},
            fired=Counter(finding.rule_id for finding in analysis.findings) if alone else {},
            lloc=analysis.lloc,
            volume=volume(analysis, self.profile),
            seconds=analysis.seconds,
        )

    def _score(self, analysis: Analysis, reference: Volume | None = None) -> Score:
        return judge([analysis], self.profile, self.rules, self.scorer.fingerprint, reference=reference)

    def _alone(self, analysis: Analysis) -> dict[str, float]:
        values: dict[str, float] = {}
        for use in self.profile.analyzers:
            findings = tuple(each for each in analysis.findings if self._runs(use.id, each.rule_id))
            # A metric's namespace is the analyzer that measures it.
            measures = tuple(each for each in analysis.measures if each.metric.startswith(f"{use.id}:"))
            part = dataclasses.replace(analysis, findings=findings, measures=measures, failures=())
            value = self._score(part).value
            if value is not None:
                values[use.id] = value
        return values

    def _runs(self, analyzer: str, rule_id: str) -> bool:
        rule = self.rules.get(rule_id)
        return rule is not None and rule.analyzer == analyzer
