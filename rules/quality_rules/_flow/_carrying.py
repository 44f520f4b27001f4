"""The values of functions whose result is made of their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._flow._alphabets import harmless_after_removal
from quality_rules._flow._expressions import element_of
from quality_rules._flow._knowledge import CLEANERS, NORMALISERS, OPERATIONS, PAGE_MAKERS
from quality_rules._flow._parts import whole_of
from quality_rules._flow._stored import opened
from quality_rules._flow._values import HOLE, UNKNOWN, Harm, Value, cleaned, merge, moved

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

_MOST_NAMES = 8

_TEXT_OF_SUB = 2
#: Streams in the memory: what they hold is no path.
_STREAMS = frozenset({"BytesIO", "StringIO"})
#: Functions that are given a container.
_OF_ITEMS = frozenset({"list", "tuple", "sorted", "set", "min", "max", "next"})


def carried(run: Run, called: Called) -> Value:
    """What such a function returns."""
    if called.last in {"str", "text", "SQL", "cast", "dedent", "compile"} and called.args:
        index = -1 if called.last == "cast" else 0
        value = called.args[index]
        return value._replace(tag=value.tag if value.tag == "normal" else "")
    if called.last in _OF_ITEMS and called.args:
        return _of_items(called)
    special = _SPECIAL.get(called.name)
    if special is not None:
        return special(run, called)
    is_path = called.last.endswith("Path")
    if called.last == "join" or (is_path and len(called.args) > 1):
        return _behind_another(run, called)._replace(tag="path" if is_path else "", basis=_basis(run, called))
    whole = _whole(called)
    if called.last in _STREAMS:
        whole = cleaned(whole, Harm.PATH)
    first = called.args[0] if called.args else UNKNOWN
    return whole._replace(tag=_tag_of(called, is_path=is_path), basis=_basis(run, called), text=first.text)


def _tag_of(called: Called, *, is_path: bool) -> str:
    if called.name in NORMALISERS:
        return "normal"
    if is_path:
        return "path"
    return "words" if called.last == "split" else ""


def _basis(run: Run, called: Called) -> tuple[str, ...]:
    """The names that the arguments are, or are made of."""
    pairs = zip(called.node.args, called.args, strict=True)
    return tuple(name for node, value in pairs for name in (run.names(whole_of(node)) or value.basis))[
        :_MOST_NAMES
    ]


def _of_items(called: Called) -> Value:
    """Made of a container's items: another container, or one of them."""
    if called.last not in {"min", "max", "next"}:
        return called.args[0]._replace(items=None, tag="list")
    if len(called.args) == 1:
        return element_of(called.args[0])
    # The least of several is no greater than what nobody else chooses.
    bounded = called.last == "min" and not all(value.taints for value in called.args)
    numbers = any(value.tag == "number" for value in called.args)
    whole = merge(called.given)._replace(tag="number" if numbers else "")
    return cleaned(whole, Harm.SIZE) if bounded else whole


def _behind_another(run: Run, called: Called) -> Value:
    """Parts of a path, with a slash between them."""
    slash = Value(unknown=0, text="/")
    return run.compose([part for value in called.args for part in (slash, value)][1:], called.node)


def _whole(called: Called) -> Value:
    return moved(merge(called.given), called.node, f"{called.last}() hands it on")


def _mapped(run: Run, called: Called) -> Value:
    """``map``: what is done to each element makes it harmless, or not."""
    function = run.origin(called.node.args[0]) if called.node.args else ""
    return cleaned(_whole(called), CLEANERS.get(function, 0))._replace(tag="list")


def _substituted(_: Run, called: Called) -> Value:
    """``re.sub``: what takes characters out makes the rest harmless."""
    pattern = called.args[0].text if len(called.args) > _TEXT_OF_SUB else None
    if pattern is None or called.args[1].taints:
        return _whole(called)
    text = called.args[_TEXT_OF_SUB]
    harms = harmless_after_removal(pattern)
    return cleaned(text._replace(items=None, tag="", text=None if harms else text.text), harms)


def _dumped(_: Run, called: Called) -> Value:
    """``json.dumps``: a text of which nothing is known, but that it is in one line unless it is indented."""
    text = _whole(called)._replace(text=HOLE, built=called.node)
    return text if {"indent", None} & called.named.keys() else cleaned(text, Harm.LOG | Harm.HEADER)


def _file(_: Run, called: Called) -> Value:
    return opened(
        called.args[0] if called.args else UNKNOWN, called.args[1] if len(called.args) > 1 else None
    )


def _composed(run: Run, called: Called) -> Value:
    """``operator.add`` and the like: what the operator makes."""
    return run.compose(called.args, called.node)


def _page(_: Run, called: Called) -> Value:
    """Markdown lets tags through: what it makes is a page as dangerous as the text was."""
    return _whole(called)._replace(text=f"<markdown {HOLE}>", built=called.node)


_SPECIAL = {
    **dict.fromkeys(PAGE_MAKERS, _page),
    "open": _file,
    "io.open": _file,
    "map": _mapped,
    "re.sub": _substituted,
    "json.dumps": _dumped,
    **dict.fromkeys(OPERATIONS, _composed),
}
