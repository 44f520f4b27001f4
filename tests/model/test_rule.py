"""Which rules of a catalogue see the same defect."""

from __future__ import annotations

from quality.model import Rule, Severity, defect_classes


def rule(id_: str, *equivalents: str) -> Rule:
    namespace = id_.partition(":")[0]
    return Rule(id_, "A title", "reliability", Severity.NOTE, "Why.", namespace, equivalents=equivalents)


def test_equivalence_is_symmetric_and_transitive() -> None:
    rules = [rule("a:x", "b:x"), rule("b:x"), rule("c:x", "b:x"), rule("d:x")]
    classes = defect_classes({each.id: each for each in rules})
    assert classes["a:x"] == classes["b:x"] == classes["c:x"]
    assert classes.get("d:x", "d:x") == "d:x"


def test_equivalents_that_are_not_enabled_do_not_matter() -> None:
    assert defect_classes({"a:x": rule("a:x", "gone:x")}) == {}
