"""The rule cryptic-names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Setting, Valid, parameters

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Names

#: Names that say nothing, and words of a type in front of a name.
_EMPTY = re.compile(
    r"(tmp|temp|stuff|whatever|something|asdf|qwerty|my_?(var|val|list|dict|str|func|data|obj)\w*"
    r"|do_(it|stuff|things?|something)|(process|handle)_(stuff|things?|it)|(foo|bar|baz|test|var)_?\d+"
    r"|(data|obj|result|value|res|val|item|thing)_?[2-9]|(str|int|lst|arr|dct|bln|flt)[A-Z]\w+)"
)
#: Names that look like a number.
_LIKE_NUMBERS = {"l": "1", "I": "1", "O": "0"}
#: Names of locals that say that nobody reads them.
_UNUSED = re.compile(r"_[a-z]\w*|(dummy|unused)_?\d*")
_SHORT = 2
#: A letter or two with a number.
_NUMBERED = re.compile(r"([a-zA-Z]{1,2}|var|tmp|val|num)_?\d+")
#: A parameter that says of itself that it is one, and which.
_PLACE = re.compile(r"(?:p|a|arg|par|param|parameter|argument)_?\d+")
#: Short names with a meaning of their own: indexes, counts, coordinates, and the receiver.
_CONVENTIONAL = frozenset(["i", "j", "k", "n", "m", "x", "y", "z", "G", "fn", "os", "id", "db"])


class CrypticNames(AstRule):
    """Names say nothing about what they stand for.

    ## What it does
    Reports functions of which most names have one or two letters, and names such as `tmp`, `data2`, `my_list`,
    `do_stuff` or `strName`, locals called `l`, `O` or `I`, and locals of which most are one letter or two with a number (`x1`, `x2`, `x3`). So are parameters, where all are numbered (`p1`, `arg2`), and locals, where they are most of those that are read in a function, that say that nobody reads them (`_rows`, `dummy_1`).

    Short names in short functions, and those with a meaning, such as `_`, `i` and `x`, are fine.

    ## Why is this bad
    The reader must find out, and then remember, what each one is. A name is the one comment that never gets lost.

    ## Example
    ```python
    def cost(data2, tmp):
        return data2 * tmp
    ```

    ## Use instead
    ```python
    def cost(amount, price):
        return amount * price
    ```

    ## References
    - [Refactoring: rename variable](https://refactoring.com/catalog/renameVariable.html)
    - [PEP 8: names to avoid](https://peps.python.org/pep-0008/#names-to-avoid)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:disallowed-name",)

    fewest_statements = Setting(8, "Fewest statements of a function whose names are looked at.", minimum=1)
    fewest_names = Setting(5, "Fewest short names of a function.", minimum=2)
    fewest_numbered = Setting(3, "Fewest locals of a function that are numbered.", minimum=2)
    share = Setting(0.7, "Share of the names that must be short.", minimum=0.1, maximum=1.0)

    VALID = (
        Valid("def f(a, b):\n    c = a + b\n    return c", "A short function"),
        Valid("def f(l, O=0):\n    return max(l) + O", "Callers know them: they are given"),
        Valid("class I:\n    O = 1"),
        Valid(
            "def f(pairs):\n    for l, r in pairs:\n        print(l, r)\n    return [l for l in pairs]",
            "Short, or a pair",
        ),
        Valid(
            "def area(points):\n    (x1, y1), (x2, y2), (x3, y3) = points\n    return x1 * (y2 - y3) + x2 * (y3 - y1)",
            "Coordinates",
        ),
        Valid("def read(path, data):\n    template = data[path]\n    return template"),
    )
    INVALID = (
        Invalid(
            "def widest(rows):\n    l = [len(row) for row in rows]\n    return max(l)",
            ("2:5-2:6 l looks like 1: name what it stands for",),
        ),
        Invalid(
            "def read(path):\n    tmp = open(path)\n    my_list = tmp.read()\n    return my_list",
            ("2:5-2:8 tmp, my_list say nothing: name what they stand for",),
        ),
        Invalid(
            """
            def plan(a, b, c):
                d = a + b
                e = c.m
                f = d * e
                if f:
                    e += 1
                    b += 1
                c.m = e
                return f - b
            """,
            ("1:1-1:19 6 of 6 names in plan() have one or two letters: name what they stand for",),
        ),
        Invalid(
            "def total(rows):\n    _sum = sum(rows)\n    dummy_1 = len(rows)\n    return _sum / dummy_1",
            (("2:5-2:9 _sum, dummy_1 say that nobody reads them, and are read: name what they stand for"),),
        ),
        Invalid(
            "def scale(p1, p2):\n    return p1.width * p2",
            ("1:11-1:13 p1, p2 say nothing but their place: name what they stand for",),
        ),
        Invalid(
            "def mean(rows):\n    _sum, spread = total(rows)\n    _count = len(rows)\n    return _sum / _count",
            ("2:5-2:9 _sum, _count say that nobody reads them, and are read: name what they stand for",),
        ),
        Invalid(
            "def build():\n    def get_max(value1, value2):\n        return max(value1, value2)\n    return get_max",
            ("2:25-2:31 value2 says nothing: name what it stands for",),
        ),
        Invalid(
            "def f(rows):\n    x0 = len(rows)\n    x1 = sum(rows)\n    x2 = x1 / x0\n    return x2",
            ("2:5-2:7 3 of 3 locals of f() are x with a number: name what they stand for",),
        ),
        Invalid(
            "def _do_stuff(x):\n    return x", ("1:1-1:18 _do_stuff says nothing: name what it stands for",)
        ),
        Invalid(
            "def do_stuff(x):\n    return x", ("1:1-1:17 do_stuff says nothing: name what it stands for",)
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if _is_empty(function.name):
            self.report(function, f"{function.name} says nothing: name what it stands for")
        if self.facts.function(function) is not None:
            return
        names = self.facts.names(function)
        bound = (*names.parameters, *self._parameters_inside(function), *names.stores)
        every = [name for name in dict.fromkeys(bound) if name.strip("_")]
        self._check_empty(function, [name for name in every if name not in names.shared])
        if not _LIKE_NUMBERS.keys().isdisjoint(names.stores):
            self._check_alike(function, names)
        self._check_short(function, [name for name in every if name not in {"self", "cls"}])
        self._check_unused(function, names)
        self._check_numbered(function, names)
        self._check_numbered_parameters(
            function, [name for name in names.parameters if name not in {"self", "cls"}]
        )

    def _check_empty(self, function: FunctionNode, own: list[str]) -> None:
        empty = [name for name in own if _is_empty(name)]
        if len(empty) > 1:
            told = f"{', '.join(empty)} say nothing: name what they stand for"
            self.report(self._place(function, empty[0]), told)
        elif empty:
            self.report(self._place(function, empty[0]), f"{empty[0]} says nothing: name what it stands for")

    def _check_alike(self, function: FunctionNode, names: Names) -> None:
        alike = [
            name
            for name, places in names.stores.items()
            if name in _LIKE_NUMBERS and name not in names.shared and self._is_told_alone(places[0])
        ]
        if alike and alike[0] not in names.parameters:
            self.report(
                self._place(function, alike[0]),
                f"{alike[0]} looks like {_LIKE_NUMBERS[alike[0]]}: name what it stands for",
            )

    def _is_told_alone(self, place: ast.AST) -> bool:
        """Tells whether a name is bound by a statement, and not as one of a pair, of which the other says what it is."""
        above = self.facts.parent(place)
        return not isinstance(above, ast.Tuple | ast.List | ast.comprehension)

    def _check_short(self, function: FunctionNode, own: list[str]) -> None:
        short = [name for name in own if len(name) <= _SHORT and name not in _CONVENTIONAL]
        enough = len(short) >= self.fewest_names and len(short) >= self.share * len(own)
        if enough and self.facts.size(function) >= self.fewest_statements:
            self.report(
                function,
                f"{len(short)} of {len(own)} names in {function.name}() have one or two letters: "
                "name what they stand for",
            )

    def _check_unused(self, function: FunctionNode, names: Names) -> None:
        """Names that say that nobody reads them, but for one."""
        read = [name for name in names.stores if name in names.loads and name not in names.shared]
        unused = [name for name in read if _UNUSED.fullmatch(name)]
        if len(unused) > 1 and len(unused) >= self.share * len(read):
            self.report(
                self._place(function, unused[0]),
                f"{', '.join(unused)} say that nobody reads them, and are read: name what they stand for",
                confidence=Confidence.HIGH,
            )

    def _check_numbered(self, function: FunctionNode, names: Names) -> None:
        """Locals that are told apart by a number alone."""
        own = [name for name in names.stores if name not in names.parameters and name not in names.shared]
        by_stem = Counter(match[1] for name in own if (match := _NUMBERED.fullmatch(name)))
        for stem, number in by_stem.most_common(1):
            if number >= self.fewest_numbered and number >= self.share * len(own):
                first = next(
                    name for name in own if (match := _NUMBERED.fullmatch(name)) and match[1] == stem
                )
                told = f"{number} of {len(own)} locals of {function.name}() are {stem} with a number"
                self.report(self._place(function, first), f"{told}: name what they stand for")

    def _check_numbered_parameters(self, function: FunctionNode, given: list[str]) -> None:
        """Parameters that a caller can tell apart by their place alone."""
        numbered = [name for name in given if _PLACE.fullmatch(name)]
        if len(numbered) >= self.fewest_numbered - 1 and len(numbered) == len(given):
            self.report(
                self._place(function, numbered[0]),
                f"{', '.join(numbered)} say nothing but their place: name what they stand for",
            )

    def _parameters_inside(self, function: FunctionNode) -> list[str]:
        """Parameters of the functions inside of a function."""
        if len(self.facts.functions) == 1:  # as often
            return []
        inside = (node for node in self.facts.within(function) if node is not function and is_function(node))
        return [name for nested in inside for name in parameters(nested)]

    def _place(self, function: FunctionNode, name: str) -> ast.AST:
        stores = self.facts.names(function).stores.get(name)
        if stores:
            return stores[0]
        return next(n for n in self.facts.within(function) if isinstance(n, ast.arg) and n.arg == name)


@lru_cache(maxsize=4096)
@lru_cache(4096)
def _is_empty(name: str) -> bool:
    """Tells whether a name says nothing, in private or as a test."""
    return _EMPTY.fullmatch(name.lstrip("_").removeprefix("test_")) is not None
