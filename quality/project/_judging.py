"""What every command that judges files starts with: the profile, the scorer, the bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quality.model import Reason
from quality.project._settings import apply_settings
from quality.runtime import Scorer, resolve_spec

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import Profile
    from quality.project._files import FoundFile
    from quality.project._settings import Settings

#: Files per worker below which another worker costs more than it brings.
_FILES_PER_WORKER = 12
_TIMEOUT = 10.0


def judging_profile(asked: str | None, settings: Settings) -> Profile:
    """The profile that the call asks for, or the settings, or ``project``, with what the settings change."""
    return apply_settings(resolve_spec(asked or settings.profile or "project").profile, settings)


def open_scorer(
    profile: Profile,
    settings: Settings,
    files: int,
    *,
    jobs: int | None,
    timeout: float | None,
    cache: Path | None = None,
) -> Scorer:
    """A scorer with as many workers as are asked for, or as the machine and the number of files suggest."""
    workers = jobs if jobs is not None else settings.jobs
    if workers is None:
        workers = max(1, min(os.cpu_count() or 1, files // _FILES_PER_WORKER))
    seconds = timeout or settings.timeout or _TIMEOUT
    return Scorer(profile, workers=workers, timeout=seconds, cache=cache)


def read_file(found: FoundFile, most: int) -> bytes | tuple[Reason, str]:
    """A file's bytes, or why there are none.

    Args:
        found: The file.
        most: Most characters of a source.
    """
    try:
        # A character takes at most four bytes; what is larger need not be read to be too large.
        if found.file.stat().st_size > 4 * most:
            return Reason.TOO_LARGE, f"{found.file.stat().st_size:,} bytes, the limit is {most:,} characters"
        return found.file.read_bytes()
    except OSError as error:
        return Reason.BAD_INPUT, f"cannot be read: {error.strerror or error}"
