"""Sets of pairs whose better side is known.

``_pair`` says who tells the sides apart. The pairs are ``_taught`` (written for this project), ``_read`` from what users bring, made by
a ``_fixer``, or ``_stubs`` against solutions; ``_injected`` has smells in clean code.
"""

from quality.audit.sets._fixer import find_fixer, fixed_pairs
from quality.audit.sets._injected import InjectionResult, inject
from quality.audit.sets._pair import Pair, SetResult, Tally, compare, tally
from quality.audit.sets._read import read_labels, read_messages, read_pairs
from quality.audit.sets._stubs import stub_pairs
from quality.audit.sets._taught import taught_algorithms, taught_refactorings

__all__ = [
    "InjectionResult",
    "Pair",
    "SetResult",
    "Tally",
    "compare",
    "find_fixer",
    "fixed_pairs",
    "inject",
    "read_labels",
    "read_messages",
    "read_pairs",
    "stub_pairs",
    "tally",
    "taught_algorithms",
    "taught_refactorings",
]
