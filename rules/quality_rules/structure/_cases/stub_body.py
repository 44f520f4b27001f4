"""The cases of the rule stub-body."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        "import pluggy\n\nhook = pluggy.HookspecMarker('shop')\n\n@hook\ndef total(orders, limit):\n"
        '    """Sums orders up to a limit."""',
        "It says what others do",
        {"standalone": True},
    ),
    Valid(
        "@bot.event\nasync def on_message(message):\n    pass",
        "A framework hands it over",
        {"standalone": True},
    ),
    Valid(
        "def seek(self, offset):\n    raise TypeError(offset)",
        "A method that was cut out of its class may refuse what its base promises",
    ),
    Valid(
        "def prepare(titles):\n    for title in titles:\n        raise ValueError(title)",
        "A loop may have no turn",
    ),
    Valid(
        "class Missing:\n    pass\n\nclass Timeout(Exception):\n    pass\n\nclass Shape:\n    pass\n\n"
        "def area(shape: Shape):\n    return shape.width * shape.height",
        "A mark, an error, and a class that is used",
    ),
    Valid(
        "class Dog:\n    def sound(self):\n        return 'woof'\n\nclass Puppy(Dog):\n    def sound(self):\n        return 'yip'",
        "What related classes answer tells them apart",
    ),
    Valid(
        """
        def totals(title):
            rows = []
            title, rows = filled(title, rows)
            print(rows)

        def filled(title, rows):
            rows.append(len(title))
            return title, rows
        """,
        "What comes back is computed from what was given",
    ),
    Valid(
        'import pytest\n\ndef skip_on_windows(name):\n    if name == "nt":\n        pytest.skip("not there")'
    ),
    Valid("import sys\n\ndef on_close(window):\n    sys.exit(0)", "It says that it ends something"),
    Valid("def show_usage():\n    print('usage: serve PORT')", "A message is all that was asked for"),
    Valid("import server\n\nserver.start()\nwhile True:\n    server.step()"),
    # Functions that work, or say by their names what they do.
    Valid(
        "def area(width, height):\n    if width is None:\n        raise ValueError('no width')\n    return width * height",
        "It works, behind a refusal",
    ),
    Valid(
        """
        def tell(number):
            if number > 0:
                print("positive")
            elif number < 0:
                print("negative")
        """,
        "What is shown depends on the argument",
    ),
    Valid(
        """
        class Piece:
            def move(self, place):
                self.x, self.y = place
                self.moved += 1

            def jump(self, place):
                [self.x, *self.rest] = place
        """,
        "Attributes are set out of a value that is taken apart",
    ),
    Valid(
        "import logging\n\ndef set_up():\n    logging.basicConfig(level=logging.INFO)",
        "It sets something up",
    ),
    Valid("import gc\n\ndef tidy():\n    gc.collect()", "It is there for that"),
    Valid("from time import time\n\ndef now():\n    return time()", "It reads a clock"),
    Valid(
        "import time\n\nSTART = time.time()\n\ndef since_start(moment):\n    return moment - START",
        "The clock is read outside of functions",
    ),
    Valid(
        """
        from contextlib import contextmanager

        @contextmanager
        def quiet():
            try:
                yield
            except OSError:
                pass
        """,
        "It catches what is raised where it is used",
    ),
    Valid(
        "def resolve(self, name):\n    return resolve(name)",
        "A method that was cut out of its class calls another function",
    ),
    Valid(
        """
        class Clock(Protocol):
            async def mark(self):
                pass

            @staticmethod
            def time():
                pass
        """,
        "A protocol, static methods and all",
    ),
    Valid(
        """
        class Kind:
            def __init__(self, names):
                self.names = [name.strip() for name in names]

            if TYPE_CHECKING:
                def __getattr__(self, name): ...
        """,
        "It is for type checkers",
    ),
    Valid(
        """
        try:
            basestring
        except NameError:
            basestring = str

        def is_text(value):
            return isinstance(value, basestring) and value.isprintable()
        """,
        "A name that an older version has",
    ),
    Valid("def fruits():\n    return ['apple', 'pear']", "Data"),
    Valid("def require_rows(rows):\n    assert isinstance(rows, list)", "It checks, as its name says"),
    Valid(
        "def check_seat(seat, row):\n    if seat is None and row is None:\n        raise ValueError(row)",
        "It looks at all that it checks",
    ),
    Valid(
        "def validate_ticket(ticket):\n    if not isinstance(ticket, Ticket):\n        raise TypeError(ticket)",
        "It says what it does",
    ),
    Valid(
        "def open_it():\n    if LIBRARY is None:\n        raise ImportError('install it')", "Not its argument"
    ),
    Valid(
        "class Typed:\n    def __call__(self, value):\n        if not isinstance(value, self.kind):\n"
        "            raise TypeError(value)",
        "It checks whenever it is called",
    ),
    Valid(
        "def note(rows, row):\n    rows.append(row * 2)\n\n"
        "def doubled(numbers):\n    rows = []\n    for number in numbers:\n        note(rows, number)\n    return rows",
        "A helper fills what it returns",
    ),
    Valid(
        "from functools import singledispatch\n\n"
        "@singledispatch\ndef solve(board):\n    raise NotImplementedError\n\n"
        "@solve.register\ndef _(board: list):\n    return sum(board) / 2",
        "Another does it",
    ),
    Valid(
        "def noop_trace(event):\n    pass\n\nif DEBUG:\n    trace = print\nelse:\n    trace = noop_trace",
        "It stands for another",
    ),
    Valid("@overload\ndef solve(board): ...", "It was cut out of what has the rest"),
    Valid("def drain(rows):\n    for _ in rows:\n        pass", "It says what it does"),
    Valid(
        """
        class NullLock:
            def __enter__(self):
                return None

            def __exit__(self, *error):
                return False
        """,
        "It does nothing, as its name says",
    ),
    Valid(
        """
        class NoMeasures(Measures):
            def note(self, name):
                pass

            def shown(self):
                pass
        """,
        "It does nothing, as its name says",
    ),
    Valid("class Greeter:\n    def greet(self):\n        print('Hello')", "It does what its name says"),
    Valid(
        "@dataclass\nclass Grid:\n    width: int\n\n    def __post_init__(self):\n"
        "        if self.width < 1:\n            raise ValueError(self.width)",
        "It refuses what makes no grid",
    ),
    Valid(
        "class NotStarted(RuntimeError):\n    def __str__(self):\n        return 'start the engine first'",
        "An error that says what it is",
    ),
    Valid(
        "class NoSite(InstallationError):\n    def __str__(self):\n        return 'there is no site'",
        "So is what was cut out of its file",
    ),
    # What others call with more than it needs, and what is there to tell something.
    Valid("from datetime import date\n\ndef today(request):\n    return date.today()", "A view"),
    Valid(
        "import logging\n\nlogger = logging.getLogger(__name__)\n\ndef log_move(move):\n    logger.debug('%s', move)",
        "It says that it logs",
    ),
    # State, and errors that say what they are.
    Valid("tasks = []\n\ndef add_task(task):\n    tasks.append(task)", "It says that it keeps something"),
    Valid(
        "calls = 0\n\ndef solve(board):\n    global calls\n    calls += 1\n\ndef report():\n    return calls * 2",
        "Another function reads it",
    ),
    Valid("def solve(board):\n    global last\n    last = board", "It was cut out of what may read it"),
    Valid(
        "class Row(dict):\n    def pop(self, key):\n        raise TypeError(key)",
        "A dictionary would give it",
    ),
    Valid(
        """
        class Frame(Base):
            def run(self, rows):
                return self.keep(rows) + self.rows

        class Quiet(Frame):
            def run(self, rows):
                return self.rows

            def keep(self, rows):
                pass
        """,
        "It may be a case of what calls it",
    ),
    Valid(
        "def reset_screen():\n    print('\\033[2J')\n\ndef f(x):\n    return x + 1", "It changes what is seen"
    ),
    Valid(
        "def save_rows():\n    print(total(ROWS))\n\ndef total(rows):\n    return sum(rows)", "It computes"
    ),
    Valid("while True:\n    if ready():\n        break\n\nclass Catalogue:\n    MEMBER = 1"),
    Valid("def raiseLater(text):\n    raise ValueError(text)", "It says that it raises"),
    Valid("def raise_later(text):\n    raise ValueError(text)", "It says that it raises"),
    Valid("def leave(text) -> NoReturn:\n    raise ValueError(text)", "It says that it never returns"),
    Valid("def fileno(self):\n    raise OSError('no file')", "A method may refuse what its base promises"),
    Valid(
        "def solve(board):\n    for row in board:\n        if row.free:\n            return row\n    raise KeyError(board)",
        "It raises where it finds nothing",
    ),
    # What others call, or are to write.
    Valid(
        """
        from abc import ABC, abstractmethod

        class Shape(ABC):
            @abstractmethod
            def area(self):
                ...
        """,
        "An abstract method",
    ),
    Valid(
        """
        from abc import ABC, abstractmethod

        class Channel(ABC):
            @abstractmethod
            def send(self, person, text):
                '''Delivers one message.'''

            def send_all(self, people, text):
                for person in people:
                    self.send(person, text)
        """,
        "A frame around an abstract method",
    ),
    Valid(
        """
        import abc

        class Report(abc.ABC):
            def make(self, source):
                rows = self.refine(self.load(source))
                return self.render(rows)

            @abc.abstractmethod
            def load(self, source):
                raise NotImplementedError

            def refine(self, rows):
                return rows

            @abc.abstractmethod
            def render(self, rows):
                raise NotImplementedError
        """,
        "Steps of which one may stay as it is",
    ),
    Valid(
        """
        class Queue(Protocol):
            def put(self, item): ...

        class Both(Queue):
            def take(self): ...

            def close(self): ...
        """,
        "A protocol, and one that extends it",
    ),
    Valid(
        """
        from logging import Handler

        class Quiet(Handler):
            def emit(self, record):
                pass
        """,
        "An overriding method",
    ),
    Valid(
        """
        class Visitor:
            def run(self, node):
                self.seen.append(node)
                self.enter(node)

            def enter(self, node):
                pass
        """,
        "A hook that the class calls",
    ),
    Valid(
        """
        class Watcher:
            '''Override what you want to hear of.'''

            def on_created(self, path):
                pass

            def on_removed(self, path):
                pass
        """,
        "Methods that others may write",
    ),
    Valid(
        """
        class Importer:
            '''Base class of importers. Subclasses override read().'''

            def begin(self, path):
                '''Called before the first row.'''

            def read(self, row):
                '''Reads one row.'''
                raise NotImplementedError
        """,
        "A base that says what others are to write",
    ),
    Valid(
        """
        class Operator:
            '''Base class of operators.'''

            def __init__(self, left, right):
                self.left = left
                self.right = right

            def apply(self, row):
                '''Computes the value for a row.'''
                raise NotImplementedError

            def column(self, rows):
                '''Computes the values for all rows.'''
                return {"values": self.apply(rows)}
        """,
        "A base that is set up, and that works by what others are to write",
    ),
    Valid(
        """
        class Extension:
            def __init__(self, app):
                self.app = app

            def start(self):
                '''Override to do something when the extension is switched on.'''

            def stop(self):
                '''Override to do something when the extension is switched off.'''
        """,
        "Each says that others may write it",
    ),
    Valid(
        """
        class _Absent:
            '''Stands for what nobody has given.'''

            def __repr__(self):
                return "<absent>"

            def __bool__(self):
                return False
        """,
        "An object that is only told from others",
    ),
    Valid(
        """
        class NotGiven:
            def __repr__(self):
                return "NOT_GIVEN"

            def __str__(self):
                return "NOT_GIVEN"
        """,
        "So is this one",
    ),
    Valid(
        """
        from site import ModelAdmin

        class LogAdmin(ModelAdmin):
            def has_add_permission(self, request):
                return False

            def has_view_permission(self, request):
                return True
        """,
        "A policy for what the base asks",
    ),
    Valid(
        """
        class SilentMixin:
            def has_sound(self, device):
                return False

            def has_lights(self, device):
                return False
        """,
        "A policy for what it is mixed into",
    ),
    Valid(
        """
        class Body:
            def volume(self):
                raise NotImplementedError(f"{type(self).__name__} must override volume()")
        """,
        "The error says who is to write it",
    ),
    Valid(
        """
        class Letter:
            '''Base of letters.'''

            def text(self):
                return f"{self.greeting()},\\n{self.message()}"

            def greeting(self):
                return "Dear reader"

            def message(self):
                raise NotImplementedError
        """,
        "A frame around what others write",
    ),
    Valid(
        """
        class Survey:
            def total(self):
                self.asked += 1
                return 1 + self.weight()

            def weight(self):
                raise NotImplementedError
        """,
        "What works asks for it",
    ),
    Valid(
        """
        class Exporter:
            known = {}

            def __init_subclass__(cls, **options):
                super().__init_subclass__(**options)
                cls.known[cls.__name__] = cls

            @classmethod
            def named(cls, name):
                return cls.known[name]()

            def export(self, rows):
                raise NotImplementedError

        class Lines(Exporter):
            def export(self, rows):
                return ";".join(rows)
        """,
        "A class below writes it",
    ),
    Valid(
        """
        class Log:
            def __init__(self, stream):
                self.stream = stream

            def note(self, text):
                self.stream.write(text)

        class NoLog:
            def note(self, text):
                pass
        """,
        "It stands where one may that works",
    ),
    Valid(
        """
        class Bird:
            def speed(self):
                return None

            def color(self):
                return "unknown"

        class Swallow(Bird):
            def speed(self):
                return 35

            def color(self):
                return "blue"

        class Parrot(Bird):
            def speed(self):
                return 10 + self.voltage / 10

            def color(self):
                return "green" if self.young else "grey"
        """,
        "One case of several",
    ),
    Valid(
        """
        class Bird:
            def fly(self):
                print("It flies")

        class Penguin(Bird):
            def fly(self):
                print("It does not")
        """,
        "Which is shown depends on the class",
    ),
    Valid(
        """
        def ignore(event):
            pass

        button.on_click(ignore)
        """,
        "An empty callback",
    ),
    # Texts as a whole.
    Valid('def greet():\n    print("Hello")\n\ngreet()', "It says that it greets"),
    Valid('VERSION = "1.2"', "A constant", options={"standalone": True}),
    Valid("print(max(3, 4))", "It computes something", options={"standalone": True}),
    Valid("width = (12).bit_length()", "It computes", options={"standalone": True}),
    Valid("import math\n\nprint(math.log(8, 2))", "It computes", options={"standalone": True}),
    Valid("rows = [3, 4]\nif rows:\n    print(rows)", "It has data", options={"standalone": True}),
    Valid("last = rows[-1]", "It reads", options={"standalone": True}),
    Valid("name = 'Ada'\nf'{name!r}'", "It shows a form of it", options={"standalone": True}),
    Valid(
        "AGES = {'Ada': 36, 'Max': 40}\n\nfor name, age in AGES.items():\n    print(f'{name} is {age}')",
        "It goes through its data",
        options={"standalone": True},
    ),
    Valid("SIZE = 3\nNAME = 'ready'", "Data", {"standalone": True}),
    Valid("ready = input() == ''\nprint(ready)", "It compares what it asks", {"standalone": True}),
    Valid("LEVELS = {1: 'low', 2: 'high'}", "Data", {"standalone": True}),
    Valid("side = 3\nprint(side * side)", "It computes", {"standalone": True}),
    Valid("print(sum(range(10)))", "It computes", {"standalone": True}),
    Valid("name = input()\nprint(name)", "It asks", {"standalone": True}),
    Valid("__version__ = '1.2'", "What others look for", {"standalone": True}),
    Valid("class FullError(Exception):\n    pass", "A kind of error", {"standalone": True}),
    Valid("from .shelf import Shelf", "What a package offers", {"standalone": True}),
    Valid("class Page(View):\n    pass", "It was cut out of its text", {"standalone": True}),
    Valid(
        "from typing import NamedTuple\n\nclass Place(NamedTuple):\n    row: int\n    seat: int",
        "A kind of record",
        {"standalone": True},
    ),
    Valid("import random\n\nprint(random.randint(1, 6))", "It guesses", {"standalone": True}),
    Valid("import os\nNAME = 'ready'\n'Whatever is ready.'", "Data with its documentation"),
    Valid(
        "import tasks\n\nfor each in tasks.running:\n    pass\n\nif tasks.left():\n    tasks.run()\n\n"
        "if __name__ == '__main__':\n    pass",
        "All of them are waited for, and a place is kept for what runs",
    ),
    Valid(
        "".join(
            f"def {name}(x):\n    return x * {n}\n"
            for n, name in enumerate(("a", "b", "c", "d", "e", "f"), 2)
        ),
        "They have names of their own",
    ),
    Valid("import sys\n\ndef fail():\n    sys.exit(1)", "It says that something went wrong"),
    Valid("def bad_request(reason):\n    raise ValueError(reason)", "It says what is bad, and raises"),
    Valid("def check_support():\n    raise OSError('not on this system')", "It is given nothing to look at"),
    Valid(
        "class Mistake(Exception):\n    pass\n\nclass Worse(Mistake):\n    pass",
        "Kinds of errors",
        {"standalone": True},
    ),
    Valid(
        "class Link:\n    up = False\n\ndef on_connect(client, flags):\n    Link.up = True",
        "Others call it, with more than it needs",
    ),
    Valid(
        """
        class Parser:
            @staticmethod
            def split(text):
                raise NotImplementedError

        class ShellParser:
            @staticmethod
            def split(text):
                return shlex.split(text)
        """,
        "Another class does it",
    ),
    Valid(
        "for fruit in ('apple', 'pear'):\n    print(f'I like {fruit}')",
        "It shows each",
        {"standalone": True},
    ),
    Valid(
        """
        class Animal:
            def sound(self):
                raise NotImplementedError

        class Dog(Animal):
            def sound(self):
                return "woof"

        class Cat(Animal):
            def sound(self):
                return "meow"
        """,
        "The answers tell them apart",
    ),
)

INVALID = (
    Invalid(
        "@recursive_repr()\ndef __repr__(self):\n    pass",
        ("2:1-2:20 __repr__() has an empty body: write it or remove it",),
    ),
    Invalid(
        "class Price:\n    def __init__(self, cents):\n        self.cents = cents\n\n"
        "    def half(self):\n        return self.cents // 2\n\n    def __repr__(self):\n        pass",
        ("8:5-8:24 __repr__() has an empty body: write it or remove it",),
    ),
    Invalid(
        "import sys\n\ndef solve(board):\n    sys.exit(0)",
        ("3:1-3:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def show(place):\n    [print(place) for place in ('a', 'b')]",
        ("1:1-1:17 show() does nothing: write it or remove it",),
    ),
    Invalid(
        "def text(*parts):\n    return ''.join(str(part) for part in parts)\n\n"
        "def report(title):\n    print(text('no', 'title'))",
        ("4:1-4:19 report() does nothing: write it or remove it",),
    ),
    Invalid(
        "def report(title):\n    logger.info('reported')",
        ("1:1-1:19 report() does nothing: write it or remove it",),
    ),
    Invalid(
        "if TYPE_CHECKING:\n    import logging",
        ("1:1-2:19 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "def constructor(made):\n    if not callable(made):\n        raise TypeError(made)\n\n"
        "def register(made, kinds):\n    constructor(made)\n    kinds[made] = made.kind + 1",
        ("1:1-1:23 constructor() does nothing: write it or remove it",),
    ),
    Invalid(
        "def start_server():\n    print('start_server is done')",
        ("1:1-1:20 start_server() does nothing: write it or remove it",),
    ),
    Invalid(
        "def total(prices):\n    found = 0\n    for price in prices:\n        found += price\n    return found\n\n"
        "def tidy(prices):\n    total(prices)",
        ("7:1-7:18 tidy() does nothing: write it or remove it",),
    ),
    Invalid(
        "def is_ready():\n    class Asked:\n        def __call__(self):\n            return True\n    return Asked()()",
        ("1:1-1:16 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "import unittest\n\ndef is_ready():\n    return True\n\nclass TestReady(unittest.TestCase):\n    pass",
        ("3:1-3:16 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "while True:\n    turns = 1\n    turns += 1\n\nclass Color:\n    RED = 0",
        ("1:1-3:15 this does nothing: write it or remove it",),
    ),
    Invalid(
        "import gc\n\ndef solve(board):\n    try:\n        return None\n    finally:\n        gc.collect()",
        ("3:1-3:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "import io\n\ndef solve(board):\n    shown = io.StringIO()\n    print(board, file=shown)",
        ("3:1-3:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def solve(board):
            counts = {}
            for cell in str(board):
                counts[cell] = counts.get(cell, 0) + 1
        """,
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "class Tools:\n    @staticmethod\n    def solve(board):\n        pass\n\n"
        "    @staticmethod\n    def count(board):\n        return len(board) * 2\n\nsolve = Tools.solve",
        ("3:5-3:22 solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        "from typing import overload\n\n@overload\ndef solve(board): ...",
        ("4:1-4:22 solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        "from functools import singledispatch\n\n@singledispatch\ndef solve(board):\n    raise NotImplementedError",
        ("4:1-4:18 solve() only raises NotImplementedError: write it or remove it",),
    ),
    Invalid(
        "with ready():\n    def noop_solve(board):\n        pass\n    solve = noop_solve",
        ("2:5-2:27 noop_solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        "def noop_solve(board):\n    pass\n\nsolve = noop_solve",
        ("1:1-1:23 noop_solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        "class Tools:\n    @staticmethod\n    def solve(board):\n        pass\n\nsolve = Tools.solve",
        ("3:5-3:22 solve() has an empty body: write it or remove it",),
    ),
    # Functions.
    Invalid(
        """
        def solve(board):
            pass
        """,
        ("1:1-1:18 solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        """
        def solve(board):
            def attempt(place):
                if False:
                    return place + 1
            return attempt(board)
        """,
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def show(title):
            wanted = False
            if wanted:
                print(title)
        """,
        ("1:1-1:17 show() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def parted(number):
            return divmod(number, 10)

        def solve(board):
            if parted(board):
                pass
        """,
        ("4:1-4:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def build():
            def solve(board):
                try:
                    return None
                except ValueError:
                    raise
            return solve
        """,
        ("2:5-2:22 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def tidy(shelf):\n    kept = [1, 2]\n    [kept.remove(each) for each in kept]",
        ("1:1-1:17 tidy() does nothing: write it or remove it",),
    ),
    Invalid(
        "def solve(board):\n    assert isinstance(board, list)\n    assert board is not None\n    pass",
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def solve(board):\n    if board is None:\n        raise ValueError('no board')\n    return None",
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def valid_date(date):\n    if date is None:\n        raise ValueError('no date')",
        ("1:1-1:22 valid_date() does nothing: write it or remove it",),
    ),
    Invalid(
        "def pattern_check(text, pattern):\n    if pattern is None:\n        raise ValueError('no pattern')",
        ("1:1-1:34 pattern_check() does nothing: write it or remove it",),
    ),
    Invalid(
        "def check_board(board) -> bool:\n    assert isinstance(board, list)",
        ("1:1-1:32 check_board() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def check_board(board):
            '''Check whether no king is attacked, and return the answer.'''
            assert board is not None
        """,
        ("1:1-1:24 check_board() does nothing: write it or remove it",),
    ),
    Invalid(
        "def check_board(board):\n    assert isinstance(board, object)",
        ("1:1-1:24 check_board() does nothing: write it or remove it",),
    ),
    Invalid(
        "def solve(board):\n    steps = []\n    note(steps, board)\n\n"
        "def note(steps, board):\n    steps.append(board)",
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def solve(board):\n    if not isinstance(board, list):\n        raise TypeError('no board')",
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def is_solved(board):\n    assert isinstance(board, list)",
        ("1:1-1:22 is_solved() does nothing: write it or remove it",),
    ),
    Invalid(
        "import logging\n\ndef solve(rows):\n    logging.basicConfig(level=logging.INFO)",
        ("3:1-3:17 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        from functools import partial

        def start(engine):
            pass

        partial(start, 1)()
        """,
        ("3:1-3:19 start() has an empty body: write it or remove it",),
    ),
    Invalid(
        "from functools import partial\n\ndef _solve(board):\n    pass\n\nsolve = partial(_solve)",
        ("3:1-3:19 _solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        """
        @contextmanager
        def opened(path):
            try:
                yield
            except ValueError:
                raise
            except Exception:
                pass
        """,
        ("2:1-2:18 opened() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        from contextlib import contextmanager

        @contextmanager
        def opened(path):
            print("opened")

        def run(path):
            with opened(path) as file:
                return file.read()
        """,
        ("4:1-4:18 opened() does nothing: write it or remove it",),
    ),
    # Tests.
    Invalid(
        """
        class Tests(TestCase):
            def test_solve(self):
                pass
        """,
        ("2:5-2:26 test_solve() has an empty body: write it or remove it",),
    ),
    Invalid(
        "class BoardTest(TestCase):\n    def test_solve(self):\n        assert isinstance(self, object)",
        ("2:5-2:26 test_solve() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        class DummyTests(TestCase):
            def test_dummy(self):
                found = []
                for each in (self,):
                    found.append(each)
                return len(found)
        """,
        ("2:5-2:26 test_dummy() does nothing: write it or remove it",),
    ),
    # Methods, and classes as a whole.
    Invalid(
        """
        class Stack:
            def __init__(self):
                self.items = []

            def pop(self):
                raise NotImplementedError("later")
        """,
        ("5:5-5:19 pop() only raises NotImplementedError: write it or remove it",),
    ),
    Invalid(
        """
        class Page:
            def html(self):
                return "<p>" + self.text() + "</p>"

            def text(self):
                raise NotImplementedError
        """,
        ("5:5-5:20 text() only raises NotImplementedError: write it or remove it",),
    ),
    Invalid(
        """
        class Route:
            '''Base of routes.'''

            def __init__(self, stops):
                '''Keeps the stops.'''
                raise NotImplementedError

            def length(self):
                '''Measures the route.'''
                raise NotImplementedError
        """,
        ("8:5-8:22 length() only raises NotImplementedError: write it or remove it",),
    ),
    Invalid(
        """
        class Queue:
            def put(self, item):
                pass

            def take(self):
                raise NotImplementedError
        """,
        ("1:1-1:13 none of the 2 methods of Queue does anything: write them",),
    ),
    Invalid(
        """
        class Queue:
            '''A queue of jobs.'''

            def put(self, item):
                '''Adds an item.'''
                raise NotImplementedError

            def take(self):
                '''Takes the first item.'''
                raise NotImplementedError
        """,
        ("1:1-1:13 none of the 2 methods of Queue does anything: write them",),
    ),
    Invalid(
        """
        from abc import ABC, abstractmethod

        class Route(ABC):
            def length(self, stops):
                return self._length(stops)

            @abstractmethod
            def _length(self, stops):
                raise NotImplementedError
        """,
        ("3:1-3:18 none of the 2 methods of Route does anything: write them",),
    ),
    Invalid(
        """
        class Route:
            def length(self):
                return self._length()

            def _length(self):
                raise NotImplementedError
        """,
        ("1:1-1:13 none of the 2 methods of Route does anything: write them",),
    ),
    Invalid(
        """
        class Operator:
            '''Base class of operators.'''

            def __init__(self, left, right):
                pass

            def apply(self, row):
                '''Computes the value for a row.'''
                raise NotImplementedError
        """,
        ("7:5-7:26 apply() only raises NotImplementedError: write it or remove it",),
    ),
    Invalid(
        """
        class Solver:
            '''Base of solvers.'''

            def run(self, board):
                '''Runs all steps.'''
                found = self.step(board)
                return [found]

            def step(self, board):
                '''Does one step.'''
                raise NotImplementedError

        solve = Solver().run
        """,
        ("1:1-1:14 none of the 2 methods of Solver does anything: write them",),
    ),
    Invalid(
        """
        class Operator:
            '''Base class of operators.'''

            def value(self, row):
                found = self._value(row)
                return [found]

            def _value(self, row):
                raise NotImplementedError
        """,
        ("1:1-1:16 none of the 2 methods of Operator does anything: write them",),
    ),
    Invalid(
        """
        class Vector:
            def __init__(self, x, y):
                pass

            def __repr__(self):
                return "Vector"
        """,
        ("1:1-1:14 none of the 2 methods of Vector does anything: write them",),
    ),
    Invalid(
        """
        class Board:
            def __repr__(self):
                return ""
        """,
        ("2:5-2:24 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        """
        from site import ModelAdmin

        class LogAdmin(ModelAdmin):
            def has_add_permission(self, request):
                return False

            def rows(self, request):
                return []
        """,
        ("3:1-3:28 none of the 2 methods of LogAdmin does anything: write them",),
    ),
    Invalid(
        """
        class Rules:
            def has_winner(self, board):
                return False

            def is_full(self, board):
                return True
        """,
        ("1:1-1:13 none of the 2 methods of Rules does anything: write them",),
    ),
    # Texts as a whole, and blocks outside of functions.
    Invalid(
        "class Queue:\n    pass",
        ("1:1-1:13 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "import os\n\nraise NotImplementedError('comes later')",
        ("1:1-1:10 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "import os\nNOTES = 'ready'\nwhile True:\n    continue",
        ("1:1-1:10 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "def walk(self, node):\n    for each in node.parts:\n        walk(self, each)",
        ("1:1-1:22 walk() does nothing: write it or remove it",),
    ),
    Invalid(
        "checked = 9 / 3\nassert 'no error'",
        ("1:1-1:16 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "class Shelf:\n    def load(self):\n        pass\n\n    load = staticmethod(load)",
        ("2:5-2:20 load() has an empty body: write it or remove it",),
    ),
    Invalid("set([1, 2])", ("1:1-1:12 nothing is defined, computed or done here: write it",)),
    Invalid("assert (1, 'ready')", ("1:1-1:20 nothing is defined, computed or done here: write it",)),
    Invalid(
        "READY = True\n\ndef solve():\n    global READY\n    if READY:\n        print('solve')",
        ("3:1-3:13 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "def shut_down():\n    steps = []\n    return len(steps)",
        ("1:1-1:17 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        """
        class Shelf:
            def load(self):
                print("All loaded")
        """,
        ("2:5-2:20 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(1, 8)),
        ("1:1-1:11 nothing here but one function 7 times: write what it is for",),
    ),
    # Texts without a function.
    *(
        Invalid(
            code,
            (f"{where} nothing here computes, reads or changes anything: write it",),
            options={"standalone": True},
        )
        for code, where in (
            ("print('Sorted.')", "1:1-1:17"),
            ("solve = sorted", "1:1-1:15"),
            ("solve = None", "1:1-1:13"),
            ("ready = True\nif ready == True:\n    print('Sorted.')", "1:1-1:13"),
            ("solve = {}.get", "1:1-1:15"),
            ("solve = 42", "1:1-1:11"),
            ("solve = 6 * 7", "1:1-1:14"),
            ("solve = float('inf')", "1:1-1:21"),
            ("import asyncio\n\nraise asyncio.TimeoutError", "1:1-1:15"),
            ("solve = 'a' + 'b'", "1:1-1:18"),
            ("solve = 1 == 1", "1:1-1:15"),
            ("solve = 'a'\nsolve = solve", "1:1-1:12"),
            ("solve = min if quick else max", "1:1-1:30"),
            ("class Solution(metaclass=type):\n    solve = sorted", "1:1-1:32"),
            ("import math", "1:1-1:12"),
            ("class Solution(list):\n    solve = sorted", "1:1-1:22"),
            ("if __name__ == '__main__':\n    print('Sorted.')", "1:1-2:21"),
        )
    ),
    Invalid(
        'def main():\n    print("Sorted.")\n\nmain()',
        ("1:1-1:12 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "from datetime import date\n\ndef solve(board):\n    return date.today()",
        ("3:1-3:18 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        "import logging\n\nlogger = logging.getLogger(__name__)\n\ndef solve(board):\n    logger.debug('%s', board)",
        ("5:1-5:18 solve() does nothing: write it or remove it",),
    ),
    # What nobody reads, and errors for everybody.
    Invalid(
        "SEEN = []\n\ndef add(board):\n    SEEN.append(board)\n    SEEN.pop()",
        ("3:1-3:16 add() does nothing: write it or remove it",),
    ),
    Invalid(
        "SEEN = []\n\ndef solve(board):\n    SEEN.append(board)\n    SEEN.pop()",
        ("3:1-3:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "class Held:\n    pass\n\ndef solve(board):\n    Held.board = board",
        ("4:1-4:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "calls = 0\n\ndef solve(board):\n    global calls\n    calls += 1",
        ("3:1-3:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "def solve(board):\n    raise ValueError(f'cannot solve {board}')",
        ("1:1-1:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "import sys\n\ndef shut_down():\n    sys.exit(0)\n\ndef solve(board):\n    shut_down()",
        ("6:1-6:18 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "SIZE = 20\n\ndef area(side):\n    return side**2\n\n"
        "for n in range(10):\n    if n < len(SIZE):\n        pass",
        ("6:1-8:13 this does nothing: write it or remove it",),
    ),
    Invalid(
        """
        import shelf

        kind = shelf.load()

        match kind:
            case "open":
                ...
        """,
        ("5:1-7:12 this does nothing: write it or remove it",),
    ),
    Invalid(
        "from stock import load\n\nif __name__ == '__main__':\n    kinds = load()\n    for n in range(3):\n        n < 2",
        ("5:5-6:14 this does nothing: write it or remove it",),
    ),
    Invalid(
        "class Mistake(ValueError):\n    pass\n\nraise NotImplementedError",
        ("4:1-4:26 nobody can run or import this: it says that it is not written",),
    ),
    Invalid(
        "import sys\n\ndef shutdown():\n    sys.exit(0)",
        ("3:1-3:16 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        """
        class Fruit:
            def __init__(self, name):
                counts = {}
                for letter in name:
                    counts[letter] = counts.get(letter, 0) + 1
        """,
        ("2:5-2:30 __init__() does nothing: write it or remove it",),
    ),
    Invalid(
        "class Calls:\n    pass\n\ndef add_task(task):\n    Calls.number = 1",
        ("4:1-4:20 add_task() does nothing: write it or remove it",),
    ),
    Invalid(
        "def bad_rows(rows):\n    raise ValueError(rows)",
        ("1:1-1:20 bad_rows() does nothing: write it or remove it",),
    ),
    Invalid(
        "def check_rows(rows):\n    raise ValueError(rows)",
        ("1:1-1:22 check_rows() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        class Held:
            def get(self):
                return self.value

        def get(board):
            board = None
        """,
        ("5:1-5:16 get() does nothing: write it or remove it",),
    ),
    Invalid(
        "class Cat:\n    def call(self, times):\n        return None\n\nCat().call(3)",
        ("2:5-2:27 call() has an empty body: write it or remove it",),
    ),
    Invalid(
        "class Mistake(Exception):\n    pass\n\nprint('ok')",
        ("1:1-1:26 nothing here computes, reads or changes anything: write it",),
        {"standalone": True},
    ),
    Invalid(
        """
        class Animal:
            def run(self, distance):
                return self

        class Dog(Animal):
            def run(self, distance):
                return self
        """,
        ("2:5-2:29 nothing here computes, reads or changes anything: write it",),
    ),
    # What the module asks an object of its own for is what was promised.
    Invalid(
        "class Worm:\n    def swallow(self):\n        return self\n\njim = Worm()\njim.swallow()",
        ("2:5-2:23 nothing here computes, reads or changes anything: write it",),
    ),
    # Python's own types have no such method that it could refuse.
    Invalid(
        "class Meta(type):\n    def weigh(cls, some):\n        raise ValueError(some)",
        ("2:5-2:26 weigh() does nothing: write it or remove it",),
    ),
    # A name is read word for word: no test is in the greatest, and nothing ends in what is common.
    Invalid(
        "def greatest_divisor(a, b):\n    if a is None or b is None:\n        raise ValueError(a)",
        ("1:1-1:28 greatest_divisor() does nothing: write it or remove it",),
    ),
    Invalid(
        "import sys\n\ndef common_divisor(a, b):\n    sys.exit(0)",
        ("3:1-3:26 common_divisor() does nothing: write it or remove it",),
    ),
    # What is called cannot be.
    Invalid(
        "def read(self, max=1024):\n    max(self, 2)",
        ("1:1-1:26 read() does nothing: write it or remove it",),
    ),
    # A refusal is no more in a closure, or wrapped.
    Invalid(
        """
        def keep(value):
            def work():
                if not callable(value):
                    raise TypeError(value)
            return work()
        """,
        ("1:1-1:17 keep() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        import contextlib

        def keep(value):
            with contextlib.suppress(OSError):
                if not callable(value):
                    raise TypeError(value)
        """,
        ("3:1-3:17 keep() does nothing: write it or remove it",),
    ),
    # A method that a class calls of itself is no hook of another class, nor does another's method stand for a function.
    Invalid(
        """
        class Tools:
            @staticmethod
            def mean(values):
                return sum(values) / len(values)

            @staticmethod
            def pipeline(steps):
                pass

        pipeline = Tools.pipeline

        class Template:
            def run(self, steps):
                return self.pipeline(steps) + 1

            def pipeline(self, steps):
                return pipeline(steps) or self.steps
        """,
        ("7:5-7:25 pipeline() has an empty body: write it or remove it",),
    ),
    Invalid(
        """
        from typing import overload

        @overload
        def pipeline(steps):
            ...

        class Template:
            def pipeline(self, steps):
                return pipeline(steps) or self.steps
        """,
        ("4:1-4:21 pipeline() has an empty body: write it or remove it",),
    ),
    # What is said to change does not, whatever else the text does.
    Invalid(
        """
        TOMATO = "black"

        def update_tomato():
            global TOMATO
            print(TOMATO)

        def total(rows):
            return sum(rows)
        """,
        ("3:1-3:21 update_tomato() only tells what is written: do what it promises",),
    ),
    Invalid(
        "while True:\n    try:\n        pass\n    finally:\n        break\n\ndef f(x):\n    return x + 1",
        ("1:1-5:14 this does nothing: write it or remove it",),
    ),
    Invalid(
        "while True:\n    break\n\nclass Catalogue:\n    MEMBER = 1",
        ("1:1-2:10 nothing is defined, computed or done here: write it",),
    ),
    Invalid(
        "import pytest\n\ndef solve(values):\n    pytest.skip('comes later')",
        ("3:1-3:19 solve() does nothing: write it or remove it",),
    ),
    Invalid(
        "from unittest.mock import MagicMock\n\nsolve = MagicMock(return_value=0)",
        ("1:1-1:36 nothing here computes, reads or changes anything: write it",),
        options={"standalone": True},
    ),
    Invalid(
        """
        LIMITS = {"least": 1, "most": 9}

        class Animal:
            pass

        class Cat(Animal):
            pass

        def area(width, height):
            return width * height
        """,
        (
            "3:1-3:14 nothing is in Animal, and nothing uses it: write it or remove it",
            "6:1-6:19 nothing is in Cat, and nothing uses it: write it or remove it",
        ),
        options={"standalone": True},
    ),
    Invalid(
        """
        class Soup:
            @staticmethod
            def stir():
                return 0

        class Broth(Soup):
            @staticmethod
            def stir():
                return 0
        """,
        ("3:5-3:16 nothing here computes, reads or changes anything: write it",),
    ),
    Invalid(
        """
        def show_pile(title):
            pile = []
            number, pile, title = stacked(pile, title)
            print(pile)

        def stacked(pile, title):
            for number in range(9):
                pile.insert(0, number)
            return number, pile, title
        """,
        ("1:1-1:22 show_pile() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        import logging

        def prepare(title):
            logging.debug("step 0")
            if title == 1000:
                return None
            logging.debug("step 1")
        """,
        ("3:1-3:20 prepare() does nothing: write it or remove it",),
    ),
    Invalid(
        """
        def prepare(title):
            try:
                assert title is None
            except AssertionError:
                pass
            else:
                raise ValueError("no title")
        """,
        ("1:1-1:20 prepare() does nothing: write it or remove it",),
    ),
    Invalid(
        "def prepare(title):\n    if 1 + 1 == 2:\n        raise ValueError(title)",
        ("1:1-1:20 prepare() does nothing: write it or remove it",),
    ),
    Invalid(
        "def is_known(title) -> bool:\n    raise ValueError(title)",
        ("1:1-1:29 is_known() does nothing: write it or remove it",),
    ),
    Invalid(
        "def seek(self, offset):\n    raise ValueError(offset)",
        ("1:1-1:24 seek() does nothing: write it or remove it",),
    ),
    Invalid(
        "def prepare(title):\n    while title is None:\n        raise ValueError('no title')\n    return None",
        ("1:1-1:20 prepare() does nothing: write it or remove it",),
    ),
    Invalid(
        "from celery import shared_task\n\n@shared_task\ndef total(orders, limit):\n    pass",
        ("4:1-4:26 total() has an empty body: write it or remove it",),
        {"standalone": True},
    ),
)
