"""One state of code: its files, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.project._files import find_files
from quality.runtime import Task, plugins_for
from quality.scoring import judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quality.model import Analysis, Profile, Role, Rule, Score
    from quality.project._settings import Settings
    from quality.runtime import Scorer


@dataclass(frozen=True, slots=True)
class StateFile:
    """A file of a state.

    Attributes:
        data: Its bytes.
        role: Product code or tests.
    """

    data: bytes
    role: Role


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged state.

    Attributes:
        analyses: Path → analysis.
        score: All together.
        profile: The profile that judged, settings included.
        rules: Its rules.
        fingerprint: Of the score.
        versions: Tool → version.
    """

    analyses: Mapping[str, Analysis]
    score: Score
    profile: Profile
    rules: Mapping[str, Rule]
    fingerprint: str
    versions: Mapping[str, str]


def read_state(root: Path, settings: Settings) -> dict[str, StateFile]:
    """Reads the sources of a file or folder; paths are relative to it, and empty for a file.

    Raises:
        UsageError: It does not exist.
    """
    found = find_files([root], settings)
    top = root.resolve()
    return {
        "" if root.is_file() else each.file.resolve().relative_to(top).as_posix(): StateFile(
            each.file.read_bytes(), each.role
        )
        for each in found
    }


def judge_state(files: Mapping[str, StateFile], scorer: Scorer) -> Judged:
    """Judges the files of a state, each alone and all together."""
    tasks = [Task(file.data, path or "sample.py", file.role) for path, file in files.items()]
    outcomes = list(scorer.run(tasks))
    profile = scorer.profile
    rules = {id_: rule for id_, rule in plugins_for(profile).rules.items() if profile.enables(id_)}
    analyses = {path: one.analysis for path, one in zip(files, outcomes, strict=True)}
    score = judge(list(analyses.values()), profile, rules, scorer.fingerprint)
    return Judged(analyses, score, profile, rules, scorer.fingerprint, scorer.versions)
