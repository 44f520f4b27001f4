from __future__ import annotations

import ast
import dataclasses

import pytest

from quality.audit._bases import attack_bases, chosen, plain, seeded, spoil
from quality.audit._materials import Data, Piece
from quality.audit._problems import Problems
from quality.audit._reliability import check_reliability
from quality.audit._trials import run_attacks
from quality.audit.attacks import ATTACKS, Bound, Expectation, Family
from quality.audit.injectors import INJECTORS, Injector
from quality.audit.sets import Pair, compare, inject, stub_pairs, tally

CLEAN = "def f(a):\n    b = a\n    return b\n"
FLAWED = "def f(a):\n    pass\n    pass\n    return a\n"
BROKEN = "def f(:\n"


def attack_of(function, expectation=Expectation.NEVER_GAINS, bound=None):
    family = Family("test", "For tests.", bound=bound or Bound(0.02, 0.02))
    family.text(expectation)(function)
    return family.attacks[0]


def test_equal_texts_are_analysed_once(panel, scorer):
    panel.judge([CLEAN, CLEAN, FLAWED, CLEAN])

    assert scorer.judged == [CLEAN, FLAWED]


def test_each_analyzer_alone_sees_its_own_findings_only(panel):
    verdict = panel.judge([FLAWED], alone=True)[FLAWED]

    assert verdict.value < verdict.dimensions["complexity"]
    assert set(verdict.alone) == {"fake"}


def test_a_reference_bounds_what_volume_dilutes(panel):
    reference = panel.judge([FLAWED])[FLAWED].volume
    padded = FLAWED + "\n\n".join(f"x{n} = {n}" for n in range(100)) + "\n"

    verdicts = panel.judge_against([(padded, None), (padded, reference)])

    assert verdicts[padded, reference].value < verdicts[padded, None].value


def test_an_attack_that_removes_the_finding_gains_and_is_past_its_bound(panel, rng_for):
    def without_pass(code):
        """Deletes what is wrong."""
        return code.replace("    pass\n", "")

    (result,) = run_attacks([attack_of(without_pass)], [Piece("base", FLAWED)], panel, rng_for)

    assert not result.holds
    assert result.alone.largest > 0.02
    assert (result.alone.worst, result.alone.positive) == ("base", 1.0)
    assert (result.alone.moved[0].dimension, result.alone.moved[0].cause) == ("reliability", "fake:pass")
    assert result.alone.moved[0].after == 0.0


def test_an_attack_that_adds_findings_holds(panel, rng_for):
    def with_pass(code):
        """Adds what is wrong."""
        return code + "\npass\n"

    (result,) = run_attacks([attack_of(with_pass)], [Piece("base", CLEAN)], panel, rng_for)

    assert result.holds
    assert result.alone.largest < 0
    assert result.alone.positive == 0.0


def test_an_invariant_attack_is_past_its_bound_when_the_score_falls(panel, rng_for):
    def with_pass(code):
        """Adds what is wrong."""
        return code + "\npass\n"

    attack = attack_of(with_pass, Expectation.INVARIANT)

    (result,) = run_attacks([attack], [Piece("base", CLEAN)], panel, rng_for)

    assert not result.holds


@pytest.mark.parametrize(("text", "holds"), [(BROKEN, True), (CLEAN, False)])
def test_what_should_have_no_score_has_none(panel, rng_for, text, holds):
    def replaced(_code):
        """Replaces everything."""
        return text

    attack = attack_of(replaced, Expectation.UNMEASURED)

    (result,) = run_attacks([attack], [Piece("base", FLAWED)], panel, rng_for)

    assert result.holds is holds
    assert result.unmeasured == int(holds)


def test_a_deletion_is_not_tried_on_code_that_was_spoilt_because_it_may_take_the_smell_away(panel, rng_for):
    deletion = next(each for each in ATTACKS if each.id == "delete:second-half")
    bases = [Piece("natural", CLEAN), Piece("spoilt", FLAWED, spoilt=True)]

    (result,) = run_attacks([deletion], bases, panel, rng_for)

    assert (result.applied, result.alone.worst) == (1, "natural")


def test_code_without_a_unit_is_no_reference(panel, rng_for):
    def longer(code):
        """Adds a line."""
        return code + "NAME = 1\n"

    base = Piece("base", "class A:\n    pass\n")
    volume = panel.judge([base.code])[base.code].volume

    (result,) = run_attacks([attack_of(longer)], [base], panel, rng_for)

    assert (result.against is None) == (volume.weight == 0)
    assert result.alone is not None


def test_a_base_without_a_score_is_not_attacked(panel, rng_for):
    def same(code):
        """Adds a line."""
        return code + "\n"

    (result,) = run_attacks([attack_of(same)], [Piece("base", BROKEN)], panel, rng_for)

    assert result.applied == 0
    assert result.holds


def test_a_set_says_who_tells_the_better_side(panel):
    pairs = [
        Pair("right", FLAWED, CLEAN, "one"),
        Pair("wrong", CLEAN, FLAWED, "two"),
        Pair("tie", CLEAN, CLEAN + "# a comment\n", "two"),
        Pair("lost", BROKEN, CLEAN, "two"),
    ]

    result = compare("name", "For tests.", pairs, panel)

    whole = result.judges["score"][""]
    assert (whole.pairs, whole.wins, whole.ties, whole.inverted) == (3, *[pytest.approx(1 / 3)] * 3)
    assert whole.decided == pytest.approx(2 / 3)
    assert whole.accuracy == pytest.approx(1 / 2)
    assert result.judges["score"]["one"].wins == 1.0
    assert result.unmeasured == ("lost",)
    assert [id_ for id_, _ in result.inverted] == ["wrong"]
    assert result.judges["shorter (LLOC)"]["one"].wins == 1.0
    assert result.judges["shorter (characters)"]["two"].inverted == 1.0
    assert {"fake alone", "reliability only"} <= result.judges.keys()


def test_pairs_of_one_group_weigh_one_together():
    group = [(Pair(f"p{n}", "a", "b", group="commit"), 1) for n in range(3)]
    single = [(Pair("q", "a", "b", group="other"), -1)]

    counted = tally([*group, *single])

    assert (counted.pairs, counted.groups, counted.wins, counted.inverted) == (4, 2, 0.5, 0.5)


def test_nothing_to_compare_is_no_share():
    assert tally([]).accuracy is None


def test_injected_smells_are_counted_by_whether_the_score_falls(panel, rng_for):
    def falls(tree, function):
        function.body.insert(0, ast.Pass())
        return True

    def keeps(tree, function):
        function.name = "g"
        return True

    injectors = [
        Injector("x:falls", "x", "For tests.", falls),
        Injector("x:keeps", "x", "For tests.", keeps),
    ]

    first, second = inject([Piece("clean", CLEAN)], injectors, panel, rng_for)

    assert (first.count, first.falls, first.rises, first.worst) == (1, 1, 0, "")
    assert first.mean_fall > 0
    assert (second.count, second.falls, second.rises, second.worst) == (1, 0, 0, "clean")


def test_stubs_are_the_worse_side_of_their_solutions(rng_for):
    pairs = stub_pairs([Piece("solution", CLEAN)], rng_for)

    assert len(pairs) >= 10
    assert all(pair.good == CLEAN != pair.bad for pair in pairs)
    assert {pair.group for pair in pairs} == {"solution"}


def test_bases_are_real_code_the_same_every_time_and_as_many_as_asked_for():
    first, second = (attack_bases(Data(), 100, 1, Problems()) for _ in range(2))

    assert first == second
    assert len(first) == 100
    assert first != attack_bases(Data(), 100, 2, Problems())


def test_a_base_has_nothing_that_only_its_text_says():
    code = "if a:\n    b = 1\nelse:\n    if c:\n        b = 2\n"

    assert plain(code) == "if a:\n    b = 1\nelif c:\n    b = 2\n"
    assert plain("x = (1)\n") == "x = (1)\n"
    assert plain("x = (0xFF)\n") == "x = 255\n"


def test_solutions_are_spoilt_by_named_smells():
    piece = spoil(Piece("task", CLEAN), 1)

    assert piece.code != CLEAN
    names = piece.id.removeprefix("task with ").split(", ")
    assert {*names} <= {injector.id for injector in INJECTORS}


def test_a_choice_keeps_the_order():
    pieces = [Piece(str(n), "") for n in range(50)]

    picked = chosen(pieces, 10, 3)

    assert picked == sorted(picked, key=lambda piece: int(piece.id))
    assert len(picked) == 10
    assert seeded(1, "a").random() == seeded(1, "a").random() != seeded(1, "b").random()


def test_a_scorer_that_remembers_is_unreliable(scorer):
    class Forgetful(type(scorer)):
        def run(self, tasks):
            for number, outcome in enumerate(super().run(tasks)):
                self.seen = getattr(self, "seen", 0) + 1
                yield dataclasses.replace(
                    outcome,
                    score=dataclasses.replace(outcome.score, lloc=number, value=0.5 + self.seen / 1e4),
                )

    good = check_reliability([CLEAN, FLAWED], scorer, None)
    bad = check_reliability([CLEAN, FLAWED], Forgetful(), None)

    assert good.holds
    assert good.hostile_folder is None
    assert (bad.twice, bad.other_order) == (2, 2)
    assert not bad.holds
