"""Which files hold evidence from tests: those that the call names, else those of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.project._files import resolved

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import Profile
    from quality.project._settings import Settings


@dataclass(frozen=True, slots=True)
class Sought:
    """Files with evidence.

    Attributes:
        suites: Results of tests.
        coverage: What tests execute.
    """

    suites: tuple[Path, ...]
    coverage: tuple[Path, ...]


def sought_evidence(
    suites: tuple[Path, ...], coverage: tuple[Path, ...], profile: Profile, settings: Settings
) -> Sought:
    """Says which files to read. Of settings only an open profile takes them, and only what is in their tree.

    Raises:
        UsageError: A file of the settings is not there, is no regular file or is elsewhere.
    """
    if profile.sealed:
        return Sought(suites, coverage)
    return Sought(
        suites or _own("test-results", settings.test_results, settings),
        coverage or _own("coverage", settings.coverage, settings),
    )


def _own(key: str, paths: tuple[Path, ...], settings: Settings) -> tuple[Path, ...]:
    for path in paths:
        root = settings.file.resolve().parent if settings.file else path.parent
        if not resolved(path).is_relative_to(root):
            raise UsageError(
                f"{settings.file}: key {key!r} names {path}, which is not below {root}.",
                remedy="Name files of the tree, or use the command's options.",
            )
        if not path.is_file():
            raise UsageError(
                f"{settings.file}: key {key!r} names {path}, which is no file.",
                remedy="Run the tests that write it first, leave the key out, or use --no-config.",
            )
    return paths
