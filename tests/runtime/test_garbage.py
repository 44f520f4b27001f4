"""When garbage is collected: hardly while a text is judged, and in a process of somebody else as before behind it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from quality.model import Profile
from quality.runtime import Scorer
from quality.runtime._garbage import one_text


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_text_is_judged_with_hardly_a_collection() -> None:
    gc.set_threshold(700, 11, 12)
    with one_text():
        first, *others = gc.get_threshold()
        assert first > 100_000
        assert others == [11, 12]
    assert gc.get_threshold() == (700, 11, 12)


@pytest.mark.parametrize("first", [0, 5_000_000], ids=["never", "more rarely"])
def test_who_collects_more_rarely_still_does(first: int) -> None:
    gc.set_threshold(first, 10, 10)
    with one_text():
        assert gc.get_threshold() == (first, 10, 10)


def test_an_error_leaves_the_thresholds_as_they_were() -> None:
    gc.set_threshold(700, 11, 12)
    with pytest.raises(ZeroDivisionError), one_text():
        raise ZeroDivisionError
    assert gc.get_threshold() == (700, 11, 12)


def test_scoring_in_this_process_leaves_the_thresholds_as_they_were(worker_profile: Profile) -> None:
    gc.set_threshold(700, 11, 12)
    Scorer(worker_profile).score("x = 1\n")
    assert gc.get_threshold() == (700, 11, 12)
