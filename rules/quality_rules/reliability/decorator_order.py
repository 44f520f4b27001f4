"""The rule decorator-order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode

_DESCRIPTORS = ("property", "classmethod", "staticmethod")
#: Decorators that need a function, and get none where one of the above is below them.
_NEED_FUNCTION = frozenset(
    {
        *("abc.abstractmethod", "contextlib.contextmanager", "contextlib.asynccontextmanager"),
        *("functools.cache", "functools.lru_cache", "functools.cached_property", "functools.singledispatch"),
        *("functools.wraps",),
    }
)
_RECEIVER = "django.dispatch.receiver"


class DecoratorOrder(AstRule):
    """Decorators stand in an order in which they do not work.

    ## What it does
    Reports `@abstractmethod`, `@lru_cache`, `@contextmanager`, `@property` and others that decorate functions above
    `@property`, `@classmethod` or `@staticmethod`; and any decorator above Django's `@receiver`.

    `@property` above `@abstractmethod` and `@lru_cache`, and other receivers above a receiver, are fine.

    ## Why is this bad
    The lowest decorator comes first. What `property`, `classmethod` and `staticmethod` make is no function, so the next one
    raises an error, or gets `self` in its arguments. `receiver` keeps what it gets: decorators above are never asked.

    ## Example
    ```python
    from abc import ABC, abstractmethod

    class Shape(ABC):
        @abstractmethod
        @property
        def area(self):
            '''The area in square metres.'''
    ```

    ## Use instead
    ```python
    from abc import ABC, abstractmethod

    class Shape(ABC):
        @property
        @abstractmethod
        def area(self):
            '''The area in square metres.'''
    ```

    ## References
    - [Python documentation: abc.abstractmethod](https://docs.python.org/3/library/abc.html#abc.abstractmethod)
    - [Django documentation: signals](https://docs.djangoproject.com/en/stable/topics/signals/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({*_DESCRIPTORS, "receiver"})

    VALID = (
        Valid(
            "import functools\n\nclass A:\n    @property\n    @functools.lru_cache\n    def f(self):\n        return 1"
        ),
        Valid(
            "import contextlib\n\nclass A:\n    @staticmethod\n    @contextlib.contextmanager\n    def f():\n        yield 1"
        ),
        Valid(
            "from typing import override\n\nclass A:\n    @override\n    @property\n    def f(self):\n        return 1",
            "It only marks",
        ),
        Valid(
            "class A:\n    @f.setter\n    @property\n    def f(self):\n        return 1", "Another decorator"
        ),
        Valid(
            "from django.dispatch import receiver\n\n@receiver(saved)\n@receiver(deleted)\n@atomic\ndef f(sender):\n    show(sender)"
        ),
    )
    INVALID = (
        Invalid(
            "import functools\n\nclass A:\n    @functools.lru_cache(maxsize=8)\n    @classmethod\n    def f(cls):\n        return 1",
            ("4:6-4:25 @functools.lru_cache gets no function, but a classmethod: put it below @classmethod",),
        ),
        Invalid(
            "class A:\n    @property\n    @traced\n    @staticmethod\n    def f():\n        return 1",
            ("2:6-2:14 @property gets no function, but a staticmethod: put it below @staticmethod",),
        ),
        Invalid(
            "from django import dispatch\n\n@atomic\n@dispatch.receiver(saved)\ndef f(sender):\n    show(sender)",
            ("3:2-3:8 the signal calls the function without @atomic: put it below @receiver",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        made = [each.func if isinstance(each, ast.Call) else each for each in function.decorator_list]
        for place, upper in enumerate(made):
            for lower in made[place + 1 :]:
                if self._needs_function(upper) and self.facts.is_builtin(lower, *_DESCRIPTORS):
                    name, below = ast.unparse(upper), ast.unparse(lower)
                    self.report(upper, f"@{name} gets no function, but a {below}: put it below @{below}")
                elif self.facts.origin(lower) == _RECEIVER != self.facts.origin(upper):
                    name = ast.unparse(upper)
                    self.report(
                        upper, f"the signal calls the function without @{name}: put it below @receiver"
                    )

    def _needs_function(self, decorator: ast.expr) -> bool:
        return self.facts.origin(decorator) in _NEED_FUNCTION or self.facts.is_builtin(decorator, "property")
