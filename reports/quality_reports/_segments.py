"""Large digits from plain characters."""

from __future__ import annotations

# Seven segments each: three rows of three characters.
_GLYPHS = {
    "0": (" _ ", "| |", "|_|"),
    "1": ("   ", "  |", "  |"),
    "2": (" _ ", " _|", "|_ "),
    "3": (" _ ", " _|", " _|"),
    "4": ("   ", "|_|", "  |"),
    "5": (" _ ", "|_ ", " _|"),
    "6": (" _ ", "|_ ", "|_|"),
    "7": (" _ ", "  |", "  |"),
    "8": (" _ ", "|_|", "|_|"),
    "9": (" _ ", "|_|", " _|"),
    ".": (" ", " ", "."),
    "-": ("   ", " _ ", "   "),
    "A": (" _ ", "|_|", "| |"),
    "B": (" _ ", "|_)", "|_)"),
    "C": (" _ ", "|  ", "|_ "),
    "D": (" _ ", "| \\", "|_/"),
    "E": (" _ ", "|_ ", "|_ "),
}


def banner(number: str, grade: str) -> tuple[str, str, str]:
    """Draws a score and its grade three rows high; a grade that has no glyph stands beside it."""
    glyphs = [_GLYPHS[character] for character in number]
    drawn = [_GLYPHS[character] for character in grade if character in _GLYPHS]
    rows = [" ".join(glyph[row] for glyph in glyphs) for row in range(3)]
    if len(drawn) == len(grade):
        rows = [f"{row}     {' '.join(glyph[n] for glyph in drawn)}" for n, row in enumerate(rows)]
    else:
        rows[2] = f"{rows[2]}     {grade}"
    return (rows[0], rows[1], rows[2])
