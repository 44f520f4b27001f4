"""What an attack is: data about it, and a function from a code to the attacked code."""

from __future__ import annotations

import ast
import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.audit._trees import rewritten
from quality.model import parsed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Apply = Callable[[str, random.Random], str | None]


class Expectation(enum.StrEnum):
    """What must hold of the attacked code's score."""

    #: It is at most so much higher than before.
    NEVER_GAINS = "never_gains"
    #: It is at most so much higher or lower than before.
    INVARIANT = "invariant"
    #: There is none.
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Bound:
    """How far a score may move.

    Attributes:
        alone: Without a reference.
        against: With the size of the code before the attack as reference.
    """

    alone: float
    against: float


#: What nobody would notice.
STRICT = Bound(0.02, 0.02)


@dataclass(frozen=True, slots=True)
class Attack:
    """A manipulation that improves nothing.

    Attributes:
        id: ``family:name``.
        family: What kind of manipulation it is.
        description: What it does, in a sentence.
        expectation: What must hold of the score.
        bound: By how much it may fail to hold.
        natural: True when it says nothing about code that was spoilt on purpose: it may take the spoilt part away.
        function: Makes the attacked code, or None where there is nothing to attack.
    """

    id: str
    family: str
    description: str
    expectation: Expectation
    bound: Bound
    natural: bool
    function: Apply = field(compare=False, repr=False)

    def apply(self, code: str, rng: random.Random) -> str | None:
        """Attacks a code.

        Args:
            code: Python source that parses.
            rng: The only source of chance.

        Returns:
            The attacked code; None when it does not parse, or the attack finds nothing to change.
        """
        if parsed(code) is None:
            return None
        return self.function(code, rng)


@dataclass(frozen=True, slots=True)
class Family:
    """Attacks of one kind, in the order in which a module defines them.

    Attributes:
        name: The family's word.
        description: What its attacks have in common.
        expectation: What must hold, unless an attack says otherwise.
        bound: By how much it may fail to hold, unless an attack says otherwise.
        natural: True when its attacks are for code that was not spoilt on purpose.
        attacks: Filled by the decorators, while the family's module is imported.
    """

    name: str
    description: str
    expectation: Expectation = Expectation.NEVER_GAINS
    bound: Bound = STRICT
    natural: bool = False
    attacks: list[Attack] = field(default_factory=list)

    def seeded(
        self, expectation: Expectation | None = None, bound: Bound | None = None
    ) -> Callable[[Apply], Apply]:
        """Makes an attack of a function of a code and a source of chance; its docstring describes it."""

        def add(function: Apply) -> Apply:
            name = function.__name__.strip("_").replace("_", "-")
            about = (function.__doc__ or "").strip()
            attack = Attack(
                id=f"{self.name}:{name}",
                family=self.name,
                description=about,
                expectation=expectation or self.expectation,
                bound=bound or self.bound,
                natural=self.natural,
                function=function,
            )
            self.attacks.append(attack)
            return function

        return add

    def text(
        self, expectation: Expectation | None = None, bound: Bound | None = None
    ) -> Callable[[Callable[[str], str | None]], Callable[[str], str | None]]:
        """Makes an attack of a function from text to text."""

        def add(function: Callable[[str], str | None]) -> Callable[[str], str | None]:
            def apply(code: str, _rng: random.Random) -> str | None:
                attacked = function(code)
                return None if attacked == code else attacked

            apply.__name__, apply.__doc__ = function.__name__, function.__doc__
            self.seeded(expectation, bound)(apply)
            return function

        return add

    def tree(
        self, expectation: Expectation | None = None, bound: Bound | None = None
    ) -> Callable[[Callable[[ast.Module], bool]], Callable[[ast.Module], bool]]:
        """Makes an attack of a function that changes a syntax tree and tells whether it did."""

        def add(function: Callable[[ast.Module], bool]) -> Callable[[ast.Module], bool]:
            def apply(code: str, _rng: random.Random) -> str | None:
                tree = ast.parse(code)
                return rewritten(tree) if function(tree) else None

            apply.__name__, apply.__doc__ = function.__name__, function.__doc__
            self.seeded(expectation, bound)(apply)
            return function

        return add
