"""The rules of this project, one file each: ``<dimension>/<rule>.py``. What begins with an underscore is what rules share.

For rules of every dimension there are ``_branches``, ``_loops``, ``_constants``, ``_dead`` and ``_idle`` (what
runs, how often, whether, and for what), ``_given``, ``_held``, ``_updates`` and ``_kinds`` (what names get, and
what they and expressions are), ``_handlers`` (what handlers of exceptions catch), ``_called`` (what functions of
libraries are called with), ``_uncallable`` (what cannot be called), ``_bases`` (what classes have from theirs),
``_filled`` (what parameters are declared to be, and what fills them), ``_frames`` (tables of pandas),
``_patterns``, ``_ambiguity`` and ``_expressions`` (regular expressions, which of them take time without bound, and
rules on them), ``_queries`` (of Django), ``_reads`` (where names are read), ``_words`` (lists of names),
``_written`` (texts that are code), ``_wrapped`` (statements that others only stand around), ``_tested`` (what asks
for tests) and ``_asked`` (what rules ask before they are run). Two analyses serve whole families of rules:
``_flow`` follows what comes from outside, ``_substance`` says what a function comes to. ``_fixes`` correct
findings.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality.rules import catalogue, discover_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Rule
    from quality.rules import Fix

__all__ = ["quality_fixes", "quality_rules"]

#: The word before the colon of the rules' ids.
NAMESPACE = "quality"


@hookimpl
def quality_rules() -> Iterable[Rule]:
    """Brings every rule found in this package."""
    return _catalogue()


@cache
def _catalogue() -> tuple[Rule, ...]:
    return catalogue(discover_rules(sys.modules[__name__]), NAMESPACE)


@hookimpl
def quality_fixes() -> Iterable[Fix]:
    """Brings the fixes, of findings of pylint and bandit too."""
    from quality_rules._fixes.catalogue import FIXES  # imports libcst

    return FIXES
