"""What the HTML templates get: finished words and markup, nothing to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    Attributes:
        text: What it shows.
        sort: What it is sorted by.
        href: Link target within the page, or empty.
        css: Classes.
        title: Tooltip, or empty.
    """

    text: str
    sort: str
    href: str = ""
    css: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be sorted and filtered.

    Attributes:
        id: HTML id.
        caption: What it lists.
        columns: (Heading, classes) of each column.
        rows: Its rows, most important first.
        note: What is left out, or empty.
    """

    id: str
    caption: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hero:
    """The head of the page.

    Attributes:
        title: What was judged.
        whole: Points before the decimal point, or a dash.
        tenth: ``.1``, or empty.
        grade: The grade, or empty.
        grade_css: Its colour class.
        caption: What the number is, in words.
        bar: The stacked bar.
        facts: (Value, label) pairs.
        gate: The gate's verdict.
        gate_css: ``passed`` or ``failed``.
        reasons: Why the gate failed.
    """

    title: str
    whole: str
    tenth: str
    grade: str
    grade_css: str
    caption: str
    bar: Markup
    facts: tuple[tuple[str, str], ...]
    gate: str
    gate_css: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension: its bar and its words."""

    title: str
    description: str
    score: str
    weight: str
    points: str
    css: str
    bar: Markup


@dataclass(frozen=True, slots=True)
class FixCard:
    """One of the fixes that gain most."""

    gain: str
    title: str
    place: str
    href: str
    advice: Markup
    effort: str
    dimension: str
    css: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that data passed on its way to a finding.

    Attributes:
        line: Its line.
        href: Link to it, or empty where the page does not show it.
        code: What stands there.
        text: What happens there.
    """

    line: int
    href: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Other:
    """A line with another finding of the same kind, and where it is shown; no link where it is not."""

    line: int
    href: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding, shown below its line.

    ``href`` leads to what its rule means; ``way`` is how data came there; ``rest``, ``others`` and ``cut`` say where more of the same are,
    ``also`` which other rules found it.
    """

    severity: str
    message: str
    rule: str
    title: str
    why: Markup
    facts: str
    href: str = ""
    way: tuple[Stop, ...] = ()
    rest: str = ""
    others: tuple[Other, ...] = ()
    cut: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Consecutive lines and the findings of the last of them.

    Attributes:
        gap: What is left out before it, or empty.
        numbers: Line numbers, one a line.
        code: The lines, escaped.
        notes: Findings of the last line.
    """

    gap: str
    numbers: Markup
    code: Markup
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source on the page."""

    id: str
    path: str
    score: str
    grade: str
    grade_css: str
    facts: str
    note: str
    open: str
    blocks: tuple[CodeBlock, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """What a rule means and how it is repaired.

    Attributes:
        id: HTML id.
        rule: The rule's id.
        title: What is wrong.
        why: Why it matters.
        remedy: What to do, or empty.
        before: Code that is reported, or empty.
        after: Code that is not, or empty.
    """

    id: str
    rule: str
    title: str
    why: Markup
    remedy: Markup
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of lines that a reader may have to act on: (place, what, what to do)."""

    title: str
    explanation: str
    rows: tuple[tuple[str, str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report. One without a score is its head, what is in the way, and how it was measured."""

    measured: bool
    hero: Hero
    dimensions: tuple[DimensionRow, ...]
    fixes: tuple[FixCard, ...]
    causes: Table
    places: Table
    treemap: Markup
    files: Table
    scatter: Markup
    functions: Table
    sources: tuple[SourceView, ...]
    sources_note: str
    rules: tuple[RuleView, ...]
    troubles: tuple[Lines, ...]
    facts: tuple[tuple[str, str], ...]
