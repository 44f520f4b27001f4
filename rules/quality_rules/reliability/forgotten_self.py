"""The rule forgotten-self."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import BUILTINS, Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, with_defaults

if TYPE_CHECKING:
    from collections.abc import Sequence


class ForgottenSelf(AstRule):
    """A method is called as if it were a function.

    ## What it does
    Reports names that the source binds nowhere but as a method: in another method of the class, or outside of it.

    Names of builtins, names that the source imports or binds in any other way, calls in a method of that name that do not
    fit it, which hand the work to a function of the same name, and sources that get names by star imports,
    `exec` or `globals()` are fine.

    ## Why is this bad
    A method is found through its object or class only: reaching this line raises NameError.

    ## Example
    ```python
    class Cart:
        def price(self, item):
            return item.price * item.count

        def total(self):
            return sum(price(item) for item in self.items)
    ```

    ## Use instead
    ```python
    class Cart:
        def price(self, item):
            return item.price * item.count

        def total(self):
            return sum(self.price(item) for item in self.items)
    ```

    ## References
    - [Python documentation: scopes and namespaces](https://docs.python.org/3/tutorial/classes.html#python-scopes-and-namespaces)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 2
    equivalents = ("pylint:undefined-variable",)
    needs = frozenset({ast.ClassDef})

    VALID = (
        Valid(
            "class A:\n    def f(self):\n        return 1\n\nglobals().update(names)\nf()",
            "It may come from there",
        ),
        Valid("def price(x):\n    return x\n\nclass A:\n    def price(self):\n        return price(self.x)"),
        Valid("class A:\n    def open(self, path):\n        return open(path)", "A builtin"),
        Valid(
            "class A:\n    def wait(self, limit):\n        return wait([self.job], limit)",
            "It hands the work to a function of the same name",
        ),
        Valid(
            "class A:\n    def f(x):\n        return x\n\n    g = f",
            "In the body of the class it has the name",
        ),
        Valid(
            "from b import *\n\nclass A:\n    def f(self):\n        return f(self.x)",
            "It may come from there",
        ),
        Valid(
            """
            def make(base):
                class A(base):
                    def f(self, x):
                        return x

                    f.alters_data = True

                return A
            """,
            "In the body of the class it has the name, wherever the class is",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return f() + 1",
            ("6:16-6:17 f is a method of A and no name here: write self.f",),
        ),
        Invalid(
            "class A:\n    @staticmethod\n    def f():\n        return 1\n\nprint(f())",
            ("6:7-6:8 f is a method of A and no name here: write A.f",),
        ),
        Invalid(
            "class A:\n    def power(self, n):\n        return n * power(n - 1) if n else 1",
            ("3:20-3:25 power is a method of A and no name here: write self.power",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        if any(alias.name == "*" for alias in self.facts.of(ast.alias)) or self._makes_names():
            return
        owners = self._only_methods()
        for name in self.facts.of(ast.Name) if owners else ():
            classes = owners.get(name.id, ())
            if not classes or not isinstance(name.ctx, ast.Load):
                continue
            if not self._is_in_body(name, classes) and not self._is_namesake(name):
                around = [owner for owner in classes if owner in self.facts.ancestors(name)]
                remedy = f"self.{name.id}" if around else f"{classes[0].name}.{name.id}"
                owner = around[0] if around else classes[0]
                self.report(name, f"{name.id} is a method of {owner.name} and no name here: write {remedy}")

    def _is_namesake(self, name: ast.Name) -> bool:
        """Tells whether a method calls a function of its own name, with other arguments than it takes itself."""
        call = self.facts.parent(name)
        method = self.facts.function(name)
        if (
            not isinstance(call, ast.Call)
            or call.func is not name
            or method is None
            or method.name != name.id
        ):
            return False
        arguments = method.args
        named = with_defaults(arguments)
        open_ended = arguments.vararg or arguments.kwarg or any(isinstance(a, ast.Starred) for a in call.args)
        return not open_ended and len(call.args) + len(call.keywords) > len(named) - 1

    def _makes_names(self) -> bool:
        """Tells whether names may come from text or from tables."""
        calls = self.facts.of(ast.Call)
        return any(self.facts.is_builtin(call.func, "exec") or self._is_open(call) for call in calls)

    def _is_open(self, call: ast.Call) -> bool:
        """Tells whether a call gives the table of all names to something that may add to it."""
        if not self.facts.is_builtin(call.func, "globals"):
            return False
        above = self.facts.parent(call)
        if isinstance(above, ast.Subscript):
            return not isinstance(above.ctx, ast.Load)
        return not isinstance(above, ast.comprehension | ast.Compare)

    def _only_methods(self) -> dict[str, list[ast.ClassDef]]:
        """Names that nothing but methods bear → the classes."""
        bound = {node.id for node in self.facts.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
        bound |= {node.arg for node in self.facts.of(ast.arg)}
        bound |= {node.name for node in self.facts.of(ast.ClassDef)}
        bound |= {(node.asname or node.name).partition(".")[0] for node in self.facts.of(ast.alias)}
        bound |= {node.name for node in self.facts.of(ast.ExceptHandler) if node.name}
        owners: dict[str, list[ast.ClassDef]] = {}
        for function in self.facts.functions:
            owner = self.facts.class_of(function)
            if owner is None:
                bound.add(function.name)
            else:
                owners.setdefault(function.name, []).append(owner)
        return {name: classes for name, classes in owners.items() if name not in bound | BUILTINS}

    def _is_in_body(self, name: ast.Name, classes: Sequence[ast.ClassDef]) -> bool:
        """Tells whether a name is read where a class body is run, also for a method's header."""
        below: ast.AST = name
        for above in self.facts.ancestors(name):
            if isinstance(above, ast.ClassDef):
                return above in classes
            if isinstance(above, ast.Lambda) and below is above.body:
                return False
            if is_function(above) and isinstance(below, ast.stmt):
                return False
            below = above
        return False
