from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from quality.audit import SECTIONS
from quality.audit._run import Sizes
from quality.audit.attacks import ATTACKS
from quality.cli._app import app
from quality.cli._audit import SECTIONS as OFFERED


@pytest.fixture
def run(monkeypatch, scorer):
    few = Sizes(bases=3, clean=2, solutions=2, fixable=20, pairs=10, repeated=3)
    monkeypatch.setattr("quality.runtime.Scorer", lambda *_args, **_kwargs: scorer)
    monkeypatch.setattr("quality.audit._run._QUICK", few)
    monkeypatch.setattr("quality.audit._run.ATTACKS", ATTACKS[::4])

    def invoke(*arguments):
        return CliRunner().invoke(app, ["audit", *map(str, arguments)], standalone_mode=False)

    return invoke


@pytest.fixture
def pairs(tmp_path):
    folder = tmp_path / "pairs"
    for name, bad in {
        "one": "def f(a):\n    pass\n    return a\n",
        "two": "def g(a):\n    pass\n    return a\n",
    }.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "bad.py").write_text(bad)
        (folder / name / "good.py").write_text(bad.replace("    pass\n", ""))
    return folder


def test_the_command_offers_every_section():
    assert OFFERED == SECTIONS


def test_pairs_that_are_told_apart_pass(run, pairs):
    result = run("--pairs", pairs, "--only", "pairs")

    assert result.return_value == 0
    assert "Set pairs:pairs" in result.stdout
    assert "Everything holds." in result.stdout


def test_an_attack_past_its_bound_fails(run):
    result = run("--quick", "--only", "attacks")

    assert result.return_value == 1
    assert "past their bound" in result.stdout


def test_no_line_is_wider_than_a_terminal(run):
    result = run("--quick", "--only", "attacks", "--only", "stubs", "--only", "injections")

    assert max(map(len, result.stdout.split("\n"))) <= 100


def test_bad_input_is_named_and_the_rest_goes_on(run, pairs, tmp_path):
    (pairs / "half").mkdir()
    (pairs / "half" / "bad.py").write_text("x = 1\n")
    labels = tmp_path / "labels.jsonl"
    labels.write_text("broken\n")

    result = run("--pairs", pairs, "--labels", labels, "--only", "pairs", "--only", "labels")

    assert result.return_value == 0
    assert "half/good.py: is missing" in result.stderr
    assert "labels.jsonl:1: is no JSON" in result.stderr


def test_nothing_usable_is_a_wrong_call(run, tmp_path):
    result = run("--pairs", tmp_path)

    assert result.exception.exit_code == 2
    assert "holds no bad.py and good.py" in str(result.exception)


def test_json_has_the_same_facts(run, pairs):
    facts = json.loads(run("--pairs", pairs, "--only", "pairs", "--format", "json").stdout)

    assert facts["schema"] == "quality-audit/1"
    assert facts["sets"][0]["judges"]["score"]["all"]["wins"] == 1.0
    assert facts["failed"] == []


def test_the_card_is_written_with_its_figures_beside_it(run, pairs, tmp_path):
    card = tmp_path / "card.md"

    run(
        "--pairs",
        pairs,
        "--quick",
        "--only",
        "pairs",
        "--only",
        "attacks",
        "--only",
        "spread",
        "--card",
        card,
    )

    text = card.read_text()
    for heading in ("Validity", "Attacks", "Reliability", "Calibration", "Cost", "Fingerprint"):
        assert f"\n## {heading}\n" in text
    written = json.loads((tmp_path / "card.json").read_text())
    assert written["made"]["bases"] > 0
    assert {each["section"] for each in written["figures"]} >= {"validity", "attacks"}
    assert written["rules"]["fake:pass"]["pairs:pairs"] == {
        "pairs": 2,
        "share": 1.0,
        "low": 0.3424,
        "high": 1.0,
    }
    assert "def f(a)" not in (tmp_path / "card.json").read_text()


def test_the_same_seed_gives_the_same_bytes(run):
    first, second = (run("--quick", "--only", "attacks", "--format", "json").stdout for _ in range(2))

    assert first == second
    assert first != run("--quick", "--only", "attacks", "--format", "json", "--seed", "2").stdout
