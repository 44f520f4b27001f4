"""The values of attributes and items."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word
from quality_rules._flow._knowledge import (
    HARMLESS_NAMES,
    LINES,
    OWN_DATA,
    PERSONS,
    REQUEST_DATA,
    SERVED,
    SOURCE_NAMES,
    VIEW_METHODS,
)
from quality_rules._flow._values import (
    ALL,
    EXACT,
    PLAIN,
    SPOKEN,
    UNKNOWN,
    UPLOAD,
    UPLOADS,
    Harm,
    Level,
    Origin,
    Value,
    cleaned,
    doubted,
    tainted,
)

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._flow._run import Run

_LINE_ENDS = Harm.HEADER | Harm.LOG
#: What an item is of something that is this.
_OF_ITEM = {EXACT: "", "dict": "", UPLOADS: UPLOAD, UPLOAD: ""}
#: Attributes of an object, which a caller hands over, that are its key in a database, or a number.
_RECORD_KEYS = frozenset({"id", "pk", "uuid", "lineno", "width", "height", "year", "month", "day"})
#: More items are not known one by one.
MOST_ITEMS = 32


def attribute(run: Run, node: ast.Attribute) -> Value:
    """An attribute: what was bound to it, data of a request, or a part of its object."""
    key = run.key(node)
    known = run.state.get(key) if key else None
    if known is not None:
        return known
    named = run.origin(node)
    entering = _entering(run, node, key, named)
    if entering is not None:
        return entering
    base = run.value(node.value)
    if base.tag == "self":
        return UNKNOWN if run.owner is None else run.flow.attributes.of(run.owner, node.attr)
    known = PLAIN if named in HARMLESS_NAMES else run.flow.classes.attribute(base, node.attr)
    if known is not None or not base.taints:
        of_place = base.tag in {"path", "normal"} and base.is_safe and node.attr == "parent"
        return base._replace(text=None) if of_place and known is None else known or UNKNOWN
    part = Value(base.taints, base.unknown, tag="json" if base.tag == "json" else "", basis=base.basis)
    if base.tag in {"path", "normal"} and node.attr in {"name", "stem", "suffix"}:
        return cleaned(part, Harm.PATH)
    handed = all(taint.origin.level is Level.PARAMETER for taint in part.taints)
    return _of_record(part, node) if handed else part


def _of_record(value: Value, node: ast.Attribute) -> Value:
    """A part of an object that a caller hands over."""
    if node.attr in _RECORD_KEYS:
        # It is no text, though a statement should not rest on that.
        return cleaned(value, ALL & ~Harm.SQL)
    whose = node.value.id.lower().rpartition("_")[2] if isinstance(node.value, ast.Name) else ""
    # What is kept of somebody is not what he writes just now.
    return cleaned(value, SPOKEN) if whose in PERSONS else value


def _entering(run: Run, node: ast.Attribute, key: str, named: str) -> Value | None:
    """What somebody else chose, where an attribute is that."""
    if run.flow.serves and key in SERVED:
        return tainted(Origin(Level.REMOTE, key, node))
    if named in SOURCE_NAMES:
        return tainted(Origin(SOURCE_NAMES[named], named, node))
    if key == "self.kwargs" and _of_view(run, node):
        return doubted(tainted(Origin(Level.REMOTE, key, node)))
    if node.attr in REQUEST_DATA and run.is_request(node.value):
        origin = Origin(Level.REMOTE, f"{run.request_name(node.value)}.{node.attr}", node)
        harms = ALL & ~Harm.REDIRECT if node.attr in OWN_DATA else ALL
        return tainted(origin, _kind_of(node), harms & ~_LINE_ENDS if node.attr in LINES else harms)
    return None


def _of_view(run: Run, node: ast.Attribute) -> bool:
    """Tells whether ``self.kwargs`` are the parts of an address, as in methods of Django's views."""
    function = run.facts.function(node)
    return function is not None and function.name in VIEW_METHODS


def _kind_of(node: ast.Attribute) -> str:
    if node.attr in {"files", "FILES"}:
        return UPLOADS
    return "json" if node.attr in {"json", "data"} else "fields"


def subscript(run: Run, node: ast.Subscript) -> Value:
    """An item."""
    base = run.value(node.value)
    run.value(node.slice)
    if base.tag == "dict" and base.is_safe and not run.facts.derived(Filled).has(node.value):
        # It raises unless that is one of the keys.
        for name in run.names(node.slice):
            run.clean(name, ALL)
    key = run.key(node)
    known = run.state.get(key) if key else None
    if known is not None:
        return known
    index = node.slice.value if isinstance(node.slice, ast.Constant) else None
    entries = _characters(base) if base.items is None else base.items
    if isinstance(index, int) and -len(entries) <= index < len(entries):
        return entries[index]
    if run.is_request(node.value) and not base.taints:
        return UNKNOWN
    return base._replace(
        items=None,
        each=None,
        text=base.text if isinstance(node.slice, ast.Slice) else None,
        built=None,
        tag=_OF_ITEM.get(base.tag, base.tag),
    )


def _characters(value: Value) -> tuple[Value, ...]:
    """The characters of a short constant."""
    short = value.tag == EXACT and value.text is not None and len(value.text) <= MOST_ITEMS
    return tuple(Value(unknown=0, text=letter, tag=EXACT) for letter in value.text or "") if short else ()


class Filled:
    """The names of containers that a source puts something into, wherever that is.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        stored = [node.value for node in facts.of(ast.Subscript) if not isinstance(node.ctx, ast.Load)]
        stored += [node.value for node in facts.of(ast.Attribute) if node.attr in {"update", "setdefault"}]
        self._names = {last_word(node) for node in stored}

    def has(self, node: ast.expr) -> bool:
        """Tells whether a container is one of them."""
        return last_word(node) in self._names
