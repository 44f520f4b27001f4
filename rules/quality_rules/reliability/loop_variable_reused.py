"""The rule loop-variable-reused."""

from __future__ import annotations

import ast
import bisect
import re
from typing import TYPE_CHECKING, TypeGuard

from quality.model import Severity, cached_property
from quality.rules import SCOPES, AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.rules import Facts

#: Names that say that nobody reads them.
_UNUSED = re.compile(r"_+|_*(?:dummy|unused)_?\d*")

#: Builtins that go through what they get.
_WRAPPING = ("enumerate", "sorted", "reversed", "list", "tuple", "iter")


class LoopVariableReused(AstRule):
    """A loop takes the variable of another, or the name of what it goes through.

    ## What it does
    Reports a loop inside another whose variable has the same name. When the outer loop reads the variable
    after the inner one, the finding is a warning, and a note otherwise. Reports, too, `for rows in rows`, as a warning, and a variable
    that takes the name of an import beside the loop.

    Names that say that they are not read (`_`, `dummy`) and are not, loops one after the other, and comprehensions, which have a scope
    of their own, are fine.

    ## Why is this bad
    After the inner loop the name holds the inner loop's last value. What follows in the outer loop works on
    another element than it says. Behind `for rows in rows` the rows are lost: the name holds the last of them.

    ## Example
    ```python
    def mark(rows):
        for i in range(len(rows)):
            for i in range(len(rows[0])):
                rows[0][i] += 1
            rows[i].done = True
    ```

    ## Use instead
    ```python
    def mark(rows):
        for i in range(len(rows)):
            for j in range(len(rows[0])):
                rows[0][j] += 1
            rows[i].done = True
    ```
    """

    dimension = "reliability"
    severity = Severity.NOTE
    equivalents = ("pylint:redefined-argument-from-local",)

    VALID = (
        Valid(
            "for row in rows:\n    for row['number'], part in enumerate(row['parts']):\n        use(row, part)",
            "An entry",
        ),
        Valid(
            "import json\n\ndef show(rows):\n    for json in rows:\n        print(json)", "In a function only"
        ),
        Valid(
            "for json in rows:\n    print(json)\n\ndef f():\n    import json\n    return json",
            "Imported in a function",
        ),
        Valid("for row in row.children:\n    print(row)", "A part of it"),
        Valid("for row in rows:\n    print(row)\nfor row in rows:\n    print(row)", "One after the other"),
        Valid("for _ in range(3):\n    for _ in range(3):\n        step()", "A name for nothing"),
        Valid(
            "for dummy, row in rows:\n    for dummy, place in row:\n        step(place)", "A name for nothing"
        ),
        Valid("for x in xs:\n    print([x for x in x])", "A scope of its own"),
    )
    INVALID = (
        Invalid(
            "for dummy in rows:\n    for dummy in dummy.parts:\n        use(dummy)",
            ("2:9-2:14 dummy is the variable of the loop in line 1: rename one of them",),
        ),
        Invalid(
            "from os import path\n\nfor path in files:\n    print(path)",
            ("3:5-3:9 path is imported, and gone behind this loop: call the variable otherwise",),
        ),
        Invalid(
            "def show(rows):\n    for place, rows in enumerate(rows):\n        print(place, rows)",
            ("2:16-2:20 rows is what the loop goes through: call its elements otherwise",),
        ),
        Invalid(
            "for prices in prices.values():\n    print(prices)",
            ("1:5-1:11 prices is what the loop goes through: call its elements otherwise",),
        ),
        Invalid(
            """
            for name, rows in tables:
                for place, name in enumerate(rows):
                    print(place, name)
            """,
            ("2:16-2:20 name is the variable of the loop in line 1: rename one of them",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        outer = self._outer(loop)
        self._check_own(loop, outer)
        self._check_imports(loop)
        if not outer:
            return
        for target in self.facts.within(loop.target):
            if _is_bound(target) and target.id in outer and not self._is_for_nothing(target.id, loop):
                around = outer[target.id]
                self.report(
                    target,
                    f"{target.id} is the variable of the loop in line {around.lineno}: rename one of them",
                    severity=Severity.WARNING if self._is_read_after(loop, around, target.id) else None,
                )

    def _is_for_nothing(self, name: str, loop: ast.For) -> bool:
        """Tells whether a name says that nobody reads it, and nobody in the loop does."""
        if not _UNUSED.fullmatch(name):
            return False
        return not any(self.facts.contains(loop, read) for read in self.facts.derived(_loads).get(name, ()))

    def _check_imports(self, loop: ast.For) -> None:
        """Reports a variable that takes the name of an import of the same module or function."""
        around = next((above for above in self.facts.ancestors(loop) if isinstance(above, SCOPES)), None)
        imported = self._imported.get(around, ())
        for target in self.facts.within(loop.target) if imported else ():
            if _is_bound(target) and target.id in imported and not _UNUSED.fullmatch(target.id):
                message = f"{target.id} is imported, and gone behind this loop: call the variable otherwise"
                self.report(target, message, severity=Severity.WARNING)

    @cached_property
    def _imported(self) -> dict[ast.AST | None, set[str]]:
        """Function, class, or None for the module → the names that its imports bind."""
        found: dict[ast.AST | None, set[str]] = {}
        imports: list[ast.Import | ast.ImportFrom] = [
            *self.facts.of(ast.Import),
            *self.facts.of(ast.ImportFrom),
        ]
        for each in imports:
            around = next((above for above in self.facts.ancestors(each) if isinstance(above, SCOPES)), None)
            names = (alias.asname or alias.name.partition(".")[0] for alias in each.names)
            found.setdefault(around, set()).update(names)
        return found

    def _check_own(self, loop: ast.For, outer: dict[str, ast.For]) -> None:
        """Reports a variable that takes the name of all that the loop goes through."""
        source = loop.iter
        if isinstance(source, ast.Call):
            method = source.func.value if isinstance(source.func, ast.Attribute) and not source.args else None
            wrapped = self.facts.is_builtin(source.func, *_WRAPPING) and source.args
            source = source.args[0] if wrapped else method or source
        if isinstance(source, ast.Name):
            for target in self.facts.within(loop.target):
                if _is_bound(target) and target.id == source.id and target.id not in outer:
                    self.report(
                        target,
                        f"{target.id} is what the loop goes through: call its elements otherwise",
                        severity=Severity.WARNING,
                    )

    def _outer(self, loop: ast.For) -> dict[str, ast.For]:
        """Name → the loop around this one that it is the variable of."""
        found: dict[str, ast.For] = {}
        below: ast.AST = loop
        for above in self.facts.ancestors(loop):
            if isinstance(above, SCOPES):
                break
            if isinstance(above, ast.For) and below not in above.orelse:
                for target in self.facts.within(above.target):
                    if _is_bound(target):
                        found.setdefault(target.id, above)
            below = above
        return found

    def _is_read_after(self, loop: ast.For, around: ast.For, name: str) -> bool:
        """Tells whether the outer loop reads a name behind the inner loop."""
        uses = self.facts.derived(_loads).get(name, [])
        end = (loop.end_lineno or loop.lineno, loop.end_col_offset or 0)
        behind = bisect.bisect(uses, end, key=_place)
        return behind < len(uses) and self.facts.contains(around, uses[behind])


def _loads(facts: Facts) -> dict[str, list[ast.Name]]:
    """Name → where it is read, in the order of the text."""
    found: dict[str, list[ast.Name]] = {}
    for node in sorted(facts.of(ast.Name), key=_place):
        if isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, []).append(node)
    return found


def _place(node: ast.Name) -> tuple[int, int]:
    return (node.lineno, node.col_offset)


def _is_bound(node: ast.AST) -> TypeGuard[ast.Name]:
    """Tells whether a node is a name that gets a value: ``for row["number"] in numbers`` gives ``row`` none."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
