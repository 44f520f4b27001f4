"""Options that users set, checked against what plugins declare."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quality.model import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Option, OptionValue


def option_values(
    declared: Mapping[str, Iterable[Option]], given: Mapping[str, Mapping[str, OptionValue]]
) -> dict[str, dict[str, OptionValue]]:
    """Fills in the defaults.

    Args:
        declared: Plugin or rule id → its declared options.
        given: The same ids → option → value, as set.

    Raises:
        ConfigurationError: A line per unknown id, unknown option, wrong type or value out of range.
    """
    problems: list[str] = []
    values = {owner: {o.name: o.default for o in options} for owner, options in declared.items()}
    for owner, settings in given.items():
        if owner not in declared:
            problems.append(f"options of unknown {owner!r}.{_near(owner, declared)}")
            continue
        known = {option.name: option for option in declared[owner]}
        for name, value in settings.items():
            problem = _problem(known.get(name), value)
            if name not in known:
                problems.append(f"unknown option {name!r} of {owner!r}.{_near(name, known)}")
            elif problem:
                problems.append(f"option {name!r} of {owner!r} {problem}")
            else:
                values[owner][name] = value
    if problems:
        raise ConfigurationError("\n".join(problems))
    return values


def _near(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""


def _problem(option: Option | None, value: OptionValue) -> str:
    if option is None:
        return ""
    wanted = type(option.default)
    fits = isinstance(value, int | float) if wanted is float else isinstance(value, wanted)
    if not fits or (isinstance(value, bool) and wanted is not bool):
        return f"should be of type {wanted.__name__}, got {value!r}."
    if isinstance(value, int | float):
        if option.minimum is not None and value < option.minimum:
            return f"should be at least {option.minimum:g}, got {value:g}."
        if option.maximum is not None and value > option.maximum:
            return f"should be at most {option.maximum:g}, got {value:g}."
    return ""
