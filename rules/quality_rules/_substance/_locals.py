"""What is known of the names of a function while it is evaluated."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, TypeVar

from quality.model import BUILTINS, is_function
from quality.rules import root_name
from quality_rules._substance._examples import Examples, written_over
from quality_rules._substance._names import defaults_of
from quality_rules._substance._nature import Nature

if TYPE_CHECKING:
    from collections import abc

    from quality.rules import Facts
    from quality_rules._substance._names import Callable, Names
    from quality_rules._substance._text import Text

_Outcome = TypeVar("_Outcome")
#: So many values that a name is given are looked at.
_MOST_VALUES = 64
#: Expressions that make a container.
_MADE = (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp)
#: Builtins that make one.
_MAKERS = frozenset({"list", "dict", "set", "bytearray", "sorted", "defaultdict", "Counter", "deque"})


class CertainWork(Exception):  # noqa: N818 - it is none
    """A function works, whatever the rest of it comes to."""


class Locals:
    """The state of one function's evaluation.

    The evaluation of expressions is brought by the class that derives from it.

    Args:
        text: Judges the other functions of the text.
        function: What is evaluated.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        self.text = text
        self.facts: Facts = text.facts
        self.names: Names = text.names
        self.function = function
        self.parameters = text.parameters_of(function)
        if lost := written_over(function):
            self.parameters = {name: own for name, own in self.parameters.items() if name not in lost}
        #: Parameter that stands for something imported, unless somebody gives another → that.
        self.standing = {
            name: default
            for name, default in defaults_of(function).items()
            if self.facts.imports and root_name(default) in self.facts.imports and name in self.parameters
        }
        if self.standing:
            self.parameters = {
                name: own for name, own in self.parameters.items() if name not in self.standing
            }
        self.packed = function.args.vararg.arg if function.args.vararg else ""
        self.locals: dict[str, Nature] = {}
        #: The local that it answers for certain, where it is only asked whether it works: ``CertainWork`` is raised as soon as that is.
        self.awaited = ""
        self.sizes: dict[str, Nature] = {}
        #: Attribute of an object that the function makes for itself → what it is given.
        self.fields: dict[str, Nature] = {}
        self.sources: dict[str, list[ast.expr]] = {}
        #: Locals that are given something else than a container that the function makes.
        self._not_made: set[str] = set()
        self.examples = Examples(function, self.names, self.sources)
        self.looped = False
        #: Where the outermost loop begins and ends whose turns something decides about.
        self.turns: tuple[int, int] | None = None
        #: Name that means something else around a comprehension → what it means inside, and from where to where.
        self.inner: dict[str, list[tuple[Nature, int, int]]] = {}
        #: Name → where it is bound, in order.
        self.places: dict[str, list[int]] = {}
        #: Whether it is inside of a loop over the arguments that come packed.
        self.spread = False
        #: Names of loops over arguments: one of many is a choice, as an item by its place is.
        self.elements: set[str] = set()
        #: What decides whether this place is reached.
        self.control = Nature.FIXED
        #: What decides of the blocks around it: who comes behind an early answer finds there what always is there.
        self.around = Nature.FIXED
        #: What decided whether the loop around was come to, if there is one: what decides inside may end a turn of it.
        self.entered: Nature | None = None
        #: Whether it is where an error is handled, if there is one.
        self.handling = False
        #: Name of the function around → what it is given here, and whether that is put into what it holds; None where nobody asks.
        self.leaves: dict[str, tuple[Nature, bool]] | None = None
        #: How often what is known of names changed.
        self.changes = 0
        #: Names with the values that they were given.
        self._given_before: set[tuple[str, ast.expr]] = set()
        #: Expression, with all that decides about it → what it comes to.
        self._known: dict[tuple[object, ...], Any] = {}

    def of(self, node: ast.expr | None) -> Nature:
        """The nature of an expression's value."""
        raise NotImplementedError

    def most(self, nodes: abc.Iterable[ast.expr | None]) -> Nature:
        """The most that any of several expressions is made of."""
        raise NotImplementedError

    def size(self, node: ast.expr) -> Nature:
        """What the length of a container is made of."""
        raise NotImplementedError

    def once(self, node: ast.expr, evaluate: abc.Callable[[Any], _Outcome]) -> _Outcome:
        """What an expression comes to, evaluated again only where that changed something or something has changed since.

        Much is asked of each expression, and by all that are around it: without this, time would double from level to level.
        """
        changes, noted = self.changes, self.examples.noted
        place = (self.control, self.around, self.entered, self.looped, self.turns, self.spread, self.handling)
        state = (node, changes, *place)
        known: _Outcome | None = self._known.get(state)
        if known is None:
            known = evaluate(node)
            if self.changes == changes and self.examples.noted == noted:
                self._known[state] = known
        return known

    def is_builtin(self, name: str) -> bool:
        """Tells whether a name is a builtin's and bound neither in the module nor in the function, or one around it."""
        if name not in BUILTINS or name in self.names.of_module:
            return False
        if name not in self.facts.bound:
            return True
        scopes = [each for each in (self.function, *self.names.scope(self.function)) if is_function(each)]
        return not any(
            name in names.stores or name in names.parameters for names in map(self.facts.names, scopes)
        )

    def is_imported(self, node: ast.expr) -> bool:
        """Tells whether an expression of names begins with an imported one."""
        root = root_name(node)
        imported = root in self.facts.imports or root in self.standing
        return imported and root not in self.locals and root not in self.parameters

    def values_of(self, name: str) -> list[ast.expr]:
        """What a local name is given; of many values the first."""
        return self.sources.get(name, [])[:_MOST_VALUES]

    def bind(self, name: str, nature: Nature, value: ast.expr | None = None) -> None:
        """Gives a local name a nature on top of those that it has."""
        decided = self.decided
        before = self.locals.get(name)
        most = max(before or Nature.NOTHING, nature, decided if decided > Nature.FORM else Nature.FIXED)
        self.locals[name] = most
        if name == self.awaited and most is Nature.WORK:
            raise CertainWork
        self.changes += most is not before
        if value is None:
            return
        self.changes += (name, value) not in self._given_before
        self._given_before.add((name, value))
        self.sources.setdefault(name, []).append(value)
        if not _makes_container(value):
            self._not_made.add(name)
        size = self.sizes.get(name, Nature.FIXED)
        self.sizes[name] = max(size, self.size(value))
        self.changes += self.sizes[name] > size

    def leave(self, name: str, nature: Nature, *, added: bool) -> bool:
        """Gives a name of the function around a nature, where somebody asks for that; false where nobody does, or it is none."""
        if self.leaves is None or not self._is_around(name):
            return False
        decided = self.decided if self.decided > Nature.FORM else Nature.FIXED
        before = self.leaves.get(name, (Nature.NOTHING, False))
        most = Nature.WORK if self.looped else max(before[0], nature, decided)
        self.leaves[name] = most, before[1] or added
        return True

    def _is_around(self, name: str) -> bool:
        """Tells whether a name is bound by the function around, and not by this one."""
        around = self.facts.function(self.function)
        own = name in self.locals or name in self.parameters
        return around is not None and not own and name in self.facts.names(around).stores

    def bind_target(self, target: ast.expr, nature: Nature, value: ast.expr | None = None) -> None:
        """Binds the names of a target."""
        if isinstance(target, (ast.Tuple, ast.List)):
            zipped = isinstance(value, ast.Call) and self.facts.is_builtin(value.func, "zip")
            parts = value.args if zipped and isinstance(value, ast.Call) else []
            own = parts if len(parts) == len(target.elts) else [value] * len(target.elts)
            for entry, part in zip(target.elts, own, strict=True):
                self.bind_target(entry, nature, part)
        elif isinstance(target, ast.Starred):
            self.bind_target(target.value, nature, value)
        elif isinstance(target, ast.Name):
            self.bind(target.id, nature, value)

    @property
    def decided(self) -> Nature:
        """What decides whether a name that is given a value here has it later on."""
        in_turn = self.entered is not None and self.control > self.entered
        return self.control if in_turn else self.around

    def is_fresh(self, name: str) -> bool:
        """Tells whether a local only ever holds containers that the function makes itself."""
        return name in self.locals and name not in self._not_made


def _makes_container(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in _MAKERS
    return isinstance(value, _MADE)
