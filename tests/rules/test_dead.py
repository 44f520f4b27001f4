"""Names whose values only go to other names."""

from __future__ import annotations

import textwrap

from quality.model import Source
from quality.rules import Facts
from quality_rules._dead import never_read


def unread(code: str) -> list[str]:
    """The names of the function of a text that nothing reads."""
    facts = Facts(Source(textwrap.dedent(code)))
    (function,) = facts.functions
    return [name for name, _ in never_read(facts, function)]


def test_names_that_give_each_other_their_values_are_read_when_one_of_them_is() -> None:
    code = """
    def last(start, rest):
        current = start
        for each in rest:
            previous = current
            if each:
                current = previous
        return current
    """
    assert unread(code) == []


def test_names_that_only_give_each_other_their_values_are_not_read() -> None:
    code = """
    def last(start):
        current = start
        previous = current
        current = previous
        return start
    """
    assert unread(code) == ["current", "previous"]


def test_a_value_goes_through_any_number_of_names() -> None:
    chain = "".join(f"    v{n} = v{n - 1}\n" for n in range(1, 3000))
    assert len(unread(f"def f(v0):\n{chain}    return 1\n")) == 2999
    assert unread(f"def f(v0):\n{chain}    return v2999\n") == []
