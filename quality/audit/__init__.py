"""The instrument that measures a score: attacks, sets whose better side is known, reliability, cost."""

from quality.audit._card import to_card
from quality.audit._committed import Precision, known_precision, read_card, to_card_json, worse_than
from quality.audit._json import to_json
from quality.audit._report import AuditReport
from quality.audit._run import SECTIONS, AuditInput, AuditPlan, audit, read_input
from quality.audit._text import to_text

__all__ = [
    "SECTIONS",
    "AuditInput",
    "AuditPlan",
    "AuditReport",
    "Precision",
    "audit",
    "known_precision",
    "read_card",
    "read_input",
    "to_card",
    "to_card_json",
    "to_json",
    "to_text",
    "worse_than",
]
