"""The rule broken-dataclass."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, with_defaults
from quality_rules.reliability._made import DISPLAYS, makes_container

if TYPE_CHECKING:
    from quality.model import Source

_ENUMS = ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag")


class BrokenDataclass(AstRule):
    """A dataclass is not made as it is written.

    ## What it does
    Reports fields of a dataclass whose default is a list, a dictionary or a set, also one that a function of the source makes,
    and fields without a default behind one that has one. Reports, too, `@dataclass` on an enumeration, and defaults of
    `__post_init__`.

    ## Why is this bad
    `dataclass` refuses the first two: the module cannot be imported. Members of an enumeration that is a dataclass are equal
    where their fields are, and it has none. `__post_init__` is always given all that it takes: its defaults are never used.

    ## Example
    ```python
    from dataclasses import dataclass

    @dataclass
    class Order:
        name: str
        items: list[str] = []
    ```

    ## Use instead
    ```python
    from dataclasses import dataclass, field

    @dataclass
    class Order:
        name: str
        items: list[str] = field(default_factory=list)
    ```

    ## References
    - [Python documentation: mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2

    VALID = (
        Valid("@dataclass\nclass A:\n    x: int\n    y: int = 0\n    z: int = field(default=0)"),
        Valid("@dataclass\nclass A:\n    x: ClassVar[list[int]] = []\n    y: int", "Of the class"),
        Valid("@dataclass(kw_only=True)\nclass A:\n    x: int = 0\n    y: int", "In any order"),
        Valid("@dataclass\nclass A:\n    x: int = 0\n    _: KW_ONLY\n    y: int"),
        Valid("@dataclass\nclass A:\n    x: int = 0\n    y: int = field(init=False)\n    z = []", "No field"),
        Valid("class A:\n    x: list = []", "No dataclass"),
        Valid("@dataclass\nclass A:\n    x: int = field(**options)\n    y: int = 0", "Given elsewhere"),
    )
    INVALID = (
        Invalid(
            "from dataclasses import dataclass\n\ndef fresh():\n    return [1]\n\n@dataclass\nclass A:\n    x: list[int] = fresh()",
            ("8:20-8:27 dataclass refuses this default: use field(default_factory=…)",),
        ),
        Invalid(
            "import dataclasses, enum\n\n@dataclasses.dataclass\nclass A(enum.Enum):\n    X = 1",
            ("3:2-3:23 A is an enumeration, whose members have no fields: take dataclass away",),
        ),
        Invalid(
            "from dataclasses import InitVar, dataclass\n\n@dataclass\nclass A:\n    x: InitVar[int] = 0\n\n    def __post_init__(self, x: int = 1):\n        self.y = x",
            ("7:38-7:39 x is always given: its default belongs to the field",),
        ),
        Invalid(
            "import dataclasses\n\n@dataclasses.dataclass(frozen=True)\nclass A:\n    x: dict = dataclasses.field(default={})",
            ("5:41-5:43 dataclass refuses this default: use field(default_factory=…)",),
        ),
        Invalid(
            "from dataclasses import dataclass\n\n@dataclass\nclass A:\n    x: int = 0\n    y: int",
            ("6:5-6:11 y has no default and stands behind x, which has one: put it before",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("dataclass")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        decorator = next((each for each in node.decorator_list if self._makes_dataclass(each)), None)
        if decorator is None:
            return
        if any(self.facts.origin(base).endswith(_ENUMS) for base in node.bases):
            self.report(
                decorator, f"{node.name} is an enumeration, whose members have no fields: take dataclass away"
            )
            return
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign) and _is_field(each)]
        for each in fields:
            default = self._default(each.value)
            if default is not None and self._is_refused(default):
                self.report(default, "dataclass refuses this default: use field(default_factory=…)")
        self._check_defaults(node)
        keywords = {keyword.arg for keyword in getattr(decorator, "keywords", ())}
        if keywords.isdisjoint({"kw_only", "init", None}):
            self._check_order(fields)

    def _is_refused(self, default: ast.expr) -> bool:
        made = self.facts.display(default)
        return isinstance(made, DISPLAYS) or (
            isinstance(made, ast.Call) and makes_container(self.facts, made)
        )

    def _check_defaults(self, node: ast.ClassDef) -> None:
        """Reports defaults of what is only called with all of its arguments."""
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name == "__post_init__":
                for place, default in with_defaults(method.args):
                    if default is not None:
                        self.report(default, f"{place.arg} is always given: its default belongs to the field")

    def _check_order(self, fields: list[ast.AnnAssign]) -> None:
        before = ""
        for each in fields:
            name = ast.unparse(each.target)
            if ast.unparse(each.annotation).endswith("KW_ONLY"):
                return
            if self._default(each.value) is not None:
                before = before or name
            elif before and each.value is None:
                self.report(
                    each, f"{name} has no default and stands behind {before}, which has one: put it before"
                )

    def _makes_dataclass(self, decorator: ast.expr) -> bool:
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        return self.facts.origin(made) in {"dataclass", "dataclasses.dataclass"}

    def _default(self, value: ast.expr | None) -> ast.expr | None:
        """The default of a field; None where it has none, or is not part of what the class is made with."""
        if not isinstance(value, ast.Call) or self.facts.origin(value.func) not in {
            "field",
            "dataclasses.field",
        }:
            return value
        given = {keyword.arg: keyword.value for keyword in value.keywords}
        if not {"init", "kw_only"}.isdisjoint(given):
            return None
        return given.get("default", given.get("default_factory"))


def _is_field(statement: ast.AnnAssign) -> bool:
    """Tells whether an annotated name of a class is one of each object."""
    return isinstance(statement.target, ast.Name) and "ClassVar" not in ast.unparse(statement.annotation)
