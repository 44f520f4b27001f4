"""Conformance of the code that rules show."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from quality.model import AnalyzerContext, Source
from quality.rules import BaseRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import Analyzer, Case, Rule


def check_cases(analyzer: Analyzer, rules: Iterable[Rule]) -> None:
    """Holds rules to the cases they show: the reported ones are reported by exactly this rule, the others not.

    Rules that are written with ``quality.rules`` are left out: ``check_case`` looks closer at theirs.

    Args:
        analyzer: Not yet opened. A copy of it is used, opened once with all of these rules and their defaults.
        rules: The catalogue; of these, the analyzer gets its own.

    Raises:
        AssertionError: With a line per broken promise.
    """
    own = {rule.id: rule for rule in rules if rule.analyzer == analyzer.id and not _is_class(rule.checker)}
    opened = copy.deepcopy(analyzer)
    settings = {rule.id: {option.name: option.default for option in rule.options} for rule in own.values()}
    options = {option.name: option.default for option in analyzer.options}
    opened.open(AnalyzerContext(own, options, settings))
    problems = [line for rule in own.values() for case in rule.cases() for line in _judge(opened, rule, case)]
    if problems:
        raise AssertionError("\n".join(problems))


def _judge(analyzer: Analyzer, rule: Rule, case: Case) -> Iterator[str]:
    result = analyzer.analyze(Source(case.code))
    found = {finding.rule_id for finding in result.findings}
    for failure in result.failures:
        yield f"{rule.id}: {failure.rule or failure.analyzer} did not finish ({failure.kind}: {failure.text}):\n{case.code}"
    if (rule.id in found) is not case.reported:
        others = ", ".join(sorted(found)) or "nothing"
        yield f"{rule.id}: {'is not' if case.reported else 'is'} reported here (found: {others}):\n{case.code}"


def _is_class(checker: object) -> bool:
    return isinstance(checker, type) and issubclass(checker, BaseRule)
