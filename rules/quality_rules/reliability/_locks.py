"""What holds a lock."""

from __future__ import annotations

import ast

from quality.rules import last_word, name_words

#: Words in the name of what lets one in at a time.
_LOCKS = frozenset(
    {"lock", "mutex", "rlock", "semaphore", "condition", "cond", "guard", "atomic", "transaction", "sync"}
)


def locks(item: ast.withitem) -> bool:
    """Tells whether a part of a ``with`` takes a lock, by its name."""
    held = item.context_expr
    return not _LOCKS.isdisjoint(name_words(last_word(held.func if isinstance(held, ast.Call) else held)))
