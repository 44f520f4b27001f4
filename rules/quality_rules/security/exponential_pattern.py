"""The rule exponential-pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quality.rules import Invalid, Valid
from quality_rules._ambiguity import is_exponential
from quality_rules._expressions import PatternRule

if TYPE_CHECKING:
    import ast


class ExponentialPattern(PatternRule):
    r"""A regular expression can take time that doubles with every character.

    ## What it does
    Reports patterns in which a part that is repeated can itself match the same text in several ways, as in `(a+)+`, and
    that can fail behind it.

    ## Why is this bad
    Before it gives up, the search tries every way. A text of 40 characters keeps it busy for years, and so the
    program.

    ## Example
    ```python
    import re

    def is_word_list(text):
        return re.match(r"^(\w+\s?)*$", text)
    ```

    ## Use instead
    ```python
    import re

    def is_word_list(text):
        return re.match(r"^(\w+\s)*\w*$", text)
    ```

    ## References
    - [CWE-1333: inefficient regular expression](https://cwe.mitre.org/data/definitions/1333.html)
    """

    dimension = "security"
    cwe = 1333
    effort = 20

    VALID = (
        Valid("import re\n\nre.match('^(ab|a)+$', x)", "Turns end differently"),
        Valid("import re\n\nre.match(r'([a-z]+,)*$', x)", "Each turn ends with a comma"),
        Valid("import re\n\nre.match(r'(a+)+', x)", "It cannot fail behind"),
        Valid("import re\n\nre.match(r'(a|b)*$', x)"),
        Valid("import re\n\nre.search(r'(?:ab|ac)+ *$', x)", "No option is two others"),
        Valid("import re\n\nre.match(r'(', x)", "No pattern"),
    )
    INVALID = (
        Invalid(
            "import re\n\nre.match('^(a|aa)+$', text)",
            (
                "3:10-3:21 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
        Invalid(
            "import re\n\nre.compile(r'^([a-zA-Z0-9]+)*@')",
            (
                "3:12-3:32 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
        Invalid(
            r"""
            import re

            WORD = re.compile(r"^<((?:\w+|%\d\d)*)>$")
            """,
            (
                "3:19-3:42 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
        Invalid(
            r"""
            import re

            def last_line_ends(text):
                return re.search(r"((\r\n|\r|\n)+) *$", text)
            """,
            (
                "4:22-4:43 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
        Invalid(
            "import re\n\nre.fullmatch('(x+x+)+y', text)",
            (
                "3:14-3:24 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
        Invalid(
            "PATTERN = '(.|[a-z])*!'\n\ndef f(text):\n    return re.search(PATTERN, text)",
            (
                "4:22-4:29 matching can take time that doubles with every character: let turns begin or end differently",
            ),
        ),
    )

    def check_pattern(self, node: ast.expr, parsed: Any, word: str) -> None:
        if is_exponential(parsed, whole=word == "fullmatch"):
            self.report(
                node,
                "matching can take time that doubles with every character: let turns begin or end differently",
            )
