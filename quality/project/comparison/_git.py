"""Reading revisions with git's plumbing: no filter, hook, pager or fetch of a hostile repository takes part."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from quality.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Files that say how a tree wants to be judged; they count for everything below them.
_SETTINGS = frozenset({"pyproject.toml", "quality.toml", ".gitignore"})
#: Larger files that are no Python source are not written: nothing here would read them.
_LARGEST = 1_000_000
_SECONDS = 60
_FETCH = "Fetch the revision in full."
_FILE_MODES = frozenset({"100644", "100755"})


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository.

    Attributes:
        top: Its top folder.
    """

    top: Path

    @classmethod
    def around(cls, path: Path) -> Repository | None:
        """The repository that holds a path; None without one, or without git."""
        folder = path if path.is_dir() else path.parent
        found = _git(folder, "rev-parse", "--show-toplevel")
        return cls(Path(found)) if found else None

    def commit(self, revision: str) -> str | None:
        """The commit that a revision names."""
        return _git(
            self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )

    def inside(self, path: Path) -> str:
        """A path as seen from the top, with forward slashes; empty for the top.

        Raises:
            UsageError: It is somewhere else.
        """
        full = path.resolve()
        if not full.is_relative_to(self.top.resolve()):
            raise UsageError(f"{path} is not in the repository {self.top}.", remedy="Name a path inside.")
        inner = full.relative_to(self.top.resolve()).as_posix()
        return "" if inner == "." else inner

    def write(self, commit: str, inner: str, folder: Path) -> bool:
        """Writes a file or folder of a commit, and the settings above it.

        Args:
            commit: Its hash.
            inner: The path from the top, empty for everything.
            folder: Where to.

        Returns:
            Whether the commit has the path.

        Raises:
            UsageError: The repository lacks some of what the commit has.
        """
        listing = _git(self.top, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
        if listing is None:
            raise UsageError(f"git cannot list the files of {commit}.", remedy=_FETCH)
        entries = [entry for line in listing.split("\0") if (entry := _entry(line)) is not None]
        wanted = [(path, sha) for path, sha, size in entries if _is_wanted(path, size, inner)]
        # The walk over a tree's files stops at the repository's top.
        (folder / ".git").mkdir()
        for path, data in self._contents(wanted):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return any(_is_below(path, inner) for path, _, _ in entries)

    def _contents(self, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
        command = [*_COMMAND, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - the user's git; what it reads is named by hashes only
            command, cwd=self.top, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            if process.stdin is None or process.stdout is None:
                return
            for path, sha in wanted:
                process.stdin.write(f"{sha}\n".encode())
                process.stdin.flush()
                yield path, _blob(process.stdout, path)
            process.stdin.close()


#: A clone may lack what is asked for, and name a command that fetches it. Older versions of git only know the second.
_NO_FETCH = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
_COMMAND = ["git", "--no-pager", "-c", "core.fsmonitor=false"]


def _git(folder: Path, *arguments: str) -> str | None:
    """What a command of git prints; None when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the user's git, with commands that only read
            [*_COMMAND, *arguments],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def _environment() -> dict[str, str]:
    return {**os.environ, **_NO_FETCH, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _entry(line: str) -> tuple[str, str, int] | None:
    """Path, hash and size of a line of the listing; None for links, other repositories and unsafe paths."""
    facts, _, path = line.partition("\t")
    mode, _, sha, size = (*facts.split(), "", "", "", "")[:4]
    parts = PurePosixPath(path).parts
    if mode not in _FILE_MODES or not parts or path.startswith("/") or {"..", ".git"} & set(parts):
        return None
    return path, sha, int(size)


def _is_wanted(path: str, size: int, inner: str) -> bool:
    place = PurePosixPath(path)
    if _is_below(path, inner):
        return place.suffix == ".py" or size <= _LARGEST
    return place.name in _SETTINGS and PurePosixPath(inner).is_relative_to(place.parent)


def _is_below(path: str, inner: str) -> bool:
    return not inner or path == inner or path.startswith(f"{inner}/")


def _blob(stream: IO[bytes], path: str) -> bytes:
    facts = stream.readline().split()
    if len(facts) != 3:  # noqa: PLR2004 - hash, kind, size
        raise UsageError(f"git has no content for {path}.", remedy=_FETCH)
    data = stream.read(int(facts[2]))
    stream.read(1)
    return data
