"""The rule made-where-used."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_special
from quality.rules import AstRule, Invalid, Valid, parameters
from quality_rules.structure._classes import classes_of
from quality_rules.structure._worlds import worlds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode, Source
    from quality.rules import Facts


class MadeWhereUsed(AstRule):
    """A function makes the object that reaches outside for it.

    ## What it does
    Reports a function with parameters that makes an object of a class of the same source only to use it, where that class
    talks to the console, files, a database, mail or the network and is made without arguments.

    Functions without parameters and `main()`, which put a program together, constructors, objects that are handed on or
    given back, and classes that only compute are fine.

    ## Why is this bad
    The function cannot work with anything else: a test mails in earnest, and another way to send asks for a change here.
    Whoever calls it could say which one to use.

    ## Example
    ```python
    class Mailer:
        def send(self, receiver, text):
            smtplib.SMTP("localhost").sendmail("shop@example.org", receiver, text)

    def confirm(order):
        mailer = Mailer()
        mailer.send(order.customer, f"Order {order.number} is on its way")
    ```

    ## Use instead
    ```python
    def confirm(order, mailer):
        mailer.send(order.customer, f"Order {order.number} is on its way")
    ```

    ## References
    - [Martin Fowler: Inversion of Control Containers and the Dependency Injection pattern](https://martinfowler.com/articles/injection.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 10
    needs = frozenset({ast.ClassDef})

    _MAILER = "class Mailer:\n    def send(self, text):\n        print(text)\n\n"

    VALID = (
        Valid(_MAILER + "def confirm(order, mailer):\n    mailer.send(order)", "It is taken as a parameter"),
        Valid(
            _MAILER + "def main():\n    mailer = Mailer()\n    mailer.send('a')",
            "It puts the program together",
        ),
        Valid(_MAILER + "def make(kind):\n    mailer = Mailer()\n    return mailer", "It is given back"),
        Valid(_MAILER + "def f(x):\n    mailer = Mailer()\n    g(x, mailer)", "It is handed on"),
        Valid(
            "class Sum:\n    def of(self, x):\n        return x + 1\n\ndef f(x):\n    return Sum().of(x)",
            "It only computes",
        ),
        Valid("def f(x):\n    mailer = Mailer()\n    mailer.send(x)", "Its class is elsewhere"),
        Valid(
            _MAILER + "class Shop:\n    def __init__(self):\n        self.mailer = Mailer()", "A constructor"
        ),
        Valid(_MAILER + "def main(arguments):\n    Mailer().send(arguments)", "It starts the program"),
        Valid(
            _MAILER + "def f(x, mailer=None):\n    mailer = mailer or Mailer()\n    mailer.send(x)",
            "A default",
        ),
    )
    INVALID = (
        Invalid(
            _MAILER + "def confirm(order):\n    mailer = Mailer()\n    mailer.send(order.number)",
            (
                "6:14-6:22 confirm() makes the Mailer that it talks to the console with: take it as a parameter",
            ),
        ),
        Invalid(
            _MAILER + "class Shop:\n    def sell(self, goods):\n        Mailer().send(goods)",
            ("7:9-7:17 sell() makes the Mailer that it talks to the console with: take it as a parameter",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def visit_Module(self, module: ast.Module) -> None:
        del module
        reaching = self.facts.derived(_reaching)
        if not reaching:
            return
        for call in self.facts.of(ast.Call):
            if (
                not isinstance(call.func, ast.Name)
                or call.func.id not in reaching
                or call.args
                or call.keywords
            ):
                continue
            function = self.facts.function(call)
            if (
                function is not None
                and self._is_bound_to(function, call.func.id)
                and self._is_only_used(function, call)
            ):
                self.report(
                    call,
                    f"{function.name}() makes the {call.func.id} that it talks to {reaching[call.func.id]} with: "
                    "take it as a parameter",
                )

    def _is_bound_to(self, function: FunctionNode, made: str) -> bool:
        """Tells whether a function can be called with something else, and is none of the class's own."""
        owner = self.facts.class_of(function)
        if owner is not None and owner.name == made:
            return False
        if is_special(function.name) or function.name == "main":
            return False
        return len(parameters(function)) > (owner is not None)

    def _is_only_used(self, function: FunctionNode, call: ast.Call) -> bool:
        parent = self.facts.parent(call)
        if isinstance(parent, ast.Attribute):
            return isinstance(self.facts.parent(parent), ast.Call)
        if not isinstance(parent, ast.Assign | ast.AnnAssign) or parent.value is not call:
            return False
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        target = targets[0] if len(targets) == 1 else None
        if not isinstance(target, ast.Name):
            return False
        return all(self._is_call_of(name) for name in self._others(function, target))

    def _others(self, function: FunctionNode, target: ast.Name) -> Iterator[ast.Name]:
        for node in self.facts.within(function):
            if isinstance(node, ast.Name) and node.id == target.id and node is not target:
                yield node

    def _is_call_of(self, name: ast.Name) -> bool:
        method = self.facts.parent(name)
        return isinstance(method, ast.Attribute) and isinstance(self.facts.parent(method), ast.Call)


def _reaching(facts: Facts) -> dict[str, str]:
    """Classes of the source that talk to something outside → to what; those with bases elsewhere or decorators left out."""
    found: dict[str, str] = {}
    classes = facts.derived(classes_of)
    for name, each in classes.items():
        if each.node.decorator_list or any(base not in classes for base in each.bases):
            continue
        calls = (node for node in facts.within(each.node) if isinstance(node, ast.Call))
        worlds = [world for call in calls for world in worlds_of(call, facts)]
        if worlds:
            found[name] = worlds[0]
    return found
