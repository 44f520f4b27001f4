"""Why a function may do no work: who else writes it, calls it or stands beside it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function, is_special
from quality.rules import body_of, decorators, dotted_name, is_type_checking, root_name, with_defaults
from quality_rules._substance import Nature, Text
from quality_rules._words import words
from quality_rules.structure._beside import Beside
from quality_rules.structure._idleness import SETTING_UP, Idleness
from quality_rules.structure._interfaces import Interfaces
from quality_rules.structure._lineage import PLAIN_DECORATORS, Lineage
from quality_rules.structure._tests import Tests, bases_of, emptiness
from quality_rules.structure._uses import Uses
from quality_rules.structure._wording import asks, is_kept, is_marker, promises_nothing, uses_up

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: Special methods that must give something back.
_DEMANDED = frozenset(
    {
        "__bool__",
        "__bytes__",
        "__float__",
        "__format__",
        "__hash__",
        "__int__",
        "__iter__",
        "__len__",
        "__repr__",
        "__str__",
    }
)
#: Special methods that are asked for something, and are all that is asked where a class has no other.
_QUESTIONED = frozenset({"__call__", "__class_getitem__", "__contains__", "__getattr__", "__getitem__"})
#: What decorators are called whose functions others write, or that are empty for another reason.
_DECLARING = re.compile(
    r"abstract|command|declar|event|extern|group|hook|interface|overload|signal|signature|skip|spec|stub|xfail"
)
#: Parameters that frameworks hand to every function which they call, whether it needs them or not.
_OF_FRAMEWORKS = words("app context ctx event request sender session")
#: Methods of so small a class may override what its base does with nothing.
_SMALL = 1
#: Fewest methods of one name in related classes that may tell these apart.
_CASES = 2
#: Decorators of functions whose work others of the same name do.
_OPENING = frozenset({"overload", "singledispatch", "singledispatchmethod"})
#: Decorators of functions whose work others do, and of those that make something for tests.
_LEAVING = _OPENING | {"abstractmethod", "abstractproperty", "fixture"}


class Excuses:
    """Knows what a function that does no work is there for.

    Nothing that stands elsewhere in the text and has nothing to do with a function excuses it: what is added to a
    text must not make its stubs look better.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._text = facts.derived(Text)
        self._tests = facts.derived(Tests)
        self._uses = facts.derived(Uses)
        self._interfaces = facts.derived(Interfaces)
        self._lineage = facts.derived(Lineage)
        self._idleness = facts.derived(Idleness)
        self._beside = facts.derived(Beside)
        #: Name of a method and head of related classes → whether these differ by it.
        self._apart: dict[tuple[str, str], bool] = {}

    def covers(self, function: Callable) -> bool:
        """Tells whether an idle body may be what was meant.

        It may for abstract, overriding, registered and alternative definitions, for hooks that working code calls or
        overrides, and for functions that are handed on as values.
        """
        if isinstance(function, ast.Lambda):
            return self._covers_lambda(function)
        return self._is_registered(function) or self._covers_unregistered(function)

    def _covers_unregistered(self, function: FunctionNode) -> bool:
        if self._is_for_type_checkers(function):
            return True
        if self._tests.is_empty(function):
            return False
        # A test finds something out, whatever it is called, and overrides nothing.
        test = self._tests.is_test(function)
        silent = self._is_silent(function) and not self._uses.stands_for_more(function.name)
        if (silent or self._keeps_word(function)) and not test:
            return True
        owner = self._tests.owner(function)
        if owner is None:
            around = self._facts.class_of(function)
            left = around is not None and (self._may_override(around) or self._interfaces.is_declared(around))
            return left or self._has_alternative(function)
        return self._covers_method(function, owner, test=test)

    def _is_for_type_checkers(self, function: FunctionNode) -> bool:
        """Tells whether a method is only declared, for type checkers: it never runs."""
        block = self._facts.parent(function)
        declared = isinstance(block, ast.If) and function in block.body and is_type_checking(block.test)
        return declared and self._facts.class_of(function) is not None

    def _covers_lambda(self, node: ast.Lambda) -> bool:
        table = self._facts.parent(node)
        works = isinstance(table, ast.Dict) and table not in self._idle_tables
        return self._is_handed_on(node) or works or self._is_special(node) or self._keeps_word(node)

    def _covers_method(self, method: FunctionNode, owner: ast.ClassDef, *, test: bool) -> bool:
        name = method.name
        if self._is_hook(name, owner) or (
            (self._interfaces.is_declared(owner) or is_marker(owner)) and not test
        ):
            return True
        if name in _DEMANDED and emptiness(method) == "has an empty body":
            return False
        if name in SETTING_UP:
            if method not in self._idleness.classes.get(owner, ()):
                return True
        elif is_special(name) and self._idleness.nature_of(method) is Nature.FIXED:
            # What answers to whatever it is asked may do so beside other methods, or in place of a base's.
            return name not in _QUESTIONED or owner not in self._idleness.classes or bool(bases_of(owner))
        if owner in self._idleness.classes:
            return self._is_one_of_several(owner, name, test=test)
        works = is_special(name) or self._idleness.nature_of(method) > Nature.NOTHING
        return works or self._lineage.overrides(owner) or self._beside.is_filled_in(owner, name)

    def _is_one_of_several(self, owner: ast.ClassDef, name: str, *, test: bool) -> bool:
        """Tells whether a class that does nothing stands beside, below or above one that works."""
        small = len(self._idleness.classes[owner]) <= _SMALL and not test and name not in SETTING_UP
        below = small and self._lineage.overrides(owner)
        return below or self._is_policy(owner) or self._beside.is_alternative(owner, name)

    def _is_policy(self, owner: ast.ClassDef) -> bool:
        """Tells whether each method of a class answers a question of its base, or of what it is mixed into, with yes or no."""
        units = self._idleness.classes.get(owner, [])
        decides = all(is_function(unit) and asks(unit.name) and _is_plain(unit) for unit in units)
        return bool(units) and decides and (owner.name.endswith("Mixin") or self._lineage.overrides(owner))

    def _may_override(self, owner: ast.ClassDef) -> bool:
        """Tells whether a static method may stand for one of a base; of a class that works, the text need not have the base."""
        works = owner not in self._idleness.classes
        return self._lineage.overrides(owner) or (works and bool(bases_of(owner)))

    def is_meant(self, function: Callable) -> bool:
        """Tells whether a function may do nothing on purpose, whatever else the text does."""
        if isinstance(function, ast.Lambda):
            return self._is_handed_on(function) or self._is_special(function) or self._keeps_word(function)
        if self._is_registered(function) or self._text.judge(function).hands_up:
            return True
        owner = self._facts.class_of(function)
        silent = self._is_silent(function) or self._keeps_word(function)
        used = self._has_alternative(function) if owner is None else self._is_one_of_many(function, owner)
        return (silent or used) and not self._tests.is_empty(function)

    def _is_silent(self, function: FunctionNode) -> bool:
        """Tells whether a function says by its name that it does nothing, and has nobody else do anything."""
        return promises_nothing(function.name) and self._text.nature(function) is not Nature.BORROWED

    def _keeps_word(self, unit: Callable) -> bool:
        """Tells whether a function does what its name says, or that of its class, which is no work."""
        owner = self._facts.class_of(unit)
        names = self._uses.names_of(unit) if isinstance(unit, ast.Lambda) else [unit.name]
        judged = self._text.judge(unit)
        if is_function(unit) and uses_up(unit):
            return True
        if judged.copies and len(_required(unit)) > 1:
            return False  # it is no copy of one thing, if there is another
        return any(is_kept(name, owner.name if owner else "", judged) for name in names)

    def _is_registered(self, function: FunctionNode) -> bool:
        """Tells whether somebody else calls a function: by its decorators, or because it is handed on.

        Nobody registers special methods, which Python calls; a constructor may be filled in by its decorator.
        """
        foreign = set(decorators(function)) - PLAIN_DECORATORS - self._uses.own
        if is_special(function.name) and function.name != "__init__":
            foreign &= _OPENING | {"abstractmethod"}
        if foreign <= _OPENING and not self._is_opened(function):
            foreign = set()
        return bool(foreign) or function.name in self._uses.handed_on

    def is_only_marked(self, function: Callable) -> bool:
        """Tells whether nothing but its decorators excuses a function that answers whatever it gets, or refuses to.

        They may fill in what is empty, where they or its parameters say so, and a generator is run by them.
        """
        if isinstance(function, ast.Lambda) or not function.decorator_list:
            return False
        left = _LEAVING
        if self._text.nature(function) is Nature.BORROWED:
            left = left - _OPENING  # what stands in for others of its name is no work of others
        if function.name in self._uses.handed_on or not left.isdisjoint(decorators(function)):
            return False
        if not _required(function):
            return False
        empty = emptiness(function) == "has an empty body"
        if empty and (_is_declared(function) or _asks_for_rest(function)):
            return False
        runs = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in self._facts.within(function))
        return not runs and not self._covers_unregistered(function)

    def is_one_case(self, function: Callable) -> bool:
        """Tells whether a decorator is told for what a function is the answer: ``@shown.register(int)``, ``@app.errorhandler(404)``."""
        marks = [] if isinstance(function, ast.Lambda) else function.decorator_list
        return any(isinstance(each, ast.Call) and each.args for each in marks)

    def _is_opened(self, function: FunctionNode) -> bool:
        """Tells whether what a decorator leaves to others is there: an implementation of overloads, or a registered one.

        A function without the import of its decorator was cut out of a text that has the rest.
        """
        roots = [each.func if isinstance(each, ast.Call) else each for each in function.decorator_list]
        if not any(root_name(each) in self._facts.imports for each in roots):
            return True
        owner = self._facts.class_of(function)
        beside = (each for each in self._uses.named[function.name] if self._facts.class_of(each) is owner)
        if any(_OPENING.isdisjoint(decorators(other)) for other in beside):
            return True
        registered = f"{function.name}.register"
        return any(dotted_name(each) == registered for each in self._facts.of(ast.Attribute))

    def _is_one_of_many(self, method: FunctionNode, owner: ast.ClassDef) -> bool:
        """Tells whether a method is one answer of several, by what its class derives from or what does from it."""
        if self._interfaces.is_declared(owner):
            return True
        if is_special(method.name):  # to be called says nothing about an object
            return method.name not in SETTING_UP and method.name != "__call__"
        if self._lineage.overrides_others(owner) or self._is_policy(owner):
            return True
        # What gives an argument back is no case of anything; a constant or a message may be what tells classes apart.
        many = owner.name in self._lineage.bases or self._lineage.overrides(owner)
        return many and self._text.nature(method) is not Nature.ECHO and self._tells_apart(method, owner)

    def _tells_apart(self, method: FunctionNode, owner: ast.ClassDef) -> bool:
        """Tells whether the methods of one name that related classes have differ from one another, if there are several."""
        head = self._lineage.head_of(owner)
        key = (method.name, head)
        if key not in self._apart:
            named = self._uses.named[method.name]
            owners = ((each, self._facts.class_of(each)) for each in named)
            cases = [each for each, its in owners if its is not None and self._lineage.head_of(its) == head]
            self._apart[key] = len(cases) < _CASES or len(set(map(_said, cases))) > 1
        return self._apart[key]

    @cached_property
    def _idle_tables(self) -> frozenset[ast.Dict]:
        """The tables of functions of which none works."""
        tables = {self._facts.parent(unit) for unit in self._idleness.idle if isinstance(unit, ast.Lambda)}
        return frozenset(
            table
            for table in tables
            if isinstance(table, ast.Dict) and all(entry in self._idleness.idle for entry in table.values)
        )

    def _is_handed_on(self, node: ast.Lambda) -> bool:
        return not self._uses.handed_on.isdisjoint(self._uses.names_of(node))

    def _is_special(self, node: ast.Lambda) -> bool:
        """Tells whether a lambda is a special method, which may answer with a constant."""
        return any(map(is_special, self._uses.names_of(node)))

    def _has_alternative(self, function: FunctionNode) -> bool:
        """Tells whether the text binds the name to something else too, which works: in the module, or in the function's own class."""
        if self._uses.is_bound_otherwise(function.name):
            return True
        owner = self._facts.class_of(function)
        working = self._working.get(function.name, Counter())
        if owner is None:
            others = working.get(None, 0)
        elif owner in self._idleness.classes:
            others = sum(working.values()) - working.get(None, 0)
        else:  # a class that works in all else is no other case of one that has nothing to do with it
            others = working.get(self._lineage.head_of(owner), 0)
        return others > (function not in self._idleness.idle)

    @cached_property
    def _working(self) -> dict[str, Counter[str | None]]:
        """How many functions of a name work: in each family of classes, and in none."""
        found: dict[str, Counter[str | None]] = {}
        for function in self._facts.functions:
            if function not in self._idleness.idle:
                owner = self._facts.class_of(function)
                family = None if owner is None else self._lineage.head_of(owner)
                found.setdefault(function.name, Counter())[family] += 1
        return found

    def _is_hook(self, name: str, owner: ast.ClassDef) -> bool:
        """Tells whether working code calls a method of this name: of whatever object, or of its own, which may be one of the class."""
        return not self._hooks.get(name, frozenset()).isdisjoint({None, self._lineage.head_of(owner)})

    @cached_property
    def _hooks(self) -> dict[str, set[str | None]]:
        """The methods that functions call which do something besides, or the module for an object of others, by their names.

        With each the families of classes whose methods call it of their own object; none where it is called of another.
        """
        found: dict[str, set[str | None]] = {}
        for call in self._facts.of(ast.Call):
            if isinstance(call.func, ast.Attribute):
                around = [f for f in self._facts.ancestors(call) if is_function(f)]
                hook = self._asks_for(around[-1], call.func.attr) if around else not self._is_own(call.func)
                if hook:
                    of_itself = isinstance(call.func.value, ast.Name) and call.func.value.id in {
                        "self",
                        "cls",
                    }
                    caller = self._facts.class_of(around[-1]) if around and of_itself else None
                    family = None if caller is None else self._lineage.head_of(caller)
                    found.setdefault(call.func.attr, set()).add(family)
        return found

    def _is_own(self, method: ast.Attribute) -> bool:
        """Tells whether the module asks an object that it makes of a class of the text: what that does is what was promised."""
        made = self._facts.only_value(method.value)
        return isinstance(made, ast.Call) and dotted_name(made.func) in self._lineage.classes

    def _asks_for(self, function: Callable, name: str) -> bool:
        """Tells whether a function that calls a method makes it a hook, rather than one more stub."""
        if function in self._idleness.idle:
            return False
        judged = self._text.judge(function)
        if judged.nature is Nature.LISTED and not judged.examples:
            return False  # it gives what the method has listed
        works = judged.nature > Nature.ECHO
        return works or not self._interfaces.leaves_open(function, name)


def _required(unit: Callable) -> list[ast.arg]:
    """The parameters of a function that somebody has to give, its object aside."""
    pairs = with_defaults(unit.args)
    return [each for each, default in pairs if default is None and each.arg not in {"self", "cls"}]


def _is_declared(function: FunctionNode) -> bool:
    """Tells whether a decorator says by its name that others write the function, or that it only marks a place."""
    return any(_DECLARING.search(name.lower()) for name in decorators(function))


def _asks_for_rest(function: FunctionNode) -> bool:
    """Tells whether a function takes whatever else it is given, or what somebody else hands to all of its kind."""
    given = {each.arg for each in _required(function)}
    return function.args.kwarg is not None or not given - _OF_FRAMEWORKS


def _said(unit: FunctionNode) -> str:
    """The body of a function, layout and documentation aside."""
    return "".join(map(ast.dump, body_of(unit)))


def _is_plain(unit: FunctionNode) -> bool:
    """Tells whether a function does nothing but to give yes or no."""
    only = body_of(unit)
    value = only[0].value if len(only) == 1 and isinstance(only[0], ast.Return) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)
