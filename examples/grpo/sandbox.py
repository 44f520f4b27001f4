"""Runs generated code against its tests. THIS EXECUTES UNTRUSTED CODE: each text in a process of its own, with limits.

The limits stop what a tiny model writes by accident: loops, memory, large files. They are no jail. Run code of a
model that could mean harm in a container or a virtual machine without a network.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: CPU seconds, and seconds on the clock of a machine that may be busy.
_CPU, _CLOCK = 1, 20
_MEMORY = 512 << 20
_AT_ONCE = 2

_CHILD = f"""
import json, resource, sys
for limit, most in (
    (resource.RLIMIT_CPU, {_CPU}), (resource.RLIMIT_AS, {_MEMORY}), (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 16),
):
    resource.setrlimit(limit, (most, most))
code, tests = json.load(sys.stdin)
names, right = {{}}, 0
try:
    exec(compile(code, "answer.py", "exec"), names)
except BaseException:
    tests = []
for test in tests:
    try:
        right += bool(eval(test, names))
    except BaseException:
        pass
print("passed", right)
"""


def pass_fractions(codes: Sequence[str], tests: Sequence[Sequence[str]]) -> list[float]:
    """Which share of its tests each code passes, 0 to 1. Executes the codes."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_fraction, codes, map(tuple, tests)))


@cache
def _fraction(code: str, tests: tuple[str, ...]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 - what this file is for
                [sys.executable, "-I", "-S", "-c", _CHILD],
                input=json.dumps([code, tests]),
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_CLOCK,
                cwd=folder,
                env={},
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return 0.0
    said = done.stdout.rpartition("passed ")[2].strip()
    return int(said) / len(tests) if done.returncode == 0 and said.isdigit() else 0.0
