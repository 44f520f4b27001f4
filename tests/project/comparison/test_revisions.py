"""Comparing git revisions, and reports of then."""

from __future__ import annotations

import json
import math
import shutil
import subprocess

import pytest

from quality.cli._app import run
from quality.model import UsageError
from quality.project.comparison import CompareOptions, _git, compare, to_json, to_text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

BAD = "def f(x, y=[]):\n    y.append(x)\n    return eval(x)\n"
GOOD = "def f(x, y):\n    y.append(x)\n    return x\n"


def git(folder, *arguments):
    identity = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Two commits: bad code, then good code with a setting."""
    top = tmp_path / "repository"
    (top / "src").mkdir(parents=True)
    git(tmp_path, "init", "-q", str(top))
    (top / "src" / "code.py").write_text(BAD)
    (top / "pyproject.toml").write_text("[tool.quality]\n")
    (top / ".gitignore").write_text("ignored.py\n")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "one")
    (top / "src" / "code.py").write_text(GOOD)
    git(top, "commit", "-qam", "two")
    monkeypatch.chdir(top)
    return top


def test_two_revisions_are_compared_from_the_working_directory(repository):
    found = compare("HEAD~1", "HEAD", CompareOptions())
    assert found.titles[0].startswith("HEAD~1 (")
    assert found.code > 0
    assert [(change.path, change.name) for change in found.changes] == [("src/code.py", "f")]
    assert compare("HEAD", "HEAD", CompareOptions()).code == 0


def test_a_revision_is_taken_of_the_other_sides_path(repository):
    (repository / "src" / "code.py").write_text(BAD)
    assert compare("HEAD", "src", CompareOptions()).code < 0
    assert compare("HEAD", "src/code.py", CompareOptions()).changes[0].path == ""
    assert compare("HEAD~1", "src", CompareOptions()).changes == ()


def test_a_path_can_be_named_from_the_top_and_from_here(repository, monkeypatch):
    monkeypatch.chdir(repository / "src")
    for before in ("HEAD~1:src", "HEAD~1:./", "HEAD~1:.", "HEAD~1"):
        assert compare(before, "HEAD:src", CompareOptions()).changes[0].path == "code.py"


def test_settings_above_the_path_count_and_what_is_above_the_repository_does_not(repository):
    (repository.parent / "quality.toml").write_text("broken = [\n")
    (repository / "pyproject.toml").write_text('[tool.quality]\nignore = ["*"]\n')
    git(repository, "commit", "-qam", "three")
    found = compare("HEAD~1:src", "HEAD:src", CompareOptions())
    assert found.code == 0
    assert found.configuration >= 0
    assert found.fingerprints[0] != found.fingerprints[1]


def test_nothing_of_a_hostile_repository_runs(repository):
    marker = repository.parent / "ran"
    trap = repository.parent / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat\n")
    trap.chmod(0o755)
    (repository / ".gitattributes").write_text("*.py filter=trap diff=trap export-subst\n")
    (repository / "src" / "link").symlink_to("/etc")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "trap")
    for key in (
        "filter.trap.smudge",
        "filter.trap.clean",
        "diff.trap.textconv",
        "core.fsmonitor",
        "core.pager",
    ):
        git(repository, "config", key, str(trap))
    assert compare("HEAD~1", "HEAD", CompareOptions()).code == 0
    assert not marker.exists()


def test_what_a_clone_lacks_is_named_and_not_fetched(repository, monkeypatch):
    """Versions of git that do not know how to leave a fetch out are told to allow no protocol."""
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone, marker = repository.parent / "clone", repository.parent / "ran"
    source = f"file://{repository}"
    git(repository, "clone", "-q", "--no-checkout", "--filter=blob:none", source, str(clone))
    git(clone, "config", "remote.origin.url", "ssh://nowhere/code")
    git(clone, "config", "protocol.ssh.allow", "always")
    git(clone, "config", "core.sshCommand", f"touch '{marker}';")
    monkeypatch.chdir(clone)
    monkeypatch.setattr(_git, "_NO_FETCH", {**_git._NO_FETCH, "GIT_NO_LAZY_FETCH": "0"})
    with pytest.raises(UsageError, match=r"git cannot list .* Fetch the revision in full\."):
        compare("HEAD~1", "HEAD", CompareOptions())
    assert not marker.exists()


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("", "'' is no path"),
        ("lost", "no file, folder or git revision 'lost'"),
        ("--help", "no file, folder or git revision"),
        ("HEAD:lost", "has no lost"),
        ("HEAD:../..", "not in the repository"),
        ("HEAD:src/code.py", "two files or two folders"),
        (":src", "no file, folder or git revision ':src'"),
    ],
)
def test_a_side_that_is_nothing_is_a_wrong_call(repository, before, told):
    with pytest.raises(UsageError) as caught:
        compare(before, "src", CompareOptions())
    assert told in str(caught.value)
    assert caught.value.exit_code == 2


def test_without_git_a_side_that_is_no_path_says_so(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(UsageError, match="git, which is not installed"):
        compare("HEAD", "src", CompareOptions())


def test_a_report_is_no_side(tmp_path):
    report = tmp_path / "before.json"
    report.write_text("{}")
    with pytest.raises(UsageError, match=r"is no Python source.*--then"):
        compare(str(report), str(report), CompareOptions())


def test_a_notebook_is_no_side(tmp_path):
    notebook = tmp_path / "work.ipynb"
    notebook.write_text("{}")
    with pytest.raises(UsageError, match=r"is a notebook.*nbconvert"):
        compare(str(notebook), str(notebook), CompareOptions())


def test_without_a_repository_only_paths_exist(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.py").write_text(GOOD)
    with pytest.raises(UsageError, match="needs a git repository"):
        compare("HEAD", "a.py", CompareOptions())


@pytest.fixture
def report(repository, tmp_path):
    """A report of the present src, as older tools would have made it: what eval costs is not in it."""
    file = tmp_path / "then.json"
    assert run(["check", "src", "--format", "json", "-o", str(file), "-j", "0"]) == 0
    return file


def rewritten(file, change):
    document = json.loads(file.read_text())
    change(document)
    file.write_text(json.dumps(document))
    return CompareOptions(then=file)


def test_the_same_tools_move_nothing(report):
    found = compare("src", "src", CompareOptions(then=report))
    assert (found.tool_versions, found.by_tools, found.tools) == (0.0, (), ())


def test_what_other_tools_moved_is_told_apart(report):
    def older(document):
        document["versions"]["radon"] = "quality-0.0.9 radon-5"
        document["fingerprint"] = "sha256:older"
        document["summary"]["score"] = 0.5
        document["summary"]["causes"] = [
            {"dimension": "complexity", "cause": "radon:lloc", "places": 1, "loss": 1.0}
        ]

    found = compare("src", "HEAD~1:src", rewritten(report, older))
    assert found.tool_versions == found.before.value - 0.5
    total = found.then.value + found.tool_versions + found.code + found.configuration
    assert total == pytest.approx(found.after.value)
    assert math.fsum(move.difference for move in found.by_tools) == pytest.approx(1 / found.before.value - 2)
    assert [tool for tool, _, _ in found.tools] == ["radon"]
    text = to_text(found)
    assert "score 50.0 -> " in text
    assert "(radon quality-0.0.9 radon-5 -> " in text
    assert "moved by tool versions" in text
    assert json.loads(to_json(found))["difference"]["tools"] == found.tool_versions


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda document: document.clear(), "is no report with a score"),
        (lambda document: document["summary"].update(score=None), "is no report with a score"),
        (lambda document: document.update(schema="quality/9"), "is no report with a score"),
        (lambda document: document.update(profile="sample"), "Add --profile sample."),
        (lambda document: document["summary"].update(score=0.123), "do not add up"),
        (
            lambda document: document["summary"].update(
                score=0.5, causes=[{"dimension": "d", "cause": "c", "loss": 1.0}]
            ),
            "is a report of other code",
        ),
    ],
)
def test_a_report_that_is_none_of_the_first_state_is_a_wrong_call(report, change, told):
    options = rewritten(report, change)
    with pytest.raises(UsageError, match=told):
        compare("src", "src", options)


def test_a_damaged_report_is_named(report):
    report.write_bytes(b"{\xff")
    with pytest.raises(UsageError, match=r"then.json cannot be read .*Make one with .quality check"):
        compare("src", "src", CompareOptions(then=report))
