"""The rule rows-fetched-to-count."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._queries import is_query_for_rows
from quality_rules._reads import reads_of


class RowsFetchedToCount(AstRule):
    """Rows are fetched from the database to see how many there are.

    ## What it does
    Reports `len()` and `bool()` of a query of Django's `objects`, one that is a condition, and the first of a list of its rows.

    Queries whose rows are used otherwise as well are fine: they are fetched once.

    ## Why is this bad
    All rows come over the network and become objects, to be counted and thrown away. The database counts, or finds out whether there
    is one, without sending any.

    ## Example
    ```python
    def dashboard():
        return len(User.objects.filter(active=True))
    ```

    ## Use instead
    ```python
    def dashboard():
        return User.objects.filter(active=True).count()
    ```

    ## References
    - [Django documentation: database access optimization](https://docs.djangoproject.com/en/stable/topics/db/optimization/#use-queryset-count-if-you-only-want-the-count)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"objects"})

    VALID = (
        Valid("n = User.objects.filter(active=True).count()"),
        Valid(
            "def f():\n    users = User.objects.all()\n    return len(users), list(users)", "They are used"
        ),
        Valid("n = len(self.objects.all())", "A list of its own"),
        Valid("n = len(User.objects.get(id=1))", "One row"),
        Valid("user = User.objects.all()[0]", "One row is asked for"),
    )
    INVALID = (
        Invalid("n = len(User.objects.all())", ("1:5-1:28 all rows are fetched for this: ask for count()",)),
        Invalid(
            "def f():\n    users = User.objects.filter(a=1)\n    return len(users) > 0",
            ("3:12-3:22 all rows are fetched for this: ask for count()",),
        ),
        Invalid(
            "def f():\n    if not User.objects.filter(a=1):\n        return bool(User.objects.all())",
            (
                "2:12-2:36 all rows are fetched for this: ask for exists()",
                "3:16-3:40 all rows are fetched for this: ask for exists()",
            ),
        ),
        Invalid(
            "first = list(User.objects.order_by('age'))[0]",
            ("1:9-1:46 all rows are fetched for this: ask for first()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        query = call.args[0] if len(call.args) == 1 else None
        if query is None or not self.facts.is_builtin(call.func, "len", "bool", "list"):
            return
        if isinstance(query, ast.Call) and self.facts.is_builtin(query.func, "list") and query.args:
            query = query.args[0]
        if not self._is_only_this(query):
            return
        if self.facts.is_builtin(call.func, "list"):
            above = self.facts.parent(call)
            if (
                isinstance(above, ast.Subscript)
                and isinstance(above.slice, ast.Constant)
                and above.slice.value == 0
            ):
                self.report(above, "all rows are fetched for this: ask for first()")
        else:
            self._tell(call, "count()" if self.facts.is_builtin(call.func, "len") else "exists()")

    def visit_If(self, statement: ast.If | ast.IfExp) -> None:
        test = statement.test
        asked = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else test
        if is_query_for_rows(asked):
            self._tell(asked, "exists()")

    visit_IfExp = visit_If

    def _tell(self, place: ast.AST, remedy: str) -> None:
        self.report(place, f"all rows are fetched for this: ask for {remedy}")

    def _is_only_this(self, query: ast.expr) -> bool:
        """Tells whether this is a query, or a name of one that is used once."""
        if not isinstance(query, ast.Name):
            return is_query_for_rows(query)
        uses = self.facts.derived(reads_of).get(query.id, ())
        return len(uses) == 1 and is_query_for_rows(self.facts.only_value(query))
