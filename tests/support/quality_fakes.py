"""Fakes of everything that plugins bring, small enough to be read in a test."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable, Iterable
from types import SimpleNamespace

from quality.model import (
    Analysis,
    AnalyzerContext,
    AnalyzerResult,
    AnalyzerUse,
    Calibration,
    Curve,
    Dimension,
    Finding,
    Location,
    Measure,
    Metric,
    Option,
    Profile,
    Rule,
    Scope,
    ScopeKind,
    Severity,
    Source,
)
from quality.plugins import FoundPlugin, LoadedPlugin, Plugins, hookimpl, load_plugins

METRIC = "fake:complexity"
SIZE = "fake:lloc"
METRICS = (Metric(METRIC, "Complexity", "points", "lower"), Metric(SIZE, "Size", "statements", "lower"))

CALIBRATION = Calibration(
    name="fake-table",
    digest="0",
    curves={METRIC: Curve(p90=2.0, p50=15.0, exponent=1.0)},
    half_points={"reliability": 0.1},
    points={"note": 1.0, "warning": 2.5, "error": 5.0},
    confidence={"low": 0.4, "medium": 0.7, "high": 1.0},
    grades={"A": 0.9, "B": 0.7, "C": 0.5, "D": 0.3, "E": 0.0},
)

DIMENSIONS = (
    Dimension("complexity", "Complexity", "How hard it is to follow.", 0.4),
    Dimension("reliability", "Reliability", "Bugs.", 0.4, 0.1),
    Dimension("clarity", "Clarity", "Style.", 0.2, 0.2),
)

PROFILE = Profile(
    name="fake",
    description="For tests.",
    sealed=True,
    analyzers=(AnalyzerUse("fake"),),
    dimensions=DIMENSIONS,
    calibration=CALIBRATION,
    size_metric=SIZE,
    distribution="fake-plugin",
)

RULE = Rule("fake:pass", "A pass statement", "reliability", Severity.WARNING, "It does nothing.", "fake")
OTHER = Rule("fake:name", "A bad name", "clarity", Severity.NOTE, "It says nothing.", "fake")
TWIN = dataclasses.replace(RULE, id="twin:pass", severity=Severity.ERROR, equivalents=("fake:pass",))
COUSIN = dataclasses.replace(TWIN, id="near:pass", dimension="clarity")
RULES = {rule.id: rule for rule in (RULE, OTHER, TWIN, COUSIN)}


def profile(**changes: object) -> Profile:
    return dataclasses.replace(PROFILE, **changes)


class FakeAnalyzer:
    """Reports ``fake:pass`` at each ``pass`` and measures every unit; ``then`` may do something first."""

    options: tuple[Option, ...] = ()

    def __init__(
        self, id_: str = "fake", *, then: Callable[[Source], object] | None = None, version: str = "1"
    ) -> None:
        self.id = id_
        self.version = version
        self.then = then
        self.context: AnalyzerContext | None = None

    def open(self, context: AnalyzerContext) -> None:
        self.context = context

    def analyze(self, source: Source) -> AnalyzerResult:
        assert self.context is not None
        if self.then is not None:
            self.then(source)
        return AnalyzerResult(tuple(self._findings(source)), tuple(self._measures(source)))

    def _findings(self, source: Source) -> Iterable[Finding]:
        rule = self.context.rules.get(RULE.id)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Pass) and rule is not None:
                yield Finding.of(rule, "pass does nothing", source.location_of(node))

    def _measures(self, source: Source) -> Iterable[Measure]:
        for unit in source.outline.units:
            yield Measure(METRIC, sum(isinstance(n, ast.If) for n in ast.walk(unit.node)), unit.scope)
            yield Measure(SIZE, unit.lloc, unit.scope)


def fake_renderer(id_: str) -> object:
    return SimpleNamespace(id=id_, description="For tests.", render=lambda report: f"{report.title}\n")


def found(name: str, distribution: str = "fake-plugin", value: str = "nowhere") -> FoundPlugin:
    return FoundPlugin(distribution, name, "1.0", value)


def plugin(name: str, distribution: str = "fake-plugin", **hooks: Callable[..., object]) -> LoadedPlugin:
    """A plugin made of hooks: ``plugin("a", quality_rules=lambda: [...])``."""
    for hook, function in hooks.items():
        hookimpl(function, specname=hook)
    return LoadedPlugin(found(name, distribution), SimpleNamespace(**hooks))


def plugins(analyzer: object | None = None, *, rules: Iterable[Rule] = RULES.values()) -> Plugins:
    """The fake analyzer, its metrics and rules, loaded."""
    used = FakeAnalyzer() if analyzer is None else analyzer
    whole = plugin(
        "fake",
        quality_analyzers=lambda: [used],
        quality_metrics=lambda: METRICS,
        quality_rules=lambda: list(rules),
    )
    return load_plugins((), objects=[whole])


def finding(
    rule: Rule = RULE, line: int = 1, *, path: str = "sample.py", message: str = "wrong", **changes: object
) -> Finding:
    return dataclasses.replace(Finding.of(rule, message, Location(path, line)), **changes)


def unit(
    name: str, *, complexity: float = 0, lloc: float = 5, line: int = 1, digest: str = ""
) -> list[Measure]:
    scope = Scope(ScopeKind.FUNCTION, name, line, line + int(lloc), digest)
    return [Measure(METRIC, complexity, scope), Measure(SIZE, lloc, scope)]


def analysis(
    findings: Iterable[Finding] = (), units: Iterable[list[Measure]] = (), **changes: object
) -> Analysis:
    """An analysis whose size is that of its units (a unit of 10 statements when none is given)."""
    measured = list(units) or [unit("function", lloc=10)]
    size = sum(measure.value for pair in measured for measure in pair if measure.metric == SIZE)
    return dataclasses.replace(
        Analysis(
            "sample.py",
            "0",
            lloc=int(size),
            findings=tuple(findings),
            measures=tuple(measure for pair in measured for measure in pair),
        ),
        **changes,
    )
