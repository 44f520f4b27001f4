from __future__ import annotations

import os
from pathlib import Path

import pytest

from quality.model import ConfigurationError, Reason, UsageError
from quality.project import CheckOptions, Settings, check, find_files, load_settings
from quality.project._judging import read_file


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "src/a.py",
        "src/notes.txt",
        "src/.hidden/b.py",
        "src/node_modules/c.py",
        "src/generated/d.py",
        "tests/test_a.py",
        "venv/lib/e.py",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x = 1\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("generated/\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str, settings: Settings | None = None) -> list[str]:
    return [file.path for file in find_files([Path(path) for path in paths], settings or Settings())]


def test_a_folder_gives_its_sources_and_no_one_elses(tree: Path) -> None:
    assert found(".") == ["src/a.py", "tests/test_a.py"]


def test_what_is_judged_by_a_sealed_profile_hides_no_file(tree: Path) -> None:
    (tree / "src" / ".gitignore").write_text("a.py\n")
    files = find_files([Path()], Settings(), sealed=True)
    assert [file.path for file in files] == ["src/a.py", "src/generated/d.py", "tests/test_a.py"]
    assert found(".") == ["tests/test_a.py"]


def test_lines_of_a_gitignore_that_mean_nothing_hide_nothing(tree: Path) -> None:
    (tree / "src" / ".gitignore").write_text("!\n\\\n[z-a]\n" + "a*" * 40 + "b\n")
    (tree / "src" / ("a" * 200 + ".py")).touch()
    assert found("src")[0] == "src/a.py"


def test_a_named_file_is_always_taken(tree: Path) -> None:
    assert found("src/notes.txt", "src/generated/d.py") == ["src/generated/d.py", "src/notes.txt"]


def test_a_file_named_twice_is_taken_once(tree: Path) -> None:
    assert found("src", "src/a.py") == ["src/a.py"]


def test_pipes_and_devices_in_a_folder_are_no_sources(tree: Path) -> None:
    os.mkfifo(tree / "src" / "pipe.py")
    (tree / "src" / "endless.py").symlink_to("/dev/zero")
    (tree / "src" / "lost.py").symlink_to("nowhere")
    assert found("src") == ["src/a.py", "src/lost.py"]


def test_a_link_that_leads_to_itself_is_named_when_it_is_read(tree: Path) -> None:
    (tree / "src" / "ring.py").symlink_to("ring.py")
    assert found("src") == ["src/a.py", "src/ring.py"]
    with pytest.raises(UsageError, match=r"no src/ring\.py"):
        found("src/ring.py")
    assert load_settings(tree / "src" / "ring.py", top=tree) == load_settings(tree / "src", top=tree)


def test_a_device_that_is_named_is_read_no_further_than_the_limit(tree: Path) -> None:
    (device,) = find_files([Path("/dev/zero")], Settings())
    assert read_file(device, 10) == (Reason.TOO_LARGE, "41 bytes, the limit is 10 characters")


def test_a_link_has_the_name_of_what_it_leads_to(tree: Path) -> None:
    (tree / "src" / "Link.py").symlink_to("a.py")
    assert found("src") == ["src/a.py"]


def test_a_link_out_of_the_folder_and_its_repository_is_no_source(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.py"
    outside.touch()
    (tree / "src" / "outside.py").symlink_to(outside)
    (tree / "src" / "tests.py").symlink_to("../tests/test_a.py")

    assert found("src") == ["src/a.py", "src/tests.py"]
    assert found("src/outside.py") == ["src/outside.py"]
    (tree / ".git").rmdir()
    assert "src/tests.py" not in found("src")


def test_settings_exclude_and_include(tree: Path) -> None:
    settings = Settings(exclude=("tests/",), include=("*.txt",))
    assert found(".", settings=settings) == ["src/a.py", "src/notes.txt"]


def test_tests_are_known_by_their_place(tree: Path) -> None:
    roles = {file.path: file.role for file in find_files([Path()], Settings())}
    assert roles == {"src/a.py": "product", "tests/test_a.py": "test"}


def test_files_elsewhere_are_shown_below_the_named_folder(
    tree: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert found(str(tree / "src")) == ["src/a.py"]


def test_a_folder_that_cannot_be_listed_is_a_source_that_cannot_be_read(tree: Path, monkeypatch) -> None:
    listed = os.scandir

    def scandir(folder):
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    (tree / "src" / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", scandir)
    first, second = find_files([Path("src")], Settings())
    assert (first.path, second.path) == ("src/a.py", "src/closed")
    assert read_file(second, 100)[0] is Reason.BAD_INPUT


def test_a_gitignore_that_cannot_be_read_is_named(tree: Path, monkeypatch) -> None:
    def closed(file, *_arguments, **_options):
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "read_text", closed)
    with pytest.raises(ConfigurationError, match=r"\.gitignore cannot be read: Permission denied"):
        found("src")


def test_missing_paths_are_named(tree: Path) -> None:
    with pytest.raises(UsageError, match=r"no lost\.py, no gone"):
        found("lost.py", "gone")


def test_settings_come_from_the_nearest_parent(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.quality]\nfail-under = 50\n")
    assert load_settings(tree / "src").fail_under == 50
    (tree / "src" / "quality.toml").write_text("fail-under = 70\n")
    assert load_settings(tree / "src" / "a.py").fail_under == 70


def test_all_problems_of_the_settings_are_told_at_once(tree: Path) -> None:
    (tree / "quality.toml").write_text('fail-undr = 50\ntimeout = "long"\njobs = -1\n')
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tree)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert any("Did you mean 'fail-under'?" in line for line in lines)
    assert all("quality.toml" in line for line in lines)


@pytest.mark.parametrize(("named", "found"), [("ours.toml", "{tree}/ours.toml"), ("sample", "sample")])
def test_a_profile_file_of_the_settings_lies_beside_them(tmp_path, monkeypatch, named, found):
    (tmp_path / "pyproject.toml").write_text(f'[tool.quality]\nprofile = "{named}"\n', encoding="utf-8")
    monkeypatch.chdir("/")

    assert load_settings(tmp_path).profile == found.format(tree=tmp_path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_report_has_the_lines_that_findings_count(tree: Path, end: str) -> None:
    (tree / "src" / "a.py").write_bytes(f"\ufeffimport os{end}{end}x = 1{end}".encode())
    report = check([Path("src")], Settings(), CheckOptions(jobs=0))
    assert report.sources[0].text == "import os\n\nx = 1\n"
