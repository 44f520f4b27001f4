"""Measuring the constants of the score on real code."""

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
