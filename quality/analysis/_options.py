"""Options that users set, checked against what plugins declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import ConfigurationError
from quality.profiles import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Option, OptionValue


def option_values(
    declared: Mapping[str, Iterable[Option]],
    given: Mapping[str, Mapping[str, OptionValue]],
    where: str = "",
) -> dict[str, dict[str, OptionValue]]:
    """Fills in the defaults.

    Args:
        declared: Plugin or rule id → its declared options.
        given: The same ids → option → value, as set.
        where: What a message begins with: who sets them.

    Raises:
        ConfigurationError: A line per unknown id, unknown option, wrong type or value out of range.
    """
    problems = option_problems(declared, given)
    if problems:
        raise ConfigurationError("\n".join(where + problem for problem in problems))
    return {
        owner: {option.name: option.default for option in options} | dict(given.get(owner, {}))
        for owner, options in declared.items()
    }


def option_problems(
    declared: Mapping[str, Iterable[Option]], given: Mapping[str, Mapping[str, OptionValue]]
) -> list[str]:
    """A line per unknown id, unknown option, wrong type or value out of range; for the arguments see above."""
    problems: list[str] = []
    for owner, settings in given.items():
        if owner not in declared:
            owners = [each for each, options in declared.items() if options]
            problems.append(f"options of unknown {owner!r}. {nearest(owner, owners)}")
            continue
        known = {option.name: option for option in declared[owner]}
        for name, value in settings.items():
            problem = _problem(known.get(name), value)
            if name not in known:
                remedy = nearest(name, known) if known else "It has none."
                problems.append(f"unknown option {name!r} of {owner!r}. {remedy}")
            elif problem:
                problems.append(f"option {name!r} of {owner!r} {problem}")
    return problems


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
