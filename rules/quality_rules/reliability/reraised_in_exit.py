"""The rule reraised-in-exit."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, positional_of

if TYPE_CHECKING:
    from quality.model import FunctionNode

_EXITS = frozenset({"__exit__", "__aexit__"})
#: self, the class of the error, the error and its trace.
_PARAMETERS = 4


class ReraisedInExit(AstRule):
    """A context manager raises the error that it is told of.

    ## What it does
    Reports `raise` of the error, or of its class, that `__exit__` or `__aexit__` gets.

    Other errors, and those that are raised from this one, are fine.

    ## Why is this bad
    The error goes on by itself where the method does not return True. Raised anew, it has this method in its trace and is its own
    context; its class alone, without what it said, is another error.

    ## Example
    ```python
    class Lock:
        def __exit__(self, kind, error, trace):
            self.release()
            if error is not None:
                raise error
    ```

    ## Use instead
    ```python
    class Lock:
        def __exit__(self, kind, error, trace):
            self.release()
    ```

    ## References
    - [Python documentation: object.__exit__](https://docs.python.org/3/reference/datamodel.html#object.__exit__)
    """

    dimension = "reliability"
    effort = 2
    needs = frozenset({ast.Raise})

    VALID = (
        Valid("class A:\n    def __exit__(self, kind, error, trace):\n        if error:\n            raise Failed(self) from error"),
        Valid("def __exit__(self, kind, error, trace):\n    raise error", "Not one of a class"),
        Valid("class A:\n    def __exit__(self, *args):\n        raise Failed"),
        Valid("class A:\n    def __exit__(self, kind, error, trace):\n        error = self.wrap(error)\n        raise error", "Another"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "class A:\n    async def __aexit__(self, kind, error, trace):\n        await self.close()\n        if kind:\n            raise kind",
            ("5:13-5:23 the error goes on by itself: leave this out, and return nothing",),
        ),
        Invalid(
            "class A:\n    def __exit__(self, kind, error, trace):\n        if not self.quiet:\n            raise error.with_traceback(trace)",
            ("4:13-4:46 the error goes on by itself: leave this out, and return nothing",),
        ),
    )

    def visit_Raise(self, node: ast.Raise) -> None:
        raised = node.exc
        function = self.facts.function(node)
        if raised is None or node.cause is not None or function is None or function.name not in _EXITS:
            return
        if isinstance(raised, ast.Call) and getattr(raised.func, "attr", "") == "with_traceback":
            raised = getattr(raised.func, "value", raised)
        if isinstance(raised, ast.Name) and raised.id in self._told(function):
            self.report(node, "the error goes on by itself: leave this out, and return nothing")

    def _told(self, function: FunctionNode) -> set[str]:
        """The names of the error and of its class, where nothing else is bound to them."""
        names = [each.arg for each in positional_of(function.args)]
        if len(names) < _PARAMETERS or self.facts.class_of(function) is None:
            return set()
        return set(names[1:3]) - self.facts.names(function).stores.keys()
