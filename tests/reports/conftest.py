"""Reports made from real model objects: sources with hostile text, and scores that add up."""

from __future__ import annotations

import ast
import dataclasses
import math
from typing import TYPE_CHECKING

import pytest

from quality.model import (
    AnalyzerFailure,
    AnalyzerUse,
    Calibration,
    Confidence,
    Contribution,
    Curve,
    Dimension,
    Directive,
    FailureKind,
    Finding,
    Location,
    Measure,
    Peers,
    Profile,
    Reason,
    Report,
    Rule,
    Score,
    Severity,
    Source,
    SourceReport,
    Status,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FINGERPRINT = "sha256:" + "5e" * 32

WEIGHTS = {
    "complexity": (0.35, "Complexity", "How hard the control flow of each function is to follow."),
    "reliability": (0.20, "Reliability", "Constructs that tend to be bugs."),
    "security": (0.15, "Security", "Constructs that an attacker can use."),
    "structure": (0.15, "Structure", "Duplication, dead code and how the code is divided."),
    "clarity": (0.10, "Clarity", "Idiom, naming and needless words."),
    "efficiency": (0.05, "Efficiency", "Work that is repeated or grows faster than the input."),
}

RULES = {
    rule.id: rule
    for rule in (
        Rule(
            id="bandit:B602",
            title="Subprocess call with shell=True",
            dimension="security",
            severity=Severity.ERROR,
            why="A shell interprets its input: whoever controls a part of it runs any command.",
            analyzer="bandit",
            effort=20,
            cwe=78,
        ),
        Rule(
            id="pylint:dangerous-default-value",
            title="Mutable default argument",
            dimension="reliability",
            severity=Severity.WARNING,
            why="The default is made once and shared by all calls.",
            analyzer="pylint",
        ),
        Rule(
            id="pylint:unused-variable",
            title="Unused variable",
            dimension="clarity",
            severity=Severity.NOTE,
            why="A name that nobody reads makes readers look for its use.",
            analyzer="pylint",
            effort=2,
            confidence=Confidence.MEDIUM,
        ),
        Rule(
            id="radon:cognitive",
            title="Code that is hard to follow",
            dimension="complexity",
            severity=Severity.WARNING,
            why="Nested and broken control flow has to be kept in mind.",
            analyzer="radon",
            effort=30,
        ),
        Rule(
            id="quality:needless-nesting",
            title="Nesting that a guard clause removes",
            dimension="structure",
            severity=Severity.WARNING,
            why="Each level is a condition that the reader has to keep in mind.",
            analyzer="libcst",
            effort=10,
            documentation="## What it does\nFinds `if` blocks that hold the rest of a function.\n",
        ),
    )
}

HOSTILE = '''\
"""Parses orders. <script>alert("docstring")</script> ]]> --> {{ 7 * 7 }} [bold red]x[/]"""
import subprocess


def run(command, log=[]):
    # \x1b[31mred\x1b[0m and a hidden \u202egnirts\u202c
    log.append("</script><img src=x onerror=alert(1)>")
    return subprocess.call(command, shell=True)


def total(orders, rates):
    result = 0
    unused = "naïve 日本語"
    for order in orders:
        if order.open:
            if order.currency in rates:
                result += order.amount * rates[order.currency]
            elif order.amount > 0:
                result += order.amount
    return result
'''

CALM = '''\
"""Small and clean."""


def greet(name):
    return f"Hello, {name}."


class Counter:
    def __init__(self):
        self.value = 0

    def add(self, amount=1):
        self.value += amount
        return self.value
'''

BROKEN = "def broken(:\n    pass  # <b>never</b>\n"

#: Rule id, line, column, end column; the message is hostile on purpose.
Place = tuple[str, int, int, int]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: starts a browser; skipped where there is none")


def make_profile() -> Profile:
    calibration = Calibration(
        name="test",
        digest="ab" * 32,
        curves={"radon:cognitive": Curve(2, 15, 0.5)},
        half_points={"reliability": 0.08},
        points={"error": 5, "warning": 2.5, "note": 1},
        confidence={"high": 1, "medium": 0.7, "low": 0.4},
        grades={"A": 0.96, "B": 0.81, "C": 0.67, "D": 0.47, "E": 0.0},
        peers={"radon:cognitive": Peers(-1.175, 1.161, 0.512)},
        facts={"corpus": {"files": 1200, "name": "standard library"}, "date": "2025-01-01"},
    )
    return Profile(
        name="project",
        description="Judges a project.",
        sealed=False,
        analyzers=(AnalyzerUse("radon"), AnalyzerUse("pylint", required=False)),
        dimensions=tuple(
            Dimension(name, title, text, weight) for name, (weight, title, text) in WEIGHTS.items()
        ),
        calibration=calibration,
    )


def grade_of(value: float) -> str:
    return next(g for g, low in make_profile().calibration.grades.items() if value >= low)


def score_of(contributions: Iterable[Contribution], **more: object) -> Score:
    """Builds a score whose value, dimensions and gains follow from its losses."""
    entries = list(contributions)
    loss = math.fsum(entry.loss for entry in entries)
    value = 1 / (1 + loss)
    entries = [
        dataclasses.replace(entry, gain=1 / (1 + max(0.0, loss - entry.loss)) - value) for entry in entries
    ]
    dimensions = {
        name: 1 / (1 + math.fsum(e.loss for e in entries if e.dimension == name) / weight)
        for name, (weight, _, _) in WEIGHTS.items()
    }
    return Score(
        status=Status.MEASURED,
        profile="project",
        fingerprint=FINGERPRINT,
        value=value,
        grade=grade_of(value),
        dimensions=dimensions,
        contributions=tuple(sorted(entries, key=lambda e: (-e.loss, e.path, e.line, e.cause))),
        **more,  # type: ignore[arg-type]
    )


def measures_of(source: Source) -> tuple[Measure, ...]:
    return tuple(
        Measure(f"radon:{name}", float(value), unit.scope)
        for unit in source.outline.units
        for name, value in _counts(unit).items()
    )


def _counts(unit: Unit) -> dict[str, int]:
    branching = (ast.If, ast.For, ast.While, ast.Try, ast.With)
    inside = isinstance(unit.node, ast.FunctionDef)
    branches = sum(isinstance(node, branching) for node in ast.walk(unit.node)) if inside else 0
    arguments = getattr(unit.node, "args", None)
    return {
        "cognitive": branches * (branches + 1) // 2,
        "cyclomatic": branches + 1,
        "lloc": unit.lloc,
        "nesting": min(branches, 5),
        "parameters": len(arguments.args) if arguments else 0,
    }


def finding_at(path: str, place: Place) -> Finding:
    rule, line, column, end_column = place
    return Finding.of(
        RULES[rule],
        f"{RULES[rule].title} <i>here</i> & now",
        Location(path, line, column, line, end_column),
    )


def make_source(
    path: str,
    text: str,
    places: Iterable[Place] = (),
    *,
    suppress: int = 0,
    failures: tuple[AnalyzerFailure, ...] = (),
) -> SourceReport:
    """Judges a text: each finding costs a little, each function its complexity."""
    source = Source(text, path)
    findings = [finding_at(path, place) for place in places]
    findings = [
        dataclasses.replace(f, suppressed=n < suppress, fingerprint=f"{n:032x}")
        for n, f in enumerate(findings)
    ]
    size = source.outline.lloc + 8
    losses = [
        Contribution(f.dimension, f.rule_id, f.location.line, 4 / size, path=path)
        for f in findings
        if not f.suppressed
    ]
    measures = measures_of(source)
    losses += [
        Contribution(
            "complexity", m.metric, m.scope.line, 0.1 * m.value / size, path=path, scope=m.scope.name
        )
        for m in measures
        if m.metric == "radon:cognitive" and m.value > 0
    ]
    directives = tuple(
        Directive("noqa", (), finding.location, finding.location.line, finding.location.line)
        for finding in findings
        if finding.suppressed
    )
    score = score_of(
        losses,
        findings=tuple(sorted(findings, key=lambda f: f.order)),
        measures=measures,
        failures=failures,
        lloc=source.outline.lloc,
        path=path,
    )
    if failures:
        score = dataclasses.replace(score, status=Status.PARTIAL)
    return SourceReport(path, score, text, directives)


def make_unmeasured(path: str, text: str, reason: Reason, detail: str) -> SourceReport:
    score = Score(
        status=Status.UNMEASURED,
        profile="project",
        fingerprint=FINGERPRINT,
        reason=reason,
        detail=detail,
        path=path,
    )
    return SourceReport(path, score, text)


def make_report(sources: Iterable[SourceReport], **more: object) -> Report:
    """Judges sources together: losses weigh by size."""
    ordered = sorted(sources, key=lambda source: source.path)
    measured = [source.score for source in ordered if source.score.measured]
    lloc = sum(score.lloc for score in measured)
    total = score_of(
        (
            dataclasses.replace(entry, loss=entry.loss * score.lloc / lloc)
            for score in measured
            for entry in score.contributions
        ),
        lloc=lloc,
    )
    if not measured:
        total = dataclasses.replace(
            total, status=Status.UNMEASURED, reason=Reason.NO_CODE, value=None, grade=None, dimensions={}
        )
    options: dict[str, object] = {"title": "shop & <co>", **more}
    return Report(
        total=total,
        sources=ordered,
        profile=make_profile(),
        rules=RULES,
        versions={"python": "3.13", "quality": "0.1.0", "radon": "6.0.1"},
        **options,  # type: ignore[arg-type]
    )


def make_hostile_report() -> Report:
    return make_report(
        [
            make_source(
                "shop/<orders> & co.py",
                HOSTILE,
                [
                    ("pylint:dangerous-default-value", 5, 22, 24),
                    ("bandit:B602", 8, 12, 48),
                    ("pylint:unused-variable", 13, 5, 11),
                    ("quality:needless-nesting", 15, 9, 23),
                ],
                suppress=1,
                failures=(AnalyzerFailure("pylint", FailureKind.CRASH, "RecursionError: <deep>"),),
            ),
            make_source("shop/calm.py", CALM),
            make_unmeasured("shop/broken.py", BROKEN, Reason.SYNTAX_ERROR, "line 1: invalid syntax"),
        ],
        fail_under=90.0,
        failed=("The score 80.0 is below 90.", "shop/broken.py could not be measured (syntax-error)."),
    )


@pytest.fixture
def hostile_report() -> Report:
    """Three sources: hostile with findings, clean, unmeasurable. The gate fails."""
    return make_hostile_report()


@pytest.fixture
def calm_report() -> Report:
    """One clean source; the gate passes."""
    return make_report([make_source("calm.py", CALM)], title="calm", fail_under=50.0)


@pytest.fixture
def unmeasured_report() -> Report:
    """Nothing could be measured."""
    return make_report(
        [make_unmeasured("empty.py", "", Reason.EMPTY, "")],
        title="nothing",
        failed=("Nothing was measured.",),
    )


@pytest.fixture
def source_report() -> Callable[..., SourceReport]:
    return make_source


@pytest.fixture
def report_of() -> Callable[..., Report]:
    return make_report
