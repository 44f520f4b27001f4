"""The rule repeated-member."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, is_literal
from quality_rules._given import given

_ENUMS = frozenset(f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"))


class RepeatedMember(AstRule):
    """Two members of an enumeration are one.

    ## What it does
    Reports members of an enumeration whose value is written again for another member.

    Another name that says so (`EXIT = QUIT`), classes that make their members themselves, and values that are
    computed, are fine.

    ## Why is this bad
    The second is no member: it is another name of the first. It is left out when the members are gone through, prints
    as the first, and is equal to it, so that two cases are one. Mostly a line was copied.

    ## Example
    ```python
    from enum import Enum

    class State(Enum):
        NEW = 1
        PAID = 2
        SENT = 2
    ```

    ## Use instead
    ```python
    from enum import Enum

    class State(Enum):
        NEW = 1
        PAID = 2
        SENT = 3
    ```

    ## References
    - [Python documentation: duplicating enum members and values](https://docs.python.org/3/howto/enum.html#duplicating-enum-members-and-values)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})

    VALID = (
        Valid("from enum import Enum\n\nclass A(Enum):\n    QUIT = 1\n    EXIT = QUIT", "It says so"),
        Valid("from enum import Enum, auto\n\nclass A(Enum):\n    X = auto()\n    Y = auto()", "They differ"),
        Valid(
            "from enum import Enum\n\nclass A(Enum):\n    X = 1\n    Y = 1\n\n    def __new__(cls, value):\n        return make(cls, value)",
            "It makes them itself",
        ),
        Valid("from enum import Enum\n\nclass A(Enum):\n    X = 1\n    _Y = 1\n    Z = '1'", "No members"),
        Valid("class A:\n    X = 1\n    Y = 1", "No enumeration"),
    )
    INVALID = (
        Invalid(
            "import enum\n\nclass A(str, enum.Enum):\n    X = 'x'\n    Y = 'y'\n    Z = 'x'",
            ("6:9-6:12 Z has the value of X, and is the same member: give it one of its own",),
        ),
        Invalid(
            "from enum import IntFlag\n\nclass A(IntFlag):\n    X = 1\n    Y: int = True",
            ("5:14-5:18 Y has the value of X, and is the same member: give it one of its own",),
        ),
        Invalid(
            "from enum import Enum\n\nclass A(Enum):\n    X = (1, 'a')\n    Y = (1, 'a')",
            ("5:9-5:17 Y has the value of X, and is the same member: give it one of its own",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        bases = {self.facts.origin(base) for base in node.bases}
        if bases.isdisjoint(_ENUMS):
            return
        # Numbers may be those of somebody else, who has two names for one of them.
        sure = Confidence.LOW if any("Int" in base for base in bases) else None
        if any(isinstance(each, ast.FunctionDef) and each.name == "__new__" for each in node.body):
            return
        found: dict[object, str] = {}
        for name, value in [pair for statement in node.body for pair in given(statement)]:
            if name.startswith("_") or not is_literal(value):
                continue
            first = found.setdefault(_value(value), name)
            if first != name:
                message = f"{name} has the value of {first}, and is the same member: give it one of its own"
                self.report(value, message, confidence=sure)


def _value(node: ast.expr) -> object:
    """What two literals have in common that are equal: 1 and True are, and 1 and '1' are not."""
    return node.value if isinstance(node, ast.Constant) else ast.dump(node)
