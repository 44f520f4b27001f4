"""Evidence from tests, out of files that test runners write: JUnit XML, coverage XML, JSON and LCOV.

``_junit`` and ``_coverage``, with ``_lcov``, read ``_files``; ``_functions`` are what the executed lines are in, and ``_gate`` is what
tests mean for it.

The files are made by running the code under judgement, so they are read as hostile text, and say nothing that moves
a score.
"""

from quality.project.evidence._coverage import CoveredLines, read_coverage
from quality.project.evidence._functions import coverage_of
from quality.project.evidence._gate import gate_lines
from quality.project.evidence._junit import read_suites

__all__ = ["CoveredLines", "coverage_of", "gate_lines", "read_coverage", "read_suites"]
