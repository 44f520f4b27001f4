"""The rule repeated-case."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument


class RepeatedCase(CallRule):
    """A test is run with the same case twice.

    ## What it does
    Reports values that `pytest.mark.parametrize` gets for a second time.

    Values that a call or a name gives, which need not be the same, are fine.

    ## Why is this bad
    The second run finds out nothing. Mostly a line was copied, and the case that was meant is not tested.

    ## Example
    ```python
    import pytest

    @pytest.mark.parametrize(("number", "square"), [(2, 4), (3, 9), (2, 4)])
    def test_square(number, square):
        assert number ** 2 == square
    ```

    ## Use instead
    ```python
    import pytest

    @pytest.mark.parametrize(("number", "square"), [(2, 4), (3, 9), (-2, 4)])
    def test_square(number, square):
        assert number ** 2 == square
    ```

    ## References
    - [pytest documentation: parametrizing tests](https://docs.pytest.org/en/stable/how-to/parametrize.html)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 2
    needs = frozenset({"parametrize"})

    VALID = (
        Valid(
            "import pytest\n\n@pytest.mark.parametrize('x', [1, '1', 1.0, True, -1])\ndef test_f(x):\n    assert f(x)"
        ),
        Valid(
            "import pytest\n\n@pytest.mark.parametrize('x', [make(), make()])\ndef test_f(x):\n    assert f(x)"
        ),
        Valid("import pytest\n\n@pytest.mark.parametrize('x', CASES)\ndef test_f(x):\n    assert f(x)"),
    )
    INVALID = (
        Invalid(
            "import pytest\n\n@pytest.mark.parametrize('x', [[1, a], [2, 'a'], [1, a]])\ndef test_f(x):\n    assert f(x)",
            ("3:50-3:56 line 3 has the same case: test another one, or leave it out",),
        ),
        Invalid(
            "from pytest import mark\n\n@mark.parametrize('x', argvalues=('a', 'b', 'b'))\ndef test_f(x):\n    assert f(x)",
            ("3:45-3:48 line 3 has the same case: test another one, or leave it out",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        values = argument(call, 1, "argvalues")
        values = self.facts.only_value(values) if values is not None else None
        if not dotted.endswith("mark.parametrize") or not isinstance(values, ast.List | ast.Tuple):
            return
        found: dict[str, ast.expr] = {}
        for value in values.elts:
            first = found.setdefault(ast.dump(value), value)
            if first is not value and not self._is_made_anew(value):
                self.report(
                    value, f"line {first.lineno} has the same case: test another one, or leave it out"
                )

    def _is_made_anew(self, value: ast.expr) -> bool:
        fresh = (ast.Call, ast.Await, ast.Starred, ast.ListComp, ast.GeneratorExp)
        return any(isinstance(node, fresh) for node in self.facts.within(value))
