"""The figures of a card: their intervals, and what is worse than before."""

from __future__ import annotations

import dataclasses
import json

import pytest
from click.testing import CliRunner

from quality.audit._bases import chosen
from quality.audit._figures import Figure, _largest, figure_of, worse
from quality.audit._materials import Data, Piece
from quality.audit._panel import Verdict
from quality.audit._run import AuditInput
from quality.audit._statistics import entropy_variance
from quality.audit._trials import gains_of
from quality.cli._app import app

WINS = Figure("validity", "wins", 0.8, 0.7, 0.9, "higher")
GAIN = Figure("attacks", "gain", 0.02, 0.01, 0.05, "lower")


def now(figure, value, low=None, high=None):
    return dataclasses.replace(
        figure, value=value, low=value if low is None else low, high=value if high is None else high
    )


@pytest.mark.parametrize(
    ("then", "new", "found"),
    [
        (WINS, now(WINS, 0.8), 0),
        (WINS, now(WINS, 0.71), 0),
        (WINS, now(WINS, 0.69), 1),
        (WINS, now(WINS, 1.0), 0),
        (GAIN, now(GAIN, 0.05), 0),
        (GAIN, now(GAIN, 0.06), 1),
        (GAIN, now(GAIN, -0.5), 0),
    ],
)
def test_on_the_same_code_a_figure_has_to_be_in_the_interval(then, new, found):
    assert len(worse([new], [then], whole=True, same_code=True)) == found


def test_on_other_code_the_intervals_have_to_meet():
    assert worse([now(WINS, 0.6, 0.5, 0.75)], [WINS], whole=True, same_code=False) == []
    assert worse([now(WINS, 0.5, 0.4, 0.65)], [WINS], whole=True, same_code=False) == [
        "validity: wins: 0.5, was 0.8 [0.7, 0.9]"
    ]


def test_a_figure_that_is_missing_is_worse_only_when_everything_was_measured():
    assert worse([], [WINS], whole=True, same_code=True) == ["validity: wins: not measured, was 0.8"]
    assert worse([], [WINS], whole=False, same_code=True) == []


def test_other_code_may_hold_nothing_that_an_attack_changes():
    assert worse([], [GAIN], whole=True, same_code=False) == []
    assert worse([], [GAIN], whole=True, same_code=True) == ["attacks: gain: not measured, was 0.02"]
    assert worse([], [WINS], whole=True, same_code=False) == ["validity: wins: not measured, was 0.8"]


def test_a_gain_within_the_bound_is_not_worse():
    gains = gains_of([(Piece("p", "x"), Verdict(0.1), Verdict(0.1))])
    assert _largest("gain", [gains], 0.02).high == pytest.approx(0.02)


def test_a_card_of_other_code_has_another_digest(tmp_path):
    tasks = Data(tasks=(Piece("t", "x = 1\n"),))
    assert AuditInput(tasks).digest == AuditInput(tasks).digest != AuditInput().digest


def test_one_piece_more_leaves_the_choice_nearly_as_it_was():
    pieces = [Piece(f"p{n}", f"x = {n}\n") for n in range(200)]
    before = chosen(pieces, 50, seed=1)
    after = chosen([Piece("new", "y = 1\n"), *pieces], 50, seed=1)
    assert len({each.id for each in before} - {each.id for each in after}) <= 1
    assert {each.id for each in before} != {each.id for each in chosen(pieces, 50, seed=2)}


def test_a_figure_survives_json():
    assert figure_of(json.loads(json.dumps(dataclasses.asdict(GAIN)))) == GAIN


def test_the_variance_of_an_entropy_is_none_for_even_bins():
    assert entropy_variance([0.01, 0.26, 0.51, 0.76]) == pytest.approx(0)
    assert entropy_variance([0.01, 0.01, 0.01, 0.76]) > 0.1


def test_the_second_largest_gain_is_kept():
    trials = [
        (Piece(f"p{n}", "x"), Verdict(0.1), Verdict(0.1 + gain)) for n, gain in enumerate((0.3, 0.1, 0.2))
    ]
    gains = gains_of(trials)
    assert (gains.largest, gains.second) == (pytest.approx(0.3), pytest.approx(0.2))


@pytest.fixture
def run(monkeypatch, scorer, tmp_path):
    monkeypatch.setattr("quality.runtime.Scorer", lambda *_args, **_kwargs: scorer)
    pair = tmp_path / "pairs" / "one"
    pair.mkdir(parents=True)
    (pair / "bad.py").write_text("def f(a):\n    pass\n    return a\n")
    (pair / "good.py").write_text("def f(a):\n    return a\n")

    def invoke(*arguments):
        command = ["audit", "--pairs", tmp_path / "pairs", "--only", "pairs", *arguments]
        return CliRunner().invoke(app, list(map(str, command)), standalone_mode=False)

    return invoke


@pytest.fixture
def card(run, tmp_path):
    run("--card", tmp_path / "card.md")
    return tmp_path / "card.json"


def changed(card, change):
    content = json.loads(card.read_text())
    change(content)
    card.write_text(json.dumps(content))
    return card


def test_the_same_audit_is_not_worse_than_its_card(run, card):
    assert run("--against", card).return_value == 0


def test_a_worse_figure_is_named_and_fails(run, card):
    def better(content):
        content["figures"][1].update(value=-0.5, low=-0.5, high=-0.5)

    result = run("--against", changed(card, better))

    assert result.return_value == 1
    assert "card.json: validity: set pairs:pairs: inverted: 0, was -0.5" in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: content["made"].update(quick=True), "The card is of quick True"),
        (lambda content: content["made"].update(profile="other"), "The card is of profile other"),
        (lambda content: content.update(schema="quality-card/9"), "is no card"),
        (lambda content: content["figures"][0].pop("low"), "is no card"),
        (lambda content: content.update(figures=[3]), "is no card"),
        (lambda content: content.update(figures=None), "is no card"),
    ],
)
def test_a_card_that_cannot_be_compared_is_a_wrong_call(run, card, change, told):
    result = run("--against", changed(card, change))

    assert result.exception.exit_code == 2
    assert told in str(result.exception)


def test_a_damaged_card_is_named(run, card, tmp_path):
    card.write_bytes(b"{\xff")
    assert "card.json cannot be read" in str(run("--against", card).exception)
    assert "lost.json cannot be read" in str(run("--against", tmp_path / "lost.json").exception)
