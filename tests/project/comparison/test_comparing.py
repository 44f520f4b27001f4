from __future__ import annotations

import dataclasses
import json
import math

import pytest

from quality.cli._app import run
from quality.project.comparison import CompareOptions, compare, to_text

BEFORE = '''\
"""A module."""


def kept(x):
    return x + 1


def fixed(values, seen=[]):
    try:
        return values == None
    except:
        pass


def gone(x):
    return x
'''
AFTER = '''\
"""A module, with other words."""


def fixed(values):
    """Now it has a docstring."""
    return values is None


def new(x):
    return x * 2


def kept(x):  # moved, and with a comment

    return (x + 1)
'''


@pytest.fixture
def trees(tmp_path):
    for name, text in (("before", BEFORE), ("after", AFTER)):
        (tmp_path / name / "pkg").mkdir(parents=True)
        (tmp_path / name / "pkg" / "__init__.py").write_text("")
        (tmp_path / name / "pkg" / "mod.py").write_text(text)
        (tmp_path / name / "pyproject.toml").write_text("[tool.quality]\n")
    return tmp_path / "before", tmp_path / "after"


def by_name(comparison) -> dict[str, object]:
    return {change.name: change for change in comparison.changes}


def test_changed_added_and_removed_functions_are_named_and_others_are_not(trees):
    found = by_name(compare(*map(str, trees), CompareOptions()))
    assert {name: change.kind for name, change in found.items()} == {
        "fixed": "changed",
        "new": "added",
        "gone": "removed",
    }
    assert {change.path for change in found.values()} == {"pkg/mod.py"}


def test_a_fixed_function_has_a_better_score_and_the_causes_say_why(trees):
    comparison = compare(*map(str, trees), CompareOptions())
    change = by_name(comparison)["fixed"]
    assert change.after > change.before
    assert comparison.code > 0
    assert comparison.configuration == 0.0
    causes = {move.cause: move for move in comparison.by_code}
    assert causes["pylint:dangerous-default-value"].after == 0.0
    assert causes["pylint:dangerous-default-value"].before > 0.0


def test_moves_sum_to_the_difference_of_the_losses(trees):
    comparison = compare(*map(str, trees), CompareOptions())
    total = math.fsum(move.difference for move in comparison.by_code)
    assert total == pytest.approx(1 / comparison.between.value - 1 / comparison.before.value)


def test_what_the_configuration_moved_is_told_apart(trees):
    before, after = trees
    (after / "pkg" / "mod.py").write_text(BEFORE)
    (after / "pyproject.toml").write_text('[tool.quality]\nignore = ["pylint:dangerous-default-value"]\n')
    comparison = compare(str(before), str(after), CompareOptions())
    assert comparison.changes == comparison.by_code == ()
    assert comparison.code == 0.0
    assert comparison.configuration > 0.0
    assert [move.cause for move in comparison.by_configuration if move.after == 0.0] == [
        "pylint:dangerous-default-value"
    ]
    assert comparison.fingerprints[0] != comparison.fingerprints[1]
    assert "  by configuration  +" in to_text(comparison)


def test_two_files_are_compared_whatever_their_names(tmp_path):
    (tmp_path / "one.py").write_text(BEFORE)
    (tmp_path / "two.py").write_text(AFTER)
    comparison = compare(tmp_path / "one.py", tmp_path / "two.py", CompareOptions(no_config=True))
    assert {change.path for change in comparison.changes} == {""}
    assert by_name(comparison)["fixed"].kind == "changed"


def test_the_same_code_in_another_layout_is_no_change(tmp_path):
    (tmp_path / "one.py").write_text(
        "import os\n\nx = [1,\n     2]\n\ndef f(a):\n    return a\nprint(os, x)\n"
    )
    (tmp_path / "two.py").write_text(
        "import os  # why\nx = [1, 2]\n\n\ndef f(a):\n\n    return a\n\n\nprint(os, x)\n"
    )
    comparison = compare(tmp_path / "one.py", tmp_path / "two.py", CompareOptions(no_config=True))
    assert comparison.changes == ()
    assert comparison.touched == (None, None)
    assert comparison.code == pytest.approx(0.0, abs=0.005)


def test_module_code_and_overloads_are_pieces_too(tmp_path):
    (tmp_path / "one.py").write_text("def f():\n    return 1\n\n\ndef f():\n    return 2\n\n\nprint(f())\n")
    (tmp_path / "two.py").write_text(
        "def f():\n    return 1\n\n\ndef f():\n    return 3\n\n\nprint(f(), 1)\n"
    )
    comparison = compare(tmp_path / "one.py", tmp_path / "two.py", CompareOptions(no_config=True))
    assert [(change.name, change.kind, change.line) for change in comparison.changes] == [
        ("<module>", "changed", 1),
        ("f", "changed", 5),
    ]


def test_what_a_patch_adds_does_not_dilute_what_it_breaks(tmp_path):
    filler = "".join(f"\n\ndef helper_{n}(x):\n    return x + {n}\n" for n in range(30))
    (tmp_path / "one.py").write_text("def f(x):\n    return x is None\n")
    (tmp_path / "worse.py").write_text("def f(x, y=[]):\n    return x == None\n")
    (tmp_path / "padded.py").write_text("def f(x, y=[]):\n    return x == None\n" + filler)
    options = CompareOptions(no_config=True)
    plain = compare(tmp_path / "one.py", tmp_path / "worse.py", options)
    padded = compare(tmp_path / "one.py", tmp_path / "padded.py", options)
    assert padded.touched[1] <= plain.touched[1] < plain.touched[0]


def test_files_that_cannot_be_measured_are_named(trees):
    before, after = trees
    (after / "pkg" / "mod.py").write_text("def f(:\n")
    comparison = compare(str(before), str(after), CompareOptions())
    assert comparison.after.value is comparison.code is None
    assert len(comparison.unmeasured) == 1
    assert "mod.py: syntax-error (line 1:" in comparison.unmeasured[0]
    assert to_text(comparison).startswith(f"{before} -> {after}\nscore ")


@pytest.mark.parametrize("turned", [False, True])
def test_what_cannot_be_measured_is_not_compared_and_fails(trees, turned, capsys):
    (trees[1] / "pkg" / "mod.py").write_text("def f(:\n")
    for tree in trees:
        (tree / "pkg" / "other.py").write_text("def other(x):\n    return x + 1\n")
    sides = [str(tree) for tree in (reversed(trees) if turned else trees)]
    assert run(["compare", *sides, "-j0", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert len(document["unmeasured"]) == 1
    assert document["changed"] == {"before": None, "after": None, "functions": []}
    assert (document["difference"]["code"], document["moved"]["code"]) == (None, [])


def test_what_cannot_be_measured_before_and_after_hides_no_other_change(trees):
    for tree in trees:
        (tree / "pkg" / "broken.py").write_text("def f(:\n")
    comparison = compare(*map(str, trees), CompareOptions())
    assert comparison.code > 0
    assert comparison.by_code
    assert len(comparison.unmeasured) == 2


@pytest.mark.parametrize("turned", [False, True])
def test_nothing_moved_to_or_from_what_has_no_score(tmp_path, turned):
    (tmp_path / "good.py").write_text(BEFORE)
    (tmp_path / "broken.py").write_text("def f(:\n")
    sides = [tmp_path / "good.py", tmp_path / "broken.py"]
    comparison = compare(*(sides[::-1] if turned else sides), CompareOptions(no_config=True))
    assert (comparison.by_code, comparison.by_configuration, comparison.changes) == ((), (), ())
    assert (comparison.code, comparison.tool_versions) == (None, 0.0)


def test_functions_of_a_file_that_was_emptied_are_removed(trees):
    before, after = trees
    (after / "pkg" / "mod.py").write_text("")
    (after / "pkg" / "other.py").write_text("def other(x):\n    return x + 1\n")
    comparison = compare(str(before), str(after), CompareOptions())
    assert {change.kind for name, change in by_name(comparison).items() if name != "other"} == {"removed"}
    assert by_name(comparison)["gone"].kind == "removed"


def test_the_command_prints_text_or_json(trees, capsys):
    before, after = map(str, trees)
    assert run(["compare", before, after, "-j0"]) == 0
    text = capsys.readouterr().out
    assert "3 changed: " in text
    assert "  changed pkg/mod.py:4 fixed  " in text
    assert run(["compare", before, after, "-j0", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "quality-comparison/1"
    assert {entry["name"] for entry in document["changed"]["functions"]} == {"fixed", "new", "gone"}
    assert document["difference"]["code"] > 0


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("before", "nowhere"), "nowhere"),
        (("nowhere", "after"), "nowhere"),
        (("before", "after/pkg/mod.py"), "two files or two folders"),
    ],
)
def test_a_wrong_path_is_named(trees, names, told, capsys):
    root = trees[0].parent
    assert run(["compare", *(str(root / name) for name in names), "-j0"]) == 2
    assert told in capsys.readouterr().err


def test_links_out_of_a_folder_are_no_part_of_it(trees, capsys):
    (trees[1] / "pkg" / "other.py").symlink_to(trees[0] / "pkg" / "mod.py")
    (trees[1] / "pkg" / "lost.py").symlink_to("nowhere")
    assert run(["compare", str(trees[1]), str(trees[1]), "--format", "json", "-j0"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"]["functions"] == []


def test_a_file_that_is_added_brings_its_functions_and_no_empty_module_code(trees, capsys):
    (trees[1] / "pkg" / "added.py").write_text("import os\n\n\ndef name():\n    return os.name\n")
    assert run(["compare", *map(str, trees), "--format", "json", "-j0"]) == 0
    changed = json.loads(capsys.readouterr().out)["changed"]["functions"]
    assert [each["name"] for each in changed if each["path"] == "pkg/added.py"] == ["name"]


def test_text_has_no_cause_that_moved_by_nothing_to_be_seen(trees):
    found = compare(str(trees[0]), str(trees[1]), CompareOptions())
    tiny = dataclasses.replace(found.by_code[0], cause="tiny:move", before=0.1, after=0.10004)
    text = to_text(dataclasses.replace(found, by_code=(*found.by_code[:1], tiny)))
    assert found.by_code[0].cause in text
    assert "tiny:move" not in text
