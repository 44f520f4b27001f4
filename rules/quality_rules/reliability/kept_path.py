"""The rule kept-path."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import called_word

if TYPE_CHECKING:
    from quality.model import FunctionNode


class KeptPath(AstRule):
    """A search keeps the list that it goes on to change.

    ## What it does
    Reports `found.append(path)` in a function that calls itself and both adds to `path` and takes from it.

    ## Why is this bad
    What is kept is not the path as it is then, but the one list, which is empty when the search is over: all that is found looks
    the same.

    ## Example
    ```python
    def subsets(items, path, found, start=0):
        found.append(path)
        for index in range(start, len(items)):
            path.append(items[index])
            subsets(items, path, found, index + 1)
            path.pop()
    ```

    ## Use instead
    ```python
    def subsets(items, path, found, start=0):
        found.append(list(path))
        for index in range(start, len(items)):
            path.append(items[index])
            subsets(items, path, found, index + 1)
            path.pop()
    ```

    ## References
    - [Python FAQ: why did changing list y also change list x?](https://docs.python.org/3/faq/programming.html#why-did-changing-list-y-also-change-list-x)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"pop"})

    VALID = (
        Valid(
            "def f(n, path, found):\n    found.append(path[:])\n    path.append(n)\n    f(n - 1, path, found)\n    path.pop()"
        ),
        Valid(
            "def f(path, found):\n    path.append(1)\n    path.pop()\n    found.append(path)",
            "It calls nobody",
        ),
    )
    INVALID = (
        Invalid(
            "def f(n, path, found):\n    if n == 0:\n        found.append(path)\n        return\n    path.append(n)\n    f(n - 1, path, found)\n    path.pop()",
            ("3:9-3:27 path is changed afterwards, and what is kept with it: keep a copy",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        calls = self.facts.inside(function, ast.Call)
        if not any(called_word(call) == function.name for call in calls):
            return
        done: dict[str, set[str]] = {}
        for call in calls:
            match call.func:
                case ast.Attribute(value=ast.Name(id=name), attr="append" | "pop" as method):
                    done.setdefault(name, set()).add(method)
        for call in calls:
            match call:
                case ast.Call(func=ast.Attribute(attr="append"), args=[ast.Name(id=path)]):
                    if done.get(path) == {"append", "pop"}:
                        self.report(
                            call, f"{path} is changed afterwards, and what is kept with it: keep a copy"
                        )
