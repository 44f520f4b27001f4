"""Plugins write into no result: what they print while they are loaded or render goes to standard error."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
#: What standard output was before the first that is inside came in; how many are inside.
_before: list[TextIO] = []
_inside = 0


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Has standard output go to standard error. Threads may be inside together; the last to leave undoes it."""
    global _inside  # noqa: PLW0603 - standard output is global too
    with _lock:
        _inside += 1
        if _inside == 1:
            _before.append(sys.stdout)
            sys.stdout = sys.stderr
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                sys.stdout = _before.pop()
