"""The rule half-matched-format."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule
from quality_rules._patterns import goes_on, is_of_fixed_size

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Functions that say whether a whole text is as it should be.
_VALIDATES = re.compile(
    r"_?(?:is_)?(?:a_)?(?:valid|validate|validates|well_formed)(?:_\w+)?|_?(?:check|validate|verify)_\w*(?:format|syntax)"
)
_ASKS = re.compile(r"_?is_\w+")


class HalfMatchedFormat(CallRule):
    """A check of a format looks at the beginning of the text only.

    ## What it does
    Reports `re.match()` with a pattern that does not ask for the end of the text, in functions whose name says that they validate
    it, and whose answer is whether there was a match. So it is in functions called `is_…`, when the pattern is one of a fixed number of characters.

    Patterns that end in `.*`, and functions that use what was matched, are fine.

    ## Why is this bad
    `re.match()` is content when a text begins as the pattern says. Whatever follows passes as well: `AB123; DROP TABLE` is a
    number plate then.

    ## Example
    ```python
    import re

    def is_valid_code(text):
        return re.match(r"[A-Z]{2}[0-9]{4}", text) is not None
    ```

    ## Use instead
    ```python
    import re

    def is_valid_code(text):
        return re.fullmatch(r"[A-Z]{2}[0-9]{4}", text) is not None
    ```

    ## References
    - [CWE-777: regular expression without anchors](https://cwe.mitre.org/data/definitions/777.html)
    - [Python documentation: search() vs. match()](https://docs.python.org/3/library/re.html#search-vs-match)
    """

    dimension = "reliability"
    cwe = 777
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"match"})

    VALID = (
        Valid("import re\n\ndef is_valid(text):\n    return re.match(r'[a-z]+$', text)"),
        Valid(
            "import re\n\ndef is_valid(text):\n    return re.match(r'https?://.*', text)", "Whatever follows"
        ),
        Valid("import re\n\ndef is_comment(text):\n    return re.match(r'\\s*#', text)", "A beginning"),
        Valid(
            "import re\n\ndef validate(text):\n    found = re.match(r'[a-z]+', text)\n    return found.group()"
        ),
        Valid("import re\n\ndef find(text):\n    return re.match(r'[A-Z]{2}[0-9]{4}', text)"),
        Valid(
            "import re\n\ndef is_valid(text):\n    return re.match(r'[a-z]+(?!\\w)', text)",
            "It looks further",
        ),
    )
    INVALID = (
        Invalid(
            "import re\n\ndef is_valid_email(text):\n    if not re.match(r'[^@]+@[^@]+\\.[a-z]+', text):\n        return False\n    return True",
            ("4:12-4:50 the text may go on behind what is asked for: use fullmatch()",),
        ),
        Invalid(
            "import re\n\nPLATE = re.compile(r'[A-Z]{2}[0-9]{3}')\n\ndef is_plate(text):\n    return PLATE.match(text) is not None",
            ("6:12-6:29 the text may go on behind what is asked for: use fullmatch()",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.rpartition(".")[2] != "match":
            return
        function = self.facts.function(call)
        if function is None or not (_VALIDATES.fullmatch(function.name) or _ASKS.fullmatch(function.name)):
            return
        pattern = self._pattern(call)
        if pattern is None or not self._is_asked_only(call, function):
            return
        if goes_on(pattern) and (_VALIDATES.fullmatch(function.name) or is_of_fixed_size(pattern)):
            self.report(call, "the text may go on behind what is asked for: use fullmatch()")

    def _pattern(self, call: ast.Call) -> str | None:
        """The pattern of ``re.match(pattern, text)`` or of a compiled one; None where it is not known."""
        if self.facts.origin(call.func) == "re.match":
            node = call.args[0] if len(call.args) > 1 else None
        else:
            made = self.facts.origins.value(call.func.value) if isinstance(call.func, ast.Attribute) else None
            compiled = isinstance(made, ast.Call) and self.facts.origin(made.func) == "re.compile"
            node = made.args[0] if isinstance(made, ast.Call) and compiled and made.args else None
        value = self.constant(node) if node is not None else None
        return value if isinstance(value, str) else None

    def _is_asked_only(self, call: ast.Call, function: FunctionNode) -> bool:
        """Tells whether all that is used of a match is whether there is one."""
        above = self.facts.parent(call)
        if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name):
            loads = self.facts.names(function).loads.get(above.targets[0].id, ())
            return bool(loads) and all(map(self._is_question, loads))
        return self._is_question(call)

    def _is_question(self, node: ast.expr) -> bool:
        above = self.facts.parent(node)
        if isinstance(above, ast.Call):
            return self.facts.is_builtin(above.func, "bool")
        if isinstance(above, ast.Compare):
            return isinstance(above.ops[0], ast.Is | ast.IsNot)
        return isinstance(above, ast.Return | ast.If | ast.IfExp | ast.UnaryOp | ast.BoolOp)
