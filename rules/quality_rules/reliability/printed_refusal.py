"""The rule printed-refusal."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._given import given

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Names of functions whose work is to talk to people.
_TALKERS = re.compile(
    r"_*(main|cli|run|show|print|prompt|ask|play|menu|report|display|warn|log|cmd|command|handle|do|on)(_.*)?"
)


class PrintedRefusal(AstRule):
    """What is wrong is printed, and the caller gets a constant.

    ## What it does
    Reports an `if` in a function that only prints a text and returns `False`, `None` or `-1`, where the function otherwise
    returns something else.

    Functions that print other things as well, read the keyboard, are decorated, or are called `main` and the like, are
    fine: they talk to people. So are functions that return nothing at all.

    ## Why is this bad
    Nothing makes the caller look at what came back, and nothing in it says what was wrong. The text goes to a screen that
    may not be there. An exception stops what must not go on, with the reason, for whoever can do something about it.

    ## Example
    ```python
    class Account:
        def withdraw(self, amount):
            if amount > self.balance:
                print("Insufficient funds")
                return False
            self.balance -= amount
            return True
    ```

    ## Use instead
    ```python
    class Account:
        def withdraw(self, amount):
            if amount > self.balance:
                raise InsufficientFunds(amount, self.balance)
            self.balance -= amount
    ```

    ## References
    - [Refactoring: replace error code with exception](https://refactoring.com/catalog/replaceErrorCodeWithException.html)
    """

    dimension = "reliability"
    needs = frozenset({"print"})
    confidence = Confidence.MEDIUM
    effort = 10
    cwe = 390

    VALID = (
        Valid(
            "def main(x):\n    if not x:\n        print('no x')\n        return False\n    return True",
            "It talks to people",
        ),
        Valid(
            "def f(x):\n    if not x:\n        print('no x')\n        return None\n    print(x)\n    return x",
            "It prints other things as well",
        ),
        Valid(
            "def f(x):\n    if not x:\n        print('no x')\n        return\n    x.save()",
            "It returns nothing",
        ),
        Valid(
            "def f(x):\n    if not x:\n        print('no x')\n        return False\n    return False",
            "It says nothing else",
        ),
        Valid(
            "@command\ndef f(x):\n    if not x:\n        print('no x')\n        return False\n    return True",
            "What is made of it decides",
        ),
        Valid(
            "def f(x):\n    if not x:\n        print('no x', file=sys.stderr)\n        return 1\n    return 0",
            "An exit code",
        ),
    )
    INVALID = (
        Invalid(
            """
            def find(rows, key):
                if not rows:
                    print("nothing to search in")
                    return -1
                if key is None:
                    print(f"no key for {len(rows)} rows")
                    return None
                return rows[key]
            """,
            ("2:5-2:16 find() prints what is wrong and returns -1: raise an exception",),
        ),
        Invalid(
            """
            def find(rows, key):
                if key in rows:
                    return rows[key]
                else:
                    print("not found")
                    return None
            """,
            ("2:5-2:19 find() prints what is wrong and returns None: raise an exception",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        told: set[FunctionNode | None] = set()
        for node in self.facts.of(ast.If):
            function = self.facts.function(node)
            if function not in told and self._reports(node):
                told.add(function)

    def _reports(self, node: ast.If) -> bool:
        """Reports a branch that refuses, and tells whether it did: once for each function, which has one way to do so."""
        refused = next((value for value in map(self._refused, (node.body, node.orelse)) if value), "")
        function = self.facts.function(node) if refused else None
        if function is None or function.decorator_list or _TALKERS.fullmatch(function.name):
            return False
        if function in self.facts.derived(_talkers) or not self._says_else(function):
            return False
        told = f"{function.name}() prints what is wrong and returns {refused}: raise an exception"
        self.report(node, told, until=node.test)
        return True

    def _refused(self, block: list[ast.stmt]) -> str:
        """What a block returns that only prints a text before it; empty for any other block."""
        last = block[-1] if block else None
        if not isinstance(last, ast.Return) or len(block) == 1:
            return ""
        calls = [call for s in block[:-1] if (call := _printed(self.facts, s)) is not None]
        rest = sum(1 for s in block[:-1] if next(given(s), None) is None) - len(calls)
        printed = bool(calls) and not rest and all(map(self._is_text, calls))
        value = ast.unparse(last.value) if last.value is not None else "None"
        return value if printed and value in {"None", "False", "-1"} else ""

    def _is_text(self, call: ast.Call) -> bool:
        """Tells whether something written is printed, on the screen."""
        if any(keyword.arg == "file" for keyword in call.keywords):
            return False
        shown = (node for part in call.args for node in ast.walk(self.facts.only_value(part)))
        return any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in shown)

    def _says_else(self, function: FunctionNode) -> bool:
        """Tells whether a function returns anything but what stands for a refusal."""
        values = [node.value for node in self.facts.within(function) if isinstance(node, ast.Return)]
        return any(
            value is not None and ast.unparse(value) not in {"None", "False", "-1", "0", "1"}
            for value in values
        )


def _printed(facts: Facts, statement: ast.stmt) -> ast.Call | None:
    """The call of print() that a statement is."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return call if isinstance(call, ast.Call) and facts.is_builtin(call.func, "print") else None


def _talkers(facts: Facts) -> set[ast.AST | None]:
    """Functions that read the keyboard, or print anything but before they leave."""
    found: set[ast.AST | None] = set()
    for call in facts.of(ast.Call):
        if facts.is_builtin(call.func, "input"):
            found.add(facts.function(call))
        elif facts.is_builtin(call.func, "print"):
            statement = facts.statement(call)
            rest = facts.rest(statement) if isinstance(statement, ast.stmt) else ()
            leaves = any(isinstance(each, ast.Return | ast.Raise) for each in rest)
            above = facts.parent(statement)
            if not leaves or not isinstance(above, ast.If | ast.ExceptHandler):
                found.add(facts.function(call))
    return found
