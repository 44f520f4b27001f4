"""What the outcome of a function is made of: nothing, a constant, its arguments, a table, or work.

An abstract interpretation without values: every expression has a ``Nature``, a function the most of what it returns,
yields, raises and does. Whatever is not known counts as work, so only what certainly is none is called pretence.

``_text`` judges the functions of a text, each once. One evaluation is one object, built up in layers, each a class that
derives from the one before:

- ``_locals`` knows the names, and ``_asked`` the parameters.
- ``_filling`` knows what containers get, ``_telling`` what is said, and how the program is ended.
- ``_library`` gives calls of other modules' functions a nature, and ``_calls`` all calls.
- ``_taken`` knows what comes out of what it was put into, and ``_objects`` what objects of the text's classes give.
- ``_values`` gives expressions a nature, and ``_handed`` knows the arguments that come back.
- ``_outcome`` gathers what is answered and done, ``_stores`` assigns, and ``_body`` runs the statements, by the functions
  of ``_statements``, ``_branches`` and ``_loops``.

Beside them, ``_nature`` has what there is to be made of and what is known of builtins, ``_names`` looks up what a text
defines, ``_heard`` what of that is never read, ``_simplest`` has operations that change nothing, ``_examples`` collects
what arguments are compared with, ``_spelled`` how names are looked at, ``_refusals`` knows what only refuses arguments of another type, and ``_modules`` the
modules that exist.
"""

from quality_rules._substance._branches import is_narrow
from quality_rules._substance._examples import Example
from quality_rules._substance._names import Callable, Names, defaults_of, own_name, shown_name
from quality_rules._substance._nature import COPIES, DOUBLES, GIVING, LOOKUPS, Nature, is_known, is_telling
from quality_rules._substance._statements import is_unwritten
from quality_rules._substance._text import Judged, SilentText, Text, WaryText

__all__ = [
    "COPIES",
    "DOUBLES",
    "GIVING",
    "LOOKUPS",
    "Callable",
    "Example",
    "Judged",
    "Names",
    "Nature",
    "SilentText",
    "Text",
    "WaryText",
    "defaults_of",
    "is_known",
    "is_narrow",
    "is_telling",
    "is_unwritten",
    "own_name",
    "shown_name",
]
