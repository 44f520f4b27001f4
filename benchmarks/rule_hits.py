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


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="*", type=Path, help="folders, one per package")
    options.add_argument("--rule", action="append", default=[], help="part of a rule's id; several times")
    options.add_argument("--sample", type=int, default=0, help="print this many findings of each rule")
    options.add_argument("--no-library", action="store_true", help="leave the standard library out")
    options.add_argument("--no-tests", action="store_true", help="leave tests out")
    arguments = options.parse_args()
    rules = [
        rule
        for rule in load_plugins().rules.values()
        if rule.analyzer == ANALYZER
        and rule.id.startswith(f"{quality_rules.NAMESPACE}:")
        and (not arguments.rule or any(part in rule.id for part in arguments.rule))
    ]
    runner = RuleRunner(rules)
    hits: dict[str, Counter[str]] = {}
    functions: Counter[str] = Counter()
    totals: dict[str, Counter[str]] = {}
    kept: dict[str, list[tuple[str, Finding, Source]]] = {rule.id: [] for rule in rules}
    for group, sources in _bodies(arguments.paths, library=not arguments.no_library):
        read: dict[str, Source] = {}
        findings: list[Finding] = []
        traces: list[Trace] = []
        for source in sources:
            if arguments.no_tests and source.role == "test":
                continue
            functions[group] += sum(is_function(unit.node) for unit in source.outline.units)
            totals.setdefault(group, Counter())["statements"] += sum(
                isinstance(node, ast.stmt) for node in ast.walk(source.tree)
            )
            result = runner.run(source)
            findings += result.findings
            traces += result.traces
            if result.findings or result.traces:
                read[source.path] = source
        findings += _across(rules, traces)
        for finding in findings:
            hits.setdefault(group, Counter())[finding.rule_id] += 1
            totals[group]["errors"] += finding.severity is Severity.ERROR
            totals[group]["of high confidence"] += finding.confidence is Confidence.HIGH
            place = f"{finding.location.path}:{finding.location.line}"
            digest = hashlib.sha256(f"{finding.rule_id} {place}".encode()).hexdigest()
            if arguments.sample:
                kept[finding.rule_id].append((digest, finding, read[finding.location.path]))
    if arguments.sample:
        for found in kept.values():
            for _, finding, source in sorted(found, key=lambda entry: entry[0])[: arguments.sample]:
                _show(finding, source)
        return
    _table(list(kept), hits, functions, totals)


def _across(rules: list[Rule], traces: list[Trace]) -> Iterator[Finding]:
    """What the rules that compare sources find."""
    for rule in rules:
        own = [trace for trace in traces if trace.rule_id == rule.id]
        if own:
            own.sort(key=lambda trace: (trace.location.path, trace.location.line, trace.location.column))
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


def _table(
    rules: list[str], hits: dict[str, Counter[str]], functions: Counter[str], totals: dict[str, Counter[str]]
) -> None:
    groups = list(functions)
    print("| rule |", " | ".join(groups), "| per 1,000 functions |")
    print("|---|", "---|" * (len(groups) + 1), sep="")
    for rule in rules:
        counts = [hits.get(group, Counter())[rule] for group in groups]
        share = 1000 * sum(counts) / max(functions.total(), 1)
        print(f"| `{rule}` |", " | ".join(map(str, counts)), f"| {share:.2f} |")
    print(f"\n{dict(functions)} functions", file=sys.stderr)
    for group, counted in totals.items():
        print(f"{group}:", ", ".join(f"{number} {name}" for name, number in counted.items()), file=sys.stderr)


def _show(finding: Finding, source: Source) -> None:
    place = finding.location
    print(f"--- {finding.rule_id} {source.path}:{place.line}: {finding.message}")
    for number in range(max(place.line - _CONTEXT, 1), min(place.end_line + _CONTEXT, len(source.lines)) + 1):
        mark = ">" if place.line <= number <= place.end_line else " "
        print(f"{mark}{number:>5} {source.lines[number - 1]}")


if __name__ == "__main__":
    main()
