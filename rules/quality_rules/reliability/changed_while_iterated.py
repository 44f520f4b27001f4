"""The rule changed-while-iterated."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, dotted_name, last_word, positional_of
from quality_rules._loops import Loops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rules import Facts

#: Methods that take something out, put it in front of what comes next, or make a set larger.
_METHODS = frozenset({"remove", "pop", "clear", "insert", "discard", "popitem", "add"})
_VIEWS = frozenset({"items", "keys", "values"})
#: What makes a dictionary, which gives views of what is in it.
_TABLES = frozenset({"dict", "Counter", "OrderedDict", "defaultdict"})


class ChangedWhileIterated(AstRule):
    """A collection loses elements while a loop goes through it.

    ## What it does
    Reports `remove`, `pop`, `insert`, `discard`, `add`, `clear` and `del` on the collection that the loop around them
    goes through, there or in a function of the file that it is handed to, also by `enumerate`, `range(len(...))`, and
    `items`, `keys` or `values`.

    Loops over a copy, loops that end right after the change, and loops that only count as many turns as there were
    elements, are fine. Among other files, what `keys()` gives is unsure where the text does not show a dictionary: a class of
    theirs may give a list.

    ## Why is this bad
    A list skips the element behind the one that was removed, without a word. A dictionary or set raises
    RuntimeError in the next turn, and an index from `range(len(...))` runs past the end.

    ## Example
    ```python
    def drop_empty(rows):
        for row in rows:
            if not row:
                rows.remove(row)
    ```

    ## Use instead
    ```python
    def drop_empty(rows):
        rows[:] = [row for row in rows if row]
    ```

    ## References
    - [Python tutorial: for statements](https://docs.python.org/3/tutorial/controlflow.html#for-statements)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    equivalents = (
        "pylint:modified-iterating-list",
        "pylint:modified-iterating-dict",
        "pylint:modified-iterating-set",
    )

    needs = frozenset({*_METHODS, ast.Delete})
    standalone = Setting(
        default=False, description="Judge each source alone: no other one has a class whose keys are a list."
    )

    VALID = (
        Valid(
            "def f(rows):\n    return [rows.pop('first') for rows in rows.values()]",
            "Another one of the same name",
        ),
        Valid(
            "def keep(kept, row):\n    kept.add(row)\n\ndef f(rows, kept):\n    for row in rows:\n        keep(kept, row)"
        ),
        Valid(
            "def left(rows, row):\n    rows = list(rows)\n    rows.remove(row)\n    return rows\n\ndef f(rows):\n    for row in rows:\n        print(left(rows, row))",
            "It changes a copy",
        ),
        Valid("for row in list(rows):\n    rows.remove(row)", "A copy"),
        Valid("for row in rows:\n    if not row:\n        rows.remove(row)\n        break", "The loop ends"),
        Valid("for key in keys:\n    rows.pop(key)", "Another collection"),
        Valid(
            """
            class Rows:
                def keys(self):
                    return list(self.names)

                def clear(self):
                    for key in self.keys():
                        del self[key]
            """,
            "Its own method gives a list",
        ),
        Valid("for _ in range(len(rows)):\n    kept.append(rows.pop())", "As often as there were rows"),
        Valid("moved = [rows.pop(0) for _ in range(len(rows))]", "In a comprehension, too"),
        Valid(
            "for i in range(len(rows)):\n    while i < len(rows) and not rows[i]:\n        del rows[i]",
            "It asks how many are left",
        ),
        Valid("for i in reversed(range(len(rows))):\n    del rows[i]", "From the end"),
    )
    INVALID = (
        Invalid(
            "def drop(rows, row):\n    if not row:\n        rows.remove(row)\n\ndef f(rows):\n    for row in rows:\n        drop(rows, row)",
            (
                "7:9-7:24 drop(rows, row) changes what the loop goes through: loop over a copy, or build a new one",
            ),
        ),
        Invalid(
            "[rows.remove(row) for row in rows if not row]",
            (
                "1:2-1:18 rows.remove(row) changes what the loop goes through: loop over a copy, or build a new one",
            ),
        ),
        Invalid(
            "[seen.add(row.parent) for row in seen]",
            (
                "1:2-1:22 seen.add(row.parent) changes what the loop goes through: loop over a copy, or build a new one",
            ),
        ),
        Invalid(
            "for i in range(len(rows)):\n    if not rows[i]:\n        rows.pop(i)",
            (
                "3:9-3:20 rows.pop(i) changes what the loop goes through: loop over a copy, or build a new one",
            ),
        ),
        Invalid(
            "for key, value in self.jobs.items():\n    if value.done:\n        del self.jobs[key]",
            (
                (
                    "3:9-3:27 del self.jobs[key] changes what the loop goes through: "
                    "loop over a copy, or build a new one"
                ),
            ),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        collection = _collection(loop.iter)
        if collection is None:
            return
        name = dotted_name(collection)
        if not name or name in self.facts.names_in(loop.target):
            return
        if self._is_own_copy(loop.iter, name) or self._only_counts(loop, loop.body):
            return
        for change in self._changes(loop, name):
            if not self._ends(change, loop) and not self._asks_anew(change, loop, name):
                self._report_change(change, self._sureness(loop.iter, name))
                return

    def _sureness(self, source: ast.expr, name: str) -> Confidence | None:
        """How sure it is that a loop goes through what it changes: of views, where the text shows the dictionary."""
        if self.standalone or not isinstance(source, ast.Call) or not isinstance(source.func, ast.Attribute):
            return None
        given = (each for each in self.facts.assignments if name in map(dotted_name, each.targets))
        return None if any(_is_table(each.value) for each in given) else Confidence.LOW

    def _is_own_copy(self, source: ast.expr, name: str) -> bool:
        """Tells whether an object goes through what a method of its own gives it, which is no view for certain."""
        method = source.func if isinstance(source, ast.Call) else None
        own = name in {"self", "cls"} and isinstance(method, ast.Attribute)
        return own and getattr(method, "attr", "") in self.facts.bound

    def _asks_anew(self, change: ast.AST, loop: ast.For, name: str) -> bool:
        """Tells whether a loop inside of one over places asks before each change how many there are."""
        if not isinstance(loop.iter, ast.Call) or not self.facts.is_builtin(loop.iter.func, "range"):
            return False
        above = itertools.takewhile(lambda each: each is not loop, self.facts.ancestors(change))
        tests = [each.test for each in above if isinstance(each, ast.While)]
        asked = [each for test in tests for each in self.facts.within(test) if isinstance(each, ast.Call)]
        return any(dotted_name(each.func) == "len" and name in map(dotted_name, each.args) for each in asked)

    def _only_counts(self, loop: ast.For | ast.comprehension, turn: Iterable[ast.AST]) -> bool:
        """Tells whether a loop over numbers does not look at them in its turns."""
        numbers = isinstance(loop.iter, ast.Call) and self.facts.is_builtin(loop.iter.func, "range")
        if not numbers or not isinstance(loop.target, ast.Name):
            return False
        inside = (node for part in turn for node in self.facts.within(part))
        return not any(isinstance(node, ast.Name) and node.id == loop.target.id for node in inside)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        first = node.generators[0]
        if self._only_counts(first, [node.elt, *first.ifs]):
            return
        collection = _collection(first.iter)
        name = dotted_name(collection) if collection is not None else ""
        bound = {each for clause in node.generators for each in self.facts.names_in(clause.target)}
        for change in self.facts.within(node.elt) if name and name not in bound else ():
            if self._is_changing(change, name):
                self._report_change(change)
                return

    def _is_changing(self, node: ast.AST, name: str) -> bool:
        """Tells whether a call changes a collection, or hands it to a function of the file that does."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._hands_on(node, name)
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return False
        return node.func.attr in _METHODS and dotted_name(node.func.value) == name != "self"

    def _hands_on(self, call: ast.Call, name: str) -> bool:
        """Tells whether a function of the file gets a collection, and changes it under the name that it has there."""
        places = [place for place, each in enumerate(call.args) if dotted_name(each) == name]
        word = call.func.id if isinstance(call.func, ast.Name) and places else ""
        called = [each for each in self.facts.functions if each.name == word] if word else []
        if len(called) != 1 or not self.facts.is_of_module(called[0]):
            return False
        given = [each.arg for each in positional_of(called[0].args)]
        names = {given[place] for place in places if place < len(given)}
        names -= self.facts.names(called[0]).stores.keys()
        inside = [
            node for node in self.facts.inside(called[0], ast.Call) if self.facts.function(node) is called[0]
        ]
        methods = (each.func for each in inside if isinstance(each.func, ast.Attribute))
        return any(each.attr in _METHODS and dotted_name(each.value) in names for each in methods)

    def _report_change(self, change: ast.AST, sure: Confidence | None = None) -> None:
        shown = ast.unparse(change).split("\n")[0]
        told = f"{shown} changes what the loop goes through: loop over a copy, or build a new one"
        self.report(change, told, confidence=sure)

    def _changes(self, loop: ast.For, name: str) -> Iterator[ast.AST]:
        """The places in a loop that change a collection, unless the loop binds another one to its name."""
        changes: list[ast.AST] = []
        for statement in loop.body:
            for node in self.facts.within(statement):
                if isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
                    if dotted_name(node) == name:
                        return
                elif self._is_changing(node, name) or (
                    isinstance(node, ast.Delete) and _deletes_from(node, name)
                ):
                    changes.append(node)
        yield from changes

    def _ends(self, change: ast.AST, loop: ast.For) -> bool:
        """Tells whether the loop ends right after a change, or the change belongs to an inner function."""
        statement = self.facts.statement(change)
        while isinstance(statement, ast.stmt) and statement is not loop:
            if self.facts.derived(Loops).ends(statement):
                return True
            above = self.facts.parent(statement)
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.For | ast.While):
                return above is not loop and not isinstance(above, ast.For | ast.While)
            statement = _statement(self.facts, above)
        return False


def _is_table(value: ast.expr) -> bool:
    """Tells whether a value is a new dictionary."""
    made = isinstance(value, ast.Call) and last_word(value.func) in _TABLES
    return made or isinstance(value, ast.Dict | ast.DictComp)


def _statement(facts: Facts, node: ast.AST | None) -> ast.AST:
    while node is not None and not isinstance(node, ast.stmt | ast.Module):
        node = facts.parent(node)
    return node if node is not None else ast.Module([], [])


def _collection(source: ast.expr) -> ast.expr | None:
    """What a loop goes through without copying it."""
    if isinstance(source, ast.Call) and isinstance(source.func, ast.Name) and len(source.args) == 1:
        inner = source.args[0]
        if source.func.id == "enumerate":
            return _collection(inner)
        counts = isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "len"
        return inner.args[0] if source.func.id == "range" and counts and inner.args else None  # type: ignore[attr-defined]
    if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and not source.args:
        return source.func.value if source.func.attr in _VIEWS else None
    return source if isinstance(source, ast.Name | ast.Attribute) else None


def _deletes_from(statement: ast.Delete, name: str) -> bool:
    return any(
        isinstance(target, ast.Subscript) and dotted_name(target.value) == name
        for target in statement.targets
    )
