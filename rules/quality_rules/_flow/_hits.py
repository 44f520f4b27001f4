"""A value that does harm, and whose choice of it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quality_rules._flow._knowledge import CLIENT_FACTS, CLIENT_WORDS, MARKUP_WORDS
from quality_rules._flow._sinks import MARKERS
from quality_rules._flow._values import HOLE, SPOKEN, Harm, Level

if TYPE_CHECKING:
    import ast

    from quality_rules._flow._values import Taint

#: Functions whose task is to make a page of what they are given.
_MAKERS = frozenset({*MARKERS, "format_html", "format_html_join"})
#: Words in the names of parameters that are statements, and what stands before one in another.
_STATEMENTS = frozenset({"sql", "query", "stmt", "statement", "operation", "subquery"})
_WHOLE = re.compile(
    rf"(?:^|\b(?:from|in|exists)\s?\(|\b(?:for|explain|analyze|as))\s{{0,9}}{HOLE}", re.IGNORECASE
)


class Hit(NamedTuple):
    """A value that reaches a place where it can do harm.

    Attributes:
        harm: Which.
        node: Where.
        taint: Who chooses it, and the way it came.
        sure: Whether the place is known to be dangerous.
    """

    harm: Harm
    node: ast.expr
    taint: Taint
    sure: bool

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The order of danger."""
        return (self.taint.origin.level, self.taint.sure, self.sure)


def counts_for_parameter(harm: Harm, taint: Taint) -> bool:
    """Tells whether it matters that somebody else than a client chooses a value.

    A caller may name a folder, and what is in it it may not; what is logged or searched for counts where the
    parameter's name says that a client wrote it.
    """
    if taint.origin.level is not Level.PARAMETER:
        return True
    if harm is Harm.PATH:
        return taint.behind
    if harm in {Harm.CODE, Harm.OBJECTS}:
        return taint.sure
    words = taint.origin.label.lower().split("_")
    if harm & SPOKEN:
        return words[-1] not in CLIENT_FACTS and not CLIENT_WORDS.isdisjoint(words)
    return harm is not Harm.HTML or MARKUP_WORDS.isdisjoint(words)


def is_statement(taint: Taint, text: str) -> bool:
    """Tells whether a parameter is a statement of SQL by its name, and stands where one does: it is the caller's."""
    named = not _STATEMENTS.isdisjoint(taint.origin.label.lower().split("_"))
    return named and taint.origin.level is Level.PARAMETER and _WHOLE.search(text) is not None


def is_of_task(harm: Harm, function: str) -> bool:
    """Tells whether a function is named for doing what is dangerous: its callers answer for what they give it."""
    return (harm is Harm.REDIRECT and function == "redirect") or (harm is Harm.HTML and function in _MAKERS)
