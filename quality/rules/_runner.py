"""Runs rules over sources."""

from __future__ import annotations

import ast
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import AnalyzerFailure, AnalyzerResult, FailureKind, Finding
from quality.rules._base import AstRule, BaseRule, CstRule
from quality.rules._choice import Choice
from quality.rules._facts import Facts
from quality.rules._walks import ConcreteWalk, Handler, Handlers, handlers_of, in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import libcst

    from quality.model import OptionValue, Rule, Source

_NO_OPTIONS: Mapping[str, OptionValue] = {}


@dataclass(frozen=True, slots=True)
class RuleTiming:
    """What a rule cost and brought.

    Attributes:
        rule_id: The rule.
        seconds: Time in its methods.
        hits: Findings.
        sources: Sources it was run on: those that have a node that it looks at, and that it says it concerns.
    """

    rule_id: str
    seconds: float
    hits: int
    sources: int


class RuleRunner:
    """Rules, prepared once to run over many sources.

    Args:
        entries: Catalogue entries whose checker is an ``AstRule`` or ``CstRule``.
        options: Rule id → values of its options; defaults for what is missing.
        timed: Measure time and hits per rule. Costs nothing when off.
        analyzer: Id of the analyzer that failures name.

    Raises:
        TypeError: When an entry's checker is no rule class.
        ValueError: When a method of a ``CstRule`` names no node of libcst.
    """

    def __init__(
        self,
        entries: Iterable[Rule],
        options: Mapping[str, Mapping[str, OptionValue]] | None = None,
        *,
        timed: bool = False,
        analyzer: str = "libcst",
    ) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.id)
        self._classes = [rule_class(entry) for entry in self._entries]
        self._options = options or {}
        self._analyzer = analyzer
        self._seconds = [0.0] * len(self._entries)
        self._hits = [0] * len(self._entries)
        self._sources = [0] * len(self._entries)
        self._timed = timed
        indexed = list(enumerate(self._classes))
        self._given = [self._options.get(entry.id, _NO_OPTIONS) for entry in self._entries]
        self._handlers = [self._handlers_of(index, rule) for index, rule in indexed]
        self._choice = Choice(self._classes, self._handlers)
        self._syntax = {
            index: (rule, self._entries[index], self._given[index], self._handlers[index])
            for index, rule in indexed
            if issubclass(rule, AstRule)
        }
        self._concrete = {index: rule for index, rule in indexed if issubclass(rule, CstRule)}
        self._all = frozenset(range(len(indexed)))
        self._as_written = frozenset(self._concrete) | {i for i, c in indexed if c.as_written}

    def _handlers_of(self, index: int, rule: type[BaseRule]) -> Handlers:
        def clock(handler: Handler) -> Handler:
            return self._clock(index, handler)

        wrap = clock if self._timed else None
        if issubclass(rule, AstRule):
            return handlers_of(rule, ast, wrap)
        import libcst  # heavy, and needed by few rules

        for method, _, node in rule.handlers:
            if not hasattr(libcst, node):
                raise ValueError(f"rule {rule.__name__}: {method} names no node of libcst")
        return handlers_of(rule, libcst, wrap)

    def run(self, source: Source) -> AnalyzerResult:
        """Runs all rules over one source. A rule that raises is named in ``failures``; the rest stands.

        Raises:
            SyntaxError: And whatever else ``ast.parse`` raises on the text.
        """
        failed: dict[int, Exception] = {}
        run: set[int] = set()
        telling: dict[int, AstRule] = {}
        facts_of = [(Facts(view), indices) for view, indices in self._views(source)]
        for facts, indices in facts_of:
            chosen = self._choice.of(facts.source, facts, indices, failed)
            run |= chosen
            self._run_syntax(facts, chosen & self._syntax.keys(), telling, failed)
        findings = [finding for rule in telling.values() for finding in rule.findings]
        concrete = run & self._concrete.keys()
        if concrete:
            findings += self._run_concrete(facts_of[0][0], concrete, failed)
        if self._timed:
            self._count(run, findings)
        for facts, _ in facts_of:
            facts.forget()
        failures = [self._failure(self._entries[index].id, failed[index]) for index in sorted(failed)]
        sound = [rule for index, rule in telling.items() if index not in failed]
        return AnalyzerResult(
            tuple(findings),
            failures=tuple(failures),
            clearances=tuple([clearance for rule in sound for clearance in rule.clearances]),
            traces=tuple([trace for rule in sound for trace in rule.traces]),
        )

    def timings(self) -> tuple[RuleTiming, ...]:
        """Time and hits so far by rule id; zeros unless ``timed``."""
        columns = zip(self._entries, self._seconds, self._hits, self._sources, strict=True)
        return tuple(
            RuleTiming(entry.id, seconds, hits, sources) for entry, seconds, hits, sources in columns
        )

    def _views(self, source: Source) -> list[tuple[Source, frozenset[int] | None]]:
        """The source as it is written and with its detours written out, and which rules see it so; None for all."""
        if source.brief is source:
            return [(source, None)]
        return [(source, self._as_written), (source.brief, self._all - self._as_written)]

    def _run_syntax(
        self, facts: Facts, chosen: set[int], telling: dict[int, AstRule], failed: dict[int, Exception]
    ) -> None:
        """Runs rules of the syntax tree, each with a new object; keeps those that have something to tell, which few have."""
        source, kinds = facts.source, facts.source.nodes.kinds
        seen = frozenset(kinds)
        for index in sorted(chosen):
            rule_class, entry, options, handlers = self._syntax[index]
            rule = None
            try:
                rule = rule_class(source, facts, entry, options)
                visited = handlers.kinds if len(handlers.kinds) == 1 else handlers.kinds & seen
                if handlers.leave:
                    for _, handler, node in in_order(handlers, kinds, facts.spans):
                        handler(rule, node)
                elif len(visited) == 1:  # as mostly: nodes of one type are in order already
                    (kind,) = visited
                    handler = handlers.visit[kind]
                    for node in kinds[kind]:
                        handler(rule, node)
                else:
                    visit = handlers.visit
                    nodes = [node for kind in visited for node in kinds[kind]]
                    for node in sorted(nodes, key=facts.spans.__getitem__):
                        visit[type(node)](rule, node)
            except Exception as error:  # noqa: BLE001 - the guard around each rule
                failed[index] = error
            if rule is not None and rule.tells:
                telling[index] = rule

    def _run_concrete(self, facts: Facts, chosen: set[int], failed: dict[int, Exception]) -> list[Finding]:
        """Runs rules of the concrete tree, which is made for them alone."""
        source = facts.source
        try:
            module = source.cst
        except Exception as error:  # noqa: BLE001 - the parsers disagree on some texts: that costs these rules only
            failed.update(dict.fromkeys(chosen, error))
            return []
        rules: dict[int, CstRule] = {}
        for index in sorted(chosen):
            try:
                rules[index] = self._concrete[index](source, facts, self._entries[index], self._given[index])
            except Exception as error:  # noqa: BLE001 - the guard around each rule
                failed[index] = error
        walk = ConcreteWalk(self._handlers, rules)
        walk.over(module)
        failed.update(walk.failed)
        return _placed(source, module, rules.values())

    def _clock(self, index: int, handler: Handler) -> Handler:
        def timed(rule: object, node: object) -> None:
            start = time.perf_counter()
            try:
                handler(rule, node)
            finally:
                self._seconds[index] += time.perf_counter() - start

        return timed

    def _count(self, run: set[int], findings: list[Finding]) -> None:
        hits = Counter(finding.rule_id for finding in findings)
        for index in run:
            self._sources[index] += 1
            self._hits[index] += hits[self._entries[index].id]

    def _failure(self, rule_id: str, error: Exception) -> AnalyzerFailure:
        said = " ".join(str(error).split())[:200]
        text = f"rule {rule_id}: {type(error).__name__}: {said}"
        return AnalyzerFailure(self._analyzer, FailureKind.CRASH, text, rule_id)


def rule_class(entry: Rule) -> type[BaseRule]:
    """The class that a catalogue entry's checker is.

    Raises:
        TypeError: When it is none.
    """
    checker = entry.checker
    if isinstance(checker, type) and issubclass(checker, AstRule | CstRule):
        return checker
    raise TypeError(f"rule {entry.id}: its checker is {checker!r}, which is no AstRule or CstRule")


def _placed(source: Source, module: libcst.Module, rules: Collection[CstRule]) -> list[Finding]:
    """Finds the positions of what the rules of the concrete tree reported."""
    if not any(rule.reports for rule in rules):
        return []
    from libcst.metadata import MetadataWrapper, PositionProvider  # heavy, and rarely needed

    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    findings: list[Finding] = []
    for rule in rules:
        for node, message, severity, confidence in rule.reports:
            start, end = positions[node].start, positions[node].end
            place = source.location(start.line, start.column + 1, end.line, end.column + 1)
            findings.append(Finding.of(rule.entry, message, place, severity=severity, confidence=confidence))
    return findings
