"""What renderers get: scores of sources, and of all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.model._evidence import Evidence
    from quality.model._profile import Profile
    from quality.model._rule import Rule
    from quality.model._score import Score
    from quality.model._source import Directive


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A judged source with its text.

    Attributes:
        path: Path as shown to people, relative to where the user stands.
        score: Its score.
        text: The original text, a line feed behind each line whatever stands there; empty when it could not be read.
        directives: Suppression directives in it.
    """

    path: str
    score: Score
    text: str = ""
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a renderer may show.

    Attributes:
        title: What was judged, for people.
        total: The score of all sources together.
        sources: Sorted by path.
        profile: The profile that judged.
        rules: The catalogue entries of the profile, by id.
        fail_under: The gate's bound on the total in 0 to 100, or None.
        failed: Why the gate failed, a line each; empty when it passed.
        versions: Tool → version, everything that is part of the fingerprint.
        gated: Whether a gate was applied.
        evidence: What tests say, or None; it moves no score.
    """

    title: str
    total: Score
    sources: Sequence[SourceReport]
    profile: Profile
    rules: Mapping[str, Rule]
    fail_under: float | None = None
    failed: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    gated: bool = True
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered report.

    Attributes:
        text: The whole of it.
        fingerprint: Of the scores in it.
        failed: Whether the gate failed.
        summary: The report in one line.
    """

    text: str
    fingerprint: str
    failed: bool
    summary: str


@runtime_checkable
class Renderer(Protocol):
    """Turns a report into text in one format. Text of the sources is hostile: escape it."""

    @property
    def id(self) -> str:
        """The name behind ``--format``."""
        ...

    @property
    def description(self) -> str:
        """One sentence for people."""
        ...

    def render(self, report: Report) -> str:
        """The whole document, ending with a newline; the same bytes for the same report."""
        ...


def counted(number: int, noun: str) -> str:
    """Writes ``1 file``, ``2,000 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
