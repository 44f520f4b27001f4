"""What is written for arguments to be compared with, or looked up among."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import body_of, parameters, targets_of
from quality_rules._substance._names import defaults_of
from quality_rules._substance._nature import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality_rules._substance._names import Callable, Names

#: Fewest entries of a default that is a table and no argument.
_TABLE = 3
_LONG_TEXT = 20
#: What separates the entries of a table that is written as a text.
_ENTRIES = re.compile(r"[,;|\n]|\s\s+")
_MOST = 50
#: Containers that one expression is followed to: a name that is bound again and again has no more to tell.
_CONTAINERS = 64
#: Expressions and names that are looked at on the way to them.
_FOLLOWED = 1_000


@dataclass(frozen=True, slots=True)
class Example:
    """Something written that an argument is compared with or looked up among.

    Attributes:
        key: What is written.
        answer: What goes with it, where it is written beside it.
        member: Whether it is one of many of which one is asked whether the argument is among them.
    """

    key: ast.expr
    answer: ast.expr | None = None
    member: bool = False


class Examples:
    """Collects what the arguments of a function are compared with or looked up among, by place.

    Args:
        function: The function.
        names: What the names of the text stand for.
        sources: Local name → the values that it is given, as far as they are known.
    """

    def __init__(self, function: Callable, names: Names, sources: Mapping[str, list[ast.expr]]) -> None:
        self._names = names
        self._sources = sources
        self._function = function
        self._found: dict[object, Example] = {}
        #: What is answered where the condition that is looked at holds.
        self.beside: ast.expr | None = None
        #: How often something was noted.
        self.noted = 0

    @cached_property
    def _defaults(self) -> dict[str, ast.expr]:
        return defaults_of(self._function)

    @property
    def found(self) -> tuple[Example, ...]:
        """All of them, in the order in which they were met."""
        return tuple(self._found.values())

    def take(self, examples: Iterable[Example]) -> None:
        """Adds those of a function inside of this one; of a text that is a table each entry."""
        self.noted += 1
        times = Counter[ast.expr]()
        for example in examples:
            place = (example.key, times[example.key]) if times[example.key] else example.key
            self._found[place] = example
            times[example.key] += 1

    def compare(self, example: ast.expr, *, inside: bool = False, one_of_many: bool = False) -> None:
        """Notes what an argument is compared with."""
        self.noted += 1
        tables = self._tables(example) if inside or isinstance(example, ast.Name | ast.Subscript) else []
        for table in tables:
            self._list_entries(table, member=inside)
        if not tables and not (isinstance(example, ast.Constant) and example.value is None):
            self._found[example] = Example(example, self.beside, one_of_many)

    def look_up(self, node: ast.expr) -> None:
        """Notes the entries of what an argument is looked up in."""
        self.noted += 1
        for table in self._tables(node):
            self._list_entries(table)

    def _list_entries(self, table: ast.expr, *, member: bool = False) -> None:
        if isinstance(table, ast.Dict):
            pairs = zip(table.keys, table.values, strict=True)
            for key, value in pairs:
                if isinstance(value, ast.Dict):
                    self._list_entries(value, member=member)
                elif key is not None:
                    self._found[key] = Example(key, value, member)
        elif isinstance(table, ast.List | ast.Tuple | ast.Set):
            for entry in table.elts:
                pair = isinstance(entry, ast.Tuple | ast.List) and len(entry.elts) > 1
                key, answer = (entry.elts[0], entry.elts[-1]) if pair else (entry, None)  # type: ignore[attr-defined]
                self._found[entry] = Example(key, answer, member)
        else:
            text = str(getattr(table, "value", ""))
            for number in range(min(len(_ENTRIES.findall(text)) + 1, _MOST)):
                self._found[table, number] = Example(table, member=member)

    def _tables(self, node: ast.expr) -> list[ast.expr]:
        """The written containers that an expression may come from."""
        found: list[ast.expr] = []
        pending, seen = [node], set[ast.expr | str]()
        while pending and len(found) < _CONTAINERS and len(seen) < _FOLLOWED:
            entry = pending.pop()
            if entry in seen:
                continue
            seen.add(entry)
            if isinstance(entry, ast.Dict | ast.List | ast.Tuple | ast.Set):
                found.append(entry)
            elif isinstance(entry, ast.Constant) and isinstance(entry.value, str):
                found += [entry] if len(entry.value) > _LONG_TEXT else []
            elif isinstance(entry, ast.Name) and entry.id not in seen:
                seen.add(entry.id)
                pending += self._sources.get(entry.id, [])
                pending += self._names.module_values.get(entry.id, [])
                pending += [self._defaults[entry.id]] if entry.id in self._defaults else []
            elif isinstance(entry, ast.Attribute):
                pending += self._names.class_values.get(entry.attr, [])
                pending.append(entry.value)
            elif isinstance(entry, ast.Call):
                pending += entry.args
                pending += [entry.func.value] if isinstance(entry.func, ast.Attribute) else []
            elif isinstance(entry, ast.Subscript):
                pending.append(entry.value)
            elif isinstance(entry, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
                pending += [clause.iter for clause in entry.generators]
        return found


def _is_table(node: ast.expr) -> bool:
    """Tells whether a default is a table rather than what an argument usually is."""
    if isinstance(node, ast.Dict):
        return len(node.keys) >= _TABLE
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return len(node.elts) >= _TABLE
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and len(node.value) > _LONG_TEXT
    )


def own_parameters(function: Callable) -> dict[str, Nature]:
    """Parameter → its nature: one that defaults to a table is that table."""
    tables = {name for name, value in defaults_of(function).items() if _is_table(value)}
    return {name: Nature.FIXED if name in tables else Nature.ECHO for name in parameters(function)}


def written_over(function: Callable) -> set[str]:
    """The parameters that are given another value before anything reads them: what came is lost."""
    given, found, read = set(parameters(function)), set[str](), set[str]()
    for statement in body_of(function) if is_function(function) and given else ():
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            break
        read.update(each.id for each in ast.walk(statement.value) if isinstance(each, ast.Name))
        names = {each.id for each in targets_of(statement) if isinstance(each, ast.Name)}
        found.update(names & given - read)
    return found
