from __future__ import annotations

import pytest

from quality.model import cached_property


class Counted:
    def __init__(self) -> None:
        self.made = 0

    @cached_property
    def value(self) -> int:
        """A number."""
        self.made += 1
        return self.made


def test_a_value_is_made_once_for_each_object() -> None:
    first, second = Counted(), Counted()
    assert [first.value, first.value, second.value] == [1, 1, 1]
    assert (first.made, second.made) == (1, 1)


def test_a_value_that_is_there_already_is_not_made() -> None:
    counted = Counted()
    vars(counted)["value"] = 7
    assert (counted.value, counted.made) == (7, 0)


def test_a_value_that_cannot_be_made_is_asked_for_again() -> None:
    class Failing:
        @cached_property
        def value(self) -> int:
            raise ValueError("no")

    failing = Failing()
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            _ = failing.value


def test_the_class_has_the_attribute_itself_with_its_documentation() -> None:
    assert isinstance(Counted.value, cached_property)
    assert Counted.value.__doc__ == "A number."
