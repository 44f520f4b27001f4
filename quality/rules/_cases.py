"""The cases of a rule: its tests, and the examples on its page."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import OptionValue, Role


@dataclass(frozen=True, slots=True)
class Valid:
    """Code that a rule must not report.

    Attributes:
        code: The text; common indentation and outer blank lines are taken off.
        reason: Why it is fine, as a short phrase for the rule's page; may be empty.
        options: Values of the rule's options in this case.
        role: Product code or tests.
    """

    code: str
    reason: str = ""
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    role: Role = "product"

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", _dedent(self.code))


@dataclass(frozen=True, slots=True)
class Invalid:
    """Code that a rule must report, and exactly how.

    Attributes:
        code: The text; common indentation and outer blank lines are taken off.
        expected: One ``line:column-end_line:end_column message`` per finding, in order of appearance.
        options: Values of the rule's options in this case.
        role: Product code or tests.
        fixed: The code when the fixes of the rule are done with it; None where they leave it as it is.
    """

    code: str
    expected: tuple[str, ...]
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    role: Role = "product"
    fixed: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", _dedent(self.code))
        if self.fixed is not None:
            object.__setattr__(self, "fixed", _dedent(self.fixed))


def _dedent(code: str) -> str:
    return textwrap.dedent(code).strip("\n") + "\n"
