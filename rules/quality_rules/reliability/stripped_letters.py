"""The rule stripped-letters."""

from __future__ import annotations

import ast
import re

from quality.rules import AstRule, Invalid, Valid, shorten

#: Method → what removes a whole affix.
_REMEDIES = {
    "lstrip": "removeprefix()",
    "rstrip": "removesuffix()",
    "strip": "removeprefix() or removesuffix()",
}
#: What is written as one word: the ending of a file, a protocol, a word that ends or begins with a line.
_AFFIX = re.compile(r"(?:\.\w*[A-Za-z]\w*)+|\w+://.*|[A-Za-z]{3,}[_-]|[_-][A-Za-z]{3,}")
_TWICE = re.compile(r"(\w).*\1")


class StrippedLetters(AstRule):
    """A word is stripped letter by letter.

    ## What it does
    Reports `strip`, `lstrip` and `rstrip` with what is the ending of a file, a protocol, a word with a hyphen or
    an underscore at its end, or has a letter twice.

    Sets of letters (`strip("[]")`, `rstrip("0.")`, `lstrip("0x")`) are fine.

    ## Why is this bad
    The argument is a set of characters: `"happy.py".rstrip(".py")` is `"ha"`. It works until a name ends in one of them.

    ## Example
    ```python
    def module_of(path):
        return path.replace("/", ".").rstrip(".py")
    ```

    ## Use instead
    ```python
    def module_of(path):
        return path.replace("/", ".").removesuffix(".py")
    ```

    ## References
    - [Python documentation: str.rstrip](https://docs.python.org/3/library/stdtypes.html#str.rstrip)
    """

    dimension = "reliability"
    needs = frozenset(_REMEDIES)
    effort = 2
    equivalents = ("pylint:bad-str-strip-call",)

    VALID = (
        Valid("x.strip('[]')\ny = x.rstrip('0').rstrip('.')\nz = x.strip('aeiou')\nx.strip('--')"),
        Valid("x = y.rstrip('.0')", "Zeros and a point"),
        Valid("x = y.removesuffix('.py')"),
        Valid("x = y.strip(letters)"),
    )
    INVALID = (
        Invalid(
            "x = y.rstrip('.tar.gz')",
            ("1:5-1:24 y.rstrip('.tar.gz') removes single letters: use removesuffix()",),
        ),
        Invalid(
            "x = y.lstrip('https://')",
            ("1:5-1:25 y.lstrip('https://') removes single letters: use removeprefix()",),
        ),
        Invalid(
            "x = y.strip('test_')",
            ("1:5-1:21 y.strip('test_') removes single letters: use removeprefix() or removesuffix()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method not in _REMEDIES or len(call.args) != 1:
            return
        word = self.facts.origins.constant(call.args[0])
        if isinstance(word, str) and (_AFFIX.fullmatch(word) or _TWICE.search(word)):
            shown = shorten(ast.unparse(call))
            self.report(call, f"{shown} removes single letters: use {_REMEDIES[method]}")
