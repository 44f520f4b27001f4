"""From an analysis to a score. Pure functions: the formulas, and nothing else.

``_judge`` makes the score of what ``_charges`` say of findings and ``_units`` of functions, on the ``_curve`` of each metric.
``_fingerprint`` names all that decided, and ``_moves`` is what differs between two scores.
"""

from quality.scoring._charges import Charge, charges
from quality.scoring._curve import curve
from quality.scoring._fingerprint import fingerprint
from quality.scoring._judge import Volume, density, judge, unmeasured, volume
from quality.scoring._moves import Losses, Move, between, losses_of, moves
from quality.scoring._units import UnitScore, unit_scores

__all__ = [
    "Charge",
    "Losses",
    "Move",
    "UnitScore",
    "Volume",
    "between",
    "charges",
    "curve",
    "density",
    "fingerprint",
    "judge",
    "losses_of",
    "moves",
    "unit_scores",
    "unmeasured",
    "volume",
]
