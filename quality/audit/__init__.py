"""The instrument that measures a score: attacks, sets whose better side is known, reliability, cost.

``_run`` reads what there is (``_materials``, and ``_problems`` with it) and runs what is asked for: attacks of the folder
``attacks`` on ``_bases`` (``_trials``), pairs of ``sets`` and smells of ``injectors`` judged by a ``_panel``, ``_reliability`` and
``_cost``. What is found is a ``_report``, shown by ``_text``, ``_json`` and ``_card``; ``_figures`` compares with ``_committed`` cards.
``_trees`` has small tools on syntax trees, ``_statistics`` shares with their intervals.
"""

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
