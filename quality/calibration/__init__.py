"""Measuring the constants of the score on real code.

``_corpus`` reads projects, ``_measure`` has them analysed, and ``_table`` makes the constants, out of ``_statistics``, ``_peers``
(functions of one size) and the ``_fit`` to projects that are left out. ``_write`` writes the table.
"""

from quality.calibration._corpus import Project, read_project, read_projects
from quality.calibration._table import CalibrationPlan, calibrate, snippet_plan
from quality.calibration._write import to_json, to_summary

__all__ = [
    "CalibrationPlan",
    "Project",
    "calibrate",
    "read_project",
    "read_projects",
    "snippet_plan",
    "to_json",
    "to_summary",
]
