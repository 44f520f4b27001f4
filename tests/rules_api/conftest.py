"""Rules made up for the tests of the API."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from quality.rules import AstRule, CstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    import libcst


class NoPrint(AstRule):
    """Output is printed.

    ## What it does
    Reports calls of `print`.

    ## Why is this bad
    A library
    must not write.

    ## Example
    ```python
    print("done")
    ```

    ## Use instead
    ```python
    log.info("done")
    ```
    """

    dimension = "clarity"
    effort = 3
    cwe = 1
    equivalents = ("pylint:bad-builtin",)

    allowed = Setting(0, "How many are allowed.", minimum=0, maximum=9)

    VALID = (Valid("log.info('x')", "It is logged"), Valid("print(1)", options={"allowed": 1}))
    INVALID = (Invalid("print(1)", ("1:1-1:9 print() writes",)),)

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.is_builtin(call.func, "print"):
            self.seen = getattr(self, "seen", 0) + 1
            if self.seen > self.allowed:
                self.report(call, "print() writes")


class ShoutingComment(CstRule):
    """A comment shouts.

    ## What it does
    Reports comments in capitals.

    ## Why is this bad
    It is rude.

    ## Example
    ```python
    x = 1  # NO
    ```

    ## Use instead
    ```python
    x = 1  # no
    ```
    """

    dimension = "clarity"
    VALID = (Valid("x = 1  # no"),)
    INVALID = (Invalid("x = 'ä'  # NO", ("1:10-1:14 the comment shouts",)),)

    @classmethod
    def applies(cls, source) -> bool:
        return "#" in source.text

    def visit_Comment(self, comment: libcst.Comment) -> None:
        if comment.value.isupper():
            self.report(comment, "the comment shouts")


class Broken(AstRule):
    """It breaks.

    ## What it does
    Breaks.

    ## Why is this bad
    It breaks.

    ## Example
    ```python
    x
    ```

    ## Use instead
    ```python
    y
    ```
    """

    dimension = "clarity"

    def visit_Module(self, module: ast.Module) -> None:
        self.report(module.body[0], "before")

    def visit_Name(self, name: ast.Name) -> None:
        raise KeyError(name.id)


@pytest.fixture
def no_print() -> type[NoPrint]:
    return NoPrint


@pytest.fixture
def shouting_comment() -> type[ShoutingComment]:
    return ShoutingComment


@pytest.fixture
def broken() -> type[Broken]:
    return Broken
