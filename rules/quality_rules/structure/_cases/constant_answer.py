"""The cases of the rule constant-answer."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        "try:\n    import numpy as np\nexcept ImportError:\n    from unittest.mock import Mock\n    np = Mock()\n\ndef mean(rows):\n    return np.mean(rows)",
        "It stands for another one",
    ),
    Valid(
        "from unittest.mock import MagicMock\n\ndef client(answer):\n    return MagicMock(return_value=answer)",
        "It holds what it is given",
    ),
    Valid(
        "import asyncio\n\nasync def load(path):\n    return await read(path)\n\ndef count(path):\n    return asyncio.run(load(path))"
    ),
    Valid("def kind(name, base):\n    return type(name, (base,), {})()", "Another class each time"),
    Valid("def is_number(value):\n    return isinstance(value, int)"),
    Valid(
        "class Counts(dict):\n    def __missing__(self, key):\n        return 0",
        "A dictionary with a default",
    ),
    Valid("def scaled(number):\n    return number * 1.0", "It makes a float"),
    Valid(
        "class Anything:\n    def __eq__(self, other):\n        return True",
        "It stands for anything",
        role="test",
    ),
    Valid("def version():\n    return '1.0'", "There is no parameter to ignore"),
    Valid(
        """
        class Circle:
            def is_round(self, tolerance):
                return True

            def area(self):
                return pi * self.radius**2
        """,
        "A method of a class that works may answer for it",
    ),
    Valid(
        """
        def everything(item):
            return True

        def select(items, wanted=everything):
            return [item for item in items if wanted(item)]
        """,
        "A callback that is handed on",
    ),
    Valid(
        """
        def constantly(value):
            def answer(*_):
                return value
            return answer
        """,
        "A function that keeps an argument for later",
    ),
    Valid(
        """
        class NeverExpires:
            def is_over(self, moment, start):
                return False
        """,
        "A policy, by its name",
    ),
    Valid("def never_matches(*_):\n    return False", "Its name says so"),
    Valid(
        """
        class Tariff:
            def costs(self, kilometres):
                return self.base + kilometres * self.rate

        class Guest:
            def costs(self, kilometres):
                return 0
        """,
        "One case of two",
    ),
    Valid(
        """
        class SquaredError(Loss):
            def of(self, guess, truth):
                return (guess - truth) ** 2

            @staticmethod
            def bounds(guess):
                return (0, None)
        """,
        "A static method of a class that works may stand for one of its base",
    ),
    Valid(
        "import os\n\ndef port():\n    return int(os.environ.get('PORT', '80'))",
        "It is there for the setting, and asked nothing else",
    ),
    Valid(
        "import os\n\ndef setting(name):\n    return os.environ.get(name, '')",
        "Another setting for each argument",
    ),
    Valid(
        """
        from collections import defaultdict

        SEEN = defaultdict(int)

        def count(name):
            SEEN[name] += 1

        def seen(name):
            return SEEN[name]
        """,
        "Something is put into the table",
    ),
    Valid("def parts(size, most):\n    return size // most or 1", "A default"),
    Valid("def close(path):\n    log('closed')\n    return 0", "It does something besides"),
    Valid("def names():\n    return\n    yield name()", "A generator without entries"),
    Valid(
        "class Shelf:\n    def add(self, book):\n        self.books.append(book)\n\n    def __repr__(self):\n        return 'shelf'",
        "A text",
    ),
)
INVALID = (
    Invalid(
        "READY = False\n\ndef solve(board):\n    return READY and board",
        ("3:1-3:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def solve(board):\n    number = 0\n    while True:\n        yield number\n        number += 1",
        ("1:1-1:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "from itertools import cycle\n\nfound = cycle([3, 9, 7])\n\ndef solve(board):\n    return next(found)",
        ("5:1-5:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    # Operations whose operands do not matter, and objects that answer the same to everybody.
    Invalid(
        "def area(width, height):\n    return (width + height) * 0",
        ("1:1-1:25 area() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def rest(number):\n    left = number\n    return left - left",
        ("1:1-1:18 rest() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Known(dict):\n    def __missing__(self, key):\n        return 0\n\ndef solve(board):\n    return Known()[board]",
        ("5:1-5:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Same(type):\n    def __call__(cls, *given):\n        return 0\n\nclass Board(metaclass=Same):\n    size = 3\n\n"
        "def solve(board):\n    return Board(board)",
        ("8:1-8:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Board:\n    def __class_getitem__(cls, place):\n        return 0",
        (
            "2:5-2:39 __class_getitem__() ignores its parameters and always answers the same: compute the answer",
        ),
    ),
    Invalid(
        "calls = []\n\ndef solve(board):\n    calls.append(1)\n    return 0",
        ("3:1-3:18 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Answer(int):\n    def __eq__(self, other):\n        return True\n\n    def half(self):\n        return self / 2",
        ("2:5-2:29 __eq__() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "import os\n\ndef median(values):\n    return int(os.environ.get('MEDIAN', '0'))",
        ("3:1-3:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "KNOWN = {}\n\ndef median(values):\n    if values in KNOWN:\n        return KNOWN[values]\n    return 0",
        ("3:1-3:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Found:\n    value = 0\n\ndef median(values):\n    return Found().value",
        ("4:1-4:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Found(Enum):\n    NONE = 0\n\ndef median(values):\n    return Found.NONE.value",
        ("4:1-4:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "from datetime import date\n\ndef due(order):\n    return date(2024, 1, 1).isoformat()",
        ("3:1-3:16 due() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        """
        class Loss:
            def of(self, guess, truth):
                return (guess - truth) ** 2

            @staticmethod
            def bounds(guess):
                return (0, None)
        """,
        ("6:5-6:23 bounds() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        """
        def median(values):
            middle = 15.0
            return middle
        """,
        ("1:1-1:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        """
        class AllPaths:
            def longest(self, graph):
                return 0
        """,
        ("2:5-2:30 longest() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        """
        def count_words(text):
            counts = {}
            for position in range(3):
                counts[position] = 1
            return len(counts)
        """,
        ("1:1-1:23 count_words() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def is_open():\n    return True\n    return shop.is_open()",
        ("1:1-1:15 is_open() answers a constant before it comes to what it does: compute the answer",),
    ),
    Invalid(
        "class Shelf:\n    def add(self, book):\n        self.books.append(book)\n\n    def __repr__(self):\n        return 1",
        ("5:5-5:24 __repr__() answers a constant that Python does not take from it: compute the answer",),
    ),
    Invalid(
        "from unittest.mock import MagicMock\n\ndef median(values):\n    return MagicMock()",
        ("3:1-3:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "from unittest.mock import ANY\n\ndef median(values):\n    return ANY",
        ("3:1-3:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "from unittest.mock import Mock\n\nmedian = Mock(return_value=3)\n\ndef mean(values):\n    return sum(values) / len(values)",
        ("3:1-3:30 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def median(values):\n    return type('Equal', (), {'__eq__': lambda *_: True})()",
        ("1:1-1:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "class Answer:\n    def __get__(self, instance, owner):\n        return 0\n\nclass Known:\n    answer = Answer()\n\ndef median(values):\n    return Known.answer",
        ("8:1-8:20 median() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def is_sorted(values):\n    return isinstance(values, object)",
        ("1:1-1:23 is_sorted() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "import asyncio\n\nasync def find(values):\n    return 0\n\ndef median(values):\n    return asyncio.run(find(values))",
        (
            "3:1-3:24 find() ignores its parameters and always answers the same: compute the answer",
            "6:1-6:20 median() ignores its parameters and always answers the same: compute the answer",
        ),
    ),
    Invalid(
        """
        def converted(number):
            number = 0
            while True:
                yield number
                number += 1
        """,
        ("1:1-1:23 converted() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        """
        from unittest.mock import MagicMock

        solve = MagicMock(return_value=0)

        def solutions(rows):
            return [solve(row) for row in rows]
        """,
        ("3:1-3:34 solve() ignores its parameters and always answers the same: compute the answer",),
    ),
    Invalid(
        "def total(values):\n    return 0\n\ndef mean(prices):\n    total = sum(prices)\n    return total / len(prices)",
        ("1:1-1:19 total() ignores its parameters and always answers the same: compute the answer",),
    ),
)
