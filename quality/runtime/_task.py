"""What goes to a worker and what comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from quality.model import Reason

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from quality.model import Analysis, QualityError, Role, Score
    from quality.runtime._books import Memory
    from quality.scoring import Volume


#: Ends of a task after which its worker's state is not known, so neither is what it would say of the next.
LOSSES = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH})


@dataclass(frozen=True, slots=True)
class Task:
    """One text to judge.

    Attributes:
        data: The text, or bytes as read from a file.
        path: Logical path.
        role: Product code or tests.
        reference: Size of the code that it is measured against, or None.
    """

    data: str | bytes
    path: str = "sample.py"
    role: Role = "product"
    reference: Volume | None = None


def task_key(task: Task) -> bytes:
    """A digest that two tasks share exactly when one host judges both alike."""
    kind = "bytes" if isinstance(task.data, bytes) else "text"
    head = f"{kind}\0{task.path}\0{task.role}\0{task.reference!r}\0".encode("utf-8", "surrogatepass")
    data = task.data if isinstance(task.data, bytes) else task.data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(head + data).digest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judged text.

    Attributes:
        analysis: What was found.
        score: The score.
    """

    analysis: Analysis
    score: Score


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a task.

    Attributes:
        result: The outcome, or the error of the host itself.
        worn: True when the worker should be replaced.
    """

    result: Outcome | QualityError
    worn: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What judges.

    Attributes:
        fingerprint: The fingerprint of all its scores.
        versions: Python and analyzers → version.
    """

    fingerprint: str
    versions: dict[str, str]


class Engine(Protocol):
    """Judges tasks in order. Nothing in a task makes it raise."""

    #: The same for all its hosts.
    identity: Identity

    def run(self, tasks: Iterable[Task], memory: Memory) -> Iterator[Outcome]:
        """Yields one outcome per task, in the tasks' order, reading ahead a bounded number of tasks.

        What the memory knows is not judged, and what was judged goes there.
        """
        ...

    def as_completed(
        self, tasks: Iterable[Task | None], memory: Memory
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields each outcome as soon as it is there, with its task's number from 0.

        None says that there is no task at present; it is asked again while tasks are judged. Ends when all that
        was read is judged and there is no more at present.
        """
        ...

    def close(self) -> None:
        """Ends what was started."""
        ...
