from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality.model import UsageError
from quality.project import FixOptions, Settings, fix

BAD = "def f(a):\r\n    if a:\r\n        return 1\r\n    else:\r\n        return dict()\r\n"
GOOD = "def f(a):\r\n    if a:\r\n        return 1\r\n    return {}\r\n"


def run(folder: Path, **options):
    return fix([folder], Settings(), FixOptions(jobs=0, **options))


def test_fixes_in_memory_and_writes_when_told_keeping_line_ends_and_byte_order_mark(tmp_path):
    file = tmp_path / "a.py"
    file.write_bytes(b"\xef\xbb\xbf" + BAD.encode())
    (fixed,) = run(tmp_path)
    assert file.read_bytes() == b"\xef\xbb\xbf" + BAD.encode()
    assert fixed.after == GOOD
    assert fixed.score_after > fixed.score_before
    fixed.write()
    assert file.read_bytes() == b"\xef\xbb\xbf" + GOOD.encode()
    assert not run(tmp_path)[0].diff


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_diff_is_one_of_the_bytes(tmp_path, start, end):
    """What ends a line for Python alone, such as a form feed, ends none for whoever applies it."""
    text = "x = dict()\n\x0c\ny = '\x0b\u2028'\nz = [v for v in y]".replace("\n", end).encode()
    file = tmp_path / "a.py"
    file.write_bytes(start + text)
    (fixed,) = run(tmp_path)
    applied = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-p0", "-"],
        cwd=tmp_path.parent,
        input=fixed.diff.encode(),
        capture_output=True,
        check=False,
    )
    assert applied.stderr == b""
    by_patch = file.read_bytes()
    file.write_bytes(start + text)
    fixed.write()
    assert by_patch == file.read_bytes() != start + text


def test_what_cannot_be_read_is_named_and_the_rest_is_fixed(tmp_path):
    (tmp_path / "a.py").write_bytes(BAD.encode())
    (tmp_path / "b.py").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.py").write_text("def (\n", encoding="utf-8")
    good, binary, broken = run(tmp_path)
    assert good.after == GOOD
    assert binary.problem == "is not UTF-8"
    assert broken.problem.startswith("could not be measured: syntax-error")


def test_an_empty_file_is_no_problem(tmp_path):
    (tmp_path / "__init__.py").write_bytes(b"")
    (empty,) = run(tmp_path)
    assert (empty.problem, empty.diff, empty.score_after) == ("", "", None)


def test_a_link_out_of_the_folder_is_left_alone_unless_it_is_named(tmp_path):
    outside = tmp_path / "outside.py"
    outside.write_bytes(BAD.encode())
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "inner.py").write_bytes(BAD.encode())
    link = tmp_path / "tree" / "link.py"
    link.symlink_to(outside)
    assert [file.path for file in run(tmp_path / "tree")] == ["tree/inner.py"]
    assert [file.after for file in run(link)] == [GOOD]


def test_unsafe_fixes_wait_until_asked_for(tmp_path):
    (tmp_path / "a.py").write_text("def f(a):\n    return a == None\n", encoding="utf-8")
    (kept,) = run(tmp_path)
    assert not kept.diff
    assert kept.unsafe == 1
    (fixed,) = run(tmp_path, unsafe=True)
    assert fixed.after == "def f(a):\n    return a is None\n"


def test_only_chosen_rules_are_fixed(tmp_path):
    (tmp_path / "a.py").write_bytes(BAD.encode())
    (fixed,) = run(tmp_path, rules=("pylint:use-dict-literal",))
    assert fixed.after == BAD.replace("dict()", "{}")
    with pytest.raises(UsageError, match="There is no fix for pylint:no-such"):
        run(tmp_path, rules=("pylint:no-such",))


def test_suppressed_findings_are_left_alone(tmp_path):
    (tmp_path / "a.py").write_text("x = dict()  # noqa\ny = dict()\n", encoding="utf-8")
    (fixed,) = run(tmp_path)
    assert fixed.after == "x = dict()  # noqa\ny = {}\n"


def test_a_fix_that_made_another_text_worse_is_tried_again(tmp_path):
    lines = [
        "pass",
        *["return sum([c for c in a])"] * 2,
        "if a:\n        return 1\n    else:\n        b = list()\n        return b",
    ]
    (tmp_path / "a.py").write_text("def f(a):\n    " + "\n    ".join(lines) + "\n", encoding="utf-8")
    (fixed,) = run(tmp_path)
    fixed.write()
    assert "pass" not in fixed.after
    assert not run(tmp_path)[0].diff


_PIECES = st.lists(
    st.sampled_from(
        [
            "if a:\n    return 1\nelse:\n    b = list()\n    return b",
            "for c in a:\n    if c == 1 or c == 2:\n        continue\n    elif c:\n        print(f'x')",
            "pass",
            "b = True if a else False",
            "return sum([c for c in a])",
            "if a:\n    b = 1  # one\nelse:\n    if a is None:\n        b = 2",
            "b = isinstance(a, int) or isinstance(a, str)",
        ]
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_PIECES)
def test_fixing_never_lowers_the_score_loses_a_comment_or_leaves_something_to_fix(tmp_path, pieces):
    body = "\n".join(pieces).replace("\n", "\n    ")
    file = tmp_path / "a.py"
    file.write_text(f"def f(a):\n    {body}\n", encoding="utf-8")
    (fixed,) = run(tmp_path)
    ast.parse(fixed.after)
    assert fixed.score_after >= fixed.score_before - 1e-9
    assert fixed.after.count("#") == fixed.before.count("#")
    fixed.write()
    assert not run(tmp_path)[0].diff
