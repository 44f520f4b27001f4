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
    assert "With --against CARD.json only what is worse than on that card fails." in result.stdout


def test_what_an_attack_past_its_bound_does_is_told(run, monkeypatch):
    deleting = [attack for attack in ATTACKS if attack.family == "delete"]
    monkeypatch.setattr("quality.audit._run.ATTACKS", deleting)
    verdict = run("--quick", "--only", "attacks").stdout
    failed = [attack for attack in deleting if f"  attack {attack.id}: " in verdict]
    assert failed
    assert all(f"  {attack.description[:90]}" in verdict for attack in failed)
    assert "only tests tell that it is not enough" in verdict


def test_pairs_of_which_none_has_a_score_do_not_hold(run, tmp_path):
    (tmp_path / "pairs" / "one").mkdir(parents=True)
    (tmp_path / "pairs" / "one" / "bad.py").write_text("def f(:\n")
    (tmp_path / "pairs" / "one" / "good.py").write_text("def f():\n    return 1\n")
    result = run("--pairs", tmp_path / "pairs", "--only", "pairs")
    assert result.return_value == 1
    assert "set pairs:pairs: no pair has a score on both sides" in result.stdout
    assert "Everything holds." not in result.stdout


@pytest.mark.parametrize(
    "options", [("--card", "labels.jsonl"), ("-o", "labels.jsonl"), ("--card", "labels.md")]
)
def test_no_labels_are_written_over(run, options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("labels.jsonl", "labels.json"):
        (tmp_path / name).write_text('{"bad": "x = eval(y)\\n", "good": "x = int(y)\\n"}\n')
    result = run("--only", "labels", "--labels", "labels.jsonl", "--labels", "labels.json", *options)
    assert result.exception.exit_code == 2
    assert "is read, and would be lost" in str(result.exception)


@pytest.mark.parametrize("options", [("--card", "card.json"), ("--card", "card.md", "-o", "./card.json")])
def test_the_card_its_figures_and_the_report_need_a_file_each(run, options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("--only", "reliability", "--quick", *options)
    assert result.exception.exit_code == 2
    assert "names of their own" in result.exception.message
    assert list(tmp_path.iterdir()) == []


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
