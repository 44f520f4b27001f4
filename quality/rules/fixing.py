"""Applying fixes to a text: one pass over its concrete tree."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider

from quality.model import parse
from quality.rules._fix import Around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.model import Finding
    from quality.rules._fix import Fix, Replacement

#: Where a finding begins: line and column, 1-based.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FixedText:
    """A text after one pass.

    Attributes:
        text: The text.
        applied: Id of a fix → how often it was applied.
    """

    text: str
    applied: Mapping[str, int]


def apply_fixes(text: str, findings: Iterable[Finding], fixes: Sequence[Fix]) -> FixedText:
    """Applies fixes to the findings of their rules, once over the text. Formatting and comments stay.

    Args:
        text: Code that Python's parser takes.
        findings: What the rules found in exactly this text.
        fixes: In the order of preference where two could change one node.

    Returns:
        The text as it was when nothing could be fixed, when the result would not parse, or when it would lose
        a comment.
    """
    places: dict[str, set[Place]] = {}
    for finding in findings:
        places.setdefault(finding.rule_id, set()).add((finding.location.line, finding.location.column))
    usable = [(fix, set().union(*(places.get(rule, ()) for rule in fix.rules))) for fix in fixes]
    usable = [(fix, wanted) for fix, wanted in usable if wanted]
    if not usable:
        return FixedText(text, {})
    try:
        pass_ = _Pass(usable, parse(text))
        module = MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True).visit(pass_)
    except (libcst.ParserSyntaxError, SyntaxError, RecursionError, ValueError):
        return FixedText(text, {})
    # Where the first statement went, its blank lines should not be what the file begins with.
    fixed = module.code if text[:1].isspace() else module.code.lstrip("\r\n")
    if fixed == text or not _keeps(text, fixed):
        return FixedText(text, {})
    return FixedText(fixed, dict(sorted(pass_.applied.items())))


class _Pass(libcst.CSTTransformer):
    """Asks the fixes at every node where a finding of theirs may begin."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, fixes: Sequence[tuple[Fix, set[Place]]], tree: ast.Module) -> None:
        super().__init__()
        self.applied: Counter[str] = Counter()
        self._fixes = fixes
        self._around: list[libcst.CSTNode] = []
        self._bound, self._used = _names(tree)

    def on_visit(self, node: libcst.CSTNode) -> bool:
        self._around.append(node)
        return True

    def on_leave(self, original_node: libcst.CSTNodeT, updated_node: libcst.CSTNodeT) -> Replacement:  # type: ignore[override]
        self._around.pop()
        around = Around(tuple(self._around), self._bound, self._used)
        for fix, wanted in self._fixes:
            begins = partial(self._begins, wanted)
            found = fix.replace(original_node, updated_node, begins, around)
            if found is not None and count_comments(found) >= count_comments(updated_node):
                self.applied[fix.id] += 1
                return found
        return updated_node

    def _begins(self, wanted: set[Place], node: libcst.CSTNode) -> bool:
        found = self.get_metadata(PositionProvider, node, None)
        return found is not None and (found.start.line, found.start.column + 1) in wanted


def count_comments(node: Replacement) -> int:
    """How many comments a node has, or what takes its place: a fix that would lose one is not applied."""
    if isinstance(node, libcst.FlattenSentinel):
        return sum(count_comments(each) for each in node)
    if not isinstance(node, libcst.CSTNode):
        return 0
    comments = 0
    pending: list[libcst.CSTNode] = [node]
    while pending:
        each = pending.pop()
        comments += isinstance(each, libcst.Comment)
        pending.extend(each.children)
    return comments


def _names(tree: ast.Module) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a source binds, and those that it reads or exports."""
    nodes = list(ast.walk(tree))
    bound = {name for node in nodes for name in _bound_by(node)}
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                used.update(name for each in ast.walk(value) if (name := _text(each)))
    return frozenset(bound), frozenset(used)


def _bound_by(node: ast.AST) -> list[str]:
    """The names that a node binds itself."""
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del(), id=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [(other or name).partition(".")[0]]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return names
        case ast.MatchMapping(rest=str(name)) | ast.arg(arg=name):
            return [name]
    # Functions, classes, handlers and captures of patterns have a name where they bind one.
    own = getattr(node, "name", None)
    return [own] if isinstance(own, str) else []


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _keeps(before: str, after: str) -> bool:
    """Tells whether a changed text parses and has all comments."""
    try:
        parse(after)
        return not _comments(before) - _comments(after)
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return False


def _comments(text: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)
