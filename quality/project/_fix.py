"""Fixing files: rounds of fixing and judging, until nothing is left that a fix improves."""

from __future__ import annotations

import difflib
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Reason, UsageError
from quality.profiles import nearest
from quality.project._files import find_files, resolved
from quality.project._judging import judging_profile, open_scorer, read_file
from quality.runtime import Task, atomic_writer, plugins_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from quality.model import Finding
    from quality.project._files import FoundFile
    from quality.project._settings import Settings
    from quality.rules import Fix
    from quality.runtime import Outcome

#: Each round fixes all that it can, so only fixes that make room for others need more.
_MOST_ROUNDS = 40
#: Scores that differ by less are equal: the order of a sum.
_ROUNDING = 1e-9
#: The byte order mark that may stand before a text.
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class FixOptions:
    """What the call asks for.

    Attributes:
        unsafe: Also apply fixes after which a program may behave differently.
        rules: Ids of the rules whose findings are fixed; all when empty.
        profile: Profile name or file, or None for the settings' or ``project``.
        jobs: Worker processes; 0 for none.
        timeout: CPU seconds per source.
    """

    unsafe: bool = False
    rules: tuple[str, ...] = ()
    profile: str | None = None
    jobs: int | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file and what became of it.

    Attributes:
        file: Where it is.
        path: Its path in reports.
        before: Its text.
        after: Its text with the fixes; equal to ``before`` when there is nothing to fix.
        applied: Id of a fix → how often.
        unsafe: How many findings are left that only an unsafe fix corrects.
        mark: The byte order mark that the file begins with, or empty.
        problem: Why it could not be looked at; empty when it could.
        score_before: Its score.
        score_after: Its score with the fixes, never lower.
    """

    file: Path
    path: str
    before: str = ""
    after: str = ""
    applied: Mapping[str, int] = field(default_factory=dict)
    unsafe: int = 0
    mark: str = ""
    problem: str = ""
    score_before: float | None = None
    score_after: float | None = None

    @property
    def diff(self) -> str:
        """The change as a unified diff of the file's bytes, ready for ``patch``; empty without one."""
        before, after = (_lines(self.mark + text) for text in (self.before, self.after))
        lines = difflib.unified_diff(before, after, self.path, self.path)
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )

    def write(self) -> None:
        """Writes the fixed text to the file, whole or not at all.

        Raises:
            OSError: It cannot be written.
        """
        with atomic_writer(self.file) as file:
            file.write((self.mark + self.after).encode("utf-8"))


def _lines(text: str) -> list[str]:
    """Lines with their ends; for whoever applies a diff only a line feed ends one."""
    return list(io.StringIO(text, newline="\n"))


def fix(paths: Sequence[Path], settings: Settings, options: FixOptions) -> list[FixedFile]:
    """Fixes the sources below the paths, in memory.

    A fix stays only when the text still parses, has all its comments, and scores no lower than before.

    Args:
        paths: Files and folders.
        settings: The tree's settings.
        options: The call's.

    Raises:
        UsageError: A path does not exist, or no fix is for a rule that is named.
        HostError: A required analyzer is missing or broken.
    """
    profile = judging_profile(options.profile, settings)
    all_fixes = list(plugins_for(profile).observers.fixes().values())
    fixes = _chosen(all_fixes, options)
    unsafe = {rule for each in all_fixes if not each.safe for rule in each.rules} - {
        rule for each in fixes for rule in each.rules
    }
    files = _inside(paths, find_files(paths, settings))
    works = [_Work.of(found, profile.limits.characters) for found in files]
    with open_scorer(profile, settings, len(files), jobs=options.jobs, timeout=options.timeout) as scorer:
        active = [work for work in works if not work.problem]
        for _ in range(_MOST_ROUNDS):
            tasks = [
                Task(work.candidate.encode("utf-8"), work.found.path, work.found.role) for work in active
            ]
            for work, outcome in zip(active, scorer.run(tasks), strict=True):
                work.hear(outcome)
            active = [work for work in active if work.go_on(fixes, options.rules)]
            if not active:
                break
    return [work.result(unsafe) for work in works]


def _inside(paths: Sequence[Path], files: Sequence[FoundFile]) -> list[FoundFile]:
    """The files without those that a link leads out to: nobody asked to write there."""
    tops = [resolved(path) for path in paths]
    return [file for file in files if any(resolved(file.file).is_relative_to(top) for top in tops)]


def _chosen(fixes: Sequence[Fix], options: FixOptions) -> list[Fix]:
    known = {rule for each in fixes for rule in each.rules}
    unknown = sorted(set(options.rules) - known)
    if unknown:
        raise UsageError(
            f"There is no fix for {', '.join(unknown)}.",
            remedy=f"{nearest(unknown[0], known)} 'quality rules' says which rules have one.",
        )
    return [
        each
        for each in fixes
        if (each.safe or options.unsafe) and (not options.rules or set(each.rules) & set(options.rules))
    ]


@dataclass(slots=True)
class _Work:
    """One file on its way.

    ``text`` is the last text that was good; ``candidate`` the one to be judged next. ``banned`` are fixes that made a text worse,
    and ``changed_since`` tells whether the text is another one by now.
    """

    found: FoundFile
    mark: str = ""
    before: str = ""
    text: str = ""
    candidate: str = ""
    problem: str = ""
    findings: tuple[Finding, ...] = ()
    first: float | None = None
    score: float | None = None
    trying: Mapping[str, int] = field(default_factory=dict)
    applied: Counter[str] = field(default_factory=Counter)
    banned: set[str] = field(default_factory=set)
    changed_since: bool = False
    one_by_one: bool = False

    @classmethod
    def of(cls, found: FoundFile, most: int) -> _Work:
        """Reads the file."""
        data = read_file(found, most)
        if not isinstance(data, bytes):
            return cls(found, problem=data[1])
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError:
            return cls(found, problem="is not UTF-8")
        text = whole.removeprefix(_MARK)
        return cls(found, "" if text == whole else _MARK, text, text, text)

    def hear(self, outcome: Outcome) -> None:
        """Takes the candidate when it is no worse than the text."""
        value = outcome.score.value
        if self.first is None:
            if value is None:
                reason, detail = outcome.score.reason, outcome.score.detail
                if reason is Reason.EMPTY:
                    return  # there is nothing to fix in it
                self.problem = f"could not be measured: {reason}" + (f" ({detail})" if detail else "")
                return
            self.first = value
        elif value is None or self.score is None or value < self.score - _ROUNDING:
            # One of the fixes is to blame; alone, each shows whether it is the one.
            if len(self.trying) == 1:
                self.banned.update(self.trying)
            self.one_by_one = True
            return
        self.text, self.score, self.findings = self.candidate, value, outcome.score.findings
        self.applied.update(self.trying)
        self.changed_since = bool(self.banned)

    def go_on(self, fixes: Iterable[Fix], rules: tuple[str, ...]) -> bool:
        """Makes the next candidate; False when there is none."""
        if self.problem:
            return False
        if self._propose(fixes, rules):
            return True
        if not self.changed_since:
            return False
        # What made another text worse may be good for this one.
        self.banned.clear()
        self.changed_since = False
        return self._propose(fixes, rules)

    def _propose(self, fixes: Iterable[Fix], rules: tuple[str, ...]) -> bool:
        from quality.rules.fixing import apply_fixes  # imports libcst

        left = [fix for fix in fixes if fix.id not in self.banned]
        findings = [
            each for each in self.findings if not each.suppressed and (not rules or each.rule_id in rules)
        ]
        for some in [[fix] for fix in left] if self.one_by_one else [left]:
            fixed = apply_fixes(self.text, findings, some)
            if fixed.applied:
                self.candidate, self.trying = fixed.text, fixed.applied
                return True
        return False

    def result(self, unsafe: set[str]) -> FixedFile:
        return FixedFile(
            self.found.file,
            self.found.path,
            self.before,
            self.text,
            dict(sorted(self.applied.items())),
            sum(finding.rule_id in unsafe and not finding.suppressed for finding in self.findings),
            self.mark,
            self.problem,
            self.first,
            self.score,
        )
