"""The rule call-by-detour."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_text, last_word

if TYPE_CHECKING:
    from quality.rules import Facts

#: Functions that make another one, and what is said where that is called at once.
_MAKERS = {
    "functools.partial": "call {} with its arguments",
    "operator.methodcaller": "call the method",
    "operator.attrgetter": "write the attribute with a dot",
}
#: Functions of the module operator → operands, of those whose operator is as short.
_OPERANDS = {
    **dict.fromkeys(
        (
            "add",
            "and_",
            "concat",
            "contains",
            "eq",
            "floordiv",
            "ge",
            "getitem",
            "gt",
            "is_",
            "is_not",
            "le",
            "lt",
        ),
        2,
    ),
    **dict.fromkeys(("mod", "mul", "ne", "or_", "sub", "truediv", "xor"), 2),
    **dict.fromkeys(("neg", "not_", "invert", "pos"), 1),
}
_OPERATOR = "write the operator"
#: Words of the detours by which something with a name is called.
_WORDS = frozenset({"operator", "str"})


class CallByDetour(AstRule):
    """A function is made, looked up or wrapped only to be called.

    ## What it does
    Reports functions that are made and called in one expression, `partial(f, x)()`, `methodcaller("run")(job)`,
    `attrgetter("name")(user)`, and functions that are taken out of where they are written, `[f, g][0](x)`, or looked up by a
    fixed name in a namespace, `vars(os)["remove"](path)`; functions of the module `operator` that are called where the
    operator itself would do, and methods of a text that are called as functions of `str`.

    Names that are not written there, as in `attrgetter(path)(settings)`, functions that are kept or handed on, and tables
    that are asked for a key of which nothing is known are fine.

    ## Why is this bad
    It is a plain call, written so that neither a reader nor a tool sees what is called with what.

    ## Example
    ```python
    from functools import partial

    def show(value):
        partial(print, value, end="")()
    ```

    ## Use instead
    ```python
    def show(value):
        print(value, end="")
    ```

    ## References
    - [Python documentation: functools.partial](https://docs.python.org/3/library/functools.html#functools.partial)
    """

    dimension = "clarity"
    as_written = True
    severity = Severity.WARNING
    effort = 1

    VALID = (
        Valid("from functools import partial\n\nrun = partial(print, end='')\nrun(1)", "It is kept"),
        Valid("from functools import partial\n\nstart(partial(print, 1))", "It is handed on"),
        Valid(
            "from operator import attrgetter\n\ndef f(a, path):\n    return attrgetter(path)(a)", "Any name"
        ),
        Valid("def f(a, b, turn):\n    return (a, b)[turn](1)", "Whichever is asked for"),
        Valid("def f(handlers, event):\n    return handlers[event](event)"),
        Valid("def f(module, name):\n    return vars(module)[name]()"),
        Valid("def f(a, b):\n    return (a or b)(1)", "Whichever is there"),
        Valid("from operator import add\n\ndef f(a, pair):\n    return add(*pair)", "Operands in a pair"),
        Valid(
            "import operator\n\nclass Proxy:\n    def __add__(self, other):\n        return operator.add(self.inner, other)",
            "One of all the operators that a proxy hands on",
        ),
        Valid("table = str.maketrans('-', '_')", "No method of a text"),
        Valid(
            "from operator import add\n\ndef f(curry):\n    @curry\n    def add(a, b):\n        return a + b\n    return add(1, 2)",
            "A function of its own hides the operator's",
        ),
        Valid("def partial(a):\n    return a\n\npartial(print)()", "A function of its own"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    return (print or None)(x)",
            ("2:12-2:30 a plain call by a detour: call the function itself",),
        ),
        Invalid(
            "import operator\n\ndef f(x):\n    return operator.eq(x, x)",
            ("4:12-4:29 a plain call by a detour: write the operator",),
        ),
        Invalid(
            "def f(x):\n    return str.format('a {}', x)",
            ("2:12-2:33 a plain call by a detour: call the method of the text",),
        ),
        Invalid(
            "from functools import partial\n\npartial(print, 1)()",
            ("3:1-3:20 a plain call by a detour: call print with its arguments",),
        ),
        Invalid(
            "import operator\n\noperator.methodcaller('run', 1)(job)",
            ("3:1-3:37 a plain call by a detour: call the method",),
        ),
        Invalid(
            "from operator import attrgetter\n\nname = attrgetter('name')(user)",
            ("3:8-3:32 a plain call by a detour: write the attribute with a dot",),
        ),
        Invalid(
            "def f(x):\n    return [max, min][0](x)",
            ("2:12-2:28 a plain call by a detour: call the function itself",),
        ),
        Invalid(
            "import os\n\nvars(os)['remove'](path)",
            ("3:1-3:25 a plain call by a detour: write the name with a dot",),
        ),
        Invalid(
            "import os\n\nos.__dict__['remove'](path)",
            ("3:1-3:28 a plain call by a detour: write the name with a dot",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether one of the words is there, or something without a name is called."""
        return not _WORDS.isdisjoint(facts.vocabulary) or any(
            not isinstance(call.func, ast.Name | ast.Attribute) for call in facts.of(ast.Call)
        )

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if isinstance(function, ast.Call):
            remedy = self._made(function)
        elif isinstance(function, ast.Subscript) and isinstance(function.slice, ast.Constant):
            remedy = self._taken(function.value)
        elif isinstance(function, ast.BoolOp):
            remedy = "call the function itself" if _is_nothing(function.values[-1]) else ""
        else:
            remedy = self._is_of_text(call) or self._is_operator(call)
        if remedy:
            operator = remedy == _OPERATOR
            self.report(
                call, f"a plain call by a detour: {remedy}", severity=Severity.NOTE if operator else None
            )

    def _is_operator(self, call: ast.Call) -> str:
        """``operator.eq(a, b)``."""
        last = last_word(call.func)
        if len(call.args) != _OPERANDS.get(last):
            return ""
        plain = not call.keywords and not any(isinstance(each, ast.Starred) for each in call.args)
        around = self.facts.function(call)
        if around is not None and around.name.startswith("__"):
            return ""  # the operator would be the function itself, and a proxy names all of them alike
        if not plain:
            return ""
        if isinstance(call.func, ast.Name) and any(
            each.name == call.func.id for each in self.facts.functions
        ):
            return ""  # a function of its own
        return _OPERATOR if self.facts.origin(call.func) == f"operator.{last}" else ""

    def _is_of_text(self, call: ast.Call) -> str:
        """``str.format("...", x)``."""
        function = call.func
        if not isinstance(function, ast.Attribute) or not call.args or not is_text(call.args[0]):
            return ""
        if function.attr == "maketrans":  # it is a method of no text
            return ""
        return "call the method of the text" if self.facts.is_builtin(function.value, "str") else ""

    def _made(self, maker: ast.Call) -> str:
        name = self.facts.origin(maker.func)
        first = maker.args[0] if maker.args else None
        remedy = _MAKERS.get(name, "")
        if first is None or not remedy:
            return ""
        if name == "functools.partial":
            return remedy.format(ast.unparse(first)) if isinstance(first, ast.Name | ast.Attribute) else ""
        return remedy if isinstance(first, ast.Constant) else ""

    def _taken(self, whole: ast.expr) -> str:
        if isinstance(whole, ast.List | ast.Tuple | ast.Dict):
            return "call the function itself"
        by_call = (
            isinstance(whole, ast.Call) and bool(whole.args) and self.facts.is_builtin(whole.func, "vars")
        )
        by_name = isinstance(whole, ast.Attribute) and whole.attr == "__dict__"
        return "write the name with a dot" if by_call or by_name else ""


def _is_nothing(node: ast.expr) -> bool:
    """Tells whether an operand can never be called."""
    return isinstance(node, ast.Constant | ast.List | ast.Dict | ast.Tuple)
