"""The rule raised-from-itself."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid


class RaisedFromItself(AstRule):
    """An exception is given as its own cause.

    ## What it does
    Reports `raise error from error`.

    ## Why is this bad
    The cause is to say what led to the exception. One that is its own cause says nothing, and whoever follows the causes, as
    reporters of errors do, goes in a circle.

    ## Example
    ```python
    try:
        load()
    except OSError as error:
        raise error from error
    ```

    ## Use instead
    ```python
    try:
        load()
    except OSError as error:
        raise SettingsError("no settings") from error
    ```

    ## References
    - [Python documentation: the raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement)
    """

    dimension = "reliability"
    effort = 2

    VALID = (
        Valid("raise A() from error"),
        Valid("raise error from None"),
        Valid("raise error from other"),
        Valid("raise make() from make()", "Each is made anew"),
    )
    INVALID = (
        Invalid("raise error from error", ("1:18-1:23 error is its own cause: leave out from error",)),
        Invalid(
            "def f(self):\n    raise self.error from self.error",
            ("2:27-2:37 self.error is its own cause: leave out from self.error",),
        ),
    )

    def visit_Raise(self, node: ast.Raise) -> None:
        if not isinstance(node.cause, ast.Name | ast.Attribute) or node.exc is None:
            return
        cause = ast.unparse(node.cause)
        if ast.unparse(node.exc) == cause:
            self.report(node.cause, f"{cause} is its own cause: leave out from {cause}")
