"""Handlers for every exception: which of them lose nothing."""

from __future__ import annotations

import itertools
import re
from typing import Any

from astroid import nodes

from quality_pylint._decorators import decorators, last_name
from quality_pylint._index import once_a_text

#: What a parameter is called that is an exception.
_ERRORS = frozenset({"e", "err", "error", "exc", "exception"})
#: Methods that take an exception, to raise it elsewhere or to tell of it.
_TAKING = frozenset({"call_exception_handler", "handleError", "set_exception"})
#: Classes of what came out, where that was an exception: whoever gets it has to ask.
_FAILURE = re.compile(r"^_*[A-Z]\w*(?:Err|Fail|Outcome|Result|Left)|^(?:Err|Fail|Outcome|Result|Left)")


def handler_of(node: Any) -> Any:
    """The handler that pylint reports, or the type of; None for something else."""
    handler = node if isinstance(node, nodes.ExceptHandler) else node.parent
    return handler if isinstance(handler, nodes.ExceptHandler) else None


def caught_by(handler: Any) -> list[str]:
    """The last words of what a handler names; nothing for one that catches everything."""
    kinds = handler.type.elts if isinstance(handler.type, nodes.Tuple) else [handler.type]
    return [last_name(each) for each in kinds if each is not None]


def is_caught_by_another_name(caught: Any) -> bool:
    """Tells whether a handler catches again what one above it does, under another name.

    ``IOError``, ``socket.error`` and ``select.error`` are ``OSError`` since Python 3.3, and were classes of their own.

    Args:
        caught: What pylint reports.
    """
    handler: Any = handler_of(caught)
    attempt: Any = None if handler is None else handler.parent
    if not isinstance(attempt, nodes.Try):
        return False
    above = itertools.takewhile(lambda each: each is not handler, attempt.handlers)
    return not {each for one in above for each in caught_by(one)}.intersection(caught_by(handler))


def may_be_handling(raised: Any) -> bool:
    """Tells whether what raises again may be called by a handler: it is given an exception, asks for the present one, or does nothing else."""
    function = raised.frame()
    if not isinstance(function, nodes.FunctionDef):
        return False
    if function.body == [raised]:
        return True
    calls = [*function.nodes_of_class(nodes.Call)]
    asked = {*map(last_name, calls), *(each.arg for call in calls for each in call.keywords)}
    if not _ERRORS.isdisjoint(function.argnames()) or "exc_info" in asked:
        return True
    module = raised.root()
    return function.name in once_a_text("called-by-handlers", lambda: _called_by_handlers(module), module)


def _called_by_handlers(module: Any) -> frozenset[str]:
    handlers = module.nodes_of_class(nodes.ExceptHandler)
    return frozenset(last_name(call) for each in handlers for call in each.nodes_of_class(nodes.Call))


def joins_tuples(operation: Any) -> bool:
    """Tells whether a handler catches what two tuples have, of which one is written: ``except ERRORS + (OSError,)``.

    Args:
        operation: What pylint reports.
    """
    joined = isinstance(operation, nodes.BinOp) and operation.op == "+"
    return joined and any(isinstance(each, nodes.Tuple) for each in (operation.left, operation.right))


def keeps_traceback(handler: Any) -> bool:
    """Tells whether a handler for every exception logs it with its traceback."""
    return any(_logs_traceback(call) for call in _calls(handler))


def hands_on(handler: Any) -> bool:
    """Tells whether a handler gives the exception to whom it concerns: a future, what logging has for it, or the caller."""
    if any(last_name(call) in _TAKING for call in handler.nodes_of_class(nodes.Call)):
        return _goes_on(handler)
    return len(handler.body) == 1 and _gives_back(handler.body[0], handler)


def ends_the_program(handler: Any) -> bool:
    """Tells whether a handler logs the exception with its traceback, and ends the program as the exception would have."""
    last = handler.body[-1]
    call: Any = last.value if isinstance(last, nodes.Expr) else None
    if not isinstance(call, nodes.Call) or call.func.as_string() != "sys.exit":
        return False
    fails = [each.as_string() for each in call.args] not in ([], ["0"], ["None"])
    return fails and any(_logs_traceback(each) or _prints_traceback(each) for each in _calls(handler))


def is_chosen_by_caller(handler: Any) -> bool:
    """Tells whether a parameter says what is handled, and only its default is everything: ``except exceptions:``."""
    name = getattr(handler.type, "name", None)
    above: Any = handler.frame()
    while name is not None and isinstance(above, nodes.FunctionDef):
        if name in above.argnames():
            return True
        outer: Any = above.parent
        above = outer.frame()
    return False


def is_boundary(handler: Any) -> bool:
    """Tells whether a loop calls code that it does not know, and goes on with the next when that fails.

    What listeners, callbacks and jobs raise is no business of whoever runs them: one that fails must not stop the
    others. The handler has to say what happened, with the traceback, and the call is alone in its ``try``.
    """
    loops = [*_loops(handler)]
    attempt = handler.parent
    if not loops or len(attempt.body) != 1 or not _goes_on(handler):
        return False
    if not any(_logs_traceback(call) or _prints_traceback(call) for call in _calls(handler)):
        return False
    value = getattr(attempt.body[0], "value", None)
    value = value.value if isinstance(value, nodes.Await) else value
    return isinstance(value, nodes.Call) and _is_given(value.func, loops)


def comes_before_a_broad_one(handler: Any) -> bool:
    """Tells whether a handler that only raises again keeps an exception from a later one, for all that there are."""
    later = handler.parent.handlers[handler.parent.handlers.index(handler) + 1 :]
    return any(map(_is_broad, later))


def _is_broad(handler: Any) -> bool:
    several = handler.type.elts if isinstance(handler.type, nodes.Tuple) else [handler.type]
    return any(each is None or last_name(each) in {"BaseException", "Exception"} for each in several)


def _loops(handler: Any) -> Any:
    """The loops of its function that a handler is in, the innermost first."""
    above = handler.parent
    while above is not None and not isinstance(above, nodes.LocalsDictNodeNG):
        if isinstance(above, nodes.For | nodes.While):
            yield above
        above = above.parent


def _is_given(function: Any, loops: list[Any]) -> bool:
    """Tells whether what is called is an element of what is looped over, made in the loop, a parameter, or left to subclasses."""
    root: Any = function
    while isinstance(root, nodes.Attribute):
        root = root.expr
    if not isinstance(root, nodes.Name):
        return False
    if _is_abstract(function, root.name):
        return True
    elements = [loop.target for loop in loops if isinstance(loop, nodes.For)]
    if function is root:
        parameters = getattr(function.frame(), "args", None)
        elements += loops if parameters is None else [*loops, parameters]
    return any(root.name in _bound(each) for each in elements)


def _is_abstract(function: Any, root: str) -> bool:
    """Tells whether a method of the same object is called that a decorator leaves to others."""
    caller: Any = function.frame()
    owner: Any = caller.parent
    if not isinstance(owner, nodes.ClassDef) or not isinstance(getattr(function, "expr", None), nodes.Name):
        return False
    named = owner.locals.get(function.attrname, ()) if caller.argnames()[:1] == [root] else ()
    return any("abstractmethod" in map(last_name, decorators(each)) for each in named)


def _bound(node: Any) -> frozenset[str]:
    """The names that are bound in a node."""
    found: frozenset[str] = once_a_text(
        "bound", lambda: frozenset(name.name for name in node.nodes_of_class(nodes.AssignName)), node
    )
    return found


def _gives_back(statement: Any, handler: Any) -> bool:
    """Tells whether a statement returns the exception itself, in an object that says that something failed."""
    call = statement.value if isinstance(statement, nodes.Return) else None
    if handler.name is None or not isinstance(call, nodes.Call) or not _FAILURE.search(last_name(call)):
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(each, nodes.Name) and each.name == handler.name.name for each in given)


def _goes_on(handler: Any) -> bool:
    return not any(True for _ in handler.nodes_of_class((nodes.Raise, nodes.Return, nodes.Break)))


def _calls(handler: Any) -> list[Any]:
    if getattr(handler.type, "name", "") != "Exception":
        return []
    values = (part.value for part in handler.body if isinstance(part, nodes.Expr))
    return [value for value in values if isinstance(value, nodes.Call)]


def _logs_traceback(call: Any) -> bool:
    return isinstance(call.func, nodes.Attribute) and (
        call.func.attrname == "exception" or "exc_info" in {each.arg for each in call.keywords}
    )


def _prints_traceback(call: Any) -> bool:
    return last_name(call) in {"print_exc", "print_exception"}


def keeps_what_it_caught(node: Any) -> bool:
    """A handler logs what it caught with its traceback."""
    handler = handler_of(node)
    return handler is not None and keeps_traceback(handler)


def is_a_boundary(node: Any) -> bool:
    """A handler hands everything on, or stands where nothing may get through."""
    handler = handler_of(node)
    asked = (is_chosen_by_caller, is_boundary, hands_on, ends_the_program)
    return handler is not None and any(ask(handler) for ask in asked)


def is_held_by_an_attribute(caught: Any) -> bool:
    """What an attribute holds is put together elsewhere."""
    return isinstance(caught, nodes.Attribute)
