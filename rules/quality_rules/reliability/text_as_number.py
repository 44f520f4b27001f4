"""The rule text-as-number."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_SAME = (ast.Eq, ast.NotEq)
#: Functions that give a text.
_ASKED = frozenset({"os.getenv", "os.environ.get", "getpass.getpass"})
#: How many arguments there are when the second is a default.
_WITH_DEFAULT = 2


class TextAsNumber(AstRule):
    """A text is taken for a number.

    ## What it does
    Reports what `input()`, `os.environ`, `os.getenv` and `sys.argv` give, where it is compared with a number or added to one;
    numbers that are put into `os.environ`; and defaults of `os.environ.get()` that are numbers, where the result is not converted.

    Texts that are converted first, and comparisons with texts, are fine.

    ## Why is this bad
    They are texts, also where they hold digits: "3" is not equal to 3, and comparing by `<`, adding, and putting a number into
    the environment raise TypeError.

    ## Example
    ```python
    def may_vote():
        age = input("How old are you? ")
        return age >= 18
    ```

    ## Use instead
    ```python
    def may_vote():
        age = int(input("How old are you? "))
        return age >= 18
    ```

    ## References
    - [Python documentation: input](https://docs.python.org/3/library/functions.html#input)
    - [Python documentation: os.environ](https://docs.python.org/3/library/os.html#os.environ)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"input", "getenv", "environ", "argv", "getpass"})

    VALID = (
        Valid(
            "import os, sys\n\nif int(input()) > 3 or os.getenv('N') == '3' or len(sys.argv) > 3:\n    stop()"
        ),
        Valid(
            "import os, sys\n\nif sys.argv[1:] == 3 or os.environ.get('N', 3) == 3:\n    os.environ['N'] = str(3)"
        ),
        Valid("def input(text):\n    return 3\n\nif input('n') > 3:\n    stop()", "Another one"),
    )
    INVALID = (
        Invalid(
            "import os\n\nPORT = os.environ.get('PORT', 8080)",
            (
                "3:8-3:36 os.environ.get('PORT', 8080) is a text or a number: convert it with int() or float()",
            ),
        ),
        Invalid(
            "import sys\n\ndef f():\n    count = sys.argv[1]\n    return count == 3, 1 + count",
            (
                "5:12-5:22 count is a text and is never equal to a number: convert it first",
                "5:24-5:33 count is a text and cannot be added to or taken from a number: convert it first",
            ),
        ),
        Invalid(
            "import os\n\nif os.getenv('N') > 2 or os.environ['N'] != 4:\n    os.environ['N'] = 1",
            (
                "3:4-3:22 os.getenv('N') is a text and cannot be compared with a number: convert it first",
                "3:26-3:46 os.environ['N'] is a text and is never equal to a number: convert it first",
                "4:5-4:24 the environment takes texts only: write str() of the number",
            ),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], (*_ORDER, *_SAME)):
            return
        for side, other in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
            if self._is_number(other) and self._is_text(side):
                same = isinstance(node.ops[0], _SAME)
                self._tell(node, side, "is never equal to" if same else "cannot be compared with")

    def visit_Call(self, call: ast.Call) -> None:
        """``os.environ.get("PORT", 8080)``: a text where it is set, and a number where it is not."""
        if self.facts.origin(call.func) not in _ASKED or len(call.args) != _WITH_DEFAULT:
            return
        default, above = call.args[1], self.facts.parent(call)
        number = isinstance(default, ast.Constant) and type(default.value) in {int, float}
        if number and not isinstance(above, ast.Call | ast.Compare):
            self.report(call, f"{ast.unparse(call)} is a text or a number: convert it with int() or float()")

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add | ast.Sub):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if self._is_number(other) and self._is_text(side):
                    self._tell(node, side, "cannot be added to or taken from")

    def _tell(self, node: ast.AST, text: ast.expr, outcome: str) -> None:
        self.report(node, f"{ast.unparse(text)} is a text and {outcome} a number: convert it first")

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            owner = target.value if isinstance(target, ast.Subscript) else None
            if owner is not None and self._is_number(node.value) and self.facts.origin(owner) == "os.environ":
                self.report(node, "the environment takes texts only: write str() of the number")

    def _is_number(self, node: ast.expr) -> bool:
        value = node.operand if isinstance(node, ast.UnaryOp) else node
        return isinstance(value, ast.Constant) and type(value.value) in {int, float, bool}

    def _is_text(self, node: ast.expr) -> bool:
        """Tells whether something comes from outside as a text, as it is."""
        given = self.facts.only_value(node)
        if isinstance(given, ast.Subscript):
            one = not isinstance(given.slice, ast.Slice)
            return one and self.facts.origin(given.value) in {"sys.argv", "os.environ"}
        if not isinstance(given, ast.Call):
            return False
        if self.facts.origin(given.func) in _ASKED:
            return len(given.args) + len(given.keywords) == 1
        return self.facts.is_builtin(given.func, "input")
