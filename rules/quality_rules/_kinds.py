"""What kind of value an expression has, where the function it stands in shows it."""

from __future__ import annotations

import ast
import enum
import re
from typing import TYPE_CHECKING

from quality.rules import ASSIGNMENTS, is_text, with_defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts


class Kind(enum.Enum):
    """Kinds of values that rules tell apart."""

    LIST = enum.auto()
    DICT = enum.auto()
    SET = enum.auto()
    TEXT = enum.auto()
    NUMBER = enum.auto()
    FLOAT = enum.auto()
    ITERATOR = enum.auto()


_DISPLAYS: dict[type[ast.AST], Kind] = {
    ast.List: Kind.LIST,
    ast.ListComp: Kind.LIST,
    ast.Dict: Kind.DICT,
    ast.DictComp: Kind.DICT,
    ast.Set: Kind.SET,
    ast.SetComp: Kind.SET,
    ast.GeneratorExp: Kind.ITERATOR,
    ast.JoinedStr: Kind.TEXT,
}
_BUILTINS = {
    "list": Kind.LIST,
    "sorted": Kind.LIST,
    "dict": Kind.DICT,
    "set": Kind.SET,
    "str": Kind.TEXT,
    "input": Kind.TEXT,
    "int": Kind.NUMBER,
    "len": Kind.NUMBER,
    "ord": Kind.NUMBER,
    "float": Kind.FLOAT,
    "map": Kind.ITERATOR,
    "filter": Kind.ITERATOR,
    "zip": Kind.ITERATOR,
    "iter": Kind.ITERATOR,
    "enumerate": Kind.ITERATOR,
    "reversed": Kind.ITERATOR,
}
_METHODS = {
    "split": Kind.LIST,
    "rsplit": Kind.LIST,
    "splitlines": Kind.LIST,
    "readlines": Kind.LIST,
    "strip": Kind.TEXT,
    "lower": Kind.TEXT,
    "upper": Kind.TEXT,
}
_ANNOTATIONS = {
    "list": Kind.LIST,
    "List": Kind.LIST,
    "dict": Kind.DICT,
    "Dict": Kind.DICT,
    "set": Kind.SET,
    "Set": Kind.SET,
    "str": Kind.TEXT,
    "int": Kind.NUMBER,
    "float": Kind.FLOAT,
    "Iterator": Kind.ITERATOR,
    "Generator": Kind.ITERATOR,
}


class Kinds:
    """Kinds of the names of a source's functions; made with ``facts.derived(Kinds)``.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[tuple[ast.AST, str], Kind | None] = {}

    def of(self, node: ast.AST) -> Kind | None:
        """The kind of an expression's value; None where it is not certain."""
        if isinstance(node, ast.Name):
            function = self._facts.function(node)
            return None if function is None else self.of_name(node.id, function)
        return self._of_value(node)

    def of_name(self, name: str, function: FunctionNode) -> Kind | None:
        """The kind of all that a name of a function is bound to."""
        key = (function, name)
        if key not in self._known:
            self._known[key] = None  # for what is bound to itself
            kinds = set(self._bindings(name, function))
            self._known[key] = kinds.pop() if len(kinds) == 1 else None
        return self._known[key]

    def _bindings(self, name: str, function: FunctionNode) -> Iterator[Kind | None]:
        arguments = function.args
        for argument, _ in with_defaults(arguments):
            if argument.arg == name:
                yield annotated(argument.annotation)
        names = self._facts.names(function)
        if name in {getattr(arguments.vararg, "arg", ""), getattr(arguments.kwarg, "arg", "")} | names.shared:
            yield None
        for place in names.stores.get(name, ()):
            above = self._facts.parent(place)
            said = annotated(above.annotation) if isinstance(above, ast.AnnAssign) else None
            if said is not None or (isinstance(above, ast.AnnAssign) and above.value is None):
                yield said
            elif isinstance(above, ASSIGNMENTS) and above.value is not None:
                if not _is_part(above.value, name):
                    yield self._of_value(above.value)
            elif self._facts.function(place) is function and not self._is_comprehended(place):
                yield self._of_unpacked(place, above)

    def _of_unpacked(self, place: ast.Name, display: ast.AST | None) -> Kind | None:
        """The kind of what a name gets in ``first, second = [], {}``."""
        statement = self._facts.parent(display) if isinstance(display, ast.Tuple) else None
        if not isinstance(display, ast.Tuple) or not isinstance(statement, ast.Assign):
            return None
        value = statement.value
        if not isinstance(value, ast.Tuple) or len(value.elts) != len(display.elts):
            return None
        part = value.elts[display.elts.index(place)]
        return None if isinstance(part, ast.Starred) else self._of_value(part)

    def _is_comprehended(self, place: ast.AST) -> bool:
        """Tells whether a name is bound by a comprehension, which has a scope of its own."""
        return any(isinstance(above, ast.comprehension) for above in self._facts.ancestors(place))

    def _of_value(self, node: ast.AST) -> Kind | None:
        kind = _DISPLAYS.get(type(node))
        if kind is not None:
            return kind
        if isinstance(node, ast.Constant):
            return _of_constant(node.value)
        if isinstance(node, ast.Call):
            return self._of_call(node)
        if isinstance(node, ast.BinOp):
            return self._of_operation(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return self._of_value(node.operand) if isinstance(node.operand, ast.Constant) else None
        return None

    def _of_call(self, call: ast.Call) -> Kind | None:
        if isinstance(call.func, ast.Attribute):
            return _METHODS.get(call.func.attr)
        if self._facts.is_builtin(call.func, *_BUILTINS) and isinstance(call.func, ast.Name):
            return _BUILTINS.get(call.func.id) or _BUILTINS.get(self._facts.origin(call.func))
        return None

    def _of_operation(self, node: ast.BinOp) -> Kind | None:
        if is_text(node):
            return Kind.TEXT
        if isinstance(node.op, ast.Mult) and (
            isinstance(node.left, ast.List) or isinstance(node.right, ast.List)
        ):
            return Kind.LIST
        return None


def _is_part(value: ast.AST, name: str) -> bool:
    """Tells whether a value is a slice of what the name was bound to, or that with something added."""
    part = value.left if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add) else value
    if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Slice):
        part = part.value
    return part is not value and isinstance(part, ast.Name) and part.id == name


def annotated(annotation: ast.AST | None) -> Kind | None:
    """The kind that an annotation promises; None for optional and other values."""
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    if isinstance(annotation, ast.Attribute):
        return _ANNOTATIONS.get(annotation.attr)
    return _ANNOTATIONS.get(annotation.id) if isinstance(annotation, ast.Name) else None


def _of_constant(value: object) -> Kind | None:
    if isinstance(value, str):
        return Kind.TEXT
    if isinstance(value, float):
        return Kind.FLOAT
    return Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool) else None


#: How a text begins that says what is wrong. A word alone may be the name of a level or of a state.
_WORDS = "error|failed|failure|invalid"
_PHRASES = r"cannot|can't|could not|unable to|no such|not found|unknown\s+\w+"
_ERROR = re.compile(rf"\W*((?:{_WORDS})[:!\s]|(?:{_PHRASES})\b)", re.IGNORECASE)
#: The same where somebody is answered: then a word alone says it, too.
_REFUSAL = re.compile(
    rf"\W*(?:{_WORDS}|{_PHRASES}|missing|unauthorized|forbidden|bad request)\b", re.IGNORECASE
)


def beginning_of_text(node: ast.expr | None) -> str:
    """What a text begins with, as far as it is written; empty when that is not known."""
    while isinstance(node, ast.BinOp):
        node = node.left
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def is_error_text(node: ast.expr | None) -> bool:
    """Tells whether an expression is a text that says that something is wrong."""
    return bool(_ERROR.match(beginning_of_text(node)))


def is_refusal(node: ast.expr | None) -> bool:
    """Tells whether an expression is a text that answers somebody that something is wrong."""
    return bool(_REFUSAL.match(beginning_of_text(node)))


__all__ = ["Kind", "Kinds", "annotated", "beginning_of_text", "is_error_text", "is_refusal"]
