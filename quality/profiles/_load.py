"""Reading profiles and tables, the built-in ones and those in files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.model import (
    AnalyzerUse,
    Calibration,
    ConfigurationError,
    Curve,
    Dimension,
    Firing,
    Fit,
    Limits,
    Peers,
    Profile,
    UsageError,
)
from quality.profiles._files import DimensionEntry, ProfileFile, TableFile
from quality.profiles._validate import configuration_error, fitting, nearest, validated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.resources.abc import Traversable

    from quality.model import OptionValue

#: Error of decimal weights that should sum to 1.
_ROUNDING = 1e-9
_DATA = resources.files("quality.profiles") / "data"


def builtin_profiles() -> dict[str, Profile]:
    """The profiles that ship with this package, by name."""
    names = sorted(
        entry.name.removesuffix(".toml") for entry in _DATA.iterdir() if entry.name.endswith(".toml")
    )
    return {name: _builtin(name) for name in names}


def load_profile(
    name: str,
    others: Mapping[str, Profile] | None = None,
    names: Callable[[Profile], Iterable[str]] = lambda _: (),
    lost: str = "",
) -> Profile:
    """Finds a profile.

    Args:
        name: A built-in profile, one of ``others``, or the path of a TOML file.
        others: Profiles of plugins, by name.
        names: Says what is wrong with the names of rules and options in a profile of a file, a line for each.
        lost: Why plugins that may have brought it could not be used; empty when all work.

    Raises:
        UsageError: No such profile; the message names the nearest.
        ConfigurationError: The file is wrong; the message lists every problem.
    """
    known = {**(others or {}), **builtin_profiles()}
    if name in known:
        return known[name]
    if not name.endswith(".toml"):
        raise UsageError(f"There is no profile {name!r}.", remedy=f"{nearest(name, known)} {lost}".rstrip())
    return dataclasses.replace(_read(Path(name), name, known, names), distribution="")


def _read(
    path: Path, file: str, known: Mapping[str, Profile], names: Callable[[Profile], Iterable[str]]
) -> Profile:
    """Makes the profile of a file. After a mistake it reads on, so that all of them are told."""
    data = read_toml(path)
    problems: list[str] = []
    try:
        parsed = validated(ProfileFile, data, file)
    except ConfigurationError as error:
        problems.append(error.message)
        parsed = fitting(ProfileFile, data)
    if parsed.extends is not None and parsed.extends not in known:
        problems.append(
            f"{file}: extends unknown profile {parsed.extends!r}. {nearest(parsed.extends, known)}"
        )
    base = known.get(parsed.extends or "sample", known["sample"])
    profile: Profile | None = None
    try:
        profile = _build(path.stem, parsed, base, path.parent, file)
    except ConfigurationError as error:
        problems.append(error.message)
    else:
        problems += (f"{file}: {problem}" for problem in names(profile))
    if profile is None or problems:
        raise ConfigurationError("\n".join(problems))
    return profile


def read_toml(file: Path) -> dict[str, Any]:
    """Parses a TOML file; what is wrong with it becomes a ConfigurationError that names the file."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{file} does not exist.", remedy="Check the path.") from None
    except OSError as error:
        raise configuration_error(str(file), [f"cannot be read ({error.strerror or error})."]) from None
    except UnicodeDecodeError:
        raise configuration_error(str(file), ["is not in UTF-8."]) from None
    except tomllib.TOMLDecodeError as error:
        raise configuration_error(str(file), [f"is no TOML ({error})."]) from None
    except ValueError as error:  # a number with too many digits, or no character of a path
        raise configuration_error(str(file), [f"cannot be read ({error})."]) from None
    except RecursionError:
        raise configuration_error(str(file), ["is nested too deeply to be read."]) from None


def load_calibration(table: str, folder: Path | None = None) -> Calibration:
    """Reads a table: a built-in name, or a path of a JSON file relative to ``folder``.

    Raises:
        UsageError: There is no such table.
        ConfigurationError: The table is wrong; the message lists every problem.
    """
    tables: dict[str, Traversable] = {
        entry.name.removesuffix(".json"): entry for entry in _DATA.iterdir() if entry.name.endswith(".json")
    }
    try:
        file = tables.get(table) or (folder or Path()) / table
        text = file.read_text(encoding="utf-8")
        data = json.loads(text)
    except OSError:
        raise UsageError(f"There is no calibration table {table!r}.", remedy=nearest(table, tables)) from None
    except ValueError as error:
        raise configuration_error(table, [f"is no JSON ({error})."]) from None
    except RecursionError:
        raise configuration_error(table, ["is nested too deeply to be read."]) from None
    return _calibration(validated(TableFile, data, table), text, table)


def _calibration(parsed: TableFile, text: str, file: str) -> Calibration:
    problems = [
        f"the curve of {metric!r} should have p50 above p90, got {entry.p50:g} and {entry.p90:g}."
        for metric, entry in parsed.curves.items()
        if entry.p50 <= entry.p90
    ]
    total = math.fsum(entry.exponent for entry in parsed.curves.values())
    if parsed.curves and abs(total - 1.0) > _ROUNDING:
        problems.append(f"the exponents of 'curves' should sum to 1, got {total:g}.")
    if problems:
        raise configuration_error(file, problems)
    return Calibration(
        name=parsed.name,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        curves={
            metric: Curve(float(entry.p90), float(entry.p50), float(entry.exponent), _floats(entry.free))
            for metric, entry in sorted(parsed.curves.items())
        },
        half_points=_floats(parsed.half_points),
        points=_floats(parsed.points.model_dump()),
        confidence=_floats(parsed.confidence.model_dump()),
        grades=_best_first(parsed.grades),
        total_grades=_best_first(parsed.total_grades),
        peers={
            metric: Peers(float(each.intercept), float(each.slope), float(each.sigma), float(each.least))
            for metric, each in sorted(parsed.peers.items())
        },
        fit={metric: Fit(each.reference, each.peers) for metric, each in sorted(parsed.fit.items())},
        firing={rule: Firing(each.per_kilo, each.share) for rule, each in sorted(parsed.firing.items())},
        facts=parsed.facts,
    )


def _best_first(grades: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(_floats(grades).items(), key=lambda entry: -entry[1]))


def _floats(values: Mapping[str, int | float]) -> dict[str, float]:
    return {key: float(value) for key, value in sorted(values.items())}


@cache
def _builtin(name: str) -> Profile:
    """A profile of this package; nobody changes one, so all who ask get the same."""
    entry = _DATA / f"{name}.toml"
    parsed = validated(ProfileFile, tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
    base = _builtin(parsed.extends) if parsed.extends else None
    return _build(name, parsed, base, None, entry.name)


def _build(name: str, parsed: ProfileFile, base: Profile | None, folder: Path | None, file: str) -> Profile:
    """Makes the profile; what the file leaves out comes from the base."""
    calibration = _table(parsed.table, folder, file) if parsed.table else _base_table(base, file)
    return Profile(
        name=name,
        description=parsed.description or (base.description if base else ""),
        sealed=_either(parsed.sealed, base.sealed if base else True),
        analyzers=_analyzers(parsed, base),
        dimensions=_dimensions(parsed, base, calibration, file),
        calibration=calibration,
        select=_either(_tuple(parsed.select), base.select if base else ("*",)),
        ignore=(*(base.ignore if base else ()), *(parsed.ignore or ())),
        ignore_in_tests=(*(base.ignore_in_tests if base else ()), *(parsed.ignore_in_tests or ())),
        caps=_either(_optional_floats(parsed.caps), base.caps if base else {}),
        volume=_either(parsed.volume, base.volume if base else None),
        suppressed_factor=float(_either(parsed.suppressed_factor, base.suppressed_factor if base else 1.0)),
        limits=_limits(parsed, base),
        options=_options(parsed, base),
    )


def _table(table: str, folder: Path | None, file: str) -> Calibration:
    try:
        return load_calibration(table, folder)
    except ConfigurationError:  # it names the table's own file
        raise
    except UsageError as error:
        raise configuration_error(file, [f"key 'table': {error}"]) from None


def _base_table(base: Profile | None, file: str) -> Calibration:
    if base is None:
        raise configuration_error(file, ["key 'table' is missing. Add it."])
    return base.calibration


def _either(value: Any, fallback: Any) -> Any:
    return fallback if value is None else value


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _optional_floats(values: Mapping[str, int | float] | None) -> dict[str, float] | None:
    return None if values is None else _floats(values)


def _analyzers(parsed: ProfileFile, base: Profile | None) -> tuple[AnalyzerUse, ...]:
    if parsed.analyzers is None:
        return base.analyzers if base else ()
    return tuple(AnalyzerUse(entry.id, entry.required) for entry in parsed.analyzers)


def _dimensions(
    parsed: ProfileFile, base: Profile | None, table: Calibration, file: str
) -> tuple[Dimension, ...]:
    if parsed.dimensions is None:
        kept = base.dimensions if base else ()
        return tuple(
            dataclasses.replace(
                dimension, half_points=table.half_points.get(dimension.id, dimension.half_points)
            )
            if dimension.half_points is not None
            else dimension
            for dimension in kept
        )
    total = sum(entry.weight for entry in parsed.dimensions.values())
    if abs(total - 1.0) > _ROUNDING:
        raise configuration_error(file, [f"the weights of 'dimensions' should sum to 1, got {total:g}."])
    return tuple(
        Dimension(
            id=name,
            title=entry.title,
            description=entry.description,
            weight=float(entry.weight),
            half_points=_half_points(name, entry, table, file),
        )
        for name, entry in parsed.dimensions.items()
    )


def _half_points(name: str, entry: DimensionEntry, table: Calibration, file: str) -> float | None:
    if entry.judged_by == "units":
        return None
    found = entry.half_points or table.half_points.get(name)
    if found is None:
        raise configuration_error(
            file,
            [f"'dimensions.{name}' has no 'half-points', and neither has table {table.name!r}. Add them."],
        )
    return float(found)


def _limits(parsed: ProfileFile, base: Profile | None) -> Limits:
    limits = base.limits if base else Limits()
    if parsed.limits is None:
        return limits
    given = {key: value for key, value in parsed.limits.model_dump().items() if value is not None}
    return dataclasses.replace(limits, **given)


def _options(parsed: ProfileFile, base: Profile | None) -> dict[str, dict[str, OptionValue]]:
    merged = {name: dict(values) for name, values in (base.options if base else {}).items()}
    for name, values in (parsed.options or {}).items():
        converted = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        merged.setdefault(name, {}).update(converted)
    return merged
