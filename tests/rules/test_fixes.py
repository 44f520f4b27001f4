from __future__ import annotations

import pytest

import quality
from quality.rules import Fix, Fixed
from quality.rules.fixing import apply_fixes
from quality_rules._fixes.catalogue import FIXES

CASES = [(fix, case) for fix in FIXES for case in fix.cases]


@pytest.fixture(scope="module")
def findings():
    with quality.Scorer(profile="project", workers=0) as scorer:
        yield lambda text: next(iter(scorer.score_many([text]))).findings


@pytest.mark.parametrize(("fix", "case"), CASES, ids=[fix.id for fix, _ in CASES])
def test_each_fix_does_what_its_cases_say(fix: Fix, case: Fixed, findings):
    text = case.before
    for _ in range(3):
        text = apply_fixes(text, findings(text), [fix]).text
    assert text == case.after


@pytest.mark.parametrize("fix", FIXES, ids=[fix.id for fix in FIXES])
def test_each_fix_has_a_title_and_a_case_that_changes(fix: Fix):
    assert fix.title.endswith(".")
    assert any(case.before != case.after for case in fix.cases)


def test_fixes_name_rules_of_the_catalogue():
    from quality.plugins import load_plugins

    plugins = load_plugins()
    assert {rule for fix in plugins.observers.fixes().values() for rule in fix.rules} <= set(plugins.rules)


HARD = '''\
def f(a):
    """Doc."""
    if a > 1:
        return (
            a  # one
        )
    elif a == 0:  # two
        text = """
  kept
        """
        return text
    else:
        # three
        b = [
            a,
                a,
        ]
        return b


x = 1  # five
'''


def test_formatting_and_comments_stay(findings):
    (fix,) = [fix for fix in FIXES if fix.id == "else-after-jump"]
    text = HARD
    for _ in range(3):
        text = apply_fixes(text, findings(text), [fix]).text
    assert "    if a == 0:  # two\n" in text
    assert '"""\n  kept\n        """' in text
    assert "    # three\n    b = [\n        a,\n            a,\n    ]\n    return b\n" in text
    assert "x = 1  # five\n" in text
    assert text.count("#") == HARD.count("#")


def test_where_a_comment_would_be_lost_only_that_place_is_left_alone(findings):
    lost = "def f(a):\n    if a:\n        b = True\n    else:  # why\n        b = False\n    return b\n"
    fixed = "def g(a):\n    if a:\n        b = True\n    else:\n        b = False\n    return b\n"
    text = f"{lost}\n\n{fixed}"
    (fix,) = [fix for fix in FIXES if fix.id == "boolean-result"]
    assert (
        apply_fixes(text, findings(text), [fix]).text
        == f"{lost}\n\ndef g(a):\n    b = bool(a)\n    return b\n"
    )


@pytest.mark.parametrize("text", ["def (", "x = 1\n" * 3, ""])
def test_nothing_to_fix_leaves_the_text_alone(text):
    assert apply_fixes(text, (), FIXES).text == text
