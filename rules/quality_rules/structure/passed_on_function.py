"""The rule passed-on-function."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, body_of
from quality_rules._asked import has_several_functions

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class PassedOnFunction(AstRule):
    """A function only calls another one of the same file.

    ## What it does
    Reports functions that do nothing but return what another function of the file returns for just their parameters, when one
    of the two is private: a private one that stands for another, and one whose work a private function does that
    nobody else calls.

    Methods, decorated functions, and those that add something, or leave something out, are fine.

    ## Why is this bad
    Two names, and two signatures that must be kept alike, for one thing. The reader opens both to learn that nothing
    happens in between.

    ## Example
    ```python
    def slug(text):
        return _slug(text)

    def _slug(text):
        return text.lower().replace(" ", "-")
    ```

    ## Use instead
    ```python
    def slug(text):
        return text.lower().replace(" ", "-")
    ```

    ## References
    - [Refactoring: inline function](https://refactoring.com/catalog/inlineFunction.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    effort = 5
    asks = (has_several_functions,)

    VALID = (
        Valid(
            "def f(x):\n    return _g(x)\n\ndef h(x):\n    return _g(x) + 1\n\ndef _g(x):\n    return x * 2",
            "Others call it",
        ),
        Valid("def f(x):\n    return _g(x, 1)\n\ndef _g(x, y):\n    return x * y", "It adds something"),
        Valid("def f(x):\n    return _g(x)\n\n@cache\ndef _g(x):\n    return x * 2", "It is decorated"),
        Valid("def f(x):\n    return _g(x)\n\ndef _g(x):\n    return x and _g(x[1:])", "It calls itself"),
        Valid("def f(x):\n    return g(x)\n\ndef g(x):\n    return x * 2", "Both are for others"),
        Valid("def f(x):\n    return _g(x)\n\nasync def _g(x):\n    return x * 2", "It starts the work"),
        Valid(
            "def _f(x):\n    return g(x)\n\ndef g(x):\n    return x * 2\n\ng = vectorize(g)",
            "It is made another",
        ),
        Valid("def f(x, y=1):\n    return _g(y, x)\n\ndef _g(y, x):\n    return x - y", "In another order"),
        Valid(
            "def f(x):\n    return _g(x)\n\nif FAST:\n    def _g(x):\n        return x\nelse:\n    def _g(x):\n        return -x"
        ),
    )
    INVALID = (
        Invalid(
            "def f(x, *, y=1):\n    return _g(x, y=y)\n\ndef _g(x, y):\n    return x * y",
            ("1:1-1:18 f() only calls _g(), which nobody else calls: make them one",),
        ),
        Invalid(
            "def _f(x, *more):\n    'As g.'\n    return g(x, *more)\n\ndef g(x, *more):\n    return more or x",
            ("1:1-1:18 _f() only calls g(): call that",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        defined = Counter(each.name for each in self.facts.functions)
        functions = {
            each.name: each
            for each in self.facts.functions
            if defined[each.name] == 1 and not each.decorator_list and self.facts.is_of_module(each)
        }
        stored = {node.id for node in self.facts.of(ast.Name) if isinstance(node.ctx, ast.Store)}
        for function in functions.values():
            target = functions.get(_passes_to(function))
            if target is None or type(target) is not type(function) or target.name in stored:
                continue
            if _is_private(function.name):
                self.report(function, f"{function.name}() only calls {target.name}(): call that")
            elif _is_private(target.name) and self._mentions(target.name) == 1:
                told = f"{function.name}() only calls {target.name}(), which nobody else calls: make them one"
                self.report(function, told)

    def _mentions(self, name: str) -> int:
        """How often a name stands in the source, besides where its function is defined."""
        return self.facts.derived(_counts)[name] - 1


def _counts(facts: Facts) -> Counter[str]:
    read, defined = facts.of(ast.Name), facts.functions
    return Counter([*(node.id for node in read), *(function.name for function in defined)])


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _passes_to(function: FunctionNode) -> str:
    """The function that another does nothing but call, with its own parameters as they come; empty for none."""
    body = body_of(function)
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
    if isinstance(function, ast.AsyncFunctionDef):
        call = call.value if isinstance(call, ast.Await) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return ""
    arguments = function.args
    positional = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    named = [each.arg for each in arguments.kwonlyargs]
    wanted = [*positional, *([f"*{arguments.vararg.arg}"] if arguments.vararg else [])]
    given = [ast.unparse(each) for each in call.args]
    by_name = [(each.arg, ast.unparse(each.value)) for each in call.keywords]
    rest = [(None, arguments.kwarg.arg)] if arguments.kwarg else []
    # What is given by position may be given by its name.
    late = [(name, name) for name in wanted[len(given) :]]
    alike = given == wanted[: len(given)] and sorted(by_name, key=str) == sorted(
        [*late, *((name, name) for name in named), *rest], key=str
    )
    return call.func.id if alike and wanted + named else ""
