"""The rule vague-expected-error."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name

_RAISES = frozenset({"raises", "assertRaises"})
_BROAD = ("Exception", "BaseException")


class VagueExpectedError(AstRule):
    """A test is content with any error.

    ## What it does
    Reports `pytest.raises(Exception)` and `self.assertRaises(Exception)`, unless a pattern says which text the error
    has to have.

    ## Why is this bad
    The test also passes when the code fails for another reason, such as a mistyped name.

    ## Example
    ```python
    def test_parse():
        with pytest.raises(Exception):
            parse("(1 + 2")
    ```

    ## Use instead
    ```python
    def test_parse():
        with pytest.raises(UnclosedError):
            parse("(1 + 2")
    ```

    ## References
    - [flake8-bugbear: B017](https://github.com/PyCQA/flake8-bugbear#list-of-warnings)
    """

    dimension = "reliability"
    needs = _RAISES
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid("with pytest.raises(ValueError):\n    f()"),
        Valid("with pytest.raises(Exception, match='unclosed'):\n    f()", "The text says which"),
        Valid("with self.assertRaisesRegex(Exception, 'unclosed'):\n    f()"),
        Valid(
            "with pytest.raises(Exception) as caught:\n    f()\nassert caught.value.code == 3",
            "It is looked at",
        ),
    )
    INVALID = (
        Invalid(
            "def test_f():\n    with pytest.raises(Exception):\n        f()",
            ("2:10-2:34 any error passes here, mistyped names too: expect the one that is meant",),
        ),
        Invalid(
            "def test_f(self):\n    self.assertRaises(Exception, f, 1)",
            ("2:5-2:39 any error passes here, mistyped names too: expect the one that is meant",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if dotted_name(call.func).rpartition(".")[2] not in _RAISES or not call.args:
            return
        if not self.facts.is_builtin(call.args[0], *_BROAD):
            return
        above = self.facts.parent(call)
        kept = isinstance(above, ASSIGNMENTS) or (
            isinstance(above, ast.withitem) and above.optional_vars is not None
        )
        if not kept and all(keyword.arg not in {"match", "check"} for keyword in call.keywords):
            self.report(call, "any error passes here, mistyped names too: expect the one that is meant")
