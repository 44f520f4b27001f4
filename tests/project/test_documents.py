"""A document is given again exactly while nothing that it depends on has changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from quality.model import AnalyzerFailure, FailureKind, PluginError, Report, Score, SourceReport, Status
from quality.project import CheckOptions, Settings, _documents, check_document
from quality.project._check import Gathered
from quality.runtime import HostSpec, _cache, expected_identity


class Renderer:
    """Counts how often it is asked."""

    id = "fake"
    description = "For tests"

    def __init__(self, width: int = 80) -> None:
        self.width = width

    def render(self, report: Report) -> str:
        return f"{report.title} {len(report.sources)} {self.width}\n"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Gathered]:
    """What was judged. No analyzer runs."""
    seen: list[Gathered] = []

    def report_on(gathered: Gathered, _progress: object = None) -> Report:
        seen.append(gathered)
        identity = expected_identity(HostSpec(gathered.profile))
        assert identity is not None
        score = Score(Status.MEASURED, "project", identity.fingerprint, value=0.5, grade="C")
        if any(b"FAIL" in data for data in gathered.read if isinstance(data, bytes)):
            failure = AnalyzerFailure("pylint", FailureKind.CRASH, "it fell")
            score = dataclasses.replace(score, failures=(failure,))
        sources = tuple(SourceReport(found.path, score) for found in gathered.files)
        failed = ("too low",) if gathered.fail_under else ()
        return Report(gathered.title, score, sources, gathered.profile, {}, failed=failed)

    monkeypatch.setattr(_documents, "report_on", report_on)
    return seen


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\n")
    (folder / "b.py").write_text("y = 2\n")
    return folder


@pytest.fixture
def options(tmp_path: Path) -> CheckOptions:
    return CheckOptions(cache=tmp_path / "results.sqlite")


def test_an_unchanged_tree_is_neither_judged_nor_rendered(judged, tree: Path, options: CheckOptions) -> None:
    asked = dataclasses.replace(options, fail_under=60)
    first = check_document([tree], Settings(), asked, Renderer())
    again = check_document([tree], Settings(), asked, Renderer())
    assert again == first
    assert (first.text, first.failed, first.summary) == ("tree 2 80\n", True, "tree: 50.0 (C), 2 sources")
    assert len(judged) == 1


def test_the_summary_says_how_many_sources_were_not_measured(tree: Path) -> None:
    (tree / "b.py").write_text("def (")
    document = check_document([tree], Settings(), CheckOptions(jobs=0, cache=None), Renderer())
    assert document.summary.endswith("2 sources, 1 of them not measured")


@pytest.mark.parametrize("change", ["text", "name", "added", "unreadable", "gate", "bound", "role", "way"])
def test_whatever_it_depends_on_makes_it_anew(judged, tree: Path, options: CheckOptions, change: str) -> None:
    check_document([tree], Settings(), options, Renderer())
    settings, renderer = Settings(), Renderer()
    if change == "text":
        (tree / "a.py").write_text("x = 2\n")
    elif change == "name":
        (tree / "a.py").rename(tree / "c.py")
    elif change == "added":
        (tree / "c.py").write_text("")
    elif change == "unreadable":
        (tree / "a.py").unlink()
        (tree / "a.py").symlink_to(tree)
    elif change == "gate":
        options = dataclasses.replace(options, gate=False)
    elif change == "bound":
        options = dataclasses.replace(options, fail_under=1)
    elif change == "role":
        settings = Settings(tests=("b.py",))
    else:
        renderer = Renderer(100)
    check_document([tree], settings, options, renderer)
    assert len(judged) == 2


def test_another_profile_has_documents_of_its_own(judged, tree: Path, options: CheckOptions) -> None:
    check_document([tree], Settings(), options, Renderer())
    check_document([tree], Settings(), dataclasses.replace(options, profile="sample"), Renderer())
    assert [gathered.profile.name for gathered in judged] == ["project", "sample"]


def test_what_another_try_could_change_is_not_kept(judged, tree: Path, options: CheckOptions) -> None:
    (tree / "a.py").write_text("FAIL\n")
    for _ in range(2):
        check_document([tree], Settings(), options, Renderer())
    assert len(judged) == 2


def test_evidence_is_read_anew(judged, tree: Path, tmp_path: Path, options: CheckOptions) -> None:
    with_evidence = dataclasses.replace(options, suites=(tmp_path / "junit.xml",))
    for _ in range(2):
        check_document([tree], Settings(), with_evidence, Renderer())
    assert len(judged) == 2


def test_a_long_document_is_not_kept(judged, tree: Path, options: CheckOptions, monkeypatch) -> None:
    monkeypatch.setattr(_cache, "LONGEST_DOCUMENT", 5)
    for _ in range(2):
        check_document([tree], Settings(), options, Renderer())
    assert len(judged) == 2


def test_without_a_cache_nothing_is_kept(judged, tree: Path) -> None:
    for _ in range(2):
        check_document([tree], Settings(), CheckOptions(), Renderer())
    assert len(judged) == 2


def test_a_cache_that_cannot_be_used_costs_only_time(judged, tree: Path, options: CheckOptions) -> None:
    assert isinstance(options.cache, Path)
    options.cache.write_text("not a database")
    texts = {check_document([tree], Settings(), options, Renderer()).text for _ in range(2)}
    assert texts == {"tree 2 80\n"}
    assert len(judged) == 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (KeyError("x"), r"the format 'fake' raised KeyError: 'x'\. Ask for another format"),
        (5, "the format 'fake' returned 5, which is no text"),
        (None, "the format 'fake' returned None, which is no text"),
    ],
)
def test_a_format_that_fails_is_named_with_its_plugin(
    answer: object, says: str, judged: list[Gathered], tmp_path: Path
) -> None:
    class Broken(Renderer):
        def render(self, report: Report) -> str:
            if isinstance(answer, Exception):
                raise answer
            return answer  # type: ignore[return-value]

    (tmp_path / "a.py").write_text("x = f()\n")
    with pytest.raises(PluginError, match=rf"Plugin {__name__}: {says}"):
        check_document((tmp_path,), Settings(), CheckOptions(), Broken())
