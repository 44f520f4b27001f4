"""The rule bool-of-text."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})
_ASKED = frozenset({"os.getenv", "os.environ.get"})


class BoolOfText(CallRule):
    """Every text that is not empty is taken for yes.

    ## What it does
    Reports `type=bool` of an argument of `argparse`, and `bool()` of what `input()` gives, of a text such as "false", and of
    an environment variable whose default is such a text.

    `bool()` of a text that may be empty, and comparisons, are fine.

    ## Why is this bad
    `bool("False")` is True: only the empty text is false. `--fast False` on the command line switches it on.

    ## Example
    ```python
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--fast", type=bool)
    ```

    ## Use instead
    ```python
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--fast", action="store_true")
    ```

    ## References
    - [Python documentation: argparse, type](https://docs.python.org/3/library/argparse.html#type)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    needs = frozenset({"add_argument", "bool"})

    VALID = (
        Valid("parser.add_argument('--fast', action='store_true')\nparser.add_argument('--count', type=int)"),
        Valid(
            "import os\n\nprint(bool(os.getenv('NAME')), bool(name), bool(os.environ.get('A', '')), bool(1))"
        ),
        Valid("@click.option('--fast', type=bool)\ndef f(fast):\n    return fast", "click reads the words"),
    )
    INVALID = (
        Invalid(
            "parser.add_argument('--fast', type=bool, default=True)",
            (
                "1:36-1:40 bool makes True of every word, of False too: use action='store_true', or BooleanOptionalAction",
            ),
        ),
        Invalid(
            "import os\n\ndebug = bool(os.getenv('DEBUG', 'False'))\nmore = bool(input('More? '))\nnever = bool('no')",
            (
                "3:9-3:42 this is True for every word, for False too: compare it with the words for yes",
                "4:8-4:29 this is True for every word, for False too: compare it with the words for yes",
                "5:9-5:19 this is True for every word, for False too: compare it with the words for yes",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add_argument":
            kind = argument(call, -1, "type")
            if kind is not None and self.facts.is_builtin(kind, "bool"):
                self.report(
                    kind,
                    "bool makes True of every word, of False too: use action='store_true', or BooleanOptionalAction",
                )
        elif self.facts.is_builtin(call.func, "bool") and len(call.args) == 1 and self._is_never_empty(call):
            self.report(call, "this is True for every word, for False too: compare it with the words for yes")

    def _is_never_empty(self, call: ast.Call) -> bool:
        """Tells whether a call is given a text that says no, or one of somebody who may."""
        given = self.facts.only_value(call.args[0])
        if isinstance(given, ast.Constant):
            return _says_no(given)
        if not isinstance(given, ast.Call):
            return False
        if self.facts.origin(given.func) in _ASKED:
            return _says_no(argument(given, 1, "default"))
        return self.facts.is_builtin(given.func, "input")


def _says_no(node: ast.expr | None) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and value.lower() in _FALSE
