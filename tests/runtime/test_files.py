from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from quality.runtime import atomic_writer, user_cache


def test_a_file_appears_when_the_block_ends(tmp_path):
    target = tmp_path / "out"
    with atomic_writer(target) as file:
        file.write(b"all")
        assert not target.exists()
    assert target.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), atomic_writer(target) as file:
        file.writelines([b"half", None])
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_of_an_existing_file_are_kept(tmp_path):
    target = tmp_path / "out"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with atomic_writer(target) as file:
        file.write(b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_protected_file_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "out.txt"
    target.write_text("old")
    # Nothing is protected from root, and tests may be run by root.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != target)
    with pytest.raises(PermissionError), atomic_writer(target) as stream:
        stream.write(b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]
    assert target.read_text() == "old"


def test_a_link_is_followed(tmp_path):
    target = tmp_path / "real"
    link = tmp_path / "link"
    link.symlink_to(target)
    with atomic_writer(link) as file:
        file.write(b"x")
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


def test_a_device_is_written_and_not_replaced():
    with atomic_writer(os.devnull) as file:
        file.write(b"x")
    assert not Path(os.devnull).is_file()


def test_a_long_name_leaves_room_for_the_temporary_one(tmp_path):
    target = tmp_path / ("n" * 250)
    with atomic_writer(target) as file:
        file.write(b"x")
    assert target.read_bytes() == b"x"


def test_a_missing_folder_raises(tmp_path):
    with pytest.raises(FileNotFoundError), atomic_writer(tmp_path / "no" / "out"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="another variable there")
def test_a_relative_cache_folder_is_no_answer(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert user_cache() == tmp_path / "home" / ".cache" / "quality"
    assert not (tmp_path / "cache").exists()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert user_cache() == tmp_path / "cache" / "quality"
