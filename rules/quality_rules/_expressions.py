"""The base of rules on regular expressions that stand in the text, with the flags that they are read with."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, ClassVar

from quality_rules._called import CallRule, argument
from quality_rules._patterns import read

if TYPE_CHECKING:
    from quality.rules import Facts

#: Function of the module re → the place of its flags.
FLAGS_AT = {
    **dict.fromkeys(("match", "search", "fullmatch", "findall", "finditer"), 2),
    "compile": 1,
    "split": 3,
    **dict.fromkeys(("sub", "subn"), 4),
}
_FLAGS = {f"re.{name}": flag.value for name, flag in re.RegexFlag.__members__.items()}
#: No more flags than this are put together.
_MOST = 8


class PatternRule(CallRule):
    """A rule on the regular expressions of a source."""

    needs: ClassVar[frozenset[str | type[ast.AST]]] = frozenset(FLAGS_AT)

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether the module re is there: texts have methods of these names too."""
        return "re" in facts.words

    def check_call(self, call: ast.Call, dotted: str) -> None:
        owner, _, word = dotted.rpartition(".")
        if owner != "re" or word not in FLAGS_AT:
            return
        pattern = argument(call, 0, "pattern")
        parsed = self.parsed(call, word)
        if pattern is not None and parsed is not None:
            self.check_pattern(pattern, parsed, word)

    def check_pattern(self, node: ast.expr, parsed: Any, word: str) -> None:
        """Looks at one regular expression.

        Args:
            node: Where it stands.
            parsed: How the module re reads it.
            word: The function that gets it.
        """
        raise NotImplementedError

    def parsed(self, call: ast.Call, word: str) -> Any:
        """How the module re reads the pattern that one of its functions gets; None when that is not known, or it is none."""
        text = self.constant(argument(call, 0, "pattern"))
        flags = flags_of(self.facts, argument(call, FLAGS_AT[word], "flags"))
        if not isinstance(text, str) or flags is None:
            return None
        try:
            return read(text, flags)
        except (re.error, OverflowError, RecursionError, ValueError):
            return None


def flags_of(facts: Facts, node: ast.expr | None) -> int | None:
    """The value of flags that are written out, 0 for none; None when it is not known."""
    value = 0
    parts = [node] if node is not None else []
    for _ in range(_MOST):
        if not parts:
            return value
        part = parts.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitOr):
            parts += [part.left, part.right]
            continue
        known = _FLAGS.get(
            facts.origin(part), 0 if isinstance(part, ast.Constant) and part.value == 0 else None
        )
        if known is None:
            return None
        value |= known
    return None
