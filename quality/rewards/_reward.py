"""Quality as a reward next to tests."""

from __future__ import annotations

import copy
import dataclasses
import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from quality.rewards._batch import BatchJudge
from quality.rewards._blend import read_weight
from quality.rewards._checks import check_function, check_text
from quality.rewards._columns import split_reward
from quality.rewards._evidence import read_evidence
from quality.rewards._levels import Fellow, column, group_key, levels
from quality.rewards._needed import needed_share
from quality.rewards._relative import Comparison, check_span
from quality.rewards._terms import Parts, Terms
from quality.rewards._verdict import Outcome
from quality.runtime import Scorer, check_run, resolve_spec, try_within
from quality.samples import extract, plain_items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from quality.model import Profile
    from quality.rewards._batch import ClosableScorer
    from quality.rewards._columns import Column
    from quality.rewards._evidence import Evidence
    from quality.rewards._levels import Level
    from quality.rewards._relative import Relative
    from quality.rewards._terms import OnFailure
    from quality.rewards._verdict import Verdict

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a trainer says of its samples; a column that is None was not given."""

    samples: list[object]
    prompts: object = None
    passed: object = None
    tests_fraction: object = None
    references: object = None
    entry_points: object = None

    @property
    def without_tests(self) -> bool:
        return self.passed is None and self.tests_fraction is None


@dataclass(frozen=True, slots=True)
class _Rewarded:
    """A sample with all that its reward rests on; no parts means no reward."""

    parts: Parts | None
    level: Level
    verdict: Verdict
    evidence: Evidence | None


class QualityReward:
    """Rewards code by its tests first and its quality second.

    A sample that passes its tests gets ``1 - w + w * Q``, one that fails ``f * fraction of its tests``, and
    construction checks that no wrong sample can reach a right one (see ``Terms``; ``graded_tests`` and
    ``on_failure`` choose other forms). Without any evidence from tests (no ``passed``, no ``tests_fraction``,
    no ``tests``) it is the quality term alone, ``w * Q``, to be added to a reward of 0 or 1 for the tests.

    Nothing is paid for absence: a completion without code, or whose code does not parse, is refused by the
    gate, is a stub or opaque (a finding of a rule in the profile's ``caps``) gets 0, whatever its tests say.
    When the analysis fails on our side twice there is no reward (None). In a worker a text that crashes or
    stalls the analysis twice, the second time alone and fresh, gets 0.

    It is a TRL reward function as it is: a callable with a ``__name__`` and keyword columns. It is picklable
    (each process opens its own scorer at its first batch), threads take turns, and no content makes it raise.

    Args:
        weight: Quality's share ``w``, 0 or more and less than 1; or a weight per dimension, whose sum is
            ``w``: then ``w * Q = sum(w_d * d)``.
        failed_factor: What failing samples get at most, ``f < 1 - w``.
        graded_tests: How many tests each sample has, when each test is to be paid: ``w < 1 / (k + 1)``.
        on_failure: What failing samples get: ``fraction``, ``floor`` (0) or ``abstain`` (None).
        relative: None for an absolute Q. With ``reference`` or ``before`` Q is relative to the code in the
            column of that name (a reference solution, or the state that was to be improved), with ``group``
            to the median of the passing samples of the same prompt: ``clip(.5 + (S - S_ref) / span, 0, 1)``,
            both judged over the reference's size. Where there is no usable reference Q stays absolute.
        span: See there.
        tests: Called like a TRL reward function when no evidence comes as a column; gives a truth value or
            the fraction of passed tests per sample. What it raises is not caught.
        profile: A profile, its name, or the path of a TOML file.
        workers: 0 scores in this process, without a deadline; N in N isolated processes.
        timeout: CPU seconds per sample in a worker, for both of its tries together.
        quantum: Step to which Q is rounded, 0 for none.
        name: Its ``__name__``, the prefix of what it logs.
        open_scorer: Makes another scorer than ``Scorer(profile, workers=workers, timeout=try_within(timeout))``.

    Raises:
        UsageError: An argument is wrong, or wrong samples could win: says which inequality fails and by
            how much.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of its own, and all are named
        self,
        weight: float | Mapping[str, float] = 0.15,
        *,
        failed_factor: float = 0.5,
        graded_tests: int | None = None,
        on_failure: OnFailure = "fraction",
        relative: Relative | None = None,
        span: float = 0.5,
        tests: Callable[..., object] | None = None,
        profile: str | Profile = "sample",
        workers: int = 0,
        timeout: float = 2.0,
        quantum: float = 0.01,
        name: str = "quality_reward",
        open_scorer: Callable[[], ClosableScorer] | None = None,
    ) -> None:
        self.profile = resolve_spec(profile).profile
        whole, self._blend = read_weight(weight, self.profile)
        self.terms = Terms(whole, failed_factor, graded_tests, on_failure, quantum)
        check_span(span)
        self._comparison = (
            None if relative is None else Comparison(relative, span, self.profile, self._blend.quality)
        )
        check_text("name", name)
        self.__name__ = name
        for argument, function in (("tests", tests), ("open_scorer", open_scorer)):
            if function is not None:
                check_function(argument, function)
        self._tests = tests
        check_run(workers, timeout)
        self._isolated = workers > 0
        self._open_scorer = open_scorer or functools.partial(
            Scorer, self.profile, workers=workers, timeout=try_within(timeout)
        )
        self._judge = self._new_judge()

    def __call__(
        self,
        completions: object = (),
        prompts: object = None,
        completion_ids: object = None,
        *,
        passed: object = None,
        tests_fraction: object = None,
        log_extra: Callable[[str, list[float]], None] | None = None,
        log_metric: Callable[[str, float], None] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """Rewards a batch.

        Args:
            completions: Texts or lists of chat messages, one per sample; anything else has no code.
            prompts: Per sample the prompt. A text is used to find the code: see ``quality.samples.extract``.
                With ``relative="group"`` the samples of one prompt are a group; without prompts all are.
            completion_ids: Handed on to ``tests``.
            passed: Per sample whether it passes its tests, or which fraction of them. A sample without
                usable evidence (None, NaN, not a number; every sample when the lengths differ) gets None.
            tests_fraction: Per sample the fraction of its tests that it passes, 0 to 1.
            log_extra: Gets each component as a column.
            log_metric: Gets the mean of each component.
            columns: ``reference`` or ``before`` where Q is relative to it: code, or a text with code as in a
                completion. ``entry_point``: name of the function that was asked for; Q is multiplied with the
                share of the code that it needs. Where there is neither, a prompt that spells names as code
                (``def solve(xs):``, ``solve([1])``) tells it. All are handed on to ``tests``.

        Returns:
            A reward from 0 to 1, or None, per sample.

        Raises:
            HostError: At the first batch: a required analyzer is missing or broken.
        """
        samples = plain_items(completions)
        if passed is None and tests_fraction is None and self._tests is not None:
            known = {"prompts": prompts, "completions": samples, "completion_ids": completion_ids}
            logs = {"log_extra": log_extra, "log_metric": log_metric}
            found = self._tests(**known, **logs, **columns)
            passed = () if found is None else found
        batch = self._batch(samples, prompts, passed, tests_fraction, columns)
        rewarded = self._rewarded(batch)
        if rewarded and (log_extra or log_metric):
            self._log(rewarded, log_extra, log_metric)
        return [None if sample.parts is None else sample.parts.total for sample in rewarded]

    def components(
        self,
        completions: object,
        *,
        prompts: object = None,
        passed: object = None,
        tests_fraction: object = None,
        **columns: Any,
    ) -> list[dict[str, float]]:
        """The parts of each sample's reward: the same keys for every sample, always finite numbers.

        Args:
            completions: As for a call.
            prompts: As for a call.
            passed: As for a call.
            tests_fraction: As for a call.
            columns: As for a call.

        Returns:
            Per sample ``reward`` (0 when there is none), which is the sum of ``correctness_term`` and
            ``quality_term``; ``quality`` (Q), ``passed``, ``tests_fraction``; the flags ``measured``,
            ``charged`` (nothing is paid for it), ``abstained`` (no reward) and ``relative`` (Q is relative to
            ``reference_quality``, which is 0 otherwise), each 0 or 1; ``needed``, the share of the code that its
            entry point needs, 1 where that is not known; and ``dimension_NAME`` for each dimension of the
            profile, 0 unless measured.
        """
        batch = self._batch(plain_items(completions), prompts, passed, tests_fraction, columns)
        return [self._components(sample) for sample in self._rewarded(batch)]

    @property
    def runs_tests(self) -> bool:
        """Whether it gets its evidence from a function of its own."""
        return self._tests is not None

    @property
    def relative(self) -> Relative | None:
        """What Q is relative to, or None."""
        return None if self._comparison is None else self._comparison.form

    def split(self, group_size: int) -> tuple[Column, Column]:
        """Two reward functions instead of one, for trainers that normalise each: see ``split_reward``."""
        return split_reward(self, group_size)

    def with_scorer(self, open_scorer: Callable[[], ClosableScorer]) -> QualityReward:
        """The same reward on another scorer, which may be used in another thread without taking turns."""
        other = copy.copy(self)
        other._open_scorer = open_scorer  # noqa: SLF001 - it is one of us
        other._judge = other._new_judge()  # noqa: SLF001
        return other

    def close(self) -> None:
        """Ends the workers; the next batch starts new ones."""
        self._judge.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"QualityReward({self.terms!r}, profile={self.profile.name!r})"

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in self.__dict__.items() if key != "_judge"}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        self.__dict__.update(state)
        self._judge = self._new_judge()

    def _new_judge(self) -> BatchJudge:
        caps = frozenset(self.profile.caps)
        analyses = self._comparison is not None
        return BatchJudge(self._open_scorer, caps, isolated=self._isolated, analyses=analyses)

    def _batch(
        self,
        samples: list[object],
        prompts: object,
        passed: object,
        tests_fraction: object,
        columns: Mapping[str, object],
    ) -> _Batch:
        references = columns.get(self._comparison.form) if self._comparison is not None else None
        return _Batch(samples, prompts, passed, tests_fraction, references, columns.get("entry_point"))

    def _rewarded(self, batch: _Batch) -> list[_Rewarded]:
        count = len(batch.samples)
        evidence = read_evidence(count, batch.passed, batch.tests_fraction)
        if count and not batch.without_tests and not any(evidence):
            _log.warning("The columns of test results say nothing usable of %d samples.", count)
        fellows = self._fellows(batch, evidence)
        found = levels(fellows, self._blend, self._comparison)
        return [
            self._reward(fellow.verdict, level, proof, without_tests=batch.without_tests)
            for fellow, level, proof in zip(fellows, found, evidence, strict=True)
        ]

    def _fellows(self, batch: _Batch, evidence: Sequence[Evidence | None]) -> list[Fellow]:
        """Judges the samples and their references together, so that each distinct code is scored once."""
        count = len(batch.samples)
        prompts = column(count, batch.prompts)
        others = column(count, batch.references)
        entries = column(count, batch.entry_points)
        codes = [extract(*pair).code for pair in zip(batch.samples, prompts, strict=True)]
        beside = [_reference_code(*pair) for pair in zip(others, prompts, strict=True)]
        verdicts = self._judge.judge([*codes, *beside])
        shares = _Shares()
        return [
            Fellow(
                verdict,
                fits=batch.without_tests or (proof is not None and proof.passed),
                group=group_key(prompt),
                reference=reference,
                needed=shares.of(verdict, code, entry, prompt if other is None else None),
            )
            for verdict, reference, other, proof, prompt, code, entry in zip(
                verdicts[:count], verdicts[count:], others, evidence, prompts, codes, entries, strict=True
            )
        ]

    def _reward(
        self, verdict: Verdict, level: Level, evidence: Evidence | None, *, without_tests: bool
    ) -> _Rewarded:
        level = dataclasses.replace(level, value=self.terms.level(level.value))
        parts: Parts | None
        if verdict.outcome is Outcome.CHARGED:
            parts = Parts(0.0, 0.0)
        elif verdict.outcome is Outcome.LOST or (evidence is None and not without_tests):
            parts = None
        else:
            fraction = None if evidence is None else evidence.fraction
            parts = self.terms.parts(level.value, fraction, passed=evidence is not None and evidence.passed)
        return _Rewarded(parts, level, verdict, evidence)

    def _components(self, sample: _Rewarded) -> dict[str, float]:
        parts = sample.parts or Parts(0.0, 0.0)
        evidence = sample.evidence
        dimensions = sample.verdict.dimensions
        return {
            "reward": parts.total,
            "correctness_term": parts.correctness,
            "quality_term": parts.quality,
            "quality": sample.level.value,
            "passed": float(evidence is not None and evidence.passed),
            "tests_fraction": evidence.fraction if evidence else 0.0,
            "measured": float(sample.verdict.outcome is Outcome.JUDGED),
            "charged": float(sample.verdict.outcome is Outcome.CHARGED),
            "abstained": float(sample.parts is None),
            "relative": float(sample.level.reference is not None),
            "reference_quality": sample.level.reference or 0.0,
            "needed": sample.level.needed,
            **{f"dimension_{each.id}": dimensions.get(each.id, 0.0) for each in self.profile.dimensions},
        }

    def _log(
        self,
        rewarded: Sequence[_Rewarded],
        log_extra: Callable[[str, list[float]], None] | None,
        log_metric: Callable[[str, float], None] | None,
    ) -> None:
        table = [self._components(sample) for sample in rewarded]
        for key in table[0]:
            column = [row[key] for row in table]
            if log_extra is not None:
                log_extra(f"{self.__name__}/{key}", column)
            if log_metric is not None:
                log_metric(f"{self.__name__}/{key}", sum(column) / len(column))


class _Shares:
    """Which share of each code of a batch is needed, worked out once for equal samples."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None, object], float] = {}

    def of(self, verdict: Verdict, code: str | None, entry: object, prompt: object) -> float:
        """Only what was judged has passed the gate, and is safe to parse here."""
        if code is None or verdict.outcome is not Outcome.JUDGED:
            return 1.0
        key = (code, entry if isinstance(entry, str) else None, group_key(prompt))
        if key not in self._known:
            self._known[key] = needed_share(code, entry, prompt)
        return self._known[key]


def _reference_code(reference: object, prompt: object) -> str | None:
    return None if reference is None else extract(reference, prompt).code
