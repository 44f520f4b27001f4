"""The rule alias-for-copy."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, name_words, targets_of
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

#: Words in the name of what is made of something else.
_MADE = frozenset(
    {
        *("copy", "copied", "clone", "cloned", "new", "updated", "modified", "changed", "merged", "cleaned"),
        *("sorted", "shuffled", "filtered", "reversed", "normalised", "normalized", "scaled", "swapped"),
    }
)
#: Words in the name of what something was before.
_KEPT = frozenset({"backup", "original", "old", "before", "previous", "snapshot", "saved", "copy", "copied"})

#: Packages whose containers copy all that is in them.
_ARRAYS = frozenset({"numpy", "pandas", "torch", "tensorflow", "jax", "cupy", "polars"})
#: Names of such containers, where nothing is imported.
_ARRAY = re.compile(r"arr|img|image|tensor|frame|df|vec|^[a-zA-Z]$")


class AliasForCopy(AstRule):
    """A name says that there is a copy, and nothing was copied.

    ## What it does
    Reports `updated = rows` and `backup = rows` in a function that changes the one in place and uses the other as if it were
    not changed: what is called a new one is changed, while the parameter is still looked at or belongs to the caller, or what is changed is the one whose
    earlier state was to be kept.

    So it does another name for a constant of the module that is written as a list or mapping with entries, when that is changed:
    `options = DEFAULTS`, `options["token"] = token`.

    So is a copy of the outside alone, as `copy()`, `list()`, `dict()` and `[:]` make one, of a parameter, a constant or an attribute,
    when what stands in it is changed in place. Sources that work with arrays, whose copies are whole, are fine.

    ## Why is this bad
    Assignment gives the same object a second name. What is done to the one is done to the other. A copy of the outside holds the same
    rows as the first.

    ## Example
    ```python
    def without_last(rows):
        updated = rows
        updated.pop()
        return updated
    ```

    ## Use instead
    ```python
    def without_last(rows):
        updated = list(rows)
        updated.pop()
        return updated
    ```

    ## References
    - [Python FAQ: why did changing list y also change list x?](https://docs.python.org/3/faq/programming.html#why-did-changing-list-y-also-change-list-x)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid(
            "KNOWN = {}\n\ndef keep(key, value):\n    known = KNOWN\n    known[key] = value",
            "It is there to be filled",
        ),
        Valid("def f(rows):\n    updated = list(rows)\n    updated.pop()\n    return updated"),
        Valid(
            "def f(rows):\n    updated = rows\n    updated = [*updated, 1]\n    return updated", "Bound anew"
        ),
        Valid(
            "def f(rows):\n    made = list(rows)\n    made[0] = [*made[0]]\n    made[0][1] = 2\n    return made"
        ),
        Valid("def f(rows):\n    made = list(rows)\n    made[0] = 2\n    return made"),
        Valid("import numpy\n\ndef f(rows):\n    made = rows.copy()\n    made[0][1] = 2\n    return made"),
        Valid("def f(rows):\n    new_rows = rows\n    return len(new_rows)", "Nothing changes"),
        Valid(
            "def f(rows):\n    old = rows\n    rows = []\n    rows.append(1)\n    return old, rows",
            "Another list",
        ),
        Valid(
            "def f():\n    cells = []\n    new_cells = cells\n    new_cells.append(1)\n    return new_cells"
        ),
    )
    INVALID = (
        Invalid(
            "BASE = {'timeout': 30, 'headers': {}}\n\ndef options(token):\n    given = BASE\n    given['headers']['token'] = token\n    return given",
            ("4:5-4:17 given is BASE itself: what changes it stays for whoever reads that later",),
        ),
        Invalid(
            "def f(config, tag):\n    made = config.copy()\n    made['tags'].append(tag)\n    return made",
            ("3:5-3:9 made has the same entries as config: use copy.deepcopy(), or copy what is changed",),
        ),
        Invalid(
            "def f(grid):\n    made = grid[:]\n    made[0][1] = 2\n    return made",
            ("3:5-3:9 made has the same entries as grid: use copy.deepcopy(), or copy what is changed",),
        ),
        Invalid(
            "def f(shifts, a, b):\n    updated = shifts\n    updated[a]['mon'], updated[b]['mon'] = shifts[b]['mon'], 1\n    return updated",
            ("2:5-2:21 updated is shifts itself and no copy: what changes the one changes the other",),
        ),
        Invalid(
            "def f(rows):\n    backup = rows\n    rows.clear()\n    return backup",
            ("2:5-2:18 backup is rows itself and no copy: what changes the one changes the other",),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        value = statement.value
        copied = self._copied(value) if isinstance(value, ast.Call | ast.Subscript) else None
        for target in targets_of(statement):
            if not isinstance(target, ast.Name):
                continue
            if isinstance(value, ast.Name):
                self._check_alias(statement, target, value)
            elif copied is not None:
                self._check_outside(statement, target, copied)

    visit_AnnAssign = visit_Assign

    def _copied(self, value: ast.Call | ast.Subscript) -> ast.expr | None:
        """What an expression makes a copy of, of its outside alone; None where it makes none."""
        if isinstance(value, ast.Subscript):
            return value.value if ast.unparse(value.slice) == ":" else None
        if isinstance(value.func, ast.Attribute) and not value.args:
            return value.func.value if value.func.attr == "copy" else None
        if len(value.args) != 1 or value.keywords:
            return None
        makes = (
            self.facts.is_builtin(value.func, "list", "dict") or self.facts.origin(value.func) == "copy.copy"
        )
        return value.args[0] if makes else None

    def _check_outside(self, statement: ast.stmt, target: ast.Name, copied: ast.expr) -> None:
        function = self.facts.function(statement)
        if function is None or not self._belongs_to_others(function, copied):
            return
        if self.facts.packages & _ARRAYS or not self._is_bound_once(function, target):
            return
        changed = [load for load in self._changes(function, target.id) if self._is_inside(load)]
        loads = self.facts.names(function).loads.get(target.id, ())
        if changed and not any(self._is_set(load) for load in loads):
            self.report(
                changed[0],
                f"{target.id} has the same entries as {ast.unparse(copied)}: use copy.deepcopy(), or copy what is changed",
            )

    def _belongs_to_others(self, function: FunctionNode, copied: ast.expr) -> bool:
        """Tells whether something is a parameter, an attribute of ``self`` or a constant of the module."""
        if isinstance(copied, ast.Attribute):
            return isinstance(copied.value, ast.Name) and copied.value.id == "self"
        if not isinstance(copied, ast.Name) or _ARRAY.search(copied.id):
            return False
        names = self.facts.names(function)
        return copied.id not in names.stores and (copied.id in names.parameters or copied.id.isupper())

    def _is_inside(self, load: ast.Name) -> bool:
        """Tells whether what is changed stands in the container with a name: ``rows[0].append(x)``, ``rows[0][1] = x``."""
        entry = self.facts.parent(load)
        return isinstance(entry, ast.Subscript) and isinstance(entry.ctx, ast.Load)

    def _is_set(self, load: ast.Name) -> bool:
        """Tells whether an entry of the container gets another value, or the container somebody else's hands."""
        above = self.facts.parent(load)
        if isinstance(above, ast.Subscript):
            return isinstance(above.ctx, ast.Store)
        return isinstance(above, ast.Call | ast.For | ast.comprehension) or (
            isinstance(above, ast.Attribute) and above.attr not in {"append", "pop", "get"}
        )

    def _check_alias(self, statement: ast.stmt, target: ast.Name, value: ast.Name) -> None:
        words = set(name_words(target.id))
        function = self.facts.function(statement)
        if function is not None and self._is_changed(function, target.id, statement):
            names = self.facts.names(function)
            once = len(names.stores[target.id]) == 1 and value.id not in {*names.stores, *names.parameters}
            if once and value.id.isupper() and self._is_written(value.id):
                self.report(
                    statement,
                    f"{target.id} is {value.id} itself: what changes it stays for whoever reads that later",
                )
                return
        if function is None or words.isdisjoint(_MADE | _KEPT) or not self._is_bound_once(function, target):
            return
        names = self.facts.names(function)
        if any(place.lineno >= statement.lineno for place in names.stores.get(value.id, ())):
            return
        made = not words.isdisjoint(_MADE) and self._is_changed(function, target.id, statement)
        kept = not words.isdisjoint(_KEPT) and self._is_changed(function, value.id, statement)
        given = value.id in names.parameters and value.id not in names.stores
        if (made and (given or self._is_read_behind(function, value.id, statement))) or (
            kept and self._is_read_behind(function, target.id, statement)
        ):
            self.report(
                statement,
                f"{target.id} is {value.id} itself and no copy: what changes the one changes the other",
            )

    def _is_written(self, name: str) -> bool:
        """Tells whether a constant of the module is a list or mapping with entries, which are written there."""
        bound: tuple[ast.Assign | ast.AnnAssign, ...] = (
            *self.facts.of(ast.Assign),
            *self.facts.of(ast.AnnAssign),
        )
        of_module = (each for each in bound if self.facts.function(each) is None)
        values = [
            each.value for each in of_module if any(last_word(part) == name for part in targets_of(each))
        ]
        shown = self.facts.display(values[0]) if len(values) == 1 and values[0] is not None else None
        return (isinstance(shown, ast.Dict) and bool(shown.keys)) or (
            isinstance(shown, ast.List | ast.Set) and bool(shown.elts)
        )

    def _is_bound_once(self, function: FunctionNode, target: ast.Name) -> bool:
        names = self.facts.names(function)
        added = any(isinstance(load.ctx, ast.Store) for load in names.loads.get(target.id, ()))
        return len(names.stores[target.id]) == 1 and target.id not in names.shared and not added

    def _is_read_behind(self, function: FunctionNode, name: str, statement: ast.stmt) -> bool:
        changes = set(self._changes(function, name))
        loads = self.facts.names(function).loads.get(name, ())
        return any(load.lineno > statement.lineno and load not in changes for load in loads)

    def _is_changed(self, function: FunctionNode, name: str, statement: ast.stmt) -> bool:
        return any(place.lineno > statement.lineno for place in self._changes(function, name))

    def _changes(self, function: FunctionNode, name: str) -> Iterator[ast.Name]:
        """Where the container with a name gets, loses or orders entries."""
        for load in self.facts.names(function).loads.get(name, ()):
            above = self.facts.parent(load)
            if self._is_changing_call(above):
                yield load
            place: ast.AST | None = load
            while isinstance(above, ast.Subscript) and above.value is place:
                place, above = above, self.facts.parent(above)
            if isinstance(place, ast.Subscript) and (
                isinstance(place.ctx, ast.Store | ast.Del) or self._is_changing_call(above)
            ):
                yield load

    def _is_changing_call(self, method: ast.AST | None) -> bool:
        if not isinstance(method, ast.Attribute) or method.attr not in CHANGING_METHODS:
            return False
        call = self.facts.parent(method)
        return isinstance(call, ast.Call) and call.func is method
