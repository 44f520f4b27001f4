"""Pairs that an independent fixer makes: functions before and after its fixes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from quality.audit.sets._pair import Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.audit._materials import Piece
    from quality.audit._problems import Problems

#: What it fixes: simplifications, comprehensions, returns, performance, modernisation, refactoring, bugs.
SELECT = "SIM,C4,RET,PERF,FURB,PLR,B"
_SECONDS = 120


def find_fixer() -> str | None:
    """The fixer's program: beside this interpreter, or on the path."""
    return shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")


def fixed_pairs(pieces: Sequence[Piece], fixer: str | None, problems: Problems) -> list[Pair]:
    """Fixes pieces of code in a temporary folder, isolated from any configuration.

    Args:
        pieces: Code before.
        fixer: The program; None when it is not installed.
        problems: Gets why there are no pairs.

    Returns:
        The pieces that the fixer changed; their part is the family of rules that changed them.
    """
    if fixer is None:
        problems.add("fixer pairs", "ruff is not installed, so this set is left out (pip install ruff)")
        return []
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"piece_{number:05}.py" for number in range(len(pieces))]
        for file, piece in zip(files, pieces, strict=True):
            file.write_text(piece.code, encoding="utf-8", errors="replace", newline="\n")
        try:
            families = _families(_run(fixer, folder, "--output-format", "json"))
            _run(fixer, folder, "--fix-only", "--unsafe-fixes", "--quiet")
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            problems.add("fixer pairs", f"ruff failed ({error})")
            return []
        after = [file.read_text(encoding="utf-8") for file in files]
    return [
        Pair(piece.id, piece.code, text, families.get(file.name, "several"), piece.id)
        for file, piece, text in zip(files, pieces, after, strict=True)
        if text != piece.code
    ]


def _run(fixer: str, folder: str, *options: str) -> str:
    command = [fixer, "check", "--isolated", "--no-cache", "--select", SELECT, "--target-version", "py311"]
    done = subprocess.run(  # noqa: S603 - the program that the user installed, on our own temporary files
        [*command, *options, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise ValueError(done.stderr.strip().split("\n")[-1] or f"exit code {done.returncode}")
    return done.stdout


def _families(listing: str) -> dict[str, str]:
    """File name → the one family of rules that has a fix for it."""
    found: dict[str, set[str]] = {}
    for entry in json.loads(listing or "[]"):
        if entry.get("fix") and entry.get("code"):
            family = str(entry["code"]).rstrip("0123456789")
            found.setdefault(Path(entry["filename"]).name, set()).add(family)
    return {name: next(iter(families)) for name, families in found.items() if len(families) == 1}
