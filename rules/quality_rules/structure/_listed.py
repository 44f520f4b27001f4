"""Which listed answers are a table of examples, and no mapping of names, codes or units."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import dotted_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance import Example, Judged

#: Fewest listed answers that are a table, and fewest members of a set that stand for one.
ANSWERS, _MEMBERS = 3, 12
_LONG_TEXT = 20
#: What things are called.
_WORDS = re.compile(r"[A-Za-z]+(?:[ _-][A-Za-z]+)*")


def is_table(judged: Judged) -> bool:
    """Tells whether arguments are looked up among examples: data, as in a test, and no names, codes or units."""
    return answers_of(judged) >= ANSWERS


def answers_of(judged: Judged) -> int:
    """How many answers are listed."""
    data = [example for example in judged.examples if not _is_word(example.key)]
    if _are_codes(data):
        return 0
    return sum(not each.member for each in data) + sum(each.member for each in data) // (_MEMBERS // ANSWERS)


def _are_codes(examples: Sequence[Example]) -> bool:
    """Tells whether numbers are given their names, each another: statuses, months, levels."""
    names = [_name_in(example.answer) for example in examples]
    return all(names) and len(set(names)) == len(names) and all(is_number(each.key) for each in examples)


def _name_in(answer: ast.expr | None) -> str:
    if isinstance(answer, ast.Name | ast.Attribute):
        return dotted_name(answer)
    text = answer.value if isinstance(answer, ast.Constant) else ""
    return text if isinstance(text, str) and len(text) <= _LONG_TEXT and _WORDS.fullmatch(text) else ""


def is_number(key: ast.expr) -> bool:
    """Tells whether a key is a number, which may be a code as well as an argument of a test."""
    return isinstance(key, ast.Constant) and type(key.value) is int


def _is_word(key: ast.expr) -> bool:
    if isinstance(key, ast.Constant):
        text = key.value
        return text is None or (isinstance(text, str) and len(text) <= _LONG_TEXT and " " not in text)
    return isinstance(key, ast.Name | ast.Attribute)
