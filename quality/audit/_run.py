"""The audit: reads what there is, runs what is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from quality.audit._bases import attack_bases, chosen, seeded
from quality.audit._cost import measure_cost
from quality.audit._materials import Data, Piece, library_functions, library_modules, read_data
from quality.audit._panel import Panel
from quality.audit._problems import Problems
from quality.audit._reliability import check_reliability
from quality.audit._report import AuditReport, Spread
from quality.audit._statistics import entropy, entropy_variance, median
from quality.audit._trees import rewritten
from quality.audit._trials import run_attacks
from quality.audit.attacks import ATTACKS
from quality.audit.injectors import INJECTORS
from quality.audit.sets import (
    compare,
    find_fixer,
    fixed_pairs,
    inject,
    read_labels,
    read_messages,
    read_pairs,
    stub_pairs,
    taught_algorithms,
    taught_refactorings,
)
from quality.model import UsageError, parsed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from quality.audit._panel import Runner
    from quality.audit._trials import AttackResult
    from quality.audit.sets import InjectionResult, Pair, SetResult

#: What ``--only`` may name.
SECTIONS = (
    "attacks",
    "refactorings",
    "algorithms",
    "messages",
    "labels",
    "pairs",
    "fixer",
    "injections",
    "stubs",
    "spread",
    "reliability",
)


#: The cost is measured so often once more.
_TIMED_AGAIN = 4


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """What to run, on what.

    Attributes:
        data: Folder with what the user fetched, or None.
        labels: Files of labelled lines.
        pairs: Folders of bad.py and good.py.
        sections: Which parts to run, of ``SECTIONS``.
        quick: A seeded subset that takes about a minute.
        seed: Decides every choice.
        profile: Name or file of the profile, for runs in a process of their own; None leaves those out.
    """

    data: Path | None = None
    labels: tuple[Path, ...] = ()
    pairs: tuple[Path, ...] = ()
    sections: tuple[str, ...] = SECTIONS
    quick: bool = False
    seed: int = 1
    profile: str | None = None

    @property
    def sizes(self) -> Sizes:
        """How much of everything."""
        return _QUICK if self.quick else _FULL


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each at most.

    Attributes:
        bases: Codes that are attacked.
        clean: Codes that get smells.
        solutions: Solutions that are compared with stubs.
        fixable: Functions that the fixer sees.
        pairs: Pairs of a set.
        repeated: Texts that are scored again.
    """

    bases: int
    clean: int
    solutions: int
    fixable: int
    pairs: int
    repeated: int


_FULL = Sizes(bases=120, clean=40, solutions=164, fixable=6000, pairs=5000, repeated=200)
_QUICK = Sizes(bases=6, clean=4, solutions=6, fixable=150, pairs=40, repeated=20)


@dataclass(frozen=True, slots=True)
class AuditInput:
    """What was read.

    Attributes:
        data: The user's folder.
        labels: Labelled pairs by file name.
        pairs: Pairs by folder name.
        problems: What could not be used.
    """

    data: Data = field(default_factory=Data)
    labels: tuple[tuple[str, tuple[Pair, ...]], ...] = ()
    pairs: tuple[tuple[str, tuple[Pair, ...]], ...] = ()
    problems: Problems = field(default_factory=Problems)

    @property
    def digest(self) -> str:
        """SHA-256 of all this code and the standard library's: a card of the same was measured on the same code."""
        pieces = [*self.data.tasks, *self.data.packages, *library_functions(), *library_modules()]
        taught = read_messages(self.data.messages, Problems())
        pairs = [*taught, *(pair for _, found in (*self.labels, *self.pairs) for pair in found)]
        texts = [
            *(piece.code for piece in pieces),
            *(side for pair in pairs for side in (pair.bad, pair.good)),
        ]
        return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def read_input(plan: AuditPlan) -> AuditInput:
    """Reads everything that the user named, before anything runs.

    Raises:
        UsageError: The user named input, and none of it can be used.
    """
    problems = Problems()
    data = read_data(plan.data, problems) if plan.data is not None else Data()
    labels = tuple((file.name, tuple(read_labels(file, problems))) for file in plan.labels)
    pairs = tuple((folder.name, tuple(read_pairs(folder, problems))) for folder in plan.pairs)
    named = plan.data is not None or plan.labels or plan.pairs
    usable = data.tasks or data.messages or data.packages or any(found for _, found in (*labels, *pairs))
    if named and not usable:
        raise UsageError(
            "None of the input can be used:\n" + "\n".join(f"  {line}" for line in problems.lines)
        )
    return AuditInput(data, labels, pairs, problems)


def audit(
    plan: AuditPlan,
    read: AuditInput,
    scorer: Runner,
    progress: Callable[[int, int], None] | None = None,
) -> AuditReport:
    """Runs an audit.

    Args:
        plan: What to run.
        read: On what.
        scorer: Judges.
        progress: Hears how many texts are judged, and how many are known to come.
    """
    work = _Work(plan, read, Panel(scorer, progress=progress))
    solutions = work.solutions()
    timed = solutions if work.wants("spread") else []
    codes = [piece.code for piece in timed]
    verdicts = work.panel.judge(codes)
    values = [verdict.value for verdict in verdicts.values() if verdict.value is not None]
    attacks, bases = work.attacks()
    return AuditReport(
        profile=scorer.profile.name,
        fingerprint=scorer.fingerprint,
        versions=scorer.versions,
        calibration={"table": scorer.profile.calibration.name, **scorer.profile.calibration.facts},
        quick=plan.quick,
        seed=plan.seed,
        code=read.digest,
        bases=bases,
        attacks=tuple(attacks),
        sets=tuple(work.sets(solutions)),
        injections=tuple(work.injections(solutions)),
        spread=_spread(values, len(verdicts) - len(values)),
        reliability=check_reliability(work.repeated(), scorer, plan.profile)
        if work.wants("reliability")
        else None,
        cost=measure_cost([verdicts, *(work.panel.judge(codes) for _ in range(_TIMED_AGAIN))])
        if verdicts
        else None,
        problems=tuple(read.problems.lines),
        fit=scorer.profile.calibration.fit,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The parts of an audit."""

    plan: AuditPlan
    read: AuditInput
    panel: Panel

    def wants(self, section: str) -> bool:
        return section in self.plan.sections

    def solutions(self) -> list[Piece]:
        """Code that does its work: solutions of tasks, or functions of the standard library."""
        pieces = self.read.data.tasks or library_functions()
        return chosen(pieces, self.plan.sizes.solutions, self.plan.seed)

    def attacks(self) -> tuple[list[AttackResult], int]:
        if not self.wants("attacks"):
            return [], 0
        bases = attack_bases(self.read.data, self.plan.sizes.bases, self.plan.seed, Problems())
        return run_attacks(ATTACKS, bases, self.panel, self._rng), len(bases)

    def sets(self, solutions: list[Piece]) -> list[SetResult]:
        results = [
            self._compare(f"labels:{name}", "Labelled by people.", list(pairs))
            for name, pairs in self.read.labels
            if self.wants("labels")
        ]
        results += [
            self._compare(f"pairs:{name}", "Brought by the user.", list(pairs))
            for name, pairs in self.read.pairs
            if self.wants("pairs")
        ]
        if self.wants("refactorings"):
            text = "Refactorings of the textbooks, written for this project."
            results.append(self._compare("refactorings", text, taught_refactorings()))
        if self.wants("algorithms"):
            text = "Slow and fast algorithms for the same tasks, written for this project."
            results.append(self._compare("algorithms", text, taught_algorithms()))
        if self.wants("messages"):
            taught = read_messages(self.read.data.messages, self.read.problems, self.panel.rules)
            results.append(
                self._compare("messages", "Bad and good examples of pylint's documentation.", taught)
            )
        if self.wants("fixer"):
            results.append(self._compare("fixer", "Functions before and after ruff's fixes.", self._fixed()))
        if self.wants("stubs"):
            pairs = stub_pairs(solutions, self._rng)
            results.append(self._compare("stubs", "Stubs and answer tables against solutions.", pairs))
        return [result for result in results if result.judges["score"][""].pairs or result.unmeasured]

    def injections(self, solutions: list[Piece]) -> list[InjectionResult]:
        if not self.wants("injections"):
            return []
        pieces = chosen(solutions, self.plan.sizes.clean, self.plan.seed)
        trees = [(piece.id, parsed(piece.code)) for piece in pieces]
        clean = [Piece(id_, rewritten(tree)) for id_, tree in trees if tree is not None]
        return inject(clean, INJECTORS, self.panel, self._rng)

    def repeated(self) -> list[str]:
        pieces = [*self.solutions(), *library_functions()]
        found = chosen(pieces, self.plan.sizes.repeated, self.plan.seed)
        return list(dict.fromkeys(piece.code for piece in found))

    def _fixed(self) -> list[Pair]:
        pieces = [*self.read.data.packages, *library_functions()]
        found = chosen(pieces, self.plan.sizes.fixable, self.plan.seed)
        return fixed_pairs(found, find_fixer(), self.read.problems)

    def _compare(self, name: str, description: str, pairs: list[Pair]) -> SetResult:
        most = self.plan.sizes.pairs
        if len(pairs) > most:
            places = seeded(self.plan.seed, name, len(pairs)).sample(range(len(pairs)), most)
            pairs = [pairs[place] for place in sorted(places)]
        return compare(name, description, pairs, self.panel)

    def _rng(self, first: str, second: str) -> random.Random:
        return seeded(self.plan.seed, first, second)


def _spread(values: list[float], unmeasured: int) -> Spread | None:
    if not values:
        return None
    return Spread(
        count=len(values),
        unmeasured=unmeasured,
        distinct=len({round(value, 4) for value in values}),
        entropy=entropy(values),
        entropy_variance=entropy_variance(values),
        above=sum(value > 0.99 for value in values) / len(values),  # noqa: PLR2004 - named in Spread
        median=median(values),
    )
