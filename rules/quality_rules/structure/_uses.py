"""The functions of a source that are judged, and how it uses their names."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import ASSIGNMENTS, body_of, targets_of
from quality_rules._substance import Text
from quality_rules.structure._wording import promises_nothing

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: What the body of a function consists of that only defines others.
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Return, ast.Import, ast.ImportFrom)
_PARTIAL = "functools.partial"
#: Builtins that make another kind of method of a function.
_KINDS_OF_METHODS = ("classmethod", "property", "staticmethod")


class Uses:
    """Knows the functions of a source by their names.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._text = facts.derived(Text)

    @cached_property
    def units(self) -> list[Callable]:
        """The outermost functions and methods, and the lambdas that are such."""
        facts = self._facts
        functions = [f for f in facts.functions if self._is_outermost(f)]
        return [*functions, *(f for f in facts.of(ast.Lambda) if self._is_defined(f))]

    def _is_outermost(self, function: FunctionNode) -> bool:
        """Tells whether a function stands alone: a wrapper that only defines functions and gives them back hides none."""
        around = self._facts.function(function)
        return around is None or (is_function(around) and around in self._wrappers)

    @cached_property
    def _wrappers(self) -> frozenset[FunctionNode]:
        """The outermost functions that are given nothing but their object, and do nothing but define others."""
        return frozenset(
            function
            for function in self._facts.functions
            if self._facts.function(function) is None
            and {"self", "cls"}.issuperset(self._text.parameters_of(function))
            and all(isinstance(each, _DEFINING) for each in body_of(function))
        )

    def is_used(self, function: FunctionNode) -> bool:
        """Tells whether the text names a function again, otherwise than to give it out of a wrapper that only defines it."""
        if function.name not in self._facts.mentioned:
            return False
        around = self._facts.function(function)
        if around is None or around not in self._wrappers:
            return True
        answers = [each for each in around.body if isinstance(each, ast.Return)]
        given = {node for each in answers for node in self._facts.within(each)}
        names = (each for each in self._facts.of(ast.Name) if each.id == function.name)
        return any(each not in given for each in names)

    def _is_defined(self, node: ast.Lambda) -> bool:
        """Tells whether a lambda is a function of the module or a class: bound to a name, or one of a table of such."""
        parent = self._facts.parent(node)
        if isinstance(parent, ast.Dict):
            if parent not in self._tables:
                return False
            parent = self._facts.parent(parent)
        return isinstance(parent, ASSIGNMENTS) and self._facts.function(parent) is None

    @cached_property
    def _tables(self) -> frozenset[ast.Dict]:
        """The tables that hold nothing but lambdas."""
        return frozenset(
            table
            for table in self._facts.of(ast.Dict)
            if all(isinstance(value, ast.Lambda) for value in table.values)
        )

    def names_of(self, node: ast.Lambda) -> list[str]:
        """The names that a lambda is bound to."""
        targets = targets_of(self._facts.parent(node))
        return [target.id for target in targets if isinstance(target, ast.Name)]

    @cached_property
    def named(self) -> dict[str, list[FunctionNode]]:
        """Name → the functions that bear it, methods too."""
        found: dict[str, list[FunctionNode]] = {}
        for function in self._facts.functions:
            found.setdefault(function.name, []).append(function)
        return found

    @cached_property
    def own(self) -> frozenset[str]:
        """The names of all functions."""
        return frozenset(function.name for function in self._facts.functions)

    @cached_property
    def handed_on(self) -> frozenset[str]:
        """Names and attributes that are read otherwise than to be called, to decorate, or to leave a wrapper."""
        used: set[ast.AST] = {node.func for node in self._facts.of(ast.Call)}
        used.update(self.decorating)
        # What is filled in and called at once is called by a detour, and handed to nobody.
        made = [node for node in used if isinstance(node, ast.Call) and node.args]
        used.update(node.args[0] for node in made if self._facts.origin(node.func) == _PARTIAL)
        # A kind of method is made of it, as a decorator does.
        for node in self._facts.of(ast.Call):
            if self._facts.is_builtin(node.func, *_KINDS_OF_METHODS):
                used.update(node.args)
        # What only gets another name is handed to nobody either, unless that name is.
        used.update(self._renamed)
        for wrapper in self._wrappers:
            for statement in wrapper.body:
                if isinstance(statement, ast.Return) and statement.value is not None:
                    used.update(self._facts.within(statement.value))
        # Nor is what an attribute is set of.
        used.update(n.value for n in self._facts.of(ast.Attribute) if not isinstance(n.ctx, ast.Load))
        read = (n for n in self._facts.of(ast.Name) if isinstance(n.ctx, ast.Load) and n not in used)
        names = [n.id for n in read if n.id not in self.named or not self._is_local(n)]
        # A module's own function of this name is another one.
        attributes = [
            n.attr
            for n in self._facts.of(ast.Attribute)
            if n not in used and getattr(n.value, "id", "") not in self._facts.imports
        ]
        found = {*names, *attributes}
        for function, name in reversed(self._renamed.items()):
            if name in found:
                found.add(own_name(function))
        return frozenset(found)

    def is_bound_otherwise(self, name: str) -> bool:
        """Tells whether something else than a function gives a name a value, and not that of a method of this name."""
        return self.bound[name] > self._aliases.get(name, []).count(name)

    def stands_for_more(self, name: str) -> bool:
        """Tells whether the module gives a function one other name alone, whatever happens, that promises something."""
        given = self._aliases.get(name, [])
        if len(given) != 1 or self.bound[given[0]] > 1 or promises_nothing(given[0]):
            return False
        return name in self._renamed_for_sure

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        """Name of a function → the other names that it is given outside of functions."""
        found: dict[str, list[str]] = {}
        for function, other in self._renamed.items():
            found.setdefault(own_name(function), []).append(other)
        return found

    @cached_property
    def _renamed_for_sure(self) -> frozenset[str]:
        """The functions that get another name in the module itself, or right where they are defined, and in no other block."""
        facts = self._facts
        homes = {(function.name, facts.parent(function)) for function in facts.functions}
        places = {function: facts.parent(facts.statement(function)) for function in self._renamed}
        return frozenset(
            own_name(function)
            for function, place in places.items()
            if isinstance(place, ast.Module) or (own_name(function), place) in homes
        )

    @cached_property
    def _renamed(self) -> dict[ast.Name | ast.Attribute, str]:
        """The functions that get another name outside of functions, as they are or partly filled in, with that name."""
        found: dict[ast.Name | ast.Attribute, str] = {}
        classes = {node.name for node in self._facts.of(ast.ClassDef)}
        for statement, (target, *_), value in self._facts.assignments:
            partial = isinstance(value, ast.Call) and self._facts.origin(value.func) == _PARTIAL
            named = value.args[0] if partial and isinstance(value, ast.Call) and value.args else value
            if not isinstance(target, ast.Name) or not isinstance(named, ast.Name | ast.Attribute):
                continue
            foreign = isinstance(named, ast.Attribute) and getattr(named.value, "id", "") not in classes
            if not foreign and own_name(named) in self.own and self._facts.function(statement) is None:
                found[named] = target.id
        return found

    @cached_property
    def decorating(self) -> dict[ast.expr, str]:
        """The decorators that are plain names, with those."""
        return {
            decorator: decorator.id
            for function in self._facts.functions
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Name)
        }

    def _is_local(self, name: ast.Name) -> bool:
        """Tells whether a name is a local of a function around it: a function of the text that bears it is another thing."""
        function = self._facts.function(name)
        while function is not None:
            names = self._facts.names(function)
            if name.id in names.shared:
                return False
            if name.id in names.stores or name.id in names.parameters:
                return not any(self._facts.function(each) is function for each in self.named.get(name.id, ()))
            function = self._facts.function(function)
        return False

    @cached_property
    def bound(self) -> Counter[str]:
        """How often each name is bound by something else than a function; the locals of functions are names of their own."""
        facts = self._facts
        found = Counter(node.name for node in facts.of(ast.ClassDef))
        stored = (node for node in facts.of(ast.Name) if isinstance(node.ctx, ast.Store))
        found.update(node.id for node in stored if not self._is_local(node))
        found.update(alias.asname or alias.name for alias in facts.of(ast.alias))
        return found


def own_name(function: ast.expr) -> str:
    """The name of a function, or of a method behind that of its class."""
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
