"""The rule unreached-assertion."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules._loops import PURE_BUILTINS

if TYPE_CHECKING:
    from quality.model import Source

_RAISES = frozenset({"raises", "assertRaises", "assertRaisesRegex"})


class UnreachedAssertion(AstRule):
    """An assertion never runs: the line above it is the one that raises.

    ## What it does
    Reports assertions that end the block of `pytest.raises()` or `self.assertRaises()`, behind other statements.

    A block of nothing but the assertion, whose error is the expected one, is fine; with less certainty so is an assertion
    that calls something, which may be what raises.

    ## Why is this bad
    What raises leaves the block. The assertion behind it is skipped, and the test passes whatever it says.

    ## Example
    ```python
    def test_overdraw(account):
        with pytest.raises(OverdrawError):
            account.withdraw(20)
            assert account.balance == 10
    ```

    ## Use instead
    ```python
    def test_overdraw(account):
        with pytest.raises(OverdrawError):
            account.withdraw(20)
        assert account.balance == 10
    ```

    ## References
    - [RSPEC-5915: assertions at the end of blocks that expect an exception](https://rules.sonarsource.com/python/RSPEC-5915/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5

    VALID = (
        Valid("with pytest.raises(E):\n    f()\nassert g()"),
        Valid(
            "with pytest.raises(AssertionError):\n    x = f()\n    assert x == 1", "It is the one that raises"
        ),
        Valid("with pytest.raises(E):\n    assert f() == 1", "It calls what raises"),
        Valid("with open(p) as f:\n    x = f.read()\n    assert x"),
        Valid("with pytest.raises(E):\n    x = a.b\n    assert x.f(1)", "It is the only call"),
    )
    INVALID = (
        Invalid(
            "def test_f(x):\n    with pytest.raises(E) as caught:\n        f(x)\n        assert x.done",
            ("4:9-4:22 never runs: the statement above raises; put it behind the block",),
        ),
        Invalid(
            "def test_f(x):\n    with pytest.raises(E):\n        x.run()\n        assert x.results() == []",
            ("4:9-4:33 never runs: the statement above raises; put it behind the block",),
        ),
        Invalid(
            "def test_f(self):\n    with self.assertRaises(E):\n        f()\n        self.assertEqual(self.x.size, 1)",
            ("4:9-4:41 never runs: the statement above raises; put it behind the block",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("aises")

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        *before, last = node.body
        if before and any(map(_expects, node.items)) and _asserts(last) and any(map(self._calls, before)):
            sure = Confidence.LOW if self._calls(last) else Confidence.HIGH
            self.report(
                last, "never runs: the statement above raises; put it behind the block", confidence=sure
            )

    def _calls(self, statement: ast.stmt) -> bool:
        """Tells whether a statement calls something of the program; how it asserts does not count."""
        own = statement.value if _asserts(statement) and isinstance(statement, ast.Expr) else None
        return any(
            isinstance(part, ast.Call)
            and part is not own
            and not self.facts.is_builtin(part.func, *PURE_BUILTINS)
            for part in self.facts.within(statement)
        )


def _asserts(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name.startswith("assert")
    return isinstance(statement, ast.Assert)


def _expects(item: ast.withitem) -> bool:
    """Tells whether a block is to end with an exception other than that of an assertion."""
    call = item.context_expr
    if not isinstance(call, ast.Call) or not call.args:
        return False
    expected = {dotted_name(kind) for kind in getattr(call.args[0], "elts", [call.args[0]])}
    function = dotted_name(call.func).rpartition(".")[2]
    return function in _RAISES and expected.isdisjoint({"AssertionError", "Exception", "BaseException"})
