"""What decorators leave of a function's parameters."""

from __future__ import annotations

from typing import Any

from astroid import nodes, util
from astroid.bases import UnboundMethod
from pylint.checkers import utils

from quality_pylint._index import once_a_text

#: Decorators that leave a function the parameters it is called with.
PLAIN_DECORATORS = frozenset(
    [
        "abstractmethod",
        "asynccontextmanager",
        "cache",
        "cached",
        "classmethod",
        "contextmanager",
        "final",
        "inference_mode",
        "lru_cache",
        "no_grad",
        "override",
        "staticmethod",
        "wraps",
    ]
)
#: Decorators of functions of several kinds, and of classes, that leave the parameters too.
_LEAVING = PLAIN_DECORATORS | {
    "dataclass",
    "overload",
    "runtime_checkable",
    "singledispatch",
    "singledispatchmethod",
    "total_ordering",
    "unique",
}


def last_name(node: Any) -> str:
    """The last name of what is called or decorates."""
    named = node.func if isinstance(node, nodes.Call) else node
    if isinstance(named, nodes.Attribute):
        return str(named.attrname)
    return str(named.name) if isinstance(named, nodes.Name) else ""


def decorators(node: Any) -> list[Any]:
    """The decorators of a function or class."""
    return node.decorators.nodes if getattr(node, "decorators", None) else []


def is_made_by_others(subject: Any) -> bool:
    """Tells whether a decorator of another package, or a class of the text, makes something of a function: a property, or else.

    So it is with a class that such a decorator gives more than it has.

    Args:
        subject: What is used, as if it were the function, or a class.
    """
    found: Any = subject if isinstance(subject, nodes.ClassDef) else utils.safe_infer(subject)
    while isinstance(found, UnboundMethod):
        found = found._proxied  # noqa: SLF001 - there is no public way
    if not isinstance(found, nodes.FunctionDef | nodes.ClassDef):
        return False
    named = (each.func if isinstance(each, nodes.Call) else each for each in decorators(found))
    return any(
        made in {None, util.Uninferable} or (isinstance(made, nodes.ClassDef) and made.root() is found.root())
        for made in map(utils.safe_infer, named)
    )


def is_result_of_others(subject: Any) -> bool:
    """Tells whether something was returned by a function of which a decorator of another package made something else.

    Args:
        subject: What is used: a call, or a name.
    """
    bound: Any = subject.lookup(subject.name)[1] if isinstance(subject, nodes.Name) else ()
    values = [each.parent.value for each in bound if isinstance(each.parent, nodes.Assign)]
    calls = (each for each in [subject, *values] if isinstance(each, nodes.Call))
    return any(is_made_by_others(call.func) for call in calls)


def leaves_parameters(decorator: Any) -> bool:
    """Tells whether whoever calls what is decorated has to pass what the parameters ask for.

    A decorator that nothing is known of may pass arguments of its own, take some, or make another thing altogether:
    a command that reads them from somewhere else. ``functools.wraps`` keeps the name and not the arguments.
    """
    if last_name(decorator) in _LEAVING:
        return True
    named = decorator.func if isinstance(decorator, nodes.Call) else decorator
    known: list[Any] = decorator.root().locals.get(getattr(named, "name", ""), [])
    own = known[0] if len(known) == 1 else None
    return isinstance(own, nodes.FunctionDef) and bool(once_a_text("hands-on", lambda: _hands_on(own), own))


def _hands_on(decorator: Any) -> bool:
    """Tells whether a decorator calls what it decorates with what it was given, no more and no less, or gives it back."""
    calls = [call for call in decorator.nodes_of_class(nodes.Call) if call.starargs or call.kwargs]
    if calls:
        return all(_passes_all(call) for call in calls)
    functions = [*decorator.nodes_of_class(nodes.FunctionDef)]
    parameters = {name for function in functions for name in function.argnames()}
    returned = (each.value for each in decorator.nodes_of_class(nodes.Return))
    return any(isinstance(value, nodes.Name) and value.name in parameters for value in returned)


def _passes_all(call: Any) -> bool:
    """Tells whether a call passes all arguments of the function that it stands in, in their order, and nothing else.

    What that function has a default for need not be given.
    """
    parameters = getattr(call.scope(), "args", None)
    if (
        parameters is None
        or parameters.kwonlyargs
        or parameters.defaults
        or len(call.keywords) != len(call.kwargs)
    ):
        return False
    named = [getattr(each, "name", None) for each in call.args if not isinstance(each, nodes.Starred)]
    own = [each.name for each in (*parameters.posonlyargs, *parameters.args)]
    return len(call.starargs) == len(call.kwargs) == 1 and named == own
