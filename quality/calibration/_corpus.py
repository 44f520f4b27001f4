"""Corpora: packages as folders, wheels, source distributions, or the standard library."""

from __future__ import annotations

import dataclasses
import hashlib
import lzma
import re
import sys
import sysconfig
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import ScopeKind, Source, UsageError, dedented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Tests, other people's code and examples are not what a package is known for.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|testing|_?vendor(ed)?|_vendor|examples?|benchmarks?|docs?|site-packages|idlelib|lib2to3|"
    r"pydoc_data|turtledemo|__pycache__|node_modules|\.[^/]*)/|(^|/)(test_[^/]*|[^/]*_test|conftest|setup)\.py$"
)
#: What reading a damaged, encrypted or unknown archive raises.
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
)


@dataclass(frozen=True, slots=True)
class Project:
    """A package's sources.

    Attributes:
        name: The distribution's name, or the folder's.
        version: Its version, or empty.
        files: (path, bytes), sorted by path.
        lost: (path, reason) of files that cannot be read.
    """

    name: str
    version: str
    files: tuple[tuple[str, bytes], ...]
    lost: tuple[tuple[str, str], ...] = ()

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
        return dataclasses.replace(self, files=tuple(sorted(chosen)))

    def snippets(self, least: int, most: int) -> Project:
        """Cuts out the functions of ``least`` to ``most`` logical lines, each a file of its own."""
        cut = [piece for path, data in self.files for piece in _functions(path, data, least, most)]
        return dataclasses.replace(self, files=tuple(sorted(cut)))


def read_projects(corpora: Iterable[str]) -> tuple[list[Project], list[str]]:
    """Reads corpora; what cannot be used is named, and the rest goes on.

    Returns:
        The projects, and what is wrong with the others, a line each.
    """
    projects: list[Project] = []
    problems: list[str] = []
    known: dict[str, str] = {}
    for corpus in corpora:
        try:
            project = read_project(corpus)
        except UsageError as error:
            problems.append(str(error))
            continue
        if project.sha256 in known:
            problems.append(
                f"Corpus {corpus!r} has the sources of {known[project.sha256]!r}, so it counts once."
            )
            continue
        known[project.sha256] = corpus
        projects.append(project)
    return projects, problems


def distinct(projects: Iterable[Project]) -> list[Project]:
    """Leaves out sources that a project before, or the same one, has byte for byte."""
    seen: set[bytes] = set()
    kept: list[Project] = []
    for project in projects:
        files: list[tuple[str, bytes]] = []
        for path, data in project.files:
            digest = hashlib.sha256(data).digest()
            if digest not in seen:
                seen.add(digest)
                files.append((path, data))
        kept.append(dataclasses.replace(project, files=tuple(files)))
    return kept


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
    except _DAMAGED as error:
        why = (isinstance(error, OSError) and error.strerror) or "no archive, or a damaged one"
        raise UsageError(f"Corpus {corpus!r} is no folder, wheel or sdist ({why}).") from None
    name, version = _identity(members, path)
    return _project(name, version, members, corpus)


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
            yield f"{path}/{unit.scope.name}-{unit.scope.line}.py", dedented(lines).encode()


def _project(name: str, version: str, members: Iterable[tuple[str, bytes | OSError]], corpus: str) -> Project:
    found = sorted(((path, data) for path, data in members if _is_source(path)), key=lambda member: member[0])
    files = tuple((path, data) for path, data in found if isinstance(data, bytes))
    lost = tuple((path, data.strerror or str(data)) for path, data in found if isinstance(data, OSError))
    if not files:
        raise UsageError(f"Corpus {corpus!r} holds no Python source.")
    return Project(name, version, files, lost)


def _is_source(path: str) -> bool:
    return path.endswith(".py") and not _LEFT_OUT.search(path)


def _wanted(path: str) -> bool:
    return _is_source(path) or path.endswith(("/METADATA", "/PKG-INFO"))


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes | OSError]]:
    for file in sorted(folder.rglob("*.py")):
        inside = file.relative_to(folder).as_posix()
        if _is_source(inside) and file.is_file():
            try:
                yield inside, file.read_bytes()
            except OSError as error:
                yield inside, error


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
            return headers["Name"] or path.name, headers["Version"] or ""
    return path.name, ""
