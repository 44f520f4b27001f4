"""Shorter ways to what astroid and pylint would compute again and again, with the same outcome.

Most functions stand in for theirs while the fence is up.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from astroid import nodes
from astroid.interpreter.objectmodel import IMPL_PREFIX, ObjectModel
from astroid.nodes import node_ng
from pylint.checkers import utils
from pylint.checkers.base.basic_checker import BasicChecker
from pylint.checkers.method_args import MethodArgsChecker
from pylint.checkers.refactoring.refactoring_checker import RefactoringChecker

from quality_pylint._index import below, once_a_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ancestors: Any = nodes.ClassDef.ancestors
_mro: Any = nodes.ClassDef.mro
_abstract: Any = utils.unimplemented_abstract_methods
_use_list: Any = RefactoringChecker._check_use_list_literal  # noqa: SLF001 - it writes every call out as text
_constant_test: Any = BasicChecker._check_using_constant_test  # noqa: SLF001 - it infers every condition
_timeout: Any = MethodArgsChecker._check_missing_timeout  # noqa: SLF001 - it looks at every call for one message


def nodes_of_class(self: Any, klass: Any, skip_klass: Any = None) -> Iterator[Any]:
    """Yields a node and all below it that are of a class, without a generator for each."""
    indexed = below(self, klass, skip_klass)
    return _walked(self, klass, skip_klass) if indexed is None else iter(indexed)


def _walked(self: Any, klass: Any, skip_klass: Any) -> Iterator[Any]:
    pending = [self]
    while pending:
        node = pending.pop()
        if isinstance(node, klass):
            yield node
        children = [*node.get_children()]
        if skip_klass is not None:
            children = [child for child in children if not isinstance(child, skip_klass)]
        children.reverse()
        pending += children


def ancestors(self: Any, recurs: bool = True, context: Any = None) -> Iterator[Any]:  # noqa: FBT001, FBT002 - astroid's signature
    """The classes above a class; a builtin's are the same for every text."""
    if _is_builtin(self):
        return iter(_ancestors_of_builtin(self, recurs))
    if context is None:
        return iter(once_a_text("ancestors", lambda: tuple(_ancestors(self, recurs)), self, recurs))
    found: Iterator[Any] = _ancestors(self, recurs, context)
    return found


@functools.cache
def _ancestors_of_builtin(described: Any, recurs: bool) -> tuple[Any, ...]:  # noqa: FBT001 - a part of the key
    return tuple(_ancestors(described, recurs))


def mro(self: Any, context: Any = None) -> Any:
    """The classes in which names are looked up; a builtin's are the same for every text."""
    return [*_mro_of_builtin(self)] if _is_builtin(self) else _mro(self, context)


@functools.cache
def _mro_of_builtin(described: Any) -> Any:
    return _mro(described)


def unimplemented_abstract_methods(node: Any, is_abstract_cb: Any = None) -> Any:
    """The abstract methods that a class leaves open; a builtin's are the same for every text."""
    if is_abstract_cb is None and _is_builtin(node):
        return _abstract_of_builtin(node)
    return _abstract(node, is_abstract_cb)


@functools.cache
def _abstract_of_builtin(described: Any) -> Any:
    return _abstract(described)


def once_for_builtins(theirs: Any) -> Callable[..., Any]:
    """Makes a question about a class one that is asked once of each builtin, and once a text of each other."""
    known = functools.cache(theirs)

    def ours(self: Any, context: Any = None) -> Any:
        if _is_builtin(self):
            return known(self)
        if context is None:
            return once_a_text(theirs.__name__, lambda: theirs(self), self)
        return theirs(self, context)

    return ours


def _is_builtin(described: Any) -> bool:
    above = described.parent
    return type(above) is nodes.Module and above.name == "builtins" and above.parent is None


def attributes(self: ObjectModel) -> list[str]:
    """What a model of objects offers, which its class decides."""
    return _attributes_of(type(self))  # type: ignore[arg-type]


@functools.cache
def _attributes_of(model: type[ObjectModel]) -> list[str]:
    return [name.removeprefix(IMPL_PREFIX) for name in dir(model) if name.startswith(IMPL_PREFIX)]


def is_generator(self: Any) -> bool:
    """Tells whether a function yields. Each of its calls and raises asks, and astroid walks all of it each time.

    It overlooks what yields behind an operator: ``while not (ready := (yield)):``.
    """
    return bool(once_a_text("generator", lambda: _generates(self), self))


def _generates(function: Any) -> bool:
    inside = function.nodes_of_class(nodes.Yield, skip_klass=(nodes.FunctionDef, nodes.Lambda))
    return next(iter(inside), None) is not None


def check_use_list_literal(self: Any, node: Any) -> None:
    """Looks at calls of ``list`` without arguments only."""
    if isinstance(node.func, nodes.Name) and node.func.name == "list" and not (node.args or node.keywords):
        _use_list(self, node)


def check_constant_test(self: Any, node: Any, test: Any) -> None:
    """Does not infer what a comparison comes to: true, false or unknown, and none of these is reported."""
    if not isinstance(test, nodes.Compare):
        _constant_test(self, node, test)


def check_missing_timeout(self: Any, node: Any) -> None:
    """Looks at calls where its message is wanted."""
    if self.linter.is_message_enabled("missing-timeout"):
        _timeout(self, node)


#: (Owner, name, what stands in for it), always.
ALWAYS: tuple[tuple[Any, str, Any], ...] = (
    (node_ng.NodeNG, "nodes_of_class", nodes_of_class),
    (nodes.FunctionDef, "is_generator", is_generator),
    (RefactoringChecker, "_check_use_list_literal", check_use_list_literal),
    (BasicChecker, "_check_using_constant_test", check_constant_test),
    (MethodArgsChecker, "_check_missing_timeout", check_missing_timeout),
)
#: The same, while the fence is up.
SHORTCUTS: tuple[tuple[Any, str, Any], ...] = (
    (node_ng.NodeNG, "__repr__", object.__repr__),  # of what is missing in a list; nobody sees it
    (nodes.ClassDef, "ancestors", ancestors),
    (nodes.ClassDef, "metaclass", once_for_builtins(nodes.ClassDef.metaclass)),
    (nodes.ClassDef, "mro", mro),
    (nodes.ClassDef, "has_dynamic_getattr", once_for_builtins(nodes.ClassDef.has_dynamic_getattr)),
    (ObjectModel, "attributes", attributes),
    (utils, "unimplemented_abstract_methods", unimplemented_abstract_methods),
)
