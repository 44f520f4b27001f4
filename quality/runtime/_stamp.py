"""The code that judges, as one digest: a cached result is of this code or of none."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from quality.plugins import PROJECT, find_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What decides about results: code, profiles, tables and catalogues.
_KINDS = frozenset({".json", ".py", ".toml"})


def code_digest() -> str:
    """A digest over the files of this package and of all installed plugins, wherever they are installed."""
    digest = hashlib.sha256()
    modules = {PROJECT, *(plugin.value.partition(":")[0].partition(".")[0] for plugin in find_plugins())}
    for module in sorted(modules):
        for name, file in _files(module):
            digest.update(f"{module}\0{name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(module: str) -> Iterator[tuple[str, Path]]:
    """Names below the module's place, and the files, sorted."""
    spec = importlib.util.find_spec(module)
    if spec is None:
        return
    for folder in map(Path, spec.submodule_search_locations or ()):
        for file in sorted(folder.rglob("*")):
            if file.suffix in _KINDS and file.is_file():
                yield file.relative_to(folder).as_posix(), file
    if not spec.submodule_search_locations and spec.origin and Path(spec.origin).is_file():
        yield Path(spec.origin).name, Path(spec.origin)
