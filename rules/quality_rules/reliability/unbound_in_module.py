"""The rule unbound-in-module."""

from __future__ import annotations

import ast
import sys

from quality.model import BUILTINS, Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Setting, Valid, dotted_name, last_word, names_version
from quality_rules._asked import names_what_nothing_binds
from quality_rules._handlers import asks_for_name

#: What a module has without binding it.
_GIVEN = BUILTINS | {"__builtins__", "__file__", "__path__", "__annotations__", "reveal_type", "WindowsError"}
#: As many statements may read a name that is forgotten.
_FEW = 2
#: Calls that may bind any name.
_BINDING = ("globals", "locals", "vars", "exec", "eval")
#: Where code runs later, or may be cut out of another module.
_ELSEWHERE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


class UnboundInModule(AstRule):
    """A module reads a name that nothing binds.

    ## What it does
    Reports the first name that code outside of functions and classes reads and that nothing in the text binds.

    A text that imports `*`, reads its own names or runs text may bind any name, a `try` with a handler for `NameError` asks
    whether there is one, and another version of Python may have it.
    Among other files, which the option `standalone` excludes, a name that three or more statements read has low confidence: the text
    would fail at the first, so whoever runs it gives it the name, as build tools do.
    Names in functions, bases, decorators and annotations are left alone: a function may be cut out of a module that
    has them. So are modules of the standard library (`operator.add`) and what names stand for by convention (`np`, `deque`) in a text that
    imports nothing at all.

    ## Why is this bad
    To import or run the text raises NameError there, and nothing behind it runs.

    ## Example
    ```python
    def mean(values):
        return sum(values) / len(values)

    print(mean(prices))
    ```

    ## Use instead
    ```python
    def mean(values):
        return sum(values) / len(values)

    print(mean([1.5, 2.5]))
    ```
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:undefined-variable",)
    asks = (names_what_nothing_binds,)

    standalone = Setting(
        default=False, description="The text is all there is: no other file runs it with names of its own."
    )

    VALID = (
        Valid("if str is not bytes:\n    KINDS = (int,)\nelse:\n    KINDS = (int, long)", "Of Python 2"),
        Valid("print(len(__name__))"),
        Valid(
            "SIGNS = {'+': operator.add}\nWAITING = deque()\nlog = logging.getLogger(__name__)",
            "A piece without its imports",
        ),
        Valid("for item in range(3):\n    print(item)"),
        Valid("def f():\n    return settings.debug", "A function may be cut out of its module"),
        Valid("@app.route('/')\ndef f(request: Request): ...", "So may what decorates it"),
        Valid("import sys\nif sys.version_info >= (3, 99):\n    print(builtin_of_then)"),
        Valid("import sys\nPY2 = sys.version_info[0] < 3\nif PY2:\n    text = unicode", "The same by a name"),
        Valid("from shop import is_py2\nif is_py2:\n    most = long(3)", "That of another file"),
        Valid("from shapes import *\nprint(square)"),
        Valid("try:\n    unicode\nexcept NameError:\n    unicode = str"),
        Valid("try:\n    get_ipython()\nexcept (ImportError, NameError):\n    print()"),
        Valid("print([n for n in range(3)], (lambda x: x)(1))"),
        Valid("try:\n    import a\nexcept ImportError as error:\n    print(error)"),
        Valid("match f():\n    case [first, *rest]:\n        print(first, rest)\ndef f(): ..."),
    )
    INVALID = (
        Invalid("print(total)", ("1:7-1:12 nothing binds total: define or import it",)),
        Invalid(
            "for row in rows:\n    print(row, column)", ("1:12-1:16 nothing binds rows: define or import it",)
        ),
        Invalid(
            "try:\n    start(port)\nexcept OSError:\n    print()",
            ("2:5-2:10 nothing binds start: define or import it",),
        ),
        Invalid(
            "import sys\nSIGNS = {'+': operator.add}",
            ("2:15-2:23 nothing binds operator: define or import it",),
        ),
        Invalid("size = operator + 1", ("1:8-1:16 nothing binds operator: define or import it",)),
        Invalid(
            "import os\nif DEBUG:\n    os.abort()", ("2:4-2:9 nothing binds DEBUG: define or import it",)
        ),
    )

    def visit_Module(self, _module: ast.Module) -> None:
        bound = self.facts.bound
        for name in self.facts.of(ast.Name):
            if name.id in bound or name.id in _GIVEN or self._is_usual(name):
                continue
            if self._runs_with_module(name) and name.id not in self._captured:
                if not self._binds_unseen():
                    what = f"nothing binds {name.id}: define or import it"
                    given = not self.standalone and self._is_read_often(name.id)
                    self.report(name, what, confidence=Confidence.LOW if given else Confidence.MEDIUM)
                return

    def _is_usual(self, name: ast.Name) -> bool:
        """Tells whether a name says by itself what it stands for, in a text that shows none of its imports."""
        if self.facts.imports:
            return False
        of_module = isinstance(self.facts.parent(name), ast.Attribute) and name.id in sys.stdlib_module_names
        return of_module or name.id in self.facts.origins.standing

    def _is_read_often(self, word: str) -> bool:
        """Tells whether more statements read a name than would if it were forgotten."""
        read = (each for each in self.facts.of(ast.Name) if each.id == word and self._runs_with_module(each))
        return len({self.facts.statement(each) for each in read}) > _FEW

    @cached_property
    def _asking(self) -> dict[ast.AST, bool]:
        return {}

    @cached_property
    def _captured(self) -> frozenset[str | None]:
        """What handlers and patterns bind."""
        facts = self.facts
        return frozenset[str | None]().union(
            (node.name for node in facts.of(ast.ExceptHandler)),
            (node.name for node in facts.of(ast.MatchAs)),
            (node.name for node in facts.of(ast.MatchStar)),
            (node.rest for node in facts.of(ast.MatchMapping)),
        )

    def _binds_unseen(self) -> bool:
        """Tells whether the text may bind any name."""
        stars = any(alias.name == "*" for alias in self.facts.of(ast.alias))
        calls = (call.func for call in self.facts.of(ast.Call))
        return stars or any(self.facts.is_builtin(called, *_BINDING) for called in calls)

    def _asks(self, node: ast.AST) -> bool:
        """Tells whether a statement asks whether there is a name, or for the version of Python and so its builtins."""
        if not isinstance(node, ast.If | ast.Try | ast.TryStar):
            return False
        if node not in self._asking:
            self._asking[node] = asks_for_name(node) or self._asks_version(node)
        return self._asking[node]

    def _asks_version(self, node: ast.AST) -> bool:
        """Tells whether a condition asks for Python's version, and so perhaps for builtins of another.

        ``str is bytes`` is true in Python 2 alone.
        """
        if not isinstance(node, ast.If):
            return False
        if {"bytes", "str"} <= self.facts.names_in(node.test):
            return True
        asked = [
            self.facts.only_value(each) for each in self.facts.within(node.test) if isinstance(each, ast.expr)
        ]
        inside = (each for part in asked for each in ast.walk(part))
        return any(names_version(dotted_name(each)) or last_word(each) == "version_info" for each in inside)

    def _runs_with_module(self, name: ast.Name) -> bool:
        """Tells whether a name is read when the module runs, and nothing asks whether there is one."""
        below: ast.AST = name
        for above in self.facts.ancestors(name):
            annotates = isinstance(above, ast.AnnAssign) and below is above.annotation
            if annotates or self._asks(above) or isinstance(above, _ELSEWHERE):
                return False
            below = above
        return True
