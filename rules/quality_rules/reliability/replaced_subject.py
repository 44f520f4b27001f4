"""The rule replaced-subject."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, root_name, targets_of
from quality_rules._called import called_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

_TEST = re.compile(r"test(?:_|[A-Z])")
#: How a double is told what it answers.
_ANSWERS = frozenset({"return_value", "side_effect"})
_MOCKS = frozenset({"Mock", "MagicMock", "AsyncMock"})
#: More parts of a dotted name are not looked at.
_PARTS = 2


class ReplacedSubject(AstRule):
    """A test replaces what it tests.

    ## What it does
    Reports tests that replace a function by one that gives a written answer (`patch("shop.total", return_value=3)`,
    `monkeypatch.setattr(shop, "total", lambda rows: 3)`), when all that they assert of is what that very function gives.

    So it does tests that assert nothing but what a double of their own answers as it was told, and hand it to nobody:
    `cart = Mock()`, `cart.total.return_value = 3`, `assert cart.total() == 3`.

    Doubles of what the tested function calls are fine.

    ## Why is this bad
    The test finds out whether a double answers as it was told. What it is named after never runs.

    ## Example
    ```python
    from unittest.mock import patch
    import shop

    def test_total():
        with patch("shop.total", return_value=3):
            assert shop.total([1, 2]) == 3
    ```

    ## Use instead
    ```python
    import shop

    def test_total():
        assert shop.total([1, 2]) == 3
    ```

    ## References
    - [Python documentation: unittest.mock](https://docs.python.org/3/library/unittest.mock.html#quick-guide)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 10
    needs = frozenset({"patch", "object", "setattr", *_MOCKS})

    VALID = (
        Valid(
            "def test_f():\n    cart = Mock()\n    cart.total.return_value = 3\n    assert Shop(cart).total() == 3"
        ),
        Valid(
            "def test_f():\n    cart = Mock()\n    cart.total.return_value = 3\n    shop.cart = cart\n    assert cart.total() == 3"
        ),
        Valid("def test_f():\n    cart = Mock()\n    assert total(3) == 3\n    assert cart.total() == 3"),
        Valid(
            "from unittest.mock import patch\nimport shop\n\ndef test_f():\n    with patch('shop.rate', return_value=3):\n        assert shop.total([1]) == 3"
        ),
        Valid(
            "import shop\n\ndef test_f(monkeypatch):\n    monkeypatch.setattr(shop, 'DEBUG', True)\n    assert shop.total([1]) == 3"
        ),
        Valid(
            "from unittest.mock import patch\nimport shop\n\ndef test_f():\n    with patch('shop.total', return_value=3) as double:\n        shop.report()\n    double.assert_called_once()"
        ),
    )
    INVALID = (
        Invalid(
            "def test_total():\n    cart = Mock()\n    cart.total.return_value = 3\n    assert cart.total() == 3",
            ("2:12-2:18 test_total() asserts what cart answers as it was told, and nothing else",),
        ),
        Invalid(
            "from unittest.mock import MagicMock\n\ndef test_total():\n    cart = MagicMock(total=MagicMock(return_value=3))\n"
            "    result = cart.total()\n    assert result == 3",
            ("4:12-4:54 test_total() asserts what cart answers as it was told, and nothing else",),
        ),
        Invalid(
            "import shop\n\ndef test_total(monkeypatch):\n    monkeypatch.setattr(shop, 'total', lambda rows: 3)\n    assert shop.total([1]) == 3",
            ("4:5-4:55 test_total() replaces total(), and asserts what the double answers",),
        ),
        Invalid(
            "from unittest.mock import patch\nfrom shop import total\n\n@patch('shop.total', return_value=3)\ndef test_total(double):\n    result = shop.total([1])\n    assert result == 3",
            ("4:2-4:37 test_total() replaces total(), and asserts what the double answers",),
        ),
        Invalid(
            "from unittest import TestCase, mock\nimport shop\n\nclass T(TestCase):\n    def test_total(self):\n        with mock.patch.object(shop, 'total', mock.Mock(return_value=3)):\n            self.assertEqual(shop.total([1]), 3)",
            ("6:14-6:73 test_total() replaces total(), and asserts what the double answers",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not _TEST.match(function.name):
            return
        asserted = set(self._asserted(function))
        for call in self.facts.inside(function, ast.Call):
            if called_word(call) in _MOCKS and asserted:
                self._check_double(function, call, asserted)
            name = self._replaced(call)
            if name and asserted == {name}:
                self.report(call, f"{function.name}() replaces {name}(), and asserts what the double answers")
                return

    def _check_double(self, function: FunctionNode, made: ast.Call, asserted: set[str]) -> None:
        """A double that only the test itself asks."""
        above = self.facts.parent(made)
        target = targets_of(above)[0] if isinstance(above, ast.Assign | ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or len(self.facts.names(function).stores[target.id]) > 1:
            return
        asked = {self._asked_of(load) for load in self.facts.names(function).loads.get(target.id, ())}
        others = asserted - _MOCKS
        calls = (call for call in self.facts.inside(function, ast.Call) if called_word(call) in others)
        own = all(root_name(call.func) == target.id for call in calls)
        if (
            own
            and None not in asked
            and others <= asked
            and target.id not in self.facts.names(function).shared
        ):
            what = f"{target.id} answers as it was told, and nothing else"
            self.report(made, f"{function.name}() asserts what {what}")

    def _asked_of(self, load: ast.Name) -> str | None:
        """What a double is asked for; empty where it is told an answer, and None for another use."""
        place: ast.AST = load
        above = self.facts.parent(place)
        while isinstance(above, ast.Attribute):
            place, above = above, self.facts.parent(above)
        if isinstance(above, ast.Call) and above.func is place:
            return called_word(above)
        told = (
            isinstance(place, ast.Attribute) and isinstance(place.ctx, ast.Store) and place.attr in _ANSWERS
        )
        return "" if told else None

    def _replaced(self, call: ast.Call) -> str:
        """The function that a call replaces by one that gives a written answer; empty where it does not."""
        word = called_word(call)
        told = any(keyword.arg in _ANSWERS for keyword in call.keywords)
        if word == "patch" and call.args:
            path = getattr(call.args[0], "value", "")
            found = path.rpartition(".")[2] if isinstance(path, str) else ""
        elif word in {"object", "setattr"} and len(call.args) >= _PARTS:
            found = getattr(call.args[1], "value", "")
        else:
            return ""
        told = told or any(map(self._is_double, call.args[1:]))
        return found if told and isinstance(found, str) else ""

    def _is_double(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Lambda):
            return isinstance(node.body, ast.Constant)
        return isinstance(node, ast.Call) and called_word(node) in _MOCKS and bool(node.keywords)

    def _asserted(self, function: FunctionNode) -> Iterator[str]:
        """The functions whose results a test asserts about; a name that no call gave is one that nobody replaces."""
        for node in self.facts.within(function):
            if isinstance(node, ast.Assert):
                yield from self._functions_in(node.test)
            elif isinstance(node, ast.Call) and last_word(node.func).startswith("assert"):
                owner = node.func.value if isinstance(node.func, ast.Attribute) else None
                if isinstance(owner, ast.Name) and owner.id == "self":
                    for argument in node.args:
                        yield from self._functions_in(argument)

    def _functions_in(self, node: ast.expr) -> Iterator[str]:
        """The names of what is called in an expression, or was for a name in it."""
        for part in self.facts.within(node):
            value = self.facts.only_value(part) if isinstance(part, ast.Name) else part
            if isinstance(value, ast.Call):
                yield called_word(value)
            elif isinstance(part, ast.Name) and isinstance(value, ast.Name) and not self._is_called(part):
                yield f"{part.id} itself"

    def _is_called(self, name: ast.Name) -> bool:
        """Tells whether a name only says what is called: ``shop`` of ``shop.total()``."""
        above = self.facts.parent(name)
        return isinstance(above, ast.Attribute) or (isinstance(above, ast.Call) and above.func is name)
