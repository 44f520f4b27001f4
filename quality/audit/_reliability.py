"""Whether the same text always has the same score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality.runtime import Task
from quality.schema import score_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.audit._panel import Runner

_SECONDS = 300
#: Configuration that asks every tool, this one too, to look away. None of it may count.
_HOSTILE = {
    "pyproject.toml": '[tool.quality]\nignore = ["*"]\n[tool.pylint.main]\ndisable = ["all"]\n[tool.bandit]\nskips = ["*"]\n',
    "quality.toml": 'ignore = ["*"]\n',
    "pylintrc": "[MAIN]\ndisable=all\n",
    ".pylintrc": "[MAIN]\ndisable=all\n",
    "setup.cfg": "[pylint.main]\ndisable = all\n[flake8]\nignore = E,W,F,C\n",
    "tox.ini": "[pylint.main]\ndisable = all\n[flake8]\nignore = E,W,F,C\n",
    ".bandit": "[bandit]\nskips = B101,B102,B103,B105,B301,B303,B307,B602,B605,B608\n",
    "ruff.toml": "[lint]\nselect = []\n",
    "conftest.py": "raise SystemExit\n",
}


@dataclass(frozen=True, slots=True)
class Reliability:
    """Differences that should not be.

    Attributes:
        texts: Texts that were scored.
        twice: How many differ when they are scored again.
        other_order: How many differ when they are scored in the reverse order.
        hostile_folder: How many scores differ in a folder whose configuration switches everything off; None
            when that could not be tried.
    """

    texts: int
    twice: int
    other_order: int
    hostile_folder: int | None

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not (self.twice or self.other_order or self.hostile_folder)


def check_reliability(texts: Sequence[str], scorer: Runner, profile: str | None) -> Reliability:
    """Scores texts three times: in order, again, and backwards; and once more in a hostile folder.

    Args:
        texts: Sources, all different.
        scorer: Judges.
        profile: Name or file of the profile, for the run in another folder; None leaves it out.
    """
    first = _lines(texts, scorer)
    again = _lines(texts, scorer)
    backwards = _lines([*reversed(texts)], scorer)[::-1]
    elsewhere = _in_hostile_folder(texts, profile) if profile is not None else None
    return Reliability(
        texts=len(texts),
        twice=_differences(first, again),
        other_order=_differences(first, backwards),
        hostile_folder=None if elsewhere is None else _differences(_scores(first), elsewhere),
    )


def _lines(texts: Sequence[str], scorer: Runner) -> list[str]:
    outcomes = scorer.run(Task(text) for text in texts)
    return [json.dumps(score_line(None, outcome.score), sort_keys=True) for outcome in outcomes]


def _scores(lines: Sequence[str]) -> list[str]:
    return [str(json.loads(line)["score"]) for line in lines]


def _differences(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))


def _in_hostile_folder(texts: Sequence[str], profile: str) -> list[str] | None:
    """The scores from a new process in a folder full of configuration."""
    where = str(Path(profile).resolve()) if profile.endswith(".toml") else profile
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in _HOSTILE.items():
            (folder / file).write_text(text, encoding="utf-8")
        samples = "".join(
            json.dumps({"id": number, "code": text}) + "\n" for number, text in enumerate(texts)
        )
        (folder / "samples.jsonl").write_text(samples, encoding="utf-8")
        environment = {**os.environ, "HOME": name, "PYLINTRC": str(folder / "pylintrc")}
        command = [
            str(Path(sys.executable).absolute()),
            "-P",
            "-m",
            "quality",
            "score",
            "samples.jsonl",
            "--profile",
            where,
            "-j",
            "1",
        ]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and command
                command, cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return [str(json.loads(line)["score"]) for line in done.stdout.splitlines()]
