"""Messages with one cause are one finding, or cost less with every further one."""

from __future__ import annotations

import pytest

from quality.model import Confidence, Source

from .conftest import opened

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def found(symbol: str, text: str) -> list[tuple[int, Confidence]]:
    """Line and confidence of each finding."""
    findings = opened(symbol, "unused-variable").analyze(Source(text)).findings
    return [(finding.location.line, finding.confidence) for finding in findings]


def test_a_call_that_does_not_fit_is_one_finding():
    text = "def area(width, height):\n    return width * height\narea()\nprint(area(), area(widht=1))\n"
    analyzer = opened("no-value-for-parameter", "unexpected-keyword-arg")
    assert [finding.location.line for finding in analyzer.analyze(Source(text)).findings] == [3, 4, 4]


def test_a_habit_costs_less_with_every_name_and_then_nothing():
    functions = "".join(f"def get{word}(fooBar):\n    return fooBar\n" for word in "ABCDEF")
    analyzer = opened("invalid-name")
    findings = analyzer.analyze(Source(functions)).findings
    kinds = {
        kind: [each.confidence for each in findings if each.message.startswith(kind)]
        for kind in ("Function", "Argument")
    }
    assert kinds == {"Function": [HIGH, LOW, LOW, LOW], "Argument": [HIGH, LOW, LOW, LOW]}


def test_the_first_by_position_is_the_one_that_costs():
    text = "class A:\n    def f(self, theTwo):\n        self.theOne = theTwo\n"  # pylint tells of attributes first
    assert found("invalid-name", text) == [(2, HIGH), (3, LOW)]


def test_the_texts_that_one_statement_fills_in_are_one_finding():
    text = "def f(a, b):\n    send(['tcp:%d' % a, 'tcp:%d' % b])\n    send('tcp:%d' % a)\n"
    found_ = found("consider-using-f-string", text)
    assert [line for line, _ in found_] == [2, 3]


def test_one_builtin_that_is_reused_again_costs_less():
    text = "def f(id):\n    return id\ndef g(id, type):\n    return id, type\n"
    assert sorted(found("redefined-builtin", text)) == [(1, HIGH), (3, HIGH), (3, LOW)]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("if __name__ == '__main__':\n    width, height = ask()\n    print(area(width, height))", []),
        ("width, height = ask()\nprint(area(width, height))", []),
        ("def f():\n    for side in 1, 2:\n        print(side)\nside = 1", [(4, LOW)]),
        ("width = height = 1\ndef half():\n    return width / height", [(1, MEDIUM), (1, MEDIUM)]),
        ("def width():\n    return 1", [(1, MEDIUM)]),
    ],
)
def test_a_functions_names_and_those_of_the_script_below_are_told_apart(below, expected):
    text = f"def area(width, height):\n    return width * height\n{below}\n"
    assert found("redefined-outer-name", text) == expected


def test_one_spelling_of_imports_is_one_finding():
    text = "import a.b as b\nimport a.c as c\n"
    assert found("consider-using-from-import", text) == [(1, HIGH)]


def test_modules_that_one_statement_loads_are_one_finding():
    text = "def start():\n    from shop import signals, checks\n    from shop import tasks\n"
    assert found("unused-import", text) == [(2, LOW), (3, LOW)]
    assert found("unused-import", "from shop import signals, checks\nprint()\n") == [(1, HIGH), (1, HIGH)]


def test_a_name_that_whoever_runs_a_file_gives_it_is_one_finding():
    text = "builder.add(1)\nbuilder.add(2)\nbuilder.add(3)\nclass A:\n    rows = builder.rows\n"
    alone, among = (
        opened("undefined-variable", standalone=each).analyze(Source(text)).findings for each in (True, False)
    )
    assert [len(alone), len(among)] == [4, 1]
