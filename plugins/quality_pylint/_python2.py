"""Code that runs in Python 2 alone."""

from __future__ import annotations

import re
from typing import Any

from astroid import nodes

_VERSION = r"(?:\w+\.)*version_info(?:\[\d?:?\d?\]|\.major)?"
#: Conditions that hold in Python 2 alone, and such that hold in Python 3 alone, as astroid writes them.
_THEN = re.compile(
    rf"{_VERSION} (?:< \(?3(?:, ?0?)*\)?|(?:<|<=|==) \(?2(?:, ?\d*)*\)?)|(?:\w+\.)*(?:IS_|is_|_)?(?:PY2|py2|PYTHON2)"
    r"|not (?:\w+\.)*(?:IS_|is_|_)?(?:PY3K?|py3k?|PYTHON3)|str is bytes|bytes is str"
)
_SINCE = re.compile(
    rf"{_VERSION} (?:>= \(?3(?:, ?0?)*\)?|> \(?2(?:, ?\d*)*\)?|== \(?3\)?)|(?:\w+\.)*(?:IS_|is_|_)?(?:PY3K?|py3k?|PYTHON3)"
    r"|not (?:\w+\.)*(?:IS_|is_|_)?(?:PY2|py2|PYTHON2)|str is not bytes|bytes is not str"
)


def is_of_python_2(node: Any) -> bool:
    """Tells whether a condition around a node, or around a function it is in, holds in Python 2 alone.

    Args:
        node: What pylint reports.
    """
    below, above = node, node.parent
    while above is not None:
        if isinstance(above, nodes.If) and below is not above.test:
            ends = _THEN if below in above.body else _SINCE
            if ends.fullmatch(above.test.as_string()):
                return True
        below, above = above, above.parent
    return False
