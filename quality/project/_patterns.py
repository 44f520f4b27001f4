"""Patterns of paths as in ``.gitignore`` files, which may be part of what is judged: none raises or takes long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stars, a set of characters, or one character, perhaps escaped.
_TOKEN = re.compile(
    r"(?P<stars>\*+)|\[(?P<but>[!^]?)(?P<set>(?:\\.|[^\\])(?:\\.|[^\]\\])*)\]|(?P<one>\\?.)", re.DOTALL
)
_MEMBER = re.compile(r"\\?[^-]|-", re.DOTALL)


class PathPatterns:
    """Which paths a list of patterns means. As in git the last one that fits decides, and ``!`` takes back.

    One that fits the path itself goes before one that only fits a folder above it.

    Args:
        lines: Patterns, and comments.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        patterns = [(pattern_of(line), not line.startswith("!")) for line in lines]
        self._last_first = [(pattern, meant) for pattern, meant in reversed(patterns) if pattern]

    def match(self, path: str) -> bool:
        """Tells whether the patterns mean a path, with forward slashes; that of a folder ends with one."""
        above: bool | None = None
        for pattern, meant in self._last_first:
            found = pattern.match(path)
            if found and not found["below"]:
                return meant
            if found and above is None:
                above = meant
        return bool(above)


def pattern_of(line: str) -> re.Pattern[str] | None:
    """The paths that a line means, as a regular expression; None where these are none, as of a comment.

    It takes linear time: what stands between two stars is looked for where it comes first, and nowhere else.
    """
    text = line if line.endswith("\\ ") else line.rstrip(" ")
    path = text.removeprefix("!").removesuffix("/")
    parts = path.removeprefix("/").split("/")
    if text.startswith("#") or not all(parts):
        return None
    if "/" not in path:
        parts.insert(0, "**")
    if parts[-1] == "**":
        parts.append("*")
    itself = r"/\Z" if text.endswith("/") else r"/?\Z"
    try:
        return re.compile(f"{_folders(parts)}(?:{itself}|(?P<below>/))")
    except re.error:
        return None


def _folders(parts: list[str]) -> str:
    """Segments of a path; ``**`` stands for any number of them, and is not the last."""
    pieces: list[list[str]] = [[]]
    for part in parts:
        if part != "**":
            pieces[-1].append(_segment(part))
        elif pieces[-1] or len(pieces) == 1:
            pieces.append([])
    first, *others = ["".join(f"{segment}/" for segment in piece) for piece in pieces]
    if not others:
        return first.removesuffix("/")
    between = "".join(f"(?>(?:[^/]++/)*?{piece})" for piece in others[:-1])
    return f"{first}{between}(?:[^/]++/)*{others[-1].removesuffix('/')}"


def _segment(part: str) -> str:
    """One name between slashes, in which a star stands for any characters."""
    if not part.strip("*"):
        return "[^/]+"
    pieces = [""]
    for token in _TOKEN.finditer(part):
        if token["stars"]:
            pieces.append("")
        else:
            pieces[-1] += _character(token)
    first, *others = pieces
    if not others:
        return first
    between = "".join(f"(?>[^/]*?{piece})" for piece in others[:-1])
    return f"{first}{between}[^/]*{others[-1]}"


def _character(token: re.Match[str]) -> str:
    one = token["one"]
    if one == "\\":
        raise re.error("nothing stands behind a backslash")
    if one:
        return "[^/]" if one == "?" else re.escape(one[-1])
    members = _MEMBER.sub(lambda each: "-" if each[0] == "-" else re.escape(each[0][-1]), token["set"])
    return f"(?!/)[{'^' if token['but'] else ''}{members}]"
