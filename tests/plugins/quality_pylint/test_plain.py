"""pylint says of a call that is spelled by a detour what it says of the plain one, and nothing of the spelling."""

from __future__ import annotations

import pytest

from quality.model import Source

_TESTS = "{}\nclass Test(unittest.TestCase):\n    def test_it(self):\n        {}\n"
_LOGGED = "import logging\n{}\ndef show(name):\n    {}\n"
SPELLINGS = [
    (
        _TESTS.format("import unittest", "self.assertTrue('foo')"),
        _TESTS.format(
            "import importlib\nunittest = importlib.import_module('unittest')", "self.assertTrue('foo')"
        ),
    ),
    (
        _TESTS.format("import unittest", "self.assertTrue('foo')"),
        _TESTS.format("unittest = __import__('unittest')", "self.assertTrue('foo')"),
    ),
    (
        _TESTS.format("import unittest", "self.assertTrue('foo')"),
        _TESTS.format(
            "import unittest\nfrom functools import partial\n", "partial(self.assertTrue, 'foo')()"
        ),
    ),
    (
        _TESTS.format("import unittest", "self.assertTrue('foo')"),
        _TESTS.format(
            "import operator\nimport unittest\n", "operator.methodcaller('assertTrue', 'foo')(self)"
        ),
    ),
    (
        _LOGGED.format("", "logging.error(f'a{name}')"),
        _LOGGED.format("show_it = logging.error", "show_it(f'a{name}')"),
    ),
    (
        _LOGGED.format("", "logging.error(f'a{name}')"),
        _LOGGED.format("LOG = {'e': logging.error}", "LOG['e'](f'a{name}')"),
    ),
    (
        _LOGGED.format("", "logging.error(f'a{name}')"),
        _LOGGED.format("", "log = logging.error\n    log(f'a{name}')"),
    ),
    (
        _LOGGED.format("", "logging.error('a{n}'.format(n=name))"),
        _LOGGED.format("", "logging.error('a{n}'.format_map({'n': name}))"),
    ),
    (
        "names = ['a']\nfor name in names:\n    names.append('b')\n",
        "names = ['a']\nfor name in names:\n    getattr(names, 'append')('b')\n",
    ),
    ("names = ['a']\n'{x[1]}'.format(x=names)\n", "names = ['a']\n'{x[1]}'.format(**{'x': names})\n"),
    ("'{} {}'.format('a')\n", "'{} {}'.format(*['a'])\n"),
    (
        "try:\n    print()\nexcept Exception:\n    raise\nexcept TypeError:\n    raise\n",
        "ERRORS = (TypeError,)\ntry:\n    print()\nexcept Exception:\n    raise\nexcept ERRORS:\n    raise\n",
    ),
    (
        "try:\n    print()\nexcept Exception:\n    pass\n",
        "try:\n    print()\nexcept (AttributeError, NameError, OSError, RuntimeError, TypeError, ValueError):\n    pass\n",
    ),
    (
        "from dataclasses import field\nprint(field(init=False))\n",
        "from dataclasses import field\nprint((field or None)(init=False))\n",
    ),
    ("print('{} {}'.format('a'))\n", "print(('{}' + ' {}').format('a'))\n"),
    (
        "def f(a):\n    return a == a\n",
        "import operator\ndef f(a):\n    return operator.eq(a, a)\n",
    ),
    (
        "def f(a):\n    return a == f\n",
        "from operator import eq\ndef f(a):\n    return eq(a, f)\n",
    ),
    (
        "def f(a, b):\n    if a < b:\n        a = b\n    return a\n",
        "from typing import Any\ndef f(a, b):\n    if a < b:\n        a: Any = b\n    return a\n",
    ),
    (
        "def f(a):\n    text = ''\n    for b in a:\n        text += b\n    return text\n",
        "from typing import cast\ndef f(a):\n    text = cast(str, '')\n    for b in a:\n        text += b\n    return text\n",
    ),
    (
        "def f(a):\n    for i in range(len(a)):\n        print(a[i])\n",
        "count = len\ndef f(a):\n    for i in range(count(a)):\n        print(a[i])\n",
    ),
    (
        "class A:\n    pass\nA().f()\n",
        "class A:\n    pass\ngetattr(A(), 'f')()\n",
    ),
    (
        "class Flag:\n    def __bool__(self):\n        return 1\n",
        "class Flag:\n    __bool__ = lambda self: 1\n",
    ),
]
#: What only looks like a detour, or may be there for a reason.
FINE = [
    "from math import ceil, floor\ndef f(low, a):\n    return (floor if low else ceil)(a)\n",
    "from math import ceil, floor\ndef f(a):\n    return (floor or ceil)(a)\n",
    "from math import ceil, floor\ndef f(a):\n    return [floor, ceil][0](a)\n",
    "try:\n    print()\nexcept (OSError, ValueError, TypeError):\n    pass\n",
    "from operator import add\ndef f(pairs):\n    return [add(*pair) for pair in pairs]\n",
    "from collections import Counter\ndef f(a):\n    found: Counter[str] = a.count()\n    return found\n",
    "TEXT = 'a' + 'b'\n",
    "import os\ndef f():\n    return getattr(os, 'nosuch')()\n",
    "import os\ndef f(name):\n    return getattr(os, name)()\n",
    "import importlib\nyaml = importlib.import_module('a-b')\nprint(yaml)\n",
    "def f(show, options):\n    return show(**{**options, 'a': 1})\n",
    "def f(show, key):\n    return show(**{key: 1, 'not a name': 2})\n",
    "from functools import partial\ndef f(show):\n    return partial(show, end='')\n",
]


@pytest.mark.parametrize(("plain", "detour"), SPELLINGS)
def test_a_detour_hides_nothing(plain, detour, look):
    assert look(plain)
    assert look(detour) == look(plain)


@pytest.mark.parametrize("text", FINE)
def test_what_is_left_as_it_is(text, look):
    assert look(text) == []


def test_an_import_by_a_call_that_nobody_uses_is_unused(look):
    assert look("import importlib\njson = importlib.import_module('json')\n") == ["unused-import"]


def test_the_shared_tree_stays_as_it_is(analyzer):
    source = Source("import os\nrun = os.getcwd\nprint(run(), getattr(os, 'name'))\n")
    before = [type(node) for node in source.nodes.order]
    analyzer.analyze(source)
    assert [type(node) for node in source.nodes.order] == before
