"""Comparing two states: what the code, the configuration and the tools changed, told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Reason
from quality.project._judging import judging_profile, settings_for
from quality.project._settings import Settings
from quality.project.comparison._pieces import changes, pieces_of, together
from quality.project.comparison._state import judge_state, read_state
from quality.project.comparison._then import check_same_code, read_then
from quality.project.comparison._tree import opened
from quality.runtime import Scorer
from quality.scoring import moves

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import Profile, Score
    from quality.project.comparison._pieces import Change, Pieces
    from quality.project.comparison._state import Judged
    from quality.project.comparison._then import Then
    from quality.project.comparison._tree import Tree
    from quality.scoring import Move


#: What is said of files of which it is known which functions they have.
_KNOWN = (None, Reason.EMPTY, Reason.NO_CODE)


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How to compare.

    Attributes:
        profile: Profile name or file; None for that of the settings, or ``project``.
        config: Settings for both states, or None for each tree's own.
        no_config: Read no settings.
        workers: Worker processes, 0 for none.
        timeout: CPU seconds per source.
        then: A report of the first state that older tools made, or None.
    """

    profile: str | None = None
    config: Path | None = None
    no_config: bool = False
    workers: int = 0
    timeout: float = 10.0
    then: Path | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states and what lies between.

    Attributes:
        titles: What they are called.
        before: The first one under its own configuration.
        between: The second one under the first one's configuration.
        after: The second one under its own.
        fingerprints: Of before and after; differing ones mean another configuration or other tools.
        changes: Functions and module code that differ.
        touched: Scores of all of them together before and after, over the size they had before; None where
            nothing is left to judge.
        by_code: Causes that moved from before to between.
        by_configuration: Causes that moved from between to after.
        unmeasured: Files without a score, with the reason.
        then: What older tools said of the first state, or None.
        by_tools: Causes that moved from then to before.
        tools: (tool, version then, version now) of the tools that differ.
        whole: Whether both states have the same files that could not be read; else a file that has a score in one
            state alone would move the whole by what is in it.
    """

    titles: tuple[str, str]
    before: Score
    between: Score
    after: Score
    fingerprints: tuple[str, str]
    changes: tuple[Change, ...]
    touched: tuple[float | None, float | None]
    by_code: tuple[Move, ...]
    by_configuration: tuple[Move, ...]
    unmeasured: tuple[str, ...]
    then: Then | None = None
    by_tools: tuple[Move, ...] = ()
    tools: tuple[tuple[str, str, str], ...] = ()
    whole: bool = True

    @property
    def code(self) -> float | None:
        """By how much the code moved the score, or None when a side has none, or only one has that of a file."""
        return None if not self.whole else _difference(self.before, self.between)

    @property
    def configuration(self) -> float | None:
        """By how much the configuration moved it."""
        return _difference(self.between, self.after)

    @property
    def tool_versions(self) -> float | None:
        """By how much other versions of the tools moved it; 0 when one installation judged both states."""
        if self.then is None:
            return 0.0
        return None if self.before.value is None else self.before.value - self.then.value


def compare(before: str, after: str, options: CompareOptions) -> Comparison:
    """Compares two files, folders or git revisions.

    Args:
        before: The first state: a path, a revision, or ``REV:PATH``.
        after: The second.
        options: How.

    Raises:
        UsageError: A side does not exist, there is no such profile, or the report of then is none.
        ConfigurationError: Settings are wrong.
        HostError: A required analyzer is missing or broken.
    """
    then = read_then(options.then) if options.then is not None else None
    with opened(before, after) as trees:
        return _compare(*trees, options, then)


def _compare(before: Tree, after: Tree, options: CompareOptions, then: Then | None) -> Comparison:
    old_settings, new_settings = _settings(before, options), _settings(after, options)
    old_profile, new_profile = _profile(old_settings, options), _profile(new_settings, options)
    old_files = read_state(before.root, old_settings)
    between_files = read_state(after.root, old_settings)
    new_files = read_state(after.root, new_settings)
    with Scorer(old_profile, workers=options.workers, timeout=options.timeout) as scorer:
        first = judge_state(old_files, scorer)
        if then is not None and options.then is not None:
            check_same_code(then, first, options.then)
        second = judge_state(between_files, scorer)
    third = second
    if old_profile != new_profile or new_files.keys() != between_files.keys():
        with Scorer(new_profile, workers=options.workers, timeout=options.timeout) as scorer:
            third = judge_state(new_files, scorer)
    old, new = (
        _comparable(pieces_of(old_files, first), second),
        _comparable(pieces_of(between_files, second), first),
    )
    found = tuple(changes(old, new, second))
    whole = _unknown(first) == _unknown(second)
    return Comparison(
        titles=(before.title, after.title),
        before=first.score,
        between=second.score,
        after=third.score,
        fingerprints=(first.fingerprint, third.fingerprint),
        changes=found,
        touched=_touched(old, new, second),
        by_code=moves(first.score, second.score) if whole else (),
        by_configuration=moves(second.score, third.score),
        unmeasured=(*_unmeasured(before, first), *_unmeasured(after, third)),
        then=then,
        by_tools=then.moved(first) if then else (),
        tools=then.changed(first) if then else (),
        whole=whole,
    )


def _settings(tree: Tree, options: CompareOptions) -> Settings:
    if options.no_config:
        return Settings()
    return settings_for(options.profile, tree.root, options.config, tree.top)


def _profile(settings: Settings, options: CompareOptions) -> Profile:
    return judging_profile(options.profile, settings)


def _comparable(pieces: Pieces, other: Judged) -> Pieces:
    """Leaves out files that could not be read in the other state: nobody knows what of them is there."""
    unknown = _unknown(other)
    return {key: piece for key, piece in pieces.items() if key[0] not in unknown}


def _unknown(judged: Judged) -> set[str]:
    return {path for path, analysis in judged.analyses.items() if analysis.reason not in _KNOWN}


def _touched(old: Pieces, new: Pieces, judged: Judged) -> tuple[float | None, float | None]:
    keys = [
        key
        for key in sorted({*old, *new})
        if key not in old or key not in new or old[key].digest != new[key].digest
    ]
    was = [old[key] for key in keys if key in old]
    now = [new[key] for key in keys if key in new]
    size = was if any(piece.analysis.lloc for piece in was) else now
    scores = (together(was, size, judged), together(now, size, judged))
    return (_number(scores[0]), _number(scores[1]))


def _number(score: Score | None) -> float | None:
    return None if score is None else score.value


def _difference(one: Score, other: Score) -> float | None:
    return None if one.value is None or other.value is None else other.value - one.value


def _unmeasured(tree: Tree, judged: Judged) -> list[str]:
    return [
        f"{tree.title}{'/' if path else ''}{path}: {analysis.reason} ({analysis.detail})"
        for path, analysis in judged.analyses.items()
        if analysis.reason is not None and not (path.endswith("__init__.py") and analysis.reason == "empty")
    ]
