"""One state of code: its files, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.project._files import find_files
from quality.runtime import Task, plugins_for
from quality.scoring import judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quality.model import Analysis, Profile, Role, Rule, Score
    from quality.project._files import FoundFile
    from quality.project._settings import Settings
    from quality.runtime import Scorer


#: Most bytes that are read of a file: far more than a profile lets pass.
_MOST = 1 << 26


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

    Links in a folder are left out: a revision has nothing behind them either.

    Raises:
        UsageError: It does not exist, or a file cannot be read.
    """
    found = find_files([root], settings)
    if not root.is_dir():
        return {"": _read(found[0])}
    return {
        each.file.relative_to(root).as_posix(): _read(each) for each in found if not each.file.is_symlink()
    }


def _read(found: FoundFile) -> StateFile:
    try:
        with found.file.open("rb") as stream:
            return StateFile(stream.read(_MOST), found.role)
    except OSError as error:
        raise UsageError(f"{found.path} cannot be read: {error.strerror or error}.") from None


def judge_state(files: Mapping[str, StateFile], scorer: Scorer) -> Judged:
    """Judges the files of a state, each alone and all together."""
    tasks = [Task(file.data, path or "sample.py", file.role) for path, file in files.items()]
    outcomes = list(scorer.run(tasks))
    profile = scorer.profile
    rules = {id_: rule for id_, rule in plugins_for(profile).rules.items() if profile.enables(id_)}
    analyses = {path: one.analysis for path, one in zip(files, outcomes, strict=True)}
    score = judge(list(analyses.values()), profile, rules, scorer.fingerprint)
    return Judged(analyses, score, profile, rules, scorer.fingerprint, scorer.versions)
