"""One dotted name for each function of the library, by whichever of its modules it is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Modules by whose name others give the same functions.
_TWINS = {
    "posix": "os",
    "nt": "os",
    "cPickle": "pickle",
    "_pickle": "pickle",
    "_md5": "hashlib",
    "_sha1": "hashlib",
    "_io": "io",
    "_random": "random",
    "_operator": "operator",
}
#: Modules that others pass on under the same name, and nothing else bears.
_PASSED_ON = frozenset({"os", "subprocess", "pickle", "cPickle", "hashlib", "tempfile", "marshal", "shelve"})
_BUILTINS = ("builtins.", "__builtins__.", "__builtin__.")


def canonical(words: Sequence[str], *, imported: bool) -> str:
    """The dotted name of what is reached by several.

    Args:
        words: The names, the outermost first; of an import what it imports.
        imported: Whether the first one is imported.
    """
    name = ".".join(words)
    for prefix in _BUILTINS:
        name = name.removeprefix(prefix)
    if len(words) > 2 or imported:  # noqa: PLR2004 - more than an attribute of a name
        name = _as_reexported(name)
    head, dot, rest = name.partition(".")
    return f"{_TWINS[head]}{dot}{rest}" if dot and head in _TWINS else name


def _as_reexported(name: str) -> str:
    """A module's function by the module's own name, where another one passes that on: ``compat.os.system``."""
    if name.startswith("."):
        return name
    words = name.split(".")
    passed = [place for place, word in enumerate(words[:-1]) if word in _PASSED_ON]
    return ".".join(words[passed[-1] :]) if passed else name
