"""Texts that are made of a template and values."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality_rules._flow._containers import item_key
from quality_rules._flow._texts import looks_like_sql
from quality_rules._flow._values import HOLE, NUMBER, UNKNOWN, Harm, Value, cleaned, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._flow._run import Run

#: A conversion of the % operator: its name, if any, and its type.
_CONVERSION = re.compile(r"%(?:\((\w*)\))?[-#0 +]{0,5}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?([a-zA-Z%])")

#: A field of str.format: its name and its format.
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(![rsa])?(?::([^{}]*))?\}")

#: What digits do not harm, whatever they are.
_OF_LETTERS = Harm.HTML | Harm.XML | Harm.MARKUP
#: Conversions and format types that only numbers pass.
_NUMERIC = frozenset("diouxXeEfFgGcn")


def formatted(run: Run, node: ast.BinOp, template: Value) -> Value:
    """``template % values``."""
    given = run.value(node.right)
    if template.tag == "number" or (template.text is None and not template.taints and not given.taints):
        return NUMBER if template.tag == "number" else merge((template, given))
    if template.text is None or template.is_cut or not run.flow.affords(template.text):
        return run.compose((template, given), node)
    entries = _entries(node.right) if isinstance(node.right, ast.Dict) else None
    pieces: list[Value] = [template._replace(text="")]
    last = index = 0
    for match in _CONVERSION.finditer(template.text):
        if match[2] == "%":
            continue
        pieces.append(Value(unknown=0, text=template.text[last : match.start()]))
        last = match.end()
        if entries is not None and match[1] is not None:
            part = run.seen(entries[match[1]]) if match[1] in entries else UNKNOWN
        else:
            part = _argument(run, node.right, given, match[1], index)
        pieces.append(_only_number(part) if match[2] in _NUMERIC else _as_shown(part, match[2]))
        index += 1
    pieces.append(Value(unknown=0, text=template.text[last:]))
    return run.compose(pieces, node)


def _entries(node: ast.Dict) -> dict[object, ast.expr]:
    """The entries of a dictionary that have constant keys; of several with one key the last."""
    pairs = zip(node.keys, node.values, strict=True)
    return {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}


def _argument(run: Run, node: ast.expr, given: Value, named: str | None, index: int) -> Value:
    if named is None:
        if given.items is not None:
            return given.items[index] if index < len(given.items) else UNKNOWN
        return given
    known = run.state.get(item_key(run.key(node), named))
    if known is not None:
        return known
    if given.tag == "locals":
        return run.lookup(named)
    return given._replace(text=None)


def _only_number(value: Value) -> Value:
    """A value that passed a conversion that takes numbers only."""
    chosen = any(taint.sure and taint.harms & Harm.SQL for taint in value.taints)
    return Value(unknown=(value.unknown & ~_OF_LETTERS) | (Harm.SQL if chosen else 0), text=HOLE)


def _as_shown(value: Value, conversion: str) -> Value:
    return cleaned(value, Harm.LOG | Harm.HEADER) if conversion in "ra" else value


def format_text(
    run: Run, template: Value, node: ast.Call, args: Sequence[Value], named: dict[str | None, Value]
) -> Value:
    """``template.format(...)``."""
    if template.text is None or template.is_cut or not run.flow.affords(template.text):
        return run.compose((template, *args, *named.values()), node)
    pieces: list[Value] = [template._replace(text="")]
    last = index = 0
    for match in _FIELD.finditer(template.text):
        if match[1] is None:
            continue
        pieces.append(Value(unknown=0, text=template.text[last : match.start()]))
        last = match.end()
        part = _field(run, node, match[1], named, args, index)
        numeric = bool(match[3]) and match[3][-1] in "dfFeEgGxXobn%"
        pieces.append(_only_number(part) if numeric else _as_shown(part, (match[2] or "!s")[1]))
        index += not match[1]
    pieces.append(Value(unknown=0, text=template.text[last:]))
    return run.compose(pieces, node)


def _field(
    run: Run, node: ast.Call, key: str, named: dict[str | None, Value], args: Sequence[Value], index: int
) -> Value:
    key = re.split(r"[.\[]", key, maxsplit=1)[0]
    if not key or key.isdigit():
        position = int(key[:4]) if key else index
        if position < len(args):
            return args[position]
        return merge(args)._replace(text=None) if args else UNKNOWN
    known = named.get(key)
    if known is None and None in named:
        # What is spread may be a dictionary whose items are known.
        spread = next(keyword.value for keyword in node.keywords if keyword.arg is None)
        known = run.state.get(item_key(run.key(spread), key))
    return known or named.get(None, UNKNOWN)._replace(text=None)


def joined(run: Run, node: ast.JoinedStr) -> Value:
    """An f-string."""
    if all(isinstance(part, ast.Constant) for part in node.values):
        text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if looks_like_sql(text):
            run.flow.found.judge(Harm.SQL, node, safe=True)
        return Value(unknown=0, text=text)
    return run.compose([run.value(part) for part in node.values], node)


def formatted_value(run: Run, node: ast.FormattedValue) -> Value:
    """A replaced part of an f-string."""
    value = run.value(node.value)
    spec = node.format_spec
    if isinstance(spec, ast.JoinedStr) and spec.values:
        last = spec.values[-1]
        if isinstance(last, ast.Constant) and str(last.value)[-1:] in set("dfFeEgGxXobn%"):
            return _only_number(value)
    return cleaned(value, Harm.LOG | Harm.HEADER) if node.conversion in {ord("r"), ord("a")} else value
