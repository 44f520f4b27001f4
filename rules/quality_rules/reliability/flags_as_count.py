"""The rule flags-as-count."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten

if TYPE_CHECKING:
    from quality.model import Source

#: Function → where it takes how often to replace or cut.
_COUNTS = {"re.sub": 3, "re.subn": 3, "re.split": 2}


class FlagsAsCount(AstRule):
    """A flag of a regular expression is taken for a number.

    ## What it does
    Reports `re.sub`, `re.subn` and `re.split` with a flag where they take how often to replace or cut.

    ## Why is this bad
    Flags are numbers. `re.IGNORECASE` is 2: two places are replaced, with regard to case, and nobody says anything.

    ## Example
    ```python
    import re

    def mask(text, name):
        return re.sub(re.escape(name), "***", text, re.IGNORECASE)
    ```

    ## Use instead
    ```python
    import re

    def mask(text, name):
        return re.sub(re.escape(name), "***", text, flags=re.IGNORECASE)
    ```

    ## References
    - [Python documentation: re.sub](https://docs.python.org/3/library/re.html#re.sub)
    """

    dimension = "reliability"
    needs = frozenset({"sub", "subn", "split"})
    severity = Severity.ERROR
    effort = 2

    VALID = (
        Valid("import re\n\nre.sub('a', 'b', x, 1, re.I)"),
        Valid("import re\n\nre.sub('a', 'b', x, flags=re.I)"),
        Valid("import re\n\nre.sub('a', 'b', x, count)"),
        Valid("import re\n\nre.match('a', x, re.I)", "It takes no count"),
    )
    INVALID = (
        Invalid(
            "import re\n\nre.sub('a', 'b', x, re.I | re.M)",
            ("3:21-3:32 re.I | re.M is taken for a count: write flags=re.I | re.M",),
        ),
        Invalid(
            "from re import split, DOTALL\n\nsplit('a', x, DOTALL)",
            ("3:15-3:21 DOTALL is taken for a count: write flags=DOTALL",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("re.", "from re ")

    def visit_Call(self, call: ast.Call) -> None:
        place = _COUNTS.get(self.facts.origin(call.func), len(call.args))
        if place >= len(call.args):
            return
        given = call.args[place]
        named = [
            self.facts.origin(part)
            for part in self.facts.within(given)
            if isinstance(part, ast.Name | ast.Attribute)
        ]
        if any(name.startswith("re.") and name[3:].isupper() for name in named):
            shown = shorten(ast.unparse(given))
            self.report(given, f"{shown} is taken for a count: write flags={shown}")
