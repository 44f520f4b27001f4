"""The rule constant-answer."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality_rules._substance import DOUBLES, Nature, shown_name
from quality_rules.structure._cases import constant_answer as cases
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises, breaks_promises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

_TEST = re.compile("test|fake|mock", re.IGNORECASE)
_SAME = "ignores its parameters and always answers the same"


def _may_answer_the_same(facts: Facts) -> bool:
    """Whether any function does not keep its promise, or tests may be imitated."""
    return breaks_promises(facts) or "unittest" in facts.packages


class ConstantAnswer(PretenceRule):
    """A function ignores its parameters and answers a constant.

    ## What it does
    Reports functions that take parameters and whose answer is the same whatever these are: a literal, what is
    computed of literals, a guess, or what comes of any argument (`value * 0`, `value - value`); an object of `unittest.mock`, or a
    name of the module for one; what an object of a
    class of the text answers that answers the same to everybody; a constant that is answered before the function comes to
    what it does; and one that Python does not take from a special method, as a number from `__repr__`.

    Methods of classes that work, functions that are handed on as values or have an
    alternative, functions that do something besides returning, and what says by its name, or that of its class, that
    it always answers the same (`always_true`, `DenyAll`, `NeverExpires`) are fine. Where an object that is set up and
    shown answers a question about itself with yes or no, the confidence is low: a class that derives may differ. So it
    is for handlers that reply with a text or record, as others call them with more than they need, and where all parameters begin with `_`.
    A decorator that somebody else wrote makes it medium, and one that is told for what a function is the answer (`@app.errorhandler(404)`) low.
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

    asks = (_may_answer_the_same,)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_Module(self, module: ast.Module) -> None:
        del module
        promises, idleness = self.facts.derived(Promises), self.facts.derived(Idleness)
        for function, sure in promises.of_nature(Nature.FIXED):
            if promises.fails_python(function):
                why = "answers a constant that Python does not take from it"
            elif idleness.is_cut_off(function):
                why = "answers a constant before it comes to what it does"
            else:
                why = _SAME
            self.accuse(function, f"{shown_name(function)}() {why}: compute the answer", sure)
        for where, name in self._doubles():
            self.accuse(where, f"{name}() {_SAME}: compute the answer")

    def _doubles(self) -> Iterator[tuple[ast.AST, str]]:
        """The names of the module for objects that stand for others in tests, where none of its functions may use them so.

        Functions of a text without a test have no use for them.
        """
        if self.facts.source.role == "test" or "unittest" not in self.facts.packages:
            return
        functions = [*self.facts.functions, *self.facts.of(ast.ClassDef)]
        tested = any(_TEST.search(each.name) for each in functions)
        read = (name for each in functions for name in self.facts.inside(each, ast.Name))
        used = {name.id for name in read if isinstance(name.ctx, ast.Load)}
        for where, targets, value in self.facts.assignments:
            double = isinstance(value, ast.Call) and self.facts.origin(value.func).startswith(f"{DOUBLES}.")
            if double and self.facts.function(where) is None:
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                if not tested:  # what is imported where that is possible is stood in for where it is not
                    used = used & self.facts.imports.keys()
                yield from ((where, name) for name in names if name not in used)
