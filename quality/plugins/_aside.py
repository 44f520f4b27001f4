"""Plugins write into no result: what they print goes to standard error."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
#: Thread → how often it is inside.
_inside: Counter[int] = Counter()


class _Routed:
    """Standard output: that of before for threads that are not inside, standard error for those that are."""

    def __init__(self, before: TextIO) -> None:
        self.before = before

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stderr if threading.get_ident() in _inside else self.before, name)


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Has what this thread writes to standard output go to standard error. Several threads may be inside together."""
    thread = threading.get_ident()
    with _lock:
        _inside[thread] += 1
        if not isinstance(sys.stdout, _Routed):
            sys.stdout = cast("TextIO", _Routed(sys.stdout))
    try:
        yield
    finally:
        with _lock:
            _inside[thread] -= 1
            if not _inside[thread]:
                del _inside[thread]
            if not _inside and isinstance(sys.stdout, _Routed):
                sys.stdout = sys.stdout.before
