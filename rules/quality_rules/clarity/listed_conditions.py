"""The rule listed-conditions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word

if TYPE_CHECKING:
    from quality.model import Source

_WORDS = {"all": "and", "any": "or"}
#: Builtins that only ask what an object is or has, and do not fail → with how many arguments.
_QUESTIONS = {"isinstance": 2, "hasattr": 2, "callable": 1, "getattr": 3}
_BUILTINS = _WORDS.keys() | _QUESTIONS.keys()


class ListedConditions(AstRule):
    """Conditions stand in a list instead of between and, or.

    ## What it does
    Reports `all([...])` and `any([...])` whose written list holds something that is worked out: a call or an entry after
    the first.

    Lists of names, attributes and comparisons of such, of questions that cannot fail (`isinstance`, `hasattr`, `callable`,
    `getattr` with a default), comprehensions, and lists with a star are fine.

    ## Why is this bad
    All entries are worked out before the first is looked at: a check that should keep the next one from failing does not,
    and the work is done in vain. `and` and `or` stop where the answer is known.

    ## Example
    ```python
    if all([user is not None, load_rights(user), user.orders[0].is_open]):
        cancel(user)
    ```

    ## Use instead
    ```python
    if user is not None and load_rights(user) and user.orders[0].is_open:
        cancel(user)
    ```

    ## References
    - [Python documentation: boolean operations](https://docs.python.org/3/reference/expressions.html#boolean-operations)
    """

    dimension = "clarity"
    needs = frozenset(_WORDS)
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 2
    as_written = True

    VALID = (
        Valid("if all([a, b.c, d > 1]):\n    f()", "Nothing is worked out"),
        Valid("if any([f(x) for x in y]):\n    f()", "A comprehension"),
        Valid("if all([f(x), *y]):\n    f()", "A star"),
        Valid("if all([f(x), y]):\n    f()", "Only the first is"),
        Valid(
            "if all([a == getattr(b, 'a', None), isinstance(c, int), hasattr(c, 'd')]):\n    f()",
            "It cannot fail",
        ),
        Valid("assert all([f(x), g(x)]), x", "An assertion"),
        Valid("x = np.all([f(x), g(x)])", "Another all"),
    )
    INVALID = (
        Invalid(
            "if all([a, f(x)]):\n    f()",
            ("1:4-1:18 all() works out every entry of the list: join them by and",),
        ),
        Invalid(
            "if all([a, isinstance(f(x), int)]):\n    f()",
            ("1:4-1:35 all() works out every entry of the list: join them by and",),
        ),
        Invalid(
            "some = any\n\ndef f(a, b):\n    return some([a, b.load()])",
            ("4:12-4:31 any() works out every entry of the list: join them by or",),
        ),
        Invalid(
            "return_ = any((a, b[0] > 1, c))",
            ("1:11-1:32 any() works out every entry of the list: join them by or",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def visit_Call(self, node: ast.Call) -> None:
        if not self.facts.is_builtin(node.func, *_WORDS) or len(node.args) != 1 or node.keywords:
            return
        listed = node.args[0]
        if not isinstance(listed, ast.List | ast.Tuple | ast.Set) or len(listed.elts) < 2:  # noqa: PLR2004
            return
        if any(isinstance(each, ast.Starred) for each in listed.elts) or isinstance(
            self.facts.statement(node), ast.Assert
        ):
            return
        if any(self._is_worked_out(inside) for each in listed.elts[1:] for inside in ast.walk(each)):
            name = self._name(node)
            self.report(node, f"{name}() works out every entry of the list: join them by {_WORDS[name]}")

    def _is_worked_out(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            asks = self.facts.is_builtin(node.func, *_QUESTIONS)
            return not asks or _QUESTIONS[self._name(node)] != len(node.args)
        return isinstance(node, ast.Subscript | ast.Await)

    def _name(self, call: ast.Call) -> str:
        """The builtin's own name, whatever it is called by."""
        return last_word(call.func) if last_word(call.func) in _BUILTINS else self.facts.origin(call.func)
