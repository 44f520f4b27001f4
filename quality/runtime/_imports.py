"""The modules of the standard library that many texts import: analyzers read each once, where that serves all workers."""

from __future__ import annotations

import re
import sys
from collections import Counter
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Most modules that are worth it; with what they import themselves they come to twice as many.
_MOST = 100
_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([A-Za-z][\w.]*)", re.MULTILINE)


def common_imports(texts: Iterable[str | bytes]) -> tuple[str, ...]:
    """The standard modules that more than one of the texts imports, the most frequent first.

    Whatever the texts hold, these are names in which only what follows a standard module's own is theirs.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        counts.update({name.decode("ascii", "ignore") for name in _IMPORT.findall(data)})
    common = [
        name
        for name, count in counts.items()
        if count > 1 and name.partition(".")[0] in sys.stdlib_module_names and _is_dotted(name)
    ]
    return tuple(sorted(common, key=lambda name: (-counts[name], name))[:_MOST])


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() and not iskeyword(part) for part in name.split("."))
