"""Where something stands in a source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range of a source's text.

    Lines and columns are 1-based everywhere in this project. Columns count Unicode code points, not bytes
    and not UTF-16 units. The end is exclusive: ``end_column`` is the column behind the last character.

    Attributes:
        path: The source's logical path, with forward slashes.
        line: First line.
        column: Column of the first character.
        end_line: Line of the last character.
        end_column: Column behind the last character.
    """

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        if self.line < 1 or self.column < 1:
            raise ValueError(f"lines and columns are 1-based, got {self.line}:{self.column}")
        if self.end_line < self.line:
            object.__setattr__(self, "end_line", self.line)
        if self.end_column < 1 or (self.end_line == self.line and self.end_column < self.column):
            object.__setattr__(self, "end_column", self.column)
