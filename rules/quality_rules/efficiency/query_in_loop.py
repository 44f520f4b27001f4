"""The rule query-in-loop."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, last_word, shorten
from quality_rules._loops import Loops
from quality_rules._queries import steps_of_query

_STATEMENT = re.compile(r"\s*(select|insert|update|delete)\b", re.IGNORECASE)
#: Methods of Django's managers that ask the database.
_MANAGER = frozenset({"get", "filter", "exclude", "create", "get_or_create", "update_or_create", "count"})
#: Methods of what a row of Django is related to that do.
_RELATED = frozenset({"all", "count", "exists", "first", "last"})
#: What SQLAlchemy's sessions are called.
_SESSIONS = frozenset({"session", "db_session"})
#: Methods of these that do.
_SESSION = frozenset({"query", "get", "scalar", "scalars"})


class QueryInLoop(AstRule):
    """A loop asks the database in each turn.

    ## What it does
    Reports SQL statements, queries of Django's `objects` and queries of a SQLAlchemy `session` in a `for` loop
    or comprehension, when they depend on the loop's variable; what is related to each row of Django (`book.tags.all()`)
    and was not fetched with the rows; and `save()` of each row that a query gave or the loop made.

    Queries before the loop, `executemany`, and a loop over chunks of keys that asks for a chunk at once are fine.

    ## Why is this bad
    Each query waits for the network. A hundred rows mean a hundred and one round trips where two would do,
    and it only shows when there is much data.

    ## Example
    ```python
    def totals(cursor, users):
        for user in users:
            cursor.execute("SELECT sum(amount) FROM orders WHERE user = ?", (user.id,))
            yield user, cursor.fetchone()[0]
    ```

    ## Use instead
    ```python
    def totals(cursor, users):
        cursor.execute("SELECT user, sum(amount) FROM orders GROUP BY user")
        sums = dict(cursor.fetchall())
        for user in users:
            yield user, sums.get(user.id, 0)
    ```

    ## References
    - [Django documentation: select_related](https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related)
    """

    dimension = "efficiency"
    effort = 15
    confidence = Confidence.MEDIUM

    needs = frozenset({"execute", "objects", "save", *_SESSIONS})

    VALID = (
        Valid("def f(cursor, ids):\n    cursor.executemany('DELETE FROM t WHERE id = ?', ids)"),
        Valid(
            "def f(db, tables):\n    for row in db.execute('SELECT 1'):\n        print(row)",
            "Before the loop",
        ),
        Valid("def f(self, kinds):\n    return [self.objects.get(kind) for kind in kinds]", "A dictionary"),
        Valid(
            "def f(keys):\n    for part in batched(keys, 200):\n        Row.objects.filter(key__in=part).update(seen=True)",
            "Many at once",
        ),
        Valid(
            """
            def f(session, keys):
                for start in range(0, len(keys), 200):
                    yield from session.query(Row).filter(Row.key.in_(keys[start : start + 200]))
            """,
            "Many at once",
        ),
        Valid(
            "def f(session, pages):\n    return [session.get(page, timeout=9).text for page in pages]",
            "Of the web",
        ),
        Valid(
            """
            def names():
                books = Book.objects.prefetch_related("tags")
                for book in books:
                    yield [tag.name for tag in book.tags.all()]
            """,
            "Fetched before",
        ),
        Valid(
            "def f(paths):\n    for path in paths:\n        sheet = Sheet(path)\n        sheet.save()",
            "A file",
        ),
        Valid(
            "def f(forms):\n    for form in forms:\n        form.save()", "Nobody knows where they are from"
        ),
        Valid("def f(runner, steps):\n    for step in steps:\n        runner.execute(step)", "Not of SQL"),
    )
    INVALID = (
        Invalid(
            """
            def names():
                found = []
                for book in Book.objects.filter(sold=True):
                    found += [tag.name for tag in book.tags.all()]
                return found
            """,
            (
                "4:39-4:54 book.tags.all() asks the database in each turn of the loop: prefetch_related() before",
            ),
        ),
        Invalid(
            "def f(ids):\n    books = Book.objects.filter(pk__in=ids)\n    for book in books:\n        book.sold = True\n        book.save()",
            (
                "5:9-5:20 book.save() asks the database in each turn of the loop: update() them all, or use bulk_update()",
            ),
        ),
        Invalid(
            "def f(rows):\n    for row in rows:\n        book = Book(title=row.title)\n        book.save()",
            ("4:9-4:20 book.save() asks the database in each turn of the loop: use bulk_create()",),
        ),
        Invalid(
            "def f(session, keys):\n    return [session.get(User, key) for key in keys]",
            ("2:13-2:35 session.get() asks the database in each turn of the loop: ask once for all of them",),
        ),
        Invalid(
            "def f(keys):\n    for key in keys:\n        yield Row.objects.filter(key__in=[key])",
            (
                "3:15-3:48 Row.objects.filter() asks the database in each turn of the loop: ask once for all of them",
            ),
        ),
        Invalid(
            """
            def save(connection, rows):
                for row in rows:
                    connection.execute("INSERT INTO log VALUES (?, ?)", row)
            """,
            ("3:9-3:65 connection.execute() asks the database in each turn of the loop: use executemany()",),
        ),
        Invalid(
            """
            def names(orders):
                return [Customer.objects.get(id=order.customer).name for order in orders]
            """,
            (
                (
                    "2:13-2:52 Customer.objects.get() asks the database in each turn of the loop: "
                    "ask once for all of them"
                ),
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        remedy = self._remedy(call)
        if not remedy:
            self._check_related(call)
            self._check_saved(call)
            return
        loops = self.facts.derived(Loops)
        for loop in loops.around(call):
            if isinstance(loop, ast.While):
                continue
            if self._depends(call, loop):
                name = shorten(ast.unparse(call.func))
                self.report(call, f"{name}() asks the database in each turn of the loop: {remedy}")
            return

    def _check_related(self, call: ast.Call) -> None:
        """``book.tags.all()`` in a loop over ``Book.objects.all()``, which did not fetch the tags."""
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _RELATED or call.args:
            return
        row, _, related = dotted_name(function.value).partition(".")
        if not related or "." in related:
            return
        for loop in self.facts.derived(Loops).around(call):
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and loop.target.id == row:
                if self._is_unfetched(loop.iter):
                    name = ast.unparse(function)
                    self.report(
                        call,
                        f"{name}() asks the database in each turn of the loop: prefetch_related() before",
                    )
                return

    def _is_unfetched(self, rows: ast.expr) -> bool:
        """Tells whether a loop goes over what a manager of Django gives, and nothing related is fetched with it."""
        steps = steps_of_query(self.facts.only_value(rows))
        return bool(steps) and not any(step.startswith("prefetch") for step in steps)

    def _check_saved(self, call: ast.Call) -> None:
        """``book.save()`` in a loop that makes the book, or goes over what a manager of Django gives."""
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=row), attr="save"), args=[], keywords=[]):
                pass
            case _:
                return
        loop = next(self.facts.derived(Loops).around(call), None)
        if not isinstance(loop, ast.For) or not isinstance(self.facts.parent(call), ast.Expr):
            return
        if isinstance(loop.target, ast.Name) and loop.target.id == row:
            if steps_of_query(self.facts.only_value(loop.iter)):
                self._tell_saved(call, row, "update() them all, or use bulk_update()")
            return
        made = self.facts.only_value(call.func.value)  # type: ignore[attr-defined]
        if _is_row(made) and loop is next(self.facts.derived(Loops).around(made), None):
            self._tell_saved(call, row, "use bulk_create()")

    def _tell_saved(self, call: ast.Call, row: str, remedy: str) -> None:
        self.report(call, f"{row}.save() asks the database in each turn of the loop: {remedy}")

    def _remedy(self, call: ast.Call) -> str:
        """What to do instead, when a call asks a database; or empty."""
        function = call.func
        if not isinstance(function, ast.Attribute):
            return ""
        owner = dotted_name(function.value)
        if function.attr == "execute" and call.args:
            text = _beginning(self.facts.only_value(call.args[0]))
            statement = _STATEMENT.match(text)
            if statement is None:
                return ""
            return "ask once for all of them" if statement[1].lower() == "select" else "use executemany()"
        # A manager is an attribute of a class; objects of an object are anything.
        *_, model, last = ["", "", *owner.split(".")]
        manager = last == "objects" and model[:1].isupper() and function.attr in _MANAGER
        session = owner.rpartition(".")[2] in _SESSIONS and function.attr in _SESSION
        named = session and bool(call.args) and isinstance(call.args[0], ast.Name)
        if named and function.attr == "get":
            # The class of a row; sessions of another kind get what is at an address.
            named = call.args[0].id[:1].isupper()  # type: ignore[attr-defined]
        return "ask once for all of them" if manager or named else ""

    def _depends(self, call: ast.Call, loop: ast.AST) -> bool:
        """Tells whether a call, or the chain of calls that it begins, reads what the loop binds."""
        top: ast.AST = call
        for above in self.facts.ancestors(call):
            if not isinstance(above, ast.Attribute | ast.Call) or getattr(above, "value", top) is not top:
                break
            if isinstance(above, ast.Call) and above.func is not top:
                break
            top = above
        bound = self.facts.derived(Loops).bound(loop)
        within = self.facts.within(top)
        batches = {name for node in within for name in _batches(node)}
        return any(isinstance(node, ast.Name) and node.id in bound and node not in batches for node in within)


def _is_row(made: ast.expr) -> bool:
    """Tells whether a new object of a class is made with values by their names, as rows are."""
    named = isinstance(made, ast.Call) and bool(made.keywords) and not made.args
    return named and last_word(made.func)[:1].isupper()  # type: ignore[attr-defined]


def _batches(node: ast.AST) -> list[ast.AST]:
    """The names of many keys that are asked for at once, as in ``pk__in=chunk`` or ``column.in_(keys[start:end])``."""
    if isinstance(node, ast.keyword):
        given = node.value if (node.arg or "").endswith("__in") else None
    else:
        asked = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"in_", "any_"}
        given = node.args[0] if asked and node.args else None  # type: ignore[attr-defined]
    if isinstance(given, ast.Subscript) and isinstance(given.slice, ast.Slice):
        return list(ast.walk(given))
    return [given] if isinstance(given, ast.Name) else []


def _beginning(node: ast.expr) -> str:
    """How a text begins, as far as it is written."""
    while isinstance(node, ast.BinOp):
        node = node.left
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    if isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
