"""The rule bool-of-text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

if TYPE_CHECKING:
    from quality.model import FunctionNode

_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})
_ASKED = frozenset({"os.getenv", "os.environ.get"})
#: The texts of both truth values.
_BOTH = {"true", "false"}
#: First words of names that ask a question.
_ASKING = frozenset({"is", "has", "can", "are", "was", "should", "needs", "contains", "exists"})


class BoolOfText(CallRule):
    """Every text that is not empty is taken for yes.

    ## What it does
    Reports `type=bool` of an argument of `argparse`, and `bool()` of what `input()` gives, of a text such as "false", and of
    an environment variable whose default is such a text; and functions that answer with nothing but the texts "True" and "False",
    where their name asks a question (`is_even`).

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
    needs = frozenset({"add_argument", "bool", ast.Return})

    VALID = (
        Valid(
            "def as_xml(flag):\n    if flag:\n        return 'true'\n    return 'false'", "It makes a text"
        ),
        Valid("parser.add_argument('--fast', action='store_true')\nparser.add_argument('--count', type=int)"),
        Valid(
            "import os\n\nprint(bool(os.getenv('NAME')), bool(name), bool(os.environ.get('A', '')), bool(1))"
        ),
        Valid("@click.option('--fast', type=bool)\ndef f(fast):\n    return fast", "click reads the words"),
    )
    INVALID = (
        Invalid(
            "def is_even(n):\n    if n % 2:\n        return 'False'\n    return 'True'",
            ("1:1-1:16 is_even() answers with texts, of which each is true: return True and False",),
        ),
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

    def visit_Module(self, _: ast.Module) -> None:
        super().visit_Module(_)
        answers: dict[FunctionNode, set[str]] = {}
        for node in self.facts.of(ast.Return):
            function = self.facts.function(node)
            if function is not None:
                value = node.value.value if isinstance(node.value, ast.Constant) else None
                answers.setdefault(function, set()).add(value.lower() if isinstance(value, str) else "")
        for function, texts in answers.items():
            if texts == _BOTH and function.name.lstrip("_").partition("_")[0] in _ASKING:
                told = f"{function.name}() answers with texts, of which each is true: return True and False"
                self.report(function, told)

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
