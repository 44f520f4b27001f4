"""A rule: one class in one file. Its docstring is its page, its cases are its tests."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid


class OpenWithoutEncoding(AstRule):
    """A text file is opened without an encoding.

    ## What it does
    Reports calls of the built-in `open` in text mode without the argument `encoding`.

    ## Why is this bad
    The encoding is then the machine's, so the same file reads differently elsewhere.

    ## Example
    ```python
    def read(path):
        with open(path) as file:
            return file.read()
    ```

    ## Use instead
    ```python
    def read(path):
        with open(path, encoding="utf-8") as file:
            return file.read()
    ```

    ## References
    - [PEP 597](https://peps.python.org/pep-0597/)
    """

    dimension = "upkeep"
    severity = Severity.WARNING
    effort = 2
    equivalents = ("pylint:unspecified-encoding",)

    VALID = (
        Valid("open('a', encoding='utf-8')"),
        Valid("open('a', 'rb')", "bytes have no encoding"),
        Valid("open('a', mode)", "the mode is not known"),
        Valid("open('a', **options)", "the encoding may be among the options"),
        Valid("def open(path): ...\nopen('a')", "another function"),
    )
    INVALID = (
        Invalid("open('a')", ("1:1-1:10 open() without an encoding; say encoding='utf-8'",)),
        Invalid("x = open('a', 'w')", ("1:5-1:19 open() without an encoding; say encoding='utf-8'",)),
        Invalid("open('a', mode='r')", ("1:1-1:20 open() without an encoding; say encoding='utf-8'",)),
    )

    def visit_Call(self, node: ast.Call) -> None:  # noqa: N802 - named after the node
        """Looks at one call."""
        if self.facts.is_builtin(node.func, "open") and _is_text(node) and not _may_say_encoding(node):
            self.report(node, "open() without an encoding; say encoding='utf-8'")


def _may_say_encoding(call: ast.Call) -> bool:
    """The fourth argument is the encoding; stars hide what they hold."""
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return starred or len(call.args) > 3 or any(word.arg in {"encoding", None} for word in call.keywords)  # noqa: PLR2004


def _is_text(call: ast.Call) -> bool:
    named = [word.value for word in call.keywords if word.arg == "mode"]
    mode = next(iter([*call.args[1:2], *named]), None)
    if mode is None:
        return True
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and "b" not in mode.value
