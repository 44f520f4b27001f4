"""Two states of code: what changed, and what moved the score."""

from quality.project.comparison._compare import CompareOptions, Comparison, compare
from quality.project.comparison._pieces import Change
from quality.project.comparison._text import to_json, to_text
from quality.scoring import Move

__all__ = ["Change", "CompareOptions", "Comparison", "Move", "compare", "to_json", "to_text"]
