"""Which functions promise to do something and do not, and how much of a text that is."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import decorators, dotted_name
from quality_rules._substance import Nature, SilentText, Text
from quality_rules.structure._handing import Handing
from quality_rules.structure._interfaces import Interfaces
from quality_rules.structure._listed import is_table
from quality_rules.structure._tests import Tests, bases_of
from quality_rules.structure._uses import Uses
from quality_rules.structure._wording import answers_others, asks, is_kept, promises_nothing, uses_up

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._substance import Judged

#: Decorators that say that a body is written elsewhere.
_ABSTRACT = frozenset(
    {"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod", "overload"}
)
#: Bases that bring no method to override.
_NEUTRAL = frozenset({"ABC", "Generic", "NamedTuple", "TypedDict", "Enum", "object"})
#: Decorators that do not give an idle body a meaning.
_PLAIN_DECORATORS = frozenset(
    """
    staticmethod classmethod property cached_property cache lru_cache wraps njit jit contextmanager
    asynccontextmanager final override total_ordering
    """.split()  # noqa: SIM905 - short to read
)
#: Decorators of functions that say by a yield what they stand around.
_MANAGING = frozenset({"contextmanager", "asynccontextmanager"})
#: Special methods that set an object up or show it: a class that has no other works no more than one without.
_SETTING_UP = frozenset(
    """
    __init__ __new__ __post_init__ __del__ __enter__ __exit__ __aenter__ __aexit__ __repr__ __str__
    __init_subclass__ __set_name__
    """.split()  # noqa: SIM905 - short to read
)
#: Special methods whose answer nobody asks for: they act or do nothing.
_ACTING = frozenset({"__init__", "__post_init__", "__del__", "__init_subclass__", "__set_name__"})
#: What errors derive from.
_ERRORS = frozenset(
    name
    for name, each in vars(builtins).items()
    if isinstance(each, type) and issubclass(each, BaseException)
)
#: Methods of so small a class may override what its base does with nothing.
_SMALL = 1
#: So many classes are compared with one that does nothing.
_COMPARED = 16

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Promises:
    """Finds the idle among the outermost functions and methods of a source, and lambdas of the module and of classes.

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
        self._handing = facts.derived(Handing)
        self._interfaces = facts.derived(Interfaces)

    def judge(self, function: Function) -> Judged:
        """What a function comes to."""
        return self._text.judge(function)

    @cached_property
    def broken(self) -> dict[Function, Confidence]:
        """The functions that do not keep their promise, with how sure that is.

        A method beside others that work may be a hook, whatever it looks like.
        """
        found: dict[Function, Confidence] = {}
        # A decorator that changes nothing may mark what it decorates for readers.
        marks = set(self._uses.decorating.values())
        several = [unit for units in self.idle_classes.values() if len(units) > 1 for unit in units]
        for unit in dict.fromkeys([*self._idle, *several]):
            owner = self._tests.owner(unit)
            works = owner is not None and owner not in self.idle_classes and not self._tests.is_empty(unit)
            if not self._is_excused(unit):
                found[unit] = Confidence.LOW if works else Confidence.HIGH
                if _name(unit) in marks:
                    found[unit] = Confidence.MEDIUM
                elif self._is_hint(unit):
                    found[unit] = Confidence.LOW
        return found

    def _is_hint(self, unit: Function) -> bool:
        """Tells whether there may be a reason for a function that does nothing, as far as the text shows."""
        return (
            self._puts_together(unit)
            or self._is_default(unit)
            or self._is_called(unit)
            or self._tests.tries(unit)
        )

    def _is_called(self, unit: Function) -> bool:
        """Tells whether a function gives an answer that somebody else asks for, with more than it needs, as it says itself."""
        if self._nature(unit) is not Nature.FIXED:
            return False
        own = {"self", "cls"} if self._tests.owner(unit) else set()
        given = self._text.parameters_of(unit).keys() - own
        unneeded = all(name.startswith("_") for name in given)
        return (bool(given) and unneeded) or (
            answers_others(_name(unit)) and all(map(_is_reply, self._returned(unit)))
        )

    def _returned(self, unit: Function) -> list[ast.expr | None]:
        return [node.value for node in self._facts.within(unit) if isinstance(node, ast.Return)]

    def _is_default(self, unit: Function) -> bool:
        """Tells whether a record answers a question about itself with yes or no: what derives from it may differ."""
        owner = self._tests.owner(unit)
        if owner is None or isinstance(unit, ast.Lambda) or not asks(unit.name):
            return False
        returned = self._returned(unit)
        plain = all(isinstance(value, ast.Constant) and isinstance(value.value, bool) for value in returned)
        return bool(returned) and plain and owner in self._records

    @cached_property
    def _records(self) -> frozenset[ast.ClassDef]:
        """The classes whose objects are set up, and shown or entered, by methods that work."""
        owners = (self._facts.class_of(unit) for unit in self.units if unit not in self._idle)
        works = Counter(owner for owner in owners if owner is not None)
        return frozenset(owner for owner in self.idle_classes if works[owner] > 1)

    def _puts_together(self, unit: Function) -> bool:
        """Tells whether a function makes one value of its arguments, such as a key, for a function that works."""
        arguments = unit.args
        several = len(self._text.parameters_of(unit)) > 1 or arguments.vararg or arguments.kwarg
        return bool(several) and self._nature(unit) is Nature.ECHO and _name(unit) in self._helpers

    def is_of_idle_class(self, function: Function) -> bool:
        """Tells whether a function is one of several methods of a class that does nothing: they are one stub."""
        owner = self._facts.class_of(function)
        return owner is not None and len(self.idle_classes.get(owner, ())) > 1

    def of_nature(self, *natures: Nature) -> list[tuple[Function, Confidence]]:
        """The broken promises of these natures, but for the methods of idle classes."""
        found = ((function, self.sureness(function, *natures)) for function in self.broken)
        return [(function, sure) for function, sure in found if sure is not None]

    def sureness(self, function: Function, *natures: Nature) -> Confidence | None:
        """How sure it is that a function breaks its promise in one of these ways; None when it does not."""
        sure = self.broken.get(function)
        if sure is None or self.is_of_idle_class(function) or self._nature(function) not in natures:
            return None
        return sure

    @cached_property
    def idle_classes(self) -> dict[ast.ClassDef, list[Function]]:
        """The classes with methods of which none does anything, setting up and showing aside, with those methods."""
        methods: dict[ast.ClassDef, list[Function]] = {}
        for unit in self.units:
            owner = self._facts.class_of(unit)
            if owner is not None:
                methods.setdefault(owner, []).append(unit)
        if not methods:
            return {}
        told = {
            owner: [u for u in units if _name(u) not in _SETTING_UP] or units
            for owner, units in methods.items()
        }
        idle = set(self._idle)
        # One constant is a fact; where there is nothing but constants, nothing is done.
        fixed = {unit for unit in self.units if self._nature(unit) in {Nature.FIXED, Nature.ECHO}}
        return {
            owner: units
            for owner, units in told.items()
            if idle.issuperset(units) or (len(units) > 1 and (idle | fixed).issuperset(units))
        }

    @property
    def units(self) -> list[Function]:
        """The functions that are judged."""
        return self._uses.units

    @cached_property
    def _idle(self) -> dict[Function, None]:
        """The functions that do not work, excused or not."""
        return dict.fromkeys(unit for unit in self.units if self._is_idle(unit))

    def _nature(self, unit: Function) -> Nature:
        idle = self._tests.is_empty(unit) or self._never_yields(unit)
        judged = self._text.judge(unit)
        # What only calls the method above it is no stub, though nobody needs it.
        works = judged.hands_up or self.uses_others(unit) or self._interfaces.directs(unit)
        return Nature.NOTHING if idle else Nature.WORK if works else judged.nature

    def _keeps_word(self, unit: Function) -> bool:
        """Tells whether a function does what its name says, or that of its class, which is no work."""
        owner = self._facts.class_of(unit)
        names = self._uses.names_of(unit) if isinstance(unit, ast.Lambda) else [unit.name]
        judged = self._text.judge(unit)
        if is_function(unit) and uses_up(unit):
            return True
        return any(is_kept(name, owner.name if owner else "", judged) for name in names)

    def uses_others(self, unit: Function) -> bool:
        """Tells whether a function is a test of what another module does, or uses it for something of its own."""
        if self._text.judge(unit).nature is not Nature.BORROWED:
            return False
        if is_function(unit) and self._tests.is_test(unit):
            return self._tests.expects(unit)
        return not self._handing.only_hands_on(unit)

    def _never_yields(self, unit: Function) -> bool:
        """Tells whether a function is said to manage a context, and neither yields nor works."""
        if isinstance(unit, ast.Lambda) or _MANAGING.isdisjoint(decorators(unit)):
            return False
        inside = self._facts.within(unit)
        if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside):
            return False
        return self._facts.derived(SilentText).judge(unit).nature < Nature.FORM

    def _is_idle(self, unit: Function) -> bool:
        nature = self._nature(unit)
        if nature is Nature.LISTED:
            return is_table(self._facts, unit, self._text.judge(unit))
        if nature in {Nature.FIXED, Nature.ECHO}:
            own = self._facts.class_of(unit) is not None
            if own and _name(unit) in _ACTING:
                return not self._checks(unit)
            asked = set(self._text.parameters_of(unit)) - ({"self", "cls"} if own else set())
            return bool(asked) and not (own and _gives_itself(unit))
        return nature is Nature.NOTHING or nature is Nature.BORROWED

    def _checks(self, unit: Function) -> bool:
        """Tells whether a function refuses what it does not like."""
        return any(isinstance(node, ast.Raise | ast.Assert) for node in self._facts.within(unit))

    def _is_excused(self, function: Function) -> bool:  # noqa: PLR0911 - one excuse after the other
        """Tells whether an idle body may be what was meant.

        It may for abstract, overriding, registered and alternative definitions, for hooks that working code calls or
        overrides, and for functions that are handed on as values.
        """
        if isinstance(function, ast.Lambda):
            table = self._facts.parent(function)
            works = isinstance(table, ast.Dict) and table not in self._idle_tables
            return (
                self._is_handed_on(function)
                or works
                or self._is_special(function)
                or self._keeps_word(function)
            )
        name = function.name
        if self._is_registered(function):
            return True
        if self._tests.is_empty(function):
            return False
        owner = self._tests.owner(function)
        # A test finds something out, whatever it is called, and overrides nothing.
        test = self._tests.is_test(function)
        if (promises_nothing(name) or self._keeps_word(function)) and not test:
            return True
        if owner is None:
            around = self._facts.class_of(function)
            return self._has_alternative(function) or (around is not None and self._overrides(around))
        if name in self._hooks or (self._interfaces.is_declared(owner) and not test):
            return True
        if _is_dunder(name) and name not in _SETTING_UP and self._nature(function) is Nature.FIXED:
            return True
        if name in _SETTING_UP and function not in self.idle_classes.get(owner, ()):
            return True
        if owner in self.idle_classes:
            small = len(self.idle_classes[owner]) <= _SMALL and not test and name not in _SETTING_UP
            return (
                (small and self._overrides(owner))
                or self._is_overridden(owner)
                or self._is_one_case(owner, name)
                or owner in self._stand_ins
            )
        works = _is_dunder(name) or self._nature(function) > Nature.NOTHING
        return works or self._overrides(owner) or (owner.name, name) in self._cases

    def is_meant(self, function: Function) -> bool:
        """Tells whether a function may do nothing on purpose, whatever else the text does."""
        if isinstance(function, ast.Lambda):
            return self._is_handed_on(function) or self._is_special(function) or self._keeps_word(function)
        if self._is_registered(function) or self._text.judge(function).hands_up:
            return True
        owner = self._facts.class_of(function)
        silent = promises_nothing(function.name) or self._keeps_word(function)
        used = (
            self._has_alternative(function) if owner is None else self._is_one_of_many(function.name, owner)
        )
        return (silent or used) and not self._tests.is_empty(function)

    def _is_registered(self, function: FunctionNode) -> bool:
        """Tells whether somebody else calls a function: by its decorators, or because it is handed on."""
        foreign = set(decorators(function)) - _PLAIN_DECORATORS - self._uses.own
        return bool(foreign) or function.name in self._uses.handed_on

    def _is_one_of_many(self, name: str, owner: ast.ClassDef) -> bool:
        """Tells whether a method is one answer of several, by what its class derives from or what does from it."""
        if self._interfaces.is_declared(owner):
            return True
        if _is_dunder(name):
            return name not in _SETTING_UP
        return owner.name in self._bases_of_text or self._overrides(owner)

    @cached_property
    def declares(self) -> bool:
        """Tells whether a class of the text is more than its methods: by a decorator, or by what it derives from."""
        classes = self._facts.of(ast.ClassDef)
        bases = {dotted_name(base) for node in classes for base in bases_of(node)}
        marks = {dotted_name(each).rpartition(".")[2] for node in classes for each in node.decorator_list}
        # What the text itself defines is judged as it stands there; what nothing binds may be anything.
        foreign = {base for base in bases if base.partition(".")[0] in self._facts.bound} - self._classes
        # An error may say no more than what it is.
        return bool(foreign - {"object"} or marks - _PLAIN_DECORATORS or bases & _ERRORS)

    @cached_property
    def _bases_of_text(self) -> frozenset[str]:
        full = [each for each in self._facts.of(ast.ClassDef) if any(map(is_function, each.body))]
        return frozenset(dotted_name(base).rpartition(".")[2] for each in full for base in bases_of(each))

    @cached_property
    def _idle_tables(self) -> frozenset[ast.Dict]:
        """The tables of functions of which none works."""
        tables = {self._facts.parent(unit) for unit in self._idle if isinstance(unit, ast.Lambda)}
        return frozenset(
            table
            for table in tables
            if isinstance(table, ast.Dict) and all(entry in self._idle for entry in table.values)
        )

    def _is_handed_on(self, node: ast.Lambda) -> bool:
        return not self._uses.handed_on.isdisjoint(self._uses.names_of(node))

    def _is_special(self, node: ast.Lambda) -> bool:
        """Tells whether a lambda is a special method, which may answer with a constant."""
        return any(map(_is_dunder, self._uses.names_of(node)))

    def _has_alternative(self, function: FunctionNode) -> bool:
        """Tells whether the text binds the name to something else too, which works."""
        return self._uses.bound[function.name] > 0 or any(
            other is not function and other not in self._idle for other in self._uses.named[function.name]
        )

    def _overrides(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class has a base that the source imports or defines, and that may have methods."""
        return any(self._may_have_methods(dotted_name(base)) for base in bases_of(owner))

    def _may_have_methods(self, base: str) -> bool:
        if base.rpartition(".")[2] in _NEUTRAL or base.partition(".")[0] not in self._facts.bound:
            return False
        return base not in self._bare

    @cached_property
    def _bare(self) -> frozenset[str]:
        """Names of the classes of the text that have neither a method nor a base."""
        classes = self._facts.of(ast.ClassDef)
        full = {node.name for node in classes if bases_of(node) or any(map(is_function, node.body))}
        return self._classes - full

    def _is_overridden(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class of the text that derives from the owner works."""
        return owner.name in self._overridden

    @cached_property
    def _overridden(self) -> frozenset[str]:
        """Names of the bases of classes that work."""
        return frozenset(
            dotted_name(base).rpartition(".")[2]
            for each in self._facts.of(ast.ClassDef)
            if each not in self.idle_classes and any(map(is_function, each.body))
            for base in bases_of(each)
        )

    def _is_one_case(self, owner: ast.ClassDef, name: str) -> bool:
        """Tells whether a class beside the owner, with a base of the text in common, works by a method of one name.

        Then the owner's is one case of several, for which a constant may be the answer.
        """
        return any((dotted_name(base), name) in self._cases for base in bases_of(owner))

    @cached_property
    def _cases(self) -> frozenset[tuple[str, str]]:
        """Bases of the text, with the names of methods by which classes that derive from them work."""
        return frozenset(
            (base, each.name)
            for other in self._facts.of(ast.ClassDef)
            if other not in self.idle_classes
            for base in {dotted_name(base) for base in bases_of(other)} & self._classes
            for each in other.body
            if is_function(each) and not self._is_idle(each)
        )

    @cached_property
    def _stand_ins(self) -> frozenset[ast.ClassDef]:
        """The classes that do nothing whose methods another class has too, and works by one of them.

        Then it stands where the other may: a cache that keeps nothing, a full price beside discounts. What sets an object
        up or shows it, all classes have.
        """
        working: dict[str, dict[ast.ClassDef, None]] = {}
        for unit in self.units:
            owner = self._tests.owner(unit)
            if owner is not None and owner not in self.idle_classes:
                working.setdefault(_name(unit), {})[owner] = None
        found: set[ast.ClassDef] = set()
        for owner, units in self.idle_classes.items():
            asked = {_name(unit) for unit in units} - _SETTING_UP
            if not asked:
                continue
            names = sorted(asked, key=lambda name: len(working.get(name, ())))
            alike = islice(working.get(names[0], ()), _COMPARED)
            if any(self._serves_as(other, names, working) for other in alike):
                found.add(owner)
        return frozenset(found)

    def _serves_as(
        self, other: ast.ClassDef, names: list[str], working: dict[str, dict[ast.ClassDef, None]]
    ) -> bool:
        """Tells whether a class has all of some methods and works by one of them."""
        has = all(other in working.get(name, ()) for name in names)
        own = {each.name: each for each in other.body if is_function(each)}
        return has and any(name in own and own[name] not in self._idle for name in names)

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(node.name for node in self._facts.of(ast.ClassDef))

    @cached_property
    def _hooks(self) -> frozenset[str]:
        """Names of the methods that functions call which do something besides."""
        found: set[str] = set()
        for call in self._facts.of(ast.Call):
            if isinstance(call.func, ast.Attribute):
                around = [f for f in self._facts.ancestors(call) if is_function(f)]
                if not around or self._asks_for(around[-1], call.func.attr):
                    found.add(call.func.attr)
        return frozenset(found)

    def _asks_for(self, function: Function, name: str) -> bool:
        """Tells whether a function that calls a method makes it a hook, rather than one more stub."""
        if function in self._idle:
            return False
        works = self._text.judge(function).nature > Nature.ECHO
        return works or not self._interfaces.leaves_open(function, name)

    @cached_property
    def _helpers(self) -> frozenset[str]:
        """Names of what functions call that do something."""
        working = [unit for unit in self.units if unit not in self._idle]
        calls = (node for unit in working for node in self._facts.within(unit) if isinstance(node, ast.Call))
        return frozenset(dotted_name(call.func).rpartition(".")[2] for call in calls)


def _name(function: Function) -> str:
    return "" if isinstance(function, ast.Lambda) else function.name


def name_of(function: Function) -> str:
    """A function's name, for messages."""
    return "lambda" if isinstance(function, ast.Lambda) else function.name


def _gives_itself(unit: Function) -> bool:
    """Tells whether a method only gives its own object back."""
    returned = [n.value for n in ast.walk(unit) if isinstance(n, ast.Return)]
    return bool(returned) and all(
        isinstance(value, ast.Name) and value.id in {"self", "cls"} for value in returned
    )


def _is_reply(answer: ast.expr | None) -> bool:
    """Tells whether an answer is a record or a text."""
    text = isinstance(answer, ast.Constant) and isinstance(answer.value, str | bytes)
    return text or isinstance(answer, ast.Dict)


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
