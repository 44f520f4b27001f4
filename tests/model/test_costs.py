"""What findings and units cost: the parts of a loss that adds up."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest
from click.testing import CliRunner
from quality_fakes import PROFILE, RULES, plugins

from quality.analysis import Host
from quality.cli._app import app
from quality.model import Costs, Score
from quality.scoring import judge

TEXTS = (
    "def f(a):\n    pass\n    return a\n\n\ndef g(b):\n    if b:\n        if b > 1:\n            pass; pass\n    return b\n",
    "def h(a):\n    pass\n    if a:\n        return 1\n    return a\n",
)


@pytest.fixture
def analyses():
    host = Host.open(PROFILE, plugins())
    return [host.examine(text, f"{place}.py") for place, text in enumerate(TEXTS)]


def everything(score: Score) -> float:
    costs = Costs(score)
    scopes = {(path, measure.scope) for path in ("0.py", "1.py", score.path) for measure in score.measures}
    findings = [costs.of(finding).loss for finding in score.findings]
    return math.fsum([*findings, *(costs.of_unit(path, scope).loss for path, scope in scopes)])


def test_the_costs_of_all_findings_and_units_are_the_whole_loss(analyses):
    for chosen in (analyses[:1], analyses[1:], analyses):
        score = judge(chosen, PROFILE, RULES, "")
        assert everything(score) == pytest.approx(1 / score.value - 1, abs=1e-9)


def test_the_gain_of_a_finding_is_what_the_score_gains_without_it(analyses):
    analysis = analyses[0]
    score = judge([analysis], PROFILE, RULES, "")
    for finding in score.findings:
        rest = tuple(each for each in analysis.findings if each is not finding)
        without = judge([dataclasses.replace(analysis, findings=rest)], PROFILE, RULES, "")
        assert without.value - score.value == pytest.approx(Costs(score).of(finding).gain, abs=1e-9)


def test_what_is_not_charged_costs_nothing(analyses):
    score = judge([analyses[0]], PROFILE, RULES, "")
    stranger = dataclasses.replace(score.findings[0], rule_id="fake:other")
    assert Costs(score).of(stranger).loss == 0
    assert Costs(score).of(stranger).gain == 0


def test_the_document_of_check_prices_every_finding_and_function(tmp_path):
    code = (
        "def f(x, y=[]):\n    y.append(x)\n    for a in x:\n        if a:\n            for b in a:\n                if b:\n"
        "                    y.append(eval(b))\n    return y\n"
    )
    (tmp_path / "code.py").write_text(code)
    command = ["check", str(tmp_path), "--format", "json", "-j", "0", "--no-config"]
    done = CliRunner().invoke(app, command, standalone_mode=False)
    (source,) = json.loads(done.stdout)["sources"]
    parts = [*source["findings"], *source["measures"]]
    assert math.fsum(part["loss"] for part in parts) == pytest.approx(1 / source["score"] - 1, abs=1e-9)
    assert all(part["gain"] > 0 for part in parts if part["loss"] > 0)
    assert any(part["loss"] > 0 for part in source["measures"])
