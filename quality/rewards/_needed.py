"""Which share of a code its answer needs, so that padding costs something."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quality.model import count_statements, parsed
from quality.samples import prompt_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Head = ast.expr | ast.withitem

#: A name as code in prose spells it: `solve(`, `class Stack`.
_SPELLED = re.compile(r"\b(?:([^\W\d]\w*)(?=\()|class[ \t]([^\W\d]\w*))")


@dataclass(frozen=True, slots=True)
class _Part:
    """A definition or statement of the module that is in no function or class, or the head of a branch or loop.

    Attributes:
        size: Its statements, 0 for a head.
        binds: The names that it gives a value to.
        mentions: The names that it reads, attributes and texts that are a name included.
    """

    size: int
    binds: frozenset[str]
    mentions: frozenset[str]


@dataclass(slots=True)
class _Parts:
    """A module's parts, and the names that it imports."""

    parts: list[_Part] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)


def needed_share(code: str, entry_point: object, prompt: object = None) -> float:
    """The share of a code's statements that what was asked for needs, 0 to 1; imports aside.

    Needed are the parts of the module that define what was asked for, those that define a name which a needed part
    mentions, and statements without a definition that mention such a name or an imported one. A class is one part.

    Args:
        code: Text that passed the gate.
        entry_point: Name of the function or class that was asked for; of ``Class.method`` the class counts. Where it
            is no text, the prompt tells what was asked for.
        prompt: What was asked: a text or chat messages. Of code, its last definition is asked for; of any other text,
            what it spells before a bracket or behind ``class``. What code defines itself does not count.

    Returns:
        The share; 1 where the code defines nothing that was asked for, or does not parse here.
    """
    asked = prompt_text(prompt)
    given = _names_defined(asked)
    if isinstance(entry_point, str):
        entries = {entry_point.partition(".")[0]}
    else:
        entries = {given[-1]} if given else _names_spelled(asked)
    tree = parsed(code) if entries else None
    if tree is None:
        return 1.0
    found = _parts_of(tree)
    echoed = frozenset(given) - entries
    parts = [replace(part, size=0) if part.binds and part.binds <= echoed else part for part in found.parts]
    return _share(parts, found.imported, entries)


def _names_defined(prompt: str) -> list[str]:
    """What a prompt that is code gives a value to, in order."""
    tree = parsed(prompt) if prompt else None
    return [] if tree is None else [name for part in _parts_of(tree).parts for name in sorted(part.binds)]


def _names_spelled(prompt: str) -> set[str]:
    return {call or named for call, named in _SPELLED.findall(prompt)}


def _share(parts: Sequence[_Part], imported: set[str], entries: set[str]) -> float:
    own = frozenset[str]().union(*(part.binds for part in parts))
    if entries.isdisjoint(own):
        return 1.0
    needing: dict[str, list[_Part]] = {}
    pending = list(entries)
    for part in parts:
        if not part.binds and part.mentions & imported:
            pending += part.mentions
        for name in part.binds or part.mentions & own:
            needing.setdefault(name, []).append(part)
    names: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in names:
            names.add(name)
            for part in needing.get(name, ()):
                pending += part.mentions
    needed = sum(part.size for part in parts if _is_needed(part, names & own, imported))
    whole = sum(part.size for part in parts)
    return needed / whole if whole else 1.0


def _is_needed(part: _Part, names: set[str], imported: set[str]) -> bool:
    if part.binds:
        return not part.binds.isdisjoint(names)
    return not part.mentions.isdisjoint(names) or not part.mentions.isdisjoint(imported)


def _parts_of(tree: ast.Module) -> _Parts:
    """Reads a module; of branches and loops what is in them counts, and their heads only name things."""
    found = _Parts()
    pending = list(reversed(tree.body))
    while pending:
        statement = pending.pop()
        if isinstance(statement, ast.Import | ast.ImportFrom):
            found.imported.update((each.asname or each.name).partition(".")[0] for each in statement.names)
        elif isinstance(statement, _Named):
            found.parts.append(
                _part([statement], frozenset({statement.name}), count_statements(statement) + 1)
            )
        else:
            inner = _blocks(statement)
            head = [child for child in ast.iter_child_nodes(statement) if isinstance(child, _Head)]
            found.parts.append(_part(head, _bound(statement), 0 if inner else 1))
            pending += reversed(inner)
    return found


def _blocks(statement: ast.stmt) -> list[ast.stmt]:
    """The statements in the blocks of a compound statement, handlers and cases included."""
    found: list[ast.stmt] = []
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            found.append(child)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            found += child.body
    return found


def _bound(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement gives a value to, by itself."""
    fields = dict(ast.iter_fields(statement))
    targets = [fields.get(name) for name in ("target", "name")]
    targets += [*fields.get("targets", ()), *(each.optional_vars for each in fields.get("items", ()))]
    nodes = (node for target in targets if isinstance(target, ast.AST) for node in ast.walk(target))
    return frozenset(
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _part(nodes: Sequence[ast.AST], binds: frozenset[str], size: int) -> _Part:
    mentions: set[str] = set()
    for node in (inner for each in nodes for inner in ast.walk(each)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                mentions.add(name)
    return _Part(size, binds, frozenset(mentions))
