"""Lists and dictionaries whose items are known one by one, as long as nothing but this function changes them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality_rules._flow._constants import exact
from quality_rules._flow._knowledge import FILLING_METHODS
from quality_rules._flow._values import UNKNOWN, Harm, Value, cleaned, join, merge, shallow

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

_MOST_ITEMS: Final = 32
#: Methods that change a list or dictionary.
CHANGING_METHODS: Final = FILLING_METHODS | {"pop", "remove", "clear", "reverse", "sort", "setdefault"}


def remember_items(run: Run, name: str, node: ast.Dict) -> None:
    """Notes each item of a dictionary that is written out and gets a name."""
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant):
            run.keep(item_key(name, key.value), run.seen(value))


def item_key(owner: str, key: object) -> str:
    """What the state calls an item."""
    return f"{owner}.[{key!r:.40}]" if owner else ""


def change(run: Run, container: ast.expr, called: Called) -> Value | None:
    """A method that changes a list, or fills any container.

    Returns:
        What is taken out, or None when that is not known.
    """
    key = run.key(container)
    known = run.state.get(key) if key else None
    items = known.items if known is not None and known.tag == "list" else None
    if known is not None and items is not None:
        taken, left = (None, None) if run.exits else _changed(items, called)
        if left is not None and len(left) <= _MOST_ITEMS:
            run.state.set(key, merge(left)._replace(items=left, tag="list"))
            return taken
        run.state.set(key, known._replace(items=None))
    if called.last in FILLING_METHODS and called.args:
        alone = called.args[0] if len(called.given) == 1 else None
        put = alone or merge(called.given)
        # What is written into a stream says nothing of where it is.
        run.fill(container, cleaned(put, Harm.PATH) if called.last == "write" else put)
        filled = run.state.get(key) if key else None
        if known is not None and filled is not None and called.last == "append":
            one = Value(items=(shallow(called.args[0]),))
            run.state.set(key, filled._replace(each=join(known, one).each))
    return None


def _changed(items: tuple[Value, ...], called: Called) -> tuple[Value | None, tuple[Value, ...] | None]:
    """What is taken out of a list, and what is then in it; None when that is not known."""
    args, last = called.args, called.last
    if last == "append" and len(args) == 1:
        return None, (*items, shallow(args[0]))
    if last == "extend" and len(args) == 1 and args[0].items is not None:
        return None, (*items, *args[0].items)
    if last == "insert" and len(args) > 1:
        place = exact(args[0])
        if isinstance(place, int):
            return None, (*items[:place], args[1]._replace(items=None), *items[place:])
    if last == "pop":
        place = exact(args[0]) if args else -1
        if isinstance(place, int) and -len(items) <= place < len(items):
            place %= len(items)
            return items[place], (*items[:place], *items[place + 1 :])
    if last == "clear":
        return None, ()
    return None, items[::-1] if last == "reverse" else None


def item(run: Run, container: ast.expr, called: Called) -> Value | None:
    """What ``get`` and ``pop`` find in a dictionary whose item is known."""
    key = exact(called.args[0]) if called.args else None
    return run.state.get(item_key(run.key(container), key)) if isinstance(key, str) else None


def setting(run: Run, container: ast.expr, called: Called) -> Value | None:
    """A setting of a ``configparser`` that is set or asked for under a fixed name."""
    place = [exact(value) for value in called.args[:2]]
    key = item_key(run.key(container), ".".join(map(str, place)))
    if len(place) < 2 or None in place or not key:  # noqa: PLR2004 - section and name
        return None
    if called.last == "set" and len(called.args) > 2:  # noqa: PLR2004 - and the value
        run.keep(key, called.args[2])
        return UNKNOWN
    known = run.state.get(key)
    return known if called.last == "get" else None
