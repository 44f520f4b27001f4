"""When a process that judges collects garbage: between texts, where all of the last one is, and hardly within one.

Trees hold their parents, so they are garbage for the collector alone. While a text is judged it would look through trees that are all in use.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: New objects at which garbage is collected in mid-text all the same: a text may make any number of them.
_WITHIN = 200_000
#: New objects that are worth a collection between texts: what is freed soon is still in the processor's caches.
_BETWEEN = 2_000


def keep_opened() -> None:
    """Takes what is there out of the collector's sight, for good: an opened host stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_WITHIN, 10, 10)
    gc.enable()


@contextlib.contextmanager
def one_text() -> Iterator[None]:
    """Has a text judged, in a process of somebody else, with hardly a collection: behind it all is as it was."""
    before = gc.get_threshold()
    if 0 < before[0] < _WITHIN:
        gc.set_threshold(_WITHIN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def forget_text() -> None:
    """Collects what the last texts left, once that is much."""
    if gc.get_count()[0] > _BETWEEN:
        gc.collect(1)
