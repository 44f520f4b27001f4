"""Measuring the constants of the score on real code."""

from quality.calibration._corpus import Project, read_project
from quality.calibration._table import CalibrationPlan, calibrate, snippet_plan

__all__ = ["CalibrationPlan", "Project", "calibrate", "read_project", "snippet_plan"]
