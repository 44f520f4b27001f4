"""The rule needless-keys."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, root_name, same_code

if TYPE_CHECKING:
    from quality.model import Source
    from quality.rules import Facts

#: What a class calls its own object, itself and what is above.
_OWN = frozenset({"self", "cls", "super"})
#: Functions that ask whether an object has something.
_ASKING = frozenset({"getattr", "hasattr"})
#: Builtins that make a collection of the keys.
_COPYING = ("list", "tuple", "set", "frozenset")


class NeedlessKeys(AstRule):
    """A mapping is asked for its keys where it would do itself.

    ## What it does
    Reports `keys()` in `for key in prices.keys()`, in `key in prices.keys()` and in `len(prices.keys())`, whether the keys are made
    a list in between or not for the last two, and `zip(prices.keys(), prices.values())`.

    An object's own `self.keys()`, what is copied first (`list(prices.keys())`), operations on sets of keys, and rows
    of databases, columns of pandas and elements of XML, which do not go through their keys, are fine. So is whatever the text
    asks for `keys`, as `dict.update()` does: it need not be a mapping in any other way.

    ## Why is this bad
    A mapping goes through its keys and looks a key up at once: the view is one call and one object more, and says
    nothing.

    ## Example
    ```python
    for product in prices.keys():
        print(product)
    ```

    ## Use instead
    ```python
    for product in prices:
        print(product)
    ```

    ## References
    - [Python documentation: dictionary view objects](https://docs.python.org/3/library/stdtypes.html#dictionary-view-objects)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    effort = 1
    # What is asked may be something that has keys and is no mapping.
    confidence = Confidence.MEDIUM
    needs = frozenset({"keys", "values"})
    equivalents = ("pylint:consider-iterating-dictionary",)

    VALID = (
        Valid("for key in self.keys():\n    print(key)", "Its own"),
        Valid("for key in list(prices.keys()):\n    del prices[key]", "A copy"),
        Valid("class A:\n    def items(self):\n        return zip(self.keys(), self.values())", "Its own"),
        Valid("pairs = zip(prices.keys(), costs.values())", "Of two"),
        Valid("shared = prices.keys() & names", "A set"),
        Valid(
            "import sqlite3\n\n\ndef names(row):\n    return [name for name in row.keys()]",
            "A row goes through its values",
        ),
        Valid("def f(child):\n    return 'id' in child.keys() and child.attrib['id']", "An element of XML"),
        Valid(
            "def add_all(kept, more):\n    if hasattr(more, 'keys'):\n        for name in more.keys():\n            kept[name] = more[name]",
            "All that it needs to have is keys",
        ),
        Valid("for key in store.keys('a*'):\n    print(key)", "A question"),
    )
    INVALID = (
        Invalid(
            "for name, price in zip(prices.keys(), prices.values()):\n    print(name, price)",
            ("1:20-1:55 prices gives its keys with their values: write items()",),
        ),
        Invalid(
            "pairs = list(zip(prices, prices.values(), strict=True))",
            ("1:14-1:55 prices gives its keys with their values: write items()",),
        ),
        Invalid(
            "for key in config.options.keys():\n    print(key)",
            ("1:12-1:33 config.options goes through its keys itself: leave keys() out",),
        ),
        Invalid(
            "def known(prices, name):\n    return name not in prices.keys()",
            ("2:24-2:37 prices goes through its keys itself: leave keys() out",),
        ),
        Invalid(
            "def f(prices, name):\n    return len(list(prices.keys())) == 0 or name in list(prices.keys())",
            (
                "2:21-2:34 prices goes through its keys itself: leave keys() out",
                "2:58-2:71 prices goes through its keys itself: leave keys() out",
            ),
        ),
        Invalid(
            "names = [key.upper() for key in prices.keys()]",
            ("1:33-1:46 prices goes through its keys itself: leave keys() out",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return not source.mentions(".attrib")  # elements of XML go through what is in them

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return facts.packages.isdisjoint({"pandas", "sqlalchemy", "sqlite3"})

    def visit_For(self, node: ast.For) -> None:
        self._check(node.iter)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._check(node.iter)

    def visit_Compare(self, node: ast.Compare) -> None:
        for asked, among in zip(node.ops, node.comparators, strict=True):
            if isinstance(asked, ast.In | ast.NotIn):
                self._check(self._uncopied(among))

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) == 1 and self.facts.is_builtin(call.func, "len"):
            self._check(self._uncopied(call.args[0]))
        if len(call.args) != 2 or not self.facts.is_builtin(call.func, "zip"):  # noqa: PLR2004
            return
        keys, values = call.args
        owner = _owner(values, "values")
        own = owner is not None and root_name(owner) in _OWN
        if owner is not None and not own and same_code(_owner(keys, "keys") or keys, owner):
            self.report(call, f"{ast.unparse(owner)} gives its keys with their values: write items()")

    def _uncopied(self, keys: ast.expr) -> ast.expr:
        """What is made a list, a tuple or a set of; anything else as it is."""
        copied = isinstance(keys, ast.Call) and self.facts.is_builtin(keys.func, *_COPYING)
        return keys.args[0] if copied and len(keys.args) == 1 else keys  # type: ignore[attr-defined]

    def _check(self, keys: ast.expr) -> None:
        if not isinstance(keys, ast.Call) or keys.args or keys.keywords:
            return
        method = keys.func
        if not isinstance(method, ast.Attribute) or method.attr != "keys":
            return
        own = isinstance(method.value, ast.Name | ast.Call) and root_name(method.value) in _OWN
        if not own and not self._is_asked_for_keys(method.value):
            self.report(keys, f"{ast.unparse(method.value)} goes through its keys itself: leave keys() out")

    def _is_asked_for_keys(self, owner: ast.expr) -> bool:
        """Tells whether the text asks whether something has keys: then that is all that it needs to have."""
        asked = (call.args for call in self.facts.of(ast.Call) if last_word(call.func) in _ASKING)
        return any(args and same_code(args[0], owner) and _names_keys(args[1:]) for args in asked)


def _names_keys(named: list[ast.expr]) -> bool:
    return bool(named) and isinstance(named[0], ast.Constant) and named[0].value == "keys"


def _owner(call: ast.expr, method: str) -> ast.expr | None:
    """What a method is called on without arguments; None where it is no call of it."""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[], keywords=[]) if name == method:
            return owner
    return None
