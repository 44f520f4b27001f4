"""Objects that are read from files, and whose files those are."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality_rules._flow._values import FILE, OWN_FILE, UNKNOWN, Level, Value

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

#: Module that reads objects → last words of what writes such files.
_WRITERS: Final = {
    **dict.fromkeys(("pickle", "cPickle", "_pickle", "dill", "cloudpickle"), frozenset({"dump", "Pickler"})),
    "marshal": frozenset({"dump"}),
    "joblib": frozenset({"dump"}),
    **dict.fromkeys(("pandas", "pd"), frozenset({"to_pickle"})),
    # The weights of a network that is made here.
    "torch": frozenset({"save", "load_state_dict"}),
}
#: Modules whose functions are told the name of a file, or given one.
_BY_NAME: Final = frozenset({"torch", "joblib", "pandas", "pd"})
#: Folders in which everybody may write.
_SHARED: Final = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108 - looked for, not used


def opened(path: Value, mode: Value | None) -> Value:
    """What is in a file is chosen by who can write it; that its name is chosen, too, says nothing of it."""
    if mode is not None and (mode.text or "r")[0] in "wax":
        return UNKNOWN
    return UNKNOWN._replace(tag=OWN_FILE if _is_own_place(path) else FILE)


def note_stored(run: Run, called: Called, value: Value) -> None:
    """Notes that what becomes objects is a file of the program itself: one that is written here, or in its place."""
    module = called.name.partition(".")[0]
    foreign = any(taint.origin.level >= Level.LOCAL for taint in value.taints)
    if foreign or module not in _WRITERS:
        return
    by_name = module in _BY_NAME
    place = value.tag == OWN_FILE or (by_name and _is_own_place(value))
    # A file that a caller hands over may be anything, also a connection.
    read = by_name or (called.last != "loads" and not any(taint.sure for taint in value.taints))
    if place or (read and not _WRITERS[module].isdisjoint(run.facts.derived(Writers).names)):
        run.flow.own_files.add(called.node)


def _is_own_place(path: Value) -> bool:
    """Tells whether a path is written out, and not one where everybody may write."""
    return path.is_safe and not (path.text or "").startswith(_SHARED)


class Writers:
    """The last words of what a source calls.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        called = (call.func for call in facts.of(ast.Call))
        self.names = {facts.origin(node).rpartition(".")[2] or getattr(node, "attr", "") for node in called}
