"""The rule missing-attribute."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word, shorten, with_defaults
from quality_rules._handlers import guards

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_TYPES: dict[str, type] = {
    each.__name__: each for each in (int, float, complex, bool, str, bytes, list, tuple, dict, set, frozenset)
}
_CAPITALS = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple"}
_TYPING = {f"typing.{capital}": plain for capital, plain in _CAPITALS.items()}
#: What asks whether a value is something else than its annotation says.
_ASKING = ("isinstance", "hasattr", "getattr", "type", "callable", "issubclass", "dir")


class MissingAttribute(AstRule):
    """A value of a builtin type has no such attribute.

    ## What it does
    Reports an attribute of a parameter that its annotation makes a number, a text, a list, a tuple, a dictionary or a set, and
    that such values do not have: `names.length` of `names: list[str]`, `text.contains(word)` of `text: str`.

    Parameters that are bound anew, or that the function asks `isinstance`, `hasattr`, `dir` or `type` about, and code that expects the error, are
    fine.

    ## Why is this bad
    Other languages have it; in Python, reaching the line raises AttributeError.

    ## Example
    ```python
    def mean(values: list[float]) -> float:
        return sum(values) / values.length
    ```

    ## Use instead
    ```python
    def mean(values: list[float]) -> float:
        return sum(values) / len(values)
    ```

    ## References
    - [Python documentation: built-in types](https://docs.python.org/3/library/stdtypes.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:no-member",)
    needs = frozenset({ast.Attribute})

    VALID = (
        Valid("def f(xs: list[int], t: str, d: dict):\n    xs.append(1)\n    return t.upper(), d.items(), xs.__len__()"),
        Valid("def f(x: str):\n    x = parse(x)\n    return x.root", "It is bound anew"),
        Valid("def f(x: str):\n    if isinstance(x, Path):\n        return x.name\n    return x", "It is asked"),
        Valid("def f(x: str):\n    return x.quote if is_quoted(x) else x", "It is asked"),
        Valid("def f(x: bytes):\n    return x.read() if 'read' in dir(x) else x", "It is asked"),
        Valid("def f(x: int | None, y: 'Row', z: list | Tree):\n    return x.name, y.name, z.root"),
        Valid("def f(x: str):\n    try:\n        return x.name\n    except AttributeError:\n        return x", "Expected"),
        Valid("class str: ...\n\ndef f(x: str):\n    return x.name", "Another type"),
        Valid("def f(x: str = None):\n    return x and x.name", "It is no text always"),
        Valid("def f(x: str):\n    def g(x):\n        return x.name\n    return g(x)", "Another one"),
        Valid("class A:\n    @prefix.setter\n    def prefix(self, prefix: str):\n        self.p = prefix", "Of the property"),
        Valid("def f(*x: int, **y: int):\n    return x.index(1), y.keys()"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "def f(names: list[str], text: str):\n    return names.length, text.contains('a')",
            (
                "2:12-2:24 names is list[str], which has no length",
                "2:26-2:39 text is str, which has no contains",
            ),
        ),
        Invalid(
            "from typing import Dict\n\ndef f(ages: Dict[str, int]):\n    for name, age in ages.iteritems():\n        print(name, age)",
            ("4:22-4:36 ages is Dict[str, int], which has no iteritems",),
        ),
        Invalid(
            "def f(seen: set):\n    def add(x):\n        seen.append(x)\n    return add",
            ("3:9-3:20 seen is set, which has no append",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether something is asked for an attribute that has the name of a parameter with a type."""
        asked = facts.derived(_asked)
        return any(each.annotation is not None and each.arg in asked for each in facts.of(ast.arg))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        asked = self.facts.derived(_asked)
        typed = {
            place.arg: (place.annotation, kind)
            for place, default in with_defaults(function.args)
            if place.arg in asked
            if (kind := self._kind(place.annotation)) is not None and place.annotation is not None
            if not all(hasattr(kind, each) for each in asked[place.arg])
            if default is None
            or (isinstance(default, ast.Constant) and default.value is not None)
            or self._is_display(default)
        }
        if not typed:
            return
        names = self.facts.names(function)
        for name, (annotation, kind) in typed.items():
            if name in names.stores or name in names.shared:
                continue
            for node in self._missing(function, name, kind):
                said = shorten(ast.unparse(annotation), 40)
                self.report(node, f"{name} is {said}, which has no {node.attr}")

    def _missing(self, function: FunctionNode, name: str, kind: type) -> list[ast.Attribute]:
        """The attributes of a name that its type lacks; none where somebody asks about it, or binds it inside."""
        found: list[ast.Attribute] = []
        inside = (node for statement in function.body for node in self.facts.within(statement))
        for node in inside:
            if (
                isinstance(node, ast.arg)
                and node.arg == name
                and self.facts.parent(self.facts.parent(node) or node) is not function
            ):
                return []
            if not isinstance(node, ast.Name) or node.id != name:
                continue
            above = self.facts.parent(node)
            if not isinstance(node.ctx, ast.Load):
                return []
            if isinstance(above, ast.Call) and self._asks(above):
                return []
            if (
                isinstance(above, ast.Attribute)
                and not hasattr(kind, above.attr)
                and not self._is_expected(above)
            ):
                found.append(above)
        return found

    def _asks(self, call: ast.Call) -> bool:
        """Tells whether a call asks what something is."""
        question = last_word(call.func).startswith(("is_", "has_"))
        return question or self.facts.is_builtin(call.func, *_ASKING)

    def _is_expected(self, node: ast.AST) -> bool:
        """Tells whether some handler around a node, in the same function, is ready for the error."""
        function = self.facts.function(node)
        return any(self.facts.function(each) is function for each in guards(self.facts, node))

    def _is_display(self, node: ast.expr) -> bool:
        return isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.Set)

    def _kind(self, annotation: ast.expr | None) -> type | None:
        """The builtin type that an annotation names, and nothing else beside it."""
        outer = annotation.value if isinstance(annotation, ast.Subscript) else annotation
        if outer is None:
            return None
        if isinstance(outer, ast.Name) and self.facts.is_builtin(outer, *_TYPES):
            return _TYPES.get(outer.id)
        return _TYPES.get(_TYPING.get(self.facts.origin(outer), ""))


def _asked(facts: Facts) -> dict[str, set[str]]:
    """Name → the attributes that it is asked for, anywhere."""
    found: dict[str, set[str]] = {}
    for node in facts.of(ast.Attribute):
        if isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
    return found
