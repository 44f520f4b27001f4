"""The rule silenced-warnings."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word

#: What turns warnings off, and how many arguments say which.
_FILTERS = frozenset({"warnings.filterwarnings", "warnings.simplefilter"})


class SilencedWarnings(AstRule):
    """All warnings of the program are turned off.

    ## What it does
    Reports `warnings.filterwarnings("ignore")` and `warnings.simplefilter("ignore")` that name no kind of warning, no text and no
    module.

    Those in `with warnings.catch_warnings():` are fine, and so are those that say which warning is expected.

    ## Why is this bad
    It holds for everything that runs in the process, now and later. What will not work in the next version of a library, and
    values that became NaN, are found when it is too late.

    ## Example
    ```python
    import warnings

    warnings.filterwarnings("ignore")
    ```

    ## Use instead
    ```python
    import warnings

    warnings.filterwarnings("ignore", category=ConvergenceWarning, module="sklearn")
    ```

    ## References
    - [Python documentation: the warnings filter](https://docs.python.org/3/library/warnings.html#the-warnings-filter)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    needs = frozenset({"filterwarnings", "simplefilter"})
    effort = 5

    VALID = (
        Valid("import warnings\n\nwarnings.filterwarnings('ignore', category=FutureWarning)", "Of one kind"),
        Valid("import warnings\n\nwarnings.simplefilter('ignore', FutureWarning)", "Of one kind"),
        Valid("import warnings\n\nwarnings.simplefilter('error')", "The contrary"),
        Valid(
            "import warnings\n\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    f()",
            "For a while",
        ),
        Valid(
            "import sys\nimport warnings\n\nif not sys.warnoptions:\n    warnings.simplefilter('ignore')",
            "Unless the user asks for them",
        ),
    )
    INVALID = (
        Invalid(
            "from warnings import filterwarnings\n\nfilterwarnings('ignore')",
            ("3:1-3:25 all warnings are turned off: say which one is expected",),
        ),
        Invalid(
            "import warnings\n\ndef start():\n    warnings.simplefilter(action='ignore', append=True)",
            ("4:5-4:56 all warnings are turned off: say which one is expected",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.origin(call.func) not in _FILTERS:
            return
        said = {keyword.arg: keyword.value for keyword in call.keywords}
        action = call.args[0] if call.args else said.get("action")
        if action is None or self.facts.origins.constant(action) != "ignore":
            return
        if len(call.args) <= 1 and said.keys() <= {"action", "append"} and not self._is_limited(call):
            self.report(call, "all warnings are turned off: say which one is expected")

    def _is_limited(self, call: ast.Call) -> bool:
        """Tells whether it holds for a block only, or unless the user says otherwise."""
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.With | ast.AsyncWith):
                opened = (item.context_expr for item in above.items)
                if any(last_word(getattr(each, "func", each)) == "catch_warnings" for each in opened):
                    return True
            if isinstance(above, ast.If) and "warnoptions" in ast.unparse(above.test):
                return True
        return False
