"""What an analyzer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.model._finding import AnalyzerFailure, Finding, Measure
    from quality.model._location import Location
    from quality.model._profile import OptionValue
    from quality.model._rule import Option, Rule
    from quality.model._source import Source


@dataclass(frozen=True, slots=True)
class Clearance:
    """That rules see a defect where a rule that knows more has shown that there is none.

    The host takes out the findings of the cleared rules in these lines. It only listens to a rule of the same
    distribution, and only about rules that it names as its equivalents.

    Attributes:
        by: Id of the rule that knows more.
        cleared: Ids of the rules that are wrong here.
        line: First line.
        end_line: Last line.
    """

    by: str
    cleared: tuple[str, ...]
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Trace:
    """What a rule notes of one source, to compare it with others when several are judged together.

    Attributes:
        rule_id: The rule.
        key: What is compared, such as a module's name or the digest of a function.
        location: Where it stands.
        name: What it is called in messages; may be empty.
    """

    rule_id: str
    key: str
    location: Location
    name: str = ""


class Comparing(Protocol):
    """What a catalogue entry's checker offers when its rule compares sources."""

    def across(self, entry: Rule, traces: Sequence[Trace]) -> Iterable[Finding]:
        """The findings that the traces of all sources give together; the same in any order of the sources.

        Args:
            entry: The rule's catalogue entry.
            traces: What the rule noted, in the order of the paths and of the places in them.
        """
        ...


@dataclass(frozen=True, slots=True)
class AnalyzerResult:
    """What an analyzer reports of one source, in any order; the host sorts.

    Attributes:
        findings: Defects.
        measures: Measured values.
        failures: Parts of the analyzer, such as single rules, that did not finish. The rest stands.
        clearances: Places where other rules' findings are shown to be wrong.
        traces: What rules note to compare it with other sources.
    """

    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    failures: tuple[AnalyzerFailure, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalyzerContext:
    """What the host tells an analyzer when it opens.

    Attributes:
        rules: The enabled rules that this analyzer runs, by id. It reports findings of no other.
        options: Values of the analyzer's own declared options.
        rule_options: Rule id → values of the rule's declared options.
        sealed: True when the text must not influence how it is analysed.
    """

    rules: Mapping[str, Rule]
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    rule_options: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    sealed: bool = True


@runtime_checkable
class Analyzer(Protocol):
    """Looks at one source at a time.

    The contract, which ``quality.testing.check_analyzer`` tests:

    - Creating one imports nothing heavy; ``open`` does.
    - ``analyze`` is a function of the source and the context: no state from earlier sources, no clock, no
      file, no environment, no network. The text is hostile; it is never executed or imported.
    - What cannot be analysed raises; the host turns any exception into an ``AnalyzerFailure``. Reporting
      nothing means that there is nothing to report.
    """

    @property
    def id(self) -> str:
        """One word, unique among all plugins."""
        ...

    @property
    def version(self) -> str:
        """Everything whose change can change results: its own version and the tools'."""
        ...

    @property
    def options(self) -> tuple[Option, ...]:
        """Options it declares."""
        ...

    def open(self, context: AnalyzerContext) -> None:
        """Imports the tool and prepares it once."""
        ...

    def analyze(self, source: Source) -> AnalyzerResult:
        """Reports one source."""
        ...
