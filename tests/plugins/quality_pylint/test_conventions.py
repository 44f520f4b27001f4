"""What conventions ask for is no finding; beside it, what pylint is right about."""

from __future__ import annotations

import pytest

from quality.model import Confidence, Severity, Source

from .conftest import opened

CASES = {
    "redefined-outer-name": (
        "import pytest\n@pytest.fixture\ndef shop():\n    shop = make()\n    yield shop\ndef test_it(shop):\n    assert shop",
        "def shop():\n    return 1\ndef test_it(shop):\n    assert shop",
    ),
    "expression-not-assigned": (
        "def test_it(money):\n    with pytest.raises(TypeError):\n        money(1) + 1",
        "def f(money):\n    with money:\n        money(1) + 1",
    ),
    "pointless-statement": (
        "def test_it(self, x):\n    with self.assertRaises(TypeError):\n        x.y",
        "def f(x):\n    with x:\n        x.y",
    ),
    "confusing-with-statement": (
        "with closing(connect()) as a, a:\n    pass",
        "with connect() as a, b:\n    pass",
    ),
    "deprecated-module": (
        "from parser import Parser\nimport formatter",
        "import optparse, parser",
    ),
    "unbalanced-tuple-unpacking": (
        "class Box:\n    def __init__(self):\n        self.sent = []\nbox = Box()\n[(a, b)] = box.sent",
        "def f():\n    return 1, 2\na, b, c = f()",
    ),
    "attribute-defined-outside-init": (
        (
            "import sklearn\nclass A(sklearn.Base):\n    def fit(self, x):\n        self.bounds_ = x\n        return self\n"
            "class D:\n    def __set_name__(self, owner, name):\n        self._name = name"
        ),
        "class A:\n    def fit(self, x):\n        self.bounds_ = x",
    ),
    "unused-argument": (
        (
            "import sklearn\nclass A(sklearn.Base):\n    def fit(self, x, y=None):\n        return self.g(x)\n"
            "@app.get('/')\ndef view(request):\n    return 1\n"
            "def handler(event, context):\n    return 1\n"
            "def test_it(store):\n    assert run()\n"
            "def base(x):\n    raise NotImplementedError('base')"
        ),
        "import functools\nclass B:\n    @functools.cache\n    def fit(self, x, y=None):\n        return self.g(x)",
    ),
    "no-self-argument": (
        (
            "class A(Model):\n    @validator('x')\n    def check(cls, value):\n        return value\n"
            "class I(Interface):\n    def send(text):\n        pass"
        ),
        "class A:\n    def check(cls, value):\n        return value",
    ),
    "too-many-ancestors": (
        "from tkinter import ttk\nclass A(ttk.Frame):\n    x = 1",
        "".join(f"class C{number + 1}(C{number}):\n    pass\n" for number in range(9)).replace("(C0)", ""),
    ),
    "invalid-name": (
        (
            "import ast\nimport numpy\nclass V(ast.NodeVisitor):\n    def visit_Name(self, node):\n        return node\n"
            "def f(X, y):\n    X_train = X[:y]\n    return X_train"
        ),
        "def f(X, y):\n    return X[:y]",
    ),
    "use-implicit-booleaness-not-comparison": (
        "def test_it(x):\n    assert list(x) == []",
        "def f(x):\n    return list(x) == []",
    ),
}


@pytest.mark.parametrize("symbol", CASES)
def test_a_convention_is_no_finding_and_what_resembles_it_is(symbol):
    analyzer = opened(symbol)
    conventional, wrong = CASES[symbol]
    assert analyzer.analyze(Source(conventional)).findings == ()
    assert [finding.rule_id for finding in analyzer.analyze(Source(wrong)).findings] == [f"pylint:{symbol}"]


def test_the_variables_of_a_script_are_no_constants():
    analyzer = opened("invalid-name")
    assert analyzer.analyze(Source("total = 3\nprint(total)")).findings == ()
    assert analyzer.analyze(Source("total = 3\ndef f():\n    return total")).findings


@pytest.mark.parametrize(
    ("handling", "confidence"),
    [
        ("log.exception('failed')", Confidence.LOW),
        ("log.error('failed', exc_info=True)", Confidence.LOW),
        ("log.error('failed')", Confidence.MEDIUM),
        ("pass", Confidence.MEDIUM),
    ],
)
def test_a_broad_handler_that_logs_the_traceback_is_less_sure(handling, confidence):
    text = f"def f(job):\n    try:\n        job()\n    except Exception:\n        {handling}\n"
    (finding,) = opened("broad-exception-caught").analyze(Source(text)).findings
    assert finding.confidence is confidence


def test_a_loop_that_raises_in_its_last_turn_has_hardly_an_end():
    loop = "def f(job):\n    for turn in range(3):\n        try:\n            return job()\n        except OSError:\n{0}"
    analyzer = opened("inconsistent-return-statements")
    (unsure,) = analyzer.analyze(
        Source(loop.format("            if turn == 2:\n                raise\n"))
    ).findings
    (sure,) = analyzer.analyze(Source(loop.format("            wait()\n"))).findings
    assert (unsure.confidence, sure.confidence) == (Confidence.LOW, Confidence.HIGH)


@pytest.mark.parametrize(
    ("line", "confidence"),
    [
        ("for unused in g():", Confidence.LOW),
        ("for unused, used in g():", Confidence.LOW),
        ("unused, used = g()\n    if used:", Confidence.LOW),
        ("unused = g()\n    if used():", Confidence.MEDIUM),
    ],
)
def test_an_unused_name_that_has_to_stand_there_is_slight(line, confidence):
    text = f"def f(g, used=None):\n    {line}\n        print(used)\n"
    (finding,) = opened("unused-variable").analyze(Source(text)).findings
    assert (finding.severity, finding.confidence) == (Severity.NOTE, confidence)
