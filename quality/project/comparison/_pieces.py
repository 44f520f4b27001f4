"""Functions, methods and module code of two states, matched by path and name."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quality.analysis import with_newlines
from quality.model import MODULE_SCOPE, Source, is_docstring, is_function
from quality.scoring import Volume, judge, volume

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quality.model import Analysis, Measure, Scope, Score
    from quality.project.comparison._state import Judged, StateFile


@dataclass(frozen=True, slots=True)
class Change:
    """A function, or a module's own code, that differs between the states.

    Attributes:
        path: The file, empty when two files are compared.
        name: Qualified name, or ``<module>``.
        kind: What happened to it.
        line: Where it is afterwards, or where it was.
        before: Its score before, or None.
        after: Its score afterwards over the size that it had before, or None.
    """

    path: str
    name: str
    kind: Literal["changed", "added", "removed"]
    line: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit of a source with what was found in it.

    Attributes:
        digest: The same for the same code, whatever its layout and comments.
        line: Its first line.
        analysis: What was found in it.
    """

    digest: str
    line: int
    analysis: Analysis


Pieces = dict[tuple[str, str, int], Piece]


def pieces_of(files: Mapping[str, StateFile], judged: Judged) -> Pieces:
    """The pieces of a state by path, name and how many of that name came before in the file."""
    found: Pieces = {}
    for path, file in files.items():
        analysis = judged.analyses[path]
        if analysis.reason is None:
            before: Counter[str] = Counter()
            for name, piece in _pieces(file, analysis):
                found[path, name, before[name]] = piece
                before[name] += 1
    return found


def changes(before: Pieces, after: Pieces, judged: Judged) -> Iterator[Change]:
    """What differs, by path and line; both sides are judged by the same profile."""
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.digest == new.digest:
            continue
        path, name, _ = key
        last = new or old
        if last is None or (None in (old, new) and not last.analysis.lloc):
            continue  # a file's module code that comes or goes with it and is imports and constants at most
        yield Change(
            path=path,
            name=name,
            kind=_kind(old, new),
            line=last.line,
            before=_value([old], [old, new], judged),
            after=_value([new], [old, new], judged),
        )


def _kind(old: Piece | None, new: Piece | None) -> Literal["changed", "added", "removed"]:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def together(pieces: Sequence[Piece], sized: Sequence[Piece], judged: Judged) -> Score | None:
    """The score of pieces as one body of code, over the size of others; None when there is nothing to judge."""
    analyses = [piece.analysis for piece in pieces if piece.analysis.lloc]
    sizes = [volume(piece.analysis, judged.profile) for piece in sized if piece.analysis.lloc]
    if not analyses or not sizes:
        return None
    least = judged.profile.volume or 1.0
    size = Volume(
        max(sum(each.lloc for each in sizes), least), max(sum(each.weight for each in sizes), least)
    )
    return judge(analyses, judged.profile, judged.rules, judged.fingerprint, reference=size)


def _value(pieces: Sequence[Piece | None], sized: Sequence[Piece | None], judged: Judged) -> float | None:
    """The score over the size of the first that there is."""
    first = next((piece for piece in sized if piece is not None and piece.analysis.lloc), None)
    present = [piece for piece in pieces if piece is not None]
    score = together(present, [first], judged) if first is not None else None
    return None if score is None else score.value


def _pieces(file: StateFile, analysis: Analysis) -> Iterator[tuple[str, Piece]]:
    source = Source(with_newlines(file.data.decode("utf-8")))
    units = source.outline.units
    measures: dict[Scope, list[Measure]] = {}
    for measure in analysis.measures:
        measures.setdefault(measure.scope, []).append(measure)
    taken: set[int] = set()
    for unit in units[:-1]:
        first = min([unit.scope.line, *(each.lineno for each in getattr(unit.node, "decorator_list", ()))])
        lines = range(first, unit.scope.end_line + 1)
        taken.update(lines)
        part = dataclasses.replace(
            analysis,
            findings=tuple(each for each in analysis.findings if each.location.line in lines),
            measures=tuple(measures.get(unit.scope, ())),
            lloc=unit.lloc,
        )
        yield unit.scope.name, Piece(_digest(unit.node), first, part)
    module = units[-1]
    rest = dataclasses.replace(
        analysis,
        findings=tuple(each for each in analysis.findings if each.location.line not in taken),
        measures=tuple(measures.get(module.scope, ())),
        lloc=module.lloc,
    )
    yield MODULE_SCOPE, Piece(_digest(source.tree), 1, rest)


def _digest(node: ast.AST) -> str:
    """Digests the code below a node, without docstrings; of a module without its functions. Changes the tree."""
    pending = [node]
    while pending:
        parent = pending.pop()
        body = getattr(parent, "body", None)
        if isinstance(body, list):
            parent.body = [each for each in body if not is_docstring(parent, each)]  # type: ignore[attr-defined]
        if isinstance(node, ast.Module):
            _drop_functions(parent)
        pending += ast.iter_child_nodes(parent)
    return hashlib.sha256(ast.dump(node).encode("utf-8", "backslashreplace")).hexdigest()


def _drop_functions(parent: ast.AST) -> None:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list):
            setattr(parent, name, [each for each in block if not is_function(each)])
