"""What a source names, for checkers that know it by how it is written.

Functions are called by their own names, texts in pieces are put together, and a list of nearly all errors is ``Exception``.
"""

from __future__ import annotations

import ast
import re
import tokenize
from typing import TYPE_CHECKING, Any, cast

from quality.model import BUILTINS, cached_property, names_of_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import Source

_TYPE_COMMENT = re.compile(r"#\s*type:(.*)")
#: What says that a name is used nowhere.
_UNUSED = frozenset({"unused-argument", "unused-import", "unused-variable"})
#: Errors of which a block that is known can hardly raise all.
_UNRELATED = frozenset(
    [
        "ArithmeticError",
        "AssertionError",
        "AttributeError",
        "EOFError",
        "ImportError",
        "IndexError",
        "IOError",
        "KeyError",
        "LookupError",
        "MemoryError",
        "NameError",
        "OSError",
        "RuntimeError",
        "SyntaxError",
        "TypeError",
        "ValueError",
        "ZeroDivisionError",
    ]
)
_ALL_OF_THEM = 6


class Aliases:
    """Calls functions by their own names: behind ``log = logging.error``, ``log(1)`` is ``logging.error(1)``.

    Args:
        source: A source; what counts are its calls with their detours written out.
        comments: Whether types that stand in comments count as uses of their names.
    """

    def __init__(self, source: Source, *, comments: bool = False) -> None:
        plain = source.plain
        self._source = source
        self._written = source.nodes
        self._origins = plain.origins
        self._looked_up = plain.looked_up
        self._passed_over = set(plain.passed_over)
        if comments and "#" in source.text:
            self._passed_over.update(_named_in_comments(source))

    def caught(self, handled: ast.expr | None) -> ast.expr | None:
        """What a handler catches, Python's own errors by their names: ``(KeyError, ValueError)`` for ``ERRORS``."""
        held = self._origins.value(handled) if isinstance(handled, ast.Name) else handled
        if held is None or handled is None or held is handled:
            return _caught_by(handled)
        errors = held.elts if isinstance(held, ast.Tuple) else [held]
        words = [each.id for each in errors if isinstance(each, ast.Name)]
        known = all(word in BUILTINS and word not in self._origins.bound for word in words)
        if not words or len(words) < len(errors) or not known:
            return handled
        names: list[ast.expr] = [ast.copy_location(ast.Name(word, ast.Load()), handled) for word in words]
        return _caught_by(
            names[0] if len(names) == 1 else ast.copy_location(ast.Tuple(names, ast.Load()), handled)
        )

    def call(self, call: ast.Call) -> ast.Call:
        """The call by the function's own name; the call itself where it has no other."""
        function = call.func
        if isinstance(function, ast.Name) and not self._origins.is_detour(function):
            return call
        if not isinstance(function, ast.Name | ast.Subscript | ast.BoolOp | ast.IfExp | ast.NamedExpr):
            return call
        plain = self._origins.by_own_name(function)
        if plain is None:
            return call
        # A choice between functions is the first of them here: the others, and what decides, are used in the text.
        self._passed_over.update(each.id for each in ast.walk(function) if isinstance(each, ast.Name))
        return ast.copy_location(ast.Call(plain, call.args, call.keywords), call)

    def declared(self, statement: ast.AnnAssign) -> ast.Assign | None:
        """The assignment of a local name whose annotation, which nothing looks at, is left out."""
        target, value = statement.target, statement.value
        if value is None or not isinstance(target, ast.Name) or not statement.simple:
            return None
        self._passed_over |= names_of_type(statement.annotation)
        return ast.copy_location(ast.Assign([target], value), statement)

    def hides(self, symbol: str, node: Any, argument: object) -> bool:
        """Tells whether what pylint misses is there in the text, and only not where calls are written out.

        Args:
            symbol: The message.
            node: What pylint reports.
            argument: What the message is filled in with.
        """
        if symbol == "self-assigning-variable":
            return self._is_told_a_type(node.lineno, node.col_offset)
        if symbol == "multiple-statements":
            return (node.lineno, node.col_offset) not in self._stated
        if symbol == "unexpected-keyword-arg":
            # Who is handed a function may keep some arguments by name for itself.
            return self._is_handed(node)
        if symbol == "no-member":
            # Who asks by name knows that it need not exist, but for what the text has itself; a choice is made for that.
            place = node.lineno, node.col_offset
            return (place in self._looked_up and not _is_of_text(node)) or place in self._chosen
        if symbol not in _UNUSED or not self._passed_over:
            return False
        return not self._passed_over.isdisjoint(re.findall(r"\w+", str(argument)))

    @cached_property
    def _chosen(self) -> frozenset[tuple[int, int]]:
        """Where names are called that a choice binds: ``clock = time.perf_counter``, or ``time.clock`` elsewhere."""
        kinds, value = self._written.kinds, self._source.origins.value
        given = cast("Sequence[ast.Assign]", kinds.get(ast.Assign, ()))
        bound = {getattr(target, "id", "") for each in given for target in each.targets}
        names = (each.func for each in cast("Sequence[ast.Call]", kinds.get(ast.Call, ())))
        chosen = (
            each for each in names if isinstance(each, ast.Name) and each.id in bound and value(each) is each
        )
        return frozenset((name.lineno, name.col_offset) for name in chosen)

    @cached_property
    def _stated(self) -> frozenset[tuple[int, int]]:
        """Where statements are written, and not expressions that are some."""
        stated = (node for node in self._written.order if isinstance(node, ast.stmt))
        return frozenset((node.lineno, node.col_offset) for node in stated)

    def _is_handed(self, node: Any) -> bool:
        """Tells whether a call is one that hands what is called on: ``client.submit(work, key=1)``."""
        function = getattr(node, "func", None)
        calls = cast("Sequence[ast.Call]", self._written.kinds.get(ast.Call, ()))
        return function is not None and any(
            call.args and ast.unparse(call.args[0]) == function.as_string()
            for call in calls
            if (call.lineno, call.col_offset) == (node.lineno, node.col_offset)
        )

    def _is_told_a_type(self, line: int, column: int) -> bool:
        """Tells whether a name gets itself by a cast, which is left out: to what it casts tells a type checker something."""
        assignments = cast("Sequence[ast.Assign]", self._written.kinds.get(ast.Assign, ()))
        values = (
            assignment.value
            for assignment in assignments
            for target in assignment.targets
            if (target.lineno, target.col_offset) == (line, column)
        )
        return any(isinstance(value, ast.Call) and _casts_to_a_type(value) for value in values)


def _named_in_comments(source: Source) -> Iterator[str]:
    """The names in the types that comments give: ``rows = []  # type: list[Row]``."""
    if _TYPE_COMMENT.search(source.text):
        comments = (token.string for token in source.tokens if token.type == tokenize.COMMENT)
        for said in filter(None, map(_TYPE_COMMENT.match, comments)):
            yield from re.findall(r"\w+", said[1])


def _casts_to_a_type(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name != "cast" or not call.args:
        return False
    kind = call.args[0]
    said = kind.value if isinstance(kind, ast.Constant) else ast.unparse(kind)
    return str(said).rpartition(".")[2] != "Any"


def _caught_by(handled: ast.expr | None) -> ast.expr | None:
    """``Exception``, where so many errors that have nothing to do with each other are caught by their names."""
    if not isinstance(handled, ast.Tuple):
        return handled
    names = {each.id for each in handled.elts if isinstance(each, ast.Name)}
    if len(names & _UNRELATED) < _ALL_OF_THEM:
        return handled
    return ast.copy_location(ast.Name("Exception", ast.Load()), handled)


def joined(sum_of: ast.BinOp) -> ast.Constant | None:
    """The text that written texts are put together to with ``+``; None where something else is a part of it."""
    parts: list[str] = []
    pending: list[ast.expr] = [sum_of]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            pending += [part.left, part.right]
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            parts.append(part.value)
        else:
            return None
    return ast.copy_location(ast.Constant("".join(reversed(parts))), sum_of)


def _is_of_text(node: Any) -> bool:
    """Tells whether the object whose attribute is looked up is one of a class of the text, which says what it has."""
    from pylint.checkers import utils  # heavy

    owner: Any = utils.safe_infer(node.expr)
    return owner is not None and owner.root() is node.root()
