"""What the outcome of a function is made of: nothing, a constant, its arguments, a table, or work.

An abstract interpretation without values: every expression has a ``Nature``, a function the most of what it returns,
yields, raises and does. Whatever is not known counts as work, so only what certainly is none is called pretence.
"""

from quality_rules._substance._body import is_narrow
from quality_rules._substance._examples import Example
from quality_rules._substance._names import Callable, Names, arguments_of, defaults_of, root_name
from quality_rules._substance._nature import COPIES, Nature, is_known, is_telling
from quality_rules._substance._text import Judged, SilentText, Text, WaryText

__all__ = [
    "COPIES",
    "Callable",
    "Example",
    "Judged",
    "Names",
    "Nature",
    "SilentText",
    "Text",
    "WaryText",
    "arguments_of",
    "defaults_of",
    "is_known",
    "is_narrow",
    "is_telling",
    "root_name",
]
