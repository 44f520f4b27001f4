"""The values of methods of texts, containers and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._flow._containers import CHANGING_METHODS, change, item, setting
from quality_rules._flow._expressions import element_of
from quality_rules._flow._formatting import format_text
from quality_rules._flow._knowledge import CARRYING_METHODS, HARMLESS_TYPES
from quality_rules._flow._stored import opened
from quality_rules._flow._values import (
    ALL,
    EXACT,
    NUMBER,
    OWN_FILE,
    UPLOAD,
    UPLOADS,
    Harm,
    Value,
    cleaned,
    merge,
    moved,
    number_of,
)

if TYPE_CHECKING:
    import ast

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run


#: Methods of a text or template that put values into it.
_FILLING = frozenset({"substitute", "safe_substitute", "format_map", "__add__", "__mod__", "__radd__"})


def method(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    """What a method returns; None when nothing is known of it."""
    receiver, last = called.receiver, called.last
    changed = _of_text(run, called, function)
    if changed is not None:
        return changed
    if last in {"hexdigest", "digest"}:
        return NUMBER
    if last in CHANGING_METHODS:
        taken = change(run, function.value, called)
        if taken is not None:
            return taken
    if receiver.tag in {"path", "normal"} and last in {"open", "read_bytes"} and not receiver.taints:
        return opened(receiver, called.args[0] if called.args else None)
    if receiver.tag == "config":
        known = setting(run, function.value, called)
        if known is not None:
            return known
    carries = last in CARRYING_METHODS and receiver.tag != "self"
    return _carried_by_method(run, called, function) if carries else None


def _of_text(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    """What a method makes of a text."""
    receiver, last = called.receiver, called.last
    put = _put_together(run, called)
    if put is not None:
        return put
    if last in {"encode", "decode", "strip", "lower", "upper", "lstrip", "rstrip"}:
        tag = "" if receiver.tag == EXACT else receiver.tag
        return receiver._replace(items=None, tag=tag, basis=receiver.basis or run.names(function.value))
    if last == "replace" and len(called.args) > 1:
        # Browsers read a backslash as a slash: what is checked of such a URL is checked of it.
        basis = run.names(function.value) if called.args[0].text == "\\" else ()
        return _replaced(called)._replace(basis=basis)
    if last == "translate" or (last == "as_json" and "escape_html" in called.named):
        return cleaned(receiver, Harm.HTML | Harm.LOG | Harm.HEADER)._replace(unknown=ALL)
    return None


def _put_together(run: Run, called: Called) -> Value | None:
    """What a text becomes that others are put into."""
    if called.last == "format":
        return format_text(run, called.receiver, called.node, called.args, called.named)
    if called.last in _FILLING:
        return run.compose((called.receiver, *called.given), called.node)
    if called.last == "join" and len(called.args) == 1:
        return _joined(run, called.receiver, called.args[0], called.node)
    return None


def _carried_by_method(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    receiver, last, node = called.receiver, called.last, called.node
    if last in {"resolve", "absolute"}:
        whole = moved(receiver, node, f"{last}() hands it on")
        return whole._replace(tag="normal", basis=run.names(function.value) or receiver.basis)
    if last == "joinpath":
        return run.compose([receiver, *called.args], node)._replace(tag="path")
    if last == "get" and not receiver.taints and receiver.unknown:
        return None
    known = _looked_up(run, called, function) if last in {"get", "getlist", "pop"} else None
    if known is not None:
        return known
    if receiver.each is not None and last in {"keys", "items"}:
        pair = merge((receiver,))._replace(items=(receiver.each, merge((receiver,))))
        return (
            receiver.each._replace(tag="list")
            if last == "keys"
            else pair._replace(tag="list", items=None, each=pair)
        )
    values = [receiver, *called.args[1:]] if last in {"get", "pop", "setdefault"} else [receiver]
    whole = moved(merge(values), node, f"{last}() hands it on")
    tag = "list" if last.startswith("read") and receiver.tag != OWN_FILE else receiver.tag
    if last.startswith(("split", "rsplit")):
        tag = "words"
    if last == "dict" and receiver.tag != "fields":
        whole = cleaned(whole, Harm.FIELDS)
    if receiver.tag == UPLOADS:
        tag = UPLOAD if last in {"get", "pop"} else UPLOADS
    return whole._replace(
        tag=tag if tag not in {"request", "dict", EXACT} else "", basis=run.names(function.value)
    )


def _looked_up(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    """What is found under a name: a number where it is made one, or the item that is known."""
    kind = next((keyword.value for keyword in called.node.keywords if keyword.arg == "type"), None)
    if getattr(kind, "id", "") in HARMLESS_TYPES:
        return number_of(called.receiver)
    return None if called.last == "getlist" else item(run, function.value, called)


def _joined(run: Run, separator: Value, parts: Value, node: ast.Call) -> Value:
    if parts.items is None:
        element = element_of(parts)._replace(text=parts.text, built=parts.built)
        return run.compose((element, separator, element), node)
    pieces = [piece for item in parts.items for piece in (separator, item)][1:]
    return run.compose(pieces, node) if pieces else Value(unknown=0, text="")


def _replaced(called: Called) -> Value:
    """``text.replace(old, new)``: taking out line ends is what logs and headers need, and slashes what paths do."""
    receiver, old = called.receiver, called.args[0].text
    new = called.args[1].text
    if old == "/" and new is not None and new.isprintable() and "/" not in new and "\\" not in new:
        return cleaned(receiver, Harm.PATH)
    if old in {"\n", "\r\n", "\r"}:
        return cleaned(receiver, Harm.LOG | Harm.HEADER)
    if old == "<":
        return cleaned(receiver, Harm.HTML)
    if old in {'"', "'", "`"} and called.args[1].text == old * 2:
        return cleaned(receiver, Harm.SQL)
    told = receiver if receiver.text is not None else called.args[1]
    filled = called.node if receiver.text is not None and called.args[1].taints else told.built
    return merge((receiver, called.args[1]))._replace(text=told.text, built=filled)
