"""The second step where several sources are judged together: what rules noted of each is compared.

Each source is still analysed alone, so that its analysis can be kept and reused. What the comparison adds depends on
all sources and is never kept.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from quality.analysis._findings import settle
from quality.analysis._guard import describe
from quality.analysis._prepare import readable
from quality.model import AnalyzerFailure, FailureKind, Finding, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.model import Analysis, Comparing, Rule, Trace


def compare_sources(
    analyses: Sequence[Analysis], texts: Sequence[str], rules: Mapping[str, Rule], *, obey: bool
) -> list[Analysis]:
    """Adds what rules find when they see all sources.

    Args:
        analyses: Of all sources, in any order.
        texts: The sources' texts, as ``with_newlines`` leaves them, in the same order.
        rules: The enabled catalogue entries by id.
        obey: Whether suppression directives count; never in a sealed profile.

    Returns:
        The analyses, in the same order; the very same object where nothing was added.
    """
    by_rule: dict[str, list[Trace]] = {}
    for trace in sorted((t for a in analyses for t in a.traces if t.rule_id in rules), key=_order):
        by_rule.setdefault(trace.rule_id, []).append(trace)
    found: list[Finding] = []
    failures: list[AnalyzerFailure] = []
    for rule_id, own in sorted(by_rule.items()):
        entry = rules[rule_id]
        try:
            found += cast("Comparing", entry.checker).across(entry, own)
        except Exception as error:  # noqa: BLE001 - the guard around each rule
            text = f"rule {rule_id}: {describe(error)}"
            failures.append(AnalyzerFailure(entry.analyzer, FailureKind.CRASH, text, rule_id))
    if not found and not failures:
        return list(analyses)
    first = min((analysis.path for analysis in analyses if analysis.traces), default="")
    return [
        _with(analysis, text, found, failures if analysis.path == first else (), rules, obey=obey)
        for analysis, text in zip(analyses, texts, strict=True)
    ]


def _with(
    analysis: Analysis,
    text: str,
    found: Sequence[Finding],
    failures: Sequence[AnalyzerFailure],
    rules: Mapping[str, Rule],
    *,
    obey: bool,
) -> Analysis:
    own = [finding for finding in found if finding.location.path == analysis.path]
    if not own and not failures:
        return analysis
    seen, directives = readable(text, analysis.path)
    source = Source(seen, analysis.path, directives=directives)
    added = settle(own, source, rules, obey=obey)
    findings = sorted([*analysis.findings, *added], key=lambda finding: finding.order)
    return dataclasses.replace(analysis, findings=tuple(findings), failures=(*analysis.failures, *failures))


def _order(trace: Trace) -> tuple[str, int, int, str]:
    return trace.location.path, trace.location.line, trace.location.column, trace.key
