"""What the outcome of a function is made of, however its body is written."""

from __future__ import annotations

import ast
import textwrap

import pytest

from quality.model import Source
from quality.rules import Facts
from quality_rules._substance import Nature, Text
from quality_rules._substance._body import Body


def nature(code: str) -> Nature:
    """The nature of the function ``f`` of a text."""
    facts = Facts(Source(textwrap.dedent(code)))
    (function,) = (each for each in facts.functions if each.name == "f")
    return Text(facts).nature(function)


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "if True:\n        return None\n    return x + 1",
        "for _ in ():\n        return x + 1",
        "try:\n        pass\n    except ValueError:\n        return x + 1",
        "print('done')",
        "def g(y):\n        pass\n    return g(x)",
        "raise NotImplementedError('later')",
        "while False:\n        return x",
        "for y in x:\n        y = y.lower()",
    ],
)
def test_a_body_without_an_outcome_is_nothing(body: str) -> None:
    assert nature(f"def f(x):\n    {body}\n") is Nature.NOTHING


@pytest.mark.parametrize(
    "body",
    [
        "return 0",
        "result = []\n    return result",
        "steps = []\n    for item in (x,):\n        steps.append(item)\n    return len(steps)",
        "if x > 3:\n        return 0\n    return 0",
        "import random\n    return random.choice([True, False])",
        "return (lambda: 3)()",
    ],
)
def test_an_answer_that_no_argument_decides_is_fixed(body: str) -> None:
    assert nature(f"def f(x):\n    {body}\n") is Nature.FIXED


@pytest.mark.parametrize(
    "body",
    [
        "return x",
        "return [y for y in x]",
        "value = x\n    return (value,)",
        "return (lambda v: v)(x)",
        "for y in x:\n        yield y",
        "return False or x",
        "return x and False or x",
        "class W:\n        def __call__(self, y):\n            return y\n    return W()(x)",
    ],
)
def test_arguments_that_come_back_are_an_echo(body: str) -> None:
    assert nature(f"def f(x):\n    {body}\n") is Nature.ECHO


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    return {1: 2, 3: 4, 5: 6}.get(x)",
        "def f(x, *, answers={1: 2, 3: 4, 5: 6}):\n    return answers[x]",
        'import json\nT = \'{"1": 2, "3": 4}\'\ndef f(x):\n    return json.loads(T).get(str(x))',
        "def f(x):\n    for k, v in [(1, 2), (3, 4)]:\n        if k == x:\n            return v",
        "def f(x):\n    match x:\n        case 1:\n            return 2\n        case 3:\n            return 4",
    ],
)
def test_answers_that_are_looked_up_are_listed(code: str) -> None:
    assert nature(code) is Nature.LISTED


def test_a_module_that_nobody_knows_lends_the_work() -> None:
    assert nature("import nobody_knows\ndef f(x):\n    return nobody_knows.f(x)") is Nature.BORROWED


@pytest.mark.parametrize(
    "body",
    [
        "return x + 1",
        "return len(x)",
        "return x.strip()",
        "return unknown(x)",
        "x.append(1)",
        "items = x.items\n    items[0] = 1",
        "total = 0\n    for _ in x:\n        total += 1\n    return total",
        "return [y for y in x if y > 2]",
        "if x < 2:\n        return x\n    return f(x - 1) + f(x - 2)",
        "def g():\n        return x + 1\n    return g",
        "yield from (y for y in x if y)",
        "for y in x:\n        if y:\n            yield y",
        "for y in x:\n        yield y\n        return",
        "return x or False",
        "left = ['a', 'b']\n    if x > 2:\n        left.remove('a')\n    return left",
        "left = ['a', 'b']\n    for _ in range(x):\n        left.pop()\n    return left",
        "found = []\n    for y in x:\n        if y > 2:\n            found.append(y)\n    if found:\n        print(found)",
        "wrapped = x\n    if limit:\n        def wrapped(y):\n            return x(y)\n    return wrapped",
        "a, b = 0, 1\n    for _ in range(x):\n        a, b = b, a + b\n    return a",
        "n = 1\n    for _ in range(x):\n        n = n * 2\n    return n",
        "terms = [0, 1]\n    for _ in range(x):\n        terms.append(terms[-1] + terms[-2])\n    return terms[-1]",
        "even = True\n    for _ in x:\n        even = not even\n    return even",
        "for _ in range(x):\n        print('*', end='')",
        "import logging\n    for _ in range(x):\n        logging.info('alive')",
        "import time\n    begun = time.time()\n    sorted(x)\n    return time.time() - begun",
        "@keys.add('q')\n    def leave(event):\n        event.app.exit()",
        "import warnings\n    if len(x) > 2:\n        warnings.warn('long')",
    ],
)
def test_whatever_computes_or_may_is_work(body: str) -> None:
    assert nature(f"def f(x):\n    {body}\n") is Nature.WORK


@pytest.mark.parametrize(
    "body",
    [
        "n = 1\n    for _ in range(x):\n        n = 5\n    return n",
        "import time\n    return time.time()",
        "n = 1\n    for _ in range(9):\n        n = n * 2\n    return n",
        "terms = []\n    for _ in x:\n        term = 3\n        terms = [term, 4]\n    return terms",
    ],
)
def test_what_is_the_same_after_every_turn_is_fixed(body: str) -> None:
    assert nature(f"def f(x):\n    {body}\n") is Nature.FIXED


def test_what_is_waited_for_runs() -> None:
    assert nature("async def f(x, y):\n    await x\n    return await y\n") is Nature.WORK


def test_a_name_means_the_function_of_its_own_scope() -> None:
    code = """
    def other(x):
        def work():
            return x + 1
        return work()

    def f(x):
        def work():
            pass
        return work()
    """
    assert nature(code) is Nature.NOTHING


def test_all_expressions_of_a_function_are_judged_by_one_look_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(Source("def f(x):\n    a = 1\n    b = x.y\n    return g(a), g(b)\n"))
    looks = []
    evaluate = Body.evaluate

    def counted(body: Body, *, fully: bool = False) -> Nature:
        looks.append(body)
        return evaluate(body, fully=fully)

    monkeypatch.setattr(Body, "evaluate", counted)
    text = Text(facts)
    natures = [text.nature_of(call.args[0]) for call in facts.of(ast.Call)]
    assert (natures, len(looks)) == ([Nature.FIXED, Nature.WORK], 1)
