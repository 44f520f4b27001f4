"""The rule unplaced-warning."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import Source

#: Positional arguments up to the level of the stack.
_LEVEL = 3
_PLACING = frozenset({"stacklevel", "skip_file_prefixes", "source", None})


class UnplacedWarning(AstRule):
    """A warning names the line that warns, and not the one that is warned.

    ## What it does
    Reports `warnings.warn` in functions without `stacklevel`.

    Code outside of functions and tests are fine.

    ## Why is this bad
    Whoever reads the warning has to change the call, and is shown the function that was called. Python shows a
    warning once a line, so callers after the first are told nothing; and it hides a DeprecationWarning whose line
    is in an imported module.

    ## Example
    ```python
    import warnings

    def total(prices):
        warnings.warn("total() goes away: use sum()", DeprecationWarning)
        return sum(prices)
    ```

    ## Use instead
    ```python
    import warnings

    def total(prices):
        warnings.warn("total() goes away: use sum()", DeprecationWarning, stacklevel=2)
        return sum(prices)
    ```

    ## References
    - [Python documentation: warnings.warn](https://docs.python.org/3/library/warnings.html#warnings.warn)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 1
    weight = 0.5
    # It may be about something that no caller can help.
    confidence = Confidence.MEDIUM

    needs = frozenset({"warn"})

    VALID = (
        Valid("import warnings\n\ndef f():\n    warnings.warn('old', FutureWarning, 2)", "By position"),
        Valid(
            "import warnings\n\ndef f(options):\n    warnings.warn('old', **options)", "It may be among them"
        ),
        Valid(
            "import warnings\n\nwarnings.warn('this module is old', FutureWarning)", "Outside of functions"
        ),
        Valid("def f(log):\n    log.warn('old')", "Another function"),
        Valid("import warnings\n\ndef test_warns():\n    warnings.warn('old')", role="test"),
    )
    INVALID = (
        Invalid(
            "from warnings import warn\n\ndef f():\n    warn('old')",
            ("4:5-4:16 the warning names this line, and not the caller's: give stacklevel=2",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.origin(call.func) != "warnings.warn" or len(call.args) >= _LEVEL:
            return
        spread = any(isinstance(each, ast.Starred) for each in call.args)
        placed = any(each.arg in _PLACING for each in call.keywords)
        if not (spread or placed) and self.facts.function(call) is not None:
            self.report(call, "the warning names this line, and not the caller's: give stacklevel=2")
