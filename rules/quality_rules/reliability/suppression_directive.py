"""The rule suppression-directive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    import ast

    from quality.model import Directive, Source


#: Tools whose directives are about layout or measurement.
_HARMLESS = frozenset({"coverage", "fmt", "isort", "yapf"})
#: What is written where that is not the tool's name alone.
_WRITTEN = {"type": "type: ignore", "ty": "ty: ignore", "pylint": "pylint: disable", "sonar": "nosonar"}

#: A reason has words, and more than one.
_REASON = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")

#: Checkers whose comments set their options: there are no codes to name.
_CONFIGURED = frozenset({"mypy", "pyright", "pytype"})


class SuppressionDirective(AstRule):
    """A comment tells a checker to look away.

    ## What it does
    Reports comments such as `noqa`, `nosec`, `type: ignore` and `pylint: disable`, one finding each.

    Directives to formatters and to coverage tools are fine: they hide no defect. With the option `reasons`, which `project` sets,
    so are those that name their codes and say why behind them: `# noqa: S603 - our own interpreter`.

    ## Why is this bad
    What the checker would say is still true. A directive without codes also hides whatever is added to its
    lines later.

    ## Example
    ```python
    password = "hunter2"  # nosec
    ```

    ## Use instead
    ```python
    password = read_secret("password")
    ```
    """

    dimension = "reliability"
    severity = Severity.NOTE
    weight = 0.25

    reasons = Setting(default=False, description="Whether directives with codes and a reason are fine.")

    VALID = (
        Valid("# Nobody is told to look away.\nx = 1"),
        Valid("matrix = [  # fmt: skip\n    1, 0,\n    0, 1,\n]", "A directive to a formatter"),
        Valid("import os  # noqa: F401 - users take it from here", "It says why", {"reasons": True}),
        Valid("x = f()  # type: ignore[misc]  # their stubs lie", "It says why", {"reasons": True}),
    )
    INVALID = (
        Invalid(
            "x = eval(y)  # noqa",
            ("1:14-1:20 noqa hides every finding here: correct the code, or name the codes",),
        ),
        Invalid(
            "x = f()  # type: ignore[misc]",
            ("1:10-1:30 type: ignore hides misc here: correct the code",),
        ),
        Invalid(
            "import os  # type: ignore[misc]  # noqa: F401",
            (
                "1:12-1:32 type: ignore hides misc here: correct the code",
                "1:34-1:46 noqa hides f401 here: correct the code",
            ),
        ),
        Invalid(
            "# mypy: allow-untyped-defs\nx = f()",
            ("1:1-1:27 mypy is set to look away here: correct the code",),
        ),
        Invalid(
            "x = f()  # pyright: ignore[reportCallIssue]",
            ("1:10-1:44 pyright hides reportcallissue here: correct the code",),
        ),
        Invalid(
            "import os  # noqa: F401 - for users",
            ("1:12-1:36 noqa hides f401 here: correct the code",),
        ),
        Invalid(
            "import os  # noqa: F401, E501\nimport re  # noqa - for all users",
            (
                "1:12-1:30 noqa hides e501, f401 here: correct the code",
                "2:12-2:34 noqa hides every finding here: correct the code, or name the codes",
            ),
            {"reasons": True},
        ),
        Invalid("import os  # noqa: F401", ("1:12-1:24 noqa hides f401 here: correct the code",)),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return bool(source.directives)

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for directive in self.source.directives:
            if directive.tool not in _HARMLESS and not (self.reasons and self._says_why(directive)):
                self.report(directive.location, _message(directive))

    def _says_why(self, directive: Directive) -> bool:
        """Tells whether words stand behind the codes of a directive."""
        place = directive.location
        line = self.source.original.split("\n")[place.line - 1]
        comment = line[place.column - 1 : place.end_column - 1].lower()
        behind = max((comment.rfind(code) + len(code) for code in directive.codes), default=len(comment))
        return _REASON.search(comment, behind) is not None


def _message(directive: Directive) -> str:
    comment = _WRITTEN.get(directive.tool, directive.tool)
    if directive.tool in _CONFIGURED and not directive.codes:
        return f"{comment} is set to look away here: correct the code"
    if directive.codes:
        return f"{comment} hides {', '.join(directive.codes)} here: correct the code"
    return f"{comment} hides every finding here: correct the code, or name the codes"
