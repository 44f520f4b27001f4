"""Corpora: packages as folders, wheels, source distributions, or the standard library."""

from __future__ import annotations

import hashlib
import re
import sys
import sysconfig
import tarfile
import textwrap
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import ScopeKind, Source, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tests, other people's code and examples are not what a package is known for.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|testing|_?vendor(ed)?|_vendor|examples?|benchmarks?|docs?|site-packages|idlelib|lib2to3|"
    r"pydoc_data|turtledemo|__pycache__|node_modules|\.[^/]*)/|(^|/)(test_[^/]*|[^/]*_test|conftest|setup)\.py$"
)


@dataclass(frozen=True, slots=True)
class Project:
    """A package's sources.

    Attributes:
        name: The distribution's name, or the folder's.
        version: Its version, or empty.
        files: (path, bytes), sorted by path.
    """

    name: str
    version: str
    files: tuple[tuple[str, bytes], ...]

    @property
    def sha256(self) -> str:
        """Hash of all paths and contents."""
        digest = hashlib.sha256()
        for path, data in self.files:
            digest.update(f"{path}\0{hashlib.sha256(data).hexdigest()}\n".encode())
        return digest.hexdigest()

    def sample(self, most: int) -> Project:
        """Keeps at most so many files, chosen by the hash of their contents: the same ones every time."""
        chosen = sorted(self.files, key=lambda entry: hashlib.sha256(entry[1]).hexdigest())[:most]
        return Project(self.name, self.version, tuple(sorted(chosen)))

    def snippets(self, least: int, most: int) -> Project:
        """Cuts out the functions of ``least`` to ``most`` logical lines, each a file of its own."""
        cut = [piece for path, data in self.files for piece in _functions(path, data, least, most)]
        return Project(self.name, self.version, tuple(sorted(cut)))


def read_project(corpus: str) -> Project:
    """Reads a corpus.

    Args:
        corpus: A folder, a wheel, a source distribution, or ``stdlib``.

    Raises:
        UsageError: It does not exist, is none of these, or holds no Python source.
    """
    if corpus == "stdlib":
        folder = Path(sysconfig.get_path("stdlib"))
        version = ".".join(map(str, sys.version_info[:3]))
        return _project("stdlib", version, _from_folder(folder), corpus)
    path = Path(corpus)
    if path.is_dir():
        return _project(path.resolve().name, "", _from_folder(path), corpus)
    if not path.is_file():
        raise UsageError(
            f"There is no corpus {corpus!r}.", remedy="Name a folder, a wheel, an sdist or 'stdlib'."
        )
    try:
        if path.suffix in {".whl", ".zip"}:
            with zipfile.ZipFile(path) as archive:
                members = [(name, archive.read(name)) for name in archive.namelist() if _wanted(name)]
        else:
            with tarfile.open(path) as archive:
                members = list(_from_tar(archive))
    except (zipfile.BadZipFile, tarfile.TarError, OSError) as error:
        raise UsageError(f"Corpus {corpus!r} is no folder, wheel or sdist ({error}).") from None
    name, version = _identity(members, path)
    return _project(name, version, iter(members), corpus)


def _functions(path: str, data: bytes, least: int, most: int) -> Iterator[tuple[str, bytes]]:
    """Yields (path, text) of the functions of a file, dedented; nothing where the file does not parse."""
    try:
        source = Source(data.decode("utf-8"), path)
        units = source.outline.units
    except (SyntaxError, ValueError, RecursionError):
        return
    for unit in units:
        if unit.scope.kind is ScopeKind.FUNCTION and least <= unit.lloc <= most:
            lines = source.lines[unit.scope.line - 1 : unit.scope.end_line]
            yield f"{path}/{unit.scope.name}-{unit.scope.line}.py", textwrap.dedent("\n".join(lines)).encode()


def _project(name: str, version: str, members: Iterator[tuple[str, bytes]], corpus: str) -> Project:
    files = tuple(sorted((path, data) for path, data in members if _is_source(path)))
    if not files:
        raise UsageError(f"Corpus {corpus!r} holds no Python source.")
    return Project(name, version, files)


def _is_source(path: str) -> bool:
    return path.endswith(".py") and not _LEFT_OUT.search(path)


def _wanted(path: str) -> bool:
    return _is_source(path) or path.endswith(("/METADATA", "/PKG-INFO"))


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*.py")):
        inside = file.relative_to(folder).as_posix()
        if _is_source(inside) and file.is_file():
            yield inside, file.read_bytes()


def _from_tar(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        if member.isfile() and _wanted(member.name):
            file = archive.extractfile(member)
            if file is not None:
                yield member.name.partition("/")[2] or member.name, file.read()


def _identity(members: list[tuple[str, bytes]], path: Path) -> tuple[str, str]:
    """Name and version as the archive's own metadata says them."""
    for name, data in members:
        if name.endswith(("METADATA", "PKG-INFO")):
            headers = HeaderParser().parsestr(data.decode("utf-8", "replace"))
            return str(headers["Name"]), str(headers["Version"])
    return path.name, ""
