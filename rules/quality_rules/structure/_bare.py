"""Whether a text without a function is anything: data, a declaration, or something that is computed or done."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from quality.model import BUILTINS, cached_property, is_function, is_special
from quality.rules import is_placeholder, root_name
from quality_rules._constants import is_empty, is_several
from quality_rules._handlers import has_another_way
from quality_rules._loops import PURE_BUILTINS
from quality_rules._substance import DOUBLES, GIVING, LOOKUPS, Nature, SilentText, is_known
from quality_rules.structure._computed import Computed
from quality_rules.structure._greeting import shows_any
from quality_rules.structure._lineage import ERRORS, Lineage
from quality_rules.structure._tests import bases_of
from quality_rules.structure._traces import Traces, is_usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Assignment, Facts

_IMPORTS = (ast.Import, ast.ImportFrom)
#: Functions that make a type, with its name and what it has.
_DECLARING = frozenset(
    {
        *(
            "collections.namedtuple",
            "typing.NamedTuple",
            "typing.TypedDict",
            "typing.NewType",
            "typing.TypeVar",
        ),
        *("typing.ParamSpec", "dataclasses.make_dataclass"),
        *(f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")),
    }
)
#: Builtins that make another value of one that is written there.
_CONVERTING = frozenset({"bool", "bytes", "complex", "float", "int", "str"})


class Bare:
    """Judges texts that define no function, nor a lambda.

    Names for nothing (``None``, an empty container, a class without a body) and for what there is already, messages that are
    written there, and imports come to no more than a stub does: nothing is computed, read or changed, and no value is kept,
    as data are. Beside messages, values are what is shown, and ``answer = 42`` is an answer.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._classes = {node.name: node for node in facts.of(ast.ClassDef)}

    @property
    def is_hollow(self) -> bool:
        """Tells whether there is neither data nor a declaration nor anything that is computed, read or changed."""
        facts = self._facts
        if any(map(is_function, facts.functions)) or facts.of(ast.Lambda) or self._declares():
            return False
        computed = facts.derived(Computed)
        if any(map(computed.is_computed, facts.nodes)) or any(map(self._makes, facts.of(ast.Call))):
            return False
        if any(each.conversion > 0 or each.format_spec for each in facts.of(ast.FormattedValue)):
            return False
        if any(map(self._looks_up, facts.of(ast.Subscript))) or any(map(self._tells_each, facts.of(ast.For))):
            return False
        if self._data or (not self._shows and self._keeps()):
            return False
        return facts.derived(SilentText).module_effect <= Nature.FIXED

    @property
    def _shows(self) -> bool:
        """Tells whether a message is written anywhere."""
        return any(self._facts.is_builtin(call.func, "print") for call in self._facts.of(ast.Call))

    def _tells_each(self, loop: ast.For) -> bool:
        """Tells whether a loop goes through several values that are written, and shows each: a message alone has no parts."""
        called = loop.iter.func if isinstance(loop.iter, ast.Call) else None
        held = called.value if isinstance(called, ast.Attribute) else loop.iter
        names = self._facts.names_in(loop.target)
        calls = (call for each in loop.body for call in self._facts.inside(each, ast.Call))
        return is_several(self._facts.display(held)) and any(
            shows_any(self._facts, call, names) for call in calls
        )

    def _keeps(self) -> bool:
        """Tells whether there are data: values, or one that has parts, a name as constants have it, or none at once."""
        values = [value for value in self._values() if self._worth(value)]
        constants = any(
            isinstance(target, ast.Name) and target.id.isupper()
            for each in self._facts.assignments
            for target in each.targets
        )
        return bool(values) and (len(values) > 1 or constants or not _is_one(values[0]))

    def _makes(self, call: ast.Call) -> bool:
        """Tells whether a call makes one value of others: ``max(3, 4)``, ``"a b".split()``, ``math.log(8, 2)``, ``rows.items()``."""
        given = [each for each in call.args if not is_empty(each)]
        if self._facts.is_builtin(call.func, *PURE_BUILTINS):
            converts = len(given) == 1 and isinstance(given[0], ast.Constant)
            return bool(given) and not converts and not self._facts.derived(Traces).is_display(call)
        if self._facts.origin(call.func).partition(".")[0] in GIVING:
            return bool(given)
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(owner, ast.Name):
            return owner.id in self._data
        return isinstance(owner, ast.Constant) and not is_empty(owner)

    def _looks_up(self, part: ast.Subscript) -> bool:
        """Tells whether something is read out of a value, which is no type: ``rows[-1]``."""
        root = root_name(part)
        reads = isinstance(part.ctx, ast.Load) and not isinstance(self._facts.parent(part), ast.AnnAssign)
        return reads and bool(root) and root not in self._facts.imports and not self._is_type(root)

    def _is_type(self, name: str) -> bool:
        return name in self._classes or name in BUILTINS or name[:1].isupper()

    @cached_property
    def _data(self) -> frozenset[str]:
        """The names of containers that are written there, with several entries."""
        return frozenset(
            target.id
            for each in self._facts.assignments
            if is_several(each.value)
            for target in each.targets
            if isinstance(target, ast.Name)
        )

    def _declares(self) -> bool:
        """Tells whether something is said to others: a kind of error, what derives from theirs, names of a package, a version."""
        facts = self._facts
        if facts.derived(Lineage).declares or (not self._shows and self._names()):
            return True
        if any(map(_is_of_package, facts.of(*_IMPORTS))) or any(map(_tries, facts.of(ast.Try))):
            return True
        calls = (call for call in facts.of(ast.Call) if facts.origin(call.func) in _DECLARING)
        return any(len(call.args) > 1 and not is_empty(call.args[1]) for call in calls)

    def _names(self) -> bool:
        """Tells whether names are given that say something to others; what shows a message is a program, and nobody's module."""
        special = (node.id for node in self._facts.of(ast.Name) if isinstance(node.ctx, ast.Store))
        return (
            any(map(self._derives, self._classes.values()))
            or any(map(is_special, special))
            or any(map(_is_alias, self._facts.assignments))
        )

    def _derives(self, node: ast.ClassDef) -> bool:
        """Tells whether a class is derived from another than Python's own, or one of the text: what nothing binds may be anything."""
        roots = {root_name(base) for base in bases_of(node)} - self._classes.keys()
        plain = BUILTINS - ERRORS
        told = [each for each in node.keywords if not is_usual(each)]
        return bool(told) or not roots <= plain

    def _values(self) -> Iterator[ast.expr]:
        """What is given names, by the module and in bodies of classes; of fields the kinds."""
        for node in self._facts.of(ast.AnnAssign):
            if node.value is None:
                yield node.annotation
        for each in self._facts.assignments:
            itself = isinstance(each.value, ast.Name) and any(
                isinstance(target, ast.Name) and target.id == each.value.id for target in each.targets
            )
            if not itself:
                yield each.value

    def _worth(self, value: ast.expr) -> bool:
        """Tells whether a value is written: not nothing, nor another name of what there is already."""
        nothing = isinstance(value, ast.Constant) and value.value in (None, ...)
        if isinstance(value, ast.BoolOp):
            return any(map(self._worth, value.values))
        if isinstance(value, ast.Name) and value.id not in self._facts.bound | BUILTINS:
            return False  # there is no such thing
        if nothing or is_empty(value) or self._is_known(value):
            return False
        if isinstance(value, ast.List | ast.Tuple | ast.Set):
            return any(map(self._worth, value.elts))
        if isinstance(value, ast.Call):
            # A logger is where the messages of whatever is to come go.
            logs = self._facts.origin(value.func) == "logging.getLogger"
            return logs or any(map(self._worth, [*value.args, *(each.value for each in value.keywords)]))
        return True

    def _is_known(self, value: ast.expr) -> bool:
        """Tells whether a value is a function or a class of Python or of a module, or of the text, or a method of nothing.

        So is what stands for any of them in a test. One of two of them is none else.
        """
        if isinstance(value, ast.IfExp):
            return self._is_known(value.body) and self._is_known(value.orelse)
        if isinstance(value, ast.Call):
            return self._facts.origin(value.func).startswith(f"{DOUBLES}.")
        if isinstance(value, ast.Attribute):
            if value.attr in LOOKUPS and isinstance(value.value, ast.Dict | ast.List | ast.Tuple):
                return True  # a table of answers
            root = root_name(value)
            return (bool(root) and self._is_known_name(root)) or not self._worth(value.value)
        return isinstance(value, ast.Name) and self._is_known_name(value.id)

    def _is_known_name(self, name: str) -> bool:
        return (
            name in self._facts.imports
            or name in self._classes
            or self._facts.is_builtin(ast.Name(name), name)
        )


def _is_one(value: ast.expr) -> bool:
    """Tells whether a value is one that is written there, whole or in parts: ``42``, ``6 * 7``, ``1 == 1``, ``float("inf")``."""
    if isinstance(value, ast.BinOp):
        return _is_one(value.left) and _is_one(value.right)
    if isinstance(value, ast.UnaryOp):
        return _is_one(value.operand)
    if isinstance(value, ast.Compare):
        return all(map(_is_one, [value.left, *value.comparators]))
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in _CONVERTING and all(map(_is_one, value.args))
    return isinstance(value, ast.Constant)


def _tries(attempt: ast.Try) -> bool:
    """Tells whether something is done where what is tried fails, or does not."""
    behind = [*attempt.orelse, *attempt.finalbody]
    return has_another_way(attempt) or not all(map(is_placeholder, behind))


def _is_alias(assignment: Assignment) -> bool:
    """``Row = dict[str, int]``, a name for a type."""
    value = assignment.value
    return isinstance(value, ast.Subscript) and root_name(value) in BUILTINS


def _is_of_package(node: ast.AST) -> bool:
    """Tells whether something is imported from the text's own package, from a module that may be, or to be imported from here."""
    if isinstance(node, ast.ImportFrom):
        handed_on = any(alias.name in {"*", alias.asname} for alias in node.names)
        root, _, rest = (node.module or "").partition(".")
        return handed_on or node.level > 0 or not is_known(root) or (bool(rest) and not _is_standard(root))
    return isinstance(node, ast.Import) and any(
        not is_known(alias.name.partition(".")[0]) for alias in node.names
    )


def _is_standard(module: str) -> bool:
    return module in sys.stdlib_module_names
