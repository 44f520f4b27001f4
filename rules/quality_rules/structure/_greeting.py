"""Programs that only say something in words, as the first one of many people does."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import dotted_name
from quality_rules._substance import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

#: Two words; one alone, or a number, may be the answer to a question.
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_SHOWING = frozenset({"print", "sys.stdout.write"})


def greets(facts: Facts) -> bool:
    """Tells whether a text shows a message when it is run.

    One with the name of a function of the text only says that it was called.
    """
    names = {own_name(function) for function in facts.functions}
    runs = any(
        isinstance(node.value, ast.Call) and facts.function(node) is None for node in facts.of(ast.Expr)
    )
    return runs and any(names.isdisjoint(re.findall(r"\w+", shown)) for shown in _shown(facts))


def _shown(facts: Facts) -> Iterator[str]:
    """The messages in words, and the values of names, that are shown."""
    for call in facts.of(ast.Call):
        if dotted_name(call.func) not in _SHOWING:
            continue
        said = " ".join(map(_words_of, call.args))
        if _WORDS.search(said) or not all(isinstance(each, ast.Constant) for each in call.args):
            yield said


def _words_of(node: ast.expr) -> str:
    """The text that an expression is; what is filled in counts as a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_words_of, node.values))
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "something"
