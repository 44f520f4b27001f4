r"""How good is this Python code? One calibrated score, every lost point explained.

>>> import quality
>>> score = quality.score("def add(a, b):\\n    return a + b\\n")
>>> score.status
<Status.MEASURED: 'measured'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import (
        AnalyzerFailure,
        ConfigurationError,
        Contribution,
        Finding,
        HostError,
        Location,
        Measure,
        PluginError,
        Profile,
        QualityError,
        Score,
        Status,
        UsageError,
    )
    from quality.plugins import hookimpl
    from quality.runtime import Scorer, score

__all__ = [
    "AnalyzerFailure",
    "ConfigurationError",
    "Contribution",
    "Finding",
    "HostError",
    "Location",
    "Measure",
    "PluginError",
    "Profile",
    "QualityError",
    "Score",
    "Scorer",
    "Status",
    "UsageError",
    "hookimpl",
    "score",
]

__version__ = "0.1.0"

_HOMES = {"hookimpl": "quality.plugins", "Scorer": "quality.runtime", "score": "quality.runtime"}


def __getattr__(name: str) -> object:
    """Imports public names on first use, so that ``import quality`` costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'quality' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES.get(name, "quality.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
