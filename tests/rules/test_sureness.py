"""How sure, and how bad, findings are that differ by what the text shows."""

from __future__ import annotations

import pytest

from quality.model import Confidence, Severity
from quality.rules import Valid, run_rule
from quality_rules.clarity.half_used_pairs import HalfUsedPairs
from quality_rules.reliability.float_equality import FloatEquality
from quality_rules.reliability.replaced_environment import ReplacedEnvironment
from quality_rules.reliability.same_branches import SameBranches
from quality_rules.security.exposed_secret import ExposedSecret
from quality_rules.security.hard_coded_secret import HardCodedSecret
from quality_rules.security.unverified_certificate import UnverifiedCertificate
from quality_rules.structure.constant_answer import ConstantAnswer
from quality_rules.structure.dead_code import DeadCode
from quality_rules.structure.returned_arguments import ReturnedArguments
from quality_rules.structure.stub_body import StubBody


@pytest.mark.parametrize(
    ("given", "pair", "used", "sure"),
    [
        ("prices", "_, price", "price", Confidence.LOW),
        ("prices: dict[str, int]", "_, price", "price", Confidence.HIGH),
        ("prices", "name, _", "name", Confidence.HIGH),
    ],
)
def test_values_are_advised_with_certainty_where_there_is_a_dictionary(given, pair, used, sure):
    text = f"def f({given}):\n    for {pair} in prices.items():\n        print({used})\n"
    assert [finding.confidence for finding in run_rule(HalfUsedPairs, Valid(text))] == [sure]


@pytest.mark.parametrize(
    "call", ["requests.request('GET', url, verify=False)", "session.get(url, verify=False)"]
)
def test_verification_that_is_turned_off_is_as_bad_by_any_function(call):
    text = f"import requests\n\n\ndef f(session, url):\n    return {call}\n"
    assert [finding.severity for finding in run_rule(UnverifiedCertificate, Valid(text))] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("test", "sure"),
    [
        ("wanted", Confidence.HIGH),
        ("isinstance(rows, list)", Confidence.LOW),
        ("sys.version_info >= (3, 12)", Confidence.LOW),
        ("rows.version >= (3, 12)", Confidence.HIGH),
    ],
)
def test_a_condition_that_type_checkers_read_may_decide_something(test, sure):
    text = f"import sys\n\n\ndef f(rows, wanted):\n    return len(rows) if {test} else len(rows)\n"
    assert [finding.confidence for finding in run_rule(SameBranches, Valid(text))] == [sure]


@pytest.mark.parametrize(
    ("test", "sure"),
    [
        ("self.rate == 0.15", Confidence.LOW),
        ("self.rate + rate == 0.15", Confidence.MEDIUM),
        ("rate == 0.15", Confidence.MEDIUM),
    ],
)
def test_what_an_object_keeps_may_be_just_what_is_written(test, sure):
    text = f"def f(self, rate):\n    return {test}\n"
    assert [finding.confidence for finding in run_rule(FloatEquality, Valid(text))] == [sure]


@pytest.mark.parametrize(("name", "sure"), [("pwd", Confidence.LOW), ("user_pwd", Confidence.MEDIUM)])
def test_a_folder_may_have_the_name_of_a_secret(name, sure):
    text = f"def f({name}):\n    print({name})\n"
    assert [finding.confidence for finding in run_rule(ExposedSecret, Valid(text))] == [sure]


@pytest.mark.parametrize(
    ("last", "sure"), [("os.environ = kept", Confidence.LOW), ("run()", Confidence.HIGH)]
)
def test_an_environment_that_is_put_back_may_do_no_harm(last, sure):
    text = f"import os\n\n\ndef f(text):\n    kept = os.environ\n    os.environ = dict(kept)\n    try:\n        return text\n    finally:\n        {last}\n"
    assert [finding.confidence for finding in run_rule(ReplacedEnvironment, Valid(text))] == [sure]


@pytest.mark.parametrize(
    ("more", "sure"), [("", Confidence.LOW), ("print(index)\n        ", Confidence.HIGH)]
)
def test_a_name_may_be_bound_to_see_whether_that_fails(more, sure):
    text = f"def f(index):\n    try:\n        {more}start = index.start\n    except AttributeError:\n        return None\n    return index\n"
    assert [finding.confidence for finding in run_rule(DeadCode, Valid(text))] == [sure]


@pytest.mark.parametrize(
    ("method", "sure"), [("return [other, self.size]", Confidence.LOW), ("pass", Confidence.HIGH)]
)
def test_a_class_in_a_class_that_works_is_a_part_of_it(method, sure):
    text = f"class Number:\n    class Kind:\n        make = staticmethod(lambda value: value)\n\n    def pair(self, other):\n        {method}\n"
    found = run_rule(ReturnedArguments, Valid(text, options={"standalone": True}))
    assert [finding.confidence for finding in found] == [sure]


@pytest.mark.parametrize(
    ("mark", "body", "sure"),
    [
        ("@task", "return []", [Confidence.MEDIUM]),
        ("@app.task", "return []", [Confidence.MEDIUM]),
        ("@app.errorhandler(404)", "return []", [Confidence.LOW]),
        ("@task", "return {'ok': True}", [Confidence.MEDIUM]),
        ("@pytest.fixture", "return []", []),
        ("@task", "yield", []),
        ("@task", "return [error]", []),
    ],
)
def test_a_decorator_is_hardly_an_excuse_for_an_answer_to_everything(mark, body, sure):
    text = f"{mark}\ndef shown(error):\n    {body}\n"
    assert [
        each.confidence for each in run_rule(ConstantAnswer, Valid(text, options={"standalone": True}))
    ] == sure


@pytest.mark.parametrize(
    ("mark", "body", "sure"),
    [
        ("@bot.event", "raise NotImplementedError", [Confidence.MEDIUM]),
        ("@bot.event", "pass", []),
        ("@bot.event", "...", []),
        ("@task", "pass", [Confidence.MEDIUM]),
    ],
)
def test_only_a_decorator_that_says_so_fills_in_what_is_empty(mark, body, sure):
    text = f"{mark}\ndef solve(board):\n    {body}\n"
    assert [each.confidence for each in run_rule(StubBody, Valid(text, options={"standalone": True}))] == sure


@pytest.mark.parametrize(
    ("name", "key", "told"),
    [
        (
            "test_reads",
            "-----BEGIN PRIVATE KEY-----\\nMIIEvgIBADANBgkqhkiG9w0B",
            (Severity.WARNING, Confidence.LOW),
        ),
        (
            "reads",
            "-----BEGIN PRIVATE KEY-----\\nMIIEvgIBADANBgkqhkiG9w0B",
            (Severity.ERROR, Confidence.MEDIUM),
        ),
        ("test_reads", "AKIAIOSFODNN7ABCDEFG", (Severity.ERROR, Confidence.MEDIUM)),
    ],
)
def test_a_private_key_in_a_test_is_a_doubt(name, key, told):
    (finding,) = run_rule(HardCodedSecret, Valid(f"def {name}():\n    read('{key}')\n"))
    assert (finding.severity, finding.confidence) == told
