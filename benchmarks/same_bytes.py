"""The same bytes for 10,000 mixed samples, whatever the order, the workers, the chunking and the surroundings.

Functions and classes of the standard library, HumanEval, and texts that analyzers stumble over, each way through the
command as users call it. Exits with 1 when a byte differs.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import tempfile
import textwrap
import warnings
from pathlib import Path

from _corpus import human_eval

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from typing import TYPE_CHECKING

from hostile_texts import hostile_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest hostile text and longest piece of the library that takes part, in characters.
_HOSTILE, _PIECE = 400, 1_500


def main() -> None:
    """Runs each way and compares."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--samples", type=int, default=10_000)
    arguments = options.parse_args()
    lines = [json.dumps({"id": n, "code": text}) for n, text in enumerate(mixed(arguments.samples))]
    with tempfile.TemporaryDirectory() as folder:
        first = scored(lines, Path(folder), "-j", "2", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
        print(f"{len(first)} samples, 2 workers")
        random.Random(1).shuffle(lines)  # noqa: S311 - an order, no secret
        surroundings = {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "POSIX"}
        second = scored(lines, Path("/"), "-j", "1", **surroundings)
        report("shuffled, 1 worker, other hash seed, locale, time zone and folder", second, first)
        chunks = scored_in_chunks(lines[:: len(lines) // 500 or 1], Path(folder))
        report("500 in chunks of 100, one process each, no workers", chunks, first)
        if second != first or any(first[key] != line for key, line in chunks.items()):
            raise SystemExit(1)


def mixed(count: int) -> list[str]:
    """The texts, in a fixed order."""
    texts = human_eval()
    texts += [text for text in hostile_texts().values() if isinstance(text, str) and len(text) < _HOSTILE]
    for piece in pieces():
        if len(texts) >= count:
            break
        texts.append(piece)
    return texts[:count]


def pieces() -> Iterator[str]:
    """Functions, methods and classes of the standard library."""
    library = Path(os.__file__).parent
    for path in sorted(library.rglob("*.py")):
        if {"site-packages", "test", "tests", "lib2to3"} & set(path.parts):
            continue
        text = path.read_text("utf-8", "replace")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        lines = text.splitlines(keepends=True)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                piece = textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))
                if len(piece) < _PIECE:
                    yield piece


def scored(lines: list[str], folder: Path, *options: str, **environment: str) -> dict[int, str]:
    """Output lines by id."""
    command = [str(Path(sys.executable).with_name("quality")), "score", "--timeout", "20", *options]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return {json.loads(line)["id"]: line for line in done.stdout.splitlines()}


def scored_in_chunks(lines: list[str], folder: Path) -> dict[int, str]:
    """The same, a hundred lines a process."""
    found: dict[int, str] = {}
    for start in range(0, len(lines), 100):
        found |= scored(lines[start : start + 100], folder, "-j", "0", PYTHONHASHSEED="3")
    return found


def report(what: str, found: dict[int, str], first: dict[int, str]) -> None:
    """Says how many lines differ."""
    differ = sum(first[key] != line for key, line in found.items())
    print(f"{what}: {len(found)} lines, {differ} differ")


if __name__ == "__main__":
    main()
