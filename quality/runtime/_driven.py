"""What engines have in common that give texts away and collect the answers."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from quality.runtime._books import Books

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from quality.runtime._books import Memory
    from quality.runtime._task import Outcome, Task


class DrivenEngine(ABC):
    """Runs over the books of a run, in the thread of whoever iterates."""

    def run(self, tasks: Iterable[Task], memory: Memory) -> Iterator[Outcome]:
        """Yields the outcomes in the tasks' order."""
        with contextlib.closing(self._drive(tasks, memory, ordered=True)) as found:
            for _, outcome in found:
                yield outcome

    def as_completed(
        self, tasks: Iterable[Task | None], memory: Memory
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields each outcome as soon as it is there."""
        return self._drive(tasks, memory, ordered=False)

    def _drive(
        self, tasks: Iterable[Task | None], memory: Memory, *, ordered: bool
    ) -> Generator[tuple[int, Outcome], None, None]:
        books = Books(iter(tasks), self._begin(memory), memory, ordered=ordered)
        try:
            books.fill()
            while books.unfinished():
                self._feed(books)
                self._collect(books)
                yield from books.finished()
                books.fill()
        finally:
            self._reset()

    @abstractmethod
    def _begin(self, memory: Memory) -> int:
        """Gets ready for a run; says how many work on it."""

    @abstractmethod
    def _feed(self, books: Books) -> None:
        """Gives what waits to those that are idle."""

    @abstractmethod
    def _collect(self, books: Books) -> None:
        """Takes what is answered, and sees to those that will not answer."""

    @abstractmethod
    def _reset(self) -> None:
        """Replaces those that still work for a run that was abandoned."""
