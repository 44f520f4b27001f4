"""Memory of ``quality score`` as its input grows: the command, and the largest of its workers, while it runs.

The lines are cheap and mostly repeat, so that a million of them take minutes; every fiftieth is new. With
``--human-eval`` each is another variant of a solution of HumanEval.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _corpus import human_eval

if TYPE_CHECKING:
    from collections.abc import Callable

_MIB = 1 << 20


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--profile", default="fast")
    options.add_argument("--human-eval", action="store_true", help="judge solutions of HumanEval")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    code = varied(human_eval()) if arguments.human_eval else cheap
    rows = [measured(count, arguments.profile, code) for count in arguments.lines]
    if not arguments.json:
        print(f"{'lines':>10}{'command, MiB':>14}{'worker, MiB':>13}{'lines/s':>10}")
        for row in rows:
            print(
                f"{row['lines']:>10,}{row['command']:>14.1f}{row['worker']:>13.1f}{row['lines a second']:>10,.0f}"
            )
        print()
    print(json.dumps(rows))


def cheap(number: int) -> str:
    """A text of one statement."""
    return f"x = f({number if number % 50 == 0 else number % 1_000})\n"


def varied(codes: list[str]) -> Callable[[int], str]:
    """The codes in turn, none the same as an earlier one."""
    return lambda number: f"{codes[number % len(codes)]}\n\nNUMBER = {number}\n"


def measured(count: int, profile: str, code: Callable[[int], str]) -> dict[str, float]:
    """Runs the command on so many lines."""
    with tempfile.TemporaryDirectory() as name:
        samples = Path(name) / "in.jsonl"
        with samples.open("w", encoding="ascii") as file:
            for number in range(count):
                file.write(json.dumps({"id": number, "code": code(number)}) + "\n")
        command = [str(Path(sys.executable).with_name("quality")), "score", str(samples), "-j", "2"]
        started = time.perf_counter()
        process = subprocess.Popen([*command, "--profile", profile, "-o", str(Path(name) / "out.jsonl")])
        own, others = watched(process)
        seconds = time.perf_counter() - started
    return {"lines": count, "command": own / _MIB, "worker": others / _MIB, "lines a second": count / seconds}


def watched(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """The most that the process held, and the most that one of its descendants held."""
    own = others = 0
    while process.poll() is None:
        own = max(own, resident(process.pid))
        others = max([others, *map(resident, descendants(process.pid))])
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(process.returncode)
    return own, others


def descendants(pid: int) -> list[int]:
    """The children of a process and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [each for child in map(int, children) for each in (child, *descendants(child))]


def resident(pid: int) -> int:
    """Bytes of a process in memory; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(sizes[0]) * 1024 if sizes else 0


if __name__ == "__main__":
    main()
