"""The rule written-out-series."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, body_of, parameters

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Names of numbers of which there is no last one.
_ENDLESS = re.compile(
    r"(?:^|_)(?:primes?|fib\w*|squares?|cubes?|factorials?|powers?|triangular|perfect|catalan|armstrong|happy|multiples|evens?|odds?|harshad|lucas)(?:_|$)"
)
_FEWEST = 5


class WrittenOutSeries(AstRule):
    """Numbers of which there is no last one are listed.

    ## What it does
    Reports functions whose name says that they find primes, squares, powers or other numbers of a series without an end, and that do
    nothing but select among some that are written out: by comparing them with a parameter, or by looking whether it is one.

    Such numbers in functions that go on to compute are fine.

    ## Why is this bad
    It is right for the numbers that somebody has tried, and wrong for all that are larger.

    ## Example
    ```python
    def primes_below(limit):
        known = [2, 3, 5, 7, 11, 13]
        return [prime for prime in known if prime < limit]
    ```

    ## Use instead
    ```python
    def primes_below(limit):
        return [n for n in range(2, limit) if all(n % d for d in range(2, n))]
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 20

    VALID = (
        Valid("def sizes_below(limit):\n    return [size for size in [1, 2, 4, 8, 16, 32] if size < limit]"),
        Valid(
            "def is_prime(n):\n    if n in (2, 3, 5, 7, 11, 13):\n        return True\n    return is_sure(n)"
        ),
        Valid("def primes():\n    return [2, 3, 5, 7, 11, 13]", "Another rule's"),
    )
    INVALID = (
        Invalid(
            "def is_prime(number):\n    return number in {2, 3, 5, 7, 11, 13}",
            ("1:1-1:22 is_prime() selects among written numbers: compute them",),
        ),
        Invalid(
            "SQUARES = (1, 4, 9, 16, 25)\n\ndef squares_below(limit):\n    found = []\n    for square in SQUARES:\n        if square < limit:\n            found.append(square)\n    return found",
            ("3:1-3:26 squares_below() selects among written numbers: compute them",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        given = set(parameters(function))
        if not given or not _ENDLESS.search(function.name.lower()):
            return
        nodes = [node for statement in body_of(function) for node in self.facts.within(statement)]
        if any(
            isinstance(node, ast.BinOp | ast.While | ast.AugAssign) or self._works(node) for node in nodes
        ):
            return
        asked = [
            node for node in nodes if isinstance(node, ast.Compare) and self.facts.names_in(node) & given
        ]
        listed = any(self._is_series(node) for node in nodes if isinstance(node, ast.expr))
        if asked and listed:
            self.report(function, f"{function.name}() selects among written numbers: compute them")

    def _works(self, node: ast.AST) -> bool:
        """Tells whether a call may compute something."""
        if not isinstance(node, ast.Call):
            return False
        keeps = isinstance(node.func, ast.Attribute) and node.func.attr in {"append", "add"}
        return not keeps and not self.facts.is_builtin(
            node.func, "list", "sorted", "len", "set", "tuple", "int"
        )

    def _is_series(self, node: ast.expr) -> bool:
        """Tells whether an expression is some numbers that are written out."""
        value = self.facts.origins.value(node) if isinstance(node, ast.Name) else node
        if not isinstance(value, ast.List | ast.Tuple | ast.Set) or len(value.elts) < _FEWEST:
            return False
        return all(isinstance(each, ast.Constant) and type(each.value) is int for each in value.elts)
