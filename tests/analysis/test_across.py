"""What sources give together is added to those it concerns, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.analysis import compare_sources, with_newlines
from quality.model import Analysis, Confidence, Finding, Rule, Severity, Source, Trace
from quality.project import CheckOptions, Settings, check
from quality.rules import AstRule

TEXTS = {
    "p/a.py": "from p import b\n\n\ndef f():\n    return b\n",
    "p/b.py": "import p.a  # noqa\n\n\ndef g():\n    return p.a\n",
    "p/c.py": "def h(x):\n    return x\n",
}


class Twins(AstRule):
    @classmethod
    def across(cls, entry: Rule, traces: list[Trace]) -> list[Finding]:
        if any(trace.key == "broken" for trace in traces):
            raise KeyError("no such key")
        return [Finding.of(entry, f"with {traces[0].location.path}", trace.location) for trace in traces[1:]]


RULES = {
    "t:twins": Rule(
        "t:twins",
        "Twins",
        "structure",
        Severity.NOTE,
        "Why",
        "libcst",
        confidence=Confidence.HIGH,
        checker=Twins,
    )
}


def analysis(path: str, key: str) -> Analysis:
    return Analysis(path, "0", 1, traces=(Trace("t:twins", key, Source("x = 1\n", path).location(1)),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_findings_are_added_to_the_source_they_are_in_whatever_the_order() -> None:
    first, second = analysis("a.py", "1"), analysis("b.py", "1")
    for order in ([first, second], [second, first]):
        after = {each.path: each for each in compare_sources(order, ["x = 1\n"] * 2, RULES, obey=True)}
        assert after["a.py"] is first
        assert [finding.message for finding in after["b.py"].findings] == ["with a.py"]
        assert after["b.py"].findings[0].fingerprint


@pytest.mark.parametrize("text", ["x = 1  # noqa\n", "\ufeffx = 1\r\n", "x = 1\x0c\n"])
def test_a_finding_stays_the_same_whatever_else_is_in_its_line(text: str) -> None:
    both = [analysis("a.py", "1"), analysis("b.py", "1")]
    (plain,) = compare_sources(both, ["x = 1\n"] * 2, RULES, obey=True)[1].findings
    (other,) = compare_sources(both, ["x = 1\n", with_newlines(text)], RULES, obey=True)[1].findings
    assert other.fingerprint == plain.fingerprint


def test_a_rule_that_raises_costs_itself_only_and_is_named() -> None:
    before = [analysis("a.py", "broken"), analysis("b.py", "1")]
    after = compare_sources(before, ["x = 1\n"] * 2, RULES, obey=True)
    assert [failure.rule for failure in after[0].failures] == ["t:twins"]
    assert after[1] is before[1]


def test_a_check_of_a_folder_finds_the_cycle_and_charges_it_where_it_begins(folder: Path) -> None:
    options = CheckOptions(jobs=0, gate=False)
    together = check([folder], Settings(), options)
    alone = check([folder / "p" / "a.py"], Settings(), options)
    found = {
        Path(source.path).name: [
            f.message for f in source.score.findings if f.rule_id == "quality:import-cycle"
        ]
        for source in together.sources
    }
    assert [name for name, messages in found.items() if messages] == ["a.py"]
    assert "imports" in found["a.py"][0]
    score = next(source.score for source in together.sources if source.path.endswith("a.py"))
    assert score.value < alone.sources[0].score.value
    assert any(part.cause == "quality:import-cycle" for part in score.contributions)
