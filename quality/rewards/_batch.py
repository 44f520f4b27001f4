"""The quality of a batch of completions: each distinct code is scored once."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Protocol, cast

from quality.model import HostError
from quality.rewards._verdict import CHARGED, LOST, Outcome, verdict
from quality.runtime import Task
from quality.samples import CodeScorer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from quality.model import Analysis, Score
    from quality.rewards._verdict import Verdict
    from quality.runtime import Outcome as Judged

_log = logging.getLogger(__name__)


class ClosableScorer(CodeScorer, Protocol):
    """A scorer that is closed by whoever opened it."""

    def close(self) -> None:
        """Ends what it started."""
        ...


class AnalysingScorer(ClosableScorer, Protocol):
    """A scorer that gives the analyses too, as ``quality.Scorer`` does."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Judged]:
        """Scores tasks in order."""
        ...


class BatchJudge:
    """Judges batches with a scorer that it opens when it is first needed.

    Callers in several threads take turns. The last batch is remembered: what is asked again at once, as for
    the components of a reward, is not scored again.

    Args:
        open_scorer: Makes the scorer.
        caps: Rules whose finding means that the code only pretends.
        isolated: Whether the scorer tries what broke once more, alone in a fresh worker.
        analyses: Whether verdicts keep the analyses; needs a scorer that gives them.
    """

    def __init__(
        self,
        open_scorer: Callable[[], ClosableScorer],
        caps: Collection[str],
        *,
        isolated: bool,
        analyses: bool = False,
    ) -> None:
        self._open = open_scorer
        self._caps = caps
        self._isolated = isolated
        self._analyses = analyses
        self._scorer: ClosableScorer | None = None
        self._began = False
        self._turn = threading.Lock()
        self._last: dict[str, Verdict] = {}

    def judge(self, codes: Sequence[str | None]) -> list[Verdict]:
        """Judges each code; None is a sample without any.

        Raises:
            HostError: The scorer does not open at its first use.
        """
        with self._turn:
            distinct = list(dict.fromkeys(code for code in codes if code is not None))
            verdicts = {code: self._last[code] for code in distinct if code in self._last}
            new = [code for code in distinct if code not in verdicts]
            verdicts.update(zip(new, self._verdicts(new), strict=True))
            lost = [code for code in new if verdicts[code].outcome is Outcome.LOST]
            verdicts.update(zip(lost, self._verdicts(lost), strict=True))
            self._last = {code: one for code, one in verdicts.items() if one.outcome is not Outcome.LOST}
            return [CHARGED if code is None else verdicts[code] for code in codes]

    def close(self) -> None:
        """Closes the scorer; the next batch opens another."""
        with self._turn:
            self._shut()

    def _verdicts(self, codes: Sequence[str]) -> list[Verdict]:
        """Judges codes. A scorer that breaks in the middle of a run must not end it."""
        if not codes:
            return []
        try:
            if self._scorer is None:
                self._scorer = self._open()
                self._began = True
            judged = list(self._judged(self._scorer, codes))
        except HostError as error:
            if not self._began:
                raise
            _log.warning("The scorer broke and will be opened again: %s", error)
            self._shut()
            return [LOST] * len(codes)
        return [
            verdict(score, self._caps, isolated=self._isolated, analysis=analysis)
            for score, analysis in judged
        ]

    def _judged(
        self, scorer: ClosableScorer, codes: Sequence[str]
    ) -> Iterator[tuple[Score, Analysis | None]]:
        if not self._analyses:
            yield from ((score, None) for score in scorer.score_many(codes))
            return
        for outcome in cast("AnalysingScorer", scorer).run(Task(code) for code in codes):
            yield outcome.score, outcome.analysis

    def _shut(self) -> None:
        if self._scorer is not None:
            self._scorer.close()
        self._scorer = None
