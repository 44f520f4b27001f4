"""Judging files: from paths to a report with the gate's verdict."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quality.analysis import compare_sources, with_newlines
from quality.model import Analysis, Evidence, Reason, Report, SourceReport
from quality.project._files import FoundFile, find_files, is_marker
from quality.project._judging import judging_profile, open_scorer, read_file
from quality.project._sought import Sought, sought_evidence
from quality.project.evidence import coverage_of, gate_lines, read_coverage, read_suites
from quality.runtime import Outcome, Task, plugins_for, user_cache
from quality.scoring import judge, unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quality.model import Profile, Rule
    from quality.project._settings import Settings
    from quality.runtime import Counters, Scorer


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the call asks for; it goes before the settings.

    Attributes:
        profile: Profile name or file, or None for the settings' or ``project``.
        jobs: Worker processes; 0 for none; None for the settings' or what the machine and the files suggest.
        timeout: CPU seconds per source, or None for the settings' or 10.
        fail_under: The gate's bound in 0 to 100, or None for the settings'.
        gate: False for a report without a verdict.
        cache: The file that keeps results; ``"user"`` for one in the user's cache folder unless the profile
            is sealed, so that nothing at home decides about a sealed one; None for none.
        suites: JUnit XML files with the results of tests; none for the settings'.
        coverage: Coverage files, XML, JSON or LCOV; none for the settings'.
    """

    profile: str | None = None
    jobs: int | None = None
    timeout: float | None = None
    fail_under: float | None = None
    gate: bool = True
    cache: Path | Literal["user"] | None = None
    suites: tuple[Path, ...] = ()
    coverage: tuple[Path, ...] = ()


def check(
    paths: Sequence[Path],
    settings: Settings,
    options: CheckOptions,
    progress: Callable[[int, int], None] | None = None,
    count: Callable[[Counters], None] | None = None,
) -> Report:
    """Judges the sources below the paths, each alone and all together.

    Args:
        paths: Files and folders.
        settings: The tree's settings.
        options: The call's.
        progress: Called with (done, all) after each source.
        count: Called at the end with what was done.

    Raises:
        UsageError: A path does not exist, a file of evidence cannot be used, or there is no such profile.
        HostError: A required analyzer is missing or broken.
    """
    return report_on(gather(paths, settings, options), progress, count)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a report depends on, read once.

    Attributes:
        title: What is judged, for people.
        settings: The tree's settings.
        options: The call's.
        profile: How it is judged.
        evidence: Files with evidence from tests.
        files: The sources.
        searched: Whether a folder was searched for them.
        read: Their bytes, or why there are none.
    """

    title: str
    settings: Settings
    options: CheckOptions
    profile: Profile
    evidence: Sought
    files: Sequence[FoundFile]
    searched: bool
    read: Sequence[bytes | tuple[Reason, str]]

    @property
    def cache(self) -> Path | None:
        """The file that keeps results."""
        if self.options.cache != "user":
            return self.options.cache
        folder = None if self.profile.sealed else user_cache()
        return folder / "results.sqlite" if folder else None

    @property
    def fail_under(self) -> float | None:
        """The gate's bound."""
        asked = self.options.fail_under
        return asked if asked is not None else self.settings.fail_under

    @property
    def tasks(self) -> Iterator[Task]:
        """What there is to judge."""
        for found, data in zip(self.files, self.read, strict=True):
            if isinstance(data, bytes):
                yield Task(data, found.path, found.role)


def gather(paths: Sequence[Path], settings: Settings, options: CheckOptions) -> Gathered:
    """Finds and reads what is to be judged; raises as ``check`` does."""
    profile = judging_profile(options.profile, settings)
    evidence = sought_evidence(options.suites, options.coverage, profile, settings)
    files = find_files(paths, settings, sealed=profile.sealed)
    read = [read_file(found, profile.limits.characters) for found in files]
    return Gathered(
        _title(paths), settings, options, profile, evidence, files, any(path.is_dir() for path in paths), read
    )


def report_on(
    gathered: Gathered,
    progress: Callable[[int, int], None] | None = None,
    count: Callable[[Counters], None] | None = None,
) -> Report:
    """Judges what was gathered; for the arguments see ``check``."""
    options, settings = gathered.options, gathered.settings
    suites, coverages = gathered.evidence.suites, gathered.evidence.coverage
    suite = read_suites(suites) if suites else None
    covered = [lines for path in coverages for lines in read_coverage(path)]
    with open_scorer(
        gathered.profile,
        settings,
        len(gathered.files),
        jobs=options.jobs,
        timeout=options.timeout,
        cache=gathered.cache,
    ) as scorer:
        judged = list(_judge_files(gathered, scorer, progress))
        fingerprint = scorer.fingerprint
        versions = scorer.versions
        if count:
            count(scorer.counters())
    report = _report(gathered.title, gathered.profile, judged, fingerprint, versions)
    if suite or coverages:
        places = {found.path: found.file for found in gathered.files}
        coverage = coverage_of(report.sources, places, covered, asked=bool(options.coverage))
        report = dataclasses.replace(report, evidence=Evidence(suite, coverage))
    if not options.gate:
        return dataclasses.replace(report, gated=False)
    fail_under = gathered.fail_under
    failed = (*_gate(report, fail_under, searched=gathered.searched), *(gate_lines(suite) if suite else ()))
    return dataclasses.replace(report, fail_under=fail_under, failed=failed)


@dataclass(frozen=True, slots=True)
class _Judged:
    file: FoundFile
    outcome: Outcome
    text: str


def _judge_files(
    gathered: Gathered, scorer: Scorer, progress: Callable[[int, int], None] | None
) -> Iterator[_Judged]:
    """Judges in order. What cannot be read takes its place without stopping the others."""
    outcomes = scorer.run(gathered.tasks)
    for number, (found, data) in enumerate(zip(gathered.files, gathered.read, strict=True), 1):
        if isinstance(data, bytes):
            yield _Judged(found, next(outcomes), with_newlines(data.decode("utf-8", "replace")))
        else:
            analysis = Analysis(found.path, "", reason=data[0], detail=data[1])
            score = unmeasured(scorer.profile, scorer.fingerprint, *data, found.path)
            yield _Judged(found, Outcome(analysis, score), "")
        if progress:
            progress(number, len(gathered.files))


def _report(
    title: str,
    profile: Profile,
    judged: Sequence[_Judged],
    fingerprint: str,
    versions: dict[str, str],
) -> Report:
    rules = {id_: rule for id_, rule in plugins_for(profile).rules.items() if profile.enables(id_)}
    kept = _compared(_sources(judged, profile), profile, rules, fingerprint)
    total = judge([one.outcome.analysis for one in kept], profile, rules, fingerprint)
    sources = [
        SourceReport(one.file.path, one.outcome.score, one.text, one.outcome.analysis.directives)
        for one in kept
    ]
    return Report(
        title=title,
        total=total,
        sources=tuple(sources),
        profile=profile,
        rules=rules,
        versions=versions,
    )


def _compared(
    judged: Sequence[_Judged], profile: Profile, rules: Mapping[str, Rule], fingerprint: str
) -> list[_Judged]:
    """Adds what the rules find across all sources, and judges those anew that it concerns."""
    before = [one.outcome.analysis for one in judged]
    after = compare_sources(before, [one.text for one in judged], rules, obey=not profile.sealed)
    return [
        one
        if new is old
        else dataclasses.replace(one, outcome=Outcome(new, judge([new], profile, rules, fingerprint)))
        for one, old, new in zip(judged, before, after, strict=True)
    ]


def _sources(judged: Sequence[_Judged], profile: Profile) -> list[_Judged]:
    """Leaves out files with nothing in them: an ``__init__.py`` that marks a package, and others beside sources.

    In a sealed profile, or where there is no source at all, only a mark may be empty: nothing is not good enough there.
    """
    marked = [one for one in judged if not (is_marker(one.file) and _is_empty(one))]
    sources = [one for one in marked if not _is_empty(one)]
    return marked if profile.sealed or not sources else sources


def _is_empty(one: _Judged) -> bool:
    return one.outcome.score.reason is Reason.EMPTY


def _gate(report: Report, fail_under: float | None, *, searched: bool) -> Iterator[str]:
    """Why the gate fails, a line each. Nothing is not good enough, unless all files that are named were left out."""
    total = report.total
    for source in report.sources:
        if not source.score.measured:
            yield f"{source.path} could not be measured: {source.score.reason} ({source.score.detail})"
    if total.value is not None and fail_under is not None and 100 * total.value < fail_under:
        yield f"the score is {100 * total.value:.1f}, below {fail_under:g}"
    if searched and not report.sources and fail_under is not None:
        yield f"there is no source, and the score should be at least {fail_under:g}: check the paths and 'exclude'"


def _title(paths: Sequence[Path]) -> str:
    names = [path.name or path.resolve().name for path in paths]
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1} more"  # noqa: PLR2004
