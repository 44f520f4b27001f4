"""The rule misspelled-main."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, sides_of


class MisspelledMain(AstRule):
    """A program never starts.

    ## What it does
    Reports comparisons of `__name__` with a text that is nearly `"__main__"`, and of another name of that kind with it.

    Comparisons with names of modules are fine.

    ## Why is this bad
    No module has such a name, so that the block below never runs: the program ends without doing anything.

    ## Example
    ```python
    if __name__ == "main":
        run()
    ```

    ## Use instead
    ```python
    if __name__ == "__main__":
        run()
    ```

    ## References
    - [Python documentation: __main__](https://docs.python.org/3/library/__main__.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"__name__", "__main__", "_name_", "__file__"})

    VALID = (
        Valid("if '__main__' == __name__ or __name__ == 'shop.main' or __name__ != 'builtins':\n    run()"),
        Valid("if name == 'main':\n    run()", "Another name"),
    )
    INVALID = (
        Invalid(
            "if __name__ == '__main___':\n    run()",
            ("1:4-1:27 no module has this name: compare __name__ with '__main__'",),
        ),
        Invalid(
            "def f():\n    if '_main_' != __name__:\n        return 1",
            ("2:8-2:28 no module has this name: compare __name__ with '__main__'",),
        ),
        Invalid(
            "if __file__ == '__main__':\n    run()",
            ("1:4-1:26 no module has this name: compare __name__ with '__main__'",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            return
        name, text = sides_of(node)
        written = text.value if isinstance(text, ast.Constant) else None
        if not isinstance(name, ast.Name) or not isinstance(written, str):
            return
        meant = written.strip("_ ").lower() in {"main", "mian", "mein", "name"} and written != "__main__"
        other = name.id in {"__file__", "_name_"} and written == "__main__"
        if other or (name.id == "__name__" and meant):
            self.report(node, "no module has this name: compare __name__ with '__main__'")
