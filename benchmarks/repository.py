"""A whole repository: ``quality check``, cold and unchanged, beside the commands whose tools it runs, and ruff.

Each is measured in CPU time with its children and in wall-clock time, in one run, with the same number of jobs where
the command has jobs at all (bandit and radon have none). The default tree is homeassistant 2024.3.3, fetched from PyPI:
6,725 files on which all commands end. pylint gets the recursion limit that its own help asks for on deep code.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

_PACKAGE = "homeassistant==2024.3.3"
_KEPT = Path.home() / ".cache" / "quality-benchmarks" / "homeassistant-2024.3.3"
_PYLINT = "import sys; sys.setrecursionlimit(8_000); from pylint import run_pylint; run_pylint(sys.argv[1:])"


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("tree", nargs="?", type=Path, help="a folder; homeassistant when left out")
    options.add_argument("--jobs", default="2")
    options.add_argument("--only", nargs="+", help="measure these: cold unchanged radon bandit pylint ruff")
    arguments = options.parse_args()
    tree = str((arguments.tree or fetched()).resolve())
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            name: measured(command)
            for name, command in commands(tree, arguments.jobs, Path(folder) / "results.sqlite").items()
            if arguments.only is None or name in arguments.only
        }
    print(json.dumps({**rows, "cold over the three commands": ratio(rows)}))


def commands(tree: str, jobs: str, cache: Path) -> dict[str, list[str]]:
    """What is measured, in order."""
    scripts = Path(sys.executable).parent
    check = [str(scripts / "quality"), "check", tree, "--no-config", "-j", jobs, "--cache", str(cache)]
    pylint = ["--rcfile=/dev/null", "--persistent=n", "-j", jobs, tree]
    return {
        "cold": check,
        "unchanged": check,
        "radon": [str(scripts / "radon"), "cc", "-s", tree],
        "bandit": [str(scripts / "bandit"), "-q", "-r", tree],
        "pylint": [sys.executable, "-c", _PYLINT, *pylint],
        "ruff": [str(scripts / "ruff"), "check", "--isolated", "--no-cache", "--select", "ALL", tree],
    }


def ratio(rows: dict[str, dict[str, float]]) -> float | None:
    """CPU time of the cold check over that of the commands of pylint, bandit and radon; None where one is missing."""
    if not rows.keys() >= {"cold", "pylint", "bandit", "radon"}:
        return None
    return rows["cold"]["cpu"] / sum(rows[name]["cpu"] for name in ("pylint", "bandit", "radon"))


def measured(command: list[str]) -> dict[str, float]:
    """Runs a command; what it prints does not matter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, cwd="/")
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{' '.join(command[:2])[-60:]:<62}{cpu:>9.1f} CPU s{seconds:>9.1f} s, exit {done.returncode}")
    return {"cpu": cpu, "seconds": seconds, "exit": done.returncode}


def fetched() -> Path:
    """The package's folder."""
    if not _KEPT.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
            subprocess.run([*command, "-d", folder, _PACKAGE], check=True)
            with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
                wheel.extractall(_KEPT)
    return _KEPT / "homeassistant"


if __name__ == "__main__":
    main()
