"""The names that Python gives every module.

They are not asked of the running interpreter alone: hosts add names to it, replace functions (trainers that print on
one rank only, progress bars that print around themselves) and take names away (notebooks), and the same text would be
judged in other ways.
"""

from __future__ import annotations

import builtins  # noqa: TID251 - filtered below

#: Builtins that are functions, in Python 3.11 and later.
BUILTIN_FUNCTIONS = frozenset(
    """
    __build_class__ __import__ abs aiter all anext any ascii bin breakpoint callable chr compile delattr dir divmod
    eval exec format getattr globals hasattr hash hex id input isinstance issubclass iter len locals max min next oct
    open ord pow print repr round setattr sorted sum vars
    """.split()  # noqa: SIM905 - readable
)
#: Builtins that are values, and what the module ``site`` adds.
_VALUES = frozenset(
    """
    Ellipsis False None NotImplemented True __debug__ __doc__ __loader__ __name__ __package__ __spec__
    copyright credits exit help license quit
    """.split()  # noqa: SIM905 - readable
)
#: Builtins that are classes, which differ by version.
_CLASSES = frozenset(
    name
    for name, each in vars(builtins).items()
    if isinstance(each, type) and each.__module__ == "builtins" and name != "_"  # a prompt's last answer
)
BUILTINS = BUILTIN_FUNCTIONS | _VALUES | _CLASSES
