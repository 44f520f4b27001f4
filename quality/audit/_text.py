"""The report for people, at most 100 columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks import Expectation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.audit._report import AuditReport
    from quality.audit._trials import AttackResult, Gains
    from quality.audit.sets import SetResult, Tally
    from quality.scoring import Move

_WIDTH = 100
_WORST = 5


def to_text(report: AuditReport) -> str:
    """Writes the report."""
    blocks = [
        _head(report),
        *(_attacks(report) if report.attacks else ()),
        *(_set(result) for result in report.sets),
        *(_injections(report) if report.injections else ()),
        _rest(report),
        _verdict(report),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(report: AuditReport) -> str:
    form = "quick form" if report.quick else "full form"
    lines = [
        f"Audit of profile {report.profile} ({form}, seed {report.seed})",
        f"fingerprint {report.fingerprint}",
        f"calibration table {report.calibration.get('table')}",
        *(f"not used: {line}" for line in report.problems),
    ]
    return "\n".join(line[:_WIDTH] for line in lines)


def _attacks(report: AuditReport) -> list[str]:
    """Attacks with gains, worst first, and why those past their bound gain."""
    scored = [result for result in report.attacks if result.attack.expectation is not Expectation.UNMEASURED]
    silent = [result for result in report.attacks if result.attack.expectation is Expectation.UNMEASURED]
    scored.sort(key=lambda result: (-result.excess, result.attack.id))
    head = ("attack", "n", "lost", "mean", "largest", "up", "with ref.", "bound")
    table = _table("<>>>>>>>", [head, *(_attack_row(result) for result in scored)])
    lost = sum(result.unmeasured for result in silent)
    all_ = sum(result.applied for result in silent)
    title = f"Attacks: score after minus score before, {len(report.attacks)} attacks on {report.bases} codes"
    blocks = [f"{title}\n{table}", f"Attacks that should leave no score: {lost} of {all_} leave none"]
    blocks += [_why(result) for result in scored if not result.holds]
    return blocks


def _attack_row(result: AttackResult) -> tuple[str, ...]:
    mark = "" if result.holds else "! "
    row = [f"{mark}{result.attack.id}", str(result.applied), str(result.unmeasured)]
    if result.alone is None:
        return (*row, "", "", "", "", "")
    against = f"{_extreme(result, result.against):+.3f}" if result.against else ""
    bound = result.attack.bound
    sign = "±" if result.attack.expectation is Expectation.INVARIANT else "+"
    limits = (
        f"{sign}{bound.alone:g}"
        if bound.alone == bound.against
        else f"{sign}{bound.alone:g}/{bound.against:g}"
    )
    gains = (
        f"{result.alone.mean:+.3f}",
        f"{_extreme(result, result.alone):+.3f}",
        f"{result.alone.positive:.0%}",
    )
    return (*row, *gains, against, limits)


def _extreme(result: AttackResult, gains: Gains) -> float:
    falls = result.attack.expectation is Expectation.INVARIANT and -gains.smallest > gains.largest
    return gains.smallest if falls else gains.largest


def _why(result: AttackResult) -> str:
    """What moved on the base that gained most."""
    gains = result.alone
    if gains is None:
        return ""
    if result.against is not None:
        excess = (
            gains.largest - result.attack.bound.alone,
            result.against.largest - result.attack.bound.against,
        )
        gains = result.against if excess[1] > excess[0] else gains
    head = f"{result.attack.id}: {gains.before:.3f} -> {gains.after:.3f} on {gains.worst}"
    lines = (result.attack.description, *map(_moved, gains.moved))
    return "\n".join([_cut(head), *(_cut(f"  {line}") for line in lines)])


def _moved(each: Move) -> str:
    return f"{each.dimension} {each.cause}: loss {each.before:.3f} -> {each.after:.3f}"


def _set(result: SetResult) -> str:
    rows: list[tuple[str, ...]] = []
    for judge, parts in result.judges.items():
        rows.append(_tally_row(judge, parts[""]))
        if judge == "score":
            rows += [_tally_row(f"  {part}", tally) for part, tally in parts.items() if part]
    head = ("judge", "pairs", "wins", "", "tie", "inverted", "", "decided", "right")
    lost = f", {len(result.unmeasured)} without a score" if result.unmeasured else ""
    title = f"Set {result.name}: {result.description}{lost}"
    worst = [_cut(f"  {gap:+.3f} {id_}") for id_, gap in result.inverted[:_WORST]]
    tail = ["largest inversions:", *worst] if worst else []
    silent = [_cut(f"no score: {id_}") for id_ in result.unmeasured[:_WORST]]
    return "\n".join([_cut(title), _table("<>>>>>>>>", [head, *rows]), *tail, *silent])


def _tally_row(name: str, tally: Tally) -> tuple[str, ...]:
    accuracy = tally.accuracy
    return (
        name,
        str(tally.pairs),
        f"{tally.wins:.0%}",
        _interval(tally.wins_interval),
        f"{tally.ties:.0%}",
        f"{tally.inverted:.0%}",
        _interval(tally.inverted_interval),
        f"{tally.decided:.0%}",
        "" if accuracy is None else f"{accuracy:.0%}",
    )


def _interval(bounds: tuple[float, float]) -> str:
    return f"[{100 * bounds[0]:.0f}, {100 * bounds[1]:.0f}]"


def _injections(report: AuditReport) -> list[str]:
    rows = [
        (
            each.injector,
            str(each.count),
            str(each.falls),
            str(each.rises),
            f"{each.mean_fall:+.3f}",
            each.worst[:40],
        )
        for each in sorted(report.injections, key=lambda each: (each.falls - each.count, each.injector))
    ]
    head = ("smell", "n", "falls", "rises", "mean fall", "does not fall on")
    count, falls = (sum(getattr(each, name) for each in report.injections) for name in ("count", "falls"))
    share = f"{falls} of {count} fall ({falls / count:.2%})" if count else "nothing to inject into"
    return [f"One smell in clean code: {share}\n{_table('<>>>><', [head, *rows])}"]


def _rest(report: AuditReport) -> str:
    lines: list[str] = []
    if report.spread:
        each = report.spread
        lines.append(
            f"Spread over {each.count} solutions: {each.distinct} distinct, entropy {each.entropy:.2f}, "
            f"above .99: {each.above:.0%}, median {each.median:.3f}"
        )
    if report.reliability:
        found = report.reliability
        folder = "not tried" if found.hostile_folder is None else f"{found.hostile_folder} differ"
        lines.append(
            f"Reliability over {found.texts} texts: again {found.twice} differ, other order "
            f"{found.other_order} differ, hostile folder {folder}"
        )
    if report.cost:
        alone = ", ".join(f"{name} {ratio:.0f}" for name, ratio in report.cost.analyzers.items())
        lines.append(
            f"Cost: {report.cost.ratio:.0f} times ast.parse ({alone}), median of {report.cost.texts}"
        )
    return "\n".join(_cut(line) for line in lines)


def _verdict(report: AuditReport) -> str:
    if not report.failed:
        return "Everything holds."
    lines = [f"{len(report.failed)} past their bound:", *(_cut(f"  {line}") for line in report.failed)]
    if any(result.attack.family == "delete" and not result.holds for result in report.attacks):
        lines.append("Code that does less is simpler, and only tests tell that it is not enough.")
    return "\n".join([*lines, "With --against CARD.json only what is worse than on that card fails."])


def _table(alignment: str, rows: Iterable[Sequence[str]]) -> str:
    """Aligned columns."""
    cells = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(alignment))]
    return "\n".join(
        _cut(
            "  ".join(
                f"{cell:{side}{width}}" for cell, side, width in zip(row, alignment, widths, strict=True)
            )
        )
        for row in cells
    )


def _cut(line: str) -> str:
    line = line.rstrip()
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
