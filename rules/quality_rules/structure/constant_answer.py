"""The rule constant-answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.rules import Invalid, Valid
from quality_rules._substance import Nature, shown_name
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises

if TYPE_CHECKING:
    import ast


class ConstantAnswer(PretenceRule):
    """A function ignores its parameters and answers a constant.

    ## What it does
    Reports functions that take parameters and whose answer is the same whatever these are: a literal, what is
    computed of literals, or a guess.

    Methods of classes that work, registered functions, functions that are handed on as values or have an
    alternative, functions that do something besides returning, and what says by its name, or that of its class, that
    it always answers the same (`always_true`, `DenyAll`, `NeverExpires`) are fine. Where an object that is set up and
    shown answers a question about itself with yes or no, the confidence is low: a class that derives may differ. So it
    is for handlers that reply with a text or record, as others call them with more than they need, and where all parameters begin with `_`.
    Where other files may override or replace a function, which `sample` excludes with the option `standalone`, the
    confidence is low.

    ## Why is this bad
    The signature says that the answer depends on the arguments. It does not: either the work is not done,
    or the parameters are not needed.

    ## Example
    ```python
    def is_prime(number):
        return True
    ```

    ## Use instead
    ```python
    def is_prime(number):
        return number > 1 and all(number % factor for factor in range(2, int(number**0.5) + 1))
    ```
    """

    VALID = (
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
        Valid("def parts(size, most):\n    return size // most or 1", "A default"),
        Valid("def close(path):\n    log('closed')\n    return 0", "It does something besides"),
    )
    INVALID = (
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
            (
                "1:1-1:23 count_words() ignores its parameters and always answers the same: compute the answer",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for function, sure in self.facts.derived(Promises).of_nature(Nature.FIXED):
            message = f"{shown_name(function)}() ignores its parameters and always answers the same: compute the answer"
            self.accuse(function, message, sure)
