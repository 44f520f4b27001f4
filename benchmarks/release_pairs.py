"""Pairs that nobody made for this: functions before and after releases that were made for security fixes.

python benchmarks/release_pairs.py DIR -o releases.jsonl
quality audit --only labels --labels releases.jsonl

Fetches the wheels of `releases.txt` from PyPI into DIR, runs nothing of them, and writes a pair for each function that a
release changed in at most ten lines, where it changed at most four functions outside of tests. Most fixes
are checks whose meaning no static analysis knows, and some of the changes are other repairs: it tells what the score does
where it cannot know, and is no aim.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import re
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import is_docstring, is_function

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELEASES = Path(__file__).with_name("releases.txt")
_FETCH = [
    "-m",
    "pip",
    "download",
    "-q",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--python-version",
    "3.9",
    "--platform",
    "manylinux2014_x86_64",
]
_ASIDE = re.compile(
    r"(^|/)(tests?|testing|test_[^/]*|[^/]*_test|_?vendor|locale|migrations|examples?)(/|\.py)"
)
#: A release that changes more functions has other things in it, and so has a change of more lines.
_MOST_FUNCTIONS = 4
_MOST_LINES = 10


def main() -> None:
    """Fetches, compares and writes."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path, help="where the wheels are kept")
    options.add_argument("-o", "--output", type=Path, required=True)
    arguments = options.parse_args()
    lines = [line.split() for line in _RELEASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    pairs = [pair for line in lines for pair in _pairs(arguments.folder, *line)]
    arguments.output.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), "utf-8")
    print(f"{len(pairs)} pairs of {len({pair['commit'] for pair in pairs})} releases")


def _pairs(folder: Path, package: str, before: str, after: str) -> list[dict[str, str]]:
    """The pairs of one release; none where its wheels are not to be had."""
    old, new = _functions(folder, f"{package}=={before}"), _functions(folder, f"{package}=={after}")
    changed = [key for key in sorted(old.keys() & new.keys()) if _differ(old[key], new[key])]
    if len(changed) > _MOST_FUNCTIONS:
        return []
    release = f"{package}-{after}"
    return [
        {"id": f"{release}:{key}", "commit": release, "bad": old[key], "good": new[key]}
        for key in changed
        if _lines_changed(old[key], new[key]) <= _MOST_LINES
    ]


def _functions(folder: Path, requirement: str) -> dict[str, str]:
    """Path and dotted name → text, of the functions and methods of a wheel."""
    target = folder / requirement.replace("==", "-")
    if not target.is_dir():
        target.mkdir(parents=True)
        command = [sys.executable, *_FETCH, "--platform", "any", "-d", str(target), requirement]
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            print(f"{requirement}: no wheel", file=sys.stderr)
    found: dict[str, str] = {}
    for wheel in target.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith(".py") and not _ASIDE.search(name):
                    text = archive.read(name).decode("utf-8", "replace")
                    found |= {f"{name}:{key}": code for key, code in _cut_out(text)}
    return found


def _cut_out(text: str) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    lines = text.splitlines(keepends=True)
    pending: list[tuple[str, ast.AST]] = [("", tree)]
    while pending:
        above, node = pending.pop()
        for child in ast.iter_child_nodes(node):
            if is_function(child):
                start = min(part.lineno for part in (child, *child.decorator_list)) - 1
                yield f"{above}{child.name}", textwrap.dedent("".join(lines[start : child.end_lineno]))
            elif isinstance(child, ast.ClassDef):
                pending.append((f"{above}{child.name}.", child))
            elif isinstance(child, ast.If | ast.Try):
                pending.append((above, child))


def _differ(old: str, new: str) -> bool:
    """Tells whether two functions differ in more than layout, comments and documentation."""
    return old != new and _meaning(old) != _meaning(new)


def _meaning(code: str) -> str:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return ""
    for node in filter(is_function, ast.walk(tree)):
        node.body = [statement for statement in node.body if not is_docstring(node, statement)]
    return ast.dump(tree)


def _lines_changed(old: str, new: str) -> int:
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]
    said = (line[1:].strip() for line in lines if line.startswith(("+", "-")))
    return sum(bool(line) and not line.startswith("#") for line in said)


if __name__ == "__main__":
    main()
