"""Files, folders and repositories of people: settings, finding files, the gate."""

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
