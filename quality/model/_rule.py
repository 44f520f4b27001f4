"""The rule catalogue's entries: what a rule is about and how much it weighs."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model._case import Case, cases_as_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Severity(enum.StrEnum):
    """How bad a defect is, in SARIF's words."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Confidence(enum.StrEnum):
    """How sure the analyzer is that the defect is one."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Option:
    """A declared option of a rule or analyzer.

    Attributes:
        name: In kebab-case, as written in ``[tool.quality.options]``.
        default: The value when nothing is set; its type is the option's type.
        description: One sentence for users.
        minimum: Smallest allowed number, or None.
        maximum: Largest allowed number, or None.
    """

    name: str
    default: bool | int | float | str | tuple[str, ...]
    description: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A catalogue entry. Analyzers make findings from it, profiles weigh it, ``quality explain`` shows it.

    Attributes:
        id: ``namespace:name``, for example ``pylint:unused-import``.
        title: What is wrong, as a short phrase without a full stop.
        dimension: Id of the dimension that a finding costs points in.
        severity: Severity of its findings unless the analyzer says otherwise.
        confidence: Confidence of its findings unless the analyzer says otherwise.
        effort: Minutes that a fix usually takes.
        why: Why it matters, in one or two sentences.
        analyzer: Id of the analyzer that runs it.
        cwe: Common Weakness Enumeration number, or None.
        equivalents: Ids of rules of other analyzers that see the same defect. One defect is charged once.
        aliases: What the same rule is called elsewhere ("W0611", "F401"); suppression comments may name it so.
        weight: Factor on the severity's points (1 unless the rule is much lighter or heavier).
        fixable: True where a finding can say the corrected code.
        since: Version of the plugin that brought the rule.
        documentation: Markdown for the rule's page, without its cases, or empty.
        options: Declared options.
        checker: What the analyzer runs for this rule. Opaque to the host, and not compared.
        cases: Gives code that shows what it reports, when somebody asks. Not compared.
    """

    id: str
    title: str
    dimension: str
    severity: Severity
    why: str
    analyzer: str
    confidence: Confidence = Confidence.HIGH
    effort: int = 5
    cwe: int | None = None
    equivalents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    weight: float = 1.0
    fixable: bool = False
    since: str = "0.1"
    documentation: str = ""
    options: tuple[Option, ...] = ()
    checker: object = field(default=None, compare=False, repr=False)
    cases: Callable[[], tuple[Case, ...]] = field(default=tuple, compare=False, repr=False)

    def __post_init__(self) -> None:
        namespace, colon, name = self.id.partition(":")
        if not (namespace and colon and name):
            raise ValueError(f"a rule's id is 'namespace:name', got {self.id!r}")
        if self.weight <= 0 or self.effort < 0:
            raise ValueError(f"rule {self.id}: weight must be positive and effort must not be negative")

    @property
    def namespace(self) -> str:
        """The part of the id before the colon."""
        return self.id.partition(":")[0]

    @property
    def page(self) -> str:
        """Markdown: the documentation, then the cases."""
        parts = (self.documentation.strip(), cases_as_markdown(self.cases()))
        return "\n\n".join(part for part in parts if part)


#: The catalogue that was asked for last, and its answer: a host asks for the same one with every source.
_latest: tuple[Mapping[str, Rule], dict[str, str]] | None = None


def defect_classes(rules: Mapping[str, Rule]) -> dict[str, str]:
    """Maps each rule to the first id of its class of equivalent rules; equivalence is symmetric, transitive."""
    global _latest  # noqa: PLW0603 - a memory of one answer
    latest = _latest
    if latest is None or latest[0] is not rules:
        latest = _latest = (rules, _classes(rules))
    return latest[1]


def _classes(rules: Mapping[str, Rule]) -> dict[str, str]:
    parent: dict[str, str] = {}

    def root(rule_id: str) -> str:
        while parent.setdefault(rule_id, rule_id) != rule_id:
            rule_id = parent[rule_id]
        return rule_id

    for rule in rules.values():
        for other in rule.equivalents:
            if other in rules:
                first, second = sorted((root(rule.id), root(other)))
                parent[second] = first
    return {rule_id: root(rule_id) for rule_id in parent}
