"""What does not change a program does not change what the rules say of it."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

import quality_rules
from quality.model import Source
from quality.rules import Facts, RuleRunner, catalogue, discover_rules
from quality_rules import NAMESPACE

COMMENT_RULES = {"quality:commented-out-code", "quality:narrating-comment"}
#: Renaming moves what is about names; between names of equal quality it moves nothing.
NAME_RULES = {"quality:cryptic-names"}
RUNNER = RuleRunner(catalogue(discover_rules(quality_rules), NAMESPACE))

#: A bit of everything that the rules report, beside code that is fine.
SAMPLE = """
import contextlib, base64
from helpers import known

def solve(board, depth): pass

def answer(x): return 42

def listed(xs):
    if xs == [1, 2]: return 3
    if xs == [4]: return 4
    if xs == []: return 0
    return 9

class Engine:
    def run(self, jobs, log):
        text = ""
        names = sorted(jobs)
        for job in jobs:
            if job in names: text += str(job)
        try: return eval(text)
        except Exception: return None
        log(text)

    def count(self, jobs):
        length = len(jobs)
        return 0

    def walk(self, rows):
        for row in rows:
            if row:
                for cell in row:
                    if cell.ok: self.add(cell)
                    else: self.drop(cell)
                row.close(); row.flush()
                self.done(row, True, False)

with contextlib.suppress(Exception): exec(base64.b64decode(known))
"""


def _report(text: str) -> Counter[str]:
    result = RUNNER.run(Source(text))
    assert not result.failures
    return Counter(finding.rule_id for finding in result.findings)


def _code_report(text: str) -> Counter[str]:
    return Counter(
        {rule: hits for rule, hits in _report(text).items() if rule not in COMMENT_RULES | NAME_RULES}
    )


def _renamed(text: str) -> str:
    """The text with every local name and parameter replaced by a meaningless one."""
    source = Source(text)
    facts = Facts(source)
    for function in facts.functions:
        names = facts.names(function)
        kept = set(facts.imports) | names.shared
        own = {name: f"v{number}" for number, name in enumerate([*names.parameters, *names.stores])}
        for node in facts.within(function):
            if isinstance(node, ast.Name) and node.id in own and node.id not in kept:
                node.id = own[node.id]
            elif isinstance(node, ast.arg) and node.arg in own:
                node.arg = own[node.arg]
    return ast.unparse(source.tree)


def test_the_sample_has_something_of_most_rules() -> None:
    assert len(_report(SAMPLE)) >= 9


@pytest.mark.parametrize("change", [lambda text: ast.unparse(ast.parse(text)), _renamed])
def test_formatting_comments_and_names_of_locals_do_not_count(change, human_eval) -> None:
    texts = [SAMPLE, *(task["prompt"] + task["canonical_solution"] for task in human_eval)]
    for text in texts:
        assert _code_report(change(text)) == _code_report(text), text


def test_comments_cannot_lower_the_number_of_findings() -> None:
    commented = "\n".join(f"{line}  # why" if line else "# why" for line in SAMPLE.split("\n"))
    assert _report(commented) == _report(SAMPLE)


def test_the_order_of_the_definitions_does_not_count() -> None:
    tree = ast.parse(SAMPLE)
    imports, rest = tree.body[:2], tree.body[2:]
    reordered = ast.unparse(ast.Module([*imports, *reversed(rest)], []))
    assert _code_report(reordered) == _code_report(SAMPLE)
