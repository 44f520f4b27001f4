"""What frameworks and idioms ask for, and pylint takes for a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._asked import is_cut_out, is_elsewhere, was_asked
from quality_pylint._decorators import PLAIN_DECORATORS, decorators, last_name
from quality_pylint._definitions import (
    is_a_strategy,
    is_for_the_class_body,
    is_kept_elsewhere,
    is_of_an_interface,
    is_only_read,
    is_passed_on,
    takes_everything,
)
from quality_pylint._handlers import (
    comes_before_a_broad_one,
    handler_of,
    hands_on,
    is_boundary,
    keeps_traceback,
    may_be_handling,
)
from quality_pylint._imports import (
    has_star,
    is_for_its_effect,
    is_handed_out,
    is_handed_out_again,
    packages,
)
from quality_pylint._index import once_a_text
from quality_pylint._names import (
    is_made_from_another,
    is_named_by_others,
    is_only_of_the_script,
    is_overriding,
    is_replaced,
)
from quality_pylint._resources import is_closed_at_last, is_closed_by_others
from quality_pylint._rows import is_of_columns, is_repacked
from quality_pylint._signatures import ARITY, may_take_others

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
#: What a finished command says about how it ended.
_EXIT_CODE = frozenset({"check_returncode", "returncode"})
#: No more contexts of a ``with`` are looked at.
_MOST = 20
#: Methods that run before the others of an object, or behind them all: what they set is there when it is asked for.
_FIRST = frozenset(
    {
        *("__aenter__", "__aexit__", "__enter__", "__exit__", "__set_name__", "__setstate__"),
        *("setup_class", "setup_method"),
    }
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
    in its last turn, has no end that returns nothing. What a method takes is decided by whoever calls it, and a
    function that is given an exception may be called by what handles it. Functions without a single value of a module
    around them may be cut out of it, and a class without ``__init__`` may have one method for all.
    """
    doubt = _DOUBTS.get(symbol)
    return doubt is not None and doubt(node)


def is_slight(symbol: str, node: Any) -> bool:
    """Tells whether the only thing to correct is a name, or an import that may be there for its effect.

    A loop that runs so many times has to name its number, and whoever takes a row apart all of its parts.
    """
    if symbol == "redefined-outer-name":
        return is_only_of_the_script(getattr(node, "name", ""), node.root())
    if symbol == "unused-import":
        return is_for_its_effect(node)
    if symbol != "unused-variable" or not isinstance(node, nodes.AssignName):
        return False
    return isinstance(node.parent, nodes.For | nodes.Tuple | nodes.Starred)


def _is_of_a_method(parameter: Any) -> bool:
    """Tells whether a parameter is one of a method, in its class or cut out of it."""
    names = parameter.frame().argnames() if isinstance(parameter.frame(), nodes.FunctionDef) else []
    return bool(names) and names[0] in {"self", "cls"}


def _keeps_what_it_caught(node: Any) -> bool:
    handler = handler_of(node)
    return handler is not None and keeps_traceback(handler)


def _is_of_no_setup(node: Any) -> bool:
    owner = utils.node_frame_class(node)
    return owner is not None and "__init__" not in owner.locals


def _is_without_values(node: Any) -> bool:
    module = node.root()
    bound = (each for found in module.locals.values() for each in found if isinstance(each, nodes.AssignName))
    return all(each.frame() is not module for each in bound)


def _tries_again(function: Any) -> bool:
    last = function.body[-1] if isinstance(function, nodes.FunctionDef) else None
    return isinstance(last, nodes.For | nodes.While) and _raises_in_the_end(last)


def _raises_in_the_end(loop: Any) -> bool:
    handlers = (handler for each in loop.body if isinstance(each, nodes.Try) for handler in each.handlers)
    return any(list(handler.nodes_of_class(nodes.Raise)) for handler in handlers)


def _is_fixture(node: Any) -> bool:
    """A parameter has the name of the fixture that pytest passes for it, or a local that of the fixture it is in."""
    outer = node.root().locals.get(getattr(node, "name", ""), [None])[0]
    if not _is_a_fixture(outer):
        return False
    return isinstance(node.parent, nodes.Arguments) or node.frame() is outer


def _is_a_fixture(node: Any) -> bool:
    return isinstance(node, nodes.FunctionDef) and "fixture" in map(last_name, decorators(node))


def _is_expected_to_fail(node: Any) -> bool:
    """A statement is alone in a context that waits for its error."""
    context = node.statement().parent
    managers = (manager for manager, _ in context.items) if isinstance(context, nodes.With) else ()
    return any(last_name(manager) in _EXPECTING for manager in managers)


def _is_for_its_effect(node: Any) -> bool:
    """It is expected to fail, or joins what calls made: ``extract >> load`` of tasks, ``rows | "Sum" >> Sum()``."""
    value = node.value if isinstance(node, nodes.Expr) else node
    return _is_expected_to_fail(node) or (isinstance(value, nodes.BinOp) and _joins_what_calls_made(value))


def _joins_what_calls_made(node: Any) -> bool:
    if isinstance(node, nodes.BinOp):
        joined = node.op in {"<<", ">>", "|"}
        return joined and _joins_what_calls_made(node.left) and _joins_what_calls_made(node.right)
    if isinstance(node, nodes.List):
        return all(map(_joins_what_calls_made, node.elts))
    if not isinstance(node, nodes.Name):
        return isinstance(node, nodes.Call) or (isinstance(node, nodes.Const) and isinstance(node.value, str))
    bound = node.frame().locals.get(node.name) or node.root().locals.get(node.name) or [node]
    by = bound[0].parent
    return isinstance(by, nodes.With) or (
        isinstance(by, nodes.Assign | nodes.AnnAssign) and isinstance(by.value, nodes.Call)
    )


def _enters_what_it_bound(node: Any) -> bool:
    """``with closing(connect()) as connection, connection:`` closes it and commits."""
    bound = {getattr(target, "name", None) for _, target in node.items}
    return any(isinstance(manager, nodes.Name) and manager.name in bound for manager, _ in node.items)


def _is_own_module(node: Any) -> bool:
    return packages(node) <= _OWN_MODULES


def _is_of_an_attribute(node: Any) -> bool:
    """A list that an attribute holds is as long as what was put into it since."""
    value = node.value if isinstance(node, nodes.Assign) else None
    return isinstance(value, nodes.Attribute) and isinstance(utils.safe_infer(value), nodes.List)


def _is_set_first(node: Any) -> bool:
    """The method is called before others: by Python, by a test's runner, or by a class that is not known here."""
    method = node.frame()
    if not isinstance(method, nodes.FunctionDef) or not isinstance(method.parent, nodes.ClassDef):
        return _takes_any(getattr(utils.safe_infer(node.expr), "_proxied", None))
    return method.name in _FIRST or _is_a_fixture(method) or is_made_from_another(method.parent)


def _takes_any(owner: Any) -> bool:
    """A class that keeps attributes in its own way takes them from anybody."""
    lineage = (owner, *owner.ancestors()) if isinstance(owner, nodes.ClassDef) else ()
    return any("__setattr__" in each.locals for each in lineage if each.root() is owner.root())


def _is_asked_for(node: Any) -> bool:
    """Somebody else decides on a parameter: who calls the function, the fixture that it asks for, a class above."""
    function = node.scope()
    if not isinstance(function, nodes.FunctionDef):
        return False
    return (
        getattr(node, "name", "") in _PASSED
        or not PLAIN_DECORATORS.issuperset(map(last_name, decorators(function)))
        or (function.name.startswith("test") and _expects(function))
        or _is_left_open(function)
        or any(last_name(call) == "save_hyperparameters" for call in function.nodes_of_class(nodes.Call))
        or is_overriding(node)
        or _is_of_a_metaclass(function)
    )


def _is_of_a_metaclass(function: Any) -> bool:
    """``type`` passes the name, the bases and all that a class statement says to several methods."""
    owner = function.parent
    return (
        function.name.startswith("__")
        and isinstance(owner, nodes.ClassDef)
        and "type" in map(last_name, owner.bases)
    )


def _expects(function: Any) -> bool:
    """Tells whether a test says what it expects, and may ask for its parameters as fixtures."""
    calls = (last_name(call) for call in function.nodes_of_class(nodes.Call))
    asserts = next(function.nodes_of_class(nodes.Assert), None) is not None
    return asserts or any(name.startswith(("assert", "raises", "warns", "fail")) for name in calls)


def _is_left_open(function: Any) -> bool:
    """Tells whether a function ends in NotImplementedError: those below it decide what they need."""
    last = function.body[-1] if function.body else None
    return (
        isinstance(last, nodes.Raise)
        and last.exc is not None
        and last_name(last.exc) == "NotImplementedError"
    )


def _is_a_class_method(node: Any) -> bool:
    """A decorator, such as a validator's, passes the class, or a class that is not known here makes classes."""
    named = node.argnames()[:1] in (["cls"], ["klass"])
    made = node.decorators is not None or (
        isinstance(node.parent, nodes.ClassDef) and is_made_from_another(node.parent)
    )
    return (named and made) or _is_without_self(node)


def _is_without_self(node: Any) -> bool:
    return is_of_an_interface(node) or is_for_the_class_body(node)


def _is_set_above(node: Any) -> bool:
    """A class above, which is not seen here, may have set the attribute long before."""
    owner = utils.node_frame_class(node)
    return owner is not None and is_made_from_another(owner)


def _is_deep_elsewhere(node: Any) -> bool:
    """The classes that are many stand in another module: whoever uses a framework has no say in that."""
    own = node.root()
    return all(above.root() is not own for above in node.ancestors())


def _is_asserted(node: Any) -> bool:
    """``assert list(store) == []`` says more than ``assert not list(store)``."""
    return isinstance(node.statement(), nodes.Assert)


def _is_its_own_default(node: Any) -> bool:
    """``def log(text, form=form)``: the outer name is what the parameter stands for; or it is a fixture."""
    parameters = node.parent
    if _is_fixture(node) or not isinstance(parameters, nodes.Arguments):
        return _is_fixture(node)
    return node.name in once_a_text("defaults", lambda: _defaults(parameters), parameters)


def _defaults(parameters: Any) -> frozenset[str]:
    defaults = (*(parameters.defaults or ()), *(parameters.kw_defaults or ()))
    return frozenset(each.name for each in defaults if isinstance(each, nodes.Name))


def _is_entered_again(node: Any) -> bool:
    """``with pool.acquire(connection) as connection``: what is entered is made from the parameter."""
    context = node.parent
    items = context.items[:_MOST] if isinstance(context, nodes.With) else ()
    made = (manager for manager, target in items if target is node)
    return any(each.name == node.name for manager in made for each in manager.nodes_of_class(nodes.Name))


def _is_without_operator(node: Any) -> bool:
    """No function and no operator calls it."""
    return node.func.attrname in {"__delete__", "__get__", "__length_hint__", "__set__"}


def _is_for_a_tool(node: Any) -> bool:
    """``__tracebackhide__`` is there for who looks into the frame."""
    name = str(getattr(node, "name", ""))
    return name.startswith("__") and name.endswith("__")


def _is_bound_by_then(node: Any) -> bool:
    """The text asked whether there is something to loop over; and ``del name``, behind a loop, leaves nothing of it."""
    bound = node.frame().locals.get(node.name) or [node]
    looped: Any = bound[0].parent.iter if isinstance(bound[0].parent, nodes.For) else None
    named = isinstance(looped, nodes.Name | nodes.Attribute)
    return isinstance(node, nodes.DelName) or (named and was_asked(node, looped.as_string()))


def _is_a_boundary(node: Any) -> bool:
    handler = handler_of(node)
    return handler is not None and (is_boundary(handler) or hands_on(handler))


def _runs_at_once(node: Any) -> bool:
    """The function is a key for something that asks for it before the next turn begins."""
    scope = node.scope()
    keyword = scope.parent if isinstance(scope, nodes.Lambda) else None
    call = keyword.parent if isinstance(keyword, nodes.Keyword) and keyword.arg == "key" else None
    return isinstance(call, nodes.Call) and last_name(call) in {
        "max",
        "min",
        "nlargest",
        "nsmallest",
        "sort",
        "sorted",
    }


def _is_asked_how_it_ended(call: Any) -> bool:
    """What the command comes to is kept, and asked for its exit code."""
    kept = call.parent.targets[0] if isinstance(call.parent, nodes.Assign) else None
    if not isinstance(kept, nodes.AssignName):
        return False
    asked = (each for each in call.scope().nodes_of_class(nodes.Attribute) if each.attrname in _EXIT_CODE)
    return any(isinstance(each.expr, nodes.Name) and each.expr.name == kept.name for each in asked)


def _is_of_a_class_elsewhere(node: Any) -> bool:
    return isinstance(node, nodes.Call) and is_cut_out(node.func)


def _is_a_try(node: Any) -> bool:
    """Tells whether an ``else`` holds what needs the ``try`` above it: so Python's own tutorial asks."""
    return isinstance(node, nodes.Try)


#: Message → what tells that a convention asks for it.
_CONVENTIONS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(ARITY, may_take_others),
    "access-member-before-definition": _is_set_above,
    "arguments-differ": takes_everything,
    "attribute-defined-outside-init": _is_set_first,
    "broad-exception-caught": _is_a_boundary,
    "cell-var-from-loop": _runs_at_once,
    "confusing-with-statement": _enters_what_it_bound,
    "consider-using-with": is_closed_by_others,
    "dangerous-default-value": is_only_read,
    "deprecated-module": _is_own_module,
    "expression-not-assigned": _is_for_its_effect,
    "function-redefined": is_kept_elsewhere,
    "invalid-name": is_named_by_others,
    "keyword-arg-before-vararg": is_passed_on,
    "method-hidden": is_a_strategy,
    "no-else-break": _is_a_try,
    "no-else-continue": _is_a_try,
    "no-else-raise": _is_a_try,
    "no-else-return": _is_a_try,
    "no-member": is_elsewhere,
    "no-method-argument": _is_without_self,
    "no-self-argument": _is_a_class_method,
    "not-callable": _is_of_a_class_elsewhere,
    "pointless-statement": _is_for_its_effect,
    "redefined-argument-from-local": _is_entered_again,
    "redefined-builtin": is_replaced,
    "redefined-outer-name": _is_its_own_default,
    "singleton-comparison": is_of_columns,
    "subprocess-run-check": _is_asked_how_it_ended,
    "too-many-ancestors": _is_deep_elsewhere,
    "try-except-raise": comes_before_a_broad_one,
    "unbalanced-tuple-unpacking": _is_of_an_attribute,
    "undefined-all-variable": has_star,
    "undefined-loop-variable": _is_bound_by_then,
    "unnecessary-dunder-call": _is_without_operator,
    "unnecessary-comprehension": is_repacked,
    "unused-argument": _is_asked_for,
    "unused-import": is_handed_out,
    "unused-variable": _is_for_a_tool,
    "use-implicit-booleaness-not-comparison": _is_asserted,
    "useless-import-alias": is_handed_out_again,
}

#: Message → what tells that it is not sure.
_DOUBTS: dict[str, Callable[[Any], bool]] = {
    "attribute-defined-outside-init": _is_of_no_setup,
    "broad-exception-caught": _keeps_what_it_caught,
    "consider-using-with": is_closed_at_last,
    "global-variable-undefined": _is_without_values,
    "inconsistent-return-statements": _tries_again,
    "misplaced-bare-raise": may_be_handling,
    "unused-argument": _is_of_a_method,
}
