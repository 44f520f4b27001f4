"""The rule repeated-call-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, is_for_log, shorten
from quality_rules._loops import CHANGING_METHODS, Loops, is_short
from quality_rules.efficiency._own_methods import OwnMethods

if TYPE_CHECKING:
    from quality.model import Source

#: Builtins whose time grows with their argument.
_GROWING = ("all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple")
#: Functions of modules that only depend on their arguments, and take their time.
_DEAR = frozenset(
    {
        "re.compile",
        "copy.deepcopy",
        "json.loads",
        "json.dumps",
        "collections.Counter",
        "statistics.mean",
        "statistics.median",
        "statistics.stdev",
        "numpy.mean",
        "numpy.max",
        "numpy.min",
        "numpy.sum",
        "numpy.std",
    }
)
#: Methods of a path that read its file.
_READING = frozenset({"read_text", "read_bytes"})
#: Makes a value that each turn may want for itself.
_FRESH = frozenset({"copy.deepcopy", "collections.Counter", "json.loads", "list", "dict", "set"})


class RepeatedCallInLoop(AstRule):
    """Each turn of a loop computes the same again.

    ## What it does
    Reports calls that go through a whole collection or text (`sorted`, `max`, `sum`, `set`, `re.compile` …)
    in a loop, when nothing that they read changes in it; and a file that a `for` loop reads in each turn
    (`path.read_text()`, `open(path)`), when the loop does nothing that may write it.

    So it does a method of the same object that goes through a collection and changes nothing (`self.total()`), in a loop that
    changes nothing of the object.

    Calls outside of loops, calls that read what the loop changes, copies that are changed, calls on short
    written values, and tests are fine.

    ## Why is this bad
    The loop takes the product of the two lengths for an answer that was known before it began.

    ## Example
    ```python
    def shares(sizes):
        return [size / sum(sizes) for size in sizes]
    ```

    ## Use instead
    ```python
    def shares(sizes):
        total = sum(sizes)
        return [size / total for size in sizes]
    ```

    ## References
    - [Loop-invariant code motion](https://en.wikipedia.org/wiki/Loop-invariant_code_motion)
    """

    dimension = "efficiency"
    needs = frozenset({*_GROWING, *_READING, "open", *(name.rpartition(".")[2] for name in _DEAR)})
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            """
            class Report:
                def total(self):
                    return sum(row.size for row in self.rows)

                def cut(self, most):
                    while self.total() > most:
                        self.rows.pop()
            """,
            "The loop changes it",
        ),
        Valid(
            """
            class Report:
                def name(self):
                    return str(self.number)

                def lines(self):
                    return [self.name() + str(max(row)) for row in self.rows]
            """,
            "It goes through nothing",
        ),
        Valid("def f(paths):\n    return [path.read_text() for path in paths]", "Another file in each turn"),
        Valid(
            "def f(path, jobs):\n    for job in jobs:\n        job.run()\n        with open(path) as log:\n"
            "            check(log.read())",
            "A job may write it",
        ),
        Valid(
            "def f(path):\n    for _ in range(3):\n        text = path.read_text()\n        if text:\n            break\n    return text",
            "A few turns",
        ),
        Valid(
            """
            def f(rows):
                while rows:
                    smallest = min(rows)
                    rows.remove(smallest)
            """,
            "The list changes",
        ),
        Valid("def f(rows):\n    return [max(row) for row in rows]", "Another list in each turn"),
        Valid("def f(rows, low, high):\n    return [min(max(r, low), high) for r in rows]", "Two values"),
        Valid("def f(n, row):\n    return [list(row) for _ in range(n)]", "A copy for each turn"),
        Valid("def f(rows):\n    for row in sorted(rows):\n        print(row)", "It is called once"),
        Valid(
            "def f(rows, window):\n    for _ in map(window.append, rows):\n        yield tuple(window)",
            "Somebody else changes it",
        ),
        Valid(
            "def f(jobs):\n    for job in jobs:\n        try:\n            job()\n        except ExceptionGroup as error:\n"
            "            print(sum(error.exceptions))",
            "Another error in each turn",
        ),
    )
    INVALID = (
        Invalid(
            """
            class Report:
                def total(self):
                    return sum(row.size for row in self.rows)

                def shares(self):
                    return [row.size / self.total() for row in self.rows]
            """,
            ("6:28-6:40 self.total() is the same in each turn of the loop: call it before",),
        ),
        Invalid(
            """
            def prices(products, path):
                found = []
                for product in products:
                    with open(path) as file:
                        rates = json.load(file)
                    found.append(product.price * rates[product.kind])
                return found
            """,
            ("4:14-4:24 open(path) reads the same file in each turn of the loop: read it before",),
        ),
        Invalid(
            """
            import re

            def numbers(lines):
                found = []
                for line in lines:
                    pattern = re.compile("[0-9]+")
                    found += pattern.findall(line)
                return found
            """,
            ("6:19-6:39 re.compile('[0-9]+') is the same in each turn of the loop: call it before",),
        ),
        Invalid(
            """
            def ranks(scores):
                ranked = {}
                for name, score in scores.items():
                    if score == max(scores.values()):
                        ranked[name] = 1
                return ranked
            """,
            ("4:21-4:41 max(scores.values()) is the same in each turn of the loop: call it before",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role == "product" and source.mentions("for ", "while ")

    def visit_Call(self, call: ast.Call) -> None:
        if not call.args and not call.keywords and dotted_name(call.func).startswith("self."):
            self._check_own(call)
            return
        if self._reads_file(call):
            self._check_file(call)
            return
        name = self._name(call) if call.args else ""
        loop = next(self.facts.derived(Loops).around(call), None) if name else None
        if loop is None or not self._is_same(call, name, loop):
            return
        if name in _FRESH and not self._is_only_read(call):
            return
        self.report(
            call, f"{shorten(ast.unparse(call))} is the same in each turn of the loop: call it before"
        )

    def _check_own(self, call: ast.Call) -> None:
        """A method of the object that computes the same from what the object has, which nothing in the loop changes."""
        loops = self.facts.derived(Loops)
        loop = next(loops.around(call), None)
        if loop is None or is_short(loop) or loops.is_left_behind(call, loop):
            return
        if self.facts.derived(OwnMethods).is_repeated(call, loop):
            what = shorten(ast.unparse(call))
            self.report(call, f"{what} is the same in each turn of the loop: call it before")

    def _reads_file(self, call: ast.Call) -> bool:
        """``path.read_text()``, ``open(path)``."""
        if isinstance(call.func, ast.Attribute):
            return call.func.attr in _READING and not call.args
        modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        return self.facts.is_builtin(call.func, "open") and all(
            isinstance(mode, ast.Constant) and mode.value in {"r", "rb", "rt"} for mode in modes
        )

    def _check_file(self, call: ast.Call) -> None:
        """A file that is read in each turn, where nothing in the loop may write it."""
        loops = self.facts.derived(Loops)
        loop = next(loops.around(call), None)
        if loop is None or isinstance(loop, ast.While) or loops.is_left_behind(call, loop):
            return
        place = (
            call.func.value if isinstance(call.func, ast.Attribute) else call.args[0] if call.args else call
        )
        moved = isinstance(place, ast.Name) and place.id in loops.bound(loop)
        if moved or not isinstance(place, ast.Name | ast.Constant):
            return
        if not any(self._may_write(node) for node in self.facts.within(loop)) and not is_short(loop):
            what = shorten(ast.unparse(call))
            self.report(call, f"{what} reads the same file in each turn of the loop: read it before")

    def _may_write(self, node: ast.AST) -> bool:
        """Tells whether a statement calls something for what it does elsewhere."""
        call = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(call, ast.Call):
            return isinstance(node, ast.Await | ast.Yield | ast.YieldFrom)
        changes = isinstance(call.func, ast.Attribute) and call.func.attr in CHANGING_METHODS
        return not changes and not is_for_log(node)  # type: ignore[arg-type]

    def _name(self, call: ast.Call) -> str:
        if self.facts.is_builtin(call.func, *_GROWING) and isinstance(call.func, ast.Name):
            grows = len(call.args) == 1 and not isinstance(
                call.args[0], ast.Constant | ast.List | ast.Tuple | ast.Set | ast.Dict
            )
            return call.func.id if grows else ""
        origin = self.facts.origin(call.func)
        known = origin in _DEAR and self.facts.may_be_module(origin.partition(".")[0])
        return origin if known else ""

    def _is_same(self, call: ast.Call, name: str, loop: ast.AST) -> bool:
        """Tells whether each turn calls it, with the same arguments."""
        loops = self.facts.derived(Loops)
        if loops.is_left_behind(call, loop):
            return False
        parts = [*call.args, *(keyword.value for keyword in call.keywords)]
        if not all(loops.is_fixed(part, loop) for part in parts):
            return False
        reads = any(
            isinstance(node, ast.Name) and self._is_value(node)
            for part in parts
            for node in self.facts.within(part)
        )
        return reads or name == "re.compile"

    def _is_value(self, name: ast.Name) -> bool:
        above = self.facts.parent(name)
        return not isinstance(above, ast.Call) or above.func is not name

    def _is_only_read(self, call: ast.Call) -> bool:
        """Tells whether a fresh collection is only searched or gone through here."""
        above = self.facts.parent(call)
        if isinstance(above, ast.Compare):
            return call in above.comparators
        if isinstance(above, ast.Call):
            return self.facts.is_builtin(above.func, *_GROWING, "len", "enumerate", "zip")
        return False
