"""The rule cached-method."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, decorators, last_word, positional_of
from quality_rules._called import argument

if TYPE_CHECKING:
    from quality.model import FunctionNode

_CACHES = frozenset({"functools.cache", "functools.lru_cache"})
#: What the first parameter is called where it is a class.
_CLASSES = frozenset({"cls", "klass", "mcs", "mcls", "metacls"})
#: Bases of classes whose objects live as long as the program: members, and classes themselves.
_LASTING = ("Enum", "Flag", "type", "EnumMeta", "EnumType", "ABCMeta")


class CachedMethod(AstRule):
    """A cache keeps the objects whose method it is of.

    ## What it does
    Reports `functools.cache` and `functools.lru_cache` on methods that get an object.

    Static methods and class methods, members of an enumeration, and caches of one entry or none, are fine. So are those of
    a limited size where objects are values: of named tuples, frozen dataclasses and classes with a `__hash__`.

    ## Why is this bad
    The cache is one for the class, and each of its keys holds `self`: no object is ever freed on which the method was
    called, as long as the cache does not drop it. Objects that are equal also get each other's answers.

    ## Example
    ```python
    from functools import lru_cache

    class Report:
        def __init__(self, rows):
            self.rows = rows

        @lru_cache
        def total(self):
            return sum(self.rows)
    ```

    ## Use instead
    ```python
    from functools import cached_property

    class Report:
        def __init__(self, rows):
            self.rows = rows

        @cached_property
        def total(self):
            return sum(self.rows)
    ```

    ## References
    - [Python documentation: how to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    effort = 10
    needs = frozenset({"cache", "lru_cache"})
    equivalents = ("pylint:method-cache-max-size-none",)

    VALID = (
        Valid("from functools import cache\n\n@cache\ndef square(x):\n    return x * x", "A function"),
        Valid(
            "import functools\n\nclass A:\n    @staticmethod\n    @functools.cache\n    def f(x):\n        return x * x"
        ),
        Valid(
            "from functools import lru_cache\n\nclass A:\n    @classmethod\n    @lru_cache\n    def f(cls):\n        return cls()"
        ),
        Valid(
            "from functools import cache\n\nclass Kind(Enum):\n    @cache\n    def all(self):\n        return [self]",
            "There are only so many",
        ),
        Valid(
            "from functools import lru_cache\n\nclass A:\n    @lru_cache(maxsize=1)\n    def f(self):\n        return self.x",
            "One object at most",
        ),
        Valid(
            "import functools\n\nclass A(NamedTuple):\n    x: int\n\n    @functools.lru_cache(99)\n    def f(self):\n        return self.x",
            "Values",
        ),
        Valid(
            "import functools\n\nclass A:\n    @functools.cache\n    def f(cls):\n        return cls()\n\n    g = classmethod(f)",
            "Of the class",
        ),
        Valid("class A:\n    @store.cache\n    def f(self):\n        return self.x", "Another cache"),
    )
    INVALID = (
        Invalid(
            "import functools\n\nclass A:\n    @functools.lru_cache(maxsize=None)\n    def area(self, unit):\n        return self.x * unit",
            (
                "4:6-4:39 the cache keeps the objects that area() is called on: cache on the object, or a function of its values",
            ),
        ),
        Invalid(
            "from functools import lru_cache as memo\n\nclass A:\n    @property\n    @memo(64)\n    def area(self):\n        return self.x",
            (
                "5:6-5:14 the cache keeps the objects that area() is called on: cache on the object, or a function of its values",
            ),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        owner = self.facts.class_of(function)
        first = next(iter(positional_of(function.args)), None)
        if owner is None or first is None or first.arg in _CLASSES or self._lasts(owner):
            return
        if {"staticmethod", "classmethod"}.isdisjoint(decorators(function)):
            for each in function.decorator_list:
                self._check(each, function.name, owner)

    def _lasts(self, owner: ast.ClassDef) -> bool:
        return any(last_word(base).endswith(_LASTING) for base in owner.bases)

    def _check(self, decorator: ast.expr, name: str, owner: ast.ClassDef) -> None:
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        origin = self.facts.origin(made)
        if origin not in _CACHES:
            return
        size = argument(decorator, 0, "maxsize") if isinstance(decorator, ast.Call) else None
        entries = size.value if isinstance(size, ast.Constant) else 2
        if entries is not None and entries <= 1:  # type: ignore[operator]
            return
        endless = origin == "functools.cache" or entries is None
        if not endless and _is_value(owner):
            return
        self.report(
            decorator,
            f"the cache keeps the objects that {name}() is called on: cache on the object, or a function of its values",
            severity=Severity.WARNING if endless else Severity.NOTE,
            confidence=Confidence.HIGH if endless else Confidence.MEDIUM,
        )


def _is_value(owner: ast.ClassDef) -> bool:
    """Tells whether objects of a class are alike where they hold the same."""
    hashed = any(isinstance(each, ast.FunctionDef) and each.name == "__hash__" for each in owner.body)
    frozen = any("frozen" in ast.unparse(each) for each in owner.decorator_list)
    return hashed or frozen or any(last_word(base) == "NamedTuple" for base in owner.bases)
