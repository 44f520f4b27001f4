"""The rule check-then-act."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten

_CHECKS = frozenset({"os.path.exists", "os.path.isdir", "os.path.isfile", "os.path.lexists"})
_CHECK_METHODS = frozenset({"exists", "is_dir", "is_file"})
#: Function → (wants the thing to be missing, remedy).
_ACTS = {
    "os.mkdir": (True, "use os.makedirs(…, exist_ok=True)"),
    "os.makedirs": (True, "use os.makedirs(…, exist_ok=True)"),
    "os.remove": (False, "remove it and expect FileNotFoundError"),
    "os.unlink": (False, "remove it and expect FileNotFoundError"),
}
_ACT_METHODS = {
    "mkdir": (True, "use mkdir(exist_ok=True)"),
    "unlink": (False, "use unlink(missing_ok=True)"),
}


class CheckThenAct(AstRule):
    """A file is looked for before it is made or removed.

    ## What it does
    Reports `if not os.path.exists(folder): os.makedirs(folder)`, `if path.exists(): path.unlink()` and the
    like, when both are about the same path and nothing else happens.

    ## Why is this bad
    Another process may come between the question and the deed, and then the deed raises after all. Python does
    both in one step.

    ## Example
    ```python
    import os

    if not os.path.exists("build"):
        os.makedirs("build")
    ```

    ## Use instead
    ```python
    import os

    os.makedirs("build", exist_ok=True)
    ```

    ## References
    - [CWE-367: time-of-check time-of-use race condition](https://cwe.mitre.org/data/definitions/367.html)
    """

    dimension = "reliability"
    needs = frozenset({"exists", "isdir", "isfile", "lexists", "is_dir", "is_file"})
    severity = Severity.NOTE
    cwe = 367

    VALID = (
        Valid("import os\n\nif not os.path.exists(folder):\n    raise ValueError(folder)"),
        Valid("import os\n\nif os.path.exists(a):\n    os.remove(b)", "Another path"),
    )
    INVALID = (
        Invalid(
            "if path.exists():\n    path.unlink()",
            (
                "1:4-1:17 path.exists() may be true no longer when path.unlink() runs: use unlink(missing_ok=True)",
            ),
        ),
        Invalid(
            "import os.path\n\nif os.path.isfile(name):\n    os.remove(name)",
            (
                (
                    "3:4-3:24 os.path.isfile(name) may be true no longer when os.remove(name) runs: "
                    "remove it and expect FileNotFoundError"
                ),
            ),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        if len(node.body) != 1 or node.orelse:
            return
        test: ast.expr = node.test
        missing = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        if isinstance(test, ast.UnaryOp):
            test = test.operand
        act = node.body[0].value if isinstance(node.body[0], ast.Expr) else None
        if not isinstance(test, ast.Call) or not isinstance(act, ast.Call):
            return
        remedy = self._remedy(act, missing=missing)
        checked, acted = self._checked(test), self._acted(act)
        if (
            remedy
            and checked is not None
            and acted is not None
            and ast.unparse(checked) == ast.unparse(acted)
        ):
            shown, done = shorten(ast.unparse(test)), shorten(ast.unparse(act))
            self.report(test, f"{shown} may be true no longer when {done} runs: {remedy}")

    def _checked(self, call: ast.Call) -> ast.expr | None:
        """The path that a call looks for."""
        if self.facts.origin(call.func) in _CHECKS:
            return call.args[0] if call.args else None
        if isinstance(call.func, ast.Attribute) and call.func.attr in _CHECK_METHODS and not call.args:
            return call.func.value
        return None

    def _acted(self, call: ast.Call) -> ast.expr | None:
        """The path that a call makes or removes."""
        if self.facts.origin(call.func) in _ACTS:
            return call.args[0] if call.args else None
        return call.func.value if isinstance(call.func, ast.Attribute) else None

    def _remedy(self, call: ast.Call, *, missing: bool) -> str:
        if any(keyword.arg in {"exist_ok", "missing_ok", "ignore_errors"} for keyword in call.keywords):
            return ""
        act = _ACTS.get(self.facts.origin(call.func))
        if act is None and isinstance(call.func, ast.Attribute) and not call.args:
            act = _ACT_METHODS.get(call.func.attr)
        return act[1] if act is not None and act[0] is missing else ""
