"""The rule copied-statement."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, count_statements
from quality.rules import AstRule, Invalid, Setting, Valid, is_for_log
from quality_rules._asked import is_product
from quality_rules._loops import Loops
from quality_rules.structure._alike import word

if TYPE_CHECKING:
    from quality.rules import Facts

#: Most statements of a group that is repeated.
_LONGEST = 4
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try)


class CopiedStatement(AstRule):
    """The same statements again and again, with other values in them.

    ## What it does
    Reports statements with blocks that follow each other and differ in nothing but the constants that are written in them and
    the local names that they give.

    Short ones, such as checks that raise, and statements that use other names or attributes, are fine.

    ## Why is this bad
    What is done is one thing, and what differs is data. A table of the values and a loop over it say which is which. A
    correction is made once, and a value more is a line more.

    ## Example
    ```python
    def seconds(text):
        total = 0
        if "d" in text:
            number, text = text.split("d")
            total += int(number) * 86400
        if "h" in text:
            number, text = text.split("h")
            total += int(number) * 3600
        if "m" in text:
            number, text = text.split("m")
            total += int(number) * 60
        return total
    ```

    ## Use instead
    ```python
    def seconds(text):
        total = 0
        for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
            if unit in text:
                number, text = text.split(unit)
                total += int(number) * size
        return total
    ```

    ## References
    - [Table-driven methods, in S. McConnell: Code Complete, chapter 18](https://en.wikipedia.org/wiki/Code_Complete)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 10

    fewest_repeats = Setting(3, "Fewest times that they stand there.", minimum=2)
    minimum_statements = Setting(3, "Fewest statements of one time, nested ones included.", minimum=2)
    minimum_nodes = Setting(10, "Fewest syntax nodes of one time.", minimum=1)

    needs = frozenset(_COMPOUND)
    asks = (is_product,)

    VALID = (
        Valid(
            "def f(x):\n    if x > 9:\n        return 'a'\n    if x > 8:\n        return 'b'\n    if x > 7:\n        return 'c'\n    if x > 6:\n        return 'd'\n    return 'e'",
            "Short",
        ),
        Valid(
            "def f(x):\n    if x.a == 1:\n        raise E('a is 1')\n    if x.a == 2:\n        raise E('a is 2')\n    if x.a == 3:\n        raise E('a is 3')",
            "Short",
        ),
        Valid(
            """
            def f(x, row):
                if "a" in row:
                    x.a = row["a"]
                    x.told("a", row)
                if "b" in row:
                    x.b = row["b"]
                    x.told("b", row)
                if "c" in row:
                    x.c = row["c"]
                    x.told("c", row)
            """,
            "Other attributes",
        ),
        Valid(
            "\n".join(f"parser.add_argument('--{name}', type=int, default={name!r})" for name in "abcdefghi"),
            "No blocks",
        ),
    )
    INVALID = (
        Invalid(
            """
            def parse(data):
                street = data.get("street")
                if not isinstance(street, str):
                    raise ValueError("street is required")
                city = data.get("city")
                if not isinstance(city, str):
                    raise ValueError("city is required")
                code = data.get("code")
                if not isinstance(code, str):
                    raise ValueError("code is required")
                return street, city, code
            """,
            ("2:5-10:45 the same is done 3 times with other values: make a table of them and a loop",),
        ),
        Invalid(
            """
            def roman(n):
                text = ""
                while n >= 10:
                    text += "X"
                    n -= 10
                    log.debug(n)
                if n >= 9:
                    text += "IX"
                    n -= 9
                    print("nine")
                while n >= 5:
                    text += "V"
                    n -= 5
                    log.debug(n)
                if n >= 4:
                    text += "IV"
                    n -= 4
                    print("four")
                while n >= 1:
                    text += "I"
                    n -= 1
                    log.debug(n)
                if n >= 0:
                    text += "N"
                    n -= 0
                    print("none")
                return text
            """,
            ("3:5-26:22 the same is done 3 times with other values: make a table of them and a loop",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there are blocks enough to repeat one."""
        return len(facts.of(*_COMPOUND)) > 1

    def visit_Module(self, module: ast.Module) -> None:
        del module
        fewest = self.fewest_repeats
        for whole in self.facts.blocks:
            if len(whole) >= fewest and sum(isinstance(each, _COMPOUND) for each in whole) >= fewest:
                self._search([statement for statement in whole if not is_for_log(statement)])

    def _search(self, block: list[ast.stmt]) -> None:
        """Reports the runs of a block."""
        outlines = [self._outline(statement) for statement in block]
        place = 0
        while place < len(block):
            period, repeats = self._run(block, outlines, place)
            group = block[place : place + period]
            if not period or not self._is_large(group):
                place += period * repeats or 1
                continue
            place += period * repeats
            told = f"the same is done {repeats} times with other values: make a table of them and a loop"
            self.report(group[0], told, until=block[place - 1])

    def _run(self, block: list[ast.stmt], outlines: list[tuple[type, int]], place: int) -> tuple[int, int]:
        """Length and number of the shortest groups that follow each other from a place on; zeros where they are few."""
        for period in range(1, _LONGEST + 1):
            end = place + period
            outline, first = outlines[place:end], None
            while outline == outlines[end : end + period]:
                first = first or self._shape(block[place : place + period])
                if first != self._shape(block[end : end + period]):
                    break
                end += period
            repeats = (end - place) // period
            if repeats >= self.fewest_repeats:
                return period, repeats
        return 0, 0

    def _outline(self, statement: ast.stmt) -> tuple[type, int]:
        """Kind and size of a statement: those that are the same but for constants and names share it."""
        start, end = self.facts.span(statement)
        return type(statement), end - start

    def _is_large(self, group: list[ast.stmt]) -> bool:
        """Tells whether statements are many enough, and more than a list of calls."""
        statements = sum(1 + count_statements(statement) for statement in group)
        nodes = sum(self.facts.span(statement)[1] - self.facts.span(statement)[0] for statement in group)
        compound = any(isinstance(statement, _COMPOUND) for statement in group)
        return compound and statements >= self.minimum_statements and nodes >= self.minimum_nodes

    def _shape(self, group: list[ast.stmt]) -> list[str]:
        """Statements as words, with the type of each constant, and numbers for the names that they give."""
        own, local = self._own_names(group), dict[str, str]()
        return [word(node, own, local) for statement in group for node in self.facts.within(statement)]

    def _own_names(self, group: list[ast.stmt]) -> set[str]:
        """The local names that statements bind."""
        function = self.facts.function(group[0])
        if function is None:
            return set()
        names = self.facts.names(function)
        bound = set().union(*map(self.facts.derived(Loops).bound, group))
        return (bound & names.stores.keys()) - {*names.parameters} - names.shared
