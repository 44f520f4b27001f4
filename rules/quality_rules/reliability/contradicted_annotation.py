"""The rule contradicted-annotation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, decorators, shorten, with_defaults
from quality_rules._asked import has_defaults
from quality_rules._kinds import Kind, Kinds

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Annotation → the types of constants that are such a value.
_SCALARS = {
    "int": (int,),
    "str": (str,),
    "bool": (bool,),
    "float": (int, float),
    "complex": (int, float, complex),
    "bytes": (bytes,),
}
#: Annotation → how such a value is written.
_DISPLAYS: dict[str, tuple[type[ast.expr], ...]] = {
    "list": (ast.List, ast.ListComp),
    "dict": (ast.Dict, ast.DictComp),
    "set": (ast.Set, ast.SetComp),
    "tuple": (ast.Tuple,),
}
_WRITTEN = (*(kind for kinds in _DISPLAYS.values() for kind in kinds), ast.JoinedStr)
#: What a computed value is → the annotations that it fits.
_FITTING = {
    Kind.LIST: {"list"},
    Kind.DICT: {"dict"},
    Kind.SET: {"set"},
    Kind.TEXT: {"str", "bytes"},
    Kind.NUMBER: {"int", "float", "complex"},
    Kind.FLOAT: {"float", "complex"},
    Kind.ITERATOR: set(),
}
_CAPITALS = {"List": "list", "Dict": "dict", "Set": "set", "Tuple": "tuple"}


class ContradictedAnnotation(AstRule):
    """A function returns something else than it says.

    ## What it does
    Reports a `return` of a constant, a display, a call of a builtin, what is counted up or nothing at all, where the
    annotation of the function names another builtin type, and defaults of parameters and fields that their annotation rules
    out (`limit: int = None`).

    Functions that other types are written for by a decorator, and what only the program knows, are fine.

    ## Why is this bad
    Callers trust the annotation. Who calls `name() -> str` does not ask for None, and the program ends where the
    value is used, far away from the cause.

    ## Example
    ```python
    def first_word(line: str) -> str:
        for word in line.split():
            return word
        return None
    ```

    ## Use instead
    ```python
    def first_word(line: str) -> str | None:
        for word in line.split():
            return word
        return None
    ```

    ## References
    - [PEP 484: type hints](https://peps.python.org/pep-0484/)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 5
    #: Whoever leaves the annotation out must not be better off by much.
    weight = 0.1

    VALID = (
        Valid("def f(x) -> str | None:\n    return None"),
        Valid("def f(x) -> float:\n    return 1", "A whole number is one, too"),
        Valid("def f(x) -> int:\n    return x > 1 and True"),
        Valid("def f(x) -> int:\n    return True", "It is a number"),
        Valid("def f(x) -> str:\n    return x"),
        Valid(
            "def f(x) -> bool:\n    def g():\n        return 1\n    return g() == x", "Of the function inside"
        ),
        Valid("def f(x) -> list:\n    yield 1\n    return None", "Of the generator"),
        Valid("def f(x) -> int:\n    return NotImplemented"),
        Valid("Priority = int\n\ndef f(x) -> Priority:\n    return 0", "Another name of the type"),
        Valid("@contextmanager\ndef f(x) -> int:\n    return None", "The decorator knows"),
        Valid("def f(x) -> None:\n    return"),
        Valid("def f(x: int | None = None, y: float = 1, *, z: 'int' = None):\n    return x, y, z"),
        Valid("def f(x) -> float:\n    return len(x)", "A whole number is one, too"),
        Valid("def f(x) -> bytes:\n    return x.strip()", "Bytes have the method, too"),
        Valid("def f(x) -> int:\n    n = 0\n    n = x.n\n    return n", "It is bound to something else, too"),
        Valid(
            "class A:\n    size: int = field(default=None)\n    def f(self):\n        n: int = None\n        return n"
        ),
        Valid(
            "class A:\n    def list(self) -> int: ...\n    def f(self) -> list:\n        return None",
            "Another list",
        ),
    )
    INVALID = (
        Invalid(
            "def f(text: str, limit: int = None, *, sep: bytes = ','):\n    return text.split(sep)[:limit]",
            (
                "1:31-1:35 limit says int and is None by default: say both, or give it another default",
                "1:53-1:56 sep says bytes and is ',' by default: say both, or give it another default",
            ),
        ),
        Invalid(
            "class Page:\n    size: int = None",
            ("2:17-2:21 size says int and is None by default: say both, or give it another default",),
        ),
        Invalid(
            "def f(xs) -> dict:\n    n = 0\n    for x in xs:\n        n += 1\n    return n",
            ("5:5-5:13 f returns n and says dict: return what it says, or say what it returns",),
        ),
        Invalid(
            "def f(xs) -> str:\n    return sorted(xs)",
            ("2:5-2:22 f returns sorted(xs) and says str: return what it says, or say what it returns",),
        ),
        Invalid(
            "def f(x) -> str:\n    if x:\n        return x.name\n    return None",
            ("4:5-4:16 f returns None and says str: return what it says, or say what it returns",),
        ),
        Invalid(
            "Priority = int\n\ndef f(x) -> Priority:\n    return 'high'",
            ("4:5-4:18 f returns 'high' and says Priority: return what it says, or say what it returns",),
        ),
        Invalid(
            "def f(x) -> dict[str, int]:\n    return [x]",
            ("2:5-2:15 f returns [x] and says dict[str, int]: return what it says, or say what it returns",),
        ),
        Invalid(
            "def f(x) -> str:\n    def g():\n        return 1\n    return g()",
            ("3:9-3:17 f returns 1 and says str: return what it says, or say what it returns",),
        ),
        Invalid(
            "def f(x) -> int:\n    try:\n        return int(x)\n    except ValueError:\n        return",
            ("5:9-5:15 f returns None and says int: return what it says, or say what it returns",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether something says what it returns, or of what type it is and what it is by default."""
        said = any(each.returns is not None for each in facts.functions)
        if said or facts.of(ast.AnnAssign):
            return True
        return has_defaults(facts) and any(each.annotation for each in facts.of(ast.arg))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        arguments = function.args
        for place, default in with_defaults(arguments) if arguments.defaults or arguments.kw_defaults else ():
            if default is not None and place.annotation is not None:
                self._check_default(place.arg, place.annotation, default)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and statement.value is not None:
                self._check_default(ast.unparse(statement.target), statement.annotation, statement.value)

    def _check_default(self, name: str, says: ast.expr, default: ast.expr) -> None:
        if isinstance(default, ast.Constant | ast.JoinedStr) and self._contradicts(says, default):
            said, given = shorten(ast.unparse(says), 30), shorten(ast.unparse(default), 30)
            self.report(
                default, f"{name} says {said} and is {given} by default: say both, or give it another default"
            )

    def visit_Return(self, node: ast.Return) -> None:
        function = self.facts.function(node)
        says = self._annotation(function) if function is not None else None
        if function is None or says is None or not self._contradicts(says, node.value):
            return
        returned = "None" if node.value is None else shorten(ast.unparse(node.value), 30)
        said = shorten(ast.unparse(says), 30)
        self.report(
            node,
            f"{function.name} returns {returned} and says {said}: return what it says, or say what it returns",
        )

    def _annotation(self, function: FunctionNode) -> ast.expr | None:
        """What a function says that it returns, by itself or by the function around it that hands it on."""
        if function not in self._said:
            transparent = set(decorators(function)) <= {"property", "staticmethod", "classmethod"}
            says = function.returns
            around = self.facts.function(function)
            if says is None and around is not None and (around, function.name) in self._handed_on:
                says = self._annotation(around)
            self._said[function] = says if transparent and function not in self._generators else None
        return self._said[function]

    @cached_property
    def _said(self) -> dict[FunctionNode, ast.expr | None]:
        """Function → what it says that it returns, as far as somebody asked."""
        return {}

    @cached_property
    def _handed_on(self) -> set[tuple[FunctionNode | None, str]]:
        """Functions, and the names of those whose results they return."""
        found: set[tuple[FunctionNode | None, str]] = set()
        for node in self.facts.of(ast.Return):
            match node.value:
                case ast.Call(func=ast.Name(id=name)):
                    found.add((self.facts.function(node), name))
        return found

    def _contradicts(self, says: ast.expr, value: ast.expr | None) -> bool:
        """Tells whether a value is none of the type that an annotation names."""
        outer = says.value if isinstance(says, ast.Subscript) else says
        name = outer.id if isinstance(outer, ast.Name) else ""
        if name not in _CAPITALS and not self.facts.is_builtin(outer, *_SCALARS, *_DISPLAYS):
            return False
        if name not in _CAPITALS and name not in _SCALARS and name not in _DISPLAYS:
            name = self.facts.origin(outer)  # a name that the source gives to a builtin
        name = _CAPITALS.get(name, name)
        if isinstance(value, _WRITTEN):
            fits = (
                name == "str"
                if isinstance(value, ast.JoinedStr)
                else isinstance(value, _DISPLAYS.get(name, ()))
            )
            return not fits
        if value is None or isinstance(value, ast.Constant):
            constant = value.value if value is not None else None
            return constant is not Ellipsis and not isinstance(constant, _SCALARS.get(name, ()))
        kind = self.facts.derived(Kinds).of(value) if isinstance(value, ast.Name | ast.Call) else None
        return kind is not None and name not in _FITTING[kind]

    @cached_property
    def _generators(self) -> set[FunctionNode | None]:
        """The functions that yield."""
        return {self.facts.function(node) for node in self.facts.of(ast.Yield, ast.YieldFrom)}
