"""What scoring HumanEval costs beside the commands whose tools it runs, in CPU time a sample.

``all at once`` gives a command all files in one call; ``a file`` starts it for each, as a reward function that calls
commands does. ruff is the floor: a native tool with rules alone, no score.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from _corpus import human_eval

_SCRIPTS = Path(sys.executable).parent
_TOOLS = {
    "pylint": ["pylint", "--rcfile=/dev/null", "--persistent=n"],
    "bandit": ["bandit", "-q", "-r"],
    "radon": ["radon", "cc", "-s"],
    "ruff": ["ruff", "check", "--isolated", "--no-cache", "--select", "ALL"],
}


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=8, help="how many files are measured one by one")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    codes = human_eval()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"sample_{number}.py" for number in range(len(codes))]
        for file, code in zip(files, codes, strict=True):
            file.write_text(code, "utf-8")
        rows = {f"{tool}, all at once": cpu([*call, name]) / len(codes) for tool, call in _TOOLS.items()}
        for tool, call in _TOOLS.items():
            each = [cpu([*call, str(file)]) for file in files[: arguments.files]]
            rows[f"{tool}, a file"] = sum(each) / len(each)
        rows |= scored(codes, folder)
    for how in ("all at once", "a file"):
        rows[f"the three commands, {how}"] = sum(
            rows[f"{tool}, {how}"] for tool in ("pylint", "bandit", "radon")
        )
    if not arguments.json:
        print(f"{'CPU time':<40}{'ms a sample':>12}")
        for what, seconds in rows.items():
            print(f"{what:<40}{1_000 * seconds:>12.2f}")
        print()
    print(json.dumps(rows))


def scored(codes: list[str], folder: Path) -> dict[str, float]:
    """The command on the same texts, start and all: once, and eight times as many, as variants."""
    rows: dict[str, float] = {}
    for copies in (1, 8):
        samples = folder / "samples.jsonl"
        variants = [{"id": n, "code": f"{code}\n# {n}\n"} for n in range(copies) for code in codes]
        samples.write_text("".join(json.dumps(variant) + "\n" for variant in variants), "ascii")
        for profile in ("sample", "fast"):
            call = ["quality", "score", str(samples), "-j", "1", "--profile", profile]
            rows[f"quality, {profile}, {len(variants)} samples"] = cpu(call) / len(variants)
    return rows


def cpu(call: list[str]) -> float:
    """CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(_SCRIPTS / call[0]), *call[1:]], capture_output=True, check=False, cwd="/")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
