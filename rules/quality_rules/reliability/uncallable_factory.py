"""The rule uncallable-factory."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp, ast.JoinedStr)


class UncallableFactory(CallRule):
    """A value stands where a function that makes one is asked for.

    ## What it does
    Reports `defaultdict(0)`, `defaultdict([])` and the like.

    Types, functions, and None, are fine.

    ## Why is this bad
    The first argument is called for each missing key. A value cannot be called: `defaultdict` raises TypeError at once.

    ## Example
    ```python
    from collections import defaultdict

    groups = defaultdict([])
    ```

    ## Use instead
    ```python
    from collections import defaultdict

    groups = defaultdict(list)
    ```

    ## References
    - [Python documentation: defaultdict](https://docs.python.org/3/library/collections.html#collections.defaultdict)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"defaultdict"})

    VALID = (
        Valid(
            "from collections import defaultdict\n\na = defaultdict(int), defaultdict(lambda: 3), defaultdict(None, b=1), defaultdict(make)"
        ),
    )
    INVALID = (
        Invalid(
            "import collections\n\ndef f():\n    return collections.defaultdict(0), collections.defaultdict({})",
            (
                "4:36-4:37 this is not called for missing keys, but refused: give a type or a function, such as list",
                "4:64-4:66 this is not called for missing keys, but refused: give a type or a function, such as list",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        given = argument(call, 0)
        if dotted != "collections.defaultdict" or given is None:
            return
        value = self.facts.display(given)
        written = isinstance(value, ast.Constant) and value.value is not None
        if written or isinstance(value, _DISPLAYS):
            self.report(
                given,
                "this is not called for missing keys, but refused: give a type or a function, such as list",
            )
