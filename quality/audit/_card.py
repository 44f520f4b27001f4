"""The card of a score: one page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import Expectation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.audit._report import AuditReport
    from quality.audit._trials import AttackResult
    from quality.audit.sets import Tally


def to_card(report: AuditReport) -> str:
    """Writes the card: validity, attacks, reliability, calibration, cost, fingerprint."""
    blocks = [
        f"# Card of the profile `{report.profile}`",
        f"Made by `quality audit{' --quick' if report.quick else ''} --seed {report.seed}`.",
        "## Validity",
        *_validity(report),
        "## Attacks",
        *_attacks(report),
        "## Reliability",
        _reliability(report),
        "## Calibration",
        *_calibration(report),
        "## Cost",
        _cost(report),
        "## Fingerprint",
        _table(("part", "value"), [("fingerprint", f"`{report.fingerprint}`"), *report.versions.items()]),
    ]
    return "\n\n".join(blocks) + "\n"


def _validity(report: AuditReport) -> list[str]:
    rows = [
        (result.name, judge, str(parts[""].pairs), *_tally(parts[""]))
        for result in report.sets
        for judge, parts in result.judges.items()
        if judge in {"score", "shorter (LLOC)", "shorter (characters)"} or judge.endswith(" alone")
    ]
    head = ("set", "judge", "pairs", "better side wins", "tie", "inverted", "decided", "right of these")
    blocks = [_table(head, rows) if rows else "Not measured."]
    count, falls, rises = (
        sum(getattr(i, key) for i in report.injections) for key in ("count", "falls", "rises")
    )
    if count:
        share = f"falls in {falls} of {count} ({falls / count:.1%}) and rises in {rises}"
        blocks.append(f"One smell of {len(report.injections)} kinds put into clean code: the score {share}.")
    if report.spread:
        spread = report.spread
        blocks.append(
            f"Spread over {spread.count} solutions: {spread.distinct} distinct scores, entropy of 20 bins "
            f"{spread.entropy:.2f}, {spread.above:.0%} above .99, median {spread.median:.3f}."
        )
    return blocks


def _tally(tally: Tally) -> tuple[str, ...]:
    wins, inverted = tally.wins_interval, tally.inverted_interval
    right = tally.accuracy_interval
    return (
        f"{tally.wins:.0%} [{wins[0]:.0%}, {wins[1]:.0%}]",
        f"{tally.ties:.0%}",
        f"{tally.inverted:.0%} [{inverted[0]:.0%}, {inverted[1]:.0%}]",
        f"{tally.decided:.0%}",
        "" if tally.accuracy is None else f"{tally.accuracy:.0%} [{right[0]:.0%}, {right[1]:.0%}]",
    )


def _attacks(report: AuditReport) -> list[str]:
    if not report.attacks:
        return ["Not measured."]
    families: dict[str, list[AttackResult]] = {}
    for result in report.attacks:
        families.setdefault(result.attack.family, []).append(result)
    rows = [_family(name, results) for name, results in families.items()]
    past = sorted((each for each in report.attacks if not each.holds), key=lambda each: -each.excess)
    head = (
        "family",
        "attacks",
        "codes",
        "past the bound",
        "no score",
        "largest gain",
        "with a reference",
        "hold",
    )
    blocks = [f"{len(report.attacks)} attacks on {report.bases} codes.", _table(head, rows)]
    if past:
        listed = [(each.attack.id, f"{each.excess:+.3f}", each.attack.description) for each in past]
        blocks.append(_table(("past its bound", "by", "what it does"), listed))
    return blocks


def _family(name: str, results: Sequence[AttackResult]) -> tuple[str, ...]:
    scored = [each for each in results if each.attack.expectation is not Expectation.UNMEASURED]
    alone = max((each.alone.largest for each in scored if each.alone), default=None)
    against = max((each.against.largest for each in scored if each.against), default=None)
    return (
        name,
        str(len(results)),
        str(sum(each.applied for each in results)),
        str(sum(each.past for each in results)),
        str(sum(each.unmeasured for each in results)),
        "" if alone is None else f"{alone:+.3f}",
        "" if against is None else f"{against:+.3f}",
        f"{sum(each.holds for each in results)} of {len(results)}",
    )


def _reliability(report: AuditReport) -> str:
    found = report.reliability
    if found is None:
        return "Not measured."
    folder = "not tried" if found.hostile_folder is None else str(found.hostile_folder)
    rows = [
        ("scored again", str(found.twice)),
        ("in the reverse order", str(found.other_order)),
        ("in a folder whose configuration switches every rule off", folder),
    ]
    return _table((f"{found.texts} texts", "different scores"), rows)


def _calibration(report: AuditReport) -> list[str]:
    rows = [(key, _plain(value)) for key, value in report.calibration.items()]
    blocks = [_table(("fact", "value"), rows)]
    if report.fit:
        distances = [
            (f"`{metric}`", *("" if each is None else f"{each:.3f}" for each in (fit.reference, fit.peers)))
            for metric, fit in report.fit.items()
        ]
        blocks += [
            "Left-out projects against the others, Kolmogorov-Smirnov distance (should be at most 0.05):",
            _table(("metric", "all functions", "functions of the same size"), distances),
        ]
    return blocks


def _cost(report: AuditReport) -> str:
    if report.cost is None:
        return "Not measured."
    cost = report.cost
    rows = [("all analyzers", f"{cost.ratio:.0f} (eight of ten texts: {cost.low:.0f} to {cost.high:.0f})")]
    rows += [(name, f"{ratio:.0f}") for name, ratio in report.cost.analyzers.items()]
    return _table((f"median of {report.cost.texts} texts", "times ast.parse"), rows)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        if "name" in value and "version" in value:
            return f"{value['name']} {value['version']}".strip()
        return ", ".join(f"{key} {_plain(each)}" for key, each in value.items())
    return str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
