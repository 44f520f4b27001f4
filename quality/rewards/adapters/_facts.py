"""What hosts pass along with a sample: evidence, references, and the words of their messages."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.profiles import nearest
from quality.rewards._reward import QualityReward
from quality.samples import plain, plain_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Columns that a reward reads, besides prompts and completions.
_COLUMNS = ("passed", "tests_fraction", "reference", "before", "entry_point")


def own_reward(reward: QualityReward | None, options: Mapping[str, Any], host: str = "") -> QualityReward:
    """The reward that was given, or one made of the options.

    Args:
        reward: A reward, or None.
        options: Arguments of ``QualityReward``.
        host: Who calls with one sample at a time, where there is no group; empty for who calls with groups.

    Raises:
        UsageError: Both are given; an option is unknown; what is given is no reward; or the host has no groups and the reward needs them.
    """
    if reward is not None and options:
        raise UsageError(f"A reward is given, and so is {min(options)!r} for another.")
    known = [name for name in inspect.signature(QualityReward).parameters if name != "tests"]
    for name in options:
        if name not in known:
            raise UsageError(f"A reward has no argument {name!r}.", remedy=nearest(name, known))
    if reward is not None and not isinstance(reward, QualityReward):
        raise UsageError(
            f"reward should be a QualityReward, got {reward!r}.",
            remedy="Or leave it out, and give its arguments.",
        )
    made = reward if reward is not None else QualityReward(**options)
    if made.relative == "group" and host:
        raise UsageError(
            f"{host} asks for one sample at a time, so there is no group to be relative to.",
            remedy="Use relative='reference' or None.",
        )
    if made.runs_tests:
        raise UsageError("The test function of an adapter is the adapter's own argument 'tests'.")
    return made


def fact(name: str, places: Sequence[object]) -> object:
    """The first value of that name in the mappings, or None."""
    found = (plain_entry(place, name) for place in places)
    return next((value for value in found if value is not None), None)


def columns_of(samples: Sequence[Sequence[object]]) -> dict[str, list[object]]:
    """The columns that mappings beside the samples give; a column that no sample has is left out."""
    table = {name: [fact(name, places) for places in samples] for name in _COLUMNS}
    return {name: values for name, values in table.items() if any(value is not None for value in values)}


def share(result: object) -> object:
    """What a host's test function says: a number, a truth value, or a mapping with a ``score``; False for None."""
    found = plain(result)
    said = found.get("score") if isinstance(found, dict) else found
    return False if said is None else said


def single(
    reward: QualityReward, completion: object, prompt: object, places: Sequence[object], passed: object = None
) -> dict[str, float]:
    """The components of one sample; ``reward`` is 0 when it has none (``abstained`` is 1)."""
    columns = columns_of([places])
    if passed is not None:
        columns = {**columns, "passed": [passed]}
    (row,) = reward.components([completion], prompts=[prompt], **columns)
    return row
