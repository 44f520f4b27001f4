"""The same bytes, whatever the order, the workers, their age and the surroundings."""

from __future__ import annotations

import ast
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_texts import hostile_texts

pytestmark = [pytest.mark.hostile, pytest.mark.packages]


def mixed_samples(human_eval: list[dict[str, str]], count: int) -> list[str]:
    """Input lines: HumanEval, functions of the standard library, hostile texts; in a fixed order."""
    texts = [task["prompt"] + task["canonical_solution"] for task in human_eval]
    texts += [text for text in hostile_texts().values() if isinstance(text, str) and len(text) < 400]
    texts += _library_functions(count - len(texts))
    return [json.dumps({"id": number, "code": text}) for number, text in enumerate(texts[:count])]


def _library_functions(count: int) -> list[str]:
    found: list[str] = []
    for path in sorted(Path(os.__file__).parent.glob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.parse(text).body:
            segment = ast.get_source_segment(text, node) or ""
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and len(segment) < 3_000:
                found.append(segment + "\n")
                if len(found) == count:
                    return found
    return found


def scored(lines: list[str], folder: Path, jobs: int, before: str = "", **environment: str) -> dict[int, str]:
    """Output lines by id, of a process that runs some code before it imports the project."""
    program = f"import sys\n{before}\nfrom quality.cli import main\nsys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "score", "-j", str(jobs), "--timeout", "20"],
        cwd=folder,
        env=os.environ | environment,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    out = done.stdout.splitlines()
    return {json.loads(line)["id"]: line for line in out}


#: What trainers, progress bars, translations, profilers and notebooks do to the builtins of their process.
BUSY_HOST = """
import builtins
def wrapped(function):
    return lambda *values, **options: function(*values, **options)
for name in ("print", "open", "input", "__import__"):
    setattr(builtins, name, wrapped(getattr(builtins, name)))
builtins._ = builtins.profile = builtins.get_ipython = wrapped(len)
builtins.HostError = type("HostError", (Exception,), {})
del builtins.exit, builtins.quit
"""


def test_what_the_host_did_to_the_builtins_changes_nothing(tmp_path: Path) -> None:
    texts = [
        'def show(amount):\n    print("{} euros").format(amount)\n',
        "def load(path):\n    stream = open(path)\n    return stream.readlines().bogus()\n",
        'def ask(names):\n    _ = input("Name: ")\n    return sorted(names, key=lambda each: profile(each))\n',
        'def leave(text):\n    get_ipython().system(text)\n    exit(_("done"))\n',
        'class Refused(HostError):\n    pass\n\n\ndef refuse():\n    raise HostError("no")\n',
        "def names(each):\n    quit = __import__(each)\n    return quit\n",
        *_library_functions(60),
    ]
    lines = [json.dumps({"id": number, "code": text}) for number, text in enumerate(texts)]
    assert scored(lines, tmp_path, 0, BUSY_HOST) == scored(lines, tmp_path, 0)


def test_an_interpreter_without_docstrings_and_asserts_changes_nothing(tmp_path: Path) -> None:
    lines = [json.dumps({"id": number, "code": text}) for number, text in enumerate(_library_functions(40))]
    optimized = scored(lines, tmp_path, 0, PYTHONOPTIMIZE="2", PYTHONDONTWRITEBYTECODE="1")
    assert optimized == scored(lines, tmp_path, 0)


def test_1000_mixed_samples_give_the_same_bytes(human_eval: list[dict[str, str]], tmp_path: Path) -> None:
    lines = mixed_samples(human_eval, 1_000)
    assert len(lines) == 1_000
    first = scored(lines, tmp_path, 2, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    assert len(first) == 1_000
    random.Random(4).shuffle(lines)
    second = scored(lines, Path("/"), 1, PYTHONHASHSEED="2", TZ="Asia/Kathmandu", LC_ALL="POSIX")
    assert second == first
    some = lines[::8]
    third = scored(some[::-1], tmp_path, 0, PYTHONHASHSEED="3", LANG="tr_TR.UTF-8")
    assert third == {number: first[number] for number in third}
