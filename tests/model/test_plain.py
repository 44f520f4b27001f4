"""A source with its detours written out."""

from __future__ import annotations

import ast

import pytest

from quality.model import Source

WRITTEN_OUT = [
    (
        "import pickle\nwith ready():\n    read = pickle.loads\n    held = read(text)",
        "import pickle\nwith ready():\n    read = pickle.loads\n    held = pickle.loads(text)",
    ),
    (
        "import pickle\nclass A:\n    read = pickle.loads\n    held = read(text)",
        "import pickle\n\nclass A:\n    read = pickle.loads\n    held = pickle.loads(text)",
    ),
    ("getattr(items, 'append')(item)", "items.append(item)"),
    ("getattr(getattr(a, 'b'), 'c')", "a.b.c"),
    ("f(**{'key': 1, 'other': a})", "f(key=1, other=a)"),
    ("f(*[1, a], *b)", "f(1, a, *b)"),
    ("'{key}'.format_map({'key': a})", "'{key}'.format(key=a)"),
    ("getattr(rows, f\"app{'end'}\")(a)", "rows.append(a)"),
    ("getattr(rows, ''.join(['app', 'end']))(a)", "rows.append(a)"),
    ("from functools import partial\npartial(f, 1, b=2)(3)", "from functools import partial\nf(1, 3, b=2)"),
    ("import operator\noperator.methodcaller('run', 1)(job)", "import operator\njob.run(1)"),
    (
        "from operator import itemgetter\nitemgetter('name')(user)",
        "from operator import itemgetter\nuser['name']",
    ),
    (
        "from operator import attrgetter\nattrgetter('name')(user)",
        "from operator import attrgetter\nuser.name",
    ),
    ("import operator\noperator.call(f, a, b=1)", "import operator\nf(a, b=1)"),
    (
        "from contextvars import copy_context\ncopy_context().run(f, a)",
        "from contextvars import copy_context\nf(a)",
    ),
    ("pool.submit(f, a).result()", "f(a)"),
    (
        "ALL = (OSError, Exception)\ntry:\n    f()\nexcept ALL:\n    pass",
        "ALL = (OSError, Exception)\ntry:\n    f()\nexcept Exception:\n    pass",
    ),
    (
        "Problem = BaseException\ntry:\n    f()\nexcept Problem:\n    pass",
        "Problem = BaseException\ntry:\n    f()\nexcept BaseException:\n    pass",
    ),
    (
        "try:\n    f()\nexcept tuple([Exception]):\n    pass",
        "try:\n    f()\nexcept Exception:\n    pass",
    ),
    (
        "try:\n    f()\nexcept tuple(Exception.__subclasses__()):\n    pass",
        "try:\n    f()\nexcept Exception:\n    pass",
    ),
    (
        "class S:\n    pass\n\ndef f(a):\n    if a:\n        S.n = 1\n    else:\n        S.n = 2\n    return S.n",
        "class S:\n    pass\n\ndef f(a):\n    if a:\n        n = 1\n    else:\n        n = 2\n    return n",
    ),
    ("import operator\noperator.eq(a, b)", "import operator\na == b"),
    ("from typing import cast\nx = cast(int, a)", "from typing import cast\nx = a"),
    ("import importlib\njson = importlib.import_module('json')", "import importlib\nimport json"),
    ("import logging\nlog = logging.error\nlog(1)", "import logging\nlog = logging.error\nlogging.error(1)"),
    ("import os\nACT = {'a': os.remove}\nACT['a'](1)", "import os\nACT = {'a': os.remove}\nos.remove(1)"),
    ("import os\nvars(os)['remove'](1)", "import os\nos.remove(1)"),
    ("tree = __import__('xml.dom')", "import xml as tree"),
    ("import importlib\ntree = importlib.__import__('xml.dom')", "import importlib\nimport xml as tree"),
    ("half = {'a': lambda n: n / 2}['a']", "def half(n):\n    return n / 2"),
    (
        "A = type('A', (B,), {'f': lambda self: 1})",
        "class A(B):\n\n    def f(self):\n        return 1",
    ),
    ("x = all((a, b)) or any([c, d, e])", "x = a and b or (c or d or e)"),
    ("a and f()", "if a:\n    f()"),
    ("a or b or f()", "if not (a or b):\n    f()"),
    ("not a or f()", "if a:\n    f()"),
    ("f() if a else g()", "if a:\n    f()\nelse:\n    g()"),
    ("[f(x) for x in xs if x]", "for x in xs:\n    if x:\n        f(x)"),
    ("all([f(), g()])", "f()\ng()"),
    ("def f(a):\n    def g():\n        return a\n    return g()", "def f(a):\n    return a"),
    ("list(map(lambda x: f(x), xs))", "for x in xs:\n    f(x)"),
    ("y = next((a for _ in [0] if b), c)", "y = a if b else c"),
    ("x = 1\n[f(x) for x in xs]", "x = 1\nfor x_here in xs:\n    f(x_here)"),
    ("_ = [f(), g()]", "f()\ng()"),
    ("a and (b and f())", "if a:\n    if b:\n        f()"),
    ("chmod(path, int('511'), float('2.5'), int('777', 8))", "chmod(path, 511, 2.5, 511)"),
    ("show(''.join(['a', 'b']), str('c'), int(float(3)))", "show('ab', 'c', 3)"),
    ("show(f\"%s a{'nd %s'}\" % a, f'{b}{\"c\"}d')", "show('%s and %s' % a, f'{b}cd')"),
    ("a in (b,) or a not in [c]", "a == b or a != c"),
    ("[print, len][0](a)", "print(a)"),
    ("(call := print)(a)", "print(a)"),
    ("for _ in range(bool(a)):\n    f()", "if a:\n    f()"),
    ("for a in (*range(3),):\n    f(a)", "for a in range(3):\n    f(a)"),
    ("for _ in filter(None, [a]):\n    f()", "if a:\n    f()"),
    ("for _ in [1] if a else []:\n    f()", "if a:\n    f()"),
    ("for _ in iter(lambda: bool(a), False):\n    f()", "while a:\n    f()"),
    (
        "match bool(a):\n    case True:\n        f()\n    case _:\n        g()",
        "if a:\n    f()\nelse:\n    g()",
    ),
    (
        "match True:\n    case _ if a:\n        f()\n    case _ if b:\n        g()\n    case _:\n        h()",
        "if a:\n    f()\nelif b:\n    g()\nelse:\n    h()",
    ),
    (
        "try:\n    assert a\nexcept AssertionError:\n    f()\nelse:\n    g()",
        "if a:\n    g()\nelse:\n    f()",
    ),
    (
        "turns = iter(a)\nwhile (entry := next(turns, turns)) is not turns:\n    b = entry\n    f(b)",
        "turns = iter(a)\nfor b in a:\n    f(b)",
    ),
    ("globals()['a'] = b", "a = b"),
    ("def f(b):\n    globals()['a'] = b", "def f(b):\n    global a\n    a = b"),
    (
        "def f(b):\n    g = globals()\n    g['a'] += b",
        "def f(b):\n    g = globals()\n    global a\n    a += b",
    ),
    ("def f():\n    del f.__globals__['a']", "def f():\n    global a\n    del a"),
    (
        "def f(b):\n    globals().update({'a': 1}, c=b)",
        "def f(b):\n    global a, c\n    a = 1\n    c = b",
    ),
    (
        "import sys\ndef f(b):\n    vars(sys.modules[__name__])['a'] = getattr(b, 'c')()",
        "import sys\n\ndef f(b):\n    global a\n    a = b.c()",
    ),
    (
        "import sys\ndef f(b):\n    setattr(sys.modules[__name__], 'a', b)",
        "import sys\n\ndef f(b):\n    global a\n    a = b",
    ),
    ("half = lambda n: n / 2", "def half(n):\n    return n / 2"),
    ("half: Halver = lambda n=1, *rest: n", "def half(n=1, *rest):\n    return n"),
    ("a = b = lambda: getattr(c, 'd')()", "def a():\n    return c.d()\nb = a"),
    ("a, b = (lambda: 1, lambda: 2)", "def a():\n    return 1\n\ndef b():\n    return 2"),
    (
        "class A:\n    name = property(lambda self: self._name)",
        "class A:\n\n    @property\n    def name(self):\n        return self._name",
    ),
    (
        "ACT = {'half': lambda n: n / 2, 'all': lambda n: n}\nACT['half'](1)",
        "def half(n):\n    return n / 2\nACT = {'half': half, 'all': lambda n: n}\nhalf(1)",
    ),
    ("ACT = [lambda n: n / 2]\nACT[0](1)", "def ACT_0(n):\n    return n / 2\nACT = [ACT_0]\nACT_0(1)"),
    (
        "class H:\n    pass\n\ndef f(xs):\n    H.a, b = xs\n    for c, H.d in H.a:\n        b += c * H.d\n    return b",
        "class H:\n    pass\n\ndef f(xs):\n    a, b = xs\n    for c, d in a:\n        b += c * d\n    return b",
    ),
    (
        "from types import SimpleNamespace\ndef f(xs):\n    s = SimpleNamespace(n=0)\n    for s.x in xs:\n        s.n += s.x\n    return s.n",
        "from types import SimpleNamespace\n\ndef f(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
    ),
    (
        "class S:\n    pass\n\ndef f(a):\n    S.n = a\n    S.n *= 2\n    return S.n",
        "class S:\n    pass\n\ndef f(a):\n    n = a\n    n *= 2\n    return n",
    ),
    (
        "def f(xs):\n    s = {'n': 0}\n    for s['x'] in xs:\n        s['n'] += s['x']\n    return s['n']",
        "def f(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
    ),
    ("def f(a):\n    f.n = a\n    return f.n", "def f(a):\n    n = a\n    return n"),
    (
        "def f(a):\n\n    class S:\n        pass\n    S.a = 1\n    return S.a",
        "def f(a):\n    S_a = 1\n    return S_a",
    ),
    (
        "def f(a):\n    if a:\n\n        class S:\n            pass\n    S.b = 1\n    return S.b",
        "def f(a):\n    if a:\n        pass\n    b = 1\n    return b",
    ),
]
LEFT = [
    "for a in (*b,):\n    f(a)",
    "for a in range(bool(b)):\n    f(a)",
    "for _ in range(bool(b)):\n    break",
    "match a:\n    case True:\n        f()\n    case _:\n        g()",
    "try:\n    assert a\nexcept AssertionError as error:\n    f(error)",
    "float('inf') + int('x') + bool('no')",
    "(call := print)(a)\ncall(b)",
    "int('1')",
    "from types import SimpleNamespace\ndef f(a):\n    s = SimpleNamespace()\n    s.n = a\n    return s",
    "from types import SimpleNamespace\ndef f(a):\n    s = SimpleNamespace(**a)\n    s.n = 1\n    return s.n",
    "from types import SimpleNamespace\ns = SimpleNamespace(n=0)\ndef f(a):\n    s.n += a\n    return s.n",
    "class S:\n    pass\n\ndef f(a):\n    S.n = a\n\ndef g():\n    return S.n",
    "def f(a):\n    s = {}\n    s['n'] = a\n    return s",
    "def f(a):\n    s = {}\n    s[a] = a\n    return s[a]",
    "def f(a):\n    s = {}\n    s['n'] = a\n    return s['n'], s.get('m')",
    "def f(a):\n    s = {}\n    s['class'] = a\n    return s['class']",
    "def f(a):\n    s = {'n': 1}\n    return a[s]",
    "class S:\n    pass\n\ndef f(a):\n    if a:\n        S.n = a\n    return S.n",
    "class S:\n    pass\n\ndef f(a):\n    S.n = S.n + a\n    return S.n",
    "class S:\n    pass\n\ndef f(a):\n    S.n = a\n    return S().n",
    "def f(a):\n    f.n = a",
    "pool.submit(f, a).result(timeout=3)",
    "run.result()",
    "SOME = (OSError, ValueError)\ntry:\n    f()\nexcept SOME:\n    pass",
    "try:\n    f()\nexcept errors():\n    pass",
    "try:\n    f()\nexcept (OSError, Exception):\n    pass",
    "try:\n    f()\nexcept Exception:\n    pass",
    "class S:\n    pass\n\ndef f(a):\n    if a:\n        S.n = 1\n    else:\n        a = 2\n    return S.n",
    "def f(a):\n    f.calls = getattr(f, 'calls', 0) + 1\n    log(f)",
    "def f(a):\n    a.n = 1\n    return a.n",
    "getattr(items, name)(item)",
    "getattr(items, 'append', None)",
    "getattr(items, 'not a name')",
    "class A:\n    def f(self, items):\n        return getattr(items, '__mangled')",
    "getattr(items, 'class')",
    "def getattr(a, b):\n    return a\n\ngetattr(items, 'append')",
    "import os\ndef f():\n    remove = os.remove\n    remove(1)",
    "import os\nACT = {'a': os.remove}\nACT[name](1)",
    "f(**options)",
    "f(**{name: 1})",
    "f(key=2, **{'key': 1})",
    "partial(f, 1)()",
    "from functools import partial\nrun = partial(f, 1)",
    "text.format_map(values)",
    "import importlib\nplugin = importlib.import_module(name)",
    "sorted(items, key=lambda item: item[0])",
    "owner.half = lambda n: n / 2",
    "A = type('A', (), {'f': lambda self: 1, 'x': 1})",
    "all((a, *b))",
    "any([a])",
    "all([a for a in b])",
    "def f(name, value):\n    globals()[name] = value",
    "def f(values):\n    globals().update(values)",
    "def f(other, value):\n    setattr(other, 'name', value)",
    "def globals():\n    return {}\n\ndef f(a):\n    globals()['a'] = a",
    "ACT = {'half': lambda n: n / 2}\nACT[name](1)",
    "ACT = {'half': lambda n: n / 2}\nACT['half'] = str\nACT['half'](1)",
    "if fast:\n    from fast import half\nelse:\n    half = lambda n: n / 2",
    "kept = remember(lambda n: n / 2)",
    "import importlib\nplugin = importlib.import_module('.name', package)",
]


@pytest.mark.parametrize(("text", "plain"), WRITTEN_OUT)
def test_a_detour_is_written_out(text, plain):
    source = Source(text)
    assert ast.unparse(source.plain.tree) == plain
    assert ast.unparse(source.tree) == ast.unparse(ast.parse(text))
    assert source.plain.plain is source.plain


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_detour_is_the_source_itself(text):
    source = Source(text)
    assert source.plain is source


def test_every_node_has_the_place_of_what_stands_in_the_text():
    source = Source("import os\nx = 1\nprint(getattr(os, 'getcwd')(**{}), 2)\n")
    call = next(node for node in source.plain.nodes.order if getattr(node, "attr", "") == "getcwd")
    assert (call.lineno, call.col_offset, call.end_col_offset) == (3, 6, 27)


def test_what_a_plain_tree_says_is_mentioned():
    source = Source("getattr(items, 'append')(item)")
    assert source.plain.mentions(".append(")
    assert not source.mentions(".append(")


def test_names_that_are_there_for_a_detour_are_kept():
    plain = Source("from typing import cast\nx = cast('Row[int]', a)").plain
    assert plain.passed_over == {"cast", "Row", "int"}
    assert Source("getattr(a, 'b')").plain.looked_up == {(1, 0)}


SHORT = [
    ("if (a < b) == True:\n    f()", "if a < b:\n    f()"),
    ("x = (a in b) is False", "x = a not in b"),
    ("while not not a:\n    f()", "while a:\n    f()"),
    ("while a < b or False:\n    f()", "while a < b:\n    f()"),
    ("x = a < b and not c and True", "x = a < b and (not c)"),
    ("if not a:\n    pass\nelse:\n    f()", "if a:\n    f()"),
    ("if a and b:\n    pass\nelse:\n    f()", "if not (a and b):\n    f()"),
]
AS_IT_IS = [
    "if flag == True:\n    f()",
    "x = not not a",
    "x = a or False",
    "if a:\n    pass\nelif b:\n    f()",
    "if a:\n    pass\nelse:\n    if b:\n        f()",
]


@pytest.mark.parametrize(("text", "short"), SHORT)
def test_conditions_are_short_in_the_brief_source_alone(text: str, short: str) -> None:
    source = Source(text)
    assert ast.unparse(source.brief.tree) == short
    assert source.plain is source


@pytest.mark.parametrize("text", AS_IT_IS)
def test_what_says_more_than_a_condition_stays(text: str) -> None:
    source = Source(text)
    assert source.brief is source


def test_the_brief_source_has_no_detours() -> None:
    assert (
        ast.unparse(Source("if (getattr(a, 'b') < 1) == True:\n    f()").brief.tree) == "if a.b < 1:\n    f()"
    )
