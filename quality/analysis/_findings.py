"""The host's part of findings: order, fingerprints, suppression."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Directive, Finding, Rule, Source

#: Directives for formatters, type checkers and coverage: they say nothing about findings.
_OTHER_TRADES = frozenset(
    {"fmt", "isort", "yapf", "coverage", "type", "mypy", "pyright", "pyre", "pytype", "ty", "complexipy"}
)
#: Of these, the type checkers: what one is told by the name of an error not to say, a rule that says the same need not.
_TYPE_CHECKERS = frozenset({"type", "mypy", "pyright", "pyre", "ty"})


def settle(
    findings: Iterable[Finding], source: Source, rules: Mapping[str, Rule], *, obey: bool
) -> tuple[Finding, ...]:
    """Sorts findings, gives each its fingerprint and marks the suppressed ones.

    Who reads errors and warnings wants to be sure of them: one of low confidence is one step lower, but in a sealed profile, whose
    findings nobody reads, and where an error that is hard to tell costs what it does.

    Args:
        findings: As the analyzers reported them.
        source: Where they were found.
        rules: The catalogue by id.
        obey: Whether directives in the text count; never in a sealed profile.
    """
    counts: dict[tuple[str, str], int] = {}
    settled: list[Finding] = []
    known = map(_without_doubt, findings) if obey else findings
    for finding in sorted(known, key=lambda each: each.order):
        line = source.lines[finding.location.line - 1].strip()
        key = (finding.rule_id, line)
        counts[key] = counts.get(key, 0) + 1
        settled.append(
            dataclasses.replace(
                finding,
                fingerprint=_fingerprint(*key, counts[key]),
                suppressed=obey and any(_silences(each, finding, rules) for each in source.directives),
            )
        )
    return tuple(settled)


def _without_doubt(finding: Finding) -> Finding:
    if finding.confidence is not Confidence.LOW or finding.severity is Severity.NOTE:
        return finding
    lower = Severity.WARNING if finding.severity is Severity.ERROR else Severity.NOTE
    return dataclasses.replace(finding, severity=lower)


def _fingerprint(rule_id: str, line: str, occurrence: int) -> str:
    """Rule, the line's text and which of the equal ones: stable while other lines change."""
    text = f"{rule_id}\n{line}\n{occurrence}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _silences(directive: Directive, finding: Finding, rules: Mapping[str, Rule]) -> bool:
    if directive.tool in _OTHER_TRADES and not (directive.codes and directive.tool in _TYPE_CHECKERS):
        return False
    first, last = finding.location.line, finding.location.line
    if directive.tool == "nosec":  # as bandit reads it: in any line of what it is about
        last = finding.location.end_line
    if last < directive.first_line or directive.last_line < first:
        return False
    if directive.tool in {"pylint", "nosec"} and finding.rule_id.split(":")[0] != _SPEAKS_FOR[directive.tool]:
        return False
    return not directive.codes or any(_names(code, finding.rule_id, rules) for code in directive.codes)


_SPEAKS_FOR = {"pylint": "pylint", "nosec": "bandit"}


def _names(code: str, rule_id: str, rules: Mapping[str, Rule]) -> bool:
    """Tells whether a code in a directive means a rule: its name, or what another tool calls it."""
    rule = rules.get(rule_id)
    names = {
        rule_id.lower(),
        rule_id.split(":")[1].lower(),
        *(a.lower() for a in (rule.aliases if rule else ())),
    }
    return code in names or code.removeprefix("pl") in names
