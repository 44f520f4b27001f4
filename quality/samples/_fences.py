"""Fenced blocks of Markdown, found in one pass over the lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = re.compile(r"(?P<indent>[ \t]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>.*+)")
_TAG = re.compile(r"\{?[ \t]*+\.?([\w+#.-]*+)")
_PYTHON = re.compile(r"(?:python|py)[\d.]*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        code: Its text, without the fence's indentation.
        tag: The language, lower case; empty when none is named.
        closed: False when the text ends before the fence does.
    """

    code: str
    tag: str
    closed: bool

    @property
    def is_python(self) -> bool:
        """True for ``python``, ``py``, ``Python3`` and the like."""
        return _PYTHON.fullmatch(self.tag) is not None


def find_blocks(text: str) -> list[Block]:
    r"""Finds the fenced blocks of a text, in order.

    As in CommonMark, a fence is closed by a line of at least as many of the same characters and nothing
    else, indented no more than three columns deeper; so a fence inside a docstring closes nothing. Unlike
    there, a fence may be indented by any amount (models nest them in lists).

    Args:
        text: Text with ``\\n`` as newline. Takes linear time, whatever it holds.
    """
    blocks: list[Block] = []
    opening: re.Match[str] | None = None
    inside: list[str] = []
    for line in text.split("\n"):
        fence = _OPENING.fullmatch(line) if "```" in line or "~~~" in line else None
        if opening is None:
            if fence and not ("`" in fence["info"] and fence["fence"][0] == "`"):
                opening, inside = fence, []
        elif fence and _closes(fence, opening):
            blocks.append(_block(opening, inside, closed=True))
            opening = None
        else:
            inside.append(line)
    if opening is not None:
        blocks.append(_block(opening, inside, closed=False))
    return blocks


def _closes(fence: re.Match[str], opening: re.Match[str]) -> bool:
    return (
        not fence["info"]
        and fence["fence"].startswith(opening["fence"])
        and len(fence["indent"].expandtabs(4)) <= len(opening["indent"].expandtabs(4)) + 3
    )


def _block(opening: re.Match[str], lines: list[str], *, closed: bool) -> Block:
    tag = _TAG.match(opening["info"])
    indent = opening["indent"]
    first = next((line for line in lines if line.strip()), "")
    if indent and first.startswith(indent):
        lines = [_dedent(line, indent) for line in lines]
    code = "\n".join(lines)
    return Block(f"{code}\n" if closed and lines else code, tag.group(1).lower() if tag else "", closed)


def _dedent(line: str, indent: str) -> str:
    """Removes the fence's indentation, or what a line has of it."""
    return line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t")
