"""Preference pairs for DPO: within a prompt, the better candidate against the worse one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quality.model import UsageError
from quality.rewards._checks import check_count, check_share
from quality.rewards.selection._candidate import Place
from quality.rewards.selection._rank import grouped, line_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quality.rewards.selection._candidate import Candidate
    from quality.samples import SampleFile

#: Which pairs are made: of candidates that both pass (or have no tests), of one that passes and one that fails.
Kind = Literal["quality", "tests", "both"]
#: How many reasons a pair names.
_REASONS = 3


@dataclass(frozen=True, slots=True)
class PairOptions:
    """Which pairs are made.

    Attributes:
        kind: Which pairs.
        margin: Least difference in quality where both pass, 0 to 1.
        most: Most pairs of a kind for a prompt, 1 or more; no candidate is in two of them.

    Raises:
        UsageError: One of them is out of range.
    """

    kind: Kind = "quality"
    margin: float = 0.1
    most: int = 4

    def __post_init__(self) -> None:
        if self.kind not in {"quality", "tests", "both"}:
            raise UsageError(f"kind should be 'quality', 'tests' or 'both', got {self.kind!r}.")
        check_share("margin", self.margin)
        check_count("most", self.most, 1)


def pair_samples(
    candidates: Iterable[Candidate], file: SampleFile, options: PairOptions
) -> Iterator[dict[str, object]]:
    """Makes the pairs of each group.

    The best is paired with the worst, the second best with the second worst, and so on. One that passes but only
    pretends is worse than all that do not, and is never chosen. Candidates that could not be judged on our side
    are in no pair, and neither are lines without a prompt.

    Args:
        candidates: The samples of the file, judged.
        file: Where the lines stand.
        options: Which pairs are made, and how far apart their sides are at least.

    Yields:
        ``prompt``, ``chosen`` and ``rejected`` as TRL's DPOTrainer reads them (texts or messages, as they
        came), then ``kind``, ``margin`` (of quality; of tests pairs it may be negative), ``chosen_score`` and
        ``rejected_score``, ``chosen_id`` and ``rejected_id``, and ``reasons``: what costs the rejected one more,
        as ``cause +loss``, the largest first.
    """
    for members in grouped(each for each in candidates if each.prompted).values():
        for kind, better, worse in _chosen(members, options):
            yield _line(kind, better, worse, file)


def _chosen(members: Sequence[Candidate], options: PairOptions) -> Iterator[tuple[str, Candidate, Candidate]]:
    ordered = sorted(members, key=lambda each: (-each.level, each.number))
    first = [each for each in ordered if each.place is Place.FIRST]
    if options.kind in {"quality", "both"}:
        cheating = [each for each in ordered if each.reason == "pretends" and each.passed is not False]
        fit = [*first, *cheating]
        half = min(len(first), len(fit) // 2)
        pairs = zip(fit[:half], reversed(fit[len(fit) - half :]), strict=True)
        wide = [pair for pair in pairs if _margin(*pair) >= options.margin and pair[0].order < pair[1].order]
        yield from (("quality", *pair) for pair in wide[: options.most])
    if options.kind in {"tests", "both"}:
        passing = [each for each in first if each.passed]
        failing = [each for each in reversed(ordered) if each.passed is False and each.reason != "lost"]
        yield from (("tests", *pair) for pair in list(zip(passing, failing, strict=False))[: options.most])


def _margin(better: Candidate, worse: Candidate) -> float:
    return round(_worth(better) - _worth(worse), 6)


def _worth(candidate: Candidate) -> float:
    """Its quality, which is nothing where it only pretends."""
    return 0.0 if candidate.place is Place.LAST else candidate.score or 0.0


def _line(kind: str, better: Candidate, worse: Candidate, file: SampleFile) -> dict[str, object]:
    chosen, rejected = line_keys(better, file), line_keys(worse, file)
    return {
        "prompt": chosen["prompt"],
        "chosen": _answer(chosen),
        "rejected": _answer(rejected),
        "kind": kind,
        "margin": _margin(better, worse),
        "chosen_score": better.score,
        "rejected_score": worse.score,
        "chosen_id": better.identity,
        "rejected_id": worse.identity,
        "reasons": _reasons(better.losses, worse.losses, worse.reason),
    }


def _answer(keys: Mapping[str, object]) -> object:
    """What the model wrote: the completion where there is one, else the code."""
    completion = keys.get("completion")
    return keys.get("code") if completion is None else completion


def _reasons(better: Mapping[str, float], worse: Mapping[str, float], reason: str | None) -> list[str]:
    more = {cause: loss - better.get(cause, 0.0) for cause, loss in worse.items()}
    ordered = sorted(more.items(), key=lambda item: (-item[1], item[0]))
    causes = [f"{cause} +{loss:.3f}" for cause, loss in ordered if loss > 0]
    return [*([reason] if reason else []), *causes][:_REASONS]
