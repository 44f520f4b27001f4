"""One run at a time has the workers."""

from __future__ import annotations

import threading

from quality.model import UsageError


class Turn:
    """Lets one run at a time go on: other threads wait for its end.

    A run that begins inside of another of the same thread would wait for ever, and is refused.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        """Takes the turn.

        Raises:
            UsageError: This thread has it.
        """
        if self._owner == threading.get_ident():
            raise UsageError(
                "This scorer is in the middle of another run.",
                remedy="Finish or close that one first, or make a scorer for each.",
            )
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        """Gives the turn away."""
        self._owner = None
        self._lock.release()
