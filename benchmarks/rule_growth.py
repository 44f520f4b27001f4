"""How the cost of the rules grows with the size of a source, up to the limits of the gate.

Sources of three shapes double in size until the gate refuses them: functions that hand values from requests to each other, one
long function, and one long chain of branches and loops. Processor time is measured, so a busy machine does not count.
With --svg the table becomes a picture, too.
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

from quality.analysis import Refusal, prepare
from quality.model import Limits, Source
from quality.plugins import load_plugins
from quality.rules import ANALYZER, Facts, RuleRunner
from quality_rules._flow import flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Statements of a source: the smallest, doubled until the gate says no.
_SMALLEST = 64
_COLOURS = {"functions": "#0072b2", "one function": "#d55e00", "branches": "#009e73"}
_HEAD = "import os\nfrom flask import request\n\n"

#: A point: nodes, milliseconds of parsing, of the data flow, of all rules.
Point = tuple[int, float, float, float]


def _functions(size: int) -> str:
    part = (
        "def f{0}(cursor, name, count=0):\n"
        "    value = request.args['k{0}'] + name.strip()\n"
        "    for item in [value, name, 'x']:\n"
        "        if item not in {{'a', 'b'}}:\n"
        "            cursor.execute('SELECT a FROM t WHERE b = ' + item)\n"
        "    return f{1}(cursor, value, {0})\n\n"
    )
    return _HEAD + "".join(part.format(n, n + 1) for n in range(size // 6))


def _one_function(size: int) -> str:
    lines = (f"    v{n} = v{n - 1 if n else 0} + request.args['k{n}'] + 'x'" for n in range(size))
    return _HEAD + "def f(v0):\n" + "\n".join(lines) + "\n    os.system(v0)\n"


def _branches(size: int) -> str:
    part = (
        "    if v in ('a{0}', 'b'):\n        w = v + request.args['k']\n"
        "    for u in w:\n        v = u + 'x'\n        os.system('ls ' + v)\n"
    )
    return _HEAD + "def f(v, w):\n" + "".join(part.format(n) for n in range(size // 5))


_SHAPES: dict[str, Callable[[int], str]] = {
    "functions": _functions,
    "one function": _one_function,
    "branches": _branches,
}


def main() -> None:
    """Measures, prints, and draws."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--svg", type=Path, help="write the picture here")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    runner = RuleRunner([rule for rule in load_plugins().rules.values() if rule.analyzer == ANALYZER])
    points = {shape: list(_measured(runner, make)) for shape, make in _SHAPES.items()}
    if not arguments.json:
        print(
            f"{'shape':<14}{'nodes':>9}{'parse ms':>10}{'flow ms':>10}{'rules ms':>10}{'µs a node':>11}{'× parse':>9}"
        )
        for shape, rows in points.items():
            for nodes, parse, follow, rules in rows:
                each = 1000 * rules / nodes
                print(
                    f"{shape:<14}{nodes:>9,}{parse:>10.1f}{follow:>10.1f}{rules:>10.1f}{each:>11.1f}{rules / parse:>9.1f}"
                )
        print()
    print(json.dumps(points))
    if arguments.svg:
        arguments.svg.write_text(_drawn(points), encoding="utf-8")


def _measured(runner: RuleRunner, make: Callable[[int], str]) -> Iterator[Point]:
    size = _SMALLEST
    while True:
        prepared = prepare(make(size), "growth.py", Limits())
        if isinstance(prepared, Refusal):
            return
        code = prepared.text
        parse = _milliseconds(lambda code=code: ast.parse(code))
        fresh = Source(code)
        nodes = sum(1 for _ in ast.walk(fresh.tree))
        facts = Facts(fresh)
        yield (
            nodes,
            parse,
            _milliseconds(lambda facts=facts: flow(facts)),
            _milliseconds(lambda code=code: runner.run(Source(code))),
        )
        size *= 2


def _milliseconds(run: Callable[[], object]) -> float:
    """Processor time, without that of collecting what other measurements left behind."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    gc.enable()
    return 1000 * seconds


def _drawn(points: dict[str, list[Point]]) -> str:
    """Both axes are logarithmic: a straight line as steep as the dashed one is linear growth."""
    width, height, left, bottom = 720, 420, 70, 50
    nodes = [row[0] for rows in points.values() for row in rows]
    times = [row[3] for rows in points.values() for row in rows]
    x_low, x_high = math.log10(min(nodes)), math.log10(max(nodes))
    y_low, y_high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def place(node: float, milliseconds: float) -> str:
        x = left + (math.log10(node) - x_low) / (x_high - x_low) * (width - left - 20)
        y = height - bottom - (math.log10(milliseconds) - y_low) / (y_high - y_low) * (height - bottom - 20)
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    fewest = min(nodes)
    for power in range(y_low, y_high + 1):
        y = place(fewest, 10.0**power).split(",")[1]
        parts.append(f'<path d="M{left} {y}H{width - 20}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y}" text-anchor="end" dy=".3em">{10.0**power:g} ms</text>')
    for node in (1_000, 10_000, 100_000):
        x = place(node, 10.0**y_low).split(",")[0]
        parts.append(f'<path d="M{x} 20V{height - bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{height - bottom + 18}" text-anchor="middle">{node:,}</text>')
    start = min(times)
    parts.append(
        f'<path d="M{place(min(nodes), start)}L{place(max(nodes), start * max(nodes) / min(nodes))}" '
        'stroke="#888" stroke-dasharray="5 4" fill="none"/>'
    )
    for index, (shape, rows) in enumerate(points.items()):
        line = "L".join(place(row[0], row[3]) for row in rows)
        parts.append(f'<path d="M{line}" stroke="{_COLOURS[shape]}" stroke-width="2" fill="none"/>')
        parts.append(f'<text x="{left + 12}" y="{36 + 18 * index}" fill="{_COLOURS[shape]}">{shape}</text>')
    parts.append(
        f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">syntax tree nodes (dashed: linear growth)</text>'
    )
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
