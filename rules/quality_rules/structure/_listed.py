"""Which listed answers are a table of examples, and no mapping of names, codes or units."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import dotted_name, name_words
from quality_rules._substance import own_name
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.rules import Facts
    from quality_rules._substance import Callable, Example, Judged

#: Fewest listed answers that are a table, and fewest members of a set that stand for one.
ANSWERS, _MEMBERS = 3, 12
_LONG_TEXT, _LONG_NAME = 20, 40
#: What things are called.
_WORDS = re.compile(r"[^\W\d_]+(?:[ _'-]+[^\W\d_]+)*")
#: Words that say of no table what is in it, without the endings of several.
_SAY_NOTHING = words(
    """
    answer arg argument array cach cas cod data dict dictionari entri exampl expected find for from get input item
    key known list lookup map mapping num number output param result row solution solv tabl test valu
    """
)
_LEAST_LETTERS = 3


def is_table(facts: Facts, function: Callable, judged: Judged) -> bool:
    """Tells whether arguments are looked up among examples: data, as in a test, and no names, codes, units or facts."""
    if answers_of(judged) < ANSWERS:
        return False
    return not (is_named_after_table(facts, function, judged) and is_complete(facts, judged))


def answers_of(judged: Judged) -> int:
    """How many answers are listed."""
    data = data_in(judged.examples)
    return sum(not each.member for each in data) + sum(each.member for each in data) // (_MEMBERS // ANSWERS)


def data_in(examples: Sequence[Example]) -> list[Example]:
    """The examples that are data, as in a test: words are none, and neither are codes."""
    data = [example for example in examples if not (_is_word(example.key) or _is_of_words(example))]
    return [] if _are_codes(data) or all(_is_empty(example.key) for example in data) else data


def _is_empty(key: ast.expr) -> bool:
    """Tells whether a key is nothing of its kind: who asks for several of these asks whether there is something at all."""
    if isinstance(key, ast.Constant):
        return not key.value
    return isinstance(key, ast.Dict | ast.List | ast.Tuple) and not ast.literal_eval(key)


def is_of_numbers(judged: Judged) -> bool:
    """Tells whether numbers are looked up, which may be a fact of the world, such as the days of the months."""
    return all(is_number(example.key) for example in judged.examples)


def is_factual(facts: Facts, judged: Judged) -> bool:
    """Tells whether what is looked up may as well be a fact: words for numbers, or numbers in a row for numbers."""
    answers = [example.answer for example in judged.examples]
    if all(map(_name_in, answers)):
        return all(_is_place(example.key) for example in judged.examples)
    counted = all(isinstance(each, ast.Constant) and type(each.value) in {int, float} for each in answers)
    return counted and is_of_numbers(judged) and is_complete(facts, judged)


def is_named_after_table(facts: Facts, function: Callable, judged: Judged) -> bool:
    """Tells whether a function, or its parameter, is named like the table in which it looks up numbers, places or bytes."""
    names = [own_name(function), *(argument.arg for argument in function.args.args)]
    words = frozenset().union(*map(_roots, names))
    known = judged.examples
    if not all(is_number(each.key) or _is_entry(facts, each) or _is_of_bytes(each) for each in known):
        return False
    tables = (facts.parent(example.key) for example in judged.examples)
    return all(any(words & _roots(name) for name in _names_of(facts, table)) for table in tables)


def is_complete(facts: Facts, judged: Judged) -> bool:
    """Tells whether the numbers that are looked up follow one another, as the places in a list do: none is left out.

    Of bytes nobody can tell.
    """
    if all(_is_entry(facts, each) or _is_of_bytes(each) for each in judged.examples):
        return True
    keys = sorted(getattr(example.key, "value", 0) for example in judged.examples if not example.member)
    return len(keys) == len(judged.examples) and keys == list(range(keys[0], keys[0] + len(keys)))


def _is_entry(facts: Facts, example: Example) -> bool:
    """Tells whether something is an entry of a list, found by its place."""
    around = facts.parent(example.key)
    return (
        isinstance(around, ast.List | ast.Tuple)
        and not isinstance(facts.parent(around), ast.List | ast.Tuple)
        and example.answer is None
        and not example.member
    )


def _is_of_bytes(example: Example) -> bool:
    """Tells whether something is bytes among others: what a standard lists, such as keys that nobody should use."""
    return example.member and _is_bytes(example.key)


def _is_bytes(entry: ast.expr) -> bool:
    if isinstance(entry, ast.Call):
        return dotted_name(entry.func) == "bytes.fromhex"
    return isinstance(entry, ast.Constant) and isinstance(entry.value, bytes)


def _names_of(facts: Facts, table: ast.AST | None) -> Iterator[str]:
    """The names that the code outside of functions gives a container."""
    known = isinstance(table, ast.Dict | ast.List | ast.Tuple) or _is_set_of_bytes(table)
    statement = facts.parent(table) if table is not None and known else None
    if isinstance(statement, ast.Call) and facts.is_builtin(statement.func, "frozenset"):
        statement = facts.parent(statement)
    if isinstance(statement, ast.Assign | ast.AnnAssign) and facts.function(statement) is None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_set_of_bytes(table: ast.AST | None) -> bool:
    entries = table.elts if isinstance(table, ast.Set) else []
    return bool(entries) and all(map(_is_bytes, entries))


def _roots(name: str) -> frozenset[str]:
    """The words of a name that say something, without the endings of several."""
    return frozenset(_root(word) for word in name_words(name) if len(word) >= _LEAST_LETTERS) - _SAY_NOTHING


def _root(word: str) -> str:
    short = word.removesuffix("s").removesuffix("e")
    return f"{short[:-1]}i" if short.endswith("y") else short


def _are_codes(examples: Sequence[Example]) -> bool:
    """Tells whether numbers are given their names, each another: statuses, months, levels."""
    names = [_name_in(example.answer) for example in examples]
    return all(names) and len(set(names)) == len(names) and all(_is_place(each.key) for each in examples)


def _name_in(answer: ast.expr | None) -> str:
    if isinstance(answer, ast.Name | ast.Attribute):
        return dotted_name(answer)
    text = answer.value if isinstance(answer, ast.Constant) else ""
    return text if isinstance(text, str) and len(text) <= _LONG_NAME and _WORDS.fullmatch(text) else ""


def is_number(key: ast.expr) -> bool:
    """Tells whether a key is a number, which may be a code as well as an argument of a test."""
    return isinstance(key, ast.Constant) and type(key.value) is int


def _is_place(key: ast.expr) -> bool:
    """Tells whether a key is a number, or some beside one another: a place on a board, a direction."""
    if not isinstance(key, ast.Tuple):
        return is_number(key)
    negative = (entry.operand if isinstance(entry, ast.UnaryOp) else entry for entry in key.elts)
    return all(map(is_number, negative))


def _is_of_words(example: Example) -> bool:
    """Tells whether words beside one another are given a name: what comes of both."""
    words = isinstance(example.key, ast.Tuple) and all(map(_name_in, example.key.elts))
    return words and bool(_name_in(example.answer))


def _is_word(key: ast.expr) -> bool:
    if isinstance(key, ast.Constant):
        text = key.value
        return text is None or (isinstance(text, str) and len(text) <= _LONG_TEXT and " " not in text)
    return isinstance(key, ast.Name | ast.Attribute)
