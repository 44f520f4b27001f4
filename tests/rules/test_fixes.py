from __future__ import annotations

import pytest

import quality
import quality_rules
from quality.model import Source
from quality.rules import Fix, Fixed, RuleRunner, catalogue, discover_rules
from quality.rules.fixing import apply_fixes
from quality_rules import NAMESPACE
from quality_rules._fixes.catalogue import FIXES

CASES = [(fix, case) for fix in FIXES for case in fix.cases]


@pytest.fixture(scope="module")
def findings():
    with quality.Scorer(profile="project", workers=0) as scorer:
        yield lambda text: next(iter(scorer.score_many([text]))).findings


@pytest.fixture(scope="module")
def checkers():
    return {f"{NAMESPACE}:{rule.name}": rule for rule in discover_rules(quality_rules)}


@pytest.mark.parametrize(("fix", "case"), CASES, ids=[fix.id for fix, _ in CASES])
def test_each_fix_does_what_its_cases_say(fix: Fix, case: Fixed, findings):
    text = case.before
    for _ in range(3):
        text = apply_fixes(text, findings(text), [fix]).text
    assert text == case.after


@pytest.mark.parametrize("fix", FIXES, ids=[fix.id for fix in FIXES])
def test_each_fix_has_a_title_and_a_case_that_changes(fix: Fix, checkers):
    assert fix.title.endswith(".")
    own = [case for rule in fix.rules if rule in checkers for case in checkers[rule].INVALID]
    assert any(case.before != case.after for case in fix.cases) or any(case.fixed for case in own)


def test_fixes_name_rules_of_the_catalogue():
    from quality.plugins import load_plugins

    plugins = load_plugins()
    assert {rule for fix in plugins.observers.fixes().values() for rule in fix.rules} <= set(plugins.rules)


def test_the_catalogue_knows_which_rules_have_a_fix(checkers):
    entries = catalogue(checkers.values(), NAMESPACE)
    named = {rule for fix in FIXES for rule in fix.rules}
    assert {entry.id for entry in entries if entry.fixable} == named & set(checkers)


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


CAREFUL = {
    "a joined condition keeps its meaning": (
        "if a:\n    # why\n    if c if d else e:\n        f()\n",
        "# why\nif a and (c if d else e):\n    f()\n",
    ),
    "with and async with are two things": (
        "async def f():\n    with a:\n        async with b:\n            pass\n",
        None,
    ),
    "a comment between the branches speaks of one of them": (
        "if not a:\n    f()\n# else\nelse:\n    g()\n",
        None,
    ),
    "a conditional that becomes a middle part gets parentheses": (
        "x = a if not b else lambda: 0\n",
        "x = (lambda: 0) if b else a\n",
    ),
    "a generator alone in a call needs none": (
        "x = sorted(list(a for a in b))\ny = sorted(list(a for a in b), key=c)\n",
        "x = sorted(a for a in b)\ny = sorted((a for a in b), key=c)\n",
    ),
    "the name of a loop is used behind it": (
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x + 1)\n    return out, x\n",
        None,
    ),
    "an exception leaves a half full collection": (
        "def f(xs):\n    with suppress(ValueError):\n        out = []\n        for x in xs:\n            out.append(x + 1)\n    return out\n",
        None,
    ),
    "the names of a module are used by others": ("out = []\nfor x in xs:\n    out.append(x + 1)\n", None),
    "a comment in the loop has no place in a comprehension": (
        "def f(xs):\n    out = []\n    for x in xs:\n        # Why.\n        out.append(x + 1)\n    return out\n",
        None,
    ),
    "an iterable of several parts gets parentheses": (
        "def f(a, b):\n    out = set()\n    for x, y in a, b:\n        out.add((x, y, 1))\n    return out\n",
        "def f(a, b):\n    return {(x, y, 1) for x, y in (a, b)}\n",
    ),
    "a start stays": (
        "def f(xs):\n    n = 1.5\n    for x in xs:\n        n += x\n    return n\n",
        "def f(xs):\n    return sum(xs, 1.5)\n",
    ),
    "a comparison is not turned over": (
        "def f(xs):\n    ok = True\n    for x in xs:\n        if x > 1:\n            ok = False\n            break\n    return ok\n",
        "def f(xs):\n    return not any(x > 1 for x in xs)\n",
    ),
    "quotes inside an f-string": ("x = 'a' + str(b['c']) + 'd'\n", None),
    "braces of a text": ("x = '{a' + b + '}' + str(c)\n", "x = f'{{a{b}}}{c}'\n"),
    "a text of bytes or of raw characters": ("x = r'\\d' + b + r'\\w' + str(c)\n", None),
    "a value that is only returned takes its comment along": (
        "def f(a):\n    # One.\n    b = a + 1  # two\n    return b\n",
        "def f(a):\n    # One.\n    return a + 1  # two\n",
    ),
    "two pairs of one block": (
        "def f(xs):\n    a = []\n    for x in xs:\n        a.append(x + 1)\n    b = []\n    for y in a:\n        b.append(y + 1)\n    return a, b\n",
        "def f(xs):\n    a = [x + 1 for x in xs]\n    b = [y + 1 for y in a]\n    return a, b\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CAREFUL.values(), ids=CAREFUL)
def test_fixes_of_own_rules_keep_the_meaning_or_keep_off(before: str, after: str | None, checkers):
    runner = RuleRunner(catalogue(checkers.values(), NAMESPACE))
    own = [fix for fix in FIXES if any(rule in checkers for rule in fix.rules)]
    text = before
    for _ in range(3):
        text = apply_fixes(text, runner.run(Source(text)).findings, own).text
    assert text == (after or before)
