"""Hostile inputs, made rather than kept: what stalls, crashes, swells or confuses analyzers of Python."""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable, Iterator

Text = str | bytes

_HONEST = '''\
def mean(values):
    """Return the arithmetic mean."""
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)
'''


def hostile_texts() -> dict[str, Text]:
    """Name → text, in a fixed order."""
    made: dict[str, Text] = {}
    for family in (
        _nested,
        _nested_blocks,
        _long,
        _inferred,
        _grown,
        _encoded,
        _lines,
        _poisons,
        _imports,
        _bought,
        _broken,
    ):
        for name, text in family():
            assert name not in made, name
            made[name] = text
    return made


def _block(count: int, line: Callable[[int], str]) -> str:
    return "\n".join(line(n) for n in range(count)) + "\n"


def _nested() -> Iterator[tuple[str, Text]]:
    """What makes recursive parsers and walkers go deep or backtrack."""
    pairs = {"round": "()", "square": "[]", "curly": "{}"}
    for name, (left, right) in pairs.items():
        for depth in (50, 95, 190, 1_000, 5_000):
            yield f"brackets-{name}-{depth}", f"x = {left * depth}{right * depth}\n"
    yield "brackets-open-one-a-line", "x = (\n" + "(\n" * 1_240
    yield "brackets-closed-one-a-line", "(\n" * 1_240 + "1" + "\n)" * 1_240 + "\n"
    yield "brackets-open-round", "(" * 60_000
    yield "brackets-mixed", "([{" * 400
    yield "brackets-in-string", f"x = '{'(' * 10_000}'\n"
    yield "brackets-in-comment", f"x = 1  # {'[' * 10_000}\n"
    for depth in (12, 24, 40, 600):
        yield f"comprehensions-{depth}", "x = " + "[" * depth + "1" + " for a in b]" * depth + "\n"
    yield "generators-nested", "x = " + "(i for i in " * 40 + "y" + ")" * 40 + "\n"
    for name, opened, closed in (
        ("lists", "[", "]"),
        ("generators", "(i for i in ", ")"),
        ("numbered", "[i for n, i in enumerate(", ")]"),
        ("mapped", "map(lambda i: i, ", ")"),
        ("calls", "g(", ")"),
    ):
        yield f"{name}-in-function", f"def f(y):\n    x = {opened * 24}y{closed * 24}\n    return x\n"
    named = "".join(f"(a{n} := " for n in range(40))
    yield "named-in-function", f"def f(y):\n    x = {named}y{')' * 40}\n    return x\n"
    yield "lambdas-nested", "f = " + "lambda: " * 80 + "1\n"
    yield "lambdas-nested-many", "f = " + "lambda: " * 3_000 + "1\n"
    yield "lambda-defaults", "f = " + "lambda x=(" * 45 + "1" + "): x" * 45 + "\n"
    yield "fstrings-nested", "x = " + 'f"{' * 140 + "1" + '}"' * 140 + "\n"
    yield "fstrings-770", "x = " + "f'{" * 770 + "1" + "}'" * 770 + "\n"
    yield "fstring-format-specs", "x = f'" + "{a:" * 60 + "}" * 60 + "'\n"
    yield "powers", "x = " + "**".join("a" * 2_900) + "\n"
    yield "nots", "x = " + "not " * 4_200 + "a\n"
    yield "minuses", "x = " + "-" * 4_000 + "1\n"
    yield "tildes-80", "x = " + "~" * 80 + "1\n"
    yield "and-or", "x = " + " or ".join(["a and b"] * 7_000) + "\n"
    yield "and-or-800", "x = " + " or ".join(["a and b"] * 400) + "\n"
    for terms in (85, 162, 330, 990, 2_990):
        yield f"sum-{terms}", "x = " + "+".join("1" * terms) + "\n"
    for calls in (80, 164, 495, 2_000):
        yield f"method-chain-{calls}", "x = a" + ".b()" * calls + "\n"
    yield "attribute-chain", "x = a" + ".b" * 2_000 + "\n"
    yield "subscript-chain", "x = a" + "[0]" * 85 + "\n"
    yield "call-chain", "x = a" + "()" * 1_000 + "\n"
    yield "conditional-chain", "x = " + "1 if a else " * 400 + "2\n"
    yield "comparison-chain", "x = " + " < ".join(["a"] * 3_000) + "\n"
    yield "walrus-nested", "(x := " * 40 + "1" + ")" * 40 + "\n"
    yield "awaits", "async def f():\n    " + "await " * 1_500 + "x\n"
    yield "starred", "f(" + "*" * 500 + "x)\n"


def _nested_blocks() -> Iterator[tuple[str, Text]]:
    """The same with blocks and patterns, and what makes parsers backtrack."""
    yield "blocks-19", _indented(19, "if x:")
    yield "blocks-99", _indented(99, "if x:")
    yield "blocks-loops", _indented(19, "for x in y:")
    yield "blocks-with", _indented(19, "with x:")
    yield "blocks-try", _indented(60, "try:")
    yield "functions-nested", _indented(25, "def f():")
    yield "classes-nested", _indented(25, "class A:")
    yield "match-nested", "match x:\n    case " + "[" * 50 + "a" + "]" * 50 + ":\n        pass\n"
    yield "match-classes", "match x:\n    case " + "A(b=" * 24 + "c" + ")" * 24 + ":\n        pass\n"
    yield "match-groups", "match x:\n    case " + "(" * 30 + "1" + ")" * 30 + ":\n        pass\n"
    yield "match-or", "match x:\n    case " + " | ".join(str(n) for n in range(1_500)) + ":\n        y = 1\n"
    yield "match-mappings", "match x:\n    case " + "{'a': " * 24 + "b" + "}" * 24 + ":\n        y = 1\n"
    yield "match-subjects", "match (" * 20 + "x" + ")" * 20 + ":\n    case 1:\n        pass\n"
    yield "backtracking-dicts", "x = " + "{a: " * 24 + "1" + "}" * 24 + "\n"
    yield "backtracking-calls", "x = " + "f(a=" * 28 + "1" + ")" * 28 + "\n"
    yield "backtracking-lambdas", "x = " + "(lambda a=" * 22 + "1" + ": a)" * 22 + "\n"
    yield "backtracking-with", "with " + "(" * 25 + "a" + ")" * 25 + " as b:\n    pass\n"
    yield "backtracking-targets", "(" * 25 + "a" + ",)" * 25 + " = b\n"
    yield "backtracking-del", "del " + "(" * 25 + "a" + ")" * 25 + "\n"
    yield "backtracking-unfinished", "x = " + "{a: [(" * 10 + "\n"
    yield "annotations-nested", "x: " + "A[" * 45 + "int" + "]" * 45 + " = 1\n"
    yield "decorators-nested", "@a(" + "b(" * 45 + ")" * 45 + ")\ndef f():\n    return 1\n"


def _indented(depth: int, head: str) -> str:
    lines = [f"{' ' * n}{head}" for n in range(depth)]
    lines.append(f"{' ' * depth}x = 1")
    if head == "try:":
        lines += [f"{' ' * n}finally:\n{' ' * (n + 1)}y = 1" for n in reversed(range(depth))]
    return "\n".join(lines) + "\n"


def _long() -> Iterator[tuple[str, Text]]:
    """What is quadratic somewhere."""
    yield "characters", "x = 1\n" * 170_000
    yield "lines", "\n" * 30_000 + "x = 1\n"
    yield "line", f"x = '{'a' * 30_000}'\n"
    yield "dict-700", "x = {\n" + _block(700, lambda n: f"    {n}: 'v{n}',") + "}\n"
    yield "dict-4800", "x = {\n" + _block(4_800, lambda n: f"    {n}: 'v{n}',") + "}\n"
    yield "call-700", "f(\n" + _block(700, lambda n: f"    a{n}={n},") + ")\n"
    yield "list-10000", "x = [" + ", ".join(map(str, range(3_000))) + "]\n"
    yield "continuations", "x = 1 \\\n" + "  + 1 \\\n" * 70 + "  + 1\n"
    yield "continuations-only", "x = \\\n" + "\\\n" * 1_070 + "1\n"
    yield "string-lines", 'x = """' + "line of text\n" * 2_200 + '"""\n'
    yield "comment-hashes", "# " * 1_100 + "\nx = 1\n"
    yield "comment-noqa", "x = 1  #" + " noqa" * 3_000 + "\n"
    yield "comment-pylint", "x = 1  #" + " pylint: disable=" * 1_000 + "\n"
    yield "comment-brackets", "x = 1  # type: ignore" + "[" * 5_000 + "\n"
    yield "comment-noqa-spaces", "x = 1  # noqa" + " " * 9_900 + "!\n"
    yield "comment-nosec-spaces", "x = 1  # nosec" + " " * 9_900 + "!\n"
    yield "comment-each-line", "x = 1  # noqa\n" * 5_000
    yield "strings-implicit", "x = (" + "'a' " * 3_000 + ")\n"
    yield "strings-unfinished", "'" * 9_999
    yield "strings-escapes", "x = '" + "\\\\" * 9_000 + "'\n"
    yield "strings-places", "a = b.c\nx = '" + "%" + "0" * 9_900 + "' % a\n"
    yield (
        "names-underscores",
        f"def f(a):\n    return f{'_' * 9_900}a(a)\n\n\ndef f{'_' * 9_900}a(a):\n    return a\n",
    )
    yield "elif-90", "if x == 0:\n    y = 0\n" + _block(90, lambda n: f"elif x == {n}:\n    y = {n}")
    yield "elif-1000", "if x == 0:\n    y = 0\n" + _block(1_000, lambda n: f"elif x == {n}:\n    y = {n}")
    yield (
        "statements-in-function",
        "def f(a):\n" + _block(1_000, lambda n: f"    a{n} = a + {n}") + "    return a\n",
    )
    yield "statements-golfed", ";".join(["x = 1"] * 3_000) + "\n"
    yield "functions-2000", _block(2_000, lambda n: f"def f{n}(a):\n    return a + {n}\n")
    yield (
        "classes-500",
        _block(500, lambda n: f"class C{n}:\n    a = {n}\n\n    def f(self):\n        return self.a\n"),
    )
    yield "imports-1000", _block(1_000, lambda n: f"import module_{n}")
    yield "imports-stdlib", "import " + ", ".join(_STANDARD) + "\n"
    yield "import-from-many", "from os import " + ", ".join(f"a{n}" for n in range(900)) + "\n"
    yield "arguments-3000", "def f(" + ", ".join(f"a{n}" for n in range(2_500)) + "):\n    return a0\n"
    yield (
        "globals-1000",
        "def f():\n    global " + ", ".join(f"g{n}" for n in range(1_000)) + "\n    g0 = 1\n",
    )
    yield (
        "duplicates",
        _block(300, lambda n: f"def f{n}(a, b):\n    c = a + b\n    d = c * 2\n    return d - a\n"),
    )
    yield "nothing-but-pass", "pass\n" * 15_000
    yield "identifier", f"{'a' * 15_000} = 1\n"
    yield "integer", f"x = {'9' * 15_000}\n"
    yield "integer-hex", f"x = 0x{'f' * 15_000}\n"
    yield "float", f"x = {'1' * 4_000}.{'1' * 4_000}e999999\n"
    yield "decorators", "@a\n" * 2_000 + "def f():\n    return 1\n"
    yield "excepts", "try:\n    x = 1\n" + _block(800, lambda n: f"except E{n}:\n    x = {n}")
    yield "tabs", "if x:\n" + "\t" * 90 + "y = 1\n"


_STANDARD = (
    "asyncio", "collections", "concurrent.futures", "ctypes", "email", "enum", "http.server", "json", "logging",
    "multiprocessing", "numbers", "os", "pathlib", "pickle", "sqlite3", "ssl", "tkinter", "typing", "unittest",
    "urllib.request", "xml.etree.ElementTree", "zipfile",
)  # fmt: skip


def _inferred() -> Iterator[tuple[str, Text]]:
    """What makes inference exponential."""
    for depth in (10, 18, 60):
        yield (
            f"inheritance-{depth}",
            "class A0:\n    x = 1\n"
            + _block(depth, lambda n: f"class A{n + 1}(A{n}):\n    def f(self):\n        return super().f()"),
        )
        yield (
            f"diamonds-{depth}",
            "class A0: pass\nclass B0: pass\n"
            + _block(depth, lambda n: f"class A{n + 1}(A{n}, B{n}): pass\nclass B{n + 1}(A{n}, B{n}): pass"),
        )
    yield "inheritance-circle", "class A(B): pass\nclass B(A): pass\nA().x\n"
    yield "inheritance-self", "class A: pass\nclass A(A): pass\nclass A(A, A): pass\nA().x\n"
    yield "metaclass-circle", "class A(metaclass=A): pass\nclass B(A, metaclass=B): pass\nB.x\n"
    for what, start in {"list": "[1]", "tuple": "(1,)", "int": "2", "str": "'ab'"}.items():
        for operator in ("+", "*"):
            yield f"doubled-{what}-{operator}", f"x = {start}\n" + f"x = x {operator} x\n" * 30 + "print(x)\n"
    yield "doubled-names", "a0 = [1]\n" + _block(40, lambda n: f"a{n + 1} = a{n} + a{n}") + "print(a40)\n"
    yield (
        "doubled-dicts",
        "a0 = {1: 2}\n" + _block(30, lambda n: f"a{n + 1} = {{'x': a{n}, 'y': a{n}}}") + "a30['x']\n",
    )
    yield (
        "doubled-format",
        "a0 = 'x'\n" + _block(40, lambda n: f"a{n + 1} = f'{{a{n}}}{{a{n}}}'") + "print(a40)\n",
    )
    yield (
        "doubled-percent",
        "a0 = 'x'\n" + _block(40, lambda n: f"a{n + 1} = '%s%s' % (a{n}, a{n})") + "print(a40)\n",
    )
    yield "squared", "x = 7\n" + "x = x ** x\n" * 8 + "print(x)\n"
    yield "shifted", "x = 1 << 10 ** 10\nprint(x)\n"
    functions = _block(50, lambda n: f"def f{n}(a):\n" + "".join(
        f"    if a == {k}:\n        return f{(n * 7 + k) % 50}(a)\n" for k in range(8)) + f"    return f{(n + 1) % 50}(a)")  # fmt: skip
    yield "calling-each-other", functions + "f0(1).x\n"
    yield (
        "reassigned",
        _block(284, lambda n: f"x = {('1', repr('a'), '[1]', '{}', 'None', 'f(x)')[n % 6]}") + "x.y()\n",
    )
    yield "reassigned-calls", "def f(x):\n" + "    x = x.a() + x.b()\n" * 40 + "    return x\n"
    yield "swaps", "a = b = c = 1\n" + "a, b, c = b, c, a\n" * 120 + "a.x\n"
    yield "recursion", "def f(x):\n    return f(f(f(x)))\n\nf(f(f(1))).y\n"
    yield "recursive-lambda", "f = lambda x: f(f)(x)\nf(f)(1).y\n"
    yield (
        "recursive-property",
        "class A:\n    @property\n    def a(self):\n        return self.a.a.a\nA().a.a.a\n",
    )
    yield (
        "recursive-getattr",
        "class A:\n    def __getattr__(self, n):\n        return A()(n)\n    __call__ = __getattr__\nA().a.b.c()\n",
    )
    yield "recursive-decorator", "def d(f):\n    return d(d)(f)\n\n@d\n@d\n@d\ndef g(): pass\ng().x\n"
    yield "self-containing", "x = []\nx = [x, x]\nx = [x, *x]\nx = [*x, *x]\nx[0][0].y\n"
    yield (
        "conditional-types",
        "".join(f"if c{n}:\n    x = {n}\nelse:\n    x = '{n}'\n" for n in range(60)) + "x + x + x\n",
    )
    yield (
        "many-attributes",
        "class A:\n    def f(self):\n"
        + _block(400, lambda n: f"        self.a{n} = self.a{(n + 1) % 400}")
        + "A().a0.x\n",
    )
    yield (
        "dataclass-300",
        "from dataclasses import dataclass\n@dataclass\nclass A:\n"
        + _block(300, lambda n: f"    a{n}: int = {n}")
        + "A(1)\n",
    )
    yield (
        "enum-300",
        "import enum\nclass E(enum.Enum):\n" + _block(300, lambda n: f"    A{n} = {n}") + "E.A0.value\n",
    )
    yield (
        "namedtuple-300",
        "import collections\nT = collections.namedtuple('T', '"
        + " ".join(f"a{n}" for n in range(300))
        + "')\nT(1).a0\n",
    )
    yield (
        "typing-unions",
        "import typing\nX = typing.Union[" + ", ".join(f"'A{n}'" for n in range(500)) + "]\n",
    )
    yield (
        "slots-computed",
        "class A:\n    __slots__ = [str(n) for n in range(10**9)]\n    def __init__(self):\n        self.x = 1\n",
    )


def _grown() -> Iterator[tuple[str, Text]]:
    """What grows when a constant is folded or inferred."""
    grown = {
        "list-repeated": "[0] * 10**8", "list-repeated-twice": "[[0] * 10**5] * 10**5", "tuple-repeated": "(1, 2) * 10**9",
        "string-repeated": "'a' * 10**10", "bytes-repeated": "b'a' * 10**10", "power": "9 ** 9 ** 9", "shift": "1 << 10**11",
        "format-width": "'%1000000000d' % 1", "format-spec": "f'{1:>1000000000}'", "format-call": "'{:>1000000000}'.format(1)",
        "format-precision": "'%.1000000000f' % 1.0", "range-unpacked": "[*range(10**9)]", "range-list": "list(range(10**9))",
        "range-set": "{*range(10**8)}", "zip": "dict(zip(range(10**9), range(10**9)))", "str-join": "','.join(['a'] * 10**9)",
        "bytes-zero": "bytes(10**11)", "frozenset": "frozenset(range(10**9))", "sorted": "sorted(range(10**9))",
        "nested-repeat": "((([1] * 9999) * 9999) * 9999)", "slice": "('a' * 10**9)[::2]", "compare": "[0] * 10**8 == [0] * 10**8",
    }  # fmt: skip
    for name, expression in grown.items():
        yield f"grown-{name}", f"x = {expression}\nprint(x)\nx.y\n"
    yield "grown-star-assign", "a, *b = range(10**9)\nfor c, *d in [range(10**9)]:\n    print(b, c, d)\n"


def _encoded() -> Iterator[tuple[str, Text]]:
    """Bytes and characters that two readers take for two programs."""
    for name, mark in {"utf16": codecs.BOM_UTF16, "utf32": codecs.BOM_UTF32}.items():
        yield f"bom-{name}", mark + "x = 1\n".encode(name)
    yield "bom-utf8", codecs.BOM_UTF8 + _HONEST.encode()
    yield "bom-twice", codecs.BOM_UTF8 * 2 + _HONEST.encode()
    for cookie in ("latin-1", "utf-7", "utf-16", "rot13", "unicode_escape", "cp037", "punycode", "nonsense"):
        yield f"cookie-{cookie}", f"# coding: {cookie}\n{_HONEST}".encode()
        yield f"cookie-{cookie}-decoded", f"#!/usr/bin/python\n# -*- coding: {cookie} -*-\n{_HONEST}"
    yield "utf7-payload", b"# coding: utf-7\nx = 1 #+AAo-import os\n"
    yield "not-utf8", b"x = '\xff\xfe\xfd'\n"
    yield "overlong", b"x = '\xc0\xaf'\n"
    yield "nul", "x = 1\0\n"
    yield "nul-bytes", b"x = 1\n\0\0\0"
    yield "surrogate", "x = '\ud800'\n"
    yield "surrogate-pair", "x = '\ud83d\ude00'\n"
    yield "surrogate-comment", "# \udfff\nx = 1\n"
    yield "random-bytes", bytes((n * 7919 + n // 3) % 256 for n in range(4_000))
    yield "base64", base64.b64encode(_HONEST.encode() * 20)
    yield "homoglyphs", "d\u0435f = 1\n\uff50\uff52\uff49\uff4e\uff54(d\u0435f)\n\ufb01 = 2\nprint(fi)\n"
    yield "bidi", "x = 'a\u202e\u2066# not a comment\u2069\u2066'\nprint(x)  # \u202e\n"
    yield "invisible", "x\u200b = 1\n"
    yield "combining", f"x = 'a{chr(0x301) * 5_000}'\n"
    yield "emoji", "x = '" + "👩‍👩‍👧" * 500 + "'\n"
    yield "private-use", "x = '\ue000\U0010ffff'\nprint(x)\n"


def _lines() -> Iterator[tuple[str, Text]]:
    """Ends of lines that only some readers see."""
    for name, mark in {
        "form-feed": "\x0c",
        "vertical-tab": "\x0b",
        "separator": "\x1c",
        "next-line": "\x85",
        "paragraph": "\u2029",
        "line": "\u2028",
    }.items():
        yield f"line-{name}-comment", f"x = 1  # a{mark}import os; os.system(x)\nprint(x)\n"
        yield f"line-{name}-string", f"x = 'a{mark}b'\nprint(x)\n"
        yield f"line-{name}-many", f"x = '{mark * 5_000}'\nprint(x)\n"
    yield "carriage-returns", _HONEST.replace("\n", "\r")
    yield "newlines-mixed", _HONEST.replace("\n", "\r\n", 2) + "x = 1\ry = 2\n"
    yield "no-newline", "x = mean"
    yield "backslash-end", "x = 1\\"
    yield "form-feeds", "\x0c" * 9_000 + "x = 1\n"


def _poisons() -> Iterator[tuple[str, Text]]:
    """What tries to change the judge or the next text."""
    yield "poison-os", "import os\nos.X = 1\nos.getcwd = 5\nos.path.join = None\n"
    yield "poison-builtins", "import builtins\nbuiltins.len = 1\nbuiltins.X = 2\nint.x = 3\ndict.get = None\n"
    yield "poison-enum", "import enum\nenum.Enum.x = 1\nenum.Enum.__members__ = {}\n"
    yield "poison-typing", "import typing\ntyping.List = int\ntyping.X = typing.Any\n"
    yield (
        "poison-functools",
        "import functools, abc, dataclasses\nfunctools.wraps = abc.ABC = dataclasses.dataclass = 1\n",
    )
    yield (
        "poison-instances",
        "import collections\nd = collections.OrderedDict()\nd.x = 1\nd.__class__.y = 2\n",
    )
    yield (
        "poison-class",
        "class A(dict):\n    pass\nA.__bases__ = (int,)\nA.__class__ = type\ndict.__slots__ = ()\n",
    )
    yield (
        "poison-self-import",
        "import sample\nfrom sample import x\nimport submission\nfrom . import y\nsample.x.z\n",
    )
    yield "poison-disable-all", "# pylint: disable=all\nimport os\n"
    yield "poison-skip-file", "# pylint: skip-file\nimport os\n"
    yield (
        "poison-unclosed",
        "import os\n# pylint: disable=unused-import,C,R,W,E,F,I\n# fmt: off\n# isort: skip_file\n",
    )
    yield (
        "poison-pylint-options",
        "# pylint: load-plugins=evil,init-hook=import evil\n# pylint: disable-msg=all\nx = 1\n",
    )
    yield (
        "poison-type-comments",
        "x = []  # type: "
        + "List[" * 40
        + "int"
        + "]" * 40
        + "\nfor a in x:  # type: os.system('x')\n    print(a)\n",
    )
    yield (
        "poison-dunders",
        "__name__ = '__main__'\n__file__ = '/etc/passwd'\n__path__ = ['/']\n__all__ = ['nothing'] * 9\n",
    )
    yield "poison-all-computed", "__all__ = [n for n in dir()] + ['x'] * 10**8\n"
    yield "poison-cyclic", "import sample.a\nimport sample.b\nfrom sample.a import sample\n"


def _imports() -> Iterator[tuple[str, Text]]:
    """What astroid would import for real, and what is slow to parse."""
    for name in (
        "numpy",
        "gi",
        "_curses",
        "_tkinter",
        "_dbm",
        "antigravity",
        "this",
        "idlelib.run",
        "test.support",
        "six.moves",
        "pkg_resources",
    ):
        yield f"import-{name}", f"import {name}\nfrom {name} import x\n\n{name}.x.y()\nx.z\n"
    yield (
        "import-gi-require",
        "import gi\ngi.require_version('Gtk', '3.0')\nfrom gi.repository import Gtk\nGtk.x\n",
    )
    yield "import-relative", "from ...... import x\nfrom ..y import *\nx.z\n"
    yield "import-stars", _block(12, lambda n: f"from {_STANDARD[n]} import *") + "print(loads, x)\n"
    yield (
        "import-dynamic",
        "__import__('os').system('x')\nimportlib = __import__('importlib')\nimportlib.import_module('evil')\n",
    )
    yield "import-future", "from __future__ import annotations, braces\n"


def _bought() -> Iterator[tuple[str, Text]]:
    """What wants a score for nothing."""
    packed = base64.b64encode(_HONEST.encode()).decode()
    bought = {
        "exec": f"exec({_HONEST!r})\n", "getattr-exec": f"import builtins\ngetattr(builtins, 'ex' + 'ec')({_HONEST!r})\n",
        "base64": f"import base64\nexec(base64.b64decode('{packed}'))\n",
        "types": f"import types, base64\ntypes.FunctionType(compile(base64.b64decode('{packed}'), '', 'exec'), {{}})()\n",
        "stub": "def f():\n    raise NotImplementedError\n", "ellipsis": "def f(): ...\n", "docstring": '"""Nothing."""\n',
        "comments": "# nothing\n" * 60, "pass": "pass\n", "empty": "", "blank": " \n\t\n\n",
        "if-false": "if False:\n" + _HONEST.replace("\n", "\n    ").join(["    ", "\n"]), "typing-guard": "import typing\nif typing.TYPE_CHECKING:\n    import evil\n",
        "constants": _block(200, lambda n: f"CONSTANT_{n} = {n}"), "trivial": _block(200, lambda n: f"def f{n}():\n    return {n}\n"),
        "answers": "ANSWERS = {" + ", ".join(f"{n}: {n * n}" for n in range(200)) + "}\n\n\ndef square(n):\n    return ANSWERS[n]\n",
        "nosec": "import os\nos.system(x)  # nosec\n", "noqa": "import os  # noqa\n" * 40, "star": "from solution import *\n",
        "lambdas": "F = {" + ", ".join(f"{n}: lambda x: x + {n}" for n in range(120)) + "}\n", "golf": "a=1;b=2;c=a+b;print(c)\n" * 60,
        "dead": "def f():\n    return 1\n" + "    x = 2\n" * 200, "docstrings": _block(40, lambda n: f'def f{n}():\n    """' + "Text. " * 30 + f'"""\n    return {n}\n'),
        "prose": "Sure! Here is the code you asked for:\n\n    def f(): return 1\n", "fenced": f"```python\n{_HONEST}```\n", "json": '{"code": "x = 1"}\n',
        "html": "<html><body>x</body></html>\n", "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n", "python2": "print 'x'\nexcept E, e:\n",
    }  # fmt: skip
    for name, text in bought.items():
        yield f"bought-{name}", text


def _broken() -> Iterator[tuple[str, Text]]:
    """What parsers disagree about."""
    broken = {
        "except-comma": "try:\n    x = 1\nexcept E, e:\n    x = 2\n", "return-outside": "return 1\n", "await-outside": "await x\n",
        "break-outside": "break\n", "nonlocal-outside": "nonlocal x\n", "argument-twice": "def f(a, a):\n    return a\n",
        "global-after": "def f():\n    x = 1\n    global x\n", "star-alone": "*a = 1\n", "assign-none": "None = 1\n", "assign-debug": "__debug__ = 1\n",
        "keyword-twice": "f(a=1, a=2)\n", "yield-class": "class A:\n    yield 1\n", "del-call": "del f()\n", "unindent": "if x:\n        y = 1\n    z = 2\n",
        "tabs-spaces": "if x:\n\ty = 1\n        z = 2\n", "unfinished": _HONEST + "def g(:\n", "unfinished-string": "x = '''abc\n", "dollar": "x = $1\n",
        "escape": "x = '\\N{NO SUCH NAME}'\n", "escape-short": "x = '\\x1'\n", "octal": "x = 0777\n", "match-soft": "match = case = _ = type = 1\nmatch[case]\nprint(_, type)\n",
        "walrus-comprehension": "[x := 1 for x in y]\n", "type-alias": "type X[T: int, *U, **V] = list[T]\n", "except-star": "try:\n    x = 1\nexcept* E:\n    x = 2\n",
        "annotation-odd": "(x): int = 1\nx.y: int\nx[0]: int = 2\n", "await-comprehension": "async def f():\n    return [await x async for x in y if await z]\n",
        "lambda-star": "f = lambda *, a, **k: (yield)\n", "positional-only": "def f(a, /, b, *, c): return a, b, c\n", "decorator-odd": "@(yield)\ndef f(): pass\n",
    }  # fmt: skip
    for name, text in broken.items():
        yield f"broken-{name}", text
