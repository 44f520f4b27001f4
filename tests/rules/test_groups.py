"""Groups are the parts of a graph that hang together, in whatever order its edges come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quality_rules.structure._groups import Groups

NAMES = "abcdefgh"
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12)


def reached(start: str, edges: list[tuple[str, str]]) -> set[str]:
    """All that a name leads to, looked for until nothing is new."""
    found = {start}
    while more := {name for edge in edges if found & set(edge) for name in edge} - found:
        found |= more
    return found


@given(edges=EDGES)
def test_names_that_lead_to_one_another_are_one_group_in_the_order_of_their_first(edges) -> None:
    groups = Groups()
    for edge in edges:
        groups.join(*edge)
    expected = dict.fromkeys(tuple(sorted(reached(name, edges))) for name in NAMES)
    assert groups.among(NAMES) == [list(group) for group in expected]
