"""The score's invariants: bounded, monotone, additive, absent where there is nothing to judge."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_fakes import CALIBRATION, COUSIN, OTHER, RULE, RULES, TWIN, analysis, finding, profile, unit

from quality.model import (
    Analysis,
    AnalyzerFailure,
    AnalyzerUse,
    Confidence,
    Curve,
    FailureKind,
    Finding,
    Profile,
    Reason,
    Score,
    Severity,
    Status,
)
from quality.scoring import Volume, judge, unmeasured, volume

PLAIN = profile()
CAPPED = profile(caps={"fake:pass": 0.3, "fake:name": 0.02})

findings = st.builds(
    lambda rule, line, severity, confidence: finding(rule, line, severity=severity, confidence=confidence),
    st.sampled_from([RULE, OTHER, TWIN, COUSIN]),
    st.integers(1, 6),
    st.sampled_from(Severity),
    st.sampled_from(Confidence),
)
units = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 80)), min_size=1, max_size=6).map(
    lambda sizes: [unit(f"f{n}", complexity=c, lloc=s, line=n + 1) for n, (c, s) in enumerate(sizes)]
)
profiles = st.sampled_from([PLAIN, CAPPED])
references = st.none() | st.builds(Volume, st.floats(1, 200), st.floats(0.25, 200))


def judged(one: Analysis, by: Profile = PLAIN, reference: Volume | None = None, *more: Analysis) -> Score:
    return judge([one, *more], by, RULES, "sha256:0", reference=reference)


def value(one: Analysis, by: Profile = PLAIN, reference: Volume | None = None) -> float:
    score = judged(one, by, reference)
    assert score.value is not None
    return score.value


@given(st.lists(findings, max_size=12), units, profiles, references)
def test_the_value_is_bounded_and_so_is_every_dimension(
    found: list[Finding], measured: list, by: Profile, reference: Volume | None
) -> None:
    score = judged(analysis(found, measured), by, reference)
    assert 0 < score.value <= 1
    assert all(0.02 <= part <= 1 for part in score.dimensions.values())


@given(st.lists(findings, max_size=12), units, profiles, references)
def test_losses_add_up(found: list[Finding], measured: list, by: Profile, reference: Volume | None) -> None:
    score = judged(analysis(found, measured), by, reference)
    assert math.fsum(part.loss for part in score.contributions) == pytest.approx(
        1 / score.value - 1, abs=1e-9
    )
    assert all(part.loss >= 0 for part in score.contributions)


@given(st.lists(findings, max_size=12), units, profiles)
def test_the_harmonic_mean_of_the_dimensions_is_the_value(
    found: list[Finding], measured: list, by: Profile
) -> None:
    score = judged(analysis(found, measured), by)
    loss = sum(each.weight / score.dimensions[each.id] for each in by.dimensions)
    assert score.value == pytest.approx(1 / loss)


@given(st.lists(findings, max_size=10), findings, units, profiles, references)
def test_one_more_finding_never_raises_the_score(
    found: list[Finding], extra: Finding, measured: list, by: Profile, reference: Volume | None
) -> None:
    before = value(analysis(found, measured), by, reference)
    assert value(analysis([*found, extra], measured), by, reference) <= before + 1e-12


@given(units, st.integers(0, 5), st.integers(1, 20), references)
def test_more_complexity_never_raises_the_score(
    measured: list, which: int, more: int, reference: Volume | None
) -> None:
    worse = [list(pair) for pair in measured]
    pair = worse[which % len(worse)]
    pair[0] = dataclasses.replace(pair[0], value=pair[0].value + more)
    before = value(analysis((), measured), PLAIN, reference)
    assert value(analysis((), worse), PLAIN, reference) <= before + 1e-12


@given(st.lists(findings, max_size=8), units, st.randoms())
def test_the_order_of_findings_and_units_does_not_matter(found: list, measured: list, random) -> None:
    shuffled = analysis(random.sample(found, len(found)), random.sample(measured, len(measured)))
    assert value(shuffled) == pytest.approx(value(analysis(found, measured)), abs=1e-12)


@given(st.lists(findings, max_size=8), units)
def test_contributions_come_largest_first_with_their_gain(found: list, measured: list) -> None:
    score = judged(analysis(found, measured))
    losses = [part.loss for part in score.contributions]
    assert losses == sorted(losses, reverse=True)
    for part in score.contributions:
        assert part.gain == pytest.approx(1 / (1 / score.value - part.loss) - score.value)


@given(st.integers(1, 200))
def test_padding_with_perfect_code_is_bounded(added: int) -> None:
    bad = unit("bad", complexity=80, lloc=22)
    good = [unit(f"good{n}", lloc=3, line=100 + n) for n in range(added)]
    before = judged(analysis((), [bad])).dimensions["complexity"]
    after = judged(analysis((), [bad, *good])).dimensions["complexity"]
    assert after <= before * (1 + added / 20) ** 0.25 + 1e-9


def test_beyond_its_reference_more_code_dilutes_nothing() -> None:
    bad, found = unit("bad", complexity=80, lloc=22), [finding()]
    reference = Volume(lloc=22, weight=20)
    small = [unit(f"good{n}", lloc=7, line=100 + n) for n in range(10)]
    large = [unit(f"good{n}", lloc=7, line=100 + n) for n in range(100)]
    assert value(analysis(found, [bad, *large]), PLAIN, reference) <= value(
        analysis(found, [bad, *small]), PLAIN, reference
    )


def test_code_without_a_finding_loses_nothing_to_findings() -> None:
    assert judged(analysis()).dimensions["reliability"] == 1.0


def test_half_points_per_line_score_a_half() -> None:
    """10 statements and 8 of smoothing at 0.1 points a line: 1.8 points."""
    table = dataclasses.replace(CALIBRATION, points={**CALIBRATION.points, "warning": 1.8})
    score = judged(analysis([finding()]), profile(calibration=table))
    assert score.dimensions["reliability"] == pytest.approx(0.5)


def test_a_capping_rule_holds_its_dimension_down() -> None:
    score = judged(analysis([finding(RULE)], [unit("f", lloc=4_000)]), CAPPED)
    assert score.dimensions["reliability"] == pytest.approx(0.3)
    assert [part.cause for part in score.contributions if part.dimension == "reliability"] == ["fake:pass"]


def test_an_equivalent_finding_does_not_lift_a_cap() -> None:
    sized = [unit("f", lloc=4_000)]
    alone = value(analysis([finding(RULE)], sized), CAPPED)
    assert value(analysis([finding(RULE), finding(TWIN)], sized), CAPPED) <= alone


def test_one_defect_is_charged_in_the_dimension_where_it_costs_most() -> None:
    """A point costs .4 / .1 in reliability and .2 / .2 in clarity: 2.5 of a warning are 10, 5 of an error are 5."""
    both = judged(analysis([finding(RULE), finding(COUSIN)]))
    assert [part.cause for part in both.contributions] == ["fake:pass"]
    assert both.value == value(analysis([finding(RULE)]))

    doubtful = [finding(RULE, confidence=Confidence.LOW), finding(COUSIN)]
    assert [part.cause for part in judged(analysis(doubtful)).contributions] == ["near:pass"]


def test_a_dimension_at_its_floor_does_not_stand_for_another() -> None:
    floored = [finding(RULE, line) for line in range(1, 60)]
    alone = judged(analysis([*floored, finding(COUSIN, 60)]), reference=Volume(1, 1))
    assert alone.dimensions["reliability"] == pytest.approx(0.02)
    moved = [*floored, finding(COUSIN, 60), finding(RULE, 60)]
    assert judged(analysis(moved), reference=Volume(1, 1)).value == pytest.approx(alone.value)


def test_a_capped_dimension_does_not_stand_for_another() -> None:
    capped = profile(caps={"fake:pass": 0.3})
    assert {
        part.cause
        for part in judged(
            analysis([finding(RULE, confidence=Confidence.MEDIUM), finding(COUSIN)]), capped
        ).contributions
    } == {
        "fake:pass",
        "near:pass",
    }


def test_every_finding_is_listed_charged_or_not() -> None:
    both = [finding(RULE), finding(TWIN)]
    assert judged(analysis(both)).findings == tuple(both)


@pytest.mark.parametrize(("complexity", "grade"), [(0, "A"), (200, "E")])
def test_grades_come_from_the_table(complexity: int, grade: str) -> None:
    assert judged(analysis((), [unit("f", complexity=complexity, lloc=50)])).grade == grade


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_means_no_number(reason: Reason) -> None:
    score = judged(Analysis("a.py", "0", reason=reason, detail="so"))
    assert (score.status, score.value, score.grade) == (Status.UNMEASURED, None, None)
    assert (score.reason, score.detail, score.path) == (reason, "so", "a.py")
    assert score.dimensions == {}
    assert score.contributions == ()


def test_no_statement_means_no_number() -> None:
    assert judged(Analysis("a.py", "0")).reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FailureKind.CRASH, Reason.CRASH),
        (FailureKind.TIMEOUT, Reason.TIMEOUT),
        (FailureKind.MEMORY, Reason.MEMORY),
        (FailureKind.INVALID_OUTPUT, Reason.CRASH),
    ],
)
def test_a_lost_required_analyzer_means_no_number(kind: FailureKind, reason: Reason) -> None:
    failure = AnalyzerFailure("fake", kind, "oops")
    score = judged(analysis(failures=(failure,)))
    assert (score.value, score.reason, score.failures) == (None, reason, (failure,))


def test_a_lost_optional_analyzer_makes_it_partial() -> None:
    failure = AnalyzerFailure("more", FailureKind.CRASH, "oops")
    optional = profile(analyzers=(AnalyzerUse("fake"), AnalyzerUse("more", required=False)))
    score = judged(analysis(failures=(failure,)), optional)
    assert score.status is Status.PARTIAL
    assert score.value is not None


def test_a_rule_that_failed_alone_makes_it_partial() -> None:
    failure = AnalyzerFailure("fake", FailureKind.CRASH, "oops", rule="fake:rule")
    score = judged(analysis(failures=(failure,)))
    assert (score.status, score.failures) == (Status.PARTIAL, (failure,))
    assert score.value is not None


def test_a_failed_rule_that_holds_whole_texts_means_no_number() -> None:
    failure = AnalyzerFailure("fake", FailureKind.CRASH, "oops", rule="fake:rule")
    score = judged(analysis(failures=(failure,)), profile(caps={"fake:rule": 0.02}))
    assert (score.value, score.reason, score.failures) == (None, Reason.CRASH, (failure,))


def test_several_sources_are_judged_as_one_body_of_code() -> None:
    one, other = (analysis([finding(path=path)], path=path) for path in ("a.py", "b.py"))
    score = judged(one, PLAIN, None, other)
    assert score.lloc == 20
    assert score.path == ""
    assert {part.path for part in score.contributions if part.cause == "fake:pass"} == {"a.py", "b.py"}


def test_an_unmeasured_source_among_several_takes_no_part() -> None:
    lost = Analysis("b.py", "0", reason=Reason.SYNTAX_ERROR)
    assert judged(analysis(), PLAIN, None, lost).value == judged(analysis()).value


def test_a_source_that_lost_a_required_analyzer_makes_the_others_no_less_measured() -> None:
    failure = AnalyzerFailure("fake", FailureKind.CRASH, "oops")
    score = judged(analysis(), PLAIN, None, analysis(path="b.py", failures=(failure,)))
    assert score.status is Status.MEASURED
    assert score.failures == (failure,)


def test_nothing_but_unmeasured_sources_is_no_number() -> None:
    lost = Analysis("b.py", "0", reason=Reason.SYNTAX_ERROR)
    assert judged(lost, PLAIN, None, lost).value is None


def test_an_unmeasured_score_has_neither_number_nor_grade() -> None:
    score = unmeasured(PLAIN, "sha256:0", Reason.NO_CODE)
    assert not score.measured
    assert score.grade is None


def test_the_volume_is_size_and_weight_of_units() -> None:
    assert volume(analysis((), [unit("a", lloc=12), unit("b", lloc=1, line=20)]), PLAIN) == Volume(13, 10.25)


def test_losses_add_up_where_curves_are_exactly_one() -> None:
    steep = dataclasses.replace(CALIBRATION, curves={"fake:complexity": Curve(98, 99, 1.0)})
    score = judged(analysis(units=[unit("f", lloc=50)]), profile(calibration=steep), Volume(10, 10))
    assert math.fsum(part.loss for part in score.contributions) == pytest.approx(
        1 / score.value - 1, abs=1e-9
    )


def test_a_reference_without_units_is_no_measure() -> None:
    one = analysis([finding()], [unit("f", lloc=20, complexity=9)])
    assert value(one, PLAIN, Volume(0, 0.0)) == value(one, PLAIN)


def test_a_certain_capping_finding_holds_every_dimension() -> None:
    score = judged(analysis([finding(OTHER)], [unit("f", lloc=40)]), CAPPED)
    assert score.dimensions["clarity"] == 0.02
    assert all(0.02 <= value <= 0.04 for value in score.dimensions.values())
    assert {part.dimension for part in score.contributions if part.cause == "fake:name"} == set(
        score.dimensions
    )


def test_of_two_held_texts_the_better_one_scores_more() -> None:
    plain, tangled = (
        value(analysis([finding(OTHER)], [unit("f", complexity=branches, lloc=40)]), CAPPED)
        for branches in (0, 60)
    )
    assert 0.02 < tangled < plain <= 0.04


def test_holding_a_text_never_raises_a_dimension() -> None:
    doubted = [finding(OTHER, confidence=Confidence.MEDIUM)] * 30
    for units in ([unit("f", lloc=4)], [unit("f", complexity=900, lloc=4_000)]):
        before = judged(analysis(doubted, units), CAPPED)
        after = judged(analysis([*doubted, finding(OTHER)], units), CAPPED)
        assert all(after.dimensions[name] <= before.dimensions[name] for name in after.dimensions)


def test_a_capping_finding_of_medium_confidence_holds_its_own_dimension() -> None:
    score = judged(analysis([finding(OTHER, confidence=Confidence.MEDIUM)], [unit("f", lloc=40)]), CAPPED)
    assert score.dimensions["clarity"] == pytest.approx(0.02)
    assert score.dimensions["reliability"] == 1.0


def test_a_capping_finding_of_low_confidence_holds_nothing() -> None:
    doubted = [finding(OTHER, confidence=Confidence.LOW)]
    assert value(analysis(doubted), CAPPED) == pytest.approx(value(analysis(doubted)))
