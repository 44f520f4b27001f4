"""Options: declared, typed, in range, and all problems at once with the nearest name."""

from __future__ import annotations

import pytest

from quality.analysis._options import option_values
from quality.model import ConfigurationError, Option

DECLARED = {
    "tool": (
        Option("max-depth", 4, "Deepest.", minimum=1, maximum=9),
        Option("ratio", 0.5, "Share."),
        Option("strict", default=False, description="Whether."),
        Option("names", ("a",), "Which."),
        Option("label", "x", "What."),
    )
}


def values(**given: object) -> dict[str, object]:
    return option_values(DECLARED, {"tool": {name.replace("_", "-"): v for name, v in given.items()}})["tool"]


def problem(**given: object) -> str:
    with pytest.raises(ConfigurationError) as caught:
        values(**given)
    return str(caught.value)


def test_what_is_not_set_has_its_default() -> None:
    assert values() == {"max-depth": 4, "ratio": 0.5, "strict": False, "names": ("a",), "label": "x"}


def test_what_is_set_replaces_the_default() -> None:
    assert values(max_depth=9, names=("b", "c"))["names"] == ("b", "c")


def test_a_whole_number_is_a_fine_share() -> None:
    assert values(ratio=1)["ratio"] == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"max_depth": "4"}, "should be of type int, got '4'"),
        ({"max_depth": True}, "should be of type int, got True"),
        ({"max_depth": 4.5}, "should be of type int, got 4.5"),
        ({"max_depth": 0}, "should be at least 1, got 0"),
        ({"max_depth": 10}, "should be at most 9, got 10"),
        ({"ratio": True}, "should be of type float, got True"),
        ({"strict": 1}, "should be of type bool, got 1"),
        ({"label": 3}, "should be of type str, got 3"),
        ({"names": "b"}, "should be of type tuple, got 'b'"),
        ({"max_dept": 4}, "unknown option 'max-dept' of 'tool'. Did you mean 'max-depth'?"),
    ],
)
def test_a_wrong_value_names_option_and_expectation(given: dict[str, object], says: str) -> None:
    assert says in problem(**given)


def test_an_unknown_owner_names_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match=r"unknown 'toll'\. Did you mean 'tool'\?"):
        option_values(DECLARED, {"toll": {}})


def test_all_problems_come_at_once() -> None:
    assert len(problem(max_depth=0, ratio="x", nothing=1).splitlines()) == 3
