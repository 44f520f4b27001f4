"""The rule repeated-code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import count_statements, is_docstring, is_function
from quality.rules import SCOPES, AstRule, Invalid, Setting, Valid, is_for_log, parameters
from quality_rules.structure._alike import ALONE, words_of_short

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Earlier places that one statement is compared with: keeps the search linear where hundreds are alike.
_PLACES = 8
#: Nodes of a statement that are looked at before it is compared in full.
_PREFIX = 24
#: Share of the fewest nodes that is enough where a run stands in a third place.
_THIRD = 0.8
#: A name in a statement that is dumped as text.
_NAME = re.compile(r"(Name\(id|arg\(arg|FunctionDef\(name)='(\w+)'")

#: A statement as text → the blocks and places where it stands.
_Index = dict[str, list[tuple[list[ast.stmt], int]]]


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive statements that also stand elsewhere."""

    length: int
    statements: int
    nodes: int
    first: ast.stmt


class RepeatedCode(AstRule):
    """The same statements stand in two places.

    ## What it does
    Reports several consecutive statements, those inside of them included, that an earlier place of the same source
    has too, whatever the names of local variables are.

    Somewhat shorter runs count from the third place on. Short runs, imports, declarations (`name: type`), and two whole functions
    (`near-duplicate` compares those) are fine.

    ## Why is this bad
    A correction in one place is forgotten in the other. A function has a name that says what the statements do, and
    one place to change.

    ## Example
    ```python
    def open_order(order):
        if order.customer.blocked:
            log.warning("blocked: %s", order.customer.name)
            order.state = "held"
            order.held_since = today()
            order.notify()
        order.save()

    def close_order(order):
        order.close()
        if order.customer.blocked:
            log.warning("blocked: %s", order.customer.name)
            order.state = "held"
            order.held_since = today()
            order.notify()
    ```

    ## Use instead
    ```python
    def hold_if_blocked(order):
        if order.customer.blocked:
            log.warning("blocked: %s", order.customer.name)
            order.state = "held"
            order.held_since = today()
            order.notify()

    def open_order(order):
        hold_if_blocked(order)
        order.save()

    def close_order(order):
        order.close()
        hold_if_blocked(order)
    ```

    ## References
    - [Refactoring: extract function](https://refactoring.com/catalog/extractFunction.html)
    """

    dimension = "structure"
    effort = 15
    equivalents = ("pylint:duplicate-code",)

    minimum_statements = Setting(4, "Fewest statements of a run, nested ones included.", minimum=2)
    minimum_nodes = Setting(22, "Fewest syntax nodes of a run.", minimum=1)

    VALID = (
        Valid("def f(a):\n    a.b()\n    a.c()\n\ndef g(a):\n    a.b()\n    a.c()", "Short"),
        Valid(
            "class A:\n    a: list[int]\n    b: dict[str, int]\n    c: list[str]\n    d: tuple[int, str]\n\n"
            "class B:\n    a: list[int]\n    b: dict[str, int]\n    c: list[str]\n    d: tuple[int, str]",
            "Declarations",
        ),
        Valid(
            "def f(x):\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    a.d(3, 4, x)\n    a.e(4, 5, x)\n\n"
            "def g(x, y):\n    a.b(1, 2, x)\n    a.c(2, 3, y)\n    a.d(3, 4, x)\n    a.e(4, 5, y)",
            "Not the same variables",
        ),
        Valid(
            "def f(x):\n    a.b(1, x)\n    a.c(2, x)\n    a.d(3)\n    a.e()\n\n"
            "def g(x):\n    x.close()\n    a.b(1, x)\n    a.c(2, x)\n    a.d(3)\n    a.e()",
            "Short, and in two places only",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    a = g(1, 2, 3)\n    b = g(2, 3, 4)\n    c = g(3, 4, 5)\n    d = g(4, 5, 6)\n\n"
            "class B:\n    a = g(1, 2, 3)\n    b = g(2, 3, 4)\n    c = g(3, 4, 5)\n    d = g(4, 5, 6)",
            ("8:5-11:19 these 4 statements stand earlier too: put them in a class above both",),
        ),
        Invalid(
            "def f(x):\n    a.b(1, x)\n    a.c(2, x)\n    a.d(3)\n    a.e()\n\n"
            "def g(x):\n    x.close()\n    a.b(1, x)\n    a.c(2, x)\n    a.d(3)\n    a.e()\n\n"
            "def h(x):\n    x.open()\n    a.b(1, x)\n    a.c(2, x)\n    a.d(3)\n    a.e()",
            ("16:5-19:10 these 4 statements stand in f() too: make them a function",),
        ),
        Invalid(
            """
            def g(x):
                x = prepared(x)
                a.b(1, 2, x)
                a.c(2, 3, x)
                a.d(3, 4, x)
                a.e(4, 5, x)
                a.f(5, 6, x)
                a.g(6, 7, x)
                a.h(7, 8, x)

            def f(x):
                a.b(1, 2, x)
                a.c(2, 3, x)
                a.d(3, 4, x)
                a.e(4, 5, x)
                a.f(5, 6, x)
                a.g(6, 7, x)
                a.h(7, 8, x)
            """,
            ("12:5-18:17 these 7 statements stand in g() too: make them a function",),
        ),
        Invalid(
            "def f(x):\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    logging.debug('in f')\n    a.d(3, 4, x)\n    a.e(4, 5, x)\n\n"
            "def g(x):\n    x = 2\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    a.d(3, 4, x)\n    logging.debug('in g')\n    a.e(4, 5, x)",
            ("10:5-14:17 these 4 statements stand in f() too: make them a function",),
        ),
        Invalid(
            "def f(x):\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    a.d(3, 4, x)\n    a.e(4, 5, x)\n\n"
            "def g(x):\n    x = 2\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    a.d(3, 4, x)\n    a.e(4, 5, x)",
            ("9:5-12:17 these 4 statements stand in f() too: make them a function",),
        ),
        Invalid(
            "def f(x):\n    a.b(1, 2, x)\n    a.c(2, 3, x)\n    a.d(3, 4, x)\n    a.e(4, 5, x)\n\n"
            "def g(y, z=1):\n    a.b(1, 2, y)\n    a.c(2, 3, y)\n    a.d(3, 4, y)\n    a.e(4, 5, y)",
            ("8:5-11:17 these 4 statements stand in f() too: make them a function",),
        ),
        Invalid(
            "def f(x):\n    a.b(1, 2, x)\n    a.c(2, 3, lambda d=b'': x.new(d))\n    a.d(3, 4, x)\n    a.e(4, 5, x)\n\n"
            "def g(y):\n    a.b(1, 2, y)\n    a.c(2, 3, lambda m=b'': y.new(m))\n    a.d(3, 4, y)\n    a.e(4, 5, y)",
            ("8:5-11:17 these 4 statements stand in f() too: make them a function",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        blocks = self.facts.blocks
        if sum(map(len, blocks)) < 2 * self.minimum_statements:
            return
        spans = self.facts.spans
        sizes = Counter([end - start for block in blocks for start, end in map(spans.__getitem__, block)])
        if sum(size * count for size, count in sizes.items() if count > 1) < 2 * self.minimum_nodes:
            return
        shape_of = {statement: self._shape(statement) for block in blocks for statement in block}
        shapes = Counter(shape_of.values())
        # A run and its repetition are made of statements of which each has a shape that another has too.
        if sum(shape[0] for shape in shape_of.values() if shapes[shape] > 1) < 2 * self.minimum_nodes:
            return
        index: _Index = {}
        covered = 0
        self._own: dict[FunctionNode | None, frozenset[str]] = {}
        self._spellings: dict[ast.stmt, tuple[str, tuple[str, ...]]] = {}
        for whole in blocks:
            block = self._code_of(whole)
            if block and self.facts.span(block[0])[0] >= covered:
                words = [self._spelling(s)[0] if shapes[shape_of[s]] > 1 else "" for s in block]
                covered = max(covered, self._search(block, words, index))

    def _code_of(self, block: list[ast.stmt]) -> list[ast.stmt]:
        """A block without its docstring, and without lines for the log: they make no code another."""
        owner = self.facts.parent(block[0])
        code = block[1:] if owner is not None and is_docstring(owner, block[0]) else block
        return [statement for statement in code if not is_for_log(statement)]

    def _shape(self, statement: ast.stmt) -> tuple[int, tuple[type, ...]]:
        """Size and first nodes of a statement: what is the same code has the same."""
        start, end = self.facts.span(statement)
        return end - start, tuple(map(type, self.facts.nodes[start : min(end, start + _PREFIX)]))

    def _spelling(self, statement: ast.stmt) -> tuple[str, tuple[str, ...]]:
        """A statement as text with its local names numbered as they come, and those names."""
        if statement not in self._spellings:
            own = self._own_names(self.facts.function(statement)) | self._names_of_inner(statement)
            places: dict[str, int] = {}

            def numbered(match: re.Match[str]) -> str:
                kind, name = match.groups()
                return f"{kind}={places.setdefault(name, len(places))}" if name in own else match[0]

            self._spellings[statement] = _NAME.sub(numbered, ast.dump(statement)), tuple(places)
        return self._spellings[statement]

    def _own_names(self, function: FunctionNode | None) -> frozenset[str]:
        """The local names of a function; made once for all its statements."""
        if function not in self._own:
            names = self.facts.names(function) if function is not None else None
            found = {*names.stores, *names.parameters} - names.shared if names else ()
            self._own[function] = frozenset(found)
        return self._own[function]

    def _names_of_inner(self, statement: ast.stmt) -> set[str]:
        """The names of the functions in a statement, and of their parameters."""
        inside = self.facts.within(statement)[1:]
        inner = [node for node in inside if isinstance(node, SCOPES) and not isinstance(node, ast.ClassDef)]
        named = {node.name for node in inner if is_function(node)}
        return named.union(*(parameters(node) for node in inner))

    def _size(self, statement: ast.stmt) -> int:
        start, end = self.facts.span(statement)
        return end - start

    def _search(self, block: list[ast.stmt], words: list[str], index: _Index) -> int:
        """Reports the runs of a block; gives the end in ``nodes`` of the last one."""
        place = covered = 0
        while place < len(block):
            others = index.get(words[place], ())[:_PLACES] if words[place] else ()
            runs = [self._run(block, place, *other) for other in others]
            run = max(runs, key=lambda each: each.nodes, default=None)
            length = 1
            if run and (self._is_long(run) or sum(self._is_long(each, _THIRD) for each in runs) > 1):
                length = run.length
                last = block[place + length - 1]
                covered = self.facts.span(last)[1]
                if not (self._is_whole(block[place], run) and self._is_whole(run.first, run)):
                    self._report_run(block[place], last, run)
            for number in range(place, place + length):
                index.setdefault(words[number], []).append((block, number))
            place += length
        return covered

    def _is_long(self, run: _Run, share: float = 1.0) -> bool:
        return run.statements >= self.minimum_statements and run.nodes >= self.minimum_nodes * share

    def _run(self, block: list[ast.stmt], place: int, other: list[ast.stmt], start: int) -> _Run:
        """How far two blocks go on alike."""
        length = statements = nodes = 0
        end = place if other is block else len(other)
        here: dict[str, str] = {}
        there: dict[str, str] = {}
        while place + length < len(block) and start + length < end:
            one, two = block[place + length], other[start + length]
            if self._size(one) != self._size(two):
                break
            (text, names), (other_text, others) = self._spelling(one), self._spelling(two)
            pairs = list(zip(names, others, strict=False))
            # One variable stands for one other, all along the run.
            if text != other_text or any(
                here.setdefault(n, o) != o or there.setdefault(o, n) != n for n, o in pairs
            ):
                break
            if not _does_nothing(one):
                statements += 1 + count_statements(one)
                nodes += self._size(one)
            length += 1
        return _Run(length, statements, nodes, other[start])

    def _is_whole(self, first: ast.stmt, run: _Run) -> bool:
        """Tells whether a run is all of a function that near-duplicate compares as a whole."""
        function = first if is_function(first) else self.facts.parent(first)
        if function is None or not is_function(function):
            return False
        if function is not first and run.length < len(self._code_of(function.body)):
            return False
        return self.facts.size(function) >= ALONE or self._is_copy(function, run.first)

    def _is_copy(self, function: FunctionNode, other: ast.stmt) -> bool:
        twin = other if is_function(other) else self.facts.parent(other)
        words = words_of_short(self.facts, function)
        return (
            bool(words)
            and twin is not None
            and is_function(twin)
            and words_of_short(self.facts, twin) == words
        )

    def _report_run(self, first: ast.stmt, last: ast.stmt, run: _Run) -> None:
        here, there = self.facts.function(first), self.facts.function(run.first)
        where = f"in {there.name}()" if there else "at module level"
        if here is there:
            where = "earlier in this function" if there else "earlier"
        of_class = isinstance(self.facts.parent(first), ast.ClassDef)
        remedy = "put them in a class above both" if of_class else "make them a function"
        self.report(first, f"these {run.statements} statements stand {where} too: {remedy}", until=last)


def _does_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement imports or only declares: it has to stand wherever its names are used."""
    return isinstance(statement, ast.Import | ast.ImportFrom) or (
        isinstance(statement, ast.AnnAssign) and statement.value is None
    )
