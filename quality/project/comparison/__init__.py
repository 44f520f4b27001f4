"""Two states of code: what changed, and what moved the score.

``_compare`` has each state as a ``_tree`` on disk, which ``_git`` writes of a revision, and judged as a ``_state``. ``_pieces`` are its
functions and module code, matched by name; ``_then`` is a report by older tools. ``_text`` writes what was found.
"""

from quality.project.comparison._compare import CompareOptions, Comparison, compare
from quality.project.comparison._pieces import Change
from quality.project.comparison._text import to_json, to_text
from quality.scoring import Move

__all__ = ["Change", "CompareOptions", "Comparison", "Move", "compare", "to_json", "to_text"]
