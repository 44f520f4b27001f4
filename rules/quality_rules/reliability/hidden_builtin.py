"""The rule hidden-builtin."""

from __future__ import annotations

import ast

from quality.model import BUILTINS, Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

#: Names of builtins that nobody calls in a program.
_OF_THE_PROMPT = frozenset({"copyright", "credits", "license", "exit", "quit", "help"})


class HiddenBuiltin(AstRule):
    """A variable of an expression has the name of a builtin.

    ## What it does
    Reports variables of comprehensions, and parameters of `lambda`, that have the name of a builtin function or type, each name
    once.

    ## Why is this bad
    Inside of the expression the builtin cannot be called: whoever adds `type(...)` or `id(...)` there calls a value. And the
    reader has to find out which of the two is meant.

    ## Example
    ```python
    owners = {id: owner.name for id, owner in records.items()}
    ```

    ## Use instead
    ```python
    owners = {number: owner.name for number, owner in records.items()}
    ```

    ## References
    - [pylint: redefined-builtin](https://pylint.readthedocs.io/en/stable/user_guide/messages/warning/redefined-builtin.html)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    weight = 0.4
    effort = 2
    needs = frozenset({ast.comprehension, ast.Lambda})
    equivalents = ("pylint:redefined-builtin",)

    VALID = (
        Valid("ids = [row.id for row in rows]", "An attribute"),
        Valid("ids = [id for row in rows]", "The builtin"),
        Valid("for id in ids:\n    print(id)", "pylint sees statements"),
        Valid("found = [license for license in licenses]", "Nobody calls it"),
    )
    INVALID = (
        Invalid(
            "found = [id for id in ids] + [id + 1 for id in others]",
            ("1:17-1:19 id hides the builtin id: give it another name",),
        ),
        Invalid(
            "found = {type: size for (type, size) in kinds}",
            ("1:26-1:30 type hides the builtin type: give it another name",),
        ),
        Invalid(
            "rows.sort(key=lambda list: list[0])",
            ("1:22-1:26 list hides the builtin list: give it another name",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        told: set[str] = set()
        generators, functions = self.facts.of(ast.comprehension), self.facts.of(ast.Lambda)
        for named in [*(each.target for each in generators), *(each.args for each in functions)]:
            for place in self.facts.within(named):
                name = getattr(place, "id", "") or getattr(place, "arg", "")
                bound = isinstance(place, ast.arg) or isinstance(getattr(place, "ctx", None), ast.Store)
                if bound and name in BUILTINS and name not in told and name not in _OF_THE_PROMPT:
                    told.add(name)
                    self.report(place, f"{name} hides the builtin {name}: give it another name")
