"""Files, folders and repositories of people: settings, finding files, the gate.

``_files`` finds sources by ``_patterns``, and ``_settings`` reads what a tree asks for, with ``_names`` that nobody brings.
``_judging`` is how every command begins that judges files: ``_check`` makes a report, and ``_documents`` a document of it;
``_fix`` fixes, ``_rule_statistics`` counts. ``comparison`` has two states of code, ``evidence`` what tests say, out of the files that
were ``_sought``.
"""

from quality.project._check import CheckOptions, check
from quality.project._documents import check_document, document_of
from quality.project._files import FoundFile, find_files
from quality.project._fix import FixedFile, FixOptions, fix
from quality.project._judging import settings_for
from quality.project._rule_statistics import RuleStatistics, rule_statistics
from quality.project._settings import Settings, apply_settings, load_settings

__all__ = [
    "CheckOptions",
    "FixOptions",
    "FixedFile",
    "FoundFile",
    "RuleStatistics",
    "Settings",
    "apply_settings",
    "check",
    "check_document",
    "document_of",
    "find_files",
    "fix",
    "load_settings",
    "rule_statistics",
    "settings_for",
]
