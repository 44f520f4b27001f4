"""Settings of a tree: ``[tool.quality]`` in pyproject.toml, or quality.toml.

They are read only for profiles that are not sealed, and only from the tree that the user names.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from quality.model import ConfigurationError
from quality.profiles import StrictModel, configuration_error, fitting, read_toml, validated
from quality.project._files import resolved
from quality.project._names import unknown_names
from quality.project._patterns import pattern_of
from quality.runtime import MOST_SECONDS, MOST_WORKERS

if TYPE_CHECKING:
    from pathlib import Path

    from quality.model import OptionValue, Profile

_NAMES = ("quality.toml", "pyproject.toml")
_TESTS = ("**/tests/**", "**/test/**", "**/test_*.py", "**/*_test.py", "**/conftest.py")


def _meant(line: str) -> str:
    if line and pattern_of(line) is None:
        raise PydanticCustomError("pattern", "a pattern of paths as git reads it")
    return line


def _named(path: str) -> str:
    if "\0" in path:
        raise PydanticCustomError("path", "a path")
    return path


_Pattern = Annotated[str, AfterValidator(_meant)]
_Path = Annotated[str, AfterValidator(_named)]


class SettingsFile(StrictModel):
    """The keys of ``[tool.quality]``."""

    profile: _Path | None = None
    include: list[_Pattern] = Field(default_factory=list)
    exclude: list[_Pattern] = Field(default_factory=list)
    tests: list[_Pattern] | None = None
    fail_under: float | None = Field(default=None, ge=0, le=100)
    timeout: float | None = Field(default=None, gt=0, le=MOST_SECONDS)
    jobs: int | None = Field(default=None, ge=0, le=MOST_WORKERS)
    test_results: list[_Path] = Field(default_factory=list)
    coverage: list[_Path] = Field(default_factory=list)
    ignore: list[str] = Field(default_factory=list)
    ignore_in_tests: list[str] = Field(default_factory=list)
    options: dict[str, dict[str, bool | int | float | str | list[str]]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a tree asks for.

    Attributes:
        file: Where it was read, or None.
        profile: Profile to judge by, a name or a file, or None.
        include: Patterns of files to take besides ``*.py``.
        exclude: Patterns of files to leave out.
        tests: Patterns of test code.
        fail_under: The gate's bound in 0 to 100, or None.
        timeout: CPU seconds per source, or None.
        jobs: Worker processes, or None.
        test_results: JUnit XML files with the results of tests.
        coverage: Coverage files.
        ignore: Patterns of rule ids that do not count.
        ignore_in_tests: Patterns of rule ids that do not count in test code.
        options: Plugin or rule id → option → value.
    """

    file: Path | None = None
    profile: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = _TESTS
    fail_under: float | None = None
    timeout: float | None = None
    jobs: int | None = None
    test_results: tuple[Path, ...] = ()
    coverage: tuple[Path, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in_tests: tuple[str, ...] = ()
    options: dict[str, dict[str, OptionValue]] = dataclasses.field(default_factory=dict)


def load_settings(start: Path, file: Path | None = None, top: Path | None = None) -> Settings:
    """Reads the settings of a tree.

    Args:
        start: A file or folder; its nearest parent with settings counts.
        file: Read this file instead.
        top: Look no higher than this parent of ``start``; None for no bound.

    Raises:
        UsageError: ``file`` does not exist.
        ConfigurationError: The file is wrong; the message lists every problem.
    """
    if file is not None:
        return _read(file) or Settings(file=file)
    folder = resolved(start)
    for parent in [folder, *folder.parents]:
        for name in _NAMES:
            if (parent / name).is_file() and (found := _read(parent / name)):
                return found
        if parent == top:
            break
    return Settings()


def apply_settings(profile: Profile, settings: Settings) -> Profile:
    """Makes the profile that the settings ask for; a sealed one stays as it is."""
    if profile.sealed or not (settings.ignore or settings.ignore_in_tests or settings.options):
        return profile
    options = {name: dict(values) for name, values in profile.options.items()}
    for name, values in settings.options.items():
        options.setdefault(name, {}).update(values)
    return dataclasses.replace(
        profile,
        ignore=(*profile.ignore, *settings.ignore),
        ignore_in_tests=(*profile.ignore_in_tests, *settings.ignore_in_tests),
        options=options,
    )


def _beside(file: Path, profile: str | None) -> str | None:
    """A profile's name, or its file beside the settings wherever the command runs."""
    return str(file.parent / profile) if profile and profile.endswith(".toml") else profile


def _read(file: Path) -> Settings | None:
    """Reads a file; None when it is a pyproject.toml that does not mention this tool."""
    data = read_toml(file)
    tools = data.get("tool")
    own = tools.get("quality") if isinstance(tools, dict) else None
    prefix = ""
    if file.name == "pyproject.toml":
        if own is None:
            return None
        data, prefix = own, "tool.quality"
    elif own is not None:
        problem = (
            "the settings stand under [tool.quality]. Leave that heading out: only pyproject.toml has it."
        )
        raise configuration_error(str(file), [problem])
    try:
        return _settings(validated(SettingsFile, data, str(file), prefix), file)
    except ConfigurationError as error:
        # What is wrong with the names in the rest is told in one go.
        rest = _settings(fitting(SettingsFile, data), file)
        lines = "".join(f"\n{file}: {problem}" for problem in unknown_names(rest, profile=True))
        raise ConfigurationError(error.message + lines) from None


def _settings(parsed: SettingsFile, file: Path) -> Settings:
    return Settings(
        file=file,
        profile=_beside(file, parsed.profile),
        include=tuple(parsed.include),
        exclude=tuple(parsed.exclude),
        tests=_TESTS if parsed.tests is None else tuple(parsed.tests),
        fail_under=parsed.fail_under,
        timeout=parsed.timeout,
        jobs=parsed.jobs,
        test_results=tuple(file.parent / name for name in parsed.test_results),
        coverage=tuple(file.parent / name for name in parsed.coverage),
        ignore=tuple(parsed.ignore),
        ignore_in_tests=tuple(parsed.ignore_in_tests),
        options={
            name: {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
            for name, values in parsed.options.items()
        },
    )
