"""The rule concatenated-text."""

from __future__ import annotations

import ast
from itertools import pairwise

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid


class ConcatenatedText(AstRule):
    """A text is put together with plus signs.

    ## What it does
    Reports a chain of `+` with a string in it that converts values with `str`, or that has two strings and a value
    between them; a string and one value that is converted; and two strings that are added up in one line, which is an error where values are put into them.

    Two parts without a conversion, strings that are only continued on the next line, and texts around one that is joined are fine: an f-string
    would need quotes inside of quotes.

    ## Why is this bad
    Quotes, spaces and `str()` calls hide the sentence, and a forgotten `str` is a TypeError at run time. In an
    f-string the value stands where it goes.

    ## Example
    ```python
    message = "Hello " + name + ", you are " + str(age)
    ```

    ## Use instead
    ```python
    message = f"Hello {name}, you are {age}"
    ```

    ## References
    - [Python documentation: formatted string literals](https://docs.python.org/3/tutorial/inputoutput.html#formatted-string-literals)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 2

    fewest_parts = Setting(3, "Fewest parts of a chain.", minimum=2)

    VALID = (
        Valid('x = "a" + b'),
        Valid("x = a + b + c"),
        Valid('x = ("Hello world, " +\n     "this is long")', "Continued on the next line"),
        Valid('x = ["a"] + b + ["c"]', "No text"),
        Valid('x = "(" + " | ".join(names) + ")"', "Brackets around a joined text"),
        Valid('x = "WHERE " + " AND ".join(asked) + " LIMIT 9"', "What stands around a joined text"),
    )
    INVALID = (
        Invalid(
            'x = ("%s " + "%d") % y',
            ("1:6-1:18 a text is written in pieces: write it as one",),
            fixed='x = ("%s %d") % y',
        ),
        Invalid(
            'x = "<" + tag + " id=" + ",".join(names) + ">"',
            ("1:5-1:47 5 parts are added up to a text: write an f-string",),
        ),
        Invalid(
            'x = "Hello " + name + ", bye"',
            ("1:5-1:30 3 parts are added up to a text: write an f-string",),
            fixed='x = f"Hello {name}, bye"',
        ),
        Invalid(
            'x = "row " + str(n)',
            ("1:5-1:20 2 parts are added up to a text: write an f-string",),
            fixed='x = f"row {n}"',
        ),
        Invalid(
            'x = a + ": " + str(n)',
            ("1:5-1:22 3 parts are added up to a text: write an f-string",),
            fixed='x = f"{a}: {n}"',
        ),
    )

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if not isinstance(node.op, ast.Add):
            return
        above = self.facts.parent(node)
        if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Add):
            return
        parts = _parts(node)
        texts = [_is_text(part) for part in parts]
        values = len(parts) - sum(texts)
        mixed = sum(texts) > 1 or (any(texts) and any(map(self._is_conversion, parts)))
        pieces = pairwise(parts)
        if any(_is_text(one) and _is_text(two) and one.end_lineno == two.lineno for one, two in pieces):
            self.report(node, "a text is written in pieces: write it as one")
        elif _is_around_joined(parts):
            return
        elif (len(parts) >= self.fewest_parts and values and mixed) or self._is_converted(parts):
            self.report(node, f"{len(parts)} parts are added up to a text: write an f-string")

    def _is_converted(self, parts: list[ast.expr]) -> bool:
        """Tells whether a string and the text of a value are all that there is."""
        return len(parts) == 2 and any(map(_is_text, parts)) and any(map(self._is_conversion, parts))  # noqa: PLR2004

    def _is_conversion(self, part: ast.expr) -> bool:
        return isinstance(part, ast.Call) and self.facts.is_builtin(part.func, "str", "repr")


def _parts(node: ast.expr) -> list[ast.expr]:
    """The operands of a chain of additions."""
    parts: list[ast.expr] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            pending += [part.right, part.left]
        else:
            parts.append(part)
    return parts


def _is_around_joined(parts: list[ast.expr]) -> bool:
    """Tells whether it is a joined text with a text on each side, which reads as it looks."""
    if len(parts) != 3 or not isinstance(parts[1], ast.Call):  # noqa: PLR2004 - a text on each side
        return False
    function = parts[1].func
    joined = isinstance(function, ast.Attribute) and function.attr == "join" and _is_text(function.value)
    return joined and _is_text(parts[0]) and _is_text(parts[2])


def _is_text(node: ast.expr) -> bool:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return constant or isinstance(node, ast.JoinedStr)
