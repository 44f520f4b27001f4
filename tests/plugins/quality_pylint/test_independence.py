"""No text may change the findings of a later one."""

from __future__ import annotations

import gc
import random
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest
from astroid import nodes
from astroid.manager import AstroidManager

from quality import Scorer
from quality.model import Source
from quality_pylint import _fence
from quality_pylint._attributes import MODULE
from quality_pylint._fence import MODULES_KEPT

from .conftest import make_analyzer, place

LONG_SUM = "value = " + " + ".join(["1"] * 700)
CRASHING = {"crash in mid-walk", "crash while a module is loaded", "syntax error"}
POISONS = tomllib.loads(Path(__file__).with_name("poisons.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", POISONS)
def test_a_poison_changes_nothing_for_the_next_text(name, look):
    case = POISONS[name]
    poison = case["poison"].replace("{long sum}", LONG_SUM)
    for _ in range(2):
        assert look(case["innocent"]) == case["findings"]
        with pytest.raises((SyntaxError, RecursionError, UserWarning)) if name in CRASHING else nullcontext():
            look(poison)
        assert look(case["innocent"]) == case["findings"]


def samples(human_eval) -> list[str]:
    texts = [task["prompt"] + task["canonical_solution"] for task in human_eval]
    harmless = sorted(POISONS.keys() - CRASHING)
    return texts + [POISONS[name][kind] for name in harmless for kind in ("poison", "innocent")]


@pytest.mark.packages
def test_findings_do_not_depend_on_the_order(human_eval):
    texts = samples(human_eval)
    assert len(texts) >= 200
    results = []
    for seed in (1, 2):
        order = list(range(len(texts)))
        random.Random(seed).shuffle(order)
        analyzer = make_analyzer()
        found = {
            number: [
                (*place(each), each.message) for each in analyzer.analyze(Source(texts[number])).findings
            ]
            for number in order
        }
        results.append(found)
    assert results[0] == results[1]
    assert sum(map(len, results[0].values())) > 300


def kept_texts() -> int:
    gc.collect()
    return sum(isinstance(each, nodes.Module) and each.name == MODULE for each in gc.get_objects())


def test_no_text_is_kept(analyzer):
    before = kept_texts()
    for number in range(100):
        text = f"import os.missing{number}\nimport missing{number}\nclass C{number}:\n    x = C{number}().missing\n"
        analyzer.analyze(Source(text))
    assert kept_texts() - before <= 5
    manager = AstroidManager()
    assert MODULE not in manager.astroid_cache
    assert not [name for name, _ in manager._mod_file_cache if "missing" in name]
    assert len(manager.astroid_cache) <= MODULES_KEPT


def test_modules_beyond_the_limit_are_dropped(analyzer, monkeypatch):
    monkeypatch.setattr(_fence, "MODULES_KEPT", 5)
    analyzer.analyze(Source("import argparse, json, os, shutil\nprint(argparse.x, json.x, os.x, shutil.x)\n"))
    assert len(AstroidManager().astroid_cache) <= 5
    findings = analyzer.analyze(Source("import os\nprint(os.X)\n")).findings
    assert "no-member" in {place(each)[0] for each in findings}


def test_of_many_texts_only_the_last_is_kept() -> None:
    text = (
        "class OnlyHere:\n    def f(self, x{0}):\n        return self.y\n\n\n"
        "class Below(OnlyHere):\n    def g(self):\n        return self.z\n"
    )
    scorer = Scorer(profile="sample")
    for number in range(5):
        scorer.score(text.format(number))
    gc.collect()
    trees = [
        each for each in gc.get_objects() if isinstance(each, nodes.ClassDef) and each.name == "OnlyHere"
    ]
    assert len(trees) <= 1
