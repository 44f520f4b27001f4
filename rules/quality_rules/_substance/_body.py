"""What the statements of a function come to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function, is_special
from quality.rules import LOOPS, TERMINAL, last_word, parameters
from quality_rules._bases import may_have
from quality_rules._constants import truth
from quality_rules._substance import _branches, _loops, _statements
from quality_rules._substance._nature import Nature
from quality_rules._substance._refusals import says_refusal
from quality_rules._substance._stores import Stores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: Names settle within so many passes, or the function counts as work.
_PASSES = 4
#: Errors that say something is wrong with a value.
_OF_VALUES = frozenset({"IndexError", "KeyError", "LookupError", "ValueError"})
#: Type of statement → what runs it. Statements of other types do nothing.
_RUNS = {**_statements.RUNS, **_branches.RUNS, **_loops.RUNS}


class Body(Stores):
    """Evaluates a function: what it returns, yields, raises and does.

    Args:
        text: Judges the other functions of the text.
        function: The function, or a lambda.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: Whether a loop was run: then a later turn may change what an earlier one came to.
        self.has_loop = False
        #: Name → whether it is read in conditions alone.
        self.asked_only: dict[str, bool] = {}

    def hasten(self) -> None:
        """Has it raise ``CertainWork`` as soon as that is so, instead of looking at all that the function does."""
        self.briefly = True
        if not is_function(self.function):
            return
        *before, last = self.function.body
        if isinstance(last, ast.Return) and all(map(_goes_on, before)):
            self.foresee(last.value)

    def evaluate(self, *, fully: bool = False) -> Nature:
        """The nature of the function's outcome.

        Args:
            fully: Whether to look at all names, though it is work for certain.
        """
        if isinstance(self.function, ast.Lambda):
            self.effects(self.function.body)
            self.returns(self.function.body)
            return self.answered()
        for _ in range(_PASSES):
            before = (dict(self.locals), dict(self.sizes))
            self.control = self.around = Nature.FIXED
            if not self.block(self.function.body):
                self.answers.add("None")
            # What a later turn of a loop would do is not known yet.
            may_act = self.has_loop and self.effect is not Nature.WORK
            if self.outcome is Nature.WORK and not (self.plain or fully or may_act):
                return Nature.WORK
            if (self.locals, self.sizes) == before:
                return self.answered()
        self.effect = Nature.WORK
        return Nature.WORK

    def refuses_all(self, statement: ast.Raise) -> bool:
        """Tells whether a function does nothing but raise, whatever it is given, though its name says nothing of it.

        A method may refuse what its base promises, but not because of each value that it is given.
        """
        function = self.function
        if not is_function(function) or self.control > Nature.FIXED:
            return False
        if statement not in function.body and self.entered is not None:
            return False  # a loop may have no turn
        owner = self.facts.class_of(function)
        of_class = next(iter(parameters(function)), "") in {"self", "cls"}
        free = owner is None and (not of_class or _blames_value(statement.exc))
        alone = owner is not None and not may_have(self.facts, owner, function.name)
        asked = function.name == "__call__" and _blames_value(statement.exc)
        alone = alone and (asked or not is_special(function.name))
        return (free or alone) and self.effect <= Nature.FIXED and not says_refusal(function)

    def run(self, statements: Sequence[ast.stmt]) -> Nature:
        """What statements outside of functions do."""
        for _ in range(_PASSES):
            self.block(statements)
        return self.effect

    def block(self, statements: Sequence[ast.stmt]) -> bool:
        """Runs a block; true when nothing behind it is reached."""
        for statement in statements:
            run = _RUNS.get(type(statement))
            if run is not None and run(self, statement):
                return True
        return False

    def below(self, test: Nature, *blocks: Sequence[ast.stmt]) -> list[bool]:
        """Runs blocks of which a condition decides; for each, whether nothing behind it is reached."""
        outer, around = self.control, self.around
        self.control, self.around = max(outer, test), max(around, test)
        ended = [self.block(block) for block in blocks]
        self.around = around
        # A block that ends decides about everything behind it.
        self.control = self.control if any(ended) else outer
        return ended


def _blames_value(error: ast.expr | None) -> bool:
    """Tells whether an error says that what was given is wrong, or that the code is not written, by whatever makes it."""
    made = error.func if isinstance(error, ast.Call) else error
    return isinstance(made, ast.Call) or last_word(made) in _OF_VALUES


def _goes_on(statement: ast.stmt) -> bool:
    """Tells whether what stands behind a statement is reached for certain, as far as it takes no long look to see that."""
    if isinstance(statement, ast.If):
        known = isinstance(statement.test, ast.Name) or truth(statement.test) is not None
        return not known and all(map(_goes_on, statement.orelse))
    if isinstance(statement, LOOPS):
        return not statement.orelse
    return type(statement) not in _branches.RUNS and not isinstance(statement, TERMINAL)
