"""Results on disk: what was judged once under a fingerprint is not judged again."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import logging
import sqlite3
import threading
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from quality.model import Document
from quality.runtime._codec import decode, encode
from quality.runtime._log import tell
from quality.runtime._stamp import code_digest
from quality.runtime._task import LOSSES, Outcome

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from quality.model import Score

#: Most bytes of a cache file; the oldest results make room.
LIMIT = 1 << 30
#: Most characters of a document that is kept.
LONGEST_DOCUMENT = 1 << 22
#: Marks the file as ours.
_APPLICATION = 0x5141_4C54
#: Raised whenever what is stored changes its form.
_FORM = 2
#: Results written in one transaction.
_BATCH = 64
#: How long another process may keep the file locked, in seconds.
_PATIENCE = 10.0
#: How long to wait before a file that others are making is tried again, in seconds.
_PAUSE = 0.02
_CHECKSUM = 8
#: SQLite's codes for files and folders that cannot be written.
_UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})


class CacheWarning(UserWarning):
    """A cache file is not used, or no longer; results are the same, only slower."""


class Cache:
    """A SQLite file of outcomes, for several processes and fingerprints at once.

    Nothing about it raises: a file that cannot be used is named in one ``CacheWarning``, and then all is
    judged anew. One that cannot be written, or in a folder that cannot, is read all the same.

    Args:
        path: The file; made when it is missing.
        fingerprint: The only one whose results are given and taken.
        limit: Most bytes of the file.
    """

    def __init__(self, path: str | os.PathLike[str], fingerprint: str, *, limit: int = LIMIT) -> None:
        self._path = Path(path)
        self._fingerprint = fingerprint
        self._limit = limit
        self._salt = f"{_FORM}\0{version('quality')}\0{code_digest()}\0{fingerprint}\0".encode()
        self._turn = threading.Lock()
        self._unsaved: dict[bytes, bytes] = {}
        self._file: sqlite3.Connection | None = None
        self._writes = True
        with self._guarded():
            try:
                self._file = _opened(self._path)
            except sqlite3.OperationalError as error:
                self._file = _opened_to_read(self._path, error)
                self._give_up(error, writing=True)

    def recall(self, key: bytes) -> Outcome | None:
        """Looks an outcome up by its task's key."""
        outcome = self._stored(key)
        if isinstance(outcome, Outcome) and outcome.score.fingerprint == self._fingerprint:
            return outcome
        return None

    def recall_document(self, key: bytes) -> Document | None:
        """Looks a document up by the key of all that it says."""
        document = self._stored(key)
        if isinstance(document, Document) and document.fingerprint == self._fingerprint:
            return document
        return None

    def _stored(self, key: bytes) -> Outcome | Document | None:
        row = None
        with self._turn, self._guarded():
            if self._file is not None:
                # SQLite holds no column to its type.
                query = "SELECT CAST(value AS BLOB) FROM outcomes WHERE key = ?"
                row = self._file.execute(query, (self._key(key),)).fetchone()
        return _decoded(self._key(key), row[0]) if row else None

    def keep(self, key: bytes, outcome: Outcome) -> None:
        """Stores an outcome; not one that another try, machine or hour could change."""
        if lasts(outcome.score):
            self._keep(key, Outcome(dataclasses.replace(outcome.analysis, seconds={}), outcome.score))

    def keep_document(self, key: bytes, document: Document) -> None:
        """Stores a document, unless it is so long that it would push out many results."""
        if len(document.text) <= LONGEST_DOCUMENT:
            self._keep(key, document)

    def _keep(self, key: bytes, value: Outcome | Document) -> None:
        if self._file is None or not self._writes:
            return
        with self._turn:
            self._unsaved[self._key(key)] = _encoded(self._key(key), value)
        if len(self._unsaved) >= _BATCH:
            self.save()

    def save(self) -> None:
        """Writes what is stored so far, and makes room."""
        with self._turn, self._guarded(writing=True):
            batch, self._unsaved = self._unsaved, {}
            if batch and self._file is not None:
                with self._file as transaction:
                    transaction.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?)", batch.items())
                    if _used(transaction) > self._limit:
                        transaction.execute(
                            "DELETE FROM outcomes WHERE rowid <= "
                            "(SELECT min(rowid) + (max(rowid) - min(rowid)) / 4 FROM outcomes)"
                        )

    def close(self) -> None:
        """Writes the rest and closes the file."""
        self.save()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _key(self, key: bytes) -> bytes:
        return hashlib.sha256(self._salt + key).digest()

    @contextlib.contextmanager
    def _guarded(self, *, writing: bool = False) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, _ForeignError) as error:
            self._give_up(error, writing=writing)

    def _give_up(self, error: Exception, *, writing: bool) -> None:
        """Goes on without what failed: without the file, or, when only writing did, without new results."""
        readable = writing and "malformed" not in str(error)
        self._writes = False
        self._unsaved = {}
        if not readable and self._file is not None:
            self._file.close()
            self._file = None
        what = "takes no new results" if readable else "is not used"
        tell("cache-failed", level=logging.WARNING, path=str(self._path), detail=f"{what}: {error}")
        remedy = "Delete the file"
        if readable:
            remedy = "Make room" if "full" in str(error) else "Make it and its folder writable"
        warnings.warn(
            f"The results cache {self._path} {what}: {error}. {remedy}, or name another.",
            CacheWarning,
            stacklevel=4,
        )


class _ForeignError(Exception):
    """The file is somebody else's database."""


def _opened(path: Path) -> sqlite3.Connection:
    """Opens a file; SQLite itself does not wait where two processes make one at the same moment."""
    limit = time.monotonic() + _PATIENCE
    while True:
        connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
        try:
            _prepare(connection)
        except BaseException as error:
            connection.close()
            if not _is_busy(error) or time.monotonic() > limit:
                raise
            time.sleep(_PAUSE)
        else:
            return connection


def _opened_to_read(path: Path, error: sqlite3.OperationalError) -> sqlite3.Connection:
    """Opens a file that cannot be opened to be written, or whose folder takes no files beside it.

    Then nobody else is to write it either, for all that can be known; results have checksums.

    Raises:
        sqlite3.Error: There is no such file, or it cannot be read: the error that was met before.
        _ForeignError: It is somebody else's.
    """
    if error.sqlite_errorcode & 0xFF not in _UNWRITABLE or not path.is_file():
        raise error
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        _check_ours(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(error: BaseException) -> bool:
    # Extended codes have more bits.
    return (
        isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )


def _check_ours(connection: sqlite3.Connection) -> bool:
    """Refuses somebody else's file; says whether the file holds anything yet."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION and tables:
        raise _ForeignError("it is a database of another program")
    return bool(tables)


def _prepare(connection: sqlite3.Connection) -> None:
    if not _check_ours(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS outcomes (key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"
            )
    connection.execute("PRAGMA synchronous = NORMAL")


def _used(connection: sqlite3.Connection) -> int:
    """Bytes that hold something."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def lasts(score: Score) -> bool:
    """False for a score that another try, machine or hour could change."""
    return score.reason not in LOSSES and not score.failures


def _encoded(key: bytes, value: Outcome | Document) -> bytes:
    data = encode(value)
    return _checksum(key, data) + data


def _decoded(key: bytes, stored: bytes) -> Outcome | Document | None:
    """What is stored under a key, or None for what is damaged, another's or not from here."""
    data = stored[_CHECKSUM:]
    if _checksum(key, data) != stored[:_CHECKSUM]:
        return None
    try:
        found = decode(data)
    except Exception:  # noqa: BLE001 - whatever a forged row makes of the reader, it is no result
        return None
    return found if isinstance(found, Outcome | Document) else None


def _checksum(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()[:_CHECKSUM]
