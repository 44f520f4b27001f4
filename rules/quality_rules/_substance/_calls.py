"""What calls are made of, and whether they do anything."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import is_log_call, parameters, root_name
from quality_rules._substance._library import Library
from quality_rules._substance._names import own_name
from quality_rules._substance._nature import (
    ADDS,
    CHANGES,
    DIVIDES,
    LOOKUPS,
    PARTS,
    READS,
    RESHAPES,
    Called,
    Nature,
)
from quality_rules._uncallable import is_uncallable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Filled, Text


#: Methods that change what a container holds.
_ALTERING = ADDS | CHANGES


class Calls(Library):
    """Evaluates calls, whoever defines what they call.

    Args:
        text: Judges the other functions of the text.
        function: What is evaluated.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: Whether it calls the method that it overrides with its own arguments.
        self.hands_up = False
        #: Call of ``map`` or ``filter`` → the generator that it is.
        self.generators: dict[ast.Call, ast.GeneratorExp | None] = {}

    def made_by(self, kind: ast.ClassDef) -> Sequence[Callable]:
        """What makes the objects of a class in another way than usual."""
        raise NotImplementedError

    def asked_of_object(self, node: ast.expr) -> Nature | None:
        """The nature of what an object of the text answers to an operator or a builtin."""
        raise NotImplementedError

    def call(self, node: ast.Call) -> Called:
        """The nature of what a call gives, and of what it does: both are asked for, and by all calls around it."""
        return self.once(node, self._evaluated)

    def _evaluated(self, node: ast.Call) -> Called:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        given = self.most(arguments)
        function = node.func
        if isinstance(function, ast.Call):
            function = self._fallback(function)
        if isinstance(function, ast.Lambda):
            return self._own([function], given)
        if isinstance(function, ast.Name):
            return self._by_name(function.id, node, given)
        if isinstance(function, ast.Call) and root_name(function.func) in self.names.classes:
            return self._own(self._methods(function.func, "__call__"), max(given, self.most(function.args)))
        if isinstance(function, ast.Attribute):
            return self._by_attribute(function, node, given)
        nature = self.of(function)
        made = isinstance(function, ast.Call) and self.facts.is_builtin(function.func, "type")
        if made and nature <= Nature.FIXED and given <= Nature.FIXED:
            return Nature.FIXED, Nature.NOTHING  # an object of a class that is the same each time
        return (nature, nature) if nature is Nature.BORROWED else (Nature.WORK, Nature.WORK)

    def _fallback(self, call: ast.Call) -> ast.expr:
        """``{}.get(key, other)`` is the other one, as nothing is there; any other call stays what it is."""
        function = call.func
        looks = isinstance(function, ast.Attribute) and function.attr == "get" and len(call.args) > 1
        barren = looks and isinstance(function, ast.Attribute) and self.is_barren(function.value)
        return call.args[1] if barren else call

    def _by_name(  # noqa: C901, PLR0911 - from the innermost scope outwards
        self, name: str, node: ast.Call, given: Nature
    ) -> Called:
        if name in self.names.functions:
            origin = self.facts.origin(node.func)
            if origin.partition(".")[0] in self.facts.packages and origin != name:
                return self._imported(origin, node, given)  # it only hands on what it gets
            functions = self.names.visible(name, self.function)
            another = functions == [self.function] and self._is_of_class(node)
            filled = None if another else self._filled(node, given) or self._left(functions, given)
            return filled or self._own([] if another else functions, given)
        if name in self.locals or name in self.parameters:
            if self._is_uncallable(node):
                return Nature.FIXED, Nature.NOTHING  # it raises, whatever it is given
            held = self.locals.get(name)
            return (held, held) if held is Nature.BORROWED else (Nature.WORK, Nature.WORK)
        if name in self.names.classes:
            kind = self.names.visible_class(name, self.function)
            making = self.made_by(kind) if kind is not None else []
            if making and self.is_asked():
                return self._own(making, given)
            asked = self.is_asked() or self.names.is_void(name)
            fixed = given <= Nature.FIXED and asked and self.names.is_record(name)
            return Nature.FIXED if fixed else Nature.WORK, Nature.NOTHING
        if name in self.standing:
            return self._imported(self.facts.origin(node.func), node, given)
        if name in self.facts.imports:
            return self._imported(self.facts.imports[name], node, given)
        if name in self.names.module_values:
            nature = self.text.module_value(name)
            if nature is Nature.BORROWED:
                return nature, nature
            return Nature.WORK, Nature.NOTHING if self.names.is_record_factory(name) else Nature.WORK
        if not self.is_builtin(name):
            return Nature.WORK, Nature.WORK
        if self.hands_on(name, node):
            return given, Nature.NOTHING
        return self._of_library(name, node, given) or self._builtin(name, node, given)

    def _is_of_class(self, node: ast.Call) -> bool:
        """Tells whether a call by the name of the function itself means another.

        A function that has a ``self`` was cut out of its class, where its name means something else.
        """
        function = self.function
        if isinstance(function, ast.Lambda) or not self.facts.is_of_module(function):
            return False
        first = next(iter(parameters(function)), "")
        handed = node.args[0] if node.args else None
        return first in {"self", "cls"} and not (isinstance(handed, ast.Name) and handed.id == first)

    def filled_by(self, node: ast.Call) -> tuple[Filled | None, Mapping[str, ast.expr]]:
        """What comes of a call of a function that changes nothing but what it is handed, and nobody else has; and what it gets."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        functions = self.names.visible(name, self.function) if name in self.names.functions else []
        if len(functions) != 1 or functions[0] is self.function:
            return None, {}
        given_to = handed(node, functions[0])
        own = frozenset(name for name, value in given_to.items() if self._is_own(value))
        return (self.text.filling(functions[0], own) if own else None), given_to

    def _filled(self, node: ast.Call, given: Nature) -> Called | None:
        """A call of a function that changes nothing but what it is handed, and is handed what nobody else has."""
        if given > Nature.ECHO:
            return None
        filled, given_to = self.filled_by(node)
        if filled is None or filled.answer in {Nature.LISTED, Nature.BORROWED}:
            return None
        for name, nature in filled.held.items():
            value = given_to[name]
            if isinstance(value, ast.Name) and self.is_fresh(value.id):
                self._adds(value.id, nature)
        return (given if filled.answer is Nature.ECHO else filled.answer), Nature.NOTHING

    def _is_uncallable(self, node: ast.Call) -> bool:
        """Tells whether what the function calls by a name of its own is a number, a text or a collection."""
        name, function = node.func, self.function
        if not isinstance(name, ast.Name) or not is_function(function):
            return False
        return self.facts.function(node) is function and is_uncallable(self.facts, name, function)

    def _left(self, functions: Sequence[Callable], given: Nature) -> Called | None:
        """A call of a part of the function that does no more than to give names of the function something."""
        part = functions[0] if len(functions) == 1 else None
        if given > Nature.ECHO or part is None or self.facts.function(part) is not self.function:
            return None
        left = self.text.leaving(part)
        if left is None or any(added and not self.is_fresh(name) for name, (_, added) in left.names.items()):
            return None
        for name, (nature, added) in left.names.items():
            most = max(nature, given) if nature > Nature.FIXED else nature
            if added:
                self._adds(name, most)
            else:
                self.changes += 1
                self.bind(name, most)
        return (given if left.answer is Nature.ECHO else left.answer), Nature.NOTHING

    def _own(self, functions: Sequence[Callable], given: Nature) -> Called:
        """A call of a function that the text defines."""
        if not functions:
            return Nature.WORK, Nature.WORK
        if given > Nature.LISTED and self.text.is_any_open(functions):
            return Nature.WORK, Nature.NOTHING
        nature, effect, _ = self.text.most_of(functions)
        if nature is Nature.LISTED:
            for each in functions:
                if self.function in self.names.scope(each):  # what stands outside answers for itself
                    self.examples.take(self.text.judge(each).examples)
        if nature is Nature.ECHO:
            return given, Nature.NOTHING
        if len(functions) == 1 and self.text.judge(functions[0]).ends:
            return Nature.FIXED, self.left(functions[0])  # whoever calls it does no more
        return nature, nature if nature is Nature.BORROWED else effect

    def _by_attribute(  # noqa: C901, PLR0911 - by kind of receiver
        self, function: ast.Attribute, node: ast.Call, given: Nature
    ) -> Called:
        if self.is_imported(function):
            return self._imported(self.facts.origin(function), node, given)
        if self._is_handed_up(function, node):
            self.hands_up = True
            # Whether it does may be the difference.
            sometimes = self.looped or self.control > Nature.FIXED
            return (Nature.WORK, Nature.WORK) if sometimes else (Nature.NOTHING, Nature.NOTHING)
        own = self._own_method(function)
        if own:
            return self._own(own, given)
        if self.names.classes and (self.asked_of_object(function) or Nature.WORK) <= Nature.FIXED:
            return Nature.FIXED, Nature.NOTHING  # whatever is asked of the object is the same
        if is_log_call(node) and (given <= Nature.FIXED or not self._is_for_log()):
            return Nature.FIXED, self._said_or_set(f".{function.attr}")
        if given <= Nature.FIXED and self._is_of_missing_module(function):
            return Nature.FIXED, self._told()
        if self._is_namespace(function.value) and function.attr == "get" and self.falls_back(node, 1):
            return self.of(node.args[1]), Nature.NOTHING
        receiver = self.of(function.value)
        if (
            isinstance(function.value, ast.Name)
            and function.attr in ADDS
            and self.is_fresh(function.value.id)
        ):
            self._added(function.value.id, function.attr, node, given)
            return Nature.FIXED, Nature.NOTHING
        if (
            isinstance(function.value, ast.Name)
            and function.attr in {"append", "add"}
            and self.leave(function.value.id, given, added=True)
        ):
            return Nature.FIXED, Nature.NOTHING
        if receiver <= Nature.FIXED and given <= Nature.FIXED:
            self._changed(function, given)
            return Nature.FIXED, Nature.NOTHING
        if function.attr in _ALTERING and self._is_for_nobody(function.value, node):
            return Nature.FIXED, Nature.NOTHING
        return self._of_method(function, node, receiver, given)

    def _own_method(self, function: ast.Attribute) -> Sequence[Callable]:
        """The methods of the text's classes that a call means."""
        value = function.value
        made = self.facts.only_value(value)
        owner = made.func if isinstance(made, ast.Call) else value
        if isinstance(owner, ast.Name) and (owner.id in {"self", "cls"} or owner.id in self.names.classes):
            return self._methods(owner, function.attr)
        return []

    def _methods(self, owner: ast.expr, name: str) -> Sequence[Callable]:
        """The methods of this name: of the class that an expression names, or of any class."""
        kind = self.names.visible_class(root_name(owner), self.function)
        own = self.names.methods_in.get((kind, name)) if kind is not None else None
        return own or self.names.methods.get(name, [])

    def _is_handed_up(self, function: ast.Attribute, node: ast.Call) -> bool:
        """Tells whether a method only gives its own arguments to the method that it overrides."""
        above = function.value
        same = own_name(self.function) == function.attr
        given = [entry.value if isinstance(entry, ast.Starred) else entry for entry in node.args]
        given += [keyword.value for keyword in node.keywords]
        return (
            same
            and isinstance(above, ast.Call)
            and isinstance(above.func, ast.Name)
            and above.func.id == "super"
            and all(isinstance(entry, ast.Name) and entry.id in self.parameters for entry in given)
        )

    def _is_for_nobody(self, owner: ast.expr, node: ast.Call) -> bool:
        """Tells whether a call changes something of the module that nobody reads, and its answer is dropped."""
        root = root_name(owner)
        local = root in self.locals or root in self.parameters
        return not local and isinstance(self.facts.parent(node), ast.Expr) and self.is_dumb(owner)

    def _of_method(  # noqa: PLR0911 - by kind
        self, function: ast.Attribute, node: ast.Call, receiver: Nature, given: Nature
    ) -> Called:
        """What a method of something gives that is made of more than constants, or is given more."""
        method = function.attr
        if receiver <= Nature.FIXED and given <= Nature.LISTED and method in LOOKUPS and not self.looped:
            if self.is_barren(function.value):
                return self.most(node.args[1:]), Nature.NOTHING
            self.examples.look_up(function.value)
            return Nature.LISTED, Nature.NOTHING
        if receiver <= Nature.FIXED < given <= Nature.LISTED and method in DIVIDES and not self.looped:
            self.examples.look_up(function.value)
            return Nature.LISTED, Nature.NOTHING
        if (
            method == "format"
            and isinstance(function.value, ast.Constant)
            and Nature.FIXED < given <= Nature.FORM
        ):
            return Nature.FORM, Nature.NOTHING
        if receiver is Nature.LISTED and given <= Nature.FIXED and method in PARTS:
            return Nature.LISTED, Nature.NOTHING
        if isinstance(function.value, ast.Name) and method in READS and self.is_fresh(function.value.id):
            return Nature.WORK, Nature.NOTHING
        reshaped = method == "copy" or method in RESHAPES
        if reshaped and receiver in {Nature.ECHO, Nature.FORM} and given <= Nature.FIXED:
            return Nature.FORM, Nature.NOTHING
        if receiver is Nature.BORROWED:
            return Nature.BORROWED, Nature.BORROWED
        # A text that is written there changes nothing, and nobody asks for another form to change what it is of.
        silent = isinstance(function.value, ast.Constant | ast.JoinedStr) or method in RESHAPES
        return Nature.WORK, Nature.NOTHING if silent else Nature.WORK


def handed(node: ast.Call, function: Callable) -> dict[str, ast.expr]:
    """Parameter → the argument that it gets, or those that it packs; empty where that is not written there."""
    places = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    packed = function.args.vararg
    spread = any(isinstance(each, ast.Starred) for each in node.args)
    if spread or any(each.arg is None for each in node.keywords):
        return {}
    more = {packed.arg: ast.Tuple(node.args[len(places) :])} if packed else {}
    if not packed and len(node.args) > len(places):
        return {}
    named = {each.arg: each.value for each in node.keywords if each.arg is not None}
    return {**dict(zip(places, node.args, strict=False)), **more, **named}
