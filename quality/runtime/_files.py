"""Output files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def atomic_writer(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Opens a file that appears under its name when the block ends without an error, and else not at all.

    The bytes go to a temporary file in the same folder, which then takes the name in one step: readers see
    the old file or the new one. What is no regular file (a pipe, a device) is written directly.

    Args:
        path: The file to write. A link is followed; an existing file's permissions are kept.

    Raises:
        OSError: The folder does not exist or is not writable, or the file is there and protected.
    """
    target = Path(path)
    if (
        target.exists() and not target.is_file()
    ):  # asked before links are followed: that of a pipe leads nowhere
        with target.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not os.access(target, os.W_OK):  # taking its name would go round the protection
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            settle_file(file)
        publish(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def user_cache() -> Path | None:
    """The folder for what may be lost, made if it is missing; None where there is none to be had.

    One that cannot be written is one while it holds something to read.
    """
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        # A relative one is no answer, says the specification: it would lie in the tree that is judged.
        folder = (Path(named) if named and Path(named).is_absolute() else Path.home() / ".cache") / "quality"
        folder.mkdir(parents=True, exist_ok=True)
        return folder if os.access(folder, os.W_OK) or any(folder.iterdir()) else None
    except (OSError, RuntimeError):
        return None


def publish(temporary: Path, target: Path) -> None:
    """Gives a finished file its name; an existing file's permissions are kept."""
    if target.exists():
        shutil.copymode(target, temporary)
    temporary.replace(target)


def settle_file(file: BinaryIO) -> None:
    """Makes sure that the bytes survive a power loss, where the platform can."""
    file.flush()
    os.fsync(file.fileno())
