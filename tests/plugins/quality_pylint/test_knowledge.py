"""What pylint cannot know of a text is no finding; beside it, what it does know."""

from __future__ import annotations

import pytest

from quality.model import Source

from .conftest import opened

FUTURE = "from __future__ import annotations\n"

CASES = [
    (
        "invalid-metaclass",
        "from shop import Meta\nclass Own(Meta):\n    pass\nclass A(metaclass=Own):\n    pass",
        "class Own:\n    pass\nclass A(metaclass=Own):\n    pass",
    ),
    (
        "declare-non-slot",
        "from shop import Base\nclass A(Base):\n    __slots__ = ('x',)\n    y: int",
        "class A:\n    __slots__ = ('x',)\n    y: int",
    ),
    (
        "return-in-init",
        "class A(dict):\n    def __init__(self):\n        return super().__init__(a=1)",
        "class A(dict):\n    def __init__(self):\n        return self.get('a')",
    ),
    (
        "invalid-field-call",
        "from dataclasses import field\ndef columns(names):\n    return [(name, int, field(default=0)) for name in names]",
        "from dataclasses import field\nclass A:\n    size: int = field(default=0)",
    ),
    (
        "unexpected-keyword-arg",
        "from dataclasses import dataclass\nfrom shop import Item\n@dataclass\nclass A(Item):\n    size: int\nA(name='a', size=1)",
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    size: int\nA(name='a', size=1)",
    ),
    (
        "unexpected-keyword-arg",
        "import numpy as np\nrow = np.empty_like([1], shape=3)",
        "def empty(rows):\n    return rows\nrow = empty([1], shape=3)",
    ),
    (
        "no-member",
        "import signal\nprint(signal.SIGINT.value)",
        "import signal\nprint(signal.SIGINT.nothing)",
    ),
    (
        "raising-bad-type",
        "def f(error):\n    found = first(error)\n    if found is None:\n        raise ValueError\n    raise found\ndef first(error):\n    return None",
        "def f(error):\n    found = None\n    raise found",
    ),
    (
        "not-callable",
        "class A:\n    ask = None\n    def f(self, x):\n        ask = self.ask\n        return ask and ask(x)",
        "def f(x):\n    ask = None\n    return ask(x)",
    ),
    (
        "unbalanced-tuple-unpacking",
        "class A:\n    def __init__(self):\n        self.rows = []\n    def f(self):\n        a, b = self.rows[-2:]\n        return a + b",
        "def f():\n    a, b = [1, 2, 3][-3:]\n    return a + b",
    ),
    (
        "unsubscriptable-object",
        FUTURE + "import argparse\nclass A:\n    action: argparse.Action[int] | None = None",
        "import argparse\nclass A:\n    action = argparse.Action[int]",
    ),
    (
        "used-before-assignment",
        FUTURE + "import options\nclass A:\n    size: options.Size\n    options: int = 1",
        "def f():\n    print(x)\n    x = 1",
    ),
    (
        "used-before-assignment",
        "def f(rows):\n    for row in rows:\n        if row:\n            size = 1\n    if 'size' in locals():\n        print(size)\n    size = 2",
        "def f():\n    print(size)\n    size = 2",
    ),
    (
        "comparison-with-callable",
        "from shop import cached\nclass A:\n    @cached\n    def kind(self):\n        return 'a'\n    def f(self):\n        return self.kind == 'a'",
        "class A:\n    def kind(self):\n        return 'a'\n    def f(self):\n        return self.kind == 'a'",
    ),
    (
        "arguments-differ",
        "class A:\n    def f(self, *args, **kwargs):\n        pass\nclass B(A):\n    def f(self, x, y=1):\n        pass",
        "class A:\n    def f(self, x):\n        pass\nclass B(A):\n    def f(self, x, y):\n        pass",
    ),
    (
        "assignment-from-no-return",
        "class A:\n    def ask(self):\n        '''Asks.'''\n        ...\n    def f(self):\n        x = self.ask()\n        return x",
        "class A:\n    def ask(self):\n        self.size = 1\n    def f(self):\n        x = self.ask()\n        return x",
    ),
    (
        "assignment-from-no-return",
        "import logging\nclass A(logging.StreamHandler):\n    def f(self):\n        self.emit = logging.StreamHandler.emit.__get__(self)",
        "def g():\n    print(1)\nx = g()",
    ),
    (
        "consider-using-with",
        "class A:\n    def open(self, path):\n        self.file = open(path)\n    def close(self):\n        file, self.file = self.file, None\n        file.close()",
        "def f(path):\n    file = open(path)\n    return file.read()",
    ),
    (
        "assignment-from-no-return",
        "class A:\n    if TYPE_CHECKING:\n        def ask(self) -> int: ...\n    def f(self):\n        x = self.ask()\n        return x",
        "class A:\n    def ask(self):\n        self.size = 1\n    def f(self):\n        x = self.ask()\n        return x",
    ),
    (
        "no-member",
        "import sys\nprint(sys.modules['__main__'].__file__)",
        "import sys\nprint(sys.nothing)",
    ),
    (
        "no-member",
        "import inspect, sys\nif sys.version >= '3':\n    ask = inspect.signature\nelse:\n    ask = inspect.getargspec",
        "import inspect\nask = inspect.getargspec",
    ),
    (
        "bad-string-format-type",
        "class A:\n    number = None\n    def f(self):\n        return '%d' % self.number",
        "def f():\n    return '%d' % None",
    ),
    (
        "access-member-before-definition",
        "class A:\n    def __init__(self):\n        self.done = False\n    def f(self):\n        if self.done:\n            return self.rows\n        self.done, self.rows = True, [1]\n        return self.rows",
        "class A:\n    def f(self):\n        print(self.rows)\n        self.rows = [1]",
    ),
    (
        "used-before-assignment",
        "from itertools import count\nclass A:\n    first = count()\n    count: int\n    @classmethod\n    def f(cls):\n        cls.count = next(cls.first)",
        "class A:\n    first = number\n    number = 1",
    ),
    (
        "used-before-assignment",
        "class A:\n    warn = info = lambda *_: None",
        "class A:\n    warn = info\n    info = 1",
    ),
    (
        "used-before-assignment",
        "def f(x):\n    try:\n        x()\n    except ValueError as error:\n        text = str(error)\n    else:\n        raise KeyError\n    return text",
        "def f(x):\n    print(text)\n    text = str(x)",
    ),
    (
        "bad-super-call",
        "def made(kind):\n    def get(one, name):\n        return super(kind, one).__getattribute__(name)\n    return get",
        "class A:\n    pass\nclass B(A):\n    def f(self):\n        return super(self.__class__, self).f()",
    ),
    (
        "unsubscriptable-object",
        "class A:\n    def __getitem__(self, key):\n        return None\n    def f(self):\n        return self['size'][1]",
        "class A:\n    def f(self):\n        return None\nA().f()[1]",
    ),
    (
        "no-member",
        "from shop import setter\nclass A:\n    def __init__(self):\n        self.body = ()\n    @setter\n    def body(self, body):\n        return Body(body)\n    def f(self):\n        return self.body.total()",
        "class A:\n    def __init__(self):\n        self.body = ()\n    def f(self):\n        return self.body.total()",
    ),
    (
        "unexpected-keyword-arg",
        "import typing\ntry:\n    from annotationlib import Format\nexcept ImportError:\n    Format = None\ndef f(x):\n    return typing.get_type_hints(x, format=1) if Format else {}",
        "import typing\ndef f(x):\n    return typing.get_type_hints(x, format=1)",
    ),
    (
        "raising-format-tuple",
        "def f(line):\n    raise ValueError('write {% if x %} or 100 %', line)",
        "def f(line):\n    raise ValueError('line %d is wrong', line)",
    ),
    (
        "function-redefined",
        "def f(filters):\n    if filters:\n        check = filters[0]\n    else:\n        def check(x):\n            return x\n    return check",
        "def f():\n    return 1\ndef f():\n    return 2",
    ),
    (
        "method-hidden",
        "import operator\nclass A:\n    def __init__(self, x):\n        if x:\n            self.get = operator.itemgetter(1)\n    def get(self, row):\n        self.get = None\n        return row",
        "class A:\n    def __init__(self):\n        self.get = 1\n    def get(self, row):\n        return row",
    ),
    (
        "unbalanced-dict-unpacking",
        "def f(rows):\n    found = {}\n    for row in rows:\n        found[row] = 1\n    if len(found) == 1:\n        (only,) = found.values()\n        return only\n    return None",
        "def f():\n    a, b = {1: 2}\n    return a + b",
    ),
    (
        "undefined-variable",
        FUTURE + "def f():\n    class A:\n        child: A | None = None\n    return A",
        "def f():\n    class A:\n        child: B | None = None\n    return A",
    ),
    (
        "undefined-variable",
        "if str is bytes:\n    KINDS = (int, long)\nelse:\n    KINDS = (int,)",
        "KINDS = (int, long)",
    ),
    (
        "no-member",
        "try:\n    import re._constants as sre\nexcept ImportError:\n    import sre_constants as sre\nprint(sre.MAX_REPEAT)",
        "import math\nprint(math.nothing)",
    ),
    (
        "no-member",
        "import sys\nprint(sys._MEIPASS)",
        "import sys\nprint(sys.MEIPASS)",
    ),
    (
        "no-member",
        "import asyncio, sys\nNOT_EAGER = sys.version_info < (3, 12)\ndef f(loop, x):\n    return x if NOT_EAGER else asyncio.task_of_tomorrow(loop, x)",
        "import asyncio\ndef f(loop, x):\n    return asyncio.task_of_tomorrow(loop, x)",
    ),
    (
        "too-many-function-args",
        "from shop import First\nclass Second:\n    def __init__(self):\n        pass\nclass A(First, Second):\n    def __init__(self, x):\n        super().__init__(x)\nclass B(First, Second):\n    pass\nB(1)",
        "class Second:\n    def __init__(self):\n        pass\nclass A(Second):\n    def __init__(self, x):\n        super().__init__(x)",
    ),
    (
        "unexpected-keyword-arg",
        "class One:\n    def get(self, x):\n        return x\nclass Two(One):\n    def get(self, x, y=1):\n        return x + y\nclass A:\n    def __init__(self, x):\n        if x:\n            self.api = One()\n        else:\n            self.api = Two()\n    def f(self):\n        return self.api.get(1, y=2)",
        "class One:\n    def get(self, x):\n        return x\nclass A:\n    def __init__(self):\n        self.api = One()\n    def f(self):\n        return self.api.get(1, y=2)",
    ),
    (
        "used-before-assignment",
        "try:\n    import orjson\n    FAST = True\nexcept ImportError:\n    import json\n    FAST = False\ndef f(x):\n    if FAST:\n        return orjson.dumps(x)\n    else:\n        return json.dumps(x)",
        "def f(x):\n    print(text)\n    text = x",
    ),
    (
        "raising-bad-type",
        "def f(x):\n    error = [None]\n    x(error)\n    raise error[0]",
        "def f():\n    raise None",
    ),
    (
        "no-member",
        "import re\ntry:\n    make = re._compiler.compile\nexcept AttributeError:\n    make = re.sre_compile.compile\nWORD = make('a')",
        "import re\nmake = re.sre_compile.compile",
    ),
    ("undefined-variable", "shell = get_ipython()", "shell = get_python()"),
    (
        "no-member",
        "import time\nfrom shop.compat import PY3\nprint(time.perf_counter() if PY3 else time.clock())",
        "import time\nprint(time.clock())",
    ),
    (
        "too-many-function-args",
        "from dataclasses import dataclass\nfrom typing import Callable\ndef join(a, b):\n    return a + b\n@dataclass\nclass A:\n    form: Callable = join\n    def f(self):\n        return self.form(1, 2)",
        "class A:\n    def form(self, a):\n        return a\n    def f(self):\n        return self.form(1, 2)",
    ),
    (
        "redundant-keyword-arg",
        "def make(model, size=1):\n    return model, size\ndef f():\n    options = {'model': 1, 'size': 2}\n    model = options.pop('model')\n    return make(model, **options)",
        "def make(model, size=1):\n    return model, size\ndef f():\n    return make(1, model=2)",
    ),
    (
        "used-before-assignment",
        "from shop import UID\nclass A:\n    def __init__(self, uid: UID):\n        self.uid = uid\n    @property\n    def UID(self):\n        return self.uid",
        "class A:\n    def __init__(self, uid: UID):\n        self.uid = uid\n    UID = str",
    ),
    (
        "subprocess-run-check",
        "import subprocess\nprint(subprocess.run(['ls']).returncode)",
        "import subprocess\nprint(subprocess.run(['ls']).stdout)",
    ),
    (
        "no-self-argument",
        "class A:\n    def f(*args):\n        return args\n    def __add__(me, self, other):\n        return me",
        "class A:\n    def f(x):\n        return x",
    ),
    (
        "unreachable",
        "import sys\ndef f():\n    sys.exit(1)\n    raise AssertionError",
        "import sys\ndef f():\n    sys.exit(1)\n    print(1)",
    ),
    (
        "cell-var-from-loop",
        "def f(rows):\n    for row in rows:\n        def count(n):\n            return n and count(n - 1)\n        print(count(row))",
        "def f(rows):\n    for row in rows:\n        yield lambda: row",
    ),
    (
        "pointless-statement",
        "def test_f(x):\n    x.group\n    x[0]",
        "def f(x):\n    x.group\ndef test_g(x):\n    x == 1",
    ),
    (
        "no-value-for-parameter",
        "def f(x):\n    return x\n@raises(TypeError)\ndef test_f():\n    f()",
        "def f(x):\n    return x\ndef test_f():\n    f()",
    ),
]


@pytest.mark.parametrize(("symbol", "unknown", "wrong"), CASES)
def test_what_is_not_known_is_no_finding_and_what_is_known_is(symbol, unknown, wrong):
    analyzer = opened(symbol)
    assert analyzer.analyze(Source(unknown)).findings == ()
    assert {finding.rule_id for finding in analyzer.analyze(Source(wrong)).findings} == {f"pylint:{symbol}"}


def test_errors_in_one_handler_that_include_each_other_are_one_finding():
    text = "def f(x):\n    try:\n        x()\n    except (OSError, ConnectionError, BrokenPipeError):\n        x(1)"
    assert len(opened("overlapping-except").analyze(Source(text)).findings) == 1


def test_a_method_with_other_parameters_is_one_finding():
    text = "class A:\n    def f(self, x, *rest):\n        pass\nclass B(A):\n    def f(self, x, y, z):\n        pass"
    assert len(opened("arguments-differ").analyze(Source(text)).findings) == 1
