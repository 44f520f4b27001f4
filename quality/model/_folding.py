"""The text, bytes or number that an expression of nothing but constants comes out as."""

from __future__ import annotations

import ast
import base64
import binascii
from typing import TYPE_CHECKING, Any

from quality.model._disguised import made_constant

if TYPE_CHECKING:
    from collections.abc import Callable

#: Longer texts are not put together, and expressions are not followed deeper.
_LONGEST = 400
_DEEPEST = 12
#: The first number that is no character.
_SURROGATES = 0xD800

#: Functions and methods of one text or bytes that give another.
_DECODERS: dict[str, Callable[[str | bytes], bytes]] = {
    "b64decode": base64.b64decode,
    "standard_b64decode": base64.b64decode,
    "urlsafe_b64decode": base64.urlsafe_b64decode,
    "b32decode": base64.b32decode,
    "b16decode": base64.b16decode,
    "unhexlify": binascii.unhexlify,
}
_CHANGES = frozenset({"lower", "upper", "strip", "lstrip", "rstrip", "swapcase", "title", "capitalize"})


class Folding:
    """Computes constants without running anything but concatenation, slices and decoding of short texts.

    Args:
        lookup: Says what a name stands for, where that is certain.
    """

    def __init__(self, lookup: Callable[[ast.Name], ast.expr | None]) -> None:
        self._lookup = lookup
        self._known: dict[ast.AST, object] = {}

    def value(self, node: ast.AST | None, depth: int = 0) -> object:
        """The constant that an expression is, a list of such for a list; None for anything else, and for None."""
        if isinstance(node, ast.Constant):
            return node.value
        fold = None if node is None else _FOLDS.get(type(node))
        if node is None or fold is None or depth > _DEEPEST:
            return None
        if node not in self._known:
            found = fold(self, node, depth + 1)
            long = isinstance(found, str | bytes | list) and len(found) > _LONGEST
            self._known[node] = None if long else found
        return self._known[node]

    def _of_name(self, node: ast.Name, depth: int) -> object:
        bound = self._lookup(node)
        if isinstance(bound, ast.List) and not bound.elts:
            return None  # it is there to be filled
        return None if bound is None else self.value(bound, depth)

    def _of_operation(self, node: ast.BinOp, depth: int) -> object:
        if not isinstance(node.op, ast.Add | ast.Mult):
            return None
        left, right = self.value(node.left, depth), self.value(node.right, depth)
        return _joined(left, right) if isinstance(node.op, ast.Add) else _repeated(left, right)

    def _of_sign(self, node: ast.UnaryOp, depth: int) -> object:
        inner = self.value(node.operand, depth)
        if inner is None and not _is_none(node.operand):
            return None
        if isinstance(node.op, ast.Not):
            return not inner
        return -inner if isinstance(node.op, ast.USub) and isinstance(inner, int | float) else None

    def _of_pieces(self, node: ast.JoinedStr, depth: int) -> object:
        parts: list[object] = []
        for part in node.values:
            plain = (
                isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None
            )
            parts.append(self.value(part.value if plain else part, depth))  # type: ignore[attr-defined]
        return "".join(map(str, parts)) if all(isinstance(part, str | int) for part in parts) else None

    def _of_list(self, node: ast.List | ast.Tuple, depth: int) -> object:
        entries = [self.value(entry, depth) for entry in node.elts[:_LONGEST]]
        return entries if None not in entries else None

    def _of_item(self, node: ast.Subscript, depth: int) -> object:
        whole = self.value(node.value, depth)
        if not isinstance(whole, str | bytes | list):
            return None
        if isinstance(node.slice, ast.Slice):
            bounds = (node.slice.lower, node.slice.upper, node.slice.step)
            places = [None if bound is None else self.value(bound, depth) for bound in bounds]
            known = [place for place in places if isinstance(place, int)]
            given = len(bounds) - bounds.count(None)
            lower, upper, step = (place if isinstance(place, int) else None for place in places)
            return whole[lower:upper:step] if len(known) == given and step != 0 else None
        place = self.value(node.slice, depth)
        return whole[place] if isinstance(place, int) and -len(whole) <= place < len(whole) else None

    def _of_call(self, node: ast.Call, depth: int) -> object:
        function = node.func
        if node.keywords or any(isinstance(entry, ast.Starred) for entry in node.args):
            return None
        if isinstance(function, ast.Name):
            made = made_constant(node)
            return self._of_function(function.id, node.args, depth) if made is None else made.value
        if not isinstance(function, ast.Attribute):
            return None
        if function.attr in _DECODERS or function.attr == "fromhex":
            return _decoded(function.attr, self.value(node.args[0], depth)) if node.args else None
        owner = self.value(function.value, depth)
        return None if owner is None else self._of_method(owner, function.attr, node.args, depth)

    def _of_function(self, name: str, arguments: list[ast.expr], depth: int) -> object:
        given = [self.value(argument, depth) for argument in arguments]
        if name == "map" and given and getattr(arguments[0], "id", "") == "chr":
            return _characters(given[-1])
        if name == "bool":
            known = not arguments or given[0] is not None or _is_none(arguments[0])
            return any(given) if known else None
        inner = given[0] if len(given) == 1 else None
        if name == "reversed" and isinstance(inner, str | list):
            return list(reversed(inner))
        if name == "chr":
            characters = _characters([inner])
            return characters and characters[0]
        return inner if name == "str" and isinstance(inner, str) else None

    def _of_method(self, owner: object, name: str, arguments: list[ast.expr], depth: int) -> object:
        given = [self.value(argument, depth) for argument in arguments]
        if isinstance(owner, bytes):
            return owner.decode("utf-8", "replace") if name == "decode" else None
        if not isinstance(owner, str):
            return None
        match (name, given):
            case ("encode", []):
                return owner.encode("utf-8", "replace")
            case ("join", [list(parts)]):
                return owner.join(parts) if all(isinstance(part, str) for part in parts) else None
            case ("replace", [str(old), str(new)]) if old:
                return owner.replace(old, new)
        changed: object = getattr(owner, name)() if name in _CHANGES and not given else None
        return changed


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _joined(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return left + right if isinstance(left, bytes) and isinstance(right, bytes) else None


def _repeated(text: object, times: object) -> object:
    if isinstance(text, int):
        text, times = times, text
    known = isinstance(text, str | bytes) and isinstance(times, int) and len(text) * times <= _LONGEST
    return text * times if known else None  # type: ignore[operator]


def _decoded(name: str, data: object) -> object:
    if name == "fromhex":
        name = "unhexlify"
    if not isinstance(data, str | bytes) or not data or len(data) > _LONGEST:
        return None
    try:
        return _DECODERS[name](data)
    except ValueError:
        return None


def _characters(numbers: object) -> list[str] | None:
    """The characters with these numbers; the surrogates among them are none."""
    entries = numbers if isinstance(numbers, list) else [None]
    known = [number for number in entries if isinstance(number, int) and 0 <= number < _SURROGATES]
    return [chr(number) for number in known] if len(known) == len(entries) else None


#: Type of expression → what computes it.
_FOLDS: dict[type[ast.AST], Callable[[Folding, Any, int], object]] = {
    kind: getattr(Folding, name)
    for kind, name in {
        ast.Name: "_of_name",
        ast.BinOp: "_of_operation",
        ast.UnaryOp: "_of_sign",
        ast.JoinedStr: "_of_pieces",
        ast.List: "_of_list",
        ast.Tuple: "_of_list",
        ast.Subscript: "_of_item",
        ast.Call: "_of_call",
    }.items()
}
