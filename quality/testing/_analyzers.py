"""Conformance of analyzers."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import pickle
from typing import TYPE_CHECKING

from quality.model import Analyzer, AnalyzerContext, AnalyzerResult, Source
from quality.testing._sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quality.model import Finding, OptionValue, Rule

#: Makes any text a syntax error.
_BREAK = "\ndef (:\n"


def check_analyzer(
    analyzer: Analyzer,
    sources: Iterable[str] | None = None,
    *,
    rules: Iterable[Rule] = (),
    options: Mapping[str, OptionValue] | None = None,
) -> None:
    """Holds an analyzer to the contract of ``quality.model.Analyzer``.

    It opens, and on every source: gives equal results for equal texts whatever it saw before and in whatever
    order; reports enabled rules only, inside the text; measures finite numbers; leaves the source's trees as
    they were; writes nothing to stdout or stderr; gives results that can be pickled; and of a text that does
    not parse it does not say less than of the same text when it parses, unless it raises.

    Args:
        analyzer: Not yet opened. Copies of it are used.
        sources: Texts; those of ``quality.testing.SOURCES`` when not given.
        rules: The catalogue; of these, the analyzer gets its own.
        options: Values of its options; the defaults for what is missing.

    Raises:
        AssertionError: With a line per problem.
    """
    texts = SOURCES if sources is None else tuple(sources)
    problems = list(_declaration(analyzer))
    if not problems:
        own = {rule.id: rule for rule in rules if rule.analyzer == analyzer.id}
        values = {option.name: option.default for option in analyzer.options} | dict(options or {})
        problems = _Trial(analyzer, own, values).problems(texts)
    if problems:
        name = getattr(analyzer, "id", type(analyzer).__name__)
        raise AssertionError("\n".join([f"analyzer {name!r}:", *dict.fromkeys(problems)]))


def _declaration(analyzer: object) -> Iterator[str]:
    if not isinstance(analyzer, Analyzer):
        yield "lacks id, version, options, open or analyze"
        return
    if not analyzer.id.isidentifier():
        yield f"its id should be one word, got {analyzer.id!r}"
    if not analyzer.version:
        yield "its version is empty, so a new version of it would not change the fingerprint"
    names = [option.name for option in analyzer.options]
    if len(names) != len(set(names)):
        yield f"declares an option twice: {', '.join(names)}"


class _Trial:
    """One analyzer on its way through the checks."""

    def __init__(
        self, analyzer: Analyzer, rules: Mapping[str, Rule], options: Mapping[str, OptionValue]
    ) -> None:
        self._analyzer = analyzer
        self._rules = rules
        self._options = options
        self._problems: list[str] = []

    def problems(self, texts: Sequence[str]) -> list[str]:
        """Runs everything and returns what is wrong."""
        noise = io.StringIO()
        with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
            self._run(texts)
        if noise.getvalue():
            self._problems.append(f"writes to stdout or stderr: {noise.getvalue()[:80]!r}")
        return self._problems

    def _run(self, texts: Sequence[str]) -> None:
        opened = self._open(self._rules)
        if opened is None:
            return
        results = [self._examine(opened, text) for text in texts]
        self._compare("sees them a second time", texts, results, [self._say(opened, t) for t in texts])
        turned = self._open(self._rules)
        if turned is not None:
            backwards = [self._say(turned, text) for text in reversed(texts)]
            self._compare("sees them in another order", texts, results, backwards[::-1])
        self._check_selection(texts)
        for text, result in zip(texts, results, strict=True):
            self._check_broken(opened, text, result)

    def _open(self, rules: Mapping[str, Rule]) -> Analyzer | None:
        analyzer = copy.deepcopy(self._analyzer)
        settings = {
            rule.id: {option.name: option.default for option in rule.options} for rule in rules.values()
        }
        try:
            analyzer.open(AnalyzerContext(rules, self._options, settings))
        except Exception as error:  # noqa: BLE001 - to be reported, whatever it is
            self._problems.append(f"does not open: {error!r}")
            return None
        return analyzer

    def _say(self, analyzer: Analyzer, text: str) -> AnalyzerResult | None:
        """The result in a fixed order, or None after an exception."""
        try:
            result: object = analyzer.analyze(Source(text))
        except Exception as error:  # noqa: BLE001 - to be reported, whatever it is
            self._problems.append(f"raises on a good source: {error!r} on {text[:40]!r}")
            return None
        return _ordered(result) if isinstance(result, AnalyzerResult) else None

    def _examine(self, analyzer: Analyzer, text: str) -> AnalyzerResult | None:
        """Analyzes a text and looks at everything that can be seen in one result."""
        source = Source(text)
        before = _state(source)
        try:
            result: object = analyzer.analyze(source)
        except Exception as error:  # noqa: BLE001 - to be reported, whatever it is
            self._problems.append(f"raises on a good source: {error!r} on {text[:40]!r}")
            return None
        if _state(source) != before:
            self._problems.append("changes the source or its trees, which other analyzers share")
        if not isinstance(result, AnalyzerResult):
            self._problems.append(f"returns {type(result).__name__} instead of AnalyzerResult")
            return None
        self._problems += [f"fails in part: {failure.text}" for failure in result.failures]
        self._check_findings(result.findings, source)
        self._check_pickle(result)
        return _ordered(result)

    def _check_findings(self, findings: Iterable[Finding], source: Source) -> None:
        for finding in findings:
            if finding.rule_id not in self._rules:
                self._problems.append(f"reports {finding.rule_id!r}, which is not among its enabled rules")
            if not _inside(finding, source):
                self._problems.append(f"reports {finding.rule_id} outside the text: {finding.location}")
            if finding.fingerprint or finding.suppressed:
                self._problems.append(f"sets fingerprint or suppressed of {finding.rule_id}; the host does")

    def _check_pickle(self, result: AnalyzerResult) -> None:
        try:
            equal = pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - made one expression earlier
        except Exception as error:  # noqa: BLE001 - pickling calls code of the result's parts
            self._problems.append(f"gives a result that cannot be pickled: {error!r}")
            return
        if not equal:
            self._problems.append("gives a result that changes when it is pickled (is a number not finite?)")

    def _check_selection(self, texts: Sequence[str]) -> None:
        """With half of the rules enabled, nothing of the other half is reported."""
        half = {rule_id: self._rules[rule_id] for rule_id in sorted(self._rules)[::2]}
        analyzer = self._open(half) if len(half) < len(self._rules) else None
        if analyzer is None:
            return
        results = [result for text in texts if (result := self._say(analyzer, text))]
        extra = {finding.rule_id for result in results for finding in result.findings} - half.keys()
        self._problems += [f"reports {rule_id!r} when it is not enabled" for rule_id in sorted(extra)]

    def _check_broken(self, analyzer: Analyzer, text: str, good: AnalyzerResult | None) -> None:
        """Silence about a text that cannot be analysed would pass for a clean bill."""
        try:
            result: object = analyzer.analyze(Source(text + _BREAK))
        except Exception:  # noqa: BLE001 - that is what it should do
            return
        silent = isinstance(result, AnalyzerResult) and not (
            result.findings or result.measures or result.failures
        )
        if silent and good is not None and (good.findings or good.measures):
            self._problems.append(f"reports nothing about a text that does not parse: {text[:40]!r}...")

    def _compare(
        self,
        when: str,
        texts: Sequence[str],
        first: Sequence[AnalyzerResult | None],
        second: Sequence[AnalyzerResult | None],
    ) -> None:
        for text, one, other in zip(texts, first, second, strict=True):
            if one != other:
                self._problems.append(f"gives another result when it {when}: {text[:40]!r}")


def _ordered(result: AnalyzerResult) -> AnalyzerResult:
    return AnalyzerResult(
        tuple(sorted(result.findings, key=lambda finding: (finding.order, repr(finding)))),
        tuple(sorted(result.measures, key=repr)),
        result.failures,
    )


def _state(source: Source) -> object:
    """Everything that analyzers share, attributes that somebody may have hung on the nodes included."""
    nodes = [sorted(vars(node)) for node in ast.walk(source.tree)]
    return (source.text, source.path, ast.dump(source.tree, include_attributes=True), nodes, source.tokens)


def _inside(finding: Finding, source: Source) -> bool:
    where = finding.location
    if where.path != source.path or not where.line <= where.end_line <= len(source.lines):
        return False
    first, last = source.lines[where.line - 1], source.lines[where.end_line - 1]
    return where.column <= len(first) + 1 and where.end_column <= len(last) + 1
