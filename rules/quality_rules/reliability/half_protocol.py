"""The rule half-protocol."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import AstRule, Invalid, Valid, dotted_name, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Source

#: Special method → the one without which Python does not take the object for what it is.
_PAIRS = {
    "__next__": "__iter__",
    "__anext__": "__aiter__",
    "__enter__": "__exit__",
    "__exit__": "__enter__",
    "__aenter__": "__aexit__",
    "__aexit__": "__aenter__",
}


class HalfProtocol(AstRule):
    """A class has one half of two special methods that belong together.

    ## What it does
    Reports classes with `__next__` and without `__iter__`, with `__enter__` and without `__exit__`, the other way round, and the
    same for their asynchronous forms.

    Classes with a base that is not seen, a metaclass or a decorator, which may bring the other half, are fine.

    ## Why is this bad
    An iterator without `__iter__` works in no loop, and in no `list()` or `sum()`. `with` refuses an object with one method
    of the two, at the first use.

    ## Example
    ```python
    class Countdown:
        def __init__(self, start):
            self.left = start

        def __next__(self):
            if not self.left:
                raise StopIteration
            self.left -= 1
            return self.left
    ```

    ## Use instead
    ```python
    class Countdown:
        def __init__(self, start):
            self.left = start

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise StopIteration
            self.left -= 1
            return self.left
    ```

    ## References
    - [Python documentation: iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid(
            "class A:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return f()"
        ),
        Valid(
            "class A:\n    def __iter__(self):\n        return iter(self.x)",
            "It is gone through, and no iterator",
        ),
        Valid("class A(B):\n    def __next__(self):\n        return f()", "The base may have it"),
        Valid(
            "@iterable\nclass A:\n    def __next__(self):\n        return f()", "The decorator may bring it"
        ),
        Valid(
            "class A:\n    def __iter__(self):\n        return self\n\nclass B(A):\n    def __next__(self):\n        return f()",
            "The base has it",
        ),
        Valid("class A:\n    __iter__ = whole\n    def __next__(self):\n        return f()", "It is given"),
    )
    INVALID = (
        Invalid(
            "class A(object):\n    def __next__(self):\n        return f()",
            ("2:5-2:24 A has no __iter__: add one, or Python does not take it for an iterator",),
        ),
        Invalid(
            "class A:\n    x = 1\n\nclass B(A):\n    def __enter__(self):\n        return self",
            ("5:5-5:25 B has no __exit__: add one, or with refuses it",),
        ),
        Invalid(
            "class A:\n    async def __aexit__(self, *_):\n        await f()",
            ("2:5-2:35 A has no __aenter__: add one, or with refuses it",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions(*_PAIRS)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        own = {method.name: method for method in node.body if is_function(method)}
        if own.keys().isdisjoint(_PAIRS):
            return
        names = self._names(node)
        if names is None:
            return
        for name, method in own.items():
            other = _PAIRS.get(name)
            if other is not None and other not in names:
                end = "Python does not take it for an iterator" if "next" in name else "with refuses it"
                self.report(method, f"{node.name} has no {other}: add one, or {end}")

    def _names(self, node: ast.ClassDef) -> set[str] | None:
        """What a class and its bases define; None when not all of them are seen."""
        names: set[str] = set()
        known = {each.name: each for each in self.facts.of(ast.ClassDef)}
        pending, seen = [node], {node}
        while pending:
            each = pending.pop()
            if each.decorator_list or each.keywords:
                return None
            names.update(_defined(each))
            for base in each.bases:
                name = dotted_name(base)
                if name == "object":
                    continue
                if name not in known:
                    return None
                if known[name] not in seen:
                    seen.add(known[name])
                    pending.append(known[name])
        return names


def _defined(node: ast.ClassDef) -> Iterator[str]:
    """The names that the body of a class binds, in whatever block."""
    for part in ast.walk(node):
        if is_function(part):
            yield part.name
        for target in targets_of(part):
            if isinstance(target, ast.Name):
                yield target.id
