"""Reading examples of rules from data."""

from __future__ import annotations

import pytest

from quality.model import Case
from quality.plugins import read_examples


def test_a_table_is_code_that_is_reported_and_code_that_is_not(tmp_path) -> None:
    (tmp_path / "a.toml").write_text("[x]\nfix = 'Log it'\nbad = '''\nprint(1)\n'''\ngood = 'log(1)'\n")
    (tmp_path / "b.toml").write_text("[y]\nbad = 'b'\ngood = 'g'\n")
    (tmp_path / "notes.md").write_text("nothing")
    found = read_examples(tmp_path)
    assert found["x"] == (
        Case("print(1)\n", reported=True),
        Case("log(1)", reported=False, captions=("Log it:",)),
    )
    assert found["y"][1].captions == ()


@pytest.mark.parametrize("entry", ["bad = 'b'", "good = 'g'", "bad = 'b'\ngood = 'g'\nwhy = ''"])
def test_other_keys_are_refused_by_file_and_name(tmp_path, entry: str) -> None:
    (tmp_path / "a.toml").write_text(f"[x]\n{entry}\n")
    with pytest.raises(ValueError, match=r"a\.toml: x needs the texts bad and good"):
        read_examples(tmp_path)


def test_a_rule_has_one_example(tmp_path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text("[x]\nbad = 'b'\ngood = 'g'\n")
    with pytest.raises(ValueError, match=r"b\.toml: x has an example already"):
        read_examples(tmp_path)
