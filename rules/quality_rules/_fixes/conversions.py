"""Fixes of values that are made in a roundabout way."""

from __future__ import annotations

from typing import Literal

import libcst as cst
import libcst.matchers as m

from quality.rules import Around, Fix
from quality_rules._fixes._syntax import bare, call_of, code, operand, truth

_ONE_ARGUMENT = m.Call(func=m.Name(), args=[m.Arg(keyword=None, star="")])
#: What may stand between the braces of an f-string on any Python, whatever its quotes are.
_TROUBLE = frozenset("'\"\\{}#\n!:=")


class DirectCollection(Fix):
    """Makes a collection directly, and converts in an f-string with its own sign."""

    rules = ("quality:redundant-conversion",)

    def fix_Call(self, node: cst.Call, around: Around) -> cst.BaseExpression | None:
        if not m.matches(node, _ONE_ARGUMENT) or not around.is_builtin(code(node.func)):
            return None
        found = _direct(code(node.func), bare(node.args[0].value))
        if found is None or isinstance(found, cst.Tuple):
            return found
        return found.with_changes(lpar=node.lpar, rpar=node.rpar)

    def place_FormattedStringExpression(self, node: cst.FormattedStringExpression) -> cst.CSTNode:
        return node.expression

    def fix_FormattedStringExpression(
        self, node: cst.FormattedStringExpression, around: Around
    ) -> cst.FormattedStringExpression | None:
        call = node.expression
        if (
            not isinstance(call, cst.Call)
            or not m.matches(call, _ONE_ARGUMENT)
            or not around.is_builtin("str")
        ):
            return None
        return node.with_changes(expression=call.args[0].value, conversion="s")


class WithoutCopy(Fix):
    """Leaves out a list that is made only to be gone through at once."""

    rules = ("quality:needless-copy",)

    def fix_Call(self, node: cst.Call, around: Around) -> cst.BaseExpression | None:
        if not m.matches(node, _ONE_ARGUMENT):
            return None
        value = node.args[0].value
        outer = around.ancestors[-2] if isinstance(around.parent, cst.Arg) else None
        alone = isinstance(outer, cst.Call) and len(outer.args) == 1
        if isinstance(value, cst.GeneratorExp):
            return bare(value) if alone else operand(value)
        return value


class LinesOfFile(Fix):
    """Goes through a file itself instead of the list of its lines."""

    rules = ("quality:whole-file-read",)
    safe = False

    def fix_Call(self, node: cst.Call, around: Around) -> cst.BaseExpression | None:
        del around
        reads = m.matches(node, m.Call(func=m.Attribute(attr=m.Name("readlines")), args=[]))
        return node.func.value if reads and isinstance(node.func, cst.Attribute) else None


class Extreme(Fix):
    """Looks for the smallest or largest element instead of sorting all of them."""

    rules = ("quality:sorted-for-extreme",)
    safe = False

    def fix_Subscript(self, node: cst.Subscript, around: Around) -> cst.Call | None:
        call = node.value
        place = code(node.slice[0].slice)
        if not isinstance(call, cst.Call) or not (around.is_builtin("min") and around.is_builtin("max")):
            return None
        last = any(
            m.matches(each.keyword, m.Name("reverse")) and truth(each.value)
            for each in call.args
            if each.keyword
        )
        kept = [each for each in call.args if not (each.keyword and each.keyword.value == "reverse")]
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return call.with_changes(func=cst.Name("max" if (place == "0") is last else "min"), args=kept)


class FreshElements(Fix):
    """Makes each element of a list anew."""

    rules = ("quality:shared-element",)
    safe = False

    def fix_BinaryOperation(self, node: cst.BinaryOperation, around: Around) -> cst.ListComp | None:
        display, times = (
            (node.left, node.right) if isinstance(node.left, cst.List) else (node.right, node.left)
        )
        if not isinstance(display, cst.List) or len(display.elements) != 1 or "_" in around.used:
            return None
        if not around.is_builtin("range"):
            return None
        turns = cst.CompFor(cst.Name("_"), call_of("range", times))
        return cst.ListComp(display.elements[0].value, turns, lpar=node.lpar, rpar=node.rpar)


class FormattedText(Fix):
    """Writes parts that are added up to a text as one text, an f-string where it has values."""

    rules = ("quality:concatenated-text",)
    safe = False

    def fix_BinaryOperation(self, node: cst.BinaryOperation, around: Around) -> cst.BaseExpression | None:
        if m.matches(around.parent, m.BinaryOperation(operator=m.Add())):
            return None
        parts = _added(node)
        quotes = {part.quote for part in parts if isinstance(part, cst.SimpleString)}
        written = [_written(part, around) for part in parts]
        if len(quotes) != 1 or None in written:
            return None
        (quote,) = quotes
        texts = [part.raw_value for part in parts if isinstance(part, cst.SimpleString)]
        if len(texts) == len(parts):
            return cst.SimpleString(f"{quote}{''.join(texts)}{quote}", lpar=node.lpar, rpar=node.rpar)
        inside = [each for each in written if each is not None]
        end: Literal["'", '"'] = "'" if quote == "'" else '"'
        return cst.FormattedString(inside, f"f{end}", end, lpar=node.lpar, rpar=node.rpar)


def _direct(name: str, value: cst.BaseExpression) -> cst.BaseExpression | None:
    """What makes the same as a constructor that is given a value that was just made."""
    found: cst.BaseExpression | None = None
    match name, value:
        case "list", cst.GeneratorExp():
            found = cst.ListComp(value.elt, value.for_in)
        case "set", cst.GeneratorExp():
            found = cst.SetComp(value.elt, value.for_in)
        case "set", cst.List() | cst.Tuple() if value.elements:
            found = cst.Set(value.elements)
        case "tuple", cst.List():
            found = cst.Tuple(value.elements)
        case "tuple", cst.ListComp():
            found = call_of("tuple", cst.GeneratorExp(value.elt, value.for_in))
        case "tuple", cst.Tuple():
            found = operand(value)
        case "dict", cst.Dict() | cst.DictComp():
            found = value
    return found


def _added(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    """The operands of a chain of additions, in order."""
    found: list[cst.BaseExpression] = []
    while isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _written(part: cst.BaseExpression, around: Around) -> cst.BaseFormattedStringContent | None:
    """A part of a sum as a part of an f-string; None where that would not be the same or need other quotes."""
    if isinstance(part, cst.SimpleString):
        plain = not part.prefix and len(part.quote) == 1
        text = part.raw_value.replace("{", "{{").replace("}", "}}")
        return cst.FormattedStringText(text) if plain and "\\N" not in text else None
    conversions = m.Call(func=m.Name("str") | m.Name("repr"), args=[m.Arg(keyword=None, star="")])
    sign = None
    if isinstance(part, cst.Call) and m.matches(part, conversions):
        if not around.is_builtin(code(part.func)):
            return None
        sign = "r" if code(part.func) == "repr" else None
        part = part.args[0].value
    text = code(part)
    if _TROUBLE & set(text) or not isinstance(part, cst.Name | cst.Attribute | cst.Call | cst.Subscript):
        return None
    return cst.FormattedStringExpression(part, conversion=sign)
