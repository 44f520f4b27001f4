"""The command ``fix``: what it says it did is what it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from quality.cli._app import app
from quality.project import FixedFile


def test_a_file_that_cannot_be_written_is_not_counted_as_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.py").write_text("def get(rows):\n    return [row for row in rows]\n", "utf-8")
    write = FixedFile.write

    def refuse(self: FixedFile) -> None:
        if self.file.stem == "a":
            raise PermissionError(13, "Permission denied")
        write(self)

    monkeypatch.setattr(FixedFile, "write", refuse)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["fix", "."], standalone_mode=False)
    assert done.return_value == 1
    assert "a.py: cannot be written: Permission denied" in done.stderr
    assert "fixed 1 finding in 1 of 2 files" in done.stderr
