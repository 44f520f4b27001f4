"""The base of the rules on code that only pretends to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Setting

if TYPE_CHECKING:
    import ast


class PretenceRule(AstRule):
    """A rule on what promises to work and does not: sure where the text is all there is, and a hint elsewhere."""

    dimension = "structure"
    severity = Severity.ERROR
    effort = 30

    standalone = Setting(
        default=False,
        description="The text is all there is: no other file overrides or replaces its functions.",
    )

    def accuse(self, where: ast.AST, message: str, sure: Confidence = Confidence.HIGH) -> None:
        """Reports a finding.

        Args:
            where: The function or class.
            message: What is wrong, and the remedy.
            sure: How sure that is when the text stands alone.
        """
        if self.standalone:
            self.report(where, message, confidence=sure)
        else:
            self.report(where, message, severity=Severity.WARNING, confidence=Confidence.LOW)
