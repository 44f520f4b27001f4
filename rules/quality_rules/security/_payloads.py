"""Texts that are written so that nobody can read them."""

from __future__ import annotations

import ast
import re

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
#: Methods of a text that put it together or change it.
_SHAPERS = frozenset(
    {"decode", "format", "join", "lower", "replace", "strip", "swapcase", "translate", "upper"}
)
#: Longer bytes are no marker or separator.
_LONG = 80
#: A line that only a program has.
_STATEMENT = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(.*|class[ \t]+\w+[ \t]*[(:].*|import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?"
    r"|from[ \t]+[\w.]+[ \t]+import[ \t]+[\w*(].*)[ \t]*$",
    re.MULTILINE,
)
_ENCODED = re.compile(r"[A-Za-z0-9+/=_\s-]{80,}|[!-~]{120,}")


def is_decoded(node: ast.AST) -> bool:
    """Tells whether an expression decodes or decompresses something on its way."""
    return any(
        isinstance(entry, ast.Attribute | ast.Name)
        and (entry.attr if isinstance(entry, ast.Attribute) else entry.id) in _DECODERS
        for entry in ast.walk(node)
    )


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
        shapes = function.id in {"bytes", "chr", "map", "reversed", "str"}
        return shapes and all(_is_fixed(a) or isinstance(a, ast.Name) for a in call.args)
    if isinstance(function, ast.Attribute) and function.attr in _SHAPERS:
        return _is_fixed(function.value) and all(_is_fixed(argument) for argument in call.args)
    return False
