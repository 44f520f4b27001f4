"""A text under judgement and the trees that analyzers share."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quality.model._cached import cached_property
from quality.model._helpers import TextHelpers
from quality.model._holders import Holders
from quality.model._lambdas import NamedLambdas
from quality.model._location import Location
from quality.model._namespaces import OwnNames
from quality.model._nodes import Nodes, walk
from quality.model._origins import Origins
from quality.model._outline import Outline, outline
from quality.model._parsing import parse
from quality.model._plain import Detours, may_have_detours
from quality.model._plain_calls import Calls
from quality.model._truths import may_be_shorter, shorten_conditions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst

#: What begins where its node does, and what its decorators stand before.
_BEGINNING = frozenset({*ast.stmt.__subclasses__(), ast.ExceptHandler})
_DECORATED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_FANCY = re.compile(r"[^\x00-\x7f]")
#: Whether a source is the product's code or its tests; rules may differ.
Role = Literal["product", "test"]


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that asks a tool to look away (``noqa``, ``nosec``, ``pylint: disable`` …).

    Attributes:
        tool: Whom it addresses: ``noqa``, ``nosec``, ``pylint``, ``type``, ``ruff``, ``mypy`` …
        codes: What it names, lower case; empty when it names everything.
        location: Where the comment stands.
        first_line: First line that it silences.
        last_line: Last line that it silences.
    """

    tool: str
    codes: tuple[str, ...]
    location: Location
    first_line: int
    last_line: int


class Source:
    r"""One text and its trees. Each tree is made on first use, once, and shared by all analyzers.

    Analyzers read; nobody writes into the trees.

    Args:
        text: The text that analyzers see: decoded, newlines as ``\\n``, suppression directives blanked.
            Every position in it is a position in the original.
        path: Logical path with forward slashes; it need not exist.
        original: The text as it came; ``text`` when nothing was blanked.
        directives: The directives that were blanked.
        role: Product code or tests.

    Attributes:
        passed_over: Names that were there for a detour, and may be used nowhere else; empty but in ``plain``.
        looked_up: Lines and columns of attributes that are looked up by name; empty but in ``plain``.
        named: Function that is written as a lambda with a name → its assignment; empty but in ``plain``.
        put_together: Text → the function of the source whose call puts it together; empty but in ``plain``.
    """

    def __init__(
        self,
        text: str,
        path: str = "sample.py",
        *,
        original: str | None = None,
        directives: tuple[Directive, ...] = (),
        role: Role = "product",
    ) -> None:
        self.text = text
        self.path = path
        self.original = text if original is None else original
        self.directives = directives
        self.role: Role = role
        self.passed_over: frozenset[str] = frozenset()
        self.looked_up: frozenset[tuple[int, int]] = frozenset()
        self.named: Mapping[ast.FunctionDef, ast.stmt] = {}
        self.put_together: Mapping[ast.expr, str] = {}
        self._said = text if text.isascii() else f"{text}\n{_in_plain_letters(text)}"

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the original text."""
        return hashlib.sha256(self.original.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text's lines without their newlines, split as the parser splits."""
        return tuple(self.text.split("\n"))

    def mentions(self, *words: str) -> bool:
        """Tells whether the text has one of these words, or parts of words, anywhere: a cheap look before a search."""
        return any(map(self._said.__contains__, words))

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Raises SyntaxError, ValueError or RecursionError as ``ast.parse`` does."""
        return parse(self.text)

    @property
    def plain(self) -> Source:
        """The same source with a tree whose detours are written out; itself where it has none.

        Every node of that tree has the place of what stands in the text.
        """
        return self._written_out or self

    @property
    def brief(self) -> Source:
        """The plain source, its conditions without the truth values written out beside them: ``a < b`` for ``(a < b) == True``.

        Itself where it has neither. What is said of such a truth value asks the plain one.
        """
        return self._shortened or self.plain

    @cached_property
    def _written_out(self) -> Source | None:
        """The other one, if any: one that held itself would be garbage for the collector alone."""
        if not may_have_detours(self.text, self.tree, self.nodes) or not _detours_of(self).any_in(self.nodes):
            return None
        return self._without_detours(Source(self.text))

    @cached_property
    def _shortened(self) -> Source | None:
        """The plain source with short conditions, if it has others."""
        if not may_be_shorter(self.plain):
            return None
        fresh = Source(self.text)
        shorten_conditions(fresh.tree)
        return self._without_detours(fresh)

    def _without_detours(self, fresh: Source) -> Source:
        """This source with the tree of a fresh one, whose detours are written out."""
        detours = _detours_of(fresh)
        fresh.origins.settle()
        detours.visit(fresh.tree)
        plain = Source(
            self.text, self.path, original=self.original, directives=self.directives, role=self.role
        )
        calls = detours.calls
        plain.passed_over, plain.looked_up = frozenset(calls.passed_over), frozenset(calls.looked_up)
        plain.named, plain.put_together = detours.named, calls.put_together
        plain._said = f"{self._said}\n{ast.unparse(fresh.tree)}"
        vars(plain).update(tree=fresh.tree, _written_out=None, _shortened=None)
        return plain

    @cached_property
    def nodes(self) -> Nodes:
        """The syntax tree's nodes in the order of the text, with depths, parents and types."""
        return walk(self.tree)

    @cached_property
    def tokens(self) -> tuple[tokenize.TokenInfo, ...]:
        """The tokens, comments included."""
        return tuple(tokenize.generate_tokens(io.StringIO(self.text).readline))

    @cached_property
    def cst(self) -> libcst.Module:
        """The concrete syntax tree. Only for workers: the parser can be made to crash by hostile text."""
        import libcst  # heavy, and needed by few

        return libcst.parse_module(self.text)

    @cached_property
    def origins(self) -> Origins:
        """What names stand for, by whatever detour they are reached."""
        return Origins(self.nodes)

    @cached_property
    def outline(self) -> Outline:
        """The units and sizes."""
        return outline(self.nodes)

    @cached_property
    def starts(self) -> tuple[tuple[int, int], ...]:
        """Where statements, decorators and clauses of ``try`` and ``match`` begin: 1-based lines and columns, in order."""
        begun: list[ast.AST] = []
        for kind, nodes in self.nodes.kinds.items():
            if kind in _BEGINNING:
                begun += nodes
            elif kind is ast.match_case:
                begun += (node.pattern for node in nodes if isinstance(node, ast.match_case))
            if kind in _DECORATED:
                begun += (decorator for node in nodes for decorator in node.decorator_list)  # type: ignore[attr-defined]
        places = sorted((node.lineno, node.col_offset) for node in begun)  # type: ignore[attr-defined]
        if self.text.isascii():
            return tuple((line, offset + 1) for line, offset in places)
        return tuple((line, self.column(line, offset)) for line, offset in places)

    def location(
        self, line: int, column: int = 1, end_line: int | None = None, end_column: int | None = None
    ) -> Location:
        """Makes a location in this source from 1-based code-point columns."""
        return Location(self.path, line, column, end_line or line, end_column or column)

    def location_of(self, node: ast.AST) -> Location:
        """The range of a syntax tree's node; for a function or class, of its header's first line."""
        line: int = getattr(node, "lineno", 1)
        end_line: int = getattr(node, "end_lineno", None) or line
        start = self.column(line, getattr(node, "col_offset", 0))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self.location(line, start, line, len(self._line(line)) + 1)
        return self.location(line, start, end_line, self.column(end_line, getattr(node, "end_col_offset", 0)))

    def column(self, line: int, byte_offset: int) -> int:
        """Turns a 0-based UTF-8 offset, as parsers count, into a 1-based column in code points."""
        text = self._line(line)
        if text.isascii():
            return byte_offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:byte_offset].decode("utf-8", "ignore")) + 1

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def _detours_of(source: Source) -> Detours:
    nodes, origins = source.nodes, source.origins
    lambdas, own_names = NamedLambdas(nodes, origins), OwnNames(nodes, origins)
    calls = Calls(origins, TextHelpers(nodes, origins))
    return Detours(calls, lambdas, own_names, Holders(nodes, origins))


def _in_plain_letters(text: str) -> str:
    """A text with the letters that Python takes its names to be written in, be they bold or full width."""
    return _FANCY.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), text)
