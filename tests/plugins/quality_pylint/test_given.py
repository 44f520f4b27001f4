"""What objects and classes have without an assignment that shows it, and what is asked for twice; beside it, what pylint is right about."""

from __future__ import annotations

from textwrap import dedent

import pytest

from quality.model import Confidence, Source

from .conftest import opened

#: Message → (what is no finding, what is one, the lines of the findings there).
CASES = {
    "protected-access": (
        """
        class Shelf:
            def __init__(self):
                self._rows = []
                self.__kept = 1
            def add(self, other):
                copied = other.copy()
                copied.__kept = 2
                return copied, other._rows
        import sys
        print(sys._getframe())
        def make(name):
            def asked(self):
                return self._name
            return asked
        """,
        """
        class Shelf:
            def add(self, other):
                return other._rows
        import sys
        print(sys._git)
        """,
        [3, 5],
    ),
    "abstract-method": (
        """
        import abc
        class A(abc.ABC):
            @abc.abstractmethod
            def f(self): ...
        class BaseB(A):
            def g(self): pass
        class C(A):
            def g(self): pass
        class D(C):
            def f(self): return 1
        class E(A, C):
            '''Both.'''
            __slots__ = ()
        """,
        """
        import abc
        class A(abc.ABC):
            @abc.abstractmethod
            def f(self): ...
            @abc.abstractmethod
            def h(self): ...
        class C(A):
            def g(self): pass
        class BaseB(A):
            def g(self): pass
        BaseB()
        """,
        [7, 9],
    ),
    "undefined-variable": (
        """
        from .shapes import *
        from shop import *
        print(size)
        """,
        """
        from math import *
        print(size)
        """,
        [2],
    ),
    "self-assigning-variable": (
        """
        range = range
        from typing import cast
        def f(a):
            a = cast("shop.Shelf", a)
            return a
        """,
        """
        import typing
        a = 1
        a = a
        a = typing.cast(typing.Any, a)
        a = typing.cast("Any", a)
        def f(b):
            b = b  # cast(int, b)
            c = "cast(int, b)"; c = c
            return b, c
        """,
        [3, 4, 5, 7, 8],
    ),
    "pointless-statement": (
        """
        def f(table, name):
            try:
                table[name]
                return True
            except KeyError:
                return False
        """,
        """
        def f(table, name):
            try:
                table[name]
            except:
                return False
            table.name
        """,
        [6],
    ),
    "unused-private-member": (
        """
        class A:
            def __init__(self):
                self.__rows = []
            def copy(self):
                copied = A()
                copied.__rows = self.__rows
                return copied
        """,
        """
        class A:
            def copy(self):
                copied = A()
                copied.__rows = 1
                return copied
        """,
        [4],
    ),
    "possibly-used-before-assignment": (
        """
        def f(rows, x):
            if rows:
                first = rows[0]
            for i in x:
                if rows and i:
                    print(first)
            if rows or x:
                last = 1
            known = False
            if i:
                found, known = 1, 2
                known = True
            if x and len(rows):
                print(last)
            return found if known else None
        """,
        """
        def f(rows, x):
            if rows:
                first = rows[0]
            if x:
                print(first)
        """,
        [5],
    ),
    "comparison-with-callable": (
        """
        class A:
            def plural(self): return 1
            def f(self, pl, other):
                if pl == self.plural: return pl(1)
                return self.plural == other.plural or self.single == pl
            @lazily
            def single(self): return 1
        """,
        """
        class A:
            def plural(self): return 1
            def f(self, other):
                return self.plural == 1
        """,
        [4],
    ),
    "try-except-raise": (
        """
        def f(a):
            try:
                a()
            except KeyError:
                raise
            except (Group, Exception):
                print(1)
        """,
        """
        def f(a):
            try:
                a()
            except KeyError:
                raise
            except (Group, ValueError):
                print(1)
        """,
        [4],
    ),
    "assignment-from-no-return": (
        """
        class A:
            def on(self):
                '''Hook.'''
            def f(self):
                a = self.on()
                return a
        """,
        """
        class A:
            def on(self):
                print(1)
            def f(self):
                a = self.on()
                return a
        """,
        [5],
    ),
    "not-callable": (
        """
        from contextlib import contextmanager
        @contextmanager
        def f():
            yield
        def g(h):
            return f()(h)
        class A:
            maker = None
            @known
            def make(cls, size):
                return cls(size)
            def read(self, name):
                reader = getattr(self, name, None)
                return reader(1) if callable(reader) else self.maker(1)
        A.maker = int
        """,
        """
        def f():
            return 1
        f()(2)
        class A:
            size = 1
            def read(self, name):
                reader = None
                return reader(name) + self.size(1)
        """,
        [3, 8, 8],
    ),
    "used-before-assignment": (
        """
        _open = open
        def open(a):
            return _open(a)
        try:
            basestring
        except NameError:
            basestring = str
        """,
        """
        print(size)
        size = 1
        """,
        [1],
    ),
    "no-member": (
        """
        import functools
        class A:
            def __init__(self, **given):
                for name, value in given.items():
                    setattr(self, name, value)
            def f(self):
                return self.size
        class B:
            __slots__ = ('first', 'rest')
            def f(self):
                return self.first
        class C:
            def f(self):
                head = self
                while head:
                    head = head.rest
        class D(C):
            rest = 1
        class E:
            pass
        fill(E)
        print(E.found)
        class F:
            pass
        def g():
            f = F()
            if hasattr(f, 'size') and f.size:
                return 1
            if isinstance(f, G):
                return f.size
            return f.__wrapped__
        class H:
            def __init__(self, **given):
                self.__dict__.update(given)
            def f(self):
                return self.size
        class I(H):
            def f(self):
                return self.width
        class J:
            def __init__(self):
                object.__setattr__(self, '_map', 1)
            def f(self):
                return self._map
        """,
        """
        class A:
            def __init__(self, **given):
                for name, value in given.items():
                    setattr(given, name, value)
            def f(self):
                return self.size
        class C:
            def f(self):
                head = self
                while head:
                    head = head.rest
        class D(C):
            rest = 1
        C()
        class F:
            pass
        def g():
            f = F()
            if isinstance(f, F):
                return f.size
        """,
        [6, 11, 20],
    ),
}


@pytest.mark.parametrize("symbol", CASES)
def test_what_is_there_is_no_finding_and_what_is_missing_is(symbol):
    analyzer = opened(symbol)
    fine, wrong, lines = CASES[symbol]
    assert analyzer.analyze(Source(_text(fine))).findings == ()
    assert [each.location.line for each in analyzer.analyze(Source(_text(wrong))).findings] == lines


@pytest.mark.parametrize(
    ("symbol", "text", "confidence"),
    [
        ("comparison-with-itself", "def f(a):\n    return a != a", Confidence.LOW),
        ("comparison-with-itself", "def f(a):\n    return a == a", Confidence.HIGH),
        ("no-self-argument", "class A:\n    @law\n    def f(first, second):\n        pass", Confidence.LOW),
        ("no-self-argument", "class A:\n    @property\n    def f(first):\n        pass", Confidence.HIGH),
        (
            "abstract-method",
            "class A:\n    def f(self):\n        raise NotImplementedError\nclass B(A):\n    def g(self):\n        pass",
            Confidence.LOW,
        ),
        (
            "possibly-used-before-assignment",
            (
                "def f(rows):\n    best = None\n    for row in rows:\n        if best is None or row < best:\n"
                "            best, other = row, 1\n    if best is None:\n        return 1\n    return other"
            ),
            Confidence.LOW,
        ),
        (
            "possibly-used-before-assignment",
            "def f(rows):\n    if rows:\n        first = rows[0]\n    return first",
            Confidence.MEDIUM,
        ),
        (
            "invalid-length-returned",
            "class A:\n    def __init__(self):\n        self.rows = []\n    def __len__(self):\n        return len(self.rows) - 1",
            Confidence.LOW,
        ),
        ("invalid-length-returned", "class A:\n    def __len__(self):\n        return -1", Confidence.HIGH),
        (
            "not-callable",
            "class A:\n    maker = None\n    def f(self):\n        return self.maker()",
            Confidence.LOW,
        ),
        (
            "protected-access",
            "class A:\n    def __init__(self):\n        self._rows = []\ndef f(a):\n    return a._rows",
            Confidence.LOW,
        ),
    ],
)
def test_what_may_be_meant_is_less_sure(symbol, text, confidence):
    (finding,) = opened(symbol).analyze(Source(text)).findings
    assert finding.confidence is confidence


@pytest.mark.parametrize(
    ("symbol", "used"),
    [("no-member", "res.again(1)"), ("not-callable", "res(1)")],
)
@pytest.mark.parametrize(("decorator", "fine"), [("@queue.task()", True), ("@functools.cache", False)])
def test_what_a_decorated_function_returns_is_what_the_decorator_makes_of_it(symbol, used, decorator, fine):
    text = f"import functools\n{decorator}\ndef add(task):\n    return True\ndef f(queue):\n    res = add(1)\n    return {used}\n"
    assert (opened(symbol).analyze(Source(text)).findings == ()) is fine


def test_a_property_that_a_decorator_makes_needs_no_self():
    text = "class A:\n    @renamed(old='src')\n    def src():\n        return None\n    def plain():\n        return None\n"
    (finding,) = opened("no-method-argument").analyze(Source(text)).findings
    assert finding.location.line == 5


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ("no-member", "class Commands:\n    def run(self):\n        return self.execute()\nCommands().run()"),
        (
            "possibly-used-before-assignment",
            "def f(rows):\n    if rows:\n        first = rows[0]\n    return first",
        ),
    ],
)
def test_what_other_files_may_give_is_less_sure(symbol, text):
    (alone,) = opened(symbol).analyze(Source(text)).findings
    (among,) = opened(symbol, standalone=False).analyze(Source(text)).findings
    assert (alone.confidence, among.confidence) == (Confidence.MEDIUM, Confidence.LOW)


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ("no-member", "class Commands:\n    def run(self):\n        return self.execute()"),
        (
            "access-member-before-definition",
            "class A:\n    def open(self):\n        if self.url:\n            self.url = 1",
        ),
        (
            "assignment-from-none",
            "class A:\n    def size(self):\n        return None\n    def f(self):\n        x = self.size()\n        return x",
        ),
        (
            "assignment-from-no-return",
            (
                "class A:\n    def load(self):\n        print(1)\n    def f(self):\n        x = self.load()\n        return x\n"
                "class B(A):\n    def load(self):\n        return 1"
            ),
        ),
        ("unsubscriptable-object", "class A:\n    def f(self):\n        return self[0]"),
        (
            "unexpected-keyword-arg",
            "class A:\n    def put(self, x):\n        raise NotImplementedError\n    def f(self):\n        self.put(1, again=True)",
        ),
        (
            "unexpected-keyword-arg",
            "import abc\nclass A(abc.ABC):\n    def __init__(self):\n        self.x = 1\n    @abc.abstractmethod\n    def f(self): ...\n    @classmethod\n    def load(cls):\n        return cls(setup=False)",
        ),
        (
            "assigning-non-slot",
            "class A:\n    __slots__ = ('x',)\n    def f(self):\n        made = self.__class__()\n        made.y = 1",
        ),
        (
            "not-an-iterable",
            "class A:\n    rows = None\n    def f(self):\n        return [each for each in self.rows]",
        ),
        ("not-an-iterable", "class A:\n    def f(self):\n        return [each for each in self]"),
    ],
)
def test_classes_of_other_files_may_give_what_one_lacks_that_the_text_makes_no_objects_of(symbol, text):
    (_,) = opened(symbol).analyze(Source(text)).findings
    assert opened(symbol, standalone=False).analyze(Source(text)).findings == ()


@pytest.mark.parametrize(
    ("symbol", "text", "lines"),
    [
        (
            "unexpected-keyword-arg",
            "class Work:\n    def __init__(self):\n        self.done = 0\ndef f(client):\n    client.submit(Work, actor=True)\n    Work(actor=True)",
            [6],
        ),
        (
            "unexpected-keyword-arg",
            (
                "import inspect, sys\nif sys.version_info >= (3, 99):\n    def f(a):\n        return inspect.signature(a, later=1)\n"
                "else:\n    f = None\ndef g(a):\n    return inspect.signature(a, later=1)"
            ),
            [8],
        ),
        (
            "unexpected-keyword-arg",
            (
                "import inspect, sys, unittest\nclass T(unittest.TestCase):\n    @unittest.skipIf(sys.version_info < (3, 99), 'later')\n"
                "    def test_a(self):\n        inspect.signature(f, later=1)\n    def test_b(self):\n        inspect.signature(f, later=1)"
            ),
            [7],
        ),
        (
            "unexpected-keyword-arg",
            (
                "def g(path):\n    return path\ndef f(text):\n    row = {'path': 1, 'scheme': text}\n    row.pop('scheme')\n    g(**row)\n"
                "    told = {'path': 1, 'scheme': text}\n    g(**told)"
            ),
            [8],
        ),
        (
            "too-many-function-args",
            (
                "class IForm(Interface):\n    def add(field):\n        'Adds.'\nclass Form:\n    def add(self):\n        'Adds.'\n"
                "IForm().add(1)\nForm().add(1)"
            ),
            [8],
        ),
        (
            "no-value-for-parameter",
            (
                "def named(f):\n    def inner(self, name=None, *args, **rest):\n        return f(self, name, *args, **rest)\n    return inner\n"
                "class A:\n    @named\n    def load(self, name):\n        return name\n    def read(self, name):\n        return name\n"
                "A().load()\nA().read()"
            ),
            [12],
        ),
        (
            "no-value-for-parameter",
            (
                "class Meta(type):\n    def __init__(cls, name, bases, body):\n        super().__init__(name, bases, body)\n"
                "        cls.only = cls()\nMeta()"
            ),
            [5],
        ),
        (
            "access-member-before-definition",
            (
                "class A:\n    def reset(self):\n        if hasattr(self, 'rows'):\n            self.rows.clear()\n        print(self.size)\n"
                "        self.rows = []\n        self.size = 1"
            ),
            [5],
        ),
        (
            "no-member",
            (
                "class A:\n    __slots__ = ('size', '__dict__')\n    def __init__(self):\n        self.size = self.place = 1\n"
                "    def f(self):\n        return self.place + self.size + self.plaice + self.plaice"
            ),
            [6],
        ),
        (
            "not-an-iterable",
            (
                "class lazy:\n    def __init__(self, f):\n        self.f = f\n    def __get__(self, one, kind):\n        return self.f(kind)\n"
                "class A:\n    @lazy\n    def rows(cls):\n        return [1]\n    def plain(self):\n        return [1]\n"
                "    def f(self):\n        return [*self.rows, *[x for x in self.plain]]"
            ),
            [13],
        ),
    ],
)
def test_what_is_given_elsewhere_is_told_from_what_is_missing(symbol, text, lines):
    assert [each.location.line for each in opened(symbol).analyze(Source(text)).findings] == lines


def test_another_version_of_python_may_have_a_name():
    text = "import sys\nif sys.version_info[0] < 3:\n    texts = (unicode, str)\nelse:\n    texts = (str, bites)\nprint(texts, sice)\n"
    found = opened("undefined-variable").analyze(Source(text)).findings
    assert [each.message for each in found] == ["Undefined variable 'sice'"]


def _text(case: str) -> str:
    return dedent(case).lstrip("\n")
