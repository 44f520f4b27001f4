"""From bytes or text to a source that analyzers may see, or a refusal."""

from __future__ import annotations

import ast
import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.analysis._directives import neutralise
from quality.analysis._gate import check_text, check_tree
from quality.model import Reason, Source

if TYPE_CHECKING:
    from quality.model import Directive, Limits, Role

#: The rule of the language reference: in the first line, or in the second after a comment or blank line.
_COOKIE = re.compile(r"(?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
_UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii", "u8"})
#: End lines for ``str.splitlines`` but not for the parser: analyzers that split would see other lines.
_FALSE_NEWLINES = "\x0b\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKED = str.maketrans(dict.fromkeys(_FALSE_NEWLINES, " "))
#: So do form feeds, but before the first word of a line they belong to its indentation.
_LINE = re.compile("^([ \t\x0c]*)(.*)$", re.MULTILINE)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not analysed.

    Attributes:
        reason: The reason.
        detail: In words.
        text: The decoded text where there is one, for reports.
    """

    reason: Reason
    detail: str
    text: str = ""


def prepare(data: str | bytes, path: str, limits: Limits, role: Role = "product") -> Source | Refusal:
    """Decodes, checks the limits, blanks directives and parses.

    Args:
        data: Text, or bytes as read from a file.
        path: Logical path.
        limits: What is refused.
        role: Product code or tests.
    """
    try:
        original = decode(data) if isinstance(data, bytes) else data
    except UnicodeError as error:
        return Refusal(Reason.ENCODING, str(error))
    original = with_newlines(original)
    problem = _characters(original) or check_text(original, limits)
    if problem:
        return Refusal(*problem, original)
    if not original.strip():
        return Refusal(Reason.EMPTY, "no text", original)
    text, directives = readable(original, path)
    source = Source(text, path, original=original, directives=directives, role=role)
    problem = _parse(source, limits)
    return Refusal(*problem, original) if problem else source


def with_newlines(text: str) -> str:
    r"""A decoded text with ``\n`` behind each line, and without the mark before the first."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def readable(text: str, path: str) -> tuple[str, tuple[Directive, ...]]:
    """The text that analyzers see, without directives, and these.

    Args:
        text: Decoded text with newlines of one kind.
        path: Logical path.
    """
    return neutralise(_one_kind_of_line(text), path)


def decode(data: bytes) -> str:
    """Decodes strictly as UTF-8, with or without a byte order mark.

    Raises:
        UnicodeError: The bytes are something else.
    """
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnicodeError(f"byte {error.start} is not UTF-8") from None


def _one_kind_of_line(text: str) -> str:
    """Blanks what ends a line for some tools and not for others."""
    if any(map(text.__contains__, _FALSE_NEWLINES)):
        text = text.translate(_BLANKED)
    if "\x0c" not in text:
        return text
    return _LINE.sub(lambda line: (line[1] if line[2] else _flat(line[1])) + _flat(line[2]), text)


def _flat(text: str) -> str:
    return text.replace("\x0c", " ")


def _characters(text: str) -> tuple[Reason, str] | None:
    if "\0" in text:
        return Reason.ENCODING, "the text has a NUL character"
    if not text.isascii() and _SURROGATES.search(text):
        return Reason.ENCODING, "the text has a lone surrogate"
    cookie = _COOKIE.match(text)
    if cookie and cookie[1].lower().replace("_", "-") not in _UTF8:
        # Also of text that came decoded: analyzers that read bytes would see another program.
        return Reason.ENCODING, f"the text says it is {cookie[1]}, not UTF-8"
    return None


def _parse(source: Source, limits: Limits) -> tuple[Reason, str] | None:
    try:
        tree = source.tree
    except SyntaxError as error:
        return Reason.SYNTAX_ERROR, f"line {error.lineno or 1}: {error.msg}"
    except (RecursionError, MemoryError):
        return Reason.TOO_LARGE, "nested too deeply for the parser"
    except ValueError as error:
        return Reason.SYNTAX_ERROR, str(error)
    problem = check_tree(source.nodes, limits)
    if problem is None and all(_says_nothing(statement) for statement in tree.body):
        return Reason.EMPTY, "no statement that does anything"
    return problem


def _says_nothing(statement: ast.stmt) -> bool:
    """True for ``pass``, ``...``, docstrings and other bare constants, and words to the compiler."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )
