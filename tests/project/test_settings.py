"""Settings: what is wrong with them is said at once, and where a sealed profile is asked for they are not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quality.model import ConfigurationError, Report
from quality.project import CheckOptions, Settings, check, load_settings, settings_for

BAD = """
[tool.quality]
profile = "nope"
bogus = 1
jobs = "x"
ignore = ["pylint:unused-imprt", "bandit:*"]
[tool.quality.options.radon]
foo = 1
[tool.quality.options."quality:god-function"]
minimum-statments = 3
"""


def tree(folder: Path, settings: str) -> Path:
    (folder / "pyproject.toml").write_text(settings)
    (folder / "good.py").write_text("def double(number):\n    return 2 * number\n")
    (folder / "worse.py").write_text("def f(x, y=[]):\n    y.append(x)\n    return y\n")
    return folder


def judged(folder: Path, profile: str | None = None) -> Report:
    return check([folder], settings_for(profile, folder), CheckOptions(profile, jobs=0))


def names(report: Report) -> list[str]:
    return [source.path.rpartition("/")[2] for source in report.sources]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tree(tmp_path, BAD))
    lines = str(caught.value).splitlines()
    told = [
        "'tool.quality.jobs' should be",
        "unknown key 'tool.quality.bogus'",
        "'tool.quality.profile': There is no profile 'nope'",
        "Did you mean 'pylint:unused-import'?",
        "unknown option 'foo' of 'radon'",
        "Did you mean 'minimum-statements'?",
    ]
    assert len(lines) == len(told)
    for line, words in zip(lines, told, strict=True):
        assert line.startswith(str(tmp_path / "pyproject.toml: "))
        assert words in line


def test_the_heading_of_pyproject_is_a_mistake_in_another_file(tmp_path: Path) -> None:
    file = tmp_path / "strict.toml"
    file.write_text("[tool.quality]\nfail-under = 80\n")
    with pytest.raises(ConfigurationError, match=r"strict\.toml: .*Leave that heading out"):
        load_settings(tmp_path, file)


@pytest.mark.parametrize("text", ["tool = 3\n", "[[tool]]\nname = 'x'\n", "[tool.other]\n"])
def test_a_pyproject_that_does_not_mention_this_tool_has_no_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert load_settings(tmp_path, top=tmp_path) == Settings()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("exclude = ['a\\']", "key 'tool.quality.exclude.0' should be a pattern of paths"),
        ('tests = ["[z-a]"]', "key 'tool.quality.tests.0' should be a pattern of paths"),
        ('include = ["!"]', "key 'tool.quality.include.0' should be a pattern of paths"),
        (f"fail-under = {'1' * 5_000}", "cannot be read"),
        ('profile = "\\u0000.toml"', "key 'tool.quality.profile' should be a path"),
        ('coverage = ["\\u0000"]', "key 'tool.quality.coverage.0' should be a path"),
    ],
)
def test_values_that_python_itself_refuses_are_mistakes_of_the_file(
    tmp_path: Path, setting: str, told: str
) -> None:
    tree(tmp_path, f"[tool.quality]\n{setting}\n")
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        judged(tmp_path)


def test_names_that_nobody_brings_are_wrong_where_all_else_is_right(tmp_path: Path) -> None:
    tree(tmp_path, '[tool.quality]\nprofile = "nope"\nignore = ["pylint:unused-imprt"]\n')
    with pytest.raises(ConfigurationError, match="profile 'nope'") as caught:
        judged(tmp_path)
    assert "unused-imprt" in str(caught.value)


def test_a_tree_has_no_say_where_a_sealed_profile_is_asked_for(tmp_path: Path) -> None:
    tree(tmp_path, '[tool.quality]\nexclude = ["worse.py"]\nfail-under = 0\n')
    assert names(judged(tmp_path)) == ["good.py"]
    sealed = judged(tmp_path, "sample")
    assert names(sealed) == ["good.py", "worse.py"]
    assert sealed.fail_under is None


def test_settings_that_the_call_names_are_read_for_any_profile(tmp_path: Path) -> None:
    tree(tmp_path, '[tool.quality]\nexclude = ["worse.py"]\n')
    assert settings_for("sample", tmp_path, tmp_path / "pyproject.toml").exclude == ("worse.py",)


def test_a_folder_without_sources_reaches_no_bound(tmp_path: Path) -> None:
    assert check([tmp_path], Settings(), CheckOptions(jobs=0, fail_under=50.0)).failed
    assert not check([tmp_path], Settings(), CheckOptions(jobs=0)).failed


def test_files_that_are_all_left_out_fail_no_bound(tmp_path: Path) -> None:
    tree(tmp_path, "")
    settings = Settings(exclude=("worse.py",))
    assert not check([tmp_path / "worse.py"], settings, CheckOptions(jobs=0, fail_under=50.0)).failed
