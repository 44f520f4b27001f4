"""What the methods of a source's classes do with ``self``, computed once for the rules on classes."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import body_of, decorators, dotted_name, positional_of, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Bases that bring no state and no methods.
_PLAIN_BASES = frozenset({"object", "ABC", "Protocol", "Generic"})


@dataclass(frozen=True, slots=True)
class Method:
    """A method and what it uses of its own object.

    Attributes:
        node: The function.
        receiver: Name of its first parameter; empty for a static or class method.
        reads: Attributes of the object that are read, called ones included, with how often.
        writes: Attributes of the object that are bound.
    """

    node: FunctionNode
    receiver: str
    reads: dict[str, int]
    writes: frozenset[str]

    @property
    def used(self) -> frozenset[str]:
        """Attributes that are read or bound."""
        return self.writes | self.reads.keys()


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the source.

    Attributes:
        node: The class.
        methods: Name → method, in order; of several with one name the last.
        bases: Last words of the names of its bases, those without state left out.
    """

    node: ast.ClassDef
    methods: dict[str, Method] = field(default_factory=dict)
    bases: tuple[str, ...] = ()

    @property
    def attributes(self) -> frozenset[str]:
        """Attributes that its methods bind."""
        return frozenset(name for method in self.methods.values() for name in method.writes)


def classes_of(facts: Facts) -> dict[str, Class]:
    """Name → class, in the order of the text; of several with one name the last."""
    return {node.name: _class(facts, node) for node in facts.of(ast.ClassDef)}


def _class(facts: Facts, node: ast.ClassDef) -> Class:
    methods = {entry.name: _method(facts, entry) for entry in node.body if is_function(entry)}
    return Class(node, methods, tuple(_bases(node.bases)))


def _bases(bases: Iterable[ast.expr]) -> Iterable[str]:
    for base in bases:
        named = base.value if isinstance(base, ast.Subscript) else base
        name = dotted_name(named).rpartition(".")[2] or "?"
        if name not in _PLAIN_BASES:
            yield name


def _method(facts: Facts, node: FunctionNode) -> Method:
    reads: dict[str, int] = {}
    writes: set[str] = set()
    first = positional_of(node.args)[:1]
    bound = first and not {"staticmethod", "classmethod"} & set(decorators(node))
    receiver = first[0].arg if bound else ""
    for inside in facts.within(node) if receiver else ():
        if (
            isinstance(inside, ast.Attribute)
            and isinstance(inside.value, ast.Name)
            and inside.value.id == receiver
        ):
            if isinstance(inside.ctx, ast.Load):
                reads[inside.attr] = reads.get(inside.attr, 0) + 1
            else:
                writes.add(inside.attr)
    return Method(node, receiver, reads, frozenset(writes))


def is_accessor(method: Method) -> bool:
    """Tells whether a method does nothing but read or bind one attribute."""
    body = body_of(method.node)
    statement = body[0] if len(body) == 1 else None
    if isinstance(statement, ast.Return):
        return _is_own(statement.value, method.receiver)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        plain = isinstance(statement.value, ast.Name | ast.Constant)
        return plain and _is_own(targets_of(statement)[0], method.receiver)
    return False


def _is_own(node: ast.AST | None, receiver: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver
