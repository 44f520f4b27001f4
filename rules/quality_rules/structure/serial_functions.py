"""The rule serial-functions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, body_of, shorten
from quality_rules._asked import has_several_functions
from quality_rules.structure._alike import ALONE, words_of

if TYPE_CHECKING:
    from quality.model import FunctionNode


#: What numbers a name: digits, a letter at its end, or a word for a number.
_NUMBER = re.compile(
    r"""
    \d+ | (?<=_)[a-z]$ | (?<![a-z])(?:
        zero | one | two | three | four(?:teen)? | five | six(?:teen)? | seven(?:teen)? | eight(?:een)? | nine(?:teen)?
        | ten | eleven | twelve | thirteen | fifteen | twenty
        | first | second | third | (?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th
    )(?![a-z])
    """,
    re.VERBOSE,
)


class SerialFunctions(AstRule):
    """Many short functions differ in nothing but constants.

    ## What it does
    Reports functions with a body of one to a few statements that is the same as that of several others of the source, but for
    names of locals and the values of constants: once for all of a kind, or, with the option `each`, for each but two
    of those that are numbered through.

    Functions with decorators, those that differ in an attribute or in what they call, and methods that call others are
    fine.

    ## Why is this bad
    The functions are a table that is written as code, or mere volume: what differs belongs into an argument. Names of
    their own may be what callers want; numbers are an argument already.

    ## Example
    ```python
    def plus_one(value):
        return value + 1

    def plus_two(value):
        return value + 2

    def plus_three(value):
        return value + 3

    def plus_four(value):
        return value + 4

    def plus_five(value):
        return value + 5

    def plus_six(value):
        return value + 6
    ```

    ## Use instead
    ```python
    def plus(value, number):
        return value + number
    ```

    ## References
    - [Refactoring: parameterize function](https://refactoring.com/catalog/parameterizeFunction.html)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    asks = (has_several_functions,)

    each = Setting(
        default=False,
        description="Report each function of a numbered series but two: mere volume then costs what it is.",
    )
    minimum_functions = Setting(6, "Fewest functions of one kind that are reported.", minimum=3)

    VALID = (
        Valid(
            "class A:\n" + "".join(f"    def f{n}(self):\n        return self._{n}b\n" for n in "abcdefg"),
            "They differ in an attribute",
        ),
        Valid("".join(f"def f{n}(a):\n    return a + {n}\n" for n in range(5)), "Few"),
        Valid(
            "".join(f"class A{n}(B):\n    def kind(self):\n        return {n}\n" for n in range(9)),
            "One for each class",
        ),
        Valid("".join(f"@route({n})\ndef f{n}(a):\n    return a + {n}\n" for n in range(9)), "Decorated"),
    )
    INVALID = (
        Invalid(
            "".join(f"def f{n}(a):\n    return a * {n}\n" for n in range(4)),
            (
                "1:1-1:11 f0() and 3 others, f1() to f3(), differ only in constants: make them one with a parameter",
            ),
            {"minimum-functions": 4},
        ),
        Invalid(
            "".join(f"def f{n}(a):\n    return a * {n}\n" for n in range(4)),
            (
                "5:1-5:11 f2() differs from f0() and others only in constants: make them one with a parameter",
                "7:1-7:11 f3() differs from f0() and others only in constants: make them one with a parameter",
            ),
            {"minimum-functions": 4, "each": True},
        ),
        Invalid(
            "".join(f"def {n}_of(a):\n    return a[{n!r}]\n" for n in ("first", "second", "third", "fourth")),
            (
                "5:1-5:17 third_of() differs from first_of() and others only in constants: make them one with a parameter",
                "7:1-7:18 fourth_of() differs from first_of() and others only in constants: make them one with a parameter",
            ),
            {"minimum-functions": 4, "each": True},
        ),
        Invalid(
            "".join(
                f"def {n}(shape):\n    return shape.turned({n[0]!r})\n"
                for n in ("north", "south", "east", "west")
            ),
            (
                "1:1-1:18 north() and 3 others, south() to west(), differ only in constants: make them one with a parameter",
            ),
            {"minimum-functions": 4, "each": True},
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        kinds: dict[tuple[str, ...], list[FunctionNode]] = {}
        functions = self.facts.functions
        if len(functions) < self.minimum_functions:
            return
        for function in functions:
            if self._is_compared(function):
                kinds.setdefault(words_of(self.facts, function), []).append(function)
        for alike in kinds.values():
            # Of one name they are the cases of several classes.
            named = {function.name: self._constants(function) for function in alike}
            if len(set(named.values())) >= self.minimum_functions:
                self._report(alike)

    def _report(self, alike: list[FunctionNode]) -> None:
        series = self._series(alike)
        if not (self.each and series):
            first, second, *_, last = (shorten(f"{function.name}()") for function in alike)
            others = f"{first} and {len(alike) - 1} others, {second} to {last}, differ only in constants"
            # An interface may ask for each of them, the more so by a name of its own.
            severity = None if series else Severity.NOTE
            message = f"{others}: make them one with a parameter"
            self.report(alike[0], message, severity=severity, confidence=Confidence.LOW)
            return
        first = shorten(f"{series[0].name}()")
        for function in series[2:]:
            name = shorten(f"{function.name}()")
            what = f"{name} differs from {first} and others only in constants: make them one with a parameter"
            self.report(function, what)

    def _series(self, alike: list[FunctionNode]) -> list[FunctionNode]:
        """The most functions whose names differ in a number alone; nothing when they are few."""
        stems: dict[str, list[FunctionNode]] = {}
        for function in alike:
            stems.setdefault(_NUMBER.sub("", function.name), []).append(function)
        longest = max(stems.values(), key=len)
        return longest if len(longest) >= self.minimum_functions else []

    def _is_compared(self, function: FunctionNode) -> bool:
        """Methods that only call others are an interface, which repeats itself on purpose."""
        short = 0 < self.facts.size(function) < ALONE
        method = self.facts.class_of(function) is not None
        calls = bool(self.facts.inside(function, ast.Call))
        special = function.name.startswith("__")
        return short and not special and not function.decorator_list and not (method and calls)

    def _constants(self, function: FunctionNode) -> tuple[str, ...]:
        nodes = (node for part in body_of(function) for node in self.facts.within(part))
        return tuple(repr(node.value) for node in nodes if isinstance(node, ast.Constant))
