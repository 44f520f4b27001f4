"""Hostile text made visible: what does not show as itself is shown as an escape."""

from __future__ import annotations

#: Letters and marks that count as printable and still show nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(n) for n in range(0xFE00, 0xFE10)
}

_TAB = "    "
#: Characters of a name that a report shows.
_LONGEST = 100


def hidden(character: str) -> bool:
    """Tells whether a character is a control, bidirectional, invisible or unassigned one."""
    return not character.isprintable() or character in _BLANK


def spelled(character: str) -> str:
    r"""Writes a character as Python would escape it (``\x1b``, ``\u202e``)."""
    if character.isascii():
        return repr(character)[1:-1]
    return character.encode("ascii", "backslashreplace").decode("ascii")


def visible(text: str) -> str:
    """Returns the text with hidden characters escaped and tabs as four spaces.

    Terminals and browsers then show every character of the source, in the order in which it is stored:
    no colour change, no overwritten line, no reversed identifier.
    """
    text = text.replace("\t", _TAB)
    if text.isprintable() and text.isascii():
        return text
    return "".join(spelled(character) if hidden(character) else character for character in text)


def shortened(name: str) -> str:
    """A name without its middle where it is longer than any that people read."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 4 :]}"
