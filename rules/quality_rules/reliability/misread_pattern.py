"""The rule misread-pattern."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._ambiguity import is_exponential
from quality_rules._expressions import PatternRule
from quality_rules._patterns import codes
from quality_rules._written import stands_in_text
from quality_rules.reliability._impossible import PatternParts

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

_STARTS = (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING)
_ENDS = (codes.AT_END, codes.AT_END_STRING)
_FEWEST = 3


class MisreadPattern(PatternRule):
    r"""A regular expression says something else than it reads as.

    ## What it does
    Reports patterns of three alternatives or more in which the first alone has `^`, and the last alone `$`:
    `^cat|dog|bird$`. Two alternatives, as in `^\s+|\s+$`, are fine. And reports letters in `[...]` that are written as two characters, the
    letter and its accent; and parts that may be empty and are repeated without a limit: `(?:,?)*`.

    ## Why is this bad
    `|` binds last: `dog` is found anywhere, `cat` need not end the text, and `bird` need not begin it. It reads as if all of the
    text had to be one of the three. And `[...]` takes a letter and the accent behind it as two: each is found alone.
    What is repeated and may be empty is the same as without one of the two signs, so one of them was meant for something else.

    ## Example
    ```python
    import re

    def is_animal(text):
        return re.search("^cat|dog|bird$", text) is not None
    ```

    ## Use instead
    ```python
    import re

    def is_animal(text):
        return re.search("^(?:cat|dog|bird)$", text) is not None
    ```

    ## References
    - [Python documentation: regular expression syntax](https://docs.python.org/3/library/re.html#regular-expression-syntax)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("import re\n\nre.sub(r'^-+|-+$', '', text)", "Both ends are taken off"),
        Valid(
            "import re\n\nre.search('^(?:a|b|c)$', x)\nre.search('^a$|^b$|^c$', x)\nre.search('^a|b|c', x)"
        ),
        Valid("import re\n\nre.search('^a|^b|c$', x)\nre.search('^a|b$|c$', x)", "Some, as they are meant"),
        Valid("import re\n\nre.fullmatch('^a|b|c$', x)", "All of it anyway"),
        Valid("import re\n\nre.findall('(?:a?b)*(?:c*d)+(e?){3}', x)", "Each turn has something"),
        Valid("import re\n\nre.sub('[a\\u0301]', '', x)", "Meant as two"),
        Valid("import re\n\nre.sub('[a\\u0301]', '', x)  # a\u0301", "Meant as two, whatever a comment says"),
    )
    INVALID = (
        Invalid(
            "import re\n\nre.compile('^yes|no|maybe$')",
            (
                "3:12-3:28 ^ belongs to the first alternative alone, and $ to the last: put the alternatives into (?:...)",
            ),
        ),
        Invalid(
            "import re\n\nre.match('-?(?:[0-9]?)+', text)",
            ("3:10-3:25 a part that may be empty is repeated: write ? or * once",),
        ),
        Invalid(
            "import re\n\nre.findall('(?:[ae\u0301]+)', text)",
            ("3:12-3:24 [...] takes e and its accent U+0301 as two characters: write one",),
        ),
        Invalid(
            r"import re" "\n\n" r"re.match(r'\A[a-z]+|\d{4}|x\Z', text)",
            (
                "3:10-3:31 ^ belongs to the first alternative alone, and $ to the last: put the alternatives into (?:...)",
            ),
        ),
    )

    def check_pattern(self, node: ast.expr, parsed: Any, word: str) -> None:
        items = list(parsed)
        for letter, accent in _accented(items):
            if not stands_in_text(self.source, chr(accent)):
                continue  # it is written by its number, so that it is seen
            self.report(
                node, f"[...] takes {letter} and its accent U+{accent:04X} as two characters: write one"
            )
        if PatternParts(parsed).repeats_nothing() and not is_exponential(parsed, whole=word == "fullmatch"):
            self.report(node, "a part that may be empty is repeated: write ? or * once")
        if word == "fullmatch" or len(items) != 1 or items[0][0] is not codes.BRANCH:
            return
        options = [list(option) for option in items[0][1][1]]
        if len(options) < _FEWEST or not all(options):
            return
        starts = [option[0][0] is codes.AT and option[0][1] in _STARTS for option in options]
        ends = [option[-1][0] is codes.AT and option[-1][1] in _ENDS for option in options]
        alone = starts[0] and not any(starts[1:]) and ends[-1] and not any(ends[:-1])
        if alone and all(len(option) > 1 for option in (options[0], options[-1])):
            self.report(
                node,
                "^ belongs to the first alternative alone, and $ to the last: put the alternatives into (?:...)",
            )


def _accented(items: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Letters in classes of characters with the accents that follow them there."""
    pending: list[Any] = [*items]
    while pending:
        code, value = pending.pop()
        if code is codes.IN:
            for (first, letter), (second, accent) in pairwise(value):
                if (
                    first is second is codes.LITERAL
                    and _is_european(letter)
                    and unicodedata.combining(chr(accent))
                ):
                    yield chr(letter), accent
        elif code is codes.BRANCH:
            pending += [item for option in value[1] for item in option]
        elif code in (codes.SUBPATTERN, codes.MAX_REPEAT, codes.MIN_REPEAT):
            pending += value[-1]


def _is_european(letter: int) -> bool:
    """Tells whether a letter is of an alphabet whose accents belong to letters: those of others stand in lists, too."""
    return unicodedata.name(chr(letter), "").startswith(("LATIN", "GREEK", "CYRILLIC"))
