"""The rule impossible-pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._expressions import PatternRule
from quality_rules.reliability._impossible import PatternParts

if TYPE_CHECKING:
    import ast


class ImpossiblePattern(PatternRule):
    r"""A part of a regular expression can never match.

    ## What it does
    Reports patterns in which something has to follow the end (`$`, `\Z`) or to stand before the start (`^`, `\A`), in which a
    possessive part takes all that should follow it, a look ahead contradicts what follows, or `\b` stands between two
    characters that decide it.

    Short patterns that contradict themselves, such as `$^` and `(?!x)x`, are taken for what they are mostly used as: one that
    matches nothing.

    ## Why is this bad
    Nothing is ever found, or the alternative is never taken, whatever the text is.

    ## Example
    ```python
    import re

    def is_code(text):
        return re.search(r"$[A-Z]{2}\d+^", text) is not None
    ```

    ## Use instead
    ```python
    import re

    def is_code(text):
        return re.search(r"^[A-Z]{2}\d+$", text) is not None
    ```

    ## References
    - [Python documentation: regular expression syntax](https://docs.python.org/3/library/re.html#regular-expression-syntax)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 10

    VALID = (
        Valid("import re\n\nNEVER = re.compile('(?!x)x')\nNOTHING = re.compile('$^')", "Meant to match nothing"),
        Valid("import re\n\nre.compile('(?m)ab\\n^cd$\\n$')\nre.compile('a*^b?$\\n?')\nre.sub('(^|,)a($|,)', '', x)"),
        Valid(r"import re" "\n\n" r"re.compile(r'\d++[a-z]$')" "\n" r"re.compile(r'(?=[a-z]+\d)\w+x')"),
        Valid(r"import re" "\n\n" r"re.compile(r'\bab\b-\bcd\B\w|\w\bé')", "Letters of all languages"),
        Valid("import re\n\nre.compile('(?i)(?=K)k+(?<!a)b')\nre.compile(pattern, re.M)\nre.compile('^a', flags)"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import re\n\nre.search('x*$abc', text)\nre.compile('ab(^c|d)e')",
            (
                "3:11-3:19 a part of this pattern never matches: nothing can follow the end",
                "4:12-4:23 a part of this pattern never matches: nothing can stand before the start",
            ),
        ),
        Invalid(
            r"import re"
            "\n\n"
            r"re.match(r'<\d++[0-9]>', text)"
            "\n"
            r"re.match(r'-a(?=[0-9])[a-z]+', text)",
            (
                "3:10-3:24 a part of this pattern never matches: a possessive part leaves nothing for what follows it",
                "4:10-4:30 a part of this pattern never matches: what is looked for beside a place contradicts what stands there",
            ),
        ),
        Invalid(
            r"import re" "\n\n" r"re.findall(r'(colou\br) (name)', text)",
            (
                "3:12-3:32 a part of this pattern never matches: the characters on both sides decide the boundary",
            ),
        ),
    )

    def check_pattern(self, node: ast.expr, parsed: Any, word: str) -> None:
        del word
        reason = PatternParts(parsed).reason()
        if reason:
            self.report(node, f"a part of this pattern never matches: {reason}")
