"""The rule mixed-alphabets."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._written import stands_in_text

if TYPE_CHECKING:
    import ast

    from quality.model import Source

#: Letters of Greek and Cyrillic that look like Latin ones.
_ALIKE = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
    "\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
)
#: A letter of one alphabet beside one of the other, the one that is alike in one of two groups.
_BESIDE = re.compile(f"[A-Za-z]([{_ALIKE}])|([{_ALIKE}])[A-Za-z]")


class MixedAlphabets(AstRule):
    """A letter only looks like the one that is meant.

    ## What it does
    Reports texts in which a Greek or Cyrillic letter that looks like a Latin one stands beside a Latin one.

    Words of one alphabet, letters that look like no other (`Δt`, `μs`), docstrings, and the same letters written with
    their numbers (`"\\u0430"`), are fine.

    ## Why is this bad
    The text is not equal to the one that it looks like: keys are not found, names of others are imitated, and no reader
    can see why.

    ## Example
    ```python
    PAGES = {"\u0410bout": "about.html"}
    ```

    ## Use instead
    ```python
    PAGES = {"About": "about.html"}
    ```

    ## References
    - [Unicode technical standard 39: security mechanisms](https://www.unicode.org/reports/tr39/)
    """  # noqa: D301 (the letters themselves look like others)

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2

    VALID = (
        Valid(
            'print("\u041f\u0440\u0438\u0432\u0435\u0442, world: \u0394t = 3 \u03bcs")', "Each word has one"
        ),
        Valid('print("p\\u0430y")', "It is written with its number"),
        Valid('print("p\\u0430y")  # p\u0430y', "Whatever a comment says"),
        Valid('def f():\n    """It takes p\u0430y."""\n    return 1', "A docstring"),
    )
    INVALID = (
        Invalid(
            'kind = "p\u0430yment"',
            ("1:8-1:17 the \u0430 in p\u0430yment is the cyrillic small letter a: write the Latin letter",),
        ),
        Invalid(
            'def f(x):\n    return f"{x}: \u0397ello"',
            ("2:12-2:25 the \u0397 in \u0397ello is the greek capital letter eta: write the Latin letter",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        text = source.text
        return not text.isascii() and any(map(text.__contains__, _ALIKE)) and _BESIDE.search(text) is not None

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value if isinstance(node.value, str) else ""
        found = _BESIDE.search(text)
        if found is None or self.facts.documents(node):
            return
        letter = found[1] or found[2]
        if stands_in_text(self.source, letter, node):
            name = unicodedata.name(letter).lower()
            word = next(each for each in text.split() if letter in each)
            self.report(node, f"the {letter} in {shorten(word)} is the {name}: write the Latin letter")
