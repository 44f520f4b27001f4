"""Two states of code: what changed, and what moved the score."""

from quality.project.comparison._compare import CompareOptions, Comparison, compare
from quality.project.comparison._moves import Move
from quality.project.comparison._pieces import Change
from quality.project.comparison._text import to_json, to_text

__all__ = ["Change", "CompareOptions", "Comparison", "Move", "compare", "to_json", "to_text"]
