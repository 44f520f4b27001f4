"""The rule replaced-environment."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReplacedEnvironment(AstRule):
    """The environment is replaced by a dictionary.

    ## What it does
    Reports assignments to `os.environ`.

    Assignments to its entries, `update` and `clear` are fine. Where a function puts the environment back at last, the
    confidence is low: what stands in between may start no program.

    ## Why is this bad
    The new dictionary is known to nobody but this program: the environment of the process stays as it was, and that is
    what programs that are started get.

    ## Example
    ```python
    import os

    os.environ = {"LANG": "C"}
    ```

    ## Use instead
    ```python
    import os

    os.environ.clear()
    os.environ["LANG"] = "C"
    ```

    ## References
    - [Python documentation: os.environ](https://docs.python.org/3/library/os.html#os.environ)
    """

    dimension = "reliability"
    effort = 5
    needs = frozenset({"environ"})

    VALID = (
        Valid("import os\n\nos.environ['LANG'] = 'C'\nos.environ.update(HOME='/')", "Its entries"),
        Valid("import os\n\nkept = os.environ\nrun()\nos.environ = kept", "It is put back"),
        Valid("import os\n\nenviron = dict(os.environ)\nrequest.environ = environ", "Another one"),
    )
    INVALID = (
        Invalid(
            "import os\n\nos.environ = dict(os.environ, LANG='C')",
            (
                "3:1-3:11 programs that are started get the old environment, not this dictionary: change os.environ's entries",
            ),
        ),
        Invalid(
            "import os as system\n\ndef f(kept):\n    system.environ, done = kept, True",
            (
                "4:5-4:19 programs that are started get the old environment, not this dictionary: change os.environ's entries",
            ),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        for target in _flat(targets_of(statement)):
            known = isinstance(target, ast.Attribute) and self.facts.origin(target) == "os.environ"
            if known and not self._is_put_back(statement.value):
                self.report(
                    target,
                    "programs that are started get the old environment, not this dictionary: change os.environ's entries",
                    confidence=Confidence.LOW if self._is_for_a_while(statement) else None,
                )

    visit_AnnAssign = visit_Assign

    def _is_for_a_while(self, statement: ast.stmt) -> bool:
        """Tells whether a function puts the environment back at last, so that only what stands in between sees another one."""
        function = self.facts.function(statement)
        attempts = self.facts.within(function) if function is not None else ()
        at_last = (each for node in attempts if isinstance(node, ast.Try) for each in node.finalbody)
        return any(isinstance(each, ast.Assign) and self._is_put_back(each.value) for each in at_last)

    def _is_put_back(self, value: ast.expr | None) -> bool:
        """Tells whether it is what was there before."""
        return value is not None and self.facts.origin(self.facts.only_value(value)) == "os.environ"


def _flat(targets: Iterable[ast.expr]) -> Iterable[ast.expr]:
    for target in targets:
        yield from target.elts if isinstance(target, ast.Tuple | ast.List) else (target,)
