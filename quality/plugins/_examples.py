"""Examples of rules as data, for plugins that bring the rules of another tool."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from quality.model import Case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

_CODES = frozenset({"bad", "good"})
_KEYS = _CODES | {"fix"}


def read_examples(folder: Traversable) -> dict[str, tuple[Case, ...]]:
    """Reads code that rules report, and code that does the same without the defect.

    Args:
        folder: Its TOML files have a table for each rule, with the texts ``bad`` and ``good``, and ``fix``, a
            phrase on what was done, unless the codes speak for themselves.

    Returns:
        Name of the table → the two cases.

    Raises:
        ValueError: A table has other keys, or a rule has two; the message names file and table.
    """
    found: dict[str, tuple[Case, ...]] = {}
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    for file in sorted(files, key=lambda each: each.name):
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            if name in found:
                raise ValueError(f"{file.name}: {name} has an example already; keep one of them")
            found[name] = _cases(f"{file.name}: {name}", entry)
    return found


def _cases(where: str, entry: Mapping[str, str]) -> tuple[Case, Case]:
    if not _CODES <= set(entry) <= _KEYS:
        raise ValueError(f"{where} needs the texts bad and good, and may have fix")
    fix = (f"{entry['fix']}:",) if "fix" in entry else ()
    return Case(entry["bad"], reported=True), Case(entry["good"], reported=False, captions=fix)
