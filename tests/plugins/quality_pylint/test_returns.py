"""A function that returns a value here, and may reach its end there, is inconsistent, wherever the return stands."""

from __future__ import annotations

import pytest

MAY_END = [
    "def f(a):\n    for b in a:\n        if b:\n            continue\n        return b\n",
    "def f(a):\n    match a.b:\n        case 0:\n            return a\n",
    "from contextlib import suppress\ndef f(a):\n    with suppress(KeyError):\n        return a[0]\n",
]
NEVER_ENDS = [
    "def f(a):\n    for b in a:\n        if b:\n            continue\n        return b\n    return None\n",
    "import itertools\ndef f(a):\n    for b in itertools.count():\n        if a(b):\n            return b\n",
    "def f(a):\n    match a.b:\n        case 0:\n            return a\n        case _:\n            return 1\n",
    "def f(a):\n    match a.b:\n        case 0:\n            return a\n        case 1:\n            return 1\n",
    "def f(a, lock):\n    with lock:\n        return a[0]\n",
    "def f(a):\n    for b in a:\n        yield b\n        return 1\n",
]


@pytest.mark.parametrize("text", MAY_END)
def test_what_may_reach_its_end(text, look):
    assert "inconsistent-return-statements" in look(text)


@pytest.mark.parametrize("text", NEVER_ENDS)
def test_what_does_not(text, look):
    assert "inconsistent-return-statements" not in look(text)
