"""What happens while texts are judged, as events for programs: Python's ``logging``, logger ``quality``."""

from __future__ import annotations

import contextlib
import json
import logging
import warnings
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quality.model import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

_LOGGER = logging.getLogger("quality")
_LOGGER.addHandler(logging.NullHandler())


def tell(event: str, *, level: int = logging.INFO, **facts: object) -> None:
    """Reports an event.

    Args:
        event: What happened, one word or two with a hyphen; the record's message.
        level: How much it matters.
        facts: Plain values; the record's attribute ``facts``.
    """
    if _LOGGER.isEnabledFor(level):
        _LOGGER.log(level, event, extra={"facts": facts})


class JsonLines(logging.Formatter):
    """One JSON object a record: ``time``, ``level``, ``event``, and the event's facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Formats a record, of this package or another."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return json.dumps({**line, **getattr(record, "facts", {})}, default=str)


class _LogFile(logging.FileHandler):
    """Gives up, with a warning, when the file takes no more."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        del record
        _LOGGER.removeHandler(self)
        warnings.warn(f"{self.baseFilename} takes no more events.", stacklevel=2)


@contextlib.contextmanager
def log_to(path: str | os.PathLike[str] | None) -> Iterator[None]:
    """Appends the events of the block to a file, as JSON lines.

    Args:
        path: The file; None for none.

    Raises:
        UsageError: The file cannot be written.
    """
    if path is None:
        yield
        return
    try:
        handler = _LogFile(path, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None
    handler.setFormatter(JsonLines())
    level = _LOGGER.level
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        _LOGGER.setLevel(level)
        _LOGGER.removeHandler(handler)
        with contextlib.suppress(OSError):
            handler.close()
