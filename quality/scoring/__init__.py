"""From an analysis to a score. Pure functions: the formulas, and nothing else."""

from quality.scoring._charges import Charge, charges
from quality.scoring._curve import curve
from quality.scoring._fingerprint import fingerprint
from quality.scoring._judge import Volume, density, judge, unmeasured, volume
from quality.scoring._units import UnitScore, unit_scores

__all__ = [
    "Charge",
    "UnitScore",
    "Volume",
    "charges",
    "curve",
    "density",
    "fingerprint",
    "judge",
    "unit_scores",
    "unmeasured",
    "volume",
]
