"""The rule idle-handler."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._handlers import catches_all

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What makes a value and asks nothing and nobody.
_PLAIN = (
    *(ast.Assign, ast.AnnAssign, ast.Pass, ast.Return, ast.Break, ast.Continue),
    *(ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.expr_context),
)
#: What besides calculates and decides: objects may do so in their own way, and do not miss entries, files or modules then.
_CALCULATING = (
    *(ast.If, ast.IfExp, ast.AugAssign, ast.Expr, ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Compare, ast.Set),
    *(ast.operator, ast.boolop, ast.unaryop, ast.cmpop),
)
_ALL = (*_PLAIN, *_CALCULATING)
#: Errors that only a call, an import, an entry or an attribute that is asked for can end in.
_OF_QUESTIONS = frozenset(
    {
        *("KeyError", "IndexError", "LookupError", "AttributeError", "ImportError", "ModuleNotFoundError"),
        *("OSError", "IOError", "FileNotFoundError", "FileExistsError", "PermissionError", "ConnectionError"),
        *("TimeoutError", "EOFError", "StopIteration", "UnicodeDecodeError", "UnicodeEncodeError"),
    }
)
#: Errors that come from outside, whatever the code does, or from a name that is not there.
_FROM_OUTSIDE = frozenset(
    {
        *("KeyboardInterrupt", "BaseException", "SystemExit", "GeneratorExit", "MemoryError"),
        *("RecursionError", "NameError", "UnboundLocalError"),
    }
)


class IdleHandler(AstRule):
    """A handler of an exception changes nothing.

    ## What it does
    Reports the last handler of a `try` where all that it does is to raise the exception that it got; and handlers of
    exceptions that nothing in the `try` can raise: it only gives constants and local values to names, or, of a handler of
    a missing key, attribute, file or module, asks for nothing and calls nobody.

    Handlers of what comes from outside (`KeyboardInterrupt`) and of names that may not be there (`NameError`) are fine.

    ## Why is this bad
    The program does the same without it. The reader looks for the line that goes wrong, and for the case that the handler
    is for, and finds neither; and the error that was meant is handled nowhere.

    ## Example
    ```python
    def load(path):
        try:
            return parse(path)
        except ValueError as error:
            raise error
    ```

    ## Use instead
    ```python
    def load(path):
        return parse(path)
    ```

    ## References
    - [pylint: try-except-raise](https://pylint.readthedocs.io/en/stable/user_guide/messages/warning/try-except-raise.html)
    """

    dimension = "structure"
    severity = Severity.WARNING
    effort = 2
    needs = frozenset({ast.Try})
    equivalents = ("pylint:try-except-raise",)

    VALID = (
        Valid("try:\n    a()\nexcept A as error:\n    raise error\nexcept B:\n    b()", "B may be above A"),
        Valid("try:\n    a()\nexcept A as error:\n    raise error from None", "Another cause"),
        Valid("try:\n    a()\nexcept A as error:\n    raise other"),
        Valid("try:\n    unicode = unicode\nexcept NameError:\n    unicode = str", "Whether there is one"),
        Valid("try:\n    a = b\nexcept Exception:\n    a = 1", "Whether there is one"),
        Valid("def f(a, b):\n    try:\n        return a + b\n    except TypeError:\n        return None"),
        Valid("def f(a, b):\n    try:\n        c = a.b\n    except AttributeError:\n        c = 1"),
        Valid("def f(a, b):\n    try:\n        c, d = a\n    except ValueError:\n        c = d = b"),
        Valid(
            "def f(a):\n    try:\n        while a:\n            pass\n    except KeyboardInterrupt:\n        return"
        ),
    )
    INVALID = (
        Invalid(
            "def f(a):\n    try:\n        limit = 10\n    except ValueError:\n        limit = a",
            ("4:5-5:18 nothing in this try can raise ValueError: leave the handler out",),
        ),
        Invalid(
            "def f(a):\n    try:\n        found = []\n    except:\n        found = a",
            ("4:5-5:18 nothing in this try can raise an exception: leave the handler out",),
        ),
        Invalid(
            "def f(a, b):\n    try:\n        c = a + b\n    except (KeyError, OSError):\n        c = 0",
            ("4:5-5:14 nothing in this try can raise KeyError, OSError: leave the handler out",),
        ),
        Invalid(
            "try:\n    a()\nexcept (A, B) as error:\n    raise error",
            ("3:1-4:16 error is only raised again: leave the handler out",),
        ),
    )

    def visit_Try(self, node: ast.Try) -> None:
        last = node.handlers[-1] if node.handlers else None
        if last is not None and _only_raises_again(last):
            self.report(last, f"{last.name} is only raised again: leave the handler out")
        if not all(isinstance(statement, _ALL) for statement in node.body):
            return
        inside = [part for statement in node.body for part in self._parts(statement)]
        if all(isinstance(part, _ALL) for part in inside):
            for handler in node.handlers:
                self._check(handler, inside)

    def _parts(self, statement: ast.stmt) -> list[ast.AST]:
        """What a statement consists of, without an annotation, and without the name of a builtin that makes an empty collection."""
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.expr):
            return [statement, *self._parts_of(statement.target), *self._parts_of(statement.value)]
        if isinstance(statement, ast.Assign):
            return [
                statement,
                *(part for each in (*statement.targets, statement.value) for part in self._parts_of(each)),
            ]
        return self.facts.within(statement)

    def _parts_of(self, node: ast.expr) -> list[ast.AST]:
        empty = isinstance(node, ast.Call) and not node.args and not node.keywords
        if empty and self.facts.is_builtin(node.func, "list", "dict", "set", "tuple"):  # type: ignore[attr-defined]
            return []
        return self.facts.within(node)

    def _check(self, handler: ast.ExceptHandler, inside: list[ast.AST]) -> None:
        """Reports a handler of what a block that calls nobody and asks for nothing cannot raise."""
        everything = catches_all(self.facts, handler.type)
        errors = [last_word(error) for error in _errors(handler.type)]
        if not _FROM_OUTSIDE.isdisjoint(errors):
            return
        only_names = all(isinstance(part, _PLAIN) for part in inside) and not _unpacks(inside)
        if everything:
            read = (part for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load))
            impossible = only_names and next(read, None) is None
        else:
            impossible = only_names or _OF_QUESTIONS.issuperset(errors)
        if impossible:
            shown = ", ".join(errors) or "an exception"
            self.report(handler, f"nothing in this try can raise {shown}: leave the handler out")


def _errors(named: ast.expr | None) -> list[ast.expr]:
    if named is None:
        return []
    return named.elts if isinstance(named, ast.Tuple) else [named]


def _unpacks(inside: Iterable[ast.AST]) -> bool:
    """Tells whether a value is taken apart, which may have another number of parts."""
    return any(isinstance(part, ast.List | ast.Tuple) and isinstance(part.ctx, ast.Store) for part in inside)


def _only_raises_again(handler: ast.ExceptHandler) -> bool:
    match handler.body:
        case [ast.Raise(exc=ast.Name(id=name), cause=None)]:
            return name == handler.name
    return False
