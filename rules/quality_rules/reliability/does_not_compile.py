"""The rule does-not-compile."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, positional_of
from quality_rules._loops import COMPREHENSIONS, loop_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from quality.rules import Facts

#: From 21 comprehensions inside each other some versions of Python crash.
_MOST_INSIDE = 15
_PLACED = (ast.stmt, ast.expr, ast.arg, ast.keyword, ast.pattern)
#: What the compiler only takes in some places, or with some names.
_PLACE_BOUND = frozenset(
    {
        *(
            ast.Global,
            ast.Nonlocal,
            ast.NamedExpr,
            ast.Starred,
            ast.Yield,
            ast.YieldFrom,
            ast.TryStar,
            ast.Match,
        ),
        *(ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await),
        *(
            getattr(ast, name)
            for name in ("TypeAlias", "TypeVar", "ParamSpec", "TypeVarTuple")
            if hasattr(ast, name)
        ),
    }
)
#: Statements that stand inside each other only so deep, for what is left of them when they end.
_KEEPING = (ast.For, ast.While, ast.With, ast.Try)
#: Of fewer than these, each kept four times at most, no twenty are inside each other.
_FEW_KEEPING = 5


class DoesNotCompile(AstRule):
    """Python parses the text and refuses to compile it.

    ## What it does
    Compiles the text, without running any of it, and reports the error. `await` outside of functions is left to
    those who run it where that is allowed, as in notebooks.

    ## Why is this bad
    The error is a SyntaxError: nothing of the text can run, not even what stands before the mistake.

    ## Example
    ```python
    def add(total):
        count = total
        global count
        count += 1
    ```

    ## Use instead
    ```python
    def add(total):
        return total + 1
    ```

    ## References
    - [Python documentation: SyntaxError](https://docs.python.org/3/library/exceptions.html#SyntaxError)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    as_written = True
    equivalents = (
        "pylint:return-outside-function",
        "pylint:yield-outside-function",
        "pylint:yield-inside-async-function",
        "pylint:not-in-loop",
        "pylint:duplicate-argument-name",
        "pylint:nonlocal-without-binding",
        "pylint:nonlocal-and-global",
        "pylint:used-prior-global-declaration",
        "pylint:misplaced-future",
        "pylint:star-needs-assignment-target",
        "pylint:invalid-star-assignment-target",
        "pylint:too-many-star-expressions",
        "pylint:bare-name-capture-pattern",
        "pylint:multiple-class-sub-patterns",
        "pylint:global-at-module-level",
    )

    VALID = (
        Valid("def counted():\n    global count\n    count = 1\n    return count"),
        Valid("page = await fetch()", "In a notebook"),
        Valid("for row in rows:\n    continue"),
        Valid("CODE = 'return 1'", "A text"),
    )
    INVALID = (
        Invalid("return 1", ("1:1-1:9 Python does not compile this: 'return' outside function",)),
        Invalid(
            "def add(x, x):\n    return x",
            ("1:12-1:13 Python does not compile this: duplicate argument 'x' in function definition",),
        ),
        Invalid(
            "add(1)\nprint(add(x=1, x=2))",
            ("2:16-2:19 Python does not compile this: keyword argument repeated: x",),
        ),
        Invalid(
            "for row in rows:\n    def skip():\n        break",
            ("3:9-3:14 Python does not compile this: 'break' outside loop",),
        ),
        Invalid(
            "def add():\n    def inner():\n        nonlocal count\n        count = 1\n\n    return inner",
            ("3:9-3:23 Python does not compile this: no binding for nonlocal 'count' found",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is anything that Python may parse and refuse to compile, in a list of all such causes.

        Most texts have nothing of it, and to compile one takes longer than to parse it.
        """
        return (
            not _PLACE_BOUND.isdisjoint(facts.source.nodes.kinds)
            or len(facts.of(*_KEEPING)) >= _FEW_KEEPING
            or facts.source.mentions("__debug__", "__future__")
            or any(
                refused(facts, each)
                for kind, refused in _REFUSED.items()
                for each in facts.source.nodes.kinds.get(kind, ())
            )
        )

    def visit_Module(self, node: ast.Module) -> None:
        if self._goes_deep():
            return
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(node, "text", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            self.report(self._place_of(error), f"Python does not compile this: {error.msg}")

    def _goes_deep(self) -> bool:
        """Tells whether comprehensions stand so deep inside each other that compiling could crash."""
        inside = [each for kind in COMPREHENSIONS for each in self.facts.of(kind)]
        return len(inside) > _MOST_INSIDE and any(
            sum(isinstance(above, COMPREHENSIONS) for above in self.facts.ancestors(each)) > _MOST_INSIDE
            for each in inside
        )

    def _place_of(self, error: SyntaxError) -> ast.AST:
        """What stands where the compiler stopped; the statement around it where it names another place."""
        line, column = error.lineno or 1, (error.offset or 1) - 1
        placed = [each for each in self.source.nodes.order if isinstance(each, _PLACED)]
        exact = [each for each in placed if (each.lineno, each.col_offset) == (line, column)]
        return (
            exact or [each for each in placed if isinstance(each, ast.stmt) and each.lineno <= line][-1:]
        )[0]


def _repeats_parameter(facts: Facts, arguments: ast.arguments) -> bool:
    if not facts.derived(_names_parameters_alike):
        return False
    every = [*positional_of(arguments), *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    names = [each.arg for each in every if each is not None]
    return len(set(names)) < len(names)


def _names_parameters_alike(facts: Facts) -> bool:
    """Tells whether two parameters have one name, be they of one function or not."""
    every = facts.of(ast.arg)
    return len({each.arg for each in every}) < len(every)


def _repeats_keyword(call: ast.Call | ast.ClassDef) -> bool:
    names = [each.arg for each in call.keywords if each.arg]
    return len(set(names)) < len(names)


def _stands_in_no_function(facts: Facts, statement: ast.Return) -> bool:
    in_class = bool(facts.of(ast.ClassDef)) and facts.class_of(statement) is not None
    return in_class or facts.function(statement) is None


#: Type of node → tells whether Python may refuse one.
_REFUSED: Mapping[type[ast.AST], Callable[[Facts, Any], bool]] = {
    ast.Return: _stands_in_no_function,
    **dict.fromkeys((ast.Break, ast.Continue), lambda facts, each: loop_of(facts, each) is None),
    ast.alias: lambda _, each: each.name == "*",
    ast.comprehension: lambda _, each: bool(each.is_async),
    ast.ExceptHandler: lambda _, each: each.type is None,
    ast.arguments: _repeats_parameter,
    **dict.fromkeys(
        (ast.Call, ast.ClassDef), lambda _, each: len(each.keywords) > 1 and _repeats_keyword(each)
    ),
}
