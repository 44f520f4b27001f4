"""What a rule means and how it is repaired, cut short from its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import Rule

_FENCE = "```"
_HEADING = "## "


@dataclass(frozen=True, slots=True)
class Lesson:
    """One rule in short.

    Attributes:
        why: Why it matters.
        remedy: What to do instead, in Markdown; or empty.
        before: Code that the rule reports, or empty.
        after: Code that it does not, or empty.
    """

    why: str
    remedy: str
    before: str
    after: str


def lesson_of(rule: Rule) -> Lesson:
    """Takes a rule's example and remedy from its documentation, and where that has none from its cases."""
    prose, code = _sections(rule.documentation)
    cases = rule.cases()
    reported = next((case for case in cases if case.reported), None)
    fine = next((case for case in cases if not case.reported), None)
    before, after = code.get("Example", ""), code.get("Use instead", "")
    remedy = prose.get("Use instead", "")
    if not before and reported is not None:
        before = reported.code.strip("\n")
        after = after or (reported.fixed or "").strip("\n")
    if before and not after and fine is not None:
        after = fine.code.strip("\n")
        remedy = remedy or " ".join(fine.captions)
    return Lesson(rule.why, remedy.removesuffix(":"), before, after)


def _sections(documentation: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Heading → the text below it, and heading → the code below it."""
    prose: dict[str, list[str]] = {}
    code: dict[str, list[str]] = {}
    heading, fenced = "", False
    for line in documentation.split("\n"):
        if line.startswith(_FENCE):
            fenced = not fenced
        elif line.startswith(_HEADING) and not fenced:
            heading = line.removeprefix(_HEADING)
        else:
            (code if fenced else prose).setdefault(heading, []).append(line)
    return (
        {name: " ".join(" ".join(lines).split()) for name, lines in prose.items()},
        {name: "\n".join(lines) for name, lines in code.items()},
    )
