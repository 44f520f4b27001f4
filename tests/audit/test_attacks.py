from __future__ import annotations

import ast
import random
from collections import Counter

import pytest
from audit_sample import SAMPLE

from quality.analysis import Refusal, prepare
from quality.audit.attacks import ATTACKS, FAMILIES, Expectation
from quality.model import Limits

BY_ID = {attack.id: attack for attack in ATTACKS}
#: Families whose attacked code need not pass the limits, or is judged as it was.
_EACH = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
_SELDOM = {
    "hide:in-annotations": "def total(values):\n    return sum(values)\n",
    **dict.fromkeys(
        ("disguise:only-members", "disguise:only-members-once"), "def f(a):\n    return a == 1\n"
    ),
    "move:into-module-code": "def run():\n    print(1)\n    print(2)\n",
    "hide:in-docstring": "def run(value):\n    return value + 1\n",
    "golf:conditional-cases": "def run(value):\n    if value:\n        return 1\n    elif value is None:\n        return 2\n",
    "golf:and-or": "def run(value):\n    if value:\n        print(value)\n",
    "configure:settings-as-docstring": "def run(value):\n    return value + 1\n",
    "layout:reordered": SAMPLE,
    "respell:written-conditions": "def run(value):\n    return value and value.open\n",
    "move:unused-imports-for-types": "import json\n\ndef run(value):\n    return value\n",
    "detour:joining-helper": "def greet(name):\n    return f'Hello, {name}'\n",
    "detour:filled-template": "def greet(name):\n    return f'Hello, {name}'\n",
    "respell:module-names": "def turn():\n    global page\n    page = 1\n",
    "detour:spread-switches": "def largest(values):\n    return max(values, default=0)\n",
}


def attacked(id_, code, seed=0):
    return BY_ID[id_].apply(code, random.Random(seed))


def test_there_are_more_attacks_and_families_than_promised():
    assert len(ATTACKS) >= 40
    assert len(FAMILIES) >= 10
    assert all(family.attacks for family in FAMILIES)


def test_ids_are_unique_and_begin_with_their_family():
    assert max(Counter(attack.id for attack in ATTACKS).values()) == 1
    assert max(Counter(family.name for family in FAMILIES).values()) == 1
    assert all(attack.id.startswith(f"{attack.family}:") for attack in ATTACKS)


@_EACH
def test_an_attack_is_described_in_one_sentence(attack):
    assert attack.description.endswith(".")
    assert "\n" not in attack.description


_SHAPES = {
    "async": "import asyncio\n\nPAGE = 1\n\nasync def turn(pages, step=1):\n    global PAGE\n    PAGE += step\n    for page in pages:\n        await asyncio.sleep(page)\n    return PAGE\n",
    "class": "class Page:\n    size = 3\n\n    @property\n    def half(self):\n        return self.size / 2\n\n    @staticmethod\n    def make(*sizes, **names):\n        return [lambda: (size, names) for size in sizes]\n",
    "nested": "def outer(a):\n    total = 0\n\n    def inner(b):\n        nonlocal total\n        total += b\n        yield from (a, b)\n\n    return inner, total\n",
    "module": "import sys\n\nwith open(sys.argv[1]) as stream:\n    for line in stream:\n        print(line, end='')\n",
}


@_EACH
@pytest.mark.parametrize("shape", _SHAPES)
def test_an_attack_goes_through_code_of_every_shape(attack, shape):
    code = _SHAPES[shape]

    result = attack.apply(code, random.Random(0))

    assert result is None or isinstance(result, str | bytes)


@_EACH
def test_an_attack_changes_a_code_it_applies_to(attack):
    code = _SELDOM.get(attack.id, SAMPLE)

    result = attack.apply(code, random.Random(0))

    assert result is not None
    # The code that is taken out of a completion is the code that was put in.
    assert (result == code) == attack.id.startswith("prose:completion")


@_EACH
def test_an_attack_leaves_a_program_exactly_when_it_should_have_a_score(attack):
    result = attack.apply(_SELDOM.get(attack.id, SAMPLE), random.Random(0))

    refused = isinstance(prepare(result, "sample.py", Limits()), Refusal)

    if attack.family == "overload":
        assert isinstance(ast.parse(result), ast.Module)
    else:
        assert refused == (attack.expectation is Expectation.UNMEASURED)


@_EACH
def test_an_attack_is_the_same_for_the_same_seed(attack):
    first, second = (attack.apply(SAMPLE, random.Random(7)) for _ in range(2))

    assert first == second


@_EACH
def test_an_attack_does_not_apply_to_what_is_no_python(attack):
    assert attack.apply("def broken(:\n", random.Random(0)) is None


@pytest.mark.parametrize(
    "id_", ["comment:long-docstrings", "comment:no-docstrings", "layout:wide-indentation"]
)
def test_an_invariant_attack_keeps_the_program(id_):
    def program(code):
        tree = ast.parse(code)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
                del node.body[0]
        return ast.dump(tree)

    assert program(attacked(id_, SAMPLE)) == program(SAMPLE)


def test_reordering_keeps_the_functions():
    before, after = (ast.parse(code) for code in (SAMPLE, attacked("layout:reordered", SAMPLE)))

    assert [ast.dump(node) for node in before.body] != [ast.dump(node) for node in after.body]
    assert sorted(map(ast.dump, before.body)) == sorted(map(ast.dump, after.body))


def test_directives_stand_behind_statements_and_not_inside_of_strings():
    code = 'TEXT = """one\ntwo"""\nVALUE = [\n    1,\n]\n'

    assert attacked("suppress:noqa-on-each-line", code) == (
        'TEXT = """one\ntwo"""  # noqa\nVALUE = [\n    1,\n]  # noqa\n'
    )


def test_renaming_is_consistent_and_leaves_parameters_builtins_and_private_names():
    code = "def run(text):\n    list = text\n    _kept = 1\n    total = len(list)\n    return total + _kept\n"

    assert attacked("rename:single-letters", code) == (
        "def run(text):\n    list = text\n    _kept = 1\n    a = len(list)\n    return a + _kept\n"
    )


def test_a_renamed_function_is_renamed_where_it_is_used():
    code = "def run():\n    return 1\n\nclass A:\n\n    def go(self):\n        return run()\n"

    assert attacked("rename:private", code) == code.replace("run", "_run")


@pytest.mark.parametrize(
    "id_",
    ["rename:private", "rename:as-tests", "rename:as-checks", "move:into-class", "move:into-one-function"],
)
def test_a_function_that_hides_a_builtin_keeps_doing_so_because_another_name_is_an_improvement(id_):
    assert attacked(id_, "def sum(values):\n    return len(values)\n") is None


def test_a_function_that_has_no_name_of_its_own_keeps_it_because_another_name_is_an_improvement():
    assert attacked("rename:private", "def foo(values):\n    return len(values)\n") is None


def test_returns_are_not_written_as_one_expression_because_that_mends_an_else_behind_a_return():
    code = "def sign(value):\n    if value:\n        return 1\n    else:\n        return 2\n"
    assert attacked("golf:conditional-expressions", code) is None
    assert attacked("golf:indexed-choices", code) is not None


def test_what_has_no_look_at_its_parameters_is_not_unwrapped_because_that_deletes_a_stub():
    assert attacked("move:into-module-code", "def show(pages):\n    rows = [1]\n    print(rows)\n") is None
    assert attacked("move:into-module-code", "def show():\n    rows = [1]\n    print(rows)\n") is not None


def test_a_handler_of_everything_is_not_unwrapped_because_its_end_is_an_improvement():
    code = "def run():\n    try:\n        work()\n    except Exception:\n        pass\n"

    assert attacked("delete:error-handling", code) is None


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("wrap:run-once-loop", "def run():\n    for each in range(9):\n        print(each)\n    continue\n"),
        ("respell:module-names", "def run():\n    print(LAST)\n    global LAST\n    LAST = 1\n"),
    ],
)
def test_what_python_refuses_to_compile_is_not_mended(id_, code):
    assert attacked(id_, code) is None


def test_only_checks_that_raise_are_deleted():
    code = "def run(x):\n    if x < 0:\n        raise ValueError\n    if x == 0:\n        return 1\n    return x\n"

    assert attacked("delete:validation", code) == (
        "def run(x):\n    if x == 0:\n        return 1\n    return x\n"
    )


def test_halves_pass_every_name_on():
    code = "def run(x):\n    a = x\n    b = a\n    c = b\n    return c\n"

    assert attacked("split:halves", code) == (
        "def run(x):\n    a = x\n    b = a\n    return run_rest(a, b, x)\n\n"
        'def run_rest(a, b, x):\n    """Goes on."""\n    c = b\n    return c\n'
    )


@pytest.mark.parametrize(
    "id_", ["hide:executed", "encode:base64-exec", "encode:compressed", "encode:rotated"]
)
def test_hidden_code_still_runs(id_):
    space: dict[str, object] = {}

    exec(attacked(id_, "VALUE = 41 + 1\n"), space)  # our own text

    assert space["VALUE"] == 42


@pytest.mark.parametrize(
    "id_",
    [
        "golf:conditional-expressions",
        "golf:one-expression",
        "golf:star-arguments",
        "move:into-closures",
        "move:into-inner-class",
        "split:halves",
        "split:conditions",
        "split:strings",
        "split:attribute-names",
        "split:helper-per-operation",
        "wrap:try-and-reraise",
        "wrap:run-once-loop",
        "rename:meaningless",
        "golf:semicolons",
        "split:one-part-per-block",
        "golf:bodies-on-header-lines",
        "copy:in-branches",
        "pad:no-ops",
    ],
)
def test_a_rewritten_program_answers_as_before(id_):
    calls = [
        ("area", (2, 3)),
        ("first", ([], 5)),
        ("first", ([4], 5)),
        ("choose", (True,)),
        ("choose", (False,)),
    ]

    def answers(code):
        space: dict[str, object] = {}
        exec(code, space)
        return [space[name](*values) for name, values in [*calls, ("parse", ("1,2\nx\n3", 1, False))]]

    assert answers(attacked(id_, SAMPLE)) == answers(SAMPLE)
