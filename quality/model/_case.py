"""Code that shows what a rule sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Case:
    """Code that a rule reports, or code that it does not.

    Attributes:
        code: The text.
        reported: True where the rule reports it.
        captions: What is said of it, in Markdown: the rule's message, a remedy, why it is fine.
        fixed: The code as the rule's own fixes leave it, or None where they change nothing.
    """

    code: str
    reported: bool
    captions: tuple[str, ...] = ()
    fixed: str | None = None


def cases_as_markdown(cases: Iterable[Case]) -> str:
    """The sections of a rule's page that show its cases; empty without cases."""
    known = tuple(cases)
    parts: list[str] = []
    for heading, reported in (("## Reported", True), ("## Not reported", False)):
        blocks = [block for case in known if case.reported is reported for block in _blocks(case)]
        parts += [heading, *blocks] if blocks else []
    return "\n\n".join(parts)


def _blocks(case: Case) -> Iterator[str]:
    yield from case.captions
    yield _fenced(case.code)
    if case.fixed is not None:
        yield "Fixed:"
        yield _fenced(case.fixed)


def _fenced(code: str) -> str:
    return f"```python\n{code.rstrip()}\n```"
