"""Programs that only say something in words, as the first one of many people does."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import dotted_name
from quality_rules._substance import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Two words; one alone, or a number, may be the answer to a question.
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_SHOWING = frozenset({"print", "sys.stdout.write"})


def greets(facts: Facts) -> bool:
    """Tells whether a text shows a message when it is run.

    One with the name of a function of the text only says that it was called, and beside a function that neither shows
    anything nor is asked for what is shown, a message is not all that was wanted.
    """
    if not all(map(_Shown(facts).has_part, facts.functions)):
        return False
    names = {own_name(function) for function in facts.functions}
    runs = any(
        isinstance(node.value, ast.Call) and facts.function(node) is None for node in facts.of(ast.Expr)
    )
    return runs and any(names.isdisjoint(re.findall(r"\w+", shown)) for shown in _shown(facts))


class _Shown:
    """Knows which functions have a part in what a text shows."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._calls = facts.of(ast.Call)

    def has_part(self, function: FunctionNode) -> bool:
        """Tells whether a function shows something, is a method, or is asked for more than to run."""
        facts = self._facts
        if facts.class_of(function) is not None or facts.function(function) is not None:
            return True
        shown = (" ".join(map(_words_of, call.args)) for call in self._calls if self._shows(call, function))
        if any(function.name not in re.findall(r"\w+", said) for said in shown):
            return True
        calls = [call for call in self._calls if dotted_name(call.func) == function.name]
        return not calls or any(not isinstance(facts.parent(call), ast.Expr) for call in calls)

    def _shows(self, call: ast.Call, function: FunctionNode) -> bool:
        return dotted_name(call.func) in _SHOWING and self._facts.contains(function, call)


def _shown(facts: Facts) -> Iterator[str]:
    """The messages in words, and the values of names, that are shown."""
    for call in facts.of(ast.Call):
        if dotted_name(call.func) not in _SHOWING:
            continue
        said = " ".join(map(_words_of, call.args))
        if _WORDS.search(said) or not all(isinstance(each, ast.Constant) for each in call.args):
            yield said


def shows_any(facts: Facts, call: ast.Call, names: set[str]) -> bool:
    """Tells whether a call shows what one of some names stands for, alone or in a message."""
    shown = call.args if dotted_name(call.func) in _SHOWING else []
    return any(names & facts.names_in(each) for each in shown)


def _words_of(node: ast.expr) -> str:
    """The text that an expression is; what is filled in counts as a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_words_of, node.values))
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "something"
