"""The host: opened analyzers, and one way to use them."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from quality.analysis._clearances import cleared
from quality.analysis._findings import settle
from quality.analysis._guard import describe, run_guarded
from quality.analysis._options import option_values
from quality.analysis._prepare import Refusal, prepare
from quality.model import (
    Analysis,
    AnalyzerContext,
    AnalyzerFailure,
    ConfigurationError,
    FailureKind,
    HostError,
    Score,
    matches,
)
from quality.plugins import aside
from quality.scoring import Volume, fingerprint, judge, volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.model import (
        Analyzer,
        AnalyzerResult,
        Clearance,
        Finding,
        Measure,
        Option,
        OptionValue,
        Profile,
        Role,
        Rule,
        Source,
        Trace,
    )
    from quality.plugins import Plugins

_MEASURE_ORDER = attrgetter("scope.line", "scope.name", "metric")


@dataclass(frozen=True, slots=True)
class Host:
    """Opened analyzers under one profile.

    Attributes:
        profile: How it judges.
        rules: The enabled catalogue entries by id.
        versions: Analyzer id → version.
        fingerprint: Names everything that can move a score.
    """

    profile: Profile
    rules: Mapping[str, Rule]
    versions: Mapping[str, str]
    fingerprint: str
    _analyzers: tuple[Analyzer, ...]
    _closed: Mapping[str, str]
    _plugins: Plugins

    @classmethod
    def open(cls, profile: Profile, plugins: Plugins) -> Host:
        """Opens the profile's analyzers.

        Raises:
            HostError: A required analyzer is missing or does not open: without it every score would rise.
            ConfigurationError: The profile sets options that nobody declared, or selects rules that nobody
                brings.
        """
        rules = {rule_id: rule for rule_id, rule in plugins.rules.items() if profile.enables(rule_id)}
        values = _option_values(profile, plugins)
        opened: list[Analyzer] = []
        closed: dict[str, str] = {}
        for use in profile.analyzers:
            analyzer, problem = _open(use.id, profile, plugins, rules, values)
            if analyzer is not None:
                opened.append(analyzer)
            elif use.required:
                raise HostError(f"Profile {profile.name!r} needs the analyzer {use.id!r}: {problem}")
            else:
                closed[use.id] = problem
        _check_metrics(profile, plugins)
        _check_patterns(profile, plugins)
        versions = {analyzer.id: analyzer.version for analyzer in opened}
        mark = fingerprint(profile, {**versions, **closed}, rules.values())
        return cls(profile, rules, versions, mark, tuple(opened), closed, plugins)

    def prepare(self, data: str | bytes, path: str = "sample.py", role: Role = "product") -> Source | Refusal:
        """Decodes, gates and parses one text."""
        return prepare(data, path, self.profile.limits, role)

    def analyze(self, source: Source) -> Analysis:
        """Runs every analyzer on one source, each in a guard of its own."""
        findings: list[Finding] = []
        measures: list[Measure] = []
        clearances: list[Clearance] = []
        traces: list[Trace] = []
        failures = [AnalyzerFailure(id_, FailureKind.CRASH, text) for id_, text in self._closed.items()]
        seconds: dict[str, float] = {}
        for analyzer in self._analyzers:
            result = run_guarded(analyzer, source, self.rules, seconds)
            if isinstance(result, AnalyzerFailure):
                failures.append(result)
                continue
            findings += self._counting(result, source)
            measures += result.measures
            failures += result.failures
            traces += (trace for trace in result.traces if self._counts(trace.rule_id, source))
            clearances += (each for each in result.clearances if self._speaks(analyzer, each.by))
        findings = cleared(findings, clearances, self.rules, self._plugins.owners)
        return Analysis(
            path=source.path,
            sha256=source.sha256,
            lloc=source.outline.lloc,
            findings=settle(findings, source, self.rules, obey=not self.profile.sealed),
            measures=tuple(sorted(measures, key=_MEASURE_ORDER)),
            failures=tuple(failures),
            directives=source.directives,
            starts=source.starts if findings else (),
            traces=tuple(
                sorted(traces, key=lambda t: (t.rule_id, t.location.line, t.location.column, t.key))
            ),
            seconds=seconds,
        )

    def examine(self, data: str | bytes, path: str = "sample.py", role: Role = "product") -> Analysis:
        """Prepares and analyzes one text; what is refused becomes an analysis with a reason."""
        prepared = self.prepare(data, path, role)
        if isinstance(prepared, Refusal):
            return Analysis(path=path, sha256="", reason=prepared.reason, detail=prepared.detail)
        return self.analyze(prepared)

    def judge(self, analyses: Sequence[Analysis], *, reference: Volume | None = None) -> Score:
        """Judges analyses as one body of code, by the profile's own plugin if it brings a formula."""
        if len(analyses) == 1 and reference is None:
            score = self._plugins.observers.score(analyses[0], self.profile)
            if score is not None:
                return dataclasses.replace(score, profile=self.profile.name, fingerprint=self.fingerprint)
        return judge(analyses, self.profile, self.rules, self.fingerprint, reference=reference)

    def finished(self, analysis: Analysis, score: Score) -> None:
        """Tells the observers of a judged source."""
        self._plugins.observers.finished(analysis, score)

    def volume(self, analysis: Analysis) -> Volume:
        """The size of a source as a reference for others."""
        return volume(analysis, self.profile)

    def _speaks(self, analyzer: Analyzer, rule_id: str) -> bool:
        rule = self.rules.get(rule_id)
        return rule is not None and rule.analyzer == analyzer.id

    def _counting(self, result: AnalyzerResult, source: Source) -> list[Finding]:
        return [finding for finding in result.findings if self._counts(finding.rule_id, source)]

    def _counts(self, rule_id: str, source: Source) -> bool:
        """Tells whether a rule counts in a source; some do not in tests."""
        return source.role != "test" or not matches(rule_id, self.profile.ignore_in_tests)


def tool_versions(analyzers: Mapping[str, str]) -> dict[str, str]:
    """Everything in the fingerprint that has a version, for reports: Python, and the analyzers."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python, **dict(sorted(analyzers.items()))}


def declared_options(plugins: Plugins) -> dict[str, tuple[Option, ...]]:
    """Plugin or rule id → its options."""
    declared = {analyzer.id: tuple(analyzer.options) for analyzer in plugins.analyzers.values()}
    return declared | {rule.id: rule.options for rule in plugins.rules.values()}


def _option_values(profile: Profile, plugins: Plugins) -> Mapping[str, Mapping[str, OptionValue]]:
    """The options; where a plugin is broken, those of its rules are not wrong but lost."""
    try:
        return option_values(declared_options(plugins), profile.options, f"profile {profile.name!r}: ")
    except ConfigurationError as error:
        if not plugins.broken:
            raise
        raise HostError(f"Profile {profile.name!r} cannot be read: {error}", remedy=plugins.lost) from None


def _open(
    analyzer_id: str,
    profile: Profile,
    plugins: Plugins,
    rules: Mapping[str, Rule],
    values: Mapping[str, Mapping[str, OptionValue]],
) -> tuple[Analyzer | None, str]:
    analyzer = plugins.analyzers.get(analyzer_id)
    if analyzer is None:
        return None, f"no plugin brings it. {plugins.lost or 'Install the plugin that does.'}"
    own = {rule.id: rule for rule in rules.values() if rule.analyzer == analyzer_id}
    context = AnalyzerContext(
        rules=own,
        options=values.get(analyzer_id, {}),
        rule_options={rule_id: values[rule_id] for rule_id in own if values.get(rule_id)},
        sealed=profile.sealed,
    )
    try:
        with aside():
            analyzer.open(context)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the guard around opening
        return None, f"it does not open ({describe(error)}). Reinstall its plugin."
    return analyzer, ""


def _check_patterns(profile: Profile, plugins: Plugins) -> None:
    """A pattern that selects nothing means that rules are lost: without them every score would rise."""
    lost = [
        pattern
        for pattern in profile.select
        if not any(matches(rule_id, (pattern,)) for rule_id in plugins.rules)
    ]
    if lost and profile.select != ("*",):
        what = f"Profile {profile.name!r} selects rules that no plugin brings: {', '.join(lost)}."
        if plugins.broken:
            raise HostError(what, remedy=plugins.lost)
        raise ConfigurationError(what, remedy="Correct the pattern, or install the plugin that brings them.")


def _check_metrics(profile: Profile, plugins: Plugins) -> None:
    """A curve over a metric that nobody measures would be a score made of nothing."""
    missing = sorted({*profile.calibration.curves, profile.size_metric} - plugins.metrics.keys())
    if missing and any(dimension.half_points is None for dimension in profile.dimensions):
        raise HostError(
            f"Profile {profile.name!r} judges by metrics that no plugin measures: {', '.join(missing)}.",
            remedy="Install the plugin that measures them or use another calibration table.",
        )
