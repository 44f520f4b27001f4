"""Texts on which analyzers have been seen to stumble: odd positions, odd syntax, many defects."""

from __future__ import annotations

_PLAIN = """\
import os
import sys


def add(first, second=[]):
    result = first
    for item in second:
        result = result + item
    return result


class Account:
    rate = 0.5

    def __init__(self, owner):
        self.owner = owner

    def close(self):
        try:
            os.system("rm " + self.owner)
        except Exception:
            pass
        return eval("1")
"""

_UNICODE = """\
naïve = "ünïcödé", 'ﷺ'; assert naïve == ("", )  # 😀 comment
def größe(straße, 名前=None, *ΑΒΓ, **kw): return lambda ﬁ: (straße, 名前, ΑΒΓ, kw, ﬁ, exec("名"))
"""

_MODERN = """\
import asyncio
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int = 0


async def main(points: list[Point]) -> None:
    async with asyncio.timeout(1):
        async for point in stream(points):
            match point:
                case Point(x=0, y=0):
                    yield None
                case Point(x=x) if (n := x) > 10:
                    yield n
                case _:
                    yield f"{point!r:>{10}}"


@property
def outer(function, /, *, keyword):
    def inner(*args):
        nonlocal keyword
        keyword = [i for row in args for i in row if i]
        return {**keyword, "a": {*keyword}}
    global Z
    Z = inner
    return inner
"""

_NESTED = (
    "def deep(a):\n"
    + "".join(f"{'    ' * n}if a == {n}:\n" for n in range(1, 15))
    + "    " * 15
    + "return a\n"
)

#: What ``check_analyzer`` uses when it is given no sources.
SOURCES = (
    _PLAIN,
    "x = 1\n",
    '"""Module."""\n\n\nclass A:\n    """Class."""\n\n\ndef f():\n    """Function."""\n',
    _UNICODE,
    "x = (1 +\n     2)",
    _MODERN,
    _NESTED,
    "value = " + " + ".join(["1"] * 60) + "\n",
    '\x0c\nif True:\n\tpassword = \'tab\'\n\x0c\nelse:\n\tpassword = """\n\tmany\n\tlines"""\n',
    "class A: pass\nclass A(A): x = lambda self: self; y: int; z, *w = 1, 2; del y\n",
    "def f():\n    return 1\n    print('unreachable')\n\n\ndef g():\n    return 1\n    print('unreachable')\n",
)
