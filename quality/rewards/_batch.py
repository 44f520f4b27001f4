"""The quality of a batch of completions: each distinct code is scored once."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Protocol

from quality.model import HostError
from quality.rewards._verdict import CHARGED, LOST, Outcome, verdict
from quality.samples import CodeScorer, extract

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from quality.rewards._verdict import Verdict

_log = logging.getLogger(__name__)


class ClosableScorer(CodeScorer, Protocol):
    """A scorer that is closed by whoever opened it."""

    def close(self) -> None:
        """Ends what it started."""
        ...


class BatchJudge:
    """Judges batches with a scorer that it opens when it is first needed.

    Callers in several threads take turns.

    Args:
        open_scorer: Makes the scorer.
        caps: Rules whose finding means that the code only pretends.
        isolated: Whether the scorer tries what broke once more, alone in a fresh worker.
    """

    def __init__(
        self, open_scorer: Callable[[], ClosableScorer], caps: Collection[str], *, isolated: bool
    ) -> None:
        self._open = open_scorer
        self._caps = caps
        self._isolated = isolated
        self._scorer: ClosableScorer | None = None
        self._began = False
        self._turn = threading.Lock()

    def judge(self, completions: Sequence[object]) -> list[Verdict]:
        """Judges each completion.

        Raises:
            HostError: The scorer does not open at its first use.
        """
        with self._turn:
            codes = [extract(completion).code for completion in completions]
            distinct = list(dict.fromkeys(code for code in codes if code is not None))
            verdicts = dict(zip(distinct, self._verdicts(distinct), strict=True))
            lost = [code for code in distinct if verdicts[code].outcome is Outcome.LOST]
            verdicts.update(zip(lost, self._verdicts(lost), strict=True))
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
            scores = list(self._scorer.score_many(codes))
        except HostError as error:
            if not self._began:
                raise
            _log.warning("The scorer broke and will be opened again: %s", error)
            self._shut()
            return [LOST] * len(codes)
        return [verdict(score, self._caps, isolated=self._isolated) for score in scores]

    def _shut(self) -> None:
        if self._scorer is not None:
            self._scorer.close()
        self._scorer = None
