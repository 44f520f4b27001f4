"""The rule handwritten-escaping."""

from __future__ import annotations

import ast
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import Source

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(\w+|#\d+|#x[0-9A-Fa-f]+);")
#: Fewest different characters; one alone may be all that is wanted.
_FEWEST = 2
#: Who escapes it escapes whatever an address cannot hold; delimiters alone may be escaped on purpose.
_SPACE = "%20"
#: What is replaced by what → what does it.
_TOOLS = {
    ("percent", True): "urllib.parse.unquote()",
    ("percent", False): "urllib.parse.quote()",
    ("entity", True): "html.unescape()",
    ("entity", False): "html.escape()",
}


class HandwrittenEscaping(AstRule):
    """Characters are escaped one by one, as the standard library does for all of them.

    ## What it does
    Reports functions that replace several characters by `%20` and the like, or by `&lt;` and the like, or the other way round.

    One replacement alone is fine, and so are codes of one's own, and delimiters of an address without the space.

    ## Why is this bad
    Every character that was not thought of stays as it is: the next address has an umlaut, the next text a quote. And the
    order matters: who replaces `&` last escapes what is escaped already.

    ## Example
    ```python
    def plain(query):
        return query.replace("%20", " ").replace("%21", "!").replace("%2C", ",")
    ```

    ## Use instead
    ```python
    from urllib.parse import unquote

    def plain(query):
        return unquote(query)
    ```

    ## References
    - [Python documentation: urllib.parse.quote](https://docs.python.org/3/library/urllib.parse.html#urllib.parse.quote)
    - [Python documentation: html.escape](https://docs.python.org/3/library/html.html#html.escape)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM

    needs = frozenset({"replace"})

    VALID = (
        Valid("def f(text):\n    return text.replace('%20', ' ')", "One alone"),
        Valid("def f(text):\n    return text.replace('&a;', 'x').replace('&b;', 'y')", "Codes of its own"),
        Valid(
            "def f(text):\n    return text.replace('%20', '+').replace('%2F', '-')",
            "Other characters than they stand for",
        ),
        Valid("def f(path):\n    return path.replace('%2F', '/').replace('%25', '%')", "Only delimiters"),
    )
    INVALID = (
        Invalid(
            """
            def shown(text):
                text = text.replace("&", "&amp;")
                text = text.replace("<", "&lt;")
                return text.replace(">", "&gt;")
            """,
            ("2:12-2:38 3 characters are replaced one by one: use html.escape()",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("%2", "&amp;", "&lt;", "&gt;", "&quot;")

    def visit_Module(self, module: ast.Module) -> None:
        del module
        found: dict[tuple[ast.AST | None, str, bool], dict[str, ast.Call]] = {}
        for call in self.facts.of(ast.Call):
            kind, back, code = self._replaced(call)
            if kind:
                found.setdefault((self.facts.function(call), kind, back), {}).setdefault(code, call)
        for (_, kind, back), calls in found.items():
            if len(calls) >= _FEWEST and (kind == "entity" or _SPACE in calls):
                first = min(calls.values(), key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))
                tool = _TOOLS[kind, back]
                self.report(first, f"{len(calls)} characters are replaced one by one: use {tool}")

    def _replaced(self, call: ast.Call) -> tuple[str, bool, str]:
        """The kind of code that a call replaces or puts in, whether it replaces it, and the code; empty for other calls."""
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "replace":
            return "", False, ""
        values = [getattr(self.facts.only_value(each), "value", None) for each in call.args]
        match values:
            case [str() as old, str() as new, *_] if len(old) > 1 and len(new) == 1:
                return _kind(old, new), True, old.upper()
            case [str() as old, str() as new, *_] if len(new) > 1 and len(old) == 1:
                return _kind(new, old), False, new.upper()
            case _:
                return "", False, ""


def _kind(code: str, char: str) -> str:
    """The kind of code that stands for a character; empty for any other text."""
    if _PERCENT.fullmatch(code) and unquote(code) == char:
        return "percent"
    return "entity" if _ENTITY.fullmatch(code) and html.unescape(code) == char else ""
