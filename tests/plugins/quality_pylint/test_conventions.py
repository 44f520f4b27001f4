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
    "bad-thread-instantiation": (
        "import threading\ndef start(**options):\n    return threading.Thread(**options)",
        "import threading\nthreading.Thread(lambda: 1)",
    ),
    "unexpected-special-method-signature": (
        (
            "class IReadable(Interface):\n    def __getitem__(key):\n        'Gets one.'\n"
            "from shop import both\nclass Shown:\n    @both\n    def __repr__(self, cls):\n        return 'shown'"
        ),
        "class Readable:\n    def __getitem__(key):\n        return 1",
    ),
    "invalid-str-returned": (
        "from shop import shown\nclass B:\n    @shown\n    def __str__(self):\n        return 1",
        "class A:\n    def __str__(self):\n        return 'a'.encode()",
    ),
    "wrong-exception-operation": (
        "try:\n    f()\nexcept ERRORS + (ImportError,):\n    g()",
        "try:\n    f()\nexcept OSError + ImportError:\n    g()",
    ),
    "assignment-from-none": (
        "def limit():\n    return None\nif fast:\n    def limit():\n        return 3\nmost = limit()",
        "def limit():\n    return None\nmost = limit()",
    ),
    "undefined-variable": (
        (
            "from shop import kept\n"
            "class A:\n    def start(self):\n        global np\n        import numpy as np\n    def run(self):\n        return np.array(1)\n"
            "class B:\n    class Kind:\n        pass\n    @kept(Kind)\n    class Other:\n        pass"
        ),
        "class A:\n    def start(self):\n        import numpy as np\n    def run(self):\n        return np.array(1)",
    ),
    "used-before-assignment": (
        (
            "def expose(url):\n    def wrap(view: View) -> View:\n        return view\n    return wrap\nclass View:\n    pass\n"
            "try:\n    unicode\nexcept (NameError, AttributeError):\n    unicode = str\n"
            "def run(start):\n    try:\n        error = None\n        try:\n            start()\n        except OSError as e:\n"
            "            error = e\n    finally:\n        print(error)\n"
            "def count():\n    global total\n    if total is None:\n        total = 1\n    return total\ntotal = None"
        ),
        "def run(start):\n    try:\n        error = start()\n    finally:\n        print(error)",
    ),
    "access-member-before-definition": (
        (
            "from shop import Backend\nclass A(Backend):\n    def __init__(self):\n        super().__init__()\n        if self.url:\n            self.url = 1\n"
            "class B:\n    def __init__(self):\n        self.turns = self.go()\n        self.size = 1\n    def go(self):\n        yield self.size"
        ),
        "class A:\n    def __init__(self):\n        if self.url:\n            self.url = 1",
    ),
    "assigning-non-slot": (
        (
            "class Shared:\n    __slots__ = ()\n    def move(self):\n        self.place = 1\n"
            "class Car(Shared):\n    __slots__ = ('place',)\nclass Ship(Shared):\n    pass"
        ),
        "class Shared:\n    __slots__ = ('size',)\n    def move(self):\n        self.place = 1",
    ),
    "super-init-not-called": (
        (
            "class A:\n    def __init__(self):\n        super().__init__()\nclass B:\n    def __init__(self):\n        self.b = 1\n"
            "class C(A, B):\n    def __init__(self):\n        A.__init__(self)"
        ),
        (
            "class A:\n    def __init__(self):\n        self.a = 1\nclass B:\n    def __init__(self):\n        self.b = 1\n"
            "class C(A, B):\n    def __init__(self):\n        A.__init__(self)"
        ),
    ),
    "class-variable-slots-conflict": (
        "class A:\n    __slots__ = ('__dict__',)\n    @property\n    def __dict__(self):\n        return {}",
        "class A:\n    __slots__ = ('size',)\n    size = 1",
    ),
    "expression-not-assigned": (
        (
            "def test_it(money):\n    with pytest.raises(TypeError):\n        money(1) + 1\n"
            "def flow():\n    fetch = Task('fetch')\n    fetch >> Task('load')"
        ),
        "def f(money):\n    with money:\n        money(1) + 1",
    ),
    "no-else-raise": (
        "def f(x):\n    try:\n        y = int(x)\n    except ValueError:\n        raise KeyError(x)\n    else:\n        return y",
        "def f(x):\n    if not x:\n        raise KeyError(x)\n    else:\n        return x",
    ),
    "unnecessary-lambda-assignment": (
        "def f(x):\n    if x:\n        tell = x.tell\n    else:\n        tell = lambda: None\n    return tell",
        "def f(x):\n    if x:\n        tell = lambda: x\n    else:\n        tell, x = None, 1\n    return tell",
    ),
    "no-else-return": (
        "def f(x):\n    try:\n        y = int(x)\n    except ValueError:\n        return 0\n    else:\n        return y",
        "def f(x):\n    if not x:\n        return 0\n    else:\n        return x",
    ),
    "pointless-statement": (
        (
            "def test_it(self, x):\n    with self.assertRaises(TypeError):\n        x.y\n"
            "fetch = Task('fetch')\nload = Task('load')\nfetch >> [load, load] >> fetch\n"
            "with Flow() as flow:\n    flow | 'Fetch' >> fetch | 'Load' >> load"
        ),
        "n = int(x)\nn >> 1",
    ),
    "confusing-with-statement": (
        "with closing(connect()) as a, a:\n    pass",
        "with connect() as a, b:\n    pass",
    ),
    "deprecated-module": (
        "from parser import Parser\nimport formatter",
        "import optparse, parser",
    ),
    "bad-open-mode": (
        "import pytest\ndef test_modes():\n    with pytest.raises(ValueError):\n        open('a', 'INV')",
        "def test_modes():\n    open('a', 'INV')",
    ),
    "logging-too-few-args": (
        "import logging\nlogging.debug('no price as % of the other')\nlogging.info('up to 10% slower')",
        "import logging\nlogging.debug('no price for %s')",
    ),
    "unbalanced-tuple-unpacking": (
        (
            "class Box:\n    def __init__(self):\n        self.sent = []\nbox = Box()\n[(a, b)] = box.sent\n"
            "def f(rows):\n    pair = []\n    for row in rows:\n        pair.append(row)\n        if len(pair) == 2:\n"
            "            a, b = pair\n            print(a, b)\n"
            "def g(*given):\n    one, two = given[-2:]\n    return one + two\n"
            "def h(rows):\n    found = []\n    for row in rows:\n        found.append(row)\n    return found\nfirst, last = h('ab')\n"
            "def k(rows):\n    found = set()\n    found.update(rows)\n    return found\nfirst, last = k('ab')\n"
            "def parts(text):\n    found = ['']\n    for each in text:\n        found.append(each)\n    return found\n"
            "def m(text):\n    pair = parts(text)\n    if len(pair) != 2:\n        raise ValueError\n    a, b = pair\n    return a + b\n"
            "def n():\n    told = []\n    listen(told.append)\n    say('a')\n    first, second = told\n    return first + second"
        ),
        "def f():\n    return 1, 2\na, b, c = f()",
    ),
    "attribute-defined-outside-init": (
        (
            "import sklearn\nclass A(sklearn.Base):\n    def fit(self, x):\n        self.bounds_ = x\n        return self\n"
            "class D:\n    def __set_name__(self, owner, name):\n        self._name = name\n"
            "class Record(dict):\n    def __init__(self):\n        self['a'] = 1\n"
            "    def __setattr__(self, name, value):\n        self[name] = value\n"
            "record = Record()\nrecord.size = 1\n"
            "class Lock:\n    def __enter__(self):\n        self.handle = take()\n"
            "class TestLock:\n    @pytest.fixture(autouse=True)\n    def lock(self):\n        self.held = Lock()\n"
            "class Game:\n    def __init__(self):\n        self.reset()\n    def reset(self):\n        self.place()\n"
            "    def place(self):\n        self.food = 1\n"
            "class Line:\n    def __init__(self, steps):\n        self.steps = steps\n"
            "    def fit(self, x):\n        self.slope_ = x\n        return self\n"
            "    def predict(self, x):\n        return x * self.slope_"
        ),
        "class A:\n    def __init__(self):\n        B().fit(1)\n    def fit(self, x):\n        self.bounds_ = x",
    ),
    "consider-using-f-string": (
        "def f(pair):\n    return '%s=%s' % pair\ndef g(name):\n    return _('Hello, %s!' % name)",
        "def f(name):\n    return '100 %% %s' % name",
    ),
    "unused-argument": (
        (
            "import sklearn\nclass A(sklearn.Base):\n    def fit(self, x, y=None):\n        return self.g(x)\n"
            "@app.get('/')\ndef view(request):\n    return 1\n"
            "def handler(event, context):\n    return 1\n"
            "def test_it(store):\n    assert run()\n"
            "def base(x):\n    raise NotImplementedError('base')\n"
            "class Meta(type):\n    def __init__(cls, name, bases, body, **said):\n        super().__init__(name, bases, body)"
        ),
        "import functools\nclass B:\n    @functools.cache\n    def fit(self, x, y=None):\n        return self.g(x)",
    ),
    "no-self-argument": (
        (
            "class A(Model):\n    @validator('x')\n    def check(cls, value):\n        return value\n"
            "class I(Interface):\n    def send(text):\n        pass\n"
            "class M(Made):\n    def __call__(cls):\n        return cls"
        ),
        "class A:\n    def check(cls, value):\n        return value",
    ),
    "too-many-ancestors": (
        "from tkinter import ttk\nclass A(ttk.Frame):\n    x = 1",
        "".join(f"class C{number + 1}(C{number}):\n    pass\n" for number in range(9)).replace("(C0)", ""),
    ),
    "too-many-instance-attributes": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n"
        + "".join(f"    part{number}: int\n" for number in range(9)),
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    rows: list\n    def read(self):\n"
        + "".join(f"        self.part{number} = self.rows[{number}]\n" for number in range(9)),
    ),
    "invalid-name": (
        (
            "import ast\nimport ctypes\nimport unittest\nimport numpy\n"
            "class V(ast.NodeVisitor):\n    def visit_Name(self, node):\n        return node\n"
            "class T(unittest.TestCase):\n    def expectHeaders(self, reply):\n        return reply\n"
            "class stat_t(ctypes.Structure):\n    _fields_ = [('mode', ctypes.c_int)]\n"
            "class muted:\n    def __enter__(self):\n        return 1\n"
            "def f(X, y, P0):\n    X_train = X[:y]\n    dXt = X_train - P0\n    return dXt"
        ),
        "def f(X, y):\n    return X[:y]",
    ),
    "broad-exception-caught": (
        (
            "def f(g, errors=Exception):\n    def h():\n        try:\n            g()\n        except errors:\n            g(1)\n    return h\n"
            "def tell(watchers, news):\n    for watcher in watchers:\n        try:\n            watcher.tell(news)\n"
            "        except Exception:\n            log.exception('%r', watcher)\n"
            "async def work(tasks):\n    while True:\n        number, task = tasks.get()\n        try:\n"
            "            await task(number)\n        except Exception:\n            traceback.print_exc()\n            continue\n"
            "def keep(future, load):\n    try:\n        future.set_result(load())\n"
            "    except Exception as error:\n        future.set_exception(error)\n"
            "def attempt(load):\n    try:\n        return Ok(load())\n"
            "    except Exception as error:\n        return Err(error)\n"
            "def main():\n    try:\n        run()\n    except Exception:\n        log.exception('x')\n        sys.exit(1)\n"
            "class Worker(ABC):\n    @abc.abstractmethod\n    async def work(self):\n        raise NotImplementedError\n"
            "    async def run(self):\n        while self.wanted:\n            try:\n                await self.work()\n"
            "            except Exception:\n                log.exception('x')"
        ),
        "def f(rows):\n    for row in rows:\n        try:\n            save(row)\n        except Exception:\n            log.exception('x')",
    ),
    "consider-using-with": (
        (
            "import tempfile\ndef f(test):\n    folder = tempfile.TemporaryDirectory()\n"
            "    test.addCleanup(folder.cleanup)\n    test.reader = Reader(open('a'))\n"
            "    print(test.enter_context(tempfile.TemporaryDirectory()))\n"
            "class Log:\n    def start(self):\n        self.file = open('a')\n    def end(self):\n        self.file.close()\n"
            "from subprocess import PIPE, Popen\ndef g(words):\n    process = Popen(words, stdout=PIPE)\n    return process.communicate()[0]\n"
            "def h(words):\n    process = Popen(words)\n    try:\n        process.wait(9)\n    finally:\n        process.kill()"
        ),
        "import tempfile\ndef f():\n    folder = tempfile.TemporaryDirectory()\n    print(folder.name)",
    ),
    "redefined-builtin": (
        (
            "import codecs\nimport sys\nfrom functools import partial\ncopyright = '2020'\nopen = codecs.open\n"
            "input = sys.stdin.readline\nprint = partial(print, flush=True)\ndef next(self):\n    return self.rows.pop()"
        ),
        "def next(rows):\n    return rows.pop()",
    ),
    "singleton-comparison": (
        (
            "def f(session, Bill):\n    return session.query(Bill).filter(Bill.paid == None)\n"
            "def g(frame):\n    return frame[(frame['old'] == True) & (frame.size > 3)]\n"
            "def h(Bill):\n    return or_(Bill.paid != None, ~(Bill.late == True))"
        ),
        "def f(bills):\n    return filter(lambda bill: bill.paid == None, bills)",
    ),
    "unnecessary-comprehension": (
        "def f(cursor):\n    return [(name, size) for name, size in cursor.execute('SELECT')]",
        "def f(names, sizes):\n    return [(name, size) for name, size in sorted(zip(names, sizes))]",
    ),
    "unused-import": (
        "class Shop(AppConfig):\n    def ready(self):\n        import shop.signals",
        "class Shop(AppConfig):\n    def ready(self):\n        import shop.signals\n        from shop import a, b\n        a()",
    ),
    "no-value-for-parameter": (
        (
            "def f(a, b):\n    return a + b\nrows = []\nf(*rows)\n"
            "@cli.command()\ndef greet(name):\n    print(name)\n@Task\nclass Job:\n"
            "    def __init__(self, queue):\n        self.queue = queue\n"
            "def lend(function):\n    @wraps(function)\n    def lent(*args, **kwargs):\n"
            "        return function(connect(), *args, **kwargs)\n    return lent\n"
            "@lend\ndef rows(connection):\n    return connection.rows\n"
            "greet()\nJob()\nrows()\n"
            "class Meta(type):\n    def __new__(mcs, name, bases, body):\n"
            "        cls = super().__new__(mcs, name, bases, body)\n        cls.parts = cls.find(body)\n        return cls\n"
            "    def find(cls, body):\n        return body"
        ),
        (
            "def spoken(function):\n    @wraps(function)\n    def speak(*args, **kwargs):\n        print('called')\n"
            "        return function(*args, **kwargs)\n    return speak\n"
            "@spoken\ndef rows(connection):\n    return connection.rows\nrows()"
        ),
    ),
    "too-many-function-args": (
        "@app.task(bind=True)\ndef send(self):\n    return self\nsend(1, 2)",
        "import functools\n@functools.cache\ndef send(to):\n    return to\nsend(1, 2)",
    ),
    "use-implicit-booleaness-not-comparison": (
        "def test_it(x):\n    assert list(x) == []",
        "def f(x):\n    return list(x) == []",
    ),
    "function-redefined": (
        (
            "@table.register('a')\ndef read(a):\n    return a\n@table.register('b')\ndef read(a, b):\n    return a, b\n"
            "def hooks(found):\n    def hook(x):\n        return x\n    found.append(hook)\n"
            "    def hook(y):\n        return y + 1\n    found.append(hook)\n"
            "from shop import Sheet\n@Sheet.api\ndef rows(sheet):\n    return 1\n@Sheet.property\ndef rows(sheet):\n    return 2\n"
            "class A:\n    @overload\n    def read(self, a: int) -> int: ...\n"
            "    def read(self, a):\n        return a\n"
            "def client(first, fast):\n    make = first\n    if not fast:\n        def make(x):\n            return first(x)\n    return make"
        ),
        "import pytest\n@pytest.fixture\ndef read():\n    return 1\n@pytest.fixture\ndef read():\n    return 2",
    ),
    "cell-var-from-loop": (
        (
            "def f(rows, n, text, table):\n    for i in range(n):\n        rows.sort(key=lambda row: row[i])\n"
            "        text = re.sub('x', lambda found: found[i], text)\n"
            "        table[i] = table[i].apply(lambda cell: cell * i)\n"
            "        rows.append(list(map(lambda row: row[i], rows)))\n"
            "        def chosen(row):\n            return row[i]\n        rows += [sum(map(chosen, rows)), chosen(text)]\n"
            "    return rows"
        ),
        "def f(rows, n):\n    for i in range(n):\n        rows.append(lambda row: row[i])\n    return rows",
    ),
    "modified-iterating-list": (
        (
            "def f(n):\n    found = []\n    for one in found:\n        if one > n:\n            found.append(n)\n"
            "            break\n        for other in n:\n            if other > one:\n"
            "                found.append(other)\n                return found\n    return found"
        ),
        (
            "def f(n):\n    found = []\n    for one in found:\n        for other in n:\n            if other > one:\n"
            "                found.append(other)\n                break\n    return found"
        ),
    ),
    "subprocess-run-check": (
        "import subprocess\ndef f(command):\n    done = subprocess.run(command)\n    return done.returncode == 0",
        "import subprocess\ndef f(command):\n    done = subprocess.run(command)\n    return done.stdout",
    ),
    "method-hidden": (
        (
            "class A:\n    def __init__(self, fast):\n        self.run = fast\n    def run(self):\n        return 1\n"
            "class B:\n    def __init__(self, keep):\n        self.find = keep(self.find)\n    def find(self):\n        return 1\n"
            "class C:\n    def __init__(self, run):\n        self.run: Callable[[], int]\n        self.__call__ = run\n        self.size = True\n"
            "class D(C):\n    def run(self):\n        return 1\n    def __call__(self):\n        return 2"
        ),
        "class A:\n    def __init__(self, fast):\n        self.run = True\n    def run(self):\n        return 1",
    ),
    "no-method-argument": (
        (
            "class Sized(Interface):\n    def size():\n        pass\n"
            "class Deep(IContainer):\n    def depth():\n        pass\n"
            "class Table:\n    def rows():\n        return [1]\n    first = rows()[0]\n"
            "class A:\n    if sized:\n        def make():\n            return 1\n        MAKERS = {'a': make}"
        ),
        "class A(Item):\n    def size():\n        return 1",
    ),
    "keyword-arg-before-vararg": (
        "class A(B):\n    def __init__(self, rows=(), *args, **said):\n        super().__init__(rows, *args, **said)",
        "class A(B):\n    def __init__(self, rows=(), *args):\n        super().__init__(*args)\n        self.rows = rows",
    ),
    "arguments-differ": (
        "class A:\n    def f(self, a, b):\n        return a\nclass B(A):\n    def f(self, *args, **said):\n        return 1",
        "class A:\n    def f(self, a, b):\n        return a\nclass B(A):\n    def f(self, c, *args, **said):\n        return 1",
    ),
    "dangerous-default-value": (
        "RANKS = {'a': 1}\ndef rank(name, ranks=RANKS, *, known=RANKS):\n    return ranks[name] if name in known else ranks.get(1)",
        "RANKS = {'a': 1}\ndef rank(name, ranks=RANKS):\n    ranks[name] = 1",
    ),
    "redefined-argument-from-local": (
        "def f(lent, pool):\n    with pool.lend(lent) as lent:\n        return lent",
        "def f(lent, pool):\n    with pool as lent:\n        return lent",
    ),
    "try-except-raise": (
        (
            "try:\n    f()\nexcept CancelledError:\n    raise\nexcept Exception:\n    g()\n"
            "try:\n    f()\nexcept KeyboardInterrupt:\n    raise\nexcept:\n    g()"
        ),
        "try:\n    f()\nexcept OSError:\n    raise\nexcept KeyError:\n    g()",
    ),
    "undefined-all-variable": ("from shapes import *\n__all__ = ['Box']", "__all__ = ['Box']"),
    "undefined-loop-variable": (
        (
            "for name in range(f()):\n    g(name)\ndel name\n"
            "def last(names):\n    if not names:\n        raise ValueError('none')\n    for one in names:\n        print(one)\n"
            "    return one"
        ),
        "def h(x):\n    for name in x:\n        g(name)\n    return name",
    ),
    "unnecessary-dunder-call": ("bound = f.__get__(g, h)", "size = f.__len__()"),
    "unused-variable": (
        "def f():\n    __tracebackhide__ = True\n    assert g()",
        "def f():\n    hidden = True\n    assert g()",
    ),
    "useless-import-alias": (
        "from shapes import Box as Box\nimport a",
        "from shapes import Box as Box\nprint(Box)",
    ),
    "no-member": (
        (
            "import asyncio\nimport enum\nimport inspect\nimport itertools\nimport os\nimport re\nimport socket\nimport ssl\nimport sys\nfrom asyncio import subprocess\n"
            "subprocess.Process\nasyncio.subprocess.create_subprocess_shell('a')\nprint(inspect.CO_COROUTINE, ssl.OP_NO_TLSv1_3)\nclass Suit(enum.StrEnum):\n    HEARTS = enum.auto()\n"
            "print(Suit.HEARTS.value.upper(), Suit._member_map_, re.RegexFlag.__members__, re.Match.group)\nos.startfile('a')\nitertools.batched('ab', 1)\nfamily = socket.AddressFamily\n"
            "size = sys.getfoo() if hasattr(sys, 'getfoo') else 0\nif sys.platform == 'mine':\n    os.foo()\n"
            "@classmethod\ndef make(cls, size):\n    def made():\n        return cls.made(size)\n    return made\n"
            "class Shelf(Base):\n    def put(self):\n        self.size += 1\n        return self.size\n"
            "def show():\n    return traceback.format_exc() + module.name + generator.send(1)\n"
            "KINDS = {'a': 1}\nKINDS.keys().isdisjoint('a')\nKINDS.items().isdisjoint('a')\nprint(KINDS.values().mapping)\n"
            "class Settings:\n    kept = None\n    def __new__(cls):\n        if cls.kept is None:\n"
            "            cls.kept = super().__new__(cls)\n            cls.kept.values = {}\n        return cls.kept\n"
            "    def get(self, key):\n        return self.values[key]\n"
            "WRITERS = {'a': ('first', os), 'b': ('second', os)}\nfor key, (title, module) in WRITERS.items():\n    module.getpid()\n"
            "import builtins\nif '_' in builtins.__dict__:\n    del builtins._\n"
            "try:\n    sys.exc_clear()\nexcept Exception:\n    pass\n"
            "class Shape:\n    def __new__(cls, kind):\n        return KINDS[kind](kind)\nprint(Shape('a').sides)"
        ),
        "import subprocess\nif subprocess:\n    subprocess.Process()",
    ),
    "unpacking-non-sequence": (
        "class A:\n    at = None\n    def f(self):\n        assert self.at is not None\n        x, y = self.at\n        return x + y",
        "class A:\n    at = None\n    def f(self):\n        x, y = self.at\n        return x + y",
    ),
    "unsubscriptable-object": (
        (
            "def f(run):\n    got = None\n    def keep(it):\n        nonlocal got\n        got = it\n    run(keep)\n"
            "    return got[0]"
        ),
        "def f(run):\n    got = None\n    def keep(it):\n        got = it\n        return got\n    run(keep)\n    return got[0]",
    ),
    "unsupported-membership-test": (
        (
            "class A:\n    def __init__(self):\n        self.rows = []\n    def f(self, x):\n"
            "        row = self.rows[-1] if self.rows else None\n"
            "        return row is not None and all(each in row for each in x)"
        ),
        "def f(x):\n    row = None\n    return row is not None and x in row",
    ),
    "not-callable": (
        (
            "class A:\n    done = None\n    def f(self):\n        return self.done and self.done()\n"
            "    def g(self):\n        if not self.done:\n            return None\n        return self.done()\n"
            "@classmethod\ndef make(cls, size):\n    return cls(size)\n"
            "CHECKS = {'name': (lambda x: x, 'is empty'), 'size': (len, 'is none')}\n"
            "WRONG = [told for key, (check, told) in CHECKS.items() if not check(key)]"
        ),
        "class A:\n    done = None\n    def f(self):\n        return self.done()",
    ),
}


#: Messages without which pylint does not look for another in functions.
NEEDED = {"unused-import": ("unused-variable",)}


@pytest.mark.parametrize("symbol", CASES)
def test_a_convention_is_no_finding_and_what_resembles_it_is(symbol):
    analyzer = opened(symbol, *NEEDED.get(symbol, ()))
    conventional, wrong = CASES[symbol]
    assert analyzer.analyze(Source(conventional)).findings == ()
    assert [finding.rule_id for finding in analyzer.analyze(Source(wrong)).findings] == [f"pylint:{symbol}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("total = 3\nprint(total)", False),
        ("total = 3\ndef f():\n    return total", True),
        ("bind_port = 3\nname = f'on {bind_port}'\ndef on_start(server):\n    return server", False),
        ("bindPort = 3\ndef on_start(server):\n    return server", True),
        ("port = 3\n__all__ = ['port']\ndef on_start(server):\n    return server", True),
        ("class A:\n    depth = 1\ndepth = 2\ndef f():\n    depth = 3\n    return depth", False),
        ("depth = 2\ndef f():\n    global depth\n    depth = 3", False),
        ("Words = (str, bytes)\ndef f(x):\n    return isinstance(x, Words)", False),
        ("Words = ('a', 'b')\ndef f(x):\n    return x in Words", True),
    ],
)
def test_what_only_a_script_or_a_framework_reads_is_no_constant(text, found):
    assert bool(opened("invalid-name").analyze(Source(text)).findings) is found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("Bill = registry.get_model('bill')\n    return Bill", False),
        ("Bill = registry.find('bill')\n    return Bill()", False),
        ("Bill = registry.find('bill')\n    return Bill.objects", False),
        ("Bill = registry.find('bill')\n    return isinstance(registry, Bill)", False),
        ("Bill = registry.find('bill')\n    return isinstance(Bill, str)", True),
        ("Bill = registry.find('bill')\n    return Bill", True),
        ("bigBill = registry.find('bill')\n    return bigBill()", True),
    ],
)
def test_a_variable_may_hold_a_class(lines, found):
    text = f"def f(registry):\n    {lines}\n"
    assert bool(opened("invalid-name").analyze(Source(text)).findings) is found


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
    none = analyzer.analyze(
        Source(loop.format("            if turn == 2:\n                raise\n"))
    ).findings
    (unsure,) = analyzer.analyze(
        Source(loop.format("            if job.over:\n                raise\n"))
    ).findings
    (sure,) = analyzer.analyze(Source(loop.format("            wait()\n"))).findings
    assert (none, unsure.confidence, sure.confidence) == ((), Confidence.LOW, Confidence.HIGH)


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


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("self.assertTrue(False)", Severity.NOTE),
        ("self.assertFalse(1)", Severity.NOTE),
        ("self.assertTrue('done')", Severity.WARNING),
        (
            "try:\n            take(0)\n        except ValueError:\n            self.assertTrue(True)",
            Severity.NOTE,
        ),
    ],
)
def test_an_assertion_that_says_fail_or_pass_in_other_words_is_slight(line, severity):
    text = (
        "from unittest import TestCase\n\nclass CartTest(TestCase):\n    def test_it(self):\n        "
        + line
        + "\n"
    )
    (finding,) = opened("redundant-unittest-assert").analyze(Source(text)).findings
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        ("from shop import signals", Confidence.LOW),
        ("from shop import signals, views\n    return views", Confidence.HIGH),
    ],
)
def test_an_import_in_a_function_may_be_there_for_its_effect(body, confidence):
    (finding,) = (
        opened("unused-import", "unused-variable").analyze(Source(f"def start():\n    {body}\n")).findings
    )
    assert finding.confidence is confidence


@pytest.mark.parametrize(
    ("symbol", "text", "confidence"),
    [
        ("unused-argument", "def f(self, size):\n    return self.name", Confidence.LOW),
        ("unused-argument", "class A:\n    def f(self, size):\n        return self.name", Confidence.LOW),
        ("unused-argument", "def f(name, size):\n    return name", Confidence.MEDIUM),
        ("global-variable-undefined", "def f():\n    global size\n    size = 1", Confidence.LOW),
        ("global-variable-undefined", "name = 1\ndef f():\n    global size\n    size = 1", Confidence.HIGH),
        ("attribute-defined-outside-init", "class A:\n    def f(self):\n        self.a = 1", Confidence.LOW),
        ("misplaced-bare-raise", "def f(self, error):\n    if self.strict:\n        raise", Confidence.LOW),
        ("misplaced-bare-raise", "def f():\n    print(sys.exc_info())\n    raise", Confidence.LOW),
        ("misplaced-bare-raise", "def f(*args):\n    raise", Confidence.LOW),
        ("misplaced-bare-raise", "def f(self, name):\n    if self.strict:\n        raise", Confidence.HIGH),
        (
            "misplaced-bare-raise",
            "def f(name):\n    raise\ntry:\n    g()\nexcept OSError:\n    f(1)",
            Confidence.LOW,
        ),
        (
            "duplicate-except",
            "try:\n    f()\nexcept OSError:\n    g()\nexcept (IOError, EnvironmentError):\n    h()",
            Confidence.LOW,
        ),
        (
            "duplicate-except",
            "try:\n    f()\nexcept OSError:\n    g()\nexcept OSError:\n    h()",
            Confidence.HIGH,
        ),
        (
            "function-redefined",
            "from shop import kept\n@kept\ndef f():\n    return 1\n@kept\ndef f():\n    return 2",
            Confidence.LOW,
        ),
    ],
)
def test_what_others_decide_about_is_less_sure(symbol, text, confidence):
    (finding,) = opened(symbol).analyze(Source(text)).findings
    assert finding.confidence is confidence


def test_a_function_that_was_cut_out_reads_names_of_its_module():
    text = "def count():\n    global total\n    print(total)\n    total += 1\n"
    look = opened("used-before-assignment")
    assert look.analyze(Source(text)).findings == ()
    assert len(look.analyze(Source(f"size = 1\n{text}")).findings) == 1


@pytest.mark.parametrize(
    ("symbol", "text", "sure"),
    [
        (
            "bad-super-call",
            "from a import A\nclass B(A[int]):\n    def f(self):\n        super(A, self).f()",
            False,
        ),
        (
            "bad-super-call",
            "class A: pass\nclass B(A):\n    def f(self):\n        super(self.__class__, self).f()",
            True,
        ),
        ("bad-open-mode", "MODES = {'out': None}\nopen('a', MODES['out'])", False),
        ("bad-open-mode", "open('a', 'x+w')", True),
        ("bad-reversed-sequence", "class A:\n    rows = None\nA().rows = reversed(A.rows)", False),
        (
            "undefined-variable",
            "def f(rows):\n    for row in rows:\n        if row:\n            last = row\n    last /= 2",
            False,
        ),
        ("undefined-variable", "def f(rows):\n    return last / 2", True),
        (
            "undefined-variable",
            "def f(text, names):\n    exec(text, globals(), names)\n    return last / 2",
            False,
        ),
        ("undefined-variable", "def f(text):\n    exec(text)\n    return last / 2", True),
        ("undefined-variable", "exec(open('a').read())\ndef f():\n    return last / 2", False),
        ("no-member", "import socket\nprint(socket.IP_FOO)", False),
        (
            "logging-too-many-args",
            "import logging\nlog = logging.getLogger('a')\nlog.info('found {}', 3)",
            False,
        ),
        ("logging-too-many-args", "import logging\nlog = logging.getLogger('a')\nlog.info('found', 3)", True),
        ("no-member", "import socket\nprint(socket.foo)", True),
        ("undefined-variable", "builder.add(1)\nbuilder.add(2)\nbuilder.add(3)", False),
        ("undefined-variable", "builder.add(1)\nbuilder.add(2)", True),
        (
            "unexpected-keyword-arg",
            "from shop import Plugin\nclass A(Plugin):\n    def __init__(self):\n        self.a = 1\nA(session=1)",
            False,
        ),
        (
            "unexpected-keyword-arg",
            "class A:\n    def __init__(self):\n        self.a = 1\nA(session=1)",
            True,
        ),
        ("unexpected-keyword-arg", "import inspect\ninspect.signature(f, later=1)", False),
        (
            "access-member-before-definition",
            "class A:\n    def __init__(self, again):\n        if again:\n            print(self.b)\n        self.b = 1",
            False,
        ),
        ("used-before-assignment", "def f():\n    print(size)\n    size = 1", False),
        (
            "used-before-assignment",
            "def f(rows):\n    try:\n        size = len(rows)\n    except OSError:\n        print(size)",
            False,
        ),
    ],
)
def test_what_other_files_decide_about_is_less_sure_among_them(symbol, text, sure):
    alone, among = (
        opened(symbol, standalone=each).analyze(Source(text)).findings[0].confidence for each in (True, False)
    )
    assert alone is not Confidence.LOW
    assert (among is not Confidence.LOW) is sure


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ("used-before-assignment", "class A:\n    Kind = property(lambda self: Kind)\nclass Kind:\n    pass"),
        ("used-before-assignment", "def f():\n    return kind\nif __name__ == '__shop__':\n    kind = 1"),
        (
            "abstract-class-instantiated",
            (
                "import abc\nfrom shop import Base\nclass A(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\n"
                "class B(Base[int], A):\n    pass\nB()"
            ),
        ),
    ],
)
def test_what_other_files_give_is_no_finding_among_them(symbol, text):
    assert opened(symbol, standalone=False).analyze(Source(text)).findings == ()


def test_an_attribute_may_be_set_by_a_call():
    text = "class A:\n    def f(self):\n        setattr(self, '_a', 1)\n\n    def g(self):\n        self._a = 2\n        return self._a\n"
    found = opened("attribute-defined-outside-init").analyze(Source(text)).findings
    assert [each.location.line for each in found] == [3, 6]


@pytest.mark.parametrize(
    "body",
    [
        "watcher(1)\n        except Exception:\n            print('failed')",
        "watcher(1)\n        except Exception:\n            log.exception('x')\n            break",
        "watcher(1)\n            self.told += 1\n        except Exception:\n            log.exception('x')",
        "self.tell(watcher)\n        except Exception:\n            log.exception('x')",
        "clock.wait(watcher)\n        except Exception:\n            log.exception('x')",
    ],
)
def test_a_loop_over_others_code_has_to_call_it_alone_to_log_and_to_go_on(body):
    text = f"def f(self, watchers, clock):\n    for watcher in watchers:\n        try:\n            {body}\n"
    assert opened("broad-exception-caught").analyze(Source(text)).findings


@pytest.mark.parametrize(
    "line",
    [
        "rows.append(map(lambda row: row[i], rows))",
        "pool.submit(lambda: rows[i])",
        "pool.map(lambda row: row[i], rows)",
        "found = (each for each in filter(lambda row: row[i], rows))",
        "def later():\n            return rows[i]\n        rows.append(later)",
        "def later():\n            return rows[i]\n        later()\n        rows.append(later)",
    ],
)
def test_a_function_of_a_loop_has_to_run_before_the_next_turn(line):
    text = f"def f(rows, n, pool):\n    for i in range(n):\n        {line}\n    return rows\n"
    assert opened("cell-var-from-loop").analyze(Source(text)).findings


@pytest.mark.parametrize(
    "handling",
    [
        "return Err(str(error))",
        "return Response(error)",
        "return error",
        "print(error)\n        return Err(error)",
        "sys.exit(1)",
        "log.exception('x')\n        sys.exit(0)",
        "log.error('x')\n        sys.exit(1)",
    ],
)
def test_an_exception_has_to_reach_whoever_asks(handling):
    text = f"def f(load):\n    try:\n        return Ok(load())\n    except Exception as error:\n        {handling}\n"
    assert opened("broad-exception-caught").analyze(Source(text)).findings


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        ("try:\n        work()\n    finally:\n        lock.release()", Confidence.LOW),
        ("work()\n    lock.release()", Confidence.MEDIUM),
    ],
)
def test_a_lock_that_finally_releases_is_nearly_in_a_with(body, confidence):
    text = f"import threading\nlock = threading.Lock()\ndef f():\n    lock.acquire()\n    {body}\n"
    (finding,) = opened("consider-using-with").analyze(Source(text)).findings
    assert finding.confidence is confidence


def test_a_module_of_imports_hands_them_out():
    analyzer = opened("unused-import")
    assert (
        analyzer.analyze(
            Source("'Shapes.'\nfrom shapes import Box\nfrom .boxes import Lid\n__version__ = '1'")
        ).findings
        == ()
    )
    assert analyzer.analyze(Source("from shapes import Box\nprint(1)")).findings
    assert analyzer.analyze(Source("from os import path")).findings


@pytest.mark.parametrize(
    ("imported", "decorator", "found"),
    [
        ("from django.utils.functional import cached_property", "@cached_property", False),
        ("from project import lazy", "@lazy(kept=True)", False),
        ("from functools import cached_property", "@cached_property", False),
        ("from functools import lru_cache", "@lru_cache(maxsize=None)", True),
        ("import functools", "", True),
    ],
)
def test_what_a_decorator_of_others_makes_of_a_method_is_unknown(look, imported, decorator, found):
    body = f"    {decorator}\n    def own(self):\n        return frozenset(self.names)\n"
    using = "    def has(self, name):\n        return name in self.own and [each + 1 for each in self.own]\n"
    seen = look(f"{imported}\nclass A:\n    names = ()\n{body}{using}")
    assert {"unsupported-membership-test", "not-an-iterable"}.issubset(seen) is found
    assert ("not-an-iterable" in seen) is found


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (
            "dangerous-default-value",
            "from typing import NamedTuple\nclass A(NamedTuple):\n    rows: list = []\n",
        ),
        (
            "arguments-renamed",
            (
                "class A:\n    def f(self, a):\n        return a\n"
                "class B(A):\n    if True:\n        def f(self, b):\n            return b\n"
            ),
        ),
    ],
)
def test_pylint_also_tells_of_fields_and_of_methods_behind_a_condition(symbol, text):
    assert [each.rule_id for each in opened(symbol).analyze(Source(text)).findings] == [f"pylint:{symbol}"]


@pytest.mark.parametrize(("table", "sure"), [("options", False), ("{'cwd': '/'}", True), ("OPTIONS", True)])
def test_what_a_call_gets_out_of_a_callers_table_may_be_what_is_missing(table, sure):
    text = f"import subprocess\nOPTIONS = load()\ndef run(words, **options):\n    subprocess.run(words, **{table})\n"
    (finding,) = opened("subprocess-run-check").analyze(Source(text)).findings
    assert finding.confidence is (Confidence.HIGH if sure else Confidence.LOW)


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ("no-value-for-parameter", "def getattr({0}, owner, name):\n    return getattr(owner, name)"),
        ("too-many-function-args", "def convert({0}, rows):\n    return convert(rows, 1, 2)"),
        ("no-member", "def json({0}, text):\n    return json.loads(text)"),
        ("unsubscriptable-object", "def list({0}, rows: list[int]):\n    return [row + 1 for row in rows]"),
    ],
)
def test_a_method_that_was_cut_out_is_not_the_function_or_module_of_its_name(symbol, text):
    assert not opened(symbol).analyze(Source(text.format("self"))).findings
    assert opened(symbol).analyze(Source(text.format("first"))).findings


def test_what_is_there_for_type_checkers_never_runs():
    text = "import textwrap\nfrom typing import TYPE_CHECKING\nif {}:\n    shown = textwrap.indent('a', ' ', before=1)"
    look = opened("unexpected-keyword-arg")
    assert look.analyze(Source(text.format("TYPE_CHECKING"))).findings == ()
    assert len(look.analyze(Source(text.format("not TYPE_CHECKING"))).findings) == 1


def test_a_name_that_a_choice_binds_may_have_what_the_module_lacks_here():
    text = "import time\nif new:\n    clock = time.perf_counter\nelse:\n    clock = time.clock\ndef stamp():\n    return clock()"
    look = opened("no-member")
    assert [each.location.line for each in look.analyze(Source(text)).findings] == [5]
    alone = "import time\nclock = time.clock\ndef stamp():\n    return clock()"
    assert [each.location.line for each in look.analyze(Source(alone)).findings] == [2, 4]
