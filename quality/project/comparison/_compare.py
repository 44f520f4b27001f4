"""Comparing two states, with what code changed told apart from what the configuration changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.project._settings import Settings, apply_settings, load_settings
from quality.project.comparison._moves import moves
from quality.project.comparison._pieces import changes, pieces_of, together
from quality.project.comparison._state import judge_state, read_state
from quality.runtime import resolve_spec

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import Profile, Score
    from quality.project.comparison._moves import Move
    from quality.project.comparison._pieces import Change, Pieces
    from quality.project.comparison._state import Judged


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How to compare.

    Attributes:
        profile: Profile name or file; None for that of the settings, or ``project``.
        config: Settings for both states, or None for each tree's own.
        no_config: Read no settings.
        workers: Worker processes, 0 for none.
        timeout: CPU seconds per source.
    """

    profile: str | None = None
    config: Path | None = None
    no_config: bool = False
    workers: int = 0
    timeout: float = 10.0


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

    @property
    def code(self) -> float | None:
        """By how much the code moved the score, or None when a side has none."""
        return _difference(self.before, self.between)

    @property
    def configuration(self) -> float | None:
        """By how much the configuration moved it."""
        return _difference(self.between, self.after)


def compare(before: Path, after: Path, options: CompareOptions) -> Comparison:
    """Compares two files or two folders.

    Args:
        before: The first state.
        after: The second.
        options: How.

    Raises:
        UsageError: A path does not exist, or there is no such profile.
        ConfigurationError: Settings are wrong.
        HostError: A required analyzer is missing or broken.
    """
    old_settings, new_settings = _settings(before, options), _settings(after, options)
    old_profile, new_profile = _profile(old_settings, options), _profile(new_settings, options)
    old_files = read_state(before, old_settings)
    between_files = read_state(after, old_settings)
    new_files = read_state(after, new_settings)
    run = (options.workers, options.timeout)
    first = judge_state(old_files, old_profile, *run)
    second = judge_state(between_files, old_profile, *run)
    same = old_profile == new_profile and new_files.keys() == between_files.keys()
    third = second if same else judge_state(new_files, new_profile, *run)
    old, new = pieces_of(old_files, first), pieces_of(between_files, second)
    found = tuple(changes(old, new, second))
    return Comparison(
        titles=(str(before), str(after)),
        before=first.score,
        between=second.score,
        after=third.score,
        fingerprints=(first.fingerprint, third.fingerprint),
        changes=found,
        touched=_touched(old, new, second),
        by_code=moves(first.score, second.score),
        by_configuration=moves(second.score, third.score),
        unmeasured=(*_unmeasured(before, first), *_unmeasured(after, third)),
    )


def _settings(root: Path, options: CompareOptions) -> Settings:
    return Settings() if options.no_config else load_settings(root, options.config)


def _profile(settings: Settings, options: CompareOptions) -> Profile:
    return apply_settings(resolve_spec(options.profile or settings.profile or "project").profile, settings)


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


def _unmeasured(root: Path, judged: Judged) -> list[str]:
    return [
        f"{root / path if path else root}: {analysis.reason} ({analysis.detail})"
        for path, analysis in judged.analyses.items()
        if analysis.reason is not None and not (path.endswith("__init__.py") and analysis.reason == "empty")
    ]
