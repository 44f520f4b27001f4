"""The rule kept-nothing."""

from __future__ import annotations

import ast
import re

from quality.model import Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, shorten, targets_of
from quality_rules._called import is_on
from quality_rules._kinds import Kind, Kinds
from quality_rules._words import words

#: Kind of container → the methods that change it and return nothing.
_CHANGING = {
    Kind.LIST: frozenset({"append", "clear", "extend", "insert", "remove", "reverse", "sort"}),
    Kind.SET: frozenset({"add", "clear", "discard", "remove", "update"}),
    Kind.DICT: frozenset({"clear", "update"}),
}
#: Functions that write to a file.
_DUMPS = frozenset({"json.dump", "pickle.dump"})
#: Methods of tables that change them, where ``inplace`` says so.
_IN_PLACE = words(
    "drop drop_duplicates dropna fillna rename replace reset_index set_index sort_index sort_values rename_axis query eval ffill bfill"
)
_METHODS = frozenset({"shuffle", "dump", *_IN_PLACE}).union(*_CHANGING.values())
#: What only the method of a list takes.
_OF_LISTS = frozenset({"key", "reverse"})
#: Methods that nobody calls to return nothing.
_ORDERING = frozenset({"reverse", "shuffle", "sort", *_IN_PLACE})

#: Packages whose tables and tensors have methods of the same names, which return another one.
_TABLES = frozenset(
    {"pandas", "polars", "torch", "pyspark", "sqlalchemy", "pymongo", "dask", "cudf", "tensorflow"}
)
#: Names of such, where nothing is imported.
_TABLE = re.compile(
    r"(?:^|_)(?:df|data_?frames?|frames?|tables?|tensors?|series|query|qs|cursor|path|index|[a-z])$",
    re.IGNORECASE,
)


class KeptNothing(AstRule):
    """The result of a method that has none is used.

    ## What it does
    Reports what is bound to, looped over or called with the result of `sort`, `append`, `update` and other methods that change a
    list, set or dictionary of the function, and of `random.shuffle`; `return` of one that puts a list in order; and the same of
    `json.dump`, and of methods of a table with `inplace=True`.

    Methods of the same name of other objects are fine.

    ## Why is this bad
    These methods return None. Whoever uses it has lost the container, and fails far away.

    ## Example
    ```python
    def ranked(players):
        players = players.sort(key=lambda player: player.score)
        return [player.name for player in players]
    ```

    ## Use instead
    ```python
    def ranked(players):
        players = sorted(players, key=lambda player: player.score)
        return [player.name for player in players]
    ```

    ## References
    - [Python documentation: mutable sequence types](https://docs.python.org/3/library/stdtypes.html#mutable-sequence-types)
    """

    dimension = "reliability"
    needs = _METHODS
    severity = Severity.ERROR
    effort = 2
    equivalents = (
        "pylint:assignment-from-none",
        "pylint:assignment-from-no-return",
        "pylint:not-an-iterable",
    )

    VALID = (
        Valid("def f(rows):\n    rows = rows.sort('name')\n    return rows", "A query may be meant"),
        Valid("import json\n\ndef f(x, file):\n    return json.dump(x, file)", "The caller knows it"),
        Valid("def f(table):\n    table.dropna(inplace=True)\n    return table.dropna(inplace=False)"),
        Valid("def f(node):\n    node = node.append(1)\n    return node", "Another one may be given back"),
        Valid("def f(frame):\n    frame = frame.append(1)\n    return frame", "A table may be meant"),
        Valid(
            "def f(x):\n    rows = []\n    return rows.append(x)",
            "It returns nothing, and the caller knows it",
        ),
        Valid("def f(rows):\n    rows.sort(key=len)\n    return rows"),
        Valid("def f(x):\n    rows = [x]\n    last = rows.pop()\n    return last"),
    )
    INVALID = (
        Invalid(
            "def f(prices):\n    ordered = prices.sort()\n    return ordered[0]",
            ("2:15-2:28 prices.sort() returns None: change it first, and use it then",),
        ),
        Invalid(
            "def f(rows, row):\n    rows = rows.append(row)\n    return rows",
            ("2:12-2:28 rows.append(row) returns None: change it first, and use it then",),
        ),
        Invalid(
            "def f(rows):\n    return [row.name for row in rows].sort()\n\ndef g(first, second):\n    one = [*first]\n    two = [*second]\n    return one.sort() == two.sort()",
            (
                "2:12-2:45 [row.name for row in rows].sort() returns None: change it first, and use it then",
                "7:12-7:22 one.sort() returns None: change it first, and use it then",
                "7:26-7:36 two.sort() returns None: change it first, and use it then",
            ),
        ),
        Invalid(
            "import json\n\ndef f(table, file):\n    table = table.dropna(inplace=True)\n    file.write(json.dump(table, file))",
            (
                "4:13-4:39 table.dropna(inplace=True) returns None: change it first, and use it then",
                "5:16-5:38 json.dump(table, file) returns None: change it first, and use it then",
            ),
        ),
        Invalid(
            "def f(rows):\n    for row in rows.sort(reverse=True):\n        print(row)",
            ("2:16-2:39 rows.sort(reverse=True) returns None: change it first, and use it then",),
        ),
        Invalid(
            "def f(x):\n    rows = [x]\n    rows = rows.append(2)\n    return rows",
            ("3:12-3:26 rows.append(2) returns None: change it first, and use it then",),
        ),
        Invalid(
            "import random\n\ndef f(cards):\n    return random.shuffle(cards)",
            ("4:12-4:33 random.shuffle(cards) returns None: change it first, and use it then",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        method = call.func.attr if isinstance(call.func, ast.Attribute) else self._imported(call.func)
        if method not in _METHODS:
            return
        above = self.facts.parent(call)
        if not _is_used(above, call) or not self._returns_nothing(call, method):
            return
        if isinstance(above, ast.Return) and method not in _ORDERING and not _is_made_there(call):
            return
        self.report(call, f"{shorten(ast.unparse(call))} returns None: change it first, and use it then")

    def _imported(self, function: ast.expr) -> str:
        """The own name of a module's function that is imported from it."""
        origin = self.facts.imports.get(function.id, "") if isinstance(function, ast.Name) else ""
        return origin.rpartition(".")[2] if origin in {"random.shuffle", *_DUMPS} else ""

    def _returns_nothing(self, call: ast.Call, method: str) -> bool:
        if method == "shuffle":
            return self.facts.origin(call.func) == "random.shuffle"
        if method == "dump":
            return self.facts.origin(call.func) in _DUMPS
        if method in _IN_PLACE:
            return any(each.arg == "inplace" and is_on(each.value) for each in call.keywords)
        if method == "sort" and call.keywords and not call.args:
            return all(keyword.arg in _OF_LISTS for keyword in call.keywords)
        owner = call.func.value  # type: ignore[attr-defined]
        if self._is_of_list(call, owner, method):
            return True
        return method in _CHANGING.get(self._kind(owner, call), ())  # type: ignore[arg-type]

    def _is_of_list(self, call: ast.Call, owner: ast.expr, method: str) -> bool:
        """Tells whether a method is one that lists have, and its name and source speak of no table or tensor.

        So are ``sort()`` without arguments, and ``append()`` that is to give a name of several things its new value.
        """
        if (
            not isinstance(owner, ast.Name)
            or owner.id in {"self", "cls"}
            or _TABLE.search(owner.id)
            or self.facts.packages & _TABLES
        ):
            return False
        above = self.facts.parent(call)
        target = targets_of(above)[0] if isinstance(above, ASSIGNMENTS) else None
        if not isinstance(target, ast.Name) or call.keywords:
            return False
        if method == "sort":
            return not call.args
        several = owner.id.endswith(("s", "list", "stack", "queue"))
        return method in {"append", "extend"} and several and target.id == owner.id and len(call.args) == 1

    def _kind(self, owner: ast.expr, call: ast.Call) -> Kind | None:
        """The kind of a name's values, but for the one that is in question."""
        kinds = self.facts.derived(Kinds)
        function = self.facts.function(owner)
        if _is_made_there(call):
            return kinds.of(owner)
        if not isinstance(owner, ast.Name) or function is None:
            return None
        if owner.id in self.facts.names(function).parameters:
            return kinds.of(owner)
        values = [value for value in self.facts.values(owner, owner.id) if value is not call]
        found = {kinds.of(value) if value is not None else None for value in values}
        return found.pop() if len(found) == 1 else None


def _is_used(above: ast.AST | None, call: ast.Call) -> bool:
    """Tells whether something is done with the result of a call."""
    if isinstance(above, ASSIGNMENTS):
        target = targets_of(above)[0]
        return not (isinstance(target, ast.Name) and target.id == "_")
    if isinstance(above, ast.For | ast.comprehension):
        return above.iter is call
    if isinstance(above, ast.Compare):
        return not any(isinstance(each, ast.Constant) for each in (above.left, *above.comparators))
    return isinstance(above, ast.Return) or (isinstance(above, ast.Call) and call in above.args)


def _is_made_there(call: ast.Call) -> bool:
    """Tells whether a method is called on a container that is made only for that."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(owner, ast.List | ast.ListComp | ast.Set | ast.Dict)
