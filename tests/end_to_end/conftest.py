"""The command as people run it: another process, another folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def quality(tmp_path: Path) -> Run:
    """``quality("check", "a.py", cwd=folder)`` → the finished process."""

    def run(
        *arguments: str | Path, python: Path = Path(sys.executable), cwd: Path = tmp_path, text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "quality", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd, input=text, capture_output=True, encoding="utf-8", check=False, timeout=300
        )

    return run
