"""How often each rule fires on real code, and a sample of its findings to read.

Rules that compare sources see those of one folder together. Without --sample: a table of hits per rule and per 1,000
functions, for each group of sources and in all, and below it how much was read and how many findings have the severity
error or high confidence. With it: up to that many findings of each rule of --rule with the code around them, chosen by a
digest of their places and not by their order, so that every file has the same chance.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import sys
import sysconfig
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from _corpus import human_eval

import quality_rules
from quality.analysis import Refusal, prepare
from quality.model import Confidence, Finding, Limits, Severity, Source, is_function
from quality.plugins import load_plugins
from quality.project import FoundFile, Settings, find_files
from quality.rules import ANALYZER, RuleRunner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import Rule, Trace

_CONTEXT = 4


@dataclass
class _Tally:
    """What was read and found in one group of sources."""

    functions: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)

    def read(self, source: Source) -> None:
        self.functions += sum(is_function(unit.node) for unit in source.outline.units)
        self.totals["statements"] += sum(isinstance(node, ast.stmt) for node in ast.walk(source.tree))

    def add(self, finding: Finding) -> None:
        self.hits[finding.rule_id] += 1
        self.totals["errors"] += finding.severity is Severity.ERROR
        self.totals["of high confidence"] += finding.confidence is Confidence.HIGH


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="*", type=Path, help="folders, one per package")
    options.add_argument("--rule", action="append", default=[], help="part of a rule's id; several times")
    options.add_argument("--sample", type=int, default=0, help="print this many findings of each rule")
    options.add_argument("--no-library", action="store_true", help="leave the standard library out")
    options.add_argument("--no-tests", action="store_true", help="leave tests out")
    arguments = options.parse_args()
    rules = _own_rules(arguments.rule)
    tallies: dict[str, _Tally] = {}
    kept: dict[str, list[tuple[Finding, Source]]] = {rule.id: [] for rule in rules}
    for group, sources in _bodies(arguments.paths, library=not arguments.no_library):
        tally = tallies.setdefault(group, _Tally())
        wanted = (source for source in sources if not (arguments.no_tests and source.role == "test"))
        for finding, source in _found(rules, wanted, tally):
            tally.add(finding)
            if arguments.sample:
                kept[finding.rule_id].append((finding, source))
    if not arguments.sample:
        _table(list(kept), tallies)
    for found in kept.values():
        for finding, source in sorted(found, key=_digest)[: arguments.sample]:
            _show(finding, source)


def _own_rules(parts: list[str]) -> list[Rule]:
    """This project's rules; where parts of ids are given, those that have one of them."""
    rules = [rule for rule in load_plugins().rules.values() if rule.analyzer == ANALYZER]
    own = [rule for rule in rules if rule.id.startswith(f"{quality_rules.NAMESPACE}:")]
    return [rule for rule in own if not parts or any(part in rule.id for part in parts)]


def _found(rules: list[Rule], sources: Iterable[Source], tally: _Tally) -> Iterator[tuple[Finding, Source]]:
    """What the rules find in sources that are judged together."""
    runner = RuleRunner(rules)
    read: dict[str, Source] = {}
    traces: list[Trace] = []
    for source in sources:
        tally.read(source)
        result = runner.run(source)
        yield from ((finding, source) for finding in result.findings)
        if result.traces:
            read[source.path] = source
            traces += result.traces
    yield from ((finding, read[finding.location.path]) for finding in _across(rules, traces))


def _digest(entry: tuple[Finding, Source]) -> str:
    finding, _ = entry
    place = f"{finding.location.path}:{finding.location.line}"
    return hashlib.sha256(f"{finding.rule_id} {place}".encode()).hexdigest()


def _across(rules: list[Rule], traces: list[Trace]) -> Iterator[Finding]:
    """What the rules that compare sources find."""
    by_rule: dict[str, list[Trace]] = {}
    for trace in sorted(
        traces, key=lambda trace: (trace.location.path, trace.location.line, trace.location.column)
    ):
        by_rule.setdefault(trace.rule_id, []).append(trace)
    for rule in rules:
        own = by_rule.get(rule.id)
        if own:
            yield from rule.checker.across(rule, own)  # type: ignore[attr-defined]


def _bodies(paths: list[Path], *, library: bool) -> Iterator[tuple[str, Iterator[Source]]]:
    """Group and sources: each package, the standard library without its tests, and HumanEval."""
    for path in paths:
        yield "packages", _prepared(find_files([path], Settings()))
    if library:
        folder = Path(sysconfig.get_paths()["stdlib"])
        found = (file.relative_to(folder) for file in sorted(folder.rglob("*.py")))
        files = (FoundFile(f.as_posix(), folder / f, "product") for f in found if _counts(f))
        yield "library", _prepared(files)
    solutions = (prepare(code, f"HumanEval/{n}", Limits()) for n, code in enumerate(human_eval()))
    yield "HumanEval", (source for source in solutions if not isinstance(source, Refusal))


def _prepared(files: Iterable[FoundFile]) -> Iterator[Source]:
    for file in files:
        source = prepare(file.file.read_bytes(), file.path, Limits(), file.role)
        if not isinstance(source, Refusal):
            yield source


def _counts(file: Path) -> bool:
    return not {"test", "tests", "idle_test", "lib2to3", "site-packages"} & set(file.parts)


def _table(rules: list[str], tallies: dict[str, _Tally]) -> None:
    functions = sum(tally.functions for tally in tallies.values())
    print("| rule |", " | ".join(tallies), "| per 1,000 functions |")
    print("|---|", "---|" * (len(tallies) + 1), sep="")
    for rule in rules:
        counts = [tally.hits[rule] for tally in tallies.values()]
        share = 1000 * sum(counts) / max(functions, 1)
        print(f"| `{rule}` |", " | ".join(map(str, counts)), f"| {share:.2f} |")
    for group, tally in tallies.items():
        totals = ", ".join(f"{number} {name}" for name, number in tally.totals.items())
        print(f"{group}: {tally.functions} functions, {totals}", file=sys.stderr)


def _show(finding: Finding, source: Source) -> None:
    place = finding.location
    print(f"--- {finding.rule_id} {source.path}:{place.line}: {finding.message}")
    for number in range(max(place.line - _CONTEXT, 1), min(place.end_line + _CONTEXT, len(source.lines)) + 1):
        mark = ">" if place.line <= number <= place.end_line else " "
        print(f"{mark}{number:>5} {source.lines[number - 1]}")


if __name__ == "__main__":
    main()
