"""Shorter ways to what pylint asks of each name of a text, with the same outcome.

Most of it can only matter where the text has nodes of some kinds, or a name bound in some way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes, util
from astroid.exceptions import NoDefault
from pylint.checkers import variables
from pylint.checkers.variables import NamesConsumer, VariablesChecker

from quality_pylint._index import is_missing, once_a_text
from quality_pylint._places import first_above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_loop_variable: Any = VariablesChecker._loopvar_name  # noqa: SLF001 - it looks every name up
_late_binding: Any = VariablesChecker._check_late_binding_closure  # noqa: SLF001 - it looks at each name's defaults
_inferred: Callable[..., Iterator[Any]] = nodes.Name._infer  # noqa: SLF001 - it makes a context and copies it for each place
_nonlocal_name: Any = variables._is_nonlocal_name  # noqa: SLF001 - it looks at all of a function for each name
_in_tests: Any = NamesConsumer._uncertain_nodes_if_tests  # noqa: SLF001 - it looks for tests above each place

_COMPREHENSIONS = (nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp)


def check_loop_variable(self: Any, node: Any) -> None:
    """Looks at names only that a loop or comprehension binds, and where nothing else does, only outside of its statement."""
    homes: dict[str, Any] = once_a_text("bound-by-loops", lambda: _bound_by_loops(node.root()), None)
    if node.name in homes and not (homes[node.name] is not None and homes[node.name].parent_of(node)):
        _loop_variable(self, node)


def _bound_by_loops(module: Any) -> dict[str, Any]:
    """Each name that loops bind → the statement of the one loop that does, None where something else binds it too."""
    bound: dict[str, list[Any]] = {}
    for scope in module.nodes_of_class(nodes.LocalsDictNodeNG):
        for name, places in scope.locals.items():
            bound.setdefault(name, []).extend(places)
    named: list[Any] = [*module.nodes_of_class(nodes.AssignName)]
    looping = {each.name: each for each in named if isinstance(each.assign_type(), _LOOPS)}
    return {
        name: each.statement() if bound.get(name, []) == [each] else None for name, each in looping.items()
    }


_LOOPS = (nodes.For, nodes.Comprehension)


def check_late_binding(self: Any, node: Any) -> None:
    """Looks at names only of texts that have a function in a loop or comprehension."""
    if once_a_text("functions-in-loops", lambda: _has_functions_in_loops(node.root()), None):
        _late_binding(self, node)


def _has_functions_in_loops(module: Any) -> bool:
    return any(
        isinstance(above, (nodes.For, *_COMPREHENSIONS))
        for each in module.nodes_of_class((nodes.FunctionDef, nodes.Lambda))
        for above in each.node_ancestors()
    )


def is_nonlocal_name(node: Any, frame: Any) -> bool:
    """Tells whether a function says of a name that it is of a function around it."""
    return not is_missing(nodes.Nonlocal) and bool(_nonlocal_name(node, frame))


def uncertain_nodes_if_tests(self: Any, found_nodes: list[Any], node: Any) -> Any:
    """What of the places that bind a name stands in an ``if`` that may be passed by: nothing, where none is in one."""
    if all(first_above(each, nodes.If) is None for each in found_nodes):
        return []
    return _in_tests(self, found_nodes, node)


def infer(self: Any, context: Any = None) -> Iterator[Any]:
    """Infers a name: a parameter without a default is anything, where no call is looked at, and that needs no search."""
    if context is None or context.callcontext:
        return _inferred(self, context)
    places = self.lookup(self.name)[1]
    if len(places) == 1 and is_unknown(places[0]) and not context.push(self):
        return _anything(context)
    return _inferred(self, context)


def _anything(context: Any) -> Iterator[Any]:
    yield util.Uninferable
    context.nodes_inferred += 1  # what bounds an inference


def is_unknown(place: Any) -> bool:
    """Tells whether a name is bound as a parameter whose value only a call can tell."""
    return type(place.parent) is nodes.Arguments and once_a_text("unknown", lambda: _is_unknown(place), place)


def _is_unknown(place: Any) -> bool:
    arguments = place.parent
    if place.name in {arguments.vararg, arguments.kwarg}:
        return False
    if arguments.parent.type != "function" and arguments.arguments[:1] == [place]:
        return False
    try:
        arguments.default_value(place.name)
    except NoDefault:
        return True
    return False


#: (Owner, name, what stands in for it.)
OF_NAMES: tuple[tuple[Any, str, Any], ...] = (
    (nodes.Name, "_infer", infer),
    (VariablesChecker, "_loopvar_name", check_loop_variable),
    (VariablesChecker, "_check_late_binding_closure", check_late_binding),
    (NamesConsumer, "_uncertain_nodes_if_tests", uncertain_nodes_if_tests),
    (variables, "_is_nonlocal_name", is_nonlocal_name),
)
