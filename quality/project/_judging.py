"""What every command that judges files starts with: the profile, the scorer, the bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quality.model import Reason
from quality.profiles import configuration_error
from quality.project._names import unknown_names
from quality.project._settings import Settings, apply_settings, load_settings
from quality.runtime import Scorer, resolve_spec

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import Profile
    from quality.project._files import FoundFile

#: Files per worker below which another worker costs more than it brings.
_FILES_PER_WORKER = 12
_TIMEOUT = 10.0


def settings_for(
    asked: str | None, start: Path, file: Path | None = None, top: Path | None = None
) -> Settings:
    """The settings of a tree, or none where the call asks for a sealed profile: then a tree has no say.

    Args:
        asked: The profile that the call asks for, or None.
        start: See ``load_settings``; the others too. A file that the call names is read in any case.
        file: Read this file instead.
        top: Look no higher than this parent of ``start``.

    Raises:
        UsageError: ``file`` or the profile does not exist.
        ConfigurationError: The file is wrong; the message lists every problem.
    """
    if file is None and asked is not None and resolve_spec(asked).profile.sealed:
        return Settings()
    return load_settings(start, file, top)


def judging_profile(asked: str | None, settings: Settings) -> Profile:
    """The profile that the call asks for, or the settings, or ``project``, with what the settings change.

    Raises:
        UsageError: There is no such profile.
        ConfigurationError: The settings name a profile, rules or options that nobody brings.
    """
    if problems := list(unknown_names(settings, profile=asked is None)):
        raise configuration_error(str(settings.file), problems)
    spec = resolve_spec(asked or settings.profile or "project")
    return apply_settings(spec.profile, settings)


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
    if found.file.suffix.lower() == ".ipynb":  # its JSON may parse as an expression of Python
        return Reason.BAD_INPUT, "a notebook: convert it with 'jupyter nbconvert --to script'"
    try:
        # A character takes at most four bytes; what is larger need not be read to be too large.
        size = found.file.stat().st_size
        with found.file.open("rb") as stream:
            data = stream.read(4 * most + 1) if size <= 4 * most else b""
    except OSError as error:
        return Reason.BAD_INPUT, f"cannot be read: {error.strerror or error}"
    if max(size, len(data)) > 4 * most:  # a device has no size, and a file may grow
        return Reason.TOO_LARGE, f"{max(size, len(data)):,} bytes, the limit is {most:,} characters"
    return data
