"""The base of rules that report what data flow shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from quality.model import Confidence, FlowStep, Severity
from quality.rules import AstRule
from quality_rules._flow._flow import Flow, has_harm
from quality_rules._flow._values import Harm, Level, Step

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping

    from quality_rules._flow._hits import Hit

    Verdict = tuple[Severity, Confidence]

#: How bad a hit is: by who chooses the value, and whether the whole way is known.
_VERDICTS: Mapping[tuple[Level, bool], Verdict] = {
    (Level.REMOTE, True): (Severity.ERROR, Confidence.HIGH),
    (Level.REMOTE, False): (Severity.WARNING, Confidence.MEDIUM),
    (Level.LOCAL, True): (Severity.WARNING, Confidence.MEDIUM),
    (Level.LOCAL, False): (Severity.WARNING, Confidence.LOW),
    (Level.PARAMETER, True): (Severity.WARNING, Confidence.MEDIUM),
    (Level.PARAMETER, False): (Severity.WARNING, Confidence.LOW),
    (Level.UNSEEN, True): (Severity.WARNING, Confidence.LOW),
    (Level.UNSEEN, False): (Severity.WARNING, Confidence.LOW),
}


class FlowRule(AstRule):
    """A rule on what comes from outside and arrives where it does harm.

    The analysis is shared by all such rules. A subclass says which harm is its own and what to do about it.
    """

    dimension = "security"
    severity = Severity.ERROR
    effort = 20

    #: What is reported.
    harm: ClassVar[Harm]
    #: The message behind the name of what comes from outside.
    message: ClassVar[str]
    #: The least power over a value that counts: below it, that it arrives is what the code is for.
    least: ClassVar[Level] = Level.PARAMETER
    #: What it is when a parameter chooses the value, where that counts though the least power is more.
    by_parameter: ClassVar[Verdict | None] = None
    #: What it is when nothing is known of the value, where that counts though it is less than the least power.
    by_unseen: ClassVar[Verdict | None] = None
    #: The worst that a finding can be, where the harm is small.
    mildest: ClassVar[Severity | None] = None
    #: Rules of other analyzers that know no flow: a place shown to be safe clears their findings.
    clears: ClassVar[tuple[str, ...]] = ()
    #: Other harms whose absence clears them, too.
    related: ClassVar[tuple[Harm, ...]] = ()
    #: Those that have nothing to add where this rule knows who chooses a value, and that it is a note.
    replaces: ClassVar[tuple[str, ...]] = ()

    asks = (has_harm,)

    def visit_Module(self, _: ast.Module) -> None:
        found = self.facts.derived(Flow).found
        settled = dict.fromkeys(found.settled(self.harm), Severity.NOTE)
        for hit in found.hits(self.harm):
            level = hit.taint.origin.level
            given = {Level.PARAMETER: self.by_parameter, Level.UNSEEN: self.by_unseen}.get(level)
            if (level >= self.least or given is not None) and self.counts(hit):
                verdict = self.verdict(hit)
                self._report(hit, *verdict)
                settled[hit.node] = verdict[0]
        clean = [node for harm in (self.harm, *self.related) for node in found.safe(harm)]
        known = [node for node, severity in settled.items() if severity is Severity.NOTE]
        pairs = [*((node, self.clears) for node in clean), *((node, self.replaces) for node in known)]
        for node, others in dict.fromkeys(pairs):
            if others:
                self.clear(node, others)

    def counts(self, hit: Hit) -> bool:  # noqa: ARG002 - for rules that know more
        """Tells whether a hit is one in this source."""
        return True

    def verdict(self, hit: Hit) -> Verdict:
        """How bad a hit is, and how sure that is."""
        origin = hit.taint.origin
        verdict = _VERDICTS[origin.level, hit.sure and hit.taint.sure]
        if origin.level is Level.PARAMETER and self.by_parameter is not None:
            severity, confidence = self.by_parameter
            verdict = (severity, confidence if hit.sure and hit.taint.sure else Confidence.LOW)
        elif origin.level is Level.UNSEEN and self.by_unseen is not None:
            verdict = self.by_unseen
        return verdict

    def _report(self, hit: Hit, severity: Severity, confidence: Confidence) -> None:
        mild = severity is Severity.NOTE or self.mildest is None
        self.report(
            hit.node,
            f"{hit.taint.origin.label} {self.message}",
            severity=severity if mild else self.mildest,
            confidence=confidence,
            flow=self._way(hit.taint.trail, hit.node),
        )

    def _way(self, last: Step, end: ast.AST) -> tuple[FlowStep, ...]:
        steps: list[FlowStep] = []
        step: Step | None = last
        if last.node is not end:
            steps.append(FlowStep(self.source.location_of(end), f"it {self.message.partition(':')[0]}"))
        while step is not None:
            steps.append(FlowStep(self.source.location_of(step.node), step.note))
            step = step.before
        return tuple(reversed(steps))
