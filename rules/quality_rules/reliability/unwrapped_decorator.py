"""The rule unwrapped-decorator."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, decorators, positional_of

if TYPE_CHECKING:
    from quality.model import FunctionNode


class UnwrappedDecorator(AstRule):
    """A decorator's result has not the name and the docstring of what it decorates.

    ## What it does
    Reports functions of one parameter that return an inner function in its place, which hands all its arguments on to it, where
    nothing makes the inner one look like it.

    Inner functions that are decorated, with `functools.wraps` or otherwise, or that something is done with before they are
    returned, are fine.

    ## Why is this bad
    Every decorated function is called `wrapper`: in tracebacks, in the log, in the help and for whatever looks functions up by
    name or signature, such as web frameworks, command lines and pickle.

    ## Example
    ```python
    def logged(function):
        def wrapper(*args, **kwargs):
            log.info("called")
            return function(*args, **kwargs)
        return wrapper
    ```

    ## Use instead
    ```python
    def logged(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            log.info("called")
            return function(*args, **kwargs)
        return wrapper
    ```

    ## References
    - [Python documentation: functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps)
    """

    dimension = "reliability"
    needs = frozenset({ast.Starred})
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1

    VALID = (
        Valid(
            "def f(g):\n    @wraps(g)\n    def h(*args):\n        return g(*args)\n    return h",
            "Made to look like it",
        ),
        Valid(
            "def f(g):\n    def h(*args):\n        return g(*args)\n    return functools.update_wrapper(h, g)",
            "By a call",
        ),
        Valid(
            "def f(g):\n    def h(*args):\n        return g(*args)\n    h.__name__ = g.__name__\n    return h",
            "By hand",
        ),
        Valid(
            "def f(g, x):\n    def h(*args):\n        return g(x, *args)\n    return h",
            "A function of two: what it gives is another one",
        ),
        Valid("def f(g):\n    def h(x):\n        return g(x) + 1\n    return h", "It takes what it knows"),
    )
    INVALID = (
        Invalid(
            "def f(g):\n    def h(*args):\n        print(args)\n        return g(*args)\n    return h",
            (
                "2:5-2:18 h() takes the place of g() without its name and docstring: decorate it with wraps(g)",
            ),
        ),
        Invalid(
            "def at_most(n):\n    def f(g):\n        async def h(*args, **said):\n            for _ in range(n):\n"
            "                await g(*args, **said)\n        return h\n    return f",
            (
                "3:9-3:36 h() takes the place of g() without its name and docstring: decorate it with wraps(g)",
            ),
        ),
    )

    def visit_FunctionDef(self, inner: FunctionNode) -> None:
        outer = self.facts.parent(inner)
        if outer is None or not is_function(outer) or not inner.args.vararg or inner.decorator_list:
            return
        places = positional_of(outer.args)
        if self.facts.class_of(outer) is not None and "staticmethod" not in decorators(outer):
            places = places[1:]
        if len(places) != 1 or outer.args.vararg or outer.args.kwonlyargs or outer.args.kwarg:
            return
        taken = places[0].arg
        inside = self.facts.within(inner)
        handed = any(isinstance(call, ast.Call) and _hands_on(call, taken, inner) for call in inside)
        if handed and self._is_only_returned(outer, inner.name):
            self.report(
                inner,
                f"{inner.name}() takes the place of {taken}() without its name and docstring: "
                f"decorate it with wraps({taken})",
            )

    def _is_only_returned(self, outer: FunctionNode, name: str) -> bool:
        loads = self.facts.names(outer).loads.get(name, ())
        return bool(loads) and all(isinstance(self.facts.parent(load), ast.Return) for load in loads)


def _hands_on(call: ast.Call, function: str, inner: FunctionNode) -> bool:
    """Tells whether a call of a function is given all that the inner one was given, and nothing else."""
    rest, others = inner.args.vararg, inner.args.kwarg
    own = {place.arg for place in positional_of(inner.args)}
    starred = {
        each.value.id
        for each in call.args
        if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name)
    }
    named = {each.value.id for each in call.keywords if each.arg is None and isinstance(each.value, ast.Name)}
    first = [each for each in call.args if not isinstance(each, ast.Starred)]
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == function
        and (rest is not None and starred == {rest.arg})
        and named == ({others.arg} if others else set())
        and all(isinstance(each, ast.Name) and each.id in own for each in first)
    )
