"""What a comparison's argument names: a file, a folder, or a git revision of one."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.project.comparison._git import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Tree:
    """A state of code on disk.

    Attributes:
        title: What people call it.
        root: The file or folder.
        top: Settings are not looked for above this folder; None for no bound.
    """

    title: str
    root: Path
    top: Path | None = None


@contextmanager
def opened(before: str, after: str) -> Iterator[tuple[Tree, Tree]]:
    """Opens both sides. Revisions are written to a temporary folder, without the help of any filter or hook.

    An existing path wins. ``REV`` is that revision of the other side's path, or of the working directory when that
    names none; ``REV:PATH`` names the path, from the top of the repository as git does, or from the working
    directory with ``./``.

    Raises:
        UsageError: A side is neither a path nor a revision, or is a report, or one is a file and the other a folder.
    """
    with ExitStack() as stack:
        sides = tuple(_opened(one, other, stack) for one, other in ((before, after), (after, before)))
        first, second = sides
        if first.root.is_dir() != second.root.is_dir():
            raise UsageError(f"{before} and {after} should be two files or two folders.")
        yield first, second


def _opened(name: str, other: str, stack: ExitStack) -> Tree:
    if not name:
        raise UsageError("'' is no path and no revision; '.' is the working directory.")
    path = Path(name)
    if path.suffix == ".json" and path.is_file():
        raise UsageError(
            f"{name} is no Python source.",
            remedy="Name the code; a report of BEFORE that older tools made goes to --then.",
        )
    if path.suffix.lower() == ".ipynb" and path.is_file():
        raise UsageError(f"{name} is a notebook.", remedy="Convert it with 'jupyter nbconvert --to script'.")
    if path.exists():
        return Tree(name, path)
    partner = Path(other) if Path(other).exists() else Path()
    repository = Repository.around(partner)
    revision, colon, inside = name.partition(":")
    commit = repository.commit(revision) if repository is not None and revision else None
    if repository is None or commit is None:
        remedy = "Check the name; a revision needs a git repository around the working directory."
        if shutil.which("git") is None:
            remedy = "Check the name; a revision needs git, which is not installed or not on PATH."
        raise UsageError(f"There is no file, folder or git revision {name!r}.", remedy=remedy)
    if not colon and not Path(other).exists():
        _, colon, inside = other.partition(":")
    if colon and not inside.startswith("."):
        inner = inside.strip("/")
    else:
        inner = repository.inside(Path(inside) if colon else partner)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quality-"))).resolve()
    if not repository.write(commit, inner, folder):
        raise UsageError(f"Revision {revision} has no {inner or 'file'}.", remedy="Check the path.")
    return Tree(f"{name} ({commit[:10]})", folder / inner, folder)
