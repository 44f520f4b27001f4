"""Texts that are written so that nobody can read them."""

from __future__ import annotations

import ast
import re

from quality.rules import is_text, last_word

#: Last words of functions and methods that turn unreadable bytes into readable ones.
_DECODERS = frozenset(
    [
        "a85decode",
        "b16decode",
        "b32decode",
        "b64decode",
        "b85decode",
        "decodebytes",
        "decompress",
        "fromhex",
        "unhexlify",
        "urlsafe_b64decode",
        "standard_b64decode",
        "z85decode",
    ]
)
#: Functions that make a text, or its letters, of what they are given.
_SHAPING = frozenset({"bytes", "chr", "map", "reversed", "str"})
#: Methods of a text that put it together or change it.
_SHAPERS = frozenset(
    {"decode", "format", "join", "lower", "replace", "strip", "swapcase", "translate", "upper"}
)
#: Longer bytes are no marker or separator, and longer texts no name of a file.
_LONG = 80
#: What is no longer can be a name.
_LONGEST_NAME = 20
#: A line that only a program has.
_STATEMENT = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(.*|class[ \t]+\w+[ \t]*[(:].*|import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?"
    r"|from[ \t]+[\w.]+[ \t]+import[ \t]+[\w*(].*)[ \t]*$",
    re.MULTILINE,
)
#: Options of interpreters that a program follows.
COMMANDING = frozenset({"-c", "-e", "-r", "-p", "--eval", "--print"})
#: Interpreters of other languages, whose programs follow other options than ``-c``.
_INTERPRETERS = frozenset(
    {"bun", "deno", "elixir", "julia", "lua", "node", "nodejs", "osascript", "perl", "php", "Rscript", "ruby"}
)
_ENCODED = re.compile(r"[A-Za-z0-9+/=_\s-]{80,}|[!-~]{120,}")


def is_decoded(node: ast.AST) -> bool:
    """Tells whether an expression decodes or decompresses something on its way."""
    return any(last_word(entry) in _DECODERS for entry in ast.walk(node))


def decoded(node: ast.expr) -> ast.expr:
    """What an expression decodes, on the way of its first arguments."""
    while isinstance(node, ast.Call) and is_decoded(node.func) and node.args:
        node = node.args[0]
    return node


def is_program(value: object) -> bool:
    """Tells whether a constant is a program, or bytes that nobody can read."""
    if isinstance(value, bytes):
        return len(value) > _LONG
    return isinstance(value, str) and bool(_STATEMENT.search(value) or _ENCODED.fullmatch(value))


def is_pieced(node: ast.AST) -> bool:
    """Tells whether a text is made of nothing but constants and yet not written as one."""
    return not isinstance(node, ast.Constant) and _is_fixed(node)


def _is_fixed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str | bytes | int)
    if isinstance(node, ast.BinOp):
        return _is_fixed(node.left) and _is_fixed(node.right)
    if isinstance(node, ast.Subscript):
        return _is_fixed(node.value)
    if isinstance(node, ast.List | ast.Tuple):
        return all(_is_fixed(entry) for entry in node.elts)
    if isinstance(node, ast.JoinedStr):
        return all(_is_fixed(v.value if isinstance(v, ast.FormattedValue) else v) for v in node.values)
    return isinstance(node, ast.Call) and _is_shaping(node)


def _is_shaping(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        # A name is what shapes each part, as in map(chr, ...): what another one holds is not written here.
        return function.id in _SHAPING and all(
            _is_fixed(a) or (isinstance(a, ast.Name) and a.id in _SHAPING) for a in call.args
        )
    if isinstance(function, ast.Attribute) and function.attr in _SHAPERS:
        return _is_fixed(function.value) and all(_is_fixed(argument) for argument in call.args)
    return False


def is_written(text: ast.expr) -> bool:
    """Tells whether the program is in the source itself, written or encoded, compiled first or not."""
    if isinstance(text, ast.Call) and text.args and getattr(text.func, "id", "") == "compile":
        return is_written(text.args[0])
    return is_text(text) or is_decoded(text) or is_pieced(text)


def is_payload(node: ast.AST) -> bool:
    """Tells whether something is a text or bytes that can hold more than a name."""
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str | bytes) and len(value) > _LONGEST_NAME


def is_long(node: ast.expr) -> bool:
    """Tells whether a text has several lines, or more than an expression that is measured or tried out."""
    text = node.value if isinstance(node, ast.Constant) else None
    if isinstance(text, bytes):
        return b"\n" in text or len(text) > _LONG
    return isinstance(text, str) and ("\n" in text or len(text) > _LONG)


def is_command(node: ast.expr) -> bool:
    """Tells whether a command line holds a program: ``[sys.executable, "-c", program]``, ``["node", "-e", program]``."""
    words = node.elts if isinstance(node, ast.List | ast.Tuple) else []
    texts = [word.value if isinstance(word, ast.Constant) else None for word in words]
    flags = COMMANDING if texts[:1] and texts[0] in _INTERPRETERS else {"-c"}
    return any(flag in flags and is_long(word) for flag, word in zip(texts, words[1:], strict=False))
