"""Whatever a text does, it ends in a stated status, in time, within its memory, and hurts nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hostile_texts import hostile_texts

from quality.model import Reason, Status
from quality.runtime import Task, resolve_spec
from quality.runtime._books import Memory
from quality.runtime._pool import PoolEngine
from quality.runtime._process import Worker
from quality.runtime._task import Answer

SECONDS = 1.0
TEXTS = hostile_texts()
HONEST = "def double(x):\n    return 2 * x\n\n\nprint(double(3))\n"

pytestmark = pytest.mark.hostile


class Watched(PoolEngine):
    """Remembers what CPU time each try took and what a worker may hold."""

    seconds: list[float]

    def _take(self, books: object, worker: Worker, answer: Answer) -> None:
        self.seconds.append(worker._cpu() - worker._began[1])
        super()._take(books, worker, answer)

    def _lose(self, books: object, worker: Worker, why: tuple[Reason, str] | None = None) -> None:
        self.seconds.append(worker._cpu() - worker._began[1])
        super()._lose(books, worker, why)


@pytest.fixture(scope="module")
def engine() -> Iterator[Watched]:
    engine = Watched(resolve_spec("sample"), 2, SECONDS)
    engine.seconds = []
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def honest(engine: Watched) -> object:
    return next(engine.run([Task(HONEST)], Memory()))


def test_there_are_many() -> None:
    assert len(TEXTS) >= 120
    assert len(set(map(str, TEXTS.values()))) == len(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_ends_in_a_status_in_time(engine: Watched, honest: object, name: str) -> None:
    engine.seconds.clear()
    before, hostile, after = engine.run(map(Task, [HONEST, TEXTS[name], HONEST + "\n"]), Memory())
    assert before == honest
    assert after.score.value == before.score.value
    score = hostile.score
    assert (score.value is None) == (score.status is Status.UNMEASURED)
    assert (score.reason is None) == (score.status is not Status.UNMEASURED)
    assert "Traceback" not in score.detail
    assert "/" not in score.detail.replace("and/or", "")
    assert max(engine.seconds) <= SECONDS + 0.5
