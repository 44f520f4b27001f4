"""How long ``quality --version`` takes to start, beside a bare interpreter that imports argparse."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

_COMMANDS = {
    "import argparse": ["-c", "import argparse"],
    "import quality": ["-c", "import quality"],
    "quality --version": ["-m", "quality", "--version"],
    "quality --help": ["-m", "quality", "--help"],
}
_ANALYZERS = ("astroid", "bandit", "libcst", "pylint", "radon")
_LOADED = f"import sys, quality; print([name for name in {_ANALYZERS!r} if name in sys.modules])"


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15, help="how often each command is started")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    for command in _COMMANDS.values():
        _seconds(command)
    rounds = [
        {name: _seconds(command) for name, command in _COMMANDS.items()} for _ in range(arguments.rounds)
    ]
    milliseconds = {name: 1000 * statistics.median(each[name] for each in rounds) for name in _COMMANDS}
    base = milliseconds["import argparse"]
    loaded = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    result = {
        "rounds": arguments.rounds,
        "milliseconds": milliseconds,
        "ratios": {name: value / base for name, value in milliseconds.items()},
        "limit_milliseconds": 2 * base + 100,
        "analyzers_imported_by_import_quality": loaded.stdout.strip(),
    }
    if not arguments.json:
        print(f"median of {arguments.rounds} starts\n")
        print(f"{'command':<22}{'ms':>10}{'× argparse':>14}")
        for name, value in milliseconds.items():
            print(f"{name:<22}{value:>10.1f}{value / base:>14.2f}")
        print(f"\n'quality --version' should stay below 2 x argparse + 100 ms = {2 * base + 100:.0f} ms")
        print(f"analyzers that 'import quality' imports: {loaded.stdout.strip()}\n")
    print(json.dumps(result))


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
