"""Fuzzing, for a bounded time: ``QUALITY_FUZZ_SECONDS`` says how long, ``QUALITY_FUZZ_SEED`` where to begin."""

from __future__ import annotations

import itertools
import math
import os
import time

import pytest
from fuzzed_texts import fuzzed_text

import quality
from quality.model import Status

pytestmark = pytest.mark.hostile

SECONDS = float(os.environ.get("QUALITY_FUZZ_SECONDS", "20"))
SEED = int(os.environ.get("QUALITY_FUZZ_SEED", "1"))
INNOCENT = """\
import os


def sizes(folder, least=0, found=[]):
    for name in os.listdir(folder):
        size = os.path.getsize(os.path.join(folder, name))
        if size >= least:
            found.append((name, size))
    return found
"""


def texts(bases: list[str], limit: float):
    """Fuzzed texts with an innocent one between every twenty, until the time is up."""
    for number in itertools.count(SEED):
        if time.monotonic() > limit:
            return
        yield number, fuzzed_text(bases, number)
        if number % 20 == 0:
            # Equal texts are judged once, so each is another.
            yield None, f"{INNOCENT}# {number}\n"


def test_no_text_breaks_the_engine_or_its_neighbours(human_eval):
    bases = [task["prompt"] + task["canonical_solution"] for task in human_eval]
    with quality.Scorer(workers=1) as alone:
        expected = alone.score(INNOCENT)
    made = []

    def given():
        for number, text in texts(bases, time.monotonic() + SECONDS):
            made.append(number)
            yield text

    counts = dict.fromkeys(Status, 0)
    with quality.Scorer(workers=2, timeout=1.0) as scorer:
        for place, score in enumerate(scorer.score_many(given())):
            seed = made[place]
            counts[score.status] += 1
            if seed is None:
                assert score == expected, f"texts before seed {made[place + 1 : place + 2]} changed it"
                continue
            assert score.status is not Status.PARTIAL, f"seed {seed}: {score.failures}"
            assert "Traceback" not in score.detail, f"seed {seed}"
            if score.value is not None:
                assert 0 < score.value <= 1, f"seed {seed}"
                loss = math.fsum(part.loss for part in score.contributions)
                assert math.isclose(loss, 1 / score.value - 1, abs_tol=1e-9), f"seed {seed}"
    assert counts[Status.MEASURED] > 0


def test_a_seed_gives_the_same_text():
    assert fuzzed_text([INNOCENT], 7) == fuzzed_text([INNOCENT], 7)
