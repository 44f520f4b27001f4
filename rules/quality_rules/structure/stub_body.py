"""The rule stub-body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import Invalid, Valid
from quality_rules._substance import Nature
from quality_rules.structure._hollow import Hollow
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises, name_of
from quality_rules.structure._tests import emptiness
from quality_rules.structure._traces import Traces

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    from quality_rules._substance import Callable


class StubBody(PretenceRule):
    """A function promises something and does nothing.

    ## What it does
    Reports functions and methods that give no result and have no effect: `pass`, `...`, a bare `return` or
    `raise NotImplementedError`, also below conditions, in loops, behind dead code, in a closure, through a call
    of another stub, or behind assertions and refusals that say no more of an argument than an annotation would. A class of several methods of which none does anything is reported once, and so is a text
    without a definition, an import, a call or an assignment, one whose functions all do no more than to return or
    print what is written in them, and one that has nothing but one short function over and over, numbered through.

    Abstract methods, protocols, overloads, overriding methods, hooks that working code calls or a class of the
    same file overrides, classes that do nothing where another of the file with these methods works, functions that a decorator registers, functions that are handed on as values (an empty
    callback), and what says by its name that it does nothing (`noop`, `NullHandler`) are fine. So is a class that says
    that others write its methods (`Subclasses override ...`), where each is public, says what it is for, and some raise
    `NotImplementedError`, or where their errors say so; and one of them that works by the others. So is a message that
    the code outside of functions asks for, and a function without parameters that gives several things. A stub beside
    methods that work may be a hook: it is reported with low confidence, and so is every stub of a text that does not
    stand alone (option `standalone`, which `sample` sets): other files may override it, or ask for it.

    ## Why is this bad
    A stub looks like work that is done: callers get nothing, or an error, and every measure of complexity
    calls it perfect. What is not written yet should not pass for code.

    ## Example
    ```python
    def median(values):
        raise NotImplementedError
    ```

    ## Use instead
    ```python
    def median(values):
        ordered = sorted(values)
        return ordered[len(ordered) // 2]
    ```

    ## References
    - [Python documentation: abc](https://docs.python.org/3/library/abc.html)
    """

    VALID = (
        Valid(
            "import time\n\nSTART = time.time()\n\ndef since_start(moment):\n    return moment - START",
            "The clock is read outside of functions",
        ),
        Valid(
            "import logging\n\ndef set_up():\n    logging.basicConfig(level=logging.INFO)",
            "It sets something up",
        ),
        Valid("def require_rows(rows):\n    assert isinstance(rows, list)", "It checks, as its name says"),
        Valid(
            "def area(width, height):\n    if width is None:\n        raise ValueError('no width')\n    return width * height",
            "It works, behind a refusal",
        ),
        Valid("def drain(rows):\n    for _ in rows:\n        pass", "It says what it does"),
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
            "class NotStarted(RuntimeError):\n    def __str__(self):\n        return 'start the engine first'",
            "An error that says what it is",
        ),
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
            from logging import Handler

            class Quiet(Handler):
                def emit(self, record):
                    pass
            """,
            "An overriding method",
        ),
        Valid(
            """
            def ignore(event):
                pass

            button.on_click(ignore)
            """,
            "An empty callback",
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
            def tell(number):
                if number > 0:
                    print("positive")
                elif number < 0:
                    print("negative")
            """,
            "What is shown depends on the argument",
        ),
        Valid('def main():\n    print("Hello")\n\nmain()', "The greeting is what is asked for"),
        Valid("import os\nNAME = 'ready'\n'Whatever is ready.'", "Data with its documentation"),
        Valid(
            "@dataclass\nclass Grid:\n    width: int\n\n    def __post_init__(self):\n"
            "        if self.width < 1:\n            raise ValueError(self.width)",
            "It refuses what makes no grid",
        ),
        Valid("class Greeter:\n    def greet(self):\n        print('Hello')", "It does what its name says"),
        Valid("def fruits():\n    return ['apple', 'pear']", "Data"),
        Valid(
            "import tasks\n\nfor each in tasks.running:\n    pass\n\nif tasks.left():\n    tasks.run()\n\n"
            "if __name__ == '__main__':\n    pass",
            "All of them are waited for, and a place is kept for what runs",
        ),
        Valid("from time import time\n\ndef now():\n    return time()", "It reads a clock"),
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
            "".join(
                f"def {name}(x):\n    return x * {n}\n"
                for n, name in enumerate(("a", "b", "c", "d", "e", "f"))
            ),
            "They have names of their own",
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
    )
    INVALID = (
        Invalid(
            "import os\n\nraise NotImplementedError('comes later')",
            ("1:1-1:10 nothing is defined, computed or done here: write it",),
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
            "class BoardTest(TestCase):\n    def test_solve(self):\n        assert isinstance(self, object)",
            ("2:5-2:26 test_solve() does nothing: write it or remove it",),
        ),
        Invalid(
            "def is_solved(board):\n    assert isinstance(board, list)",
            ("1:1-1:22 is_solved() does nothing: write it or remove it",),
        ),
        Invalid(
            "from functools import partial\n\ndef _solve(board):\n    pass\n\nsolve = partial(_solve)",
            ("3:1-3:19 _solve() has an empty body: write it or remove it",),
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
            "import logging\n\ndef solve(rows):\n    logging.basicConfig(level=logging.INFO)",
            ("3:1-3:17 solve() does nothing: write it or remove it",),
        ),
        Invalid(
            """
            def solve(board):
                pass
            """,
            ("1:1-1:18 solve() has an empty body: write it or remove it",),
        ),
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
            class Page:
                def html(self):
                    return "<p>" + self.text() + "</p>"

                def text(self):
                    raise NotImplementedError
            """,
            ("5:5-5:20 text() only raises NotImplementedError: write it or remove it",),
        ),
        Invalid(
            "class Queue:\n    pass",
            ("1:1-1:13 nothing is defined, computed or done here: write it",),
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
            def show(title):
                wanted = False
                if wanted:
                    print(title)
            """,
            ("1:1-1:17 show() does nothing: write it or remove it",),
        ),
        Invalid(
            """
            class Tests(TestCase):
                def test_solve(self):
                    pass
            """,
            ("2:5-2:26 test_solve() has an empty body: write it or remove it",),
        ),
        Invalid(
            "def tidy(shelf):\n    kept = [1, 2]\n    [kept.remove(each) for each in kept]",
            ("1:1-1:17 tidy() does nothing: write it or remove it",),
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
        Invalid(
            """
            class Shelf:
                def load(self):
                    print("All loaded")
            """,
            ("2:5-2:20 nothing here computes, reads or changes anything: write it",),
        ),
        Invalid(
            "def shut_down():\n    steps = []\n    return len(steps)",
            ("1:1-1:17 nothing here computes, reads or changes anything: write it",),
        ),
        Invalid(
            "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(7)),
            ("1:1-1:11 nothing here but one function 7 times: write what it is for",),
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
            "import os\nNOTES = 'ready'\nwhile True:\n    continue",
            ("1:1-1:10 nothing is defined, computed or done here: write it",),
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
            "checked = 9 / 3\nassert 'no error'",
            ("1:1-1:16 nothing is defined, computed or done here: write it",),
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
    )

    def visit_Module(self, module: ast.Module) -> None:
        traces = Traces(self.facts)
        if module.body and traces.has_none(module):
            self.report(module.body[0], "nothing is defined, computed or done here: write it")
        else:
            for statement in traces.idle_blocks(module):
                self.accuse(statement, "this does nothing: write it or remove it")
        promises, idleness = self.facts.derived(Promises), self.facts.derived(Idleness)
        if Confidence.HIGH not in promises.broken.values():
            self._check_whole(idleness.units)
        for function, sure in promises.of_nature(Nature.NOTHING):
            kind = (emptiness(function) if is_function(function) else "") or "does nothing"
            message = f"{name_of(function)}() {kind}: write it or remove it"
            self.accuse(function, message, sure)
        for owner, methods in idleness.classes.items():
            found = {promises.broken[method] for method in methods if method in promises.broken}
            if len(methods) > 1 and found:
                message = f"none of the {len(methods)} methods of {owner.name} does anything: write them"
                self.accuse(owner, message, Confidence.LOW if found == {Confidence.LOW} else Confidence.HIGH)

    def _check_whole(self, units: Sequence[Callable]) -> None:
        hollow = self.facts.derived(Hollow)
        if hollow.is_hollow:
            self.accuse(units[0], "nothing here computes, reads or changes anything: write it")
        elif hollow.is_numbered:
            self.accuse(units[0], f"nothing here but one function {len(units)} times: write what it is for")
