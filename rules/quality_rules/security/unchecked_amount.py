"""The rule unchecked-amount."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, name_words, parameters
from quality_rules._updates import update_of
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Words in the name of a parameter that says how much, and in the name of what somebody has.
_AMOUNTS = words("amount quantity sum value credits points")
_HOLDINGS = words(
    "balance balances account accounts funds credit credits wallet wallets stock inventory points"
)
#: Words of functions that look at a number, or of what was looked at.
_CHECKS = words("check validate verify ensure require assert positive valid limit")


class UncheckedAmount(AstRule):
    """An amount is taken away without a look at it.

    ## What it does
    Reports functions that take an amount which they are given from a balance, an account or a stock, and compare it with
    nothing.

    Comparisons anywhere in the function, and amounts that another function checks, are fine.

    ## Why is this bad
    A negative amount moves the money the other way, and one that is too large leaves less than nothing.

    ## Example
    ```python
    def transfer(accounts, source, target, amount):
        accounts[source] -= amount
        accounts[target] += amount
    ```

    ## Use instead
    ```python
    def transfer(accounts, source, target, amount):
        if not 0 < amount <= accounts[source]:
            raise ValueError(amount)
        accounts[source] -= amount
        accounts[target] += amount
    ```

    ## References
    - [CWE-20: improper input validation](https://cwe.mitre.org/data/definitions/20.html)
    - [CWE-840: business logic errors](https://cwe.mitre.org/data/definitions/840.html)
    """

    dimension = "security"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 20
    effort = 5

    VALID = (
        Valid(
            """
            def take(self, amount):
                if amount > self.balance:
                    raise ValueError(amount)
                self.balance -= amount
            """,
            "Compared",
        ),
        Valid("def take(self, amount):\n    check_amount(amount)\n    self.balance -= amount", "Checked"),
        Valid("def shift(self, amount):\n    self.position -= amount", "Nobody's property"),
        Valid("def pay_in(self, amount):\n    self.balance += amount", "It is only added"),
        Valid("def _take(self, amount):\n    self.balance -= amount", "Its callers look at it"),
    )
    INVALID = (
        Invalid(
            "def take(self, amount):\n    self.balance -= amount\n    return self.balance",
            ("2:5-2:27 amount may be negative, or more than there is: compare it first",),
        ),
        Invalid(
            "def take(self, paidAmount):\n    self.balance -= paidAmount\n    return self.balance",
            ("2:5-2:31 paidAmount may be negative, or more than there is: compare it first",),
        ),
        Invalid(
            """
            def order(stock, item, quantity):
                if item not in stock:
                    raise KeyError(item)
                stock[item]["count"] = stock[item]["count"] - quantity
            """,
            ("4:5-4:59 quantity may be negative, or more than there is: compare it first",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a function takes an amount."""
        return any(not _AMOUNTS.isdisjoint(name_words(each.arg)) for each in facts.of(ast.arg))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        amounts = [name for name in parameters(function) if name_words(name) & _AMOUNTS]
        if not amounts or function.name.startswith("_"):
            return
        for node in self.facts.within(function):
            name = _taken(node)
            if name in amounts and not self._is_checked(function, name):
                self.report(node, f"{name} may be negative, or more than there is: compare it first")
                return

    def _is_checked(self, function: FunctionNode, name: str) -> bool:
        """Tells whether anything in a function looks at a number."""
        names = self.facts.names(function)
        if name in names.stores:
            return True
        for load in names.loads.get(name, ()):
            for above in self.facts.ancestors(load):
                if isinstance(above, ast.Compare):
                    return True
                if isinstance(above, ast.Call) and (
                    name_words(last_word(above.func)) & _CHECKS
                    or last_word(above.func) in {"min", "max", "abs"}
                ):
                    return True
                if isinstance(above, ast.stmt):
                    break
        return False


def _taken(node: ast.AST) -> str:
    """The name of what a statement takes away from what somebody has; empty for any other node."""
    update = update_of(node)
    if update is None or not isinstance(update.operator, ast.Sub):
        return ""
    held = [each for each in ast.walk(update.target) if isinstance(each, ast.Name | ast.Attribute)]
    is_held = any(name_words(last_word(each)) & _HOLDINGS for each in held)
    return update.value.id if is_held and isinstance(update.value, ast.Name) else ""
