"""Definitions that look wrong, and are what somebody asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from astroid import nodes
from astroid.bases import UnboundMethod
from pylint.checkers import utils

from quality.model import is_special
from quality_pylint._decorators import decorators, last_name, leaves_parameters
from quality_pylint._index import once_a_text

#: What decorators are called that keep a function under another name than its own, or only its signature.
_TAKING = re.compile(r"dispatch|handler|listen|^overload$|register|subscri")
#: Whose decorators leave a test where it is.
_OF_DOUBLES = frozenset({"mock", "patch", "pytest", "unittest"})
_OF_TESTS = frozenset(
    {"expectedFailure", "fixture", "mark", "parametrize", "patch", "property", "skip", "skipIf", "skipUnless"}
)
#: Methods that change what they are called on.
_CHANGING = frozenset(
    {
        "add",
        "append",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    }
)


def is_kept_elsewhere(definition: Any) -> bool:
    """Tells whether what a definition replaces is not lost: a decorator took it, it was used before, or a condition chooses.

    Args:
        definition: The later one.
    """
    scope = definition.parent.frame()
    known: _Definitions = once_a_text("definitions", lambda: _Definitions(scope), scope)
    return known.is_kept(definition)


class _Definitions:
    """Where a scope's functions and classes are, and where their names are read."""

    def __init__(self, scope: Any) -> None:
        self.earlier: dict[int, Any] = {}
        self.lines: dict[str, list[int]] = {}
        for bound in scope.locals.values():
            inner = sorted(bound, key=lambda each: each.fromlineno)
            self.earlier.update({id(later): each for each, later in pairwise(inner)})
        for name in scope.nodes_of_class(nodes.Name):
            self.lines.setdefault(name.name, []).append(name.lineno)
        for lines in self.lines.values():
            lines.sort()

    def is_kept(self, definition: Any) -> bool:
        """Tells whether a definition's predecessor was taken or used before it, or stays where a condition fails."""
        earlier: Any = self.earlier.get(id(definition))
        choice = definition.parent
        if isinstance(choice, nodes.If | nodes.Try) and not (
            earlier is not None and choice.parent_of(earlier)
        ):
            return True
        if isinstance(definition, nodes.ClassDef) and definition.name in map(last_name, definition.bases):
            return True  # it is made of the one before
        if isinstance(earlier, nodes.Import | nodes.ImportFrom):
            # What is meant to stand before what a star brings along.
            return bool(earlier.names[0][0] == "*")
        if not isinstance(earlier, nodes.FunctionDef | nodes.ClassDef):
            return True  # a value that was read for what it was, or a parameter
        if any(_TAKING.search(last_name(each)) or _is_of_an_object(each) for each in decorators(earlier)):
            return True
        lines = self.lines.get(definition.name, [])
        following = bisect_left(lines, earlier.end_lineno or 0)
        return following < len(lines) and lines[following] < definition.fromlineno


def _is_of_an_object(decorator: Any) -> bool:
    """Tells whether a decorator is a method of something that is no module: ``@app.get("/")`` and ``@Sheet.api`` keep what they get.

    What a test runner or a double reads of a function stays with it: ``@pytest.mark.slow`` and ``@patch.object``.
    """
    named = decorator.func if isinstance(decorator, nodes.Call) else decorator
    owner = named.expr if isinstance(named, nodes.Attribute) else None
    if not isinstance(owner, nodes.Name) or owner.name in _OF_DOUBLES:
        return False
    bound = decorator.root().locals.get(owner.name, ())
    return bool(bound) and not any(isinstance(each, nodes.Import) for each in bound)


def may_be_kept(definition: Any) -> bool:
    """Tells whether a decorator that is not known here has what a definition replaces, and may keep it.

    Args:
        definition: The later one.
    """
    scope = definition.parent.frame()
    known: _Definitions = once_a_text("definitions", lambda: _Definitions(scope), scope)
    earlier = known.earlier.get(id(definition))
    return any(not leaves_parameters(each) and not _is_a_mark(each) for each in decorators(earlier))


def _is_a_mark(decorator: Any) -> bool:
    """Tells whether a decorator is one of a test runner's or a double's."""
    named = decorator.func if isinstance(decorator, nodes.Call) else decorator
    return named.as_string().partition(".")[0] in _OF_DOUBLES or last_name(decorator) in _OF_TESTS


def is_a_strategy(method: Any) -> bool:
    """Tells whether what hides a method is another function for it, which an object picks, or made of the method, or nothing on purpose.

    A class above may do that too. Python looks for special methods in the class alone, so that no attribute hides one.
    """
    if is_special(method.name):
        return True
    owner = method.parent
    classes = [owner, *owner.ancestors()] if isinstance(owner, nodes.ClassDef) else []
    assigned: Any = next(filter(None, (each.instance_attrs.get(method.name) for each in classes)), ())
    statements = [each.statement() for each in assigned]
    values = [getattr(each, "value", None) for each in statements if not _only_declares(each)]
    return bool(statements) and all(map(_may_be_called, values))


def _only_declares(statement: Any) -> bool:
    """``self.update: Callable[[Row], None]`` gives no value."""
    return isinstance(statement, nodes.AnnAssign) and statement.value is None


def _may_be_called(value: Any) -> bool:
    """Tells whether a value may be a function, made by another or not, or None: who looks for the method is to find none."""
    if isinstance(value, nodes.Call):
        called: Any = utils.safe_infer(value.func)
        return called is None or called.root().name != "builtins"  # those make no functions
    none = isinstance(value, nodes.Const) and value.value is None
    return none or isinstance(value, nodes.Attribute | nodes.IfExp | nodes.Lambda | nodes.Name)


def is_filled(name: Any) -> bool:
    """Tells whether a function, or one in it, changes the list that a name holds, or hands over what changes it.

    Args:
        name: What is read, or bound.
    """
    scope = name.scope() if isinstance(name, nodes.AssignName) else name.lookup(name.name)[0]
    filled: frozenset[str] = once_a_text("filled", lambda: _filled(scope), scope)
    return name.name in filled


def _filled(scope: Any) -> frozenset[str]:
    changed = [each.expr for each in scope.nodes_of_class(nodes.Attribute) if each.attrname in _CHANGING]
    changed += [each.value for each in scope.nodes_of_class(nodes.Subscript) if _is_written(each)]
    return frozenset(each.name for each in changed if isinstance(each, nodes.Name))


def is_for_the_class_body(function: Any) -> bool:
    """Tells whether a function in a class is called or passed there, while the class is made."""
    body = function.parent.frame()  # under a condition, too
    return isinstance(body, nodes.ClassDef) and function.name in once_a_text(
        "read-here", lambda: _read_here(body), body
    )


def _read_here(body: Any) -> frozenset[str]:
    return frozenset(name.name for name in body.nodes_of_class(nodes.Name) if name.frame() is body)


def is_of_an_interface(function: Any) -> bool:
    """Tells whether a method is one of an interface, whose methods are written as they are called: without self."""
    owner = function.parent
    return isinstance(owner, nodes.ClassDef) and once_a_text("interface", lambda: _is_interface(owner), owner)


def _is_interface(described: Any) -> bool:
    bases = map(last_name, described.bases)
    return any(base == "Interface" or (base[:1] == "I" and base[1:2].isupper()) for base in bases)


def is_passed_on(function: Any) -> bool:
    """Tells whether a function hands ``*args`` on behind the parameters before it, as it got them."""
    optional = {each.name for each in function.args.args[-len(function.args.defaults) :]}
    for call in function.nodes_of_class(nodes.Call):
        names = [getattr(each, "name", None) for each in call.args]
        stars = [getattr(each.value, "name", None) for each in call.starargs]
        if function.args.vararg in stars and optional.issubset(names):
            return True
    return False


def takes_everything(method: Any) -> bool:
    """Tells whether a method takes all arguments that the one above it takes."""
    parameters = method.args
    required = len(parameters.posonlyargs) + len(parameters.args) - len(parameters.defaults)
    return (
        bool(parameters.vararg and parameters.kwarg) and required <= 1 and None not in parameters.kw_defaults
    )


def is_left_to_those_below(method: Any) -> bool:
    """Tells whether the method above takes whatever it is given: ``*args`` and ``**kwargs`` leave it to the classes below what they need."""
    above: Any = utils.overridden_method(method.parent.frame(), method.name)
    return isinstance(above, nodes.FunctionDef) and bool(above.args.vararg and above.args.kwarg)


def is_a_hook(assigned: Any) -> bool:
    """Tells whether what is called is a method without a body: those of the classes below may answer something."""
    value = getattr(assigned, "value", None)
    if isinstance(value, nodes.Call) and last_name(value) == "__get__":
        return True  # it gives what a descriptor gives
    return any(all(map(_does_nothing, method.body)) for _, method in methods_called(assigned))


def is_one_of_several(assigned: Any) -> bool:
    """Tells whether the module defines what is called again: under a condition, or where an import does not fail.

    Args:
        assigned: What pylint reports.
    """
    called = getattr(getattr(assigned, "value", None), "func", None)
    bound = called.root().locals.get(called.name, ()) if isinstance(called, nodes.Name) else ()
    return len(bound) > 1


def is_without_answer(method: Any) -> bool:
    """Tells whether a method says nothing but that it returns None, or does nothing else in the end."""
    last = method.body[-1] if method.body else None
    value = last.value if isinstance(last, nodes.Return) else last
    said = value is None or (isinstance(value, nodes.Const) and value.value is None)
    return said or all(map(_does_nothing, method.body))


def methods_called(assigned: Any) -> list[tuple[Any, Any]]:
    """The calls of methods in what is assigned, alone or handed to ``cast``, with the methods."""
    value = getattr(assigned, "value", None)
    value = value.value if isinstance(value, nodes.Await) else value
    if isinstance(value, nodes.Call) and last_name(value) == "cast" and value.args:
        value = value.args[-1]
    return methods_in(value)


def methods_in(value: Any) -> list[tuple[Any, Any]]:
    """A call of a method, with the method; nothing for something else."""
    called: Any = utils.safe_infer(value.func) if isinstance(value, nodes.Call) else None
    while isinstance(called, UnboundMethod):
        called = called._proxied  # noqa: SLF001 - there is no public way
    above: Any = called.parent if isinstance(called, nodes.FunctionDef) else None
    method = above is not None and isinstance(above.frame(), nodes.ClassDef)
    return [(value, called)] if method else []


def is_left_open(method: Any) -> bool:
    """Tells whether a method has no body of its own: it does nothing, or raises NotImplementedError."""
    last = method.body[-1] if method.body else None
    raised = last_name(last.exc) if isinstance(last, nodes.Raise) and last.exc is not None else ""
    return raised == "NotImplementedError" or all(map(_does_nothing, method.body))


def _does_nothing(statement: Any) -> bool:
    written = isinstance(statement, nodes.Expr) and isinstance(statement.value, nodes.Const)
    return written or isinstance(statement, nodes.Pass)


def is_taken_in(assigned: Any) -> bool:
    """Tells whether a module or class takes a name from outside of it, to have it as its own: ``range = range``."""
    scope = assigned.scope()
    name = getattr(assigned, "name", "")
    outside = isinstance(scope, nodes.Module | nodes.ClassDef)
    return outside and scope.locals.get(name, [None])[0] is assigned


def is_only_read(function: Any) -> bool:
    """Tells whether no default that can change is written into the parameters, and none is changed.

    Who names a table as a default knows that calls share it, which does no harm while nobody changes it, or hands it out.
    pylint also tells of the fields of a named tuple, which all hand theirs out.
    """
    if isinstance(function, nodes.AnnAssign):
        return False
    parameters = function.args
    pairs = zip(
        reversed([*parameters.posonlyargs, *parameters.args]), reversed(parameters.defaults), strict=False
    )
    defaults = [*pairs, *zip(parameters.kwonlyargs, parameters.kw_defaults, strict=False)]
    if any(isinstance(each, nodes.List | nodes.Dict | nodes.Set | nodes.Call) for _, each in defaults):
        return False
    named = {name.name for name, default in defaults if isinstance(default, nodes.Name | nodes.Attribute)}
    used = [name for name in function.nodes_of_class(nodes.Name) if name.name in named]
    return bool(named) and not any(_may_change(name) for name in used)


def _may_change(name: Any) -> bool:
    """Tells whether the object with a name is changed, or given to whom may change it."""
    user = name.parent
    if isinstance(user, nodes.Attribute):
        return user.attrname in _CHANGING
    if isinstance(user, nodes.Subscript):
        return _is_written(user)
    return isinstance(user, nodes.Return | nodes.Assign | nodes.AugAssign | nodes.Yield | nodes.Delete)


def _is_written(subscript: Any) -> bool:
    user = subscript.parent
    targets = (
        user.targets if isinstance(user, nodes.Assign | nodes.Delete) else [getattr(user, "target", None)]
    )
    return any(target is subscript for target in targets)
