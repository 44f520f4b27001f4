"""The rule needless-pattern."""

from __future__ import annotations

import ast
import re

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._branches import is_condition
from quality_rules._called import CallRule

#: What means something in a pattern.
_SIGNS = re.compile(r"[\\.^$*+?{}\[\]|()]")
_REMEDIES = {
    "re.sub": "text.replace({0}, …)",
    "re.split": "text.split({0})",
    "re.search": "{0} in text",
    "re.match": "text.startswith({0})",
    "re.fullmatch": "text == {0}",
}
_ASKING = ("re.search", "re.match", "re.fullmatch")
#: Arguments of each that are there in any case.
_PLAIN = {"re.sub": 3, "re.split": 2, "re.search": 2, "re.match": 2, "re.fullmatch": 2}


class NeedlessPattern(CallRule):
    """A regular expression looks for one plain text.

    ## What it does
    Reports `re.sub`, `re.split`, and `re.search`, `re.match` and `re.fullmatch` in conditions, with a pattern in which no
    sign means anything.

    Patterns with flags, replacements that are functions or have a backslash in them, and matches that are kept, are fine.

    ## Why is this bad
    A method of the text says the same, is faster, and cannot go wrong when somebody puts a dot into it.

    ## Example
    ```python
    import re

    def clean(text):
        return re.sub("-", "", text)
    ```

    ## Use instead
    ```python
    def clean(text):
        return text.replace("-", "")
    ```

    ## References
    - [Python documentation: regular expression HOWTO, use string methods](https://docs.python.org/3/howto/regex.html#use-string-methods)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    needs = frozenset(name.partition(".")[2] for name in _REMEDIES)

    VALID = (
        Valid("import re\n\nprint(re.sub('a+', '', s), re.split('[;,]', s), re.sub('a', swap, s))"),
        Valid("import re\n\nif re.search('total', s, re.IGNORECASE):\n    stop()", "In any case"),
        Valid("import re\n\nfound = re.search('total', s)\nprint(found.start())", "The place is asked for"),
        Valid("import re\n\nrows = re.sub('x', r'\\n', s)", "A backslash"),
        Valid("import re\n\nletters = re.split('', s)", "No text"),
        Valid("s.split(',')\nmodule.sub('a', 'b', s)"),
    )
    INVALID = (
        Invalid(
            "import re\n\nCOMMA = ', '\nparts = re.split(COMMA, s)",
            ("4:9-4:27 the pattern is a plain text: write text.split(COMMA)",),
        ),
        Invalid(
            "from re import match, search\n\ndef f(s):\n    if match('GET /', s) or not search('b', s):\n        return 1",
            (
                "4:8-4:25 the pattern is a plain text: write text.startswith('GET /')",
                "4:33-4:47 the pattern is a plain text: write 'b' in text",
            ),
        ),
        Invalid(
            "import re\n\ndef f(s):\n    found = re.fullmatch('yes', s) is not None\n    return found, re.sub('a', f'b{s}', s)",
            ("4:13-4:35 the pattern is a plain text: write text == 'yes'",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        remedy = _REMEDIES.get(dotted)
        if remedy is None or len(call.args) != _PLAIN[dotted] or call.keywords:
            return
        pattern = self.constant(call.args[0])
        if not isinstance(pattern, str | bytes) or not pattern:
            return
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        if _SIGNS.search(text) or (dotted == "re.sub" and not self._is_plain(call.args[1])):
            return
        if dotted not in _ASKING or self._is_asked(call):
            self.report(
                call, f"the pattern is a plain text: write {remedy.format(ast.unparse(call.args[0]))}"
            )

    def _is_plain(self, replacement: ast.expr) -> bool:
        """Tells whether a replacement is a text without references to groups."""
        value = self.constant(replacement)
        return isinstance(value, str | bytes) and ("\\" if isinstance(value, str) else b"\\") not in value  # type: ignore[operator]

    def _is_asked(self, call: ast.Call) -> bool:
        """Tells whether all that is asked is whether there is a match."""
        above = self.facts.parent(call)
        if isinstance(above, ast.Compare):
            return isinstance(above.ops[0], ast.Is | ast.IsNot)
        return is_condition(self.facts, call)
