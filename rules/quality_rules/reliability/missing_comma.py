"""The rule missing-comma."""

from __future__ import annotations

import ast
import io
import tokenize

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten

#: What is longer may have been broken over lines because it is long.
_LONGEST = 60
#: What quotes and a prefix take.
_QUOTES = 3
#: So many entries, and parts of the one that is too long, make a list.
_LEAST = 5


class MissingComma(AstRule):
    """Two entries of a list have become one, because a comma is missing.

    ## What it does
    Reports an entry of a list, tuple or set of short texts that is written as several texts behind each other.

    Long texts that are broken over lines, texts in parentheses, and a text that ends with a space before the next
    one are fine.

    ## Why is this bad
    Python puts texts that stand side by side together: both entries are gone, and one that nobody meant is there
    instead.

    ## Example
    ```python
    UNITS = [
        "metre",
        "second"
        "kilogram",
        "ampere",
    ]
    ```

    ## Use instead
    ```python
    UNITS = [
        "metre",
        "second",
        "kilogram",
        "ampere",
    ]
    ```

    ## References
    - [Python documentation: string literal concatenation](https://docs.python.org/3/reference/lexical_analysis.html#string-literal-concatenation)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5
    equivalents = ("pylint:implicit-str-concat",)

    VALID = (
        Valid('x = [\n    "a",\n    "b",\n    "c",\n]'),
        Valid('x = [\n    "a",\n    ("b"\n    "c"),\n    "d",\n]', "In parentheses"),
        Valid('x = [\n    "a",\n    "b "\n    "c",\n    "d",\n]', "A sentence"),
        Valid('x = [\n    "a",\n    """b\n    c""",\n    "d",\n]', "One text"),
        Valid('x = [\n    "a"\n    "b",\n    "c",\n]', "Two are no list"),
        Valid('x = [\n    "a",\n    "b",\n    "c d e f g h",\n    "i",\n]'),
        Valid('x = {\n    "a": "b"\n    "c",\n    "d": "e",\n    "f": "g",\n}', "Behind a key"),
    )
    INVALID = (
        Invalid(
            'x = [\n    "a",\n    "b"\n    "c",\n    "d",\n]',
            ("3:5-4:8 'bc' is one entry: put a comma between its parts, or parentheses around them",),
        ),
        Invalid(
            'x = [\n    "a"\n    "b"\n    "c",\n    "d",\n]',
            ("2:5-4:8 'abc' is one entry: put a comma between its parts, or parentheses around them",),
        ),
        Invalid(
            'x = ("--all", "--quiet" "--force", "--yes")',
            (
                "1:15-1:34 '--quiet--force' is one entry: put a comma between its parts, or parentheses around them",
            ),
        ),
    )

    def visit_List(self, node: ast.List) -> None:
        self._check(node.elts)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._check(node.elts)

    def visit_Set(self, node: ast.Set) -> None:
        self._check(node.elts)

    def _check(self, entries: list[ast.expr]) -> None:
        texts = [entry.value for entry in entries if isinstance(entry, ast.Constant)]
        if len(texts) < max(2, len(entries)) or not all(isinstance(text, str) for text in texts):
            return
        for entry, text in zip(entries, map(str, texts), strict=True):
            if len(text) <= _LONGEST and self._parts(entry, text) >= max(2, _LEAST - len(entries)):
                self.report(
                    entry,
                    f"{shorten(repr(text))} is one entry: put a comma between its parts, or parentheses around them",
                )

    def _parts(self, entry: ast.expr, text: str) -> int:
        """As how many parts a text is written without parentheses, none of which ends or begins with a space."""
        last = entry.end_lineno or entry.lineno
        if last == entry.lineno and (entry.end_col_offset or 0) - entry.col_offset <= len(text) + _QUOTES:
            return 1
        lines = [*self.source.lines[entry.lineno - 1 : last]]
        begin = self.source.column(entry.lineno, entry.col_offset) - 1
        end = self.source.column(last, entry.end_col_offset or 0) - 1
        if lines[0][:begin].rstrip().endswith("(") and lines[-1][end:].lstrip().startswith(")"):
            return 1
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][begin:]
        code = "\n".join(["(", *lines, ")"])
        tokens = tokenize.generate_tokens(io.StringIO(code).readline)
        parts = [ast.literal_eval(token.string) for token in tokens if token.type == tokenize.STRING]
        spaced = any(not part or part[0].isspace() or part[-1].isspace() for part in parts)
        return 1 if spaced else len(parts)
