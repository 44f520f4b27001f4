from __future__ import annotations

import ast
import random
from collections import Counter

import pytest
from audit_sample import SAMPLE

from quality.audit.injectors import INJECTORS

BY_ID = {injector.id: injector for injector in INJECTORS}
_EACH = pytest.mark.parametrize("injector", INJECTORS, ids=lambda injector: injector.id)


def test_there_are_more_injectors_than_promised_and_their_ids_are_unique():
    assert len(INJECTORS) >= 25
    assert max(Counter(injector.id for injector in INJECTORS).values()) == 1


def test_every_dimension_has_a_smell():
    assert {injector.dimension for injector in INJECTORS} == {
        "complexity",
        "reliability",
        "security",
        "structure",
        "clarity",
        "efficiency",
    }


@_EACH
def test_an_injector_changes_a_code_and_the_result_parses(injector):
    spoilt = injector.apply(SAMPLE, random.Random(3))

    assert ast.dump(ast.parse(spoilt)) != ast.dump(ast.parse(SAMPLE))


@_EACH
def test_an_injector_is_the_same_for_the_same_seed(injector):
    first, second = (injector.apply(SAMPLE, random.Random(5)) for _ in range(2))

    assert first == second


@_EACH
def test_an_injector_has_no_place_without_a_function_that_takes_something(injector):
    assert injector.apply("def run():\n    return 1\n", random.Random(0)) is None
    assert injector.apply("def broken(:\n", random.Random(0)) is None


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("reliability:self-assignment", "def run(text):\n    text = text\n    return text\n"),
        (
            "clarity:none-by-equality",
            "def run(text):\n    if text == None:\n        return None\n    return text\n",
        ),
        (
            "reliability:bare-except",
            "def run(text):\n    try:\n        return text\n    except:\n        print('failed')\n",
        ),
        ("structure:stub", "def run(text):\n    return text\n\ndef prepare_report(title):\n    pass\n"),
        ("reliability:mutable-default", "def run(text, seen=[]):\n    seen.append(0)\n    return text\n"),
        (
            "security:subprocess-shell",
            (
                "def run(text):\n    import subprocess\n    subprocess.run(f'ls {text}', shell=True, check=False)\n"
                "    return text\n"
            ),
        ),
    ],
)
def test_an_injector_puts_in_what_it_says(id_, expected):
    assert BY_ID[id_].apply("def run(text):\n    return text\n", random.Random(0)) == expected


def test_the_receiver_of_a_method_is_not_taken_for_its_parameter():
    code = "class A:\n\n    def run(self, text):\n        return text\n"

    assert "text = text" in BY_ID["reliability:self-assignment"].apply(code, random.Random(0))
