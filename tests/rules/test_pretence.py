"""How sure the rules on pretended work are where a text stands alone."""

from __future__ import annotations

import pytest

from quality.model import Confidence
from quality.rules import Valid, run_rule
from quality_rules.structure.answer_table import AnswerTable
from quality_rules.structure.constant_answer import ConstantAnswer
from quality_rules.structure.returned_arguments import ReturnedArguments
from quality_rules.structure.stub_body import StubBody

ALONE = {"standalone": True}
RECORD = """
class Ticket:
    def __init__(self, seat):
        self.seat = seat

    def __str__(self):
        return self.seat

    def {name}(self, moment):
        return {answer}
"""
FRAME = """
class Recipe:
    def text(self):
        return {text}

    def steps(self):
        raise NotImplementedError
"""
STEPS = """
class Import:
    def run(self):
        self.begin()
        self.read()

    def begin(self):
        {begin}

    def read(self):
        raise NotImplementedError
"""
TABLE = """
def {name}(number):
    {table}
    return listed.get(number)
"""


@pytest.mark.parametrize(
    ("name", "answer", "sure"),
    [
        ("is_valid", "True", Confidence.LOW),
        ("may_enter", "False", Confidence.LOW),
        ("is_valid", "0", Confidence.HIGH),
        ("price", "True", Confidence.HIGH),
    ],
)
def test_a_record_may_answer_yes_or_no_about_itself(name: str, answer: str, sure: Confidence) -> None:
    (finding,) = run_rule(ConstantAnswer, Valid(RECORD.format(name=name, answer=answer), options=ALONE))
    assert finding.confidence is sure


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("'Take ' + self.steps()", Confidence.LOW),
        ("self.steps()", Confidence.HIGH),
    ],
)
def test_what_a_frame_calls_may_be_written_by_others(text: str, sure: Confidence) -> None:
    (finding,) = run_rule(StubBody, Valid(FRAME.format(text=text), options=ALONE))
    assert finding.confidence is sure


def test_steps_that_others_may_add_to_are_hints() -> None:
    found = run_rule(StubBody, Valid(STEPS.format(begin="pass"), options=ALONE))
    assert [finding.confidence for finding in found] == [Confidence.LOW]


def test_steps_of_which_none_is_written_are_none() -> None:
    (finding,) = run_rule(StubBody, Valid(STEPS.format(begin="raise NotImplementedError"), options=ALONE))
    assert finding.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("head", "answer", "sure"),
    [
        ("handler(event, context)", "{'status': 200}", Confidence.LOW),
        ("handler(event, context)", "200", Confidence.HIGH),
        ("weigh(*parcels, **options)", "200", Confidence.HIGH),
        ("weigh(*_, **_options)", "200", Confidence.LOW),
        ("weigh(_parcel)", "200", Confidence.LOW),
        ("weigh(parcel, *_)", "200", Confidence.HIGH),
        ("handle(event)", "200", Confidence.HIGH),
    ],
)
def test_a_function_may_be_given_more_than_it_needs(head: str, answer: str, sure: Confidence) -> None:
    (finding,) = run_rule(ConstantAnswer, Valid(f"def {head}:\n    return {answer}", options=ALONE))
    assert finding.confidence is sure


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        ('print("Hello, world!")', Confidence.LOW),
        ('name = "world"\nprint(f"Hello, {name}!")', Confidence.LOW),
        ('def main():\n    print("Hello, world!")\n\nmain()', Confidence.LOW),
        ('def main():\n    print("Hello, world!")', Confidence.HIGH),
        ('def solve():\n    print("solve is done")\n\nsolve()', Confidence.HIGH),
        ('print("42")', Confidence.HIGH),
        ("answer = 42", Confidence.HIGH),
        ("solve = None", Confidence.HIGH),
    ],
)
def test_what_greets_may_be_all_that_was_wanted(code: str, sure: Confidence) -> None:
    (finding,) = run_rule(StubBody, Valid(code, options=ALONE))
    assert finding.confidence is sure


def test_a_class_of_constants_is_none_however_little_they_are_given() -> None:
    code = "class Scale:\n    def weigh(self):\n        return 0\n\n    def price(self):\n        return 0"
    (finding,) = run_rule(StubBody, Valid(code, options=ALONE))
    assert finding.confidence is Confidence.HIGH


def test_questions_of_a_record_are_one_hint() -> None:
    code = (
        RECORD.format(name="is_valid", answer="True")
        + "\n    def may_move(self, seat):\n        return True\n"
    )
    (finding,) = run_rule(StubBody, Valid(code, options=ALONE))
    assert finding.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("table", "sure"),
    [
        ("listed = {1: 'red', 2: 'red', 5: 'dark blue'}", Confidence.MEDIUM),
        ("listed = {1: 12, 2: 30, 3: 8}", Confidence.MEDIUM),
        ("listed = {1: 1.5, 2: 3.0, 3: 8.25}", Confidence.MEDIUM),
        ("listed = {1: 12, 2: 30, 9: 8}", Confidence.HIGH),
        ("listed = {1: 'a1', 2: 'b7', 3: 'c2'}", Confidence.HIGH),
        ("listed = {'a b': 1, 'b c': 2, 'c d': 3}", Confidence.HIGH),
    ],
)
def test_listed_numbers_may_be_facts(table: str, sure: Confidence) -> None:
    (finding,) = run_rule(
        AnswerTable, Valid(TABLE.format(name="shade", table=table), options={"standalone": True})
    )
    assert finding.confidence is sure


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("SHADES", Confidence.LOW),
        ("GREY_SHADE", Confidence.LOW),
        ("NUMBERS", Confidence.HIGH),
        ("ANSWERS", Confidence.HIGH),
    ],
)
def test_a_constant_that_a_function_is_named_after_is_a_hint(name: str, sure: Confidence) -> None:
    code = f"{name} = {{1: 12, 2: 30, 9: 8}}\n\ndef shade_of(number):\n    return {name}[number]"
    (finding,) = run_rule(AnswerTable, Valid(code, options={"standalone": True}))
    assert finding.confidence is sure


@pytest.mark.parametrize(
    "body",
    [
        "return x, y",
        "return (x, y)",
        "return list((x, y))",
        "x = x\n    return x, y",
        "return [each for each in (x, y)]",
        "found = []\n    for each in (x, y):\n        found.append(each)\n    return found",
        "found = []\n    first = x\n    second = y\n    found.append(first)\n    found.append(second)\n    return found",
        "found = []\n    for each in list(x):\n        found.append(each)\n    return found",
    ],
)
def test_arguments_in_their_order_are_no_work(body: str) -> None:
    (finding,) = run_rule(ReturnedArguments, Valid(f"def solve(x, y):\n    {body}", options=ALONE))
    assert finding.confidence is Confidence.HIGH


def test_packed_and_named_arguments_have_no_order() -> None:
    code = "def solve(x, *rest, y=None):\n    return x, y, rest"
    (finding,) = run_rule(ReturnedArguments, Valid(code, options=ALONE))
    assert finding.confidence is Confidence.HIGH


def test_a_function_that_only_calls_the_library_hides_no_table() -> None:
    code = (
        'import json\n\nTABLE = \'{"a b": 1, "b c": 2, "c d": 3}\'\n\n'
        "def read(*values, **names):\n    return json.loads(*values, **names)\n\n"
        "def total(text):\n    return read(TABLE).get(text)\n"
    )
    (finding,) = run_rule(AnswerTable, Valid(code, options={"standalone": True}))
    assert finding.confidence is Confidence.HIGH
