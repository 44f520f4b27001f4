"""What trainers would make of recorded groups of samples.

``_recorded`` reads them, ``_simulate`` rewards them, with the ``_advantages`` of each setting, and ``_difficulty`` says how hard the
tasks are. ``_text`` and ``_plot`` show it.
"""

from quality.rewards.advice._advantages import SETTINGS, Setting, advantages
from quality.rewards.advice._difficulty import Difficulty, difficulties
from quality.rewards.advice._plot import draw
from quality.rewards.advice._recorded import Recorded, read_recorded
from quality.rewards.advice._simulate import SettingReport, Simulation, simulate
from quality.rewards.advice._text import to_json, to_text

__all__ = [
    "SETTINGS",
    "Difficulty",
    "Recorded",
    "Setting",
    "SettingReport",
    "Simulation",
    "advantages",
    "difficulties",
    "draw",
    "read_recorded",
    "simulate",
    "to_json",
    "to_text",
]
