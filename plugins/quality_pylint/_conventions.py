"""What frameworks and idioms ask for, and pylint takes for a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._index import once_a_text

if TYPE_CHECKING:
    from collections.abc import Callable

#: Contexts in which a statement is there for the error or the warning that it causes.
_EXPECTING = frozenset(
    {"raises", "warns", "deprecated_call", "assertRaises", "assertRaisesRegex", "assertWarns"}
)
#: Modules that the oldest Python that runs this has no longer, under words that projects use for their own.
_OWN_MODULES = frozenset({"formatter", "parser", "symbol"})
#: What those that call a view, a handler or a callback pass, whether it is needed or not.
_PASSED = frozenset(["args", "context", "ctx", "event", "frame", "kwargs", "request", "sender", "signum"])
#: Methods that are looked up by the name of a class or of a verb: ``visit_Name``, ``do_GET``.
_DISPATCHED = re.compile(r"(?:visit|leave|depart|do)_[A-Z]\w*")
#: A matrix, and the parts that it is split into: ``X``, ``X_train``.
_MATRIX = re.compile(r"[A-Z](?:_[a-z]+)?")
_NUMERICAL = frozenset(
    {"jax", "networkx", "numpy", "pandas", "scipy", "sklearn", "sympy", "tensorflow", "torch"}
)
#: Decorators that leave a function the parameters it is called with.
_PLAIN_DECORATORS = frozenset(
    [
        "abstractmethod",
        "cache",
        "cached",
        "classmethod",
        "contextmanager",
        "lru_cache",
        "override",
        "staticmethod",
        "wraps",
    ]
)


def is_conventional(symbol: str, node: Any) -> bool:
    """Tells whether a convention asks for what pylint reports.

    Args:
        symbol: The message.
        node: What pylint reports.
    """
    ask = _CONVENTIONS.get(symbol)
    return ask is not None and ask(node)


def is_unsure(symbol: str, node: Any) -> bool:
    """Tells whether there is a good reason for what pylint reports, often enough not to be sure.

    A handler for every exception that logs it with its traceback loses nothing. A loop that tries again, and raises
    in its last turn, has no end that returns nothing.
    """
    if symbol == "broad-exception-caught":
        handler = node if isinstance(node, nodes.ExceptHandler) else node.parent
        return isinstance(handler, nodes.ExceptHandler) and _keeps_traceback(handler)
    if symbol == "inconsistent-return-statements":
        last = node.body[-1] if isinstance(node, nodes.FunctionDef) else None
        return isinstance(last, nodes.For | nodes.While) and _raises_in_the_end(last)
    return False


def is_slight(symbol: str, node: Any) -> bool:
    """Tells whether the only thing to correct is a name.

    A loop that runs so many times has to name its number, and whoever takes a row apart all of its parts.
    """
    if symbol != "unused-variable" or not isinstance(node, nodes.AssignName):
        return False
    return isinstance(node.parent, nodes.For | nodes.Tuple | nodes.Starred)


def _raises_in_the_end(loop: Any) -> bool:
    handlers = (handler for each in loop.body if isinstance(each, nodes.Try) for handler in each.handlers)
    return any(list(handler.nodes_of_class(nodes.Raise)) for handler in handlers)


def _keeps_traceback(handler: Any) -> bool:
    if getattr(handler.type, "name", "") != "Exception":
        return False
    values = (part.value for part in handler.body if isinstance(part, nodes.Expr))
    return any(_logs_traceback(value) for value in values if isinstance(value, nodes.Call))


def _logs_traceback(call: Any) -> bool:
    return isinstance(call.func, nodes.Attribute) and (
        call.func.attrname == "exception" or "exc_info" in {each.arg for each in call.keywords}
    )


def _name(node: Any) -> str:
    """The last name of what is called or decorates."""
    named = node.func if isinstance(node, nodes.Call) else node
    return str(getattr(named, "attrname", getattr(named, "name", "")))


def _is_fixture(node: Any) -> bool:
    """A parameter has the name of the fixture that pytest passes for it, or a local that of the fixture it is in."""
    outer = node.root().locals.get(getattr(node, "name", ""), [None])[0]
    decorators = outer.decorators.nodes if isinstance(outer, nodes.FunctionDef) and outer.decorators else ()
    if "fixture" not in map(_name, decorators):
        return False
    return isinstance(node.parent, nodes.Arguments) or node.frame() is outer


def _is_expected_to_fail(node: Any) -> bool:
    """A statement is alone in a context that waits for its error."""
    context = node.statement().parent
    managers = (manager for manager, _ in context.items) if isinstance(context, nodes.With) else ()
    return any(_name(manager) in _EXPECTING for manager in managers)


def _enters_what_it_bound(node: Any) -> bool:
    """``with closing(connect()) as connection, connection:`` closes it and commits."""
    bound = {getattr(target, "name", None) for _, target in node.items}
    return any(isinstance(manager, nodes.Name) and manager.name in bound for manager, _ in node.items)


def _is_own_module(node: Any) -> bool:
    return _packages(node) <= _OWN_MODULES


def _packages(statement: Any) -> set[str]:
    """The first names of the modules that a statement imports."""
    if isinstance(statement, nodes.ImportFrom):
        return {(statement.modname or "").partition(".")[0]}
    if isinstance(statement, nodes.Import):
        return {name.partition(".")[0] for name, _ in statement.names}
    return set()


def _is_of_an_attribute(node: Any) -> bool:
    """A list that an attribute holds is as long as what was put into it since."""
    value = node.value if isinstance(node, nodes.Assign) else None
    return isinstance(value, nodes.Attribute) and isinstance(utils.safe_infer(value), nodes.List)


def _is_set_first(node: Any) -> bool:
    """The attribute's class gets its name first, or is made from one that may set the attribute, or call this first."""
    method = node.frame()
    if not isinstance(method, nodes.FunctionDef) or not isinstance(method.parent, nodes.ClassDef):
        return False
    if method.name == "__set_name__":
        return True
    return _is_made_from_another(method.parent)


def _is_asked_for(node: Any) -> bool:
    """Somebody else decides on a parameter: who calls the function, the fixture that it asks for, a class above."""
    function = node.scope()
    if not isinstance(function, nodes.FunctionDef):
        return False
    decorators = set(map(_name, function.decorators.nodes)) if function.decorators else set()
    return (
        getattr(node, "name", "") in _PASSED
        or not decorators <= _PLAIN_DECORATORS
        or (function.name.startswith("test") and _expects(function))
        or _is_left_open(function)
        or any(_name(call) == "save_hyperparameters" for call in function.nodes_of_class(nodes.Call))
        or _is_overriding(node)
    )


def _expects(function: Any) -> bool:
    """Tells whether a test says what it expects, and may ask for its parameters as fixtures."""
    calls = (_name(call) for call in function.nodes_of_class(nodes.Call))
    asserts = next(function.nodes_of_class(nodes.Assert), None) is not None
    return asserts or any(name.startswith(("assert", "raises", "warns", "fail")) for name in calls)


def _is_left_open(function: Any) -> bool:
    """Tells whether a function ends in NotImplementedError: those below it decide what they need."""
    last = function.body[-1] if function.body else None
    return isinstance(last, nodes.Raise) and last.exc is not None and _name(last.exc) == "NotImplementedError"


def _is_a_class_method(node: Any) -> bool:
    """A decorator, such as a validator's, passes the class; the methods of an interface have no self."""
    decorated = node.decorators is not None and node.argnames()[:1] in (["cls"], ["klass"])
    owner = node.parent
    return decorated or (isinstance(owner, nodes.ClassDef) and "Interface" in map(_name, owner.bases))


def _is_overriding(node: Any) -> bool:
    """A class that is not known here may ask for the parameters, and the name, of a method."""
    function = node if isinstance(node, nodes.FunctionDef) else node.scope()
    owner = function.parent if isinstance(function, nodes.FunctionDef) else None
    return (
        isinstance(owner, nodes.ClassDef)
        and not function.name.startswith("_")
        and _is_made_from_another(owner)
    )


def _is_made_from_another(owner: Any) -> bool:
    """Tells whether a class is made from one that the text does not show."""
    return bool(owner.bases) and not utils.has_known_bases(owner)


def _is_named_by_others(node: Any) -> bool:
    """A framework gives the name of a method, a formula its letters, and what a script computes is no constant."""
    name = getattr(node, "name", "")
    if isinstance(node, nodes.FunctionDef):
        return isinstance(node.parent, nodes.ClassDef) and (
            bool(_DISPATCHED.fullmatch(name)) or _is_overriding(node)
        )
    module = node.root()
    if node.frame() is module and isinstance(node, nodes.AssignName):
        return not any(isinstance(each, nodes.FunctionDef | nodes.ClassDef) for each in module.body)
    return bool(_MATRIX.fullmatch(name)) and once_a_text("numerical", lambda: _is_numerical(module), module)


def _is_numerical(module: Any) -> bool:
    return any(not _NUMERICAL.isdisjoint(_packages(statement)) for statement in module.body)


def _is_deep_elsewhere(node: Any) -> bool:
    """The classes that are many stand in another module: whoever uses a framework has no say in that."""
    own = node.root()
    return all(above.root() is not own for above in node.ancestors())


def _is_asserted(node: Any) -> bool:
    """``assert list(store) == []`` says more than ``assert not list(store)``."""
    return isinstance(node.statement(), nodes.Assert)


#: Message → what tells that a convention asks for it.
_CONVENTIONS: dict[str, Callable[[Any], bool]] = {
    "attribute-defined-outside-init": _is_set_first,
    "confusing-with-statement": _enters_what_it_bound,
    "deprecated-module": _is_own_module,
    "expression-not-assigned": _is_expected_to_fail,
    "invalid-name": _is_named_by_others,
    "no-self-argument": _is_a_class_method,
    "pointless-statement": _is_expected_to_fail,
    "redefined-outer-name": _is_fixture,
    "too-many-ancestors": _is_deep_elsewhere,
    "unbalanced-tuple-unpacking": _is_of_an_attribute,
    "unused-argument": _is_asked_for,
    "use-implicit-booleaness-not-comparison": _is_asserted,
}
