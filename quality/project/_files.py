"""Which files of a tree are its Python sources."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import ConfigurationError, UsageError
from quality.project._patterns import PathPatterns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import Role
    from quality.project._settings import Settings

#: Folders that hold other people's code or none.
_SKIPPED = frozenset(
    {
        "__pycache__",
        "node_modules",
        "site-packages",
        "venv",
        "env",
        "build",
        "dist",
        "_build",
        "__pypackages__",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class FoundFile:
    """A file to judge.

    Attributes:
        path: As shown to people: relative to the working directory where that is possible, forward slashes.
        file: Where it is.
        role: Product code or tests.
    """

    path: str
    file: Path
    role: Role


def find_files(paths: Sequence[Path], settings: Settings, *, sealed: bool = False) -> list[FoundFile]:
    """Lists the sources below the paths, sorted by path, each once.

    Folders are searched for ``*.py`` without following links; hidden folders, virtual environments, caches,
    what ``.gitignore`` files name and what the settings exclude are left out, and so are links to files outside of the
    folder and its repository, which are no part of either. A file named by the user is always taken.

    Args:
        paths: Files and folders.
        settings: What is excluded, included and a test.
        sealed: Read no ``.gitignore``: it is part of what is judged.

    A folder that cannot be listed is taken as a source: what cannot be read is named, and fails the gate.

    Raises:
        UsageError: A path does not exist.
        ConfigurationError: A ``.gitignore`` cannot be read.
    """
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"There is no {', no '.join(missing)}.", remedy="Check the path.")
    tests = PathPatterns(settings.tests)
    found: dict[Path, FoundFile] = {}
    for path in paths:
        for file in _walk(path, settings, sealed=sealed) if path.is_dir() else [path]:
            shown = _shown(file, path)
            role: Role = "test" if tests.match(shown.lstrip("./")) else "product"
            full = resolved(file)
            if full not in found or found[full].file.is_symlink():  # a link has the name of what it leads to
                found[full] = FoundFile(shown, file, role)
    return sorted(found.values())


def _walk(root: Path, settings: Settings, *, sealed: bool) -> Iterator[Path]:
    include = PathPatterns(["*.py", *settings.include])
    exclude = PathPatterns(settings.exclude)
    top = _top(root)
    ignores = _Ignores(root, top, read=not sealed)
    closed: list[Path] = []
    for folder, folders, files in os.walk(root, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(folder)
        ignores.enter(here)
        folders[:] = sorted(
            name for name in folders if _enters(here / name, name) and not ignores.match(here / name, "/")
        )
        for name in sorted(files):
            file = here / name
            inside = file.relative_to(root).as_posix()
            wanted = include.match(inside) and not exclude.match(inside) and not ignores.match(file)
            if wanted and _may_be_read(file) and not _leads_out(file, top or root):
                yield file
    yield from closed


def _enters(folder: Path, name: str) -> bool:
    skipped = name in _SKIPPED or name.startswith(".") or name.endswith(".egg-info")
    return not (skipped or folder.is_symlink() or os.path.exists(folder / "pyvenv.cfg"))  # noqa: PTH110 - see below


def _may_be_read(file: Path) -> bool:
    """Leaves out pipes and devices, which may never end; a link that leads nowhere is named when it is read."""
    return os.path.isfile(file) or not os.path.exists(file)  # noqa: PTH110, PTH113 - they never raise


def _leads_out(file: Path, top: Path) -> bool:
    return file.is_symlink() and not resolved(file).is_relative_to(resolved(top))


def _top(root: Path) -> Path | None:
    """The top of the repository that a folder is in; None for a folder in none."""
    full = root.resolve()
    return next((each for each in [full, *full.parents] if os.path.exists(each / ".git")), None)  # noqa: PTH110 - it never raises


class _Ignores:
    """The ``.gitignore`` files of a tree, from its repository's top down to where the walk stands; none unless read."""

    def __init__(self, root: Path, top: Path | None, *, read: bool) -> None:
        self._read = read
        self._specs: dict[Path, PathPatterns] = {}
        full = root.resolve()
        for parent in [full, *full.parents]:
            if top is not None and parent.is_relative_to(top):
                self.enter(parent)

    def enter(self, folder: Path) -> None:
        """Reads the folder's own file, if it has one."""
        file = folder / ".gitignore"
        if self._read and os.path.isfile(file):  # noqa: PTH113 - it never raises
            try:
                lines = file.read_text("utf-8", errors="replace").split("\n")
            except OSError as error:
                remedy = "Without it nobody knows what to leave out: make it readable."
                raise ConfigurationError(
                    f"{file} cannot be read: {error.strerror or error}.", remedy=remedy
                ) from None
            self._specs[folder.resolve()] = PathPatterns(lines)

    def match(self, path: Path, suffix: str = "") -> bool:
        """Tells whether any file ignores the path; ``suffix`` is a slash for folders."""
        full = path.parent.resolve() / path.name
        return any(
            spec.match(full.relative_to(folder).as_posix() + suffix)
            for folder, spec in self._specs.items()
            if full.is_relative_to(folder)
        )


def _shown(file: Path, root: Path) -> str:
    """The path below the working directory, or else below the argument's last folder."""
    full = file.parent.resolve() / file.name
    here = Path.cwd()
    if full.is_relative_to(here):
        return full.relative_to(here).as_posix()
    top = root.parent.resolve() / root.name
    return full.relative_to(top.parent).as_posix() if full.is_relative_to(top) else file.as_posix()


def resolved(path: Path) -> Path:
    """The absolute path without links; of one that leads to itself, which ``Path.resolve`` raises at, what there is of it."""
    return Path(os.path.realpath(path))


def is_marker(file: FoundFile) -> bool:
    """Tells whether a file may be empty by its nature: a package's ``__init__.py``."""
    return Path(file.path).name == "__init__.py"
