"""Where a function stands among functions of its size. A diagnostic: a score that used it would pay for length."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Peers

#: A whole number stands for the values that round to it.
_HALF = 0.5


def percentile(value: float, lloc: float, peers: Peers) -> float:
    """Share of the functions of one size whose metric does not exceed a value, 0 to 1.

    ``Phi((ln(k + 1.5) - intercept - slope · ln(lloc)) / sigma)`` with ``k = value - least``.

    Args:
        value: The metric's value.
        lloc: The function's size in logical lines, more than 0.
        peers: How the metric spreads.
    """
    if value < peers.least:
        return 0.0
    place = math.log(value - peers.least + 1.0 + _HALF) - peers.intercept - peers.slope * math.log(lloc)
    return 0.5 * math.erfc(-place / peers.sigma / math.sqrt(2))
