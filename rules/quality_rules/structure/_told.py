"""Functions that say that they change something, and only tell what is written."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import body_of
from quality_rules._substance import Nature, SilentText, Text
from quality_rules.structure._excuses import Excuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Names of functions after which something is not what it was before.
_CHANGING = re.compile(
    r"^_*(?:change|decrease|decrement|delete|increase|increment|merge|remove|rename|replace|reset|save|set|sort|store|swap|update)(?:_|$)"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


class Told:
    """Finds the functions of a module that are asked nothing, whose names promise a change, and that show a message alone.

    What is no words may change something: it clears a screen, or moves a cursor.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def functions(self) -> Iterator[FunctionNode]:
        """Yields these functions."""
        for function in self._facts.functions:
            if _CHANGING.match(function.name) and self._only_tells(function):
                yield function

    def _only_tells(self, function: FunctionNode) -> bool:
        facts = self._facts
        if not facts.is_of_module(function) or facts.derived(Text).parameters_of(function):
            return False
        body = [each for each in body_of(function) if not isinstance(each, ast.Global)]
        shows = bool(body) and all(map(self._is_message, body))
        judged = facts.derived(SilentText).judge(function)
        idle = max(judged.nature, judged.effect) <= Nature.FIXED
        return shows and idle and not facts.derived(Excuses).covers(function)

    def _is_message(self, statement: ast.stmt) -> bool:
        """Tells whether a statement shows words, or what the module has by a name."""
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call) or not self._facts.is_builtin(call.func, "print"):
            return False
        inside = [node for each in call.args for node in self._facts.within(each)]
        texts = [
            node.value for node in inside if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        named = any(isinstance(node, ast.Name) for node in inside)
        return all(map(str.isprintable, texts)) and (named or any(map(_WORD.search, texts)))
