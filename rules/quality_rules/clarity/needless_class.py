"""The rule needless-class."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import (
    ASSIGNMENTS,
    AstRule,
    Invalid,
    Valid,
    body_of,
    dotted_name,
    is_placeholder,
    targets_of,
)
from quality.rules import decorators as decorators_of
from quality_rules._called import is_called
from quality_rules._reads import reads_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class NeedlessClass(AstRule):
    """A class is a function in disguise.

    ## What it does
    Reports classes with an `__init__` that only keeps its parameters and one method that only reads them, when the
    source makes each object only to call it at once; classes whose objects can only be called, and are at once; and classes of nothing but static methods, or methods that don't use `self`,
    and of a constructor that does nothing.

    Classes with a base, a decorator, a subclass or attributes of their own are fine, and so are those that are handed to
    somebody, who may ask for an object. So are those of which others may ask for it: a class that the source does not
    use and that has a method and its inverse (`encode`, `decode`), that has methods which another class has too, or that
    a task asks for (`Solution`).

    ## Why is this bad
    The reader looks for state and for a reason to have an object, and finds none. Callers need two steps for one.

    ## Example
    ```python
    class Greeter:
        def __init__(self, name):
            self.name = name

        def greet(self):
            return f"Hello {self.name}"

    print(Greeter("Ada").greet())
    ```

    ## Use instead
    ```python
    def greeting(name):
        return f"Hello {name}"

    print(greeting("Ada"))
    ```

    ## References
    - [Stop writing classes, PyCon 2012](https://pyvideo.org/pycon-us-2012/stop-writing-classes.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 15

    VALID = (
        Valid(
            "class A:\n    def __init__(self, x):\n        self.x = x\n\n    def f(self):\n        return self.x\n\na = A(1)",
            "The object is kept",
        ),
        Valid(
            "class A:\n    def __init__(self, x):\n        self.x = x\n\n    def add(self, y):\n        self.x += y"
        ),
        Valid(
            "class A:\n    def f(self, x):\n        return x\n\n    def g(self, x):\n        return -x\n\nregister(A())",
            "Somebody asks for an object",
        ),
        Valid(
            "class Cipher:\n    def seal_letter(self, a):\n        return a[::-1]\n\n"
            "    def unseal_letter(self, a):\n        return a[::-1]",
            "One method undoes the other",
        ),
        Valid(
            "class Metric:\n    def length(self, x):\n        return x / 100\n\n"
            "    def weight(self, x):\n        return x / 1000\n\n"
            "class Imperial:\n    def length(self, x):\n        return x / 2.54\n\n"
            "    def weight(self, x):\n        return x / 454",
            "Each can stand for the other",
        ),
        Valid(
            "class Solution:\n    def rob(self, x):\n        return max(x)\n\n"
            "    def climb(self, x):\n        return min(x)",
            "A task asks for it",
        ),
        Valid(
            "class A(B):\n    @staticmethod\n    def f(x):\n        return x\n\n    @staticmethod\n    def g(x):\n        return x"
        ),
    )
    INVALID = (
        Invalid(
            "class Area:\n    def __init__(self, w, h):\n        self.w = w\n        self.h = h\n\n    def get(self):\n        return self.w * self.h\n\nprint(Area(2, 3).get())",
            ("1:1-1:12 Area is a function with a detour: make get() a function of w, h",),
        ),
        Invalid(
            "class Tools:\n    @staticmethod\n    def f(x):\n        return x\n\n    @staticmethod\n    def g(x):\n        return -x",
            ("1:1-1:13 Tools has no state: make its methods functions of a module",),
        ),
        Invalid(
            "class Cipher:\n    def seal(self, a):\n        return a[::-1]\n\n    def unseal(self, a):\n        return a[::-1]"
            "\n\nprint(Cipher().seal('abc'))",
            ("1:1-1:14 Cipher has no state: make its methods functions of a module",),
        ),
        Invalid(
            "class Tools:\n    def __init__(self):\n        pass\n\n    def f(self, x):\n        return x * 2",
            ("1:1-1:13 Tools has no state: make its methods functions of a module",),
        ),
        Invalid(
            "def double(x):\n    class Work:\n        def __call__(self, x):\n            return 2 * x\n\n    return Work()(x)",
            ("2:5-2:16 Work is a function with a detour: make it a function",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if node.bases or node.keywords or node.decorator_list or node.name in self._bases():
            return
        methods = [entry for entry in node.body if is_function(entry)]
        if not methods or len(methods) < len([e for e in node.body if not is_placeholder(e)]):
            return
        first, *others = methods
        if first.name == "__init__" and others and all(map(is_placeholder, first.body)):
            methods = others  # a constructor that does nothing makes no state
        elif not others:
            self._check_call(node, first)
            return
        if first.name == "__init__" and len(methods) > len(others) == 1:
            self._check_pair(node, first, others[0])
        elif (
            all(self._is_stateless(method) for method in methods)
            and not self._is_handed_on(node.name)
            and not self._is_asked_for(node, methods)
        ):
            self.report(node, f"{node.name} has no state: make its methods functions of a module")

    def _check_call(self, node: ast.ClassDef, method: FunctionNode) -> None:
        made = self.facts.derived(reads_of).get(node.name, ())
        calls = [self.facts.parent(use) for use in made]
        at_once = all(isinstance(call, ast.Call) and is_called(self.facts, call) for call in calls)
        if method.name == "__call__" and made and at_once:
            self.report(
                node,
                f"{node.name} is a function with a detour: make it a function",
                confidence=Confidence.HIGH,
            )

    def _check_pair(self, node: ast.ClassDef, init: FunctionNode, method: FunctionNode) -> None:
        kept = [_kept(statement) for statement in init.body if not is_placeholder(statement)]
        special = method.name.startswith("__") or method.decorator_list
        inside = self.facts.within(method)
        writes = any(isinstance(n, ast.Attribute) and not isinstance(n.ctx, ast.Load) for n in inside)
        passed = any(isinstance(n, ast.Name) and n.id == "self" and not self._is_owner(n) for n in inside)
        alone = not special and not writes and not passed
        if kept and all(kept) and alone and self._is_called_at_once(node.name):
            shown = ", ".join(name for name in kept if name)
            message = f"{node.name} is a function with a detour: make {method.name}() a function of {shown}"
            self.report(node, message)

    def _is_handed_on(self, name: str) -> bool:
        """Tells whether a class, or an object made of it, is an argument, a default, a result or an element."""
        for use in self.facts.derived(reads_of).get(name, ()):
            above = self.facts.parent(use)
            if isinstance(above, ast.Call) and above.func is use:
                above = self.facts.parent(above)
            if not isinstance(above, (*ASSIGNMENTS, ast.Attribute, ast.Expr)):
                return True
        return False

    def _is_asked_for(self, node: ast.ClassDef, methods: list[FunctionNode]) -> bool:
        """Tells whether a class looks like one that others ask for objects of."""
        names = frozenset(method.name for method in methods)
        alike = self.facts.derived(_classes_by_methods).get(names, 0) > 1
        used = node.name in self.facts.derived(reads_of)
        return alike or (not used and (node.name == _ASKED_BY_TASKS or _has_inverse(names)))

    def _is_called_at_once(self, name: str) -> bool:
        """Tells whether the source makes objects of a class only to call their method."""
        made = self.facts.derived(_calls).get(name, ())
        return bool(made) and all(isinstance(self.facts.parent(call), ast.Attribute) for call in made)

    def _is_owner(self, name: ast.Name) -> bool:
        return isinstance(self.facts.parent(name), ast.Attribute)

    def _is_stateless(self, method: FunctionNode) -> bool:
        if method.name.startswith("__"):
            return False
        marks = decorators_of(method)
        if marks:
            return marks == ("staticmethod",)
        first = method.args.args[0].arg if method.args.args else ""
        inside = self.facts.within(method)
        used = any(isinstance(n, ast.Name) and n.id == first for n in inside)
        return not used and not all(isinstance(s, _NOTHING) for s in body_of(method))

    def _bases(self) -> frozenset[str]:
        return self.facts.derived(_base_classes)


#: Statements of a method that only says what others do.
_NOTHING = (ast.Pass, ast.Raise, ast.Expr)


#: The class that tasks in programming ask for.
_ASKED_BY_TASKS = "Solution"
#: First words of methods that undo each other, besides those that a prefix turns around.
_INVERSE = (
    {"dump", "load"},
    {"dumps", "loads"},
    {"save", "load"},
    {"write", "read"},
    {"format", "parse"},
    {"render", "parse"},
    {"to", "from"},
    {"open", "close"},
    {"start", "stop"},
    {"compress", "expand"},
)


def _has_inverse(names: frozenset[str]) -> bool:
    """Tells whether one of several methods undoes another, by their names."""
    words = {name.lstrip("_").partition("_")[0] for name in names}
    done = words | {word[2:] for word in words if word.startswith("en")}
    undone = {word[2:] for word in words if word.startswith(("de", "un"))}
    return not undone.isdisjoint(done) or any(pair <= words for pair in _INVERSE)


def _classes_by_methods(facts: Facts) -> Counter[frozenset[str]]:
    """The names of the methods of a class → how many classes have just these."""
    classes = facts.of(ast.ClassDef)
    return Counter(frozenset(each.name for each in node.body if is_function(each)) for node in classes)


def _base_classes(facts: Facts) -> frozenset[str]:
    """The last words of the names of all base classes of a source."""
    classes = facts.of(ast.ClassDef)
    return frozenset(dotted_name(base).rpartition(".")[2] for node in classes for base in node.bases)


def _calls(facts: Facts) -> dict[str, list[ast.Call]]:
    """What is called, as it is written → the calls."""
    found: dict[str, list[ast.Call]] = {}
    for call in facts.of(ast.Call):
        found.setdefault(dotted_name(call.func), []).append(call)
    return found


def _kept(statement: ast.stmt) -> str:
    """The name that ``self.x = x`` keeps; empty for any other statement."""
    if isinstance(statement, ASSIGNMENTS) and isinstance(statement.value, ast.Name):
        target = targets_of(statement)[0]
        own = isinstance(target, ast.Attribute) and dotted_name(target.value) == "self"
        return statement.value.id if own else ""
    return ""
