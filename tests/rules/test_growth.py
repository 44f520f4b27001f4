"""Twice the text is about twice the work, whatever a text repeats: every call that Python makes is counted."""

from __future__ import annotations

import sys

import pytest

import quality_rules
from quality.model import Source
from quality.rules import RuleRunner, catalogue, discover_rules
from quality_rules import NAMESPACE

RULES = catalogue(discover_rules(quality_rules), NAMESPACE)
ALONE = {
    rule.id: {"standalone": True}
    for rule in RULES
    if any(option.name == "standalone" for option in rule.options)
}
RUNNER = RuleRunner(RULES, ALONE)
SIZE = 80
#: Twice, and a little for sorting.
MOST = 2.07

#: What stands before the parts, and a part: each is repeated so often, with its number.
SHAPES = {
    "strings that run": ("def f(x):\n", "    exec(x)\n    y = eval(x)\n"),
    "methods of one name": (
        "class B:\n    def f(self, x):\n        raise NotImplementedError\n",
        "class C{n}(B):\n    def f(self, x):\n        return x + {n}\n    def g(self):\n        return self.f({n})\n",
    ),
    "functions of one name": ("", "def f(x):\n    return x\ndef g{n}(y):\n    return h(f, y)\n"),
    "attributes of one name": (
        "",
        "class A{n}:\n    kind = 'a{n}'\n    def f(self):\n        return self.kind\n",
    ),
    "one variable": ("def f(x):\n", "    x = x + {n}\n"),
    "one list": ("def f(x):\n", "    a = []\n    a.append(x)\n    a.remove({n})\n"),
    "one module variable": ("", "x = g({n})\ndef f{n}(y):\n    return x\n"),
    "handlers": ("def f(x):\n    try:\n        x.go()\n", "    except E{n}:\n        print({n})\n"),
    "archives": (
        "import zipfile\ndef f(p):\n",
        "    with zipfile.ZipFile(p) as z:\n        z.extractall(p)\n",
    ),
    "tables of lambdas": ("T = {{\n", "    'k{n}': lambda x: x + {n},\n"),
    "functions with defaults": ("", "def _f{n}(x, y=len('a')):\n    return g(x, y, {n})\n"),
    "commands": ("import subprocess\ndef f(x):\n", "    subprocess.run('ls -{n} ' + x)\n"),
}
ENDS = {"tables of lambdas": "}\n"}


def text_of(shape: str, size: int) -> str:
    """A text of a shape with so many parts."""
    head, part = SHAPES[shape]
    return head.format() + "".join(part.format(n=n) for n in range(size)) + ENDS.get(shape, "")


def calls(shape: str, size: int) -> int:
    """How many functions are called and left while the rules look at a text."""
    source = Source(text_of(shape, size))
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        result = RUNNER.run(source)
    finally:
        sys.setprofile(before)
    assert not result.failures
    return counted


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    assert calls(shape, 2 * SIZE) < MOST * calls(shape, SIZE)


class Searched(str):
    """A text that counts how often the whole of it is searched, which no profiler sees."""

    __slots__ = ("times",)

    def __contains__(self, part: str) -> bool:
        self.times += 1
        return super().__contains__(part)


def searches(shape: str, size: int) -> int:
    """How often the rules search all of a text for a word."""
    text = Searched(text_of(shape, size))
    text.times = 0
    source = Source(text)
    source.tree  # noqa: B018 - the parser is none of the rules
    RUNNER.run(source)
    return text.times


@pytest.mark.parametrize("shape", SHAPES)
def test_no_rule_searches_all_of_a_text_for_each_of_its_parts(shape: str) -> None:
    assert searches(shape, 2 * SIZE) == searches(shape, SIZE)
