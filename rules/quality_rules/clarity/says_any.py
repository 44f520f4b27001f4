"""The rule says-any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, last_word

if TYPE_CHECKING:
    from quality.model import FunctionNode


class SaysAny(AstRule):
    """The annotations of a function say nothing.

    ## What it does
    Reports functions whose parameters and result are all annotated, each with `Any`.

    Functions with one parameter, those that say something of one of them, and overrides and special methods, whose signature
    another class makes, are fine.

    ## Why is this bad
    They look like a contract and are none: the reader learns no more than without them, and a type checker is told to look away.

    ## Example
    ```python
    from typing import Any

    def merge(first: Any, second: Any) -> Any:
        return {**first, **second}
    ```

    ## Use instead
    ```python
    def merge(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
        return {**first, **second}
    ```

    ## References
    - [Python documentation: the Any type](https://docs.python.org/3/library/typing.html#the-any-type)
    """

    dimension = "clarity"
    needs = frozenset({"Any"})
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5

    fewest = Setting(2, "Fewest parameters.", minimum=1)

    VALID = (
        Valid("def dumps(value: Any) -> Any:\n    return value"),
        Valid("def f(a: Any, b: int) -> Any:\n    return a[b]"),
        Valid("def f(a: Any, b: Any) -> bool:\n    return a == b"),
        Valid("def f(*args: Any, **kwargs: Any) -> Any:\n    return g(*args, **kwargs)", "It passes them on"),
        Valid(
            "class A(B):\n    def f(self, a: Any, b: Any) -> Any:\n        return a", "Its base may say so"
        ),
    )
    INVALID = (
        Invalid(
            "def f(a: Any, b: typing.Any) -> Any:\n    return a + b",
            ("1:1-1:37 each annotation of f() is Any: say what it takes and gives",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        owner = self.facts.class_of(function)
        named = function.name.startswith("__") or bool(owner is not None and owner.bases)
        if function.returns is None or named or function.decorator_list:
            return
        arguments = function.args
        given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs][owner is not None :]
        said = [each.annotation for each in given]
        if len(said) >= self.fewest and all(
            each is not None and last_word(each) == "Any" for each in [*said, function.returns]
        ):
            self.report(function, f"each annotation of {function.name}() is Any: say what it takes and gives")
