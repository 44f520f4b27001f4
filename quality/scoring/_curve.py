"""The scoring curve: a log-normal survival function through two anchors, as Lighthouse uses it."""

from __future__ import annotations

import math
from functools import lru_cache

#: Standard normal quantile of 0.9.
_Z90 = 1.2815515655446004


@lru_cache(maxsize=65_536)
def curve(value: float, p90: float, p50: float) -> float:
    """Scores a metric's value: 0.9 at ``p90``, 0.5 at ``p50``, strictly falling between 1 and 0.

    ``1 - Phi(z90 * ln((x+1)/(p50+1)) / ln((p50+1)/(p90+1)))``

    Args:
        value: The metric's value, not negative.
        p90: The value that scores 0.9.
        p50: The value that scores 0.5, larger than ``p90``.
    """
    z = _Z90 * math.log((value + 1) / (p50 + 1)) / math.log((p50 + 1) / (p90 + 1))
    return 0.5 * math.erfc(z / math.sqrt(2))
