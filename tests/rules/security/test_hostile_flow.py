"""Code that is written to keep a data flow analysis busy, deep or wrong."""

from __future__ import annotations

import pytest

import quality_rules
from quality.model import Source
from quality.rules import RuleRunner, catalogue, discover_rules
from quality_rules._flow import FlowRule

RULES = catalogue([rule for rule in discover_rules(quality_rules) if issubclass(rule, FlowRule)], "quality")
RUNNER = RuleRunner(RULES)
HEAD = "def f(db, a):\n"
SINK = "    db.execute('SELECT 1 FROM t WHERE k = ' + a)\n"


def rows(count: int, *lines: str) -> str:
    """The lines, over and over, with the number of the turn for each ``@``."""
    return "".join(f"{line}\n".replace("@", str(number)) for number in range(count) for line in lines)


def body(count: int, *lines: str) -> str:
    return rows(count, *(f"    {line}" for line in lines))


def nested(count: int, head: str) -> str:
    return "".join(f"{'    ' * (depth + 1)}{head}\n".replace("@", str(depth)) for depth in range(count))


def repeated(count: int, before: str, middle: str, after: str) -> str:
    return f"    x = {before * count}{middle}{after * count}\n"


TEXTS = {
    "doubled texts": HEAD + "    x = a\n" + body(200, "x = x + x") + SINK,
    "doubled lists": HEAD + "    x = [a]\n" + body(200, "x = x + x") + SINK,
    "twin pairs": HEAD
    + body(1, "x = 'q'", "y = 'q'")
    + body(200, "x = (x, x)", "y = (y, y)")
    + body(1, "z = x if a else y")
    + SINK,
    "twin dictionaries": HEAD
    + body(1, "x = y = {}")
    + body(200, "x = {1: x, 2: x}", "y = {1: y, 2: y}")
    + body(1, "z = x if a else y")
    + SINK,
    "nested loops": HEAD + nested(18, "for b@ in a:") + "    " * 19 + "a = a + b1\n" + SINK,
    "nested conditions": HEAD + repeated(25, "(a if a in ", "b", " else a)") + SINK,
    "nested logic": HEAD + repeated(25, "(a and a in b or ", "b", ")") + SINK,
    "nested comprehensions": HEAD + repeated(25, "[", "a", " for a in a if a]") + SINK,
    "nested lambdas": HEAD + repeated(40, "lambda a=a: ", "db.execute(a)", "") + SINK,
    "nested functions": HEAD
    + nested(25, "def g@(db, a):")
    + "    " * 26
    + "db.execute('SELECT 1 FROM t WHERE ' + a)\n",
    "nested calls": HEAD + repeated(55, "g(", "a", ")") + SINK,
    "long sum": HEAD + repeated(390, "a + ", "a", "") + SINK,
    "long chain": HEAD + repeated(390, "", "a", ".strip()") + SINK,
    "long elif": HEAD + "    if a:\n        pass\n" + body(390, "elif a == @:", "    x@ = a") + SINK,
    "everybody calls everybody": rows(60, "def f@(db, a):", *(f"    f{k}(db, a)" for k in range(60)), SINK),
    "a long way down": rows(
        400, "def f@(db, a):", "    return g@(db, a)", "def g@(db, a):", "    return f@(db, a)"
    ),
    "a template without end": f"T = '{'%s{}' * 4_900}'\n{HEAD}{body(500, 'x = T % a', 'y = T.format(a)')}{SINK}",
    "a text of braces": f"T = '{'{' * 15_000}'\n{HEAD}{body(50, 'y = T.format(a)')}{SINK}",
    "a text of percents": f"T = '{'%(' * 9_000}'\n{HEAD}{body(50, 'y = T % a')}{SINK}",
    "a text of blanks": f"T = 'insert {' ' * 15_000}'\n{HEAD}{body(50, 'y = T + a')}{SINK}",
    "tests made of tests": HEAD
    + body(700, "t@ = a", "u = u and t@ == '@' or u", "if u:", "    x = a")
    + SINK,
    "a chain of tests": HEAD
    + "    t0 = a == 'q'\n"
    + "".join(f"    t{n} = t{n - 1} and a != '{n}'\n    if t{n}:\n        x = a\n" for n in range(1, 700))
    + SINK,
    "keys upon keys": HEAD + "    d = {}\n" + body(700, "d['@'] = a", "d[a] = a", "x = d['@']") + SINK,
    "lists that are changed": HEAD
    + "    x = []\n"
    + body(700, "x.append(a)", "x.insert(0, a)", "x.pop()")
    + SINK,
    "lambdas that call lambdas": HEAD
    + "    f0 = lambda b: b\n"
    + "".join(f"    f{n} = lambda b: f{n - 1}(b) + f{n - 1}(b)\n" for n in range(1, 100))
    + "    x = f99(a)\n"
    + SINK,
    "objects of objects": "class C:\n    def __init__(self, a):\n        self.a = a\n"
    + HEAD
    + "    x = C(a)\n"
    + body(600, "x = C(x)", "y = x.a")
    + SINK,
    "one of many": HEAD
    + "    if "
    + " or ".join(f"(a == '{n}' and a)" for n in range(200))
    + ":\n        x = a\n"
    + SINK,
    "many states": HEAD + body(500, "x@ = a", "if a:", "    x@ = 1") + SINK,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_comes_to_an_end_and_finds_what_is_there(text: str) -> None:
    result = RUNNER.run(Source(text))
    assert not result.failures
    found = {finding.rule_id for finding in result.findings}
    assert ("quality:sql-injection" in found) is ("SELECT" in text)


def test_what_is_too_deep_to_follow_clears_nothing() -> None:
    deep = "def f(db, t='a'):\n    x = " + "-" * 200 + "1\n    db.execute(f'SELECT 1 FROM {x}')\n"
    shallow = deep.replace("-" * 200, "-")
    assert RUNNER.run(Source(shallow)).clearances
    assert not RUNNER.run(Source(deep)).clearances
