from __future__ import annotations

import dataclasses
import math

import pytest

from quality.model import Contribution
from quality_reports._facts import (
    best_fixes,
    cause_facts,
    dimension_facts,
    in_points,
    missing,
    points_by_path,
    small,
)
from quality_reports._functions import function_facts


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "100.0"),
        (0.99999, "99.9"),
        (0.83, "83.0"),
        (0.7996, "79.9"),
        (0.0, "0.0"),
        (None, "not measured"),
    ],
)
def test_points_are_rounded_down_so_that_no_loss_hides(value, shown):
    assert in_points(value) == shown


def test_points_kept_and_missing_make_a_hundred(hostile_report):
    total = hostile_report.total

    assert float(in_points(total.value)) + float(missing(total)) == pytest.approx(100)


@pytest.mark.parametrize(
    ("points", "shown"),
    [(0, "0.00"), (1.234, "1.23"), (0.0123, "0.012"), (0.1, "0.10"), (4.04e-5, "0.00004")],
)
def test_small_points_keep_two_digits(points, shown):
    assert small(points) == shown


@pytest.mark.parametrize("facts", [dimension_facts, cause_facts, function_facts])
def test_the_points_of_all_parts_are_the_points_lost(hostile_report, facts):
    points = math.fsum(fact.points for fact in facts(hostile_report))

    assert points == pytest.approx(100 * (1 - hostile_report.total.value))


def test_the_points_of_all_files_are_the_points_lost(hostile_report):
    points = math.fsum(points_by_path(hostile_report).values())

    assert points == pytest.approx(100 * (1 - hostile_report.total.value))


def test_the_fixes_are_the_contributions_with_the_largest_gain(hostile_report):
    gains = sorted((100 * entry.gain for entry in hostile_report.total.contributions), reverse=True)

    assert [fix.gain for fix in best_fixes(hostile_report)] == gains[:3]


def test_a_finding_that_holds_every_dimension_is_shown_once_with_the_gain_of_its_repair(calm_report):
    value = 1 / (1 + 0.5 + 0.3 + 0.2)
    entries = (
        Contribution("structure", "quality:stub-body", 1, 0.5, 0.1, "calm.py"),
        Contribution("security", "quality:stub-body", 1, 0.3, 0.1, "calm.py"),
        Contribution("clarity", "pylint:unused-argument", 2, 0.2, 0.1, "calm.py"),
    )
    total = dataclasses.replace(calm_report.total, value=value, contributions=entries)
    report = dataclasses.replace(calm_report, total=total)

    stub, _ = cause_facts(report)
    best, _ = best_fixes(report)

    assert (stub.cause, stub.places, stub.points) == ("quality:stub-body", 1, pytest.approx(40.0))
    assert best.gain == stub.gain == pytest.approx(100 * (1 / 1.2 - value))


def test_of_one_place_only_the_best_fix_is_named(calm_report):
    entries = tuple(Contribution("complexity", f"radon:{name}", 5, 0.1, 0.05, "calm.py") for name in "abc")
    total = dataclasses.replace(calm_report.total, contributions=entries)

    fixes = best_fixes(dataclasses.replace(calm_report, total=total))

    assert [fix.cause for fix in fixes] == ["radon:a"]


def test_of_fixes_that_gain_the_same_other_causes_come_first(calm_report):
    entries = tuple(
        Contribution("security", cause, line, 0.1, 0.05, "calm.py")
        for line, cause in enumerate(["b:one", "b:one", "b:one", "b:two"], 1)
    )
    total = dataclasses.replace(calm_report.total, contributions=entries)

    fixes = best_fixes(dataclasses.replace(calm_report, total=total))

    assert [(fix.cause, fix.line) for fix in fixes] == [("b:one", 1), ("b:two", 4), ("b:one", 2)]


def test_an_unknown_cause_is_shown_by_its_id(calm_report):
    entry = Contribution("clarity", "other:rule", 1, 0.1, 0.05, path="calm.py")
    total = dataclasses.replace(calm_report.total, contributions=(entry,))

    fix = best_fixes(dataclasses.replace(calm_report, total=total))[0]

    assert (fix.title, fix.effort) == ("other:rule", None)


def test_a_contribution_belongs_to_the_function_that_holds_its_line(hostile_report):
    run = next(fact for fact in function_facts(hostile_report) if fact.name == "run")
    entries = hostile_report.total.contributions
    loss = next(entry.loss for entry in entries if entry.cause == "bandit:B602")

    assert run.points == pytest.approx(100 * hostile_report.total.value * loss)
