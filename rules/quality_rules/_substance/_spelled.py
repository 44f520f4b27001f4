"""How names are looked at: in small letters, with an underscore before each word."""

from __future__ import annotations

import re
from functools import lru_cache

_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(4096)
def spelled(name: str) -> str:
    """``check_size`` for ``checkSize`` too, so that a pattern finds a word where it begins: no check is in ``greatest``."""
    return _BORDER.sub("_", name).lower()
