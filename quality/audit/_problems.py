"""Input that cannot be used: named, and left out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Problems:
    """Collects what is wrong with the input, a line each.

    Attributes:
        lines: "where: what is wrong".
    """

    lines: list[str] = field(default_factory=list)

    def add(self, where: object, what: str) -> None:
        """Names one more."""
        self.lines.append(f"{where}: {what}")
