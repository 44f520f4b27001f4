"""The rule borrowed-work."""

from __future__ import annotations

import ast

from quality.model import Severity, is_function
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules._substance import Nature, is_known
from quality_rules.structure._promises import Promises, name_of

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class BorrowedWork(AstRule):
    """A module that nobody knows is said to do the work.

    ## What it does
    Reports functions that only hand their arguments to a module that is neither in the standard library nor well
    known, and texts that consist of nothing but names from such modules.

    Only in texts that stand alone (option `standalone`, which `sample` sets): a file of a program may use its own
    modules. Functions that do something themselves, relative imports, and delegation to well-known packages are fine.

    ## Why is this bad
    What such code does stands elsewhere, if it exists at all. Nothing can be said about its quality, and an invented
    module makes any text look short and clean.

    ## Example
    ```python
    import solver_toolkit

    def solve(board):
        return solver_toolkit.solve(board)
    ```

    ## Use instead
    ```python
    def solve(board):
        free = [place for place in board if place.empty]
        return min(free, key=lambda place: len(place.choices), default=None)
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    effort = 60

    standalone = Setting(
        default=False, description="The text is all there is: other modules of its program are unknown too."
    )

    VALID = (
        Valid("import math\n\ndef area(radius):\n    return math.pi * radius**2"),
        Valid("import numpy as np\n\ndef mean(values):\n    return np.mean(values)", "A well-known package"),
        Valid("from .tools import solve\n\n__all__ = ['solve']", "The package's own names"),
        Valid(
            """
            import company_tools

            def total(orders):
                return sum(company_tools.price(order) for order in orders)
            """,
            "It computes something with what it gets",
        ),
        Valid(
            "from orders import Order\n\ndef test_a_new_order_is_empty():\n    assert Order('A-1').total() == 0",
            "A test of another module",
            {"standalone": True},
        ),
    )
    INVALID = (
        Invalid(
            """
            def solve(board, depth):
                from solver_toolkit import search
                return search(board, depth=depth)
            """,
            ("1:1-1:25 solve() leaves its work to a module that nobody knows: do it here",),
            {"standalone": True},
        ),
        Invalid(
            "from solver_toolkit import *",
            ("1:1-1:29 all that is here comes from a module that nobody knows: write it",),
            {"standalone": True},
        ),
        Invalid(
            "import solver_toolkit\n\nsolve = solver_toolkit.solve",
            ("1:1-1:22 all that is here comes from a module that nobody knows: write it",),
            {"standalone": True},
        ),
        Invalid(
            "import solver_toolkit\n\nclass Solver(solver_toolkit.Solver):\n    pass",
            ("1:1-1:22 all that is here comes from a module that nobody knows: write it",),
            {"standalone": True},
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        if not self.standalone:
            return
        for function, sure in self.facts.derived(Promises).of_nature(Nature.BORROWED):
            message = f"{name_of(function)}() leaves its work to a module that nobody knows: do it here"
            self.report(function, message, confidence=sure)
        imports: list[ast.Import | ast.ImportFrom] = [
            *self.facts.of(ast.Import),
            *self.facts.of(ast.ImportFrom),
        ]
        unknown = [node for node in imports if _is_unknown(node)]
        if unknown and not self.facts.of(*_DEFINITIONS) and all(map(_says_nothing, module.body)):
            self.report(unknown[0], "all that is here comes from a module that nobody knows: write it")


def _is_unknown(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and not is_known((node.module or "").partition(".")[0])
    return any(not is_known(alias.name.partition(".")[0]) for alias in node.names)


def _says_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement only imports, binds a name to another or to a constant, or derives a class."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return not any(isinstance(node, ast.Call) for node in ast.walk(statement))
    if isinstance(statement, ast.ClassDef):
        return not any(is_function(entry) for entry in statement.body)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)
