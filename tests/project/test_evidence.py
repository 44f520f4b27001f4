"""Evidence from tests: read as hostile text, shown, able to fail the gate, unable to move a score."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from quality.model import (
    Coverage,
    Evidence,
    FunctionCoverage,
    Measure,
    Scope,
    ScopeKind,
    Score,
    SourceReport,
    Status,
    SuiteResults,
    UsageError,
)
from quality.project import CheckOptions, Settings, check, load_settings
from quality.project.evidence import coverage_of, gate_lines, read_coverage, read_suites
from quality.schema import json_schema, report_document

CODE = """
def used(x):
    if x:
        return 1
    return 2


def unused(a, b, c):
    if a and b or c:
        return [x for x in a if x]
    for each in b:
        if each:
            return c
    return a
"""

JUNIT = """<?xml version="1.0"?>
<testsuites><testsuite name="s" tests="5" failures="1" errors="1" skipped="1">
<testcase classname="t.A" name="good"><system-out>noise</system-out></testcase>
<testcase classname="t.A" name="bad"><failure message="assert 1 == 2&#10;more">trace</failure></testcase>
<testcase name="broken" file="t.py"><error message="no fixture"/><failure/></testcase>
<testcase classname="t.A" name="later"><skipped/></testcase>
<testcase classname="t.A" name="odd"><properties><property name="failure"/></properties></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str | bytes, name: str = "file") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def cobertura(name: str, hits: dict[int, int], source: str = "") -> str:
    lines = "".join(f'<line number="{line}" hits="{count}"/>' for line, count in hits.items())
    return (
        '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">'
        f"<coverage><sources><source>{source}</source></sources><packages><package><classes>"
        f'<class filename="{name}"><lines>{lines}</lines></class></classes></package></packages></coverage>'
    )


def test_results_of_tests_are_counted(write) -> None:
    suite = read_suites([write(JUNIT)])
    assert (suite.passed, suite.failed, suite.skipped) == (2, 2, 1)
    assert [(each.name, each.kind, each.message) for each in suite.failures] == [
        ("t.A::bad", "failure", "assert 1 == 2"),
        ("t.py::broken", "error", "no fixture"),
    ]


def test_results_of_several_files_are_added(write) -> None:
    one = write('<testsuite><testcase name="x"/></testsuite>', "one.xml")
    suite = read_suites([one, write(JUNIT, "two.xml"), one])
    assert (suite.passed, suite.failed, len(suite.failures)) == (4, 2, 2)


def test_failures_that_are_counted_but_not_listed_count(write) -> None:
    suite = read_suites([write('<testsuite errors="3"><testcase name="x"/></testsuite>')])
    assert (suite.passed, suite.failed) == (1, 3)


def test_what_pytest_writes_is_read(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\n\ndef test_good():\n    pass\n\n\ndef test_bad():\n    assert 1 == 2\n\n\n"
        "@pytest.fixture\ndef broken():\n    raise OSError\n\n\ndef test_broken(broken):\n    pass\n\n\n"
        "def test_skipped():\n    pytest.skip()\n\n\n@pytest.mark.xfail\ndef test_expected():\n    raise OSError\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "--junit-xml=out.xml", "test_it.py"]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=tmp_path, env=alone, check=False, capture_output=True)
    suite = read_suites([tmp_path / "out.xml"])
    assert (suite.passed, suite.failed, suite.skipped) == (1, 2, 2)
    assert [failure.kind for failure in suite.failures] == ["failure", "error"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not XML"),
        ("plain", "it is not XML"),
        (b"\xff\xfe\x00", "it is not XML"),
        ("<testsuite><testcase>", "it is not XML"),
        ('<?xml version="1.0" encoding="no-such"?><testsuite/>', "it"),
        ("<html/>", "its root is <html>"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><testsuite name="&a;"/>', "entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuite>&a;</testsuite>', "entities"),
    ],
)
def test_other_files_are_refused_by_name(write, text: str | bytes, said: str) -> None:
    path = write(text)
    with pytest.raises(UsageError, match=f"{path} cannot be used: .*{said}.*Name a file as pytest"):
        read_suites([path])


def test_a_deep_document_needs_no_deep_stack(write) -> None:
    deep = "<testsuite>" + "<a>" * 200_000 + "</a>" * 200_000 + '<testcase name="x"/></testsuite>'
    assert read_suites([write(deep)]).passed == 1


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        "[" * 100_000,
        '{"files": []}',
        '{"files": {"a.py": {}}}',
        '{"files": {"a.py": {"executed_lines": [], "missing_lines": 7}}}',
        "<testsuite/>",
        "",
    ],
)
def test_other_files_are_no_coverage(write, text: str) -> None:
    with pytest.raises(UsageError, match="Name a file as 'coverage xml'"):
        read_coverage(write(text))


def lcov(name: str, hits: dict[int, int]) -> str:
    lines = "".join(f"DA:{line},{count}\n" for line, count in hits.items())
    return f"TN:\nSF:{name}\nFN:2,used\nFNDA:1,used\n{lines}LF:8\nLH:4\nend_of_record\n"


def test_lcov_is_read(write) -> None:
    text = (
        "# made by a runner\r\n"
        + lcov("a.py", {1: 3, 2: 0})
        + "SF:a.py\nDA:2,1,abc\nDA:3,-1\nDA:4,0.5\nDA:x,1\n"
    )
    (entry,) = read_coverage(write(text))
    assert (entry.executed, entry.missed) == ({1, 2}, {3, 4})


@pytest.mark.parametrize("text", ["TN:\nDA:1,1\n", b"SF:\xff\n", "SF:a.py\nend_of_record\nDA:1,1\n"])
def test_damaged_lcov_is_refused_by_name(write, text: str | bytes) -> None:
    with pytest.raises(UsageError, match=r"file cannot be used: it .* Name a file as"):
        read_coverage(write(text))


def test_what_coverage_writes_as_lcov_says_what_its_xml_says(write, tmp_path: Path) -> None:
    assert found(write, tmp_path, lcov("src/a.py", HITS)) == found(
        write, tmp_path, cobertura("src/a.py", HITS)
    )


def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no endless device here")
    with pytest.raises(UsageError, match="which is the limit"):
        read_suites([Path("/dev/zero")])


def test_a_missing_or_huge_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Check the path"):
        read_coverage(tmp_path / "none.xml")
    with (tmp_path / "huge.xml").open("wb") as file:
        file.truncate((128 << 20) + 1)
    with pytest.raises(UsageError, match="which is the limit"):
        read_suites([tmp_path / "huge.xml"])


def test_lines_are_numbers_or_nothing(write) -> None:
    executed = '[1, 2.5, "3", true, -4, 99999999999, null]'
    (entry,) = read_coverage(
        write(f'{{"files": {{"a.py": {{"executed_lines": {executed}, "missing_lines": [7]}}}}}}')
    )
    assert (entry.executed, entry.missed) == ({1}, {7})
    (entry,) = read_coverage(write(cobertura("a.py", {1: 1}).replace('"1"', '"-1"')))
    assert entry.executed == set()


def source(path: str, *functions: tuple[str, int, int, float]) -> SourceReport:
    measures = tuple(
        Measure("radon:cyclomatic", paths, Scope(ScopeKind.FUNCTION, name, line, end))
        for name, line, end, paths in functions
    )
    return SourceReport(path, Score(Status.MEASURED, "project", "f", 0.5, "D", measures=measures))


def found(write, tmp_path: Path, text: str) -> Coverage:
    sources = [source("src/a.py", ("used", 1, 4, 2.0), ("unused", 6, 9, 8.0), ("excluded", 11, 12, 1.0))]
    (tmp_path / "src").mkdir(exist_ok=True)
    return coverage_of(sources, {"src/a.py": tmp_path / "src" / "a.py"}, read_coverage(write(text)))


HITS = {1: 1, 2: 5, 3: 1, 4: 0, 6: 1, 7: 0, 8: 0, 9: 0}


@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("src/a.py", ""),
        ("a.py", "{here}/src"),
        ("{here}/src/a.py", ""),
        ("src\\a.py", ""),
        ("/ci/work/src/a.py", ""),
    ],
)
def test_files_are_found_wherever_the_tests_ran(write, tmp_path: Path, name: str, root: str) -> None:
    text = cobertura(name.format(here=tmp_path), HITS, root.format(here=tmp_path))
    coverage = found(write, tmp_path, text)
    assert (coverage.executed, coverage.statements) == (4, 8)
    assert coverage.functions == (
        FunctionCoverage("src/a.py", "unused", 6, 0, 3, 8.0),
        FunctionCoverage("src/a.py", "used", 1, 2, 3, 2.0),
    )
    assert [round(each.risk, 3) for each in coverage.functions] == [72.0, 2.148]


def test_a_file_of_the_same_name_elsewhere_is_another(write, tmp_path: Path) -> None:
    for name in ["other/a.py", "/ci/work/lib/a.py", "b.py"]:
        with pytest.raises(UsageError, match="none of the judged sources"):
            found(write, tmp_path, cobertura(name, HITS))


def test_the_gate_fails_when_a_test_failed_or_none_ran() -> None:
    assert list(gate_lines(SuiteResults(3, 0, 1))) == []
    assert list(gate_lines(SuiteResults(0, 0, 9))) == ["no test ran"]
    assert next(gate_lines(SuiteResults(1, 2, 0))) == "2 of 3 tests failed"


@pytest.fixture
def checked(tmp_path: Path, write):
    file = write(CODE, "src/a.py")
    hits = {2: 1, 3: 1, 4: 1, 5: 0, 8: 1, **dict.fromkeys(range(9, 15), 0)}

    def judge(**options: tuple[Path, ...]):
        return check([file], Settings(), CheckOptions(jobs=0, **options))

    good = write('<testsuite><testcase name="x"/></testsuite>', "good.xml")
    return judge, good, write(JUNIT, "bad.xml"), write(cobertura(str(file), hits), "coverage.xml")


def test_evidence_fails_the_gate_and_moves_no_score(checked) -> None:
    judge, good, bad, coverage = checked
    plain = judge()
    proven = judge(suites=(good,), coverage=(coverage,))
    failing = judge(suites=(good, bad))
    assert plain.total == proven.total == failing.total
    assert (plain.failed, proven.failed) == ((), ())
    assert failing.failed[0] == "2 of 5 tests failed"
    assert dataclasses.replace(proven, evidence=None) == plain
    worst = proven.evidence.coverage.functions[0]
    assert (worst.name, worst.executed, worst.statements) == ("unused", 0, 6)


def test_the_document_has_the_evidence(checked) -> None:
    judge, _, bad, coverage = checked
    schema = json_schema()
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/ReportDocument", "$defs": schema["$defs"]})
    for options in [{}, {"suites": (bad,)}, {"coverage": (coverage,)}]:
        document = json.loads(json.dumps(report_document(judge(**options))))
        validator.validate(document)
        assert (document["evidence"] is None) == (not options)


class TestSettings:
    """Files that the settings of a tree name."""

    @pytest.fixture
    def tree(self, checked, tmp_path: Path):
        def tree(keys: str, **options: object):
            (tmp_path / "quality.toml").write_text(keys, "utf-8")
            source = next(tmp_path.rglob("*.py"))
            return check([source], load_settings(source), CheckOptions(jobs=0, **options))

        return tree

    def test_they_are_read_from_the_folder_of_the_settings(self, tree) -> None:
        report = tree('test-results = ["bad.xml"]\ncoverage = ["coverage.xml"]\n')
        assert report.failed[0] == "2 of 4 tests failed"
        assert report.evidence.coverage.functions[0].name == "unused"

    def test_options_go_first(self, tree, checked) -> None:
        _, good, _, _ = checked
        assert tree('test-results = ["bad.xml"]\n', suites=(good,)).failed == ()

    def test_a_file_that_is_not_there_is_an_error(self, tree) -> None:
        with pytest.raises(UsageError, match=r"quality.toml: key 'test-results' .* Run the tests"):
            tree('test-results = ["none.xml"]\n')

    def test_no_file_outside_of_the_tree_is_read(self, tree) -> None:
        for name in ("/etc/hostname", "../junit.xml"):
            with pytest.raises(UsageError, match="not below"):
                tree(f'coverage = ["{name}"]\n')

    def test_coverage_that_says_nothing_of_a_part_is_no_error(self, tree, write) -> None:
        write(cobertura("elsewhere/b.py", HITS), "other.xml")
        assert tree('coverage = ["other.xml"]\n').evidence == Evidence(None, None)

    def test_a_sealed_profile_takes_none(self, tree) -> None:
        assert tree('test-results = ["bad.xml"]\n', profile="sample").failed == ()
