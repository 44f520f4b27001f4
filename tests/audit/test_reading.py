from __future__ import annotations

import gzip
import json

import pytest

from quality.audit import AuditPlan, read_input
from quality.audit._materials import Piece, library_functions, library_modules, read_data
from quality.audit._problems import Problems
from quality.audit.sets import find_fixer, fixed_pairs, read_labels, read_messages, read_pairs
from quality.model import UsageError


@pytest.fixture
def problems():
    return Problems()


def labelled(**changes):
    return json.dumps({"id": "a", "bad": "x = 1\n", "good": "y = 1\n", "commit": "c", "cwe": 89, **changes})


def test_labelled_lines_keep_their_commit_and_weakness(tmp_path, problems):
    file = tmp_path / "labels.jsonl"
    file.write_text(labelled() + "\n\n" + labelled(id="b", cwe=None, commit=None) + "\n")

    first, second = read_labels(file, problems)

    assert (first.id, first.part, first.group) == ("a", "CWE-089", "c")
    assert (second.id, second.part, second.group) == ("b", "", "b")
    assert problems.lines == []


@pytest.mark.parametrize(
    ("cwe", "part"),
    [(22, "CWE-022"), ("CWE-79", "CWE-079"), ("cwe-089", "CWE-089"), ("78", "CWE-078"), (True, "")],
)
def test_a_weakness_is_read_as_data_sets_write_it(tmp_path, problems, cwe, part):
    file = tmp_path / "labels.jsonl"
    file.write_text(labelled(cwe=cwe))

    assert [pair.part for pair in read_labels(file, problems)] == [part]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "is no JSON"),
        ("[1]", "is no JSON object"),
        (labelled(bad=""), "has no text under 'bad'"),
        (labelled(bad=1, good=None), "has no text under 'bad' and 'good'"),
        (labelled(good="x = 1\n"), "has two equal sides"),
    ],
)
def test_a_bad_label_is_named_with_its_line_and_the_rest_goes_on(tmp_path, problems, line, what):
    file = tmp_path / "labels.jsonl"
    file.write_text(f"{labelled()}\n{line}\n{labelled(id='z')}\n")

    pairs = read_labels(file, problems)

    assert [pair.id for pair in pairs] == ["a", "z"]
    (problem,) = problems.lines
    assert problem.startswith(f"{file}:2: {what}")


def test_an_unreadable_file_of_labels_is_named(tmp_path, problems):
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe")

    assert read_labels(tmp_path / "missing.jsonl", problems) == []
    assert read_labels(binary, problems) == []
    assert [line.partition(".jsonl")[2][:13] for line in problems.lines] == [
        ": cannot be r",
        ":1: is not UT",
        ": holds no la",
    ]


def test_folders_with_both_sides_are_pairs_and_others_are_named(tmp_path, problems):
    for name, files in {"whole": ("bad", "good"), "deep/half": ("bad",), "deep/other": ("good",)}.items():
        (tmp_path / name).mkdir(parents=True)
        for file in files:
            (tmp_path / name / f"{file}.py").write_text(f"{file} = 1\n")
    (tmp_path / "encoded").mkdir()
    (tmp_path / "encoded" / "bad.py").write_bytes(b"\xff")
    (tmp_path / "encoded" / "good.py").write_text("x = 1\n")

    (pair,) = read_pairs(tmp_path, problems)

    assert (pair.id, pair.bad, pair.good) == ("whole", "bad = 1\n", "good = 1\n")
    named = "\n".join(problems.lines)
    assert len(problems.lines) == 3
    assert "half/good.py: is missing" in named
    assert "other/bad.py: is missing" in named
    assert "encoded/bad.py: cannot be read" in named


def test_an_empty_folder_of_pairs_is_named(tmp_path, problems):
    assert read_pairs(tmp_path, problems) == []
    assert problems.lines == [f"{tmp_path}: holds no bad.py and good.py"]


def message(root, name, files):
    for file, text in files.items():
        path = root / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root / name


def test_taught_examples_lose_the_mark_that_gives_the_answer_away(tmp_path, problems):
    folder = message(tmp_path, "some-name", {"bad.py": "x = 1  # [some-name]\n", "good.py": "x = 2\n"})

    (pair,) = read_messages([folder], problems)

    assert (pair.bad, pair.good, pair.part) == ("x = 1\n", "x = 2\n", "not judged")


def test_taught_examples_in_folders_are_paired_by_name_or_with_the_only_other(tmp_path, problems):
    several = {"bad/a.py": "a = 1\n", "bad/b.py": "b = 1\n", "good/a.py": "a = 2\n", "good/b.py": "b = 2\n"}
    one_bad = {"bad.py": "c = 1\n", "good/d.py": "d = 2\n", "good/e.py": "e = 2\n"}
    one_good = {"bad/f.py": "f = 1\n", "bad/g.py": "g = 1\n", "good.py": "h = 2\n"}
    lonely = {"good.py": "i = 1\n"}
    folders = [
        message(tmp_path, f"m{n}", files) for n, files in enumerate((several, one_bad, one_good, lonely))
    ]

    sides = [(pair.bad, pair.good) for pair in read_messages(folders, problems)]

    assert sides == [
        ("a = 1\n", "a = 2\n"),
        ("b = 1\n", "b = 2\n"),
        ("c = 1\n", "d = 2\n"),
        ("c = 1\n", "e = 2\n"),
        ("f = 1\n", "h = 2\n"),
        ("g = 1\n", "h = 2\n"),
    ]


def test_data_of_a_user_is_found_where_it_lies(tmp_path, problems):
    task = {"task_id": "T/1", "prompt": "def f(a):\n", "canonical_solution": "    return a  # same\n"}
    home = tmp_path / "human-eval" / "data"
    home.mkdir(parents=True)
    with gzip.open(home / "HumanEval.jsonl.gz", "wt") as lines:
        lines.write(f"{json.dumps(task)}\nno json\n")
    message(tmp_path / "pylint/doc/data/messages/s", "some-name", {"bad.py": "x = 1\n", "good.py": "x = 2\n"})
    body = "".join(f"    a = {n}\n" for n in range(9))
    message(tmp_path / "packages", "shop", {"shop/core.py": f"class A:\n    pass\n\n\ndef f():\n{body}"})

    data = read_data(tmp_path, problems)

    assert [(piece.id, piece.code) for piece in data.tasks] == [("T/1", "def f(a):\n    return a\n")]
    assert [folder.name for folder in data.messages] == ["some-name"]
    assert [piece.id for piece in data.packages] == ["shop/shop/core.py:f:5"]
    assert problems.lines == [
        f"{home / 'HumanEval.jsonl.gz'}:2: is no task with 'task_id', 'prompt' and 'canonical_solution'"
    ]


def test_a_folder_without_any_data_is_named(tmp_path, problems):
    read_data(tmp_path, problems)
    read_data(tmp_path / "missing", problems)

    assert len(problems.lines) == 2


def test_the_standard_library_is_always_there():
    functions, modules = library_functions(), library_modules()

    assert len(functions) > 500
    assert len(modules) > 10
    assert all(
        "#" not in line.split("'")[0].split('"')[0]
        for piece in functions[:50]
        for line in piece.code.split("\n")
    )


def test_bad_input_is_an_error_only_when_nothing_usable_is_left(tmp_path):
    labels = tmp_path / "labels.jsonl"
    labels.write_text(f"{labelled()}\nbroken\n")
    (tmp_path / "empty").mkdir()

    read = read_input(AuditPlan(labels=(labels,), pairs=(tmp_path / "empty",)))

    assert len(read.problems.lines) == 2
    with pytest.raises(UsageError, match=r"holds no bad\.py"):
        read_input(AuditPlan(pairs=(tmp_path / "empty",)))


def test_nothing_named_is_no_error():
    assert read_input(AuditPlan()).problems.lines == []


@pytest.mark.skipif(find_fixer() is None, reason="ruff is not installed")
def test_an_independent_fixer_makes_pairs(problems):
    bad = "def f(x):\n    if x == 1:\n        return True\n    else:\n        return False\n"

    (pair,) = fixed_pairs([Piece("a", "def g():\n    return 1\n"), Piece("b", bad)], find_fixer(), problems)

    assert (pair.id, pair.bad) == ("b", bad)
    assert "else" not in pair.good
    assert problems.lines == []


def test_a_missing_fixer_is_said(problems):
    assert fixed_pairs([Piece("a", "x = 1\n")], None, problems) == []
    assert problems.lines == [
        "fixer pairs: ruff is not installed, so this set is left out (pip install ruff)"
    ]


def test_a_line_that_is_not_utf8_loses_no_other_line(tmp_path, problems):
    file = tmp_path / "labels.jsonl"
    file.write_bytes(f"{labelled()}\n".encode() + b'{"bad": "\xe4"}\n' + f"{labelled(id='z')}\n".encode())

    assert [pair.id for pair in read_labels(file, problems)] == ["a", "z"]
    (problem,) = problems.lines
    assert problem.startswith(f"{file}:2: is not UTF-8")


def test_a_damaged_line_or_end_of_the_tasks_loses_no_other_task(tmp_path, problems):
    task = {"task_id": "t", "prompt": "def f(a):\n", "canonical_solution": "    return a + 1\n"}
    lines = [
        json.dumps(task).encode(),
        b"\xff\xfe",
        b"[]",
        json.dumps({**task, "task_id": "u"}).encode(),
        b"x" * 99,
    ]
    (tmp_path / "HumanEval.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines), 0)[:-30])

    assert [task.id for task in read_data(tmp_path, problems).tasks] == ["t", "u"]
    named = [line.partition("HumanEval.jsonl.gz")[2] for line in problems.lines]
    assert [line[:7] for line in named] == [":2: is ", ":3: is ", ": canno"]


def test_a_folder_with_two_equal_sides_is_named(tmp_path, problems):
    for name in ("bad.py", "good.py"):
        (tmp_path / name).write_text("x = 1\n")

    assert read_pairs(tmp_path, problems) == []
    assert problems.lines == [f"{tmp_path}: has two equal sides"]
