"""Small questions about syntax trees that rules ask again and again."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quality.model import is_docstring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode

#: Nodes that open a scope of their own.
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
#: Methods of a log, and what a log is called.
_LEVELS = frozenset({"debug", "info", "warning", "error", "critical", "exception", "log"})
_LOGS = frozenset({"log", "logger", "logging"})
#: Statements behind which no statement of the same block runs.
TERMINAL = (ast.Return, ast.Raise, ast.Continue, ast.Break)
#: What binds a name to a value of its own: with a type or without, in a statement or inside of an expression.
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.NamedExpr)
#: Fields of nodes that say nothing more of the code.
_NO_CODE = frozenset({"ctx", "kind"})
#: Loops.
LOOPS = (ast.For, ast.AsyncFor, ast.While)
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_LONGEST_NAME = 100


def dotted_name(node: ast.AST) -> str:
    """``a.b.c`` of a name or an attribute of names; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def targets_of(node: ast.AST | None) -> Sequence[ast.expr]:
    """What one of ``ASSIGNMENTS`` binds, ``x: int`` without a value too; nothing for any other node."""
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, (ast.AnnAssign, ast.NamedExpr)) else []


def sides_of(comparison: ast.Compare) -> tuple[ast.expr, ast.expr]:
    """The first two sides of a comparison; of ``==`` and ``!=`` a constant, which may stand on either, is the second."""
    first, second = comparison.left, comparison.comparators[0]
    turned = isinstance(comparison.ops[0], (ast.Eq, ast.NotEq)) and isinstance(first, ast.Constant)
    return (second, first) if turned else (first, second)


def last_word(node: ast.AST | None) -> str:
    """``c`` of an attribute ``….c`` or of a name ``c``; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_name(node: ast.AST) -> str:
    """``a`` of ``a.b[0].c`` or ``*a``; empty for what begins with no name."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


#: What a version of Python is kept under.
_VERSION = re.compile(r"(?:^|[._])(?:(?:IS_?)?PY(?:THON)?_?[23]\d*(?:_|$)|PYTHON_VERSION)", re.IGNORECASE)


@lru_cache(4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, in either way of writing them together, in small letters."""
    return frozenset(word.lower() for word in _WORD.findall(name[:_LONGEST_NAME]))


def names_version(name: str) -> bool:
    """Tells whether a dotted name is one that versions of Python are kept under: ``six.PY2``, ``is_py3``, ``PYTHON_VERSION``."""
    return _VERSION.search(name[-_LONGEST_NAME:]) is not None


def body_of(function: FunctionNode) -> Sequence[ast.stmt]:
    """A function's statements without its docstring."""
    return function.body[1:] if is_docstring(function, function.body[0]) else function.body


def positional_of(arguments: ast.arguments) -> list[ast.arg]:
    """The parameters that may be given by their places, packed ones aside."""
    return [*arguments.posonlyargs, *arguments.args]


def with_defaults(arguments: ast.arguments) -> list[tuple[ast.arg, ast.expr | None]]:
    """The parameters, packed ones aside, in the order of the text, each with its default or None."""
    places = positional_of(arguments)
    missing = len(places) - len(arguments.defaults)
    pairs = list(zip(places, [*[None] * missing, *arguments.defaults], strict=True))
    return [*pairs, *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]


def is_placeholder(statement: ast.stmt) -> bool:
    """Tells whether a statement only keeps a place: ``pass``, or a constant for itself, such as ``...`` or a text."""
    alone = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return alone or isinstance(statement, ast.Pass)


def is_for_log(statement: ast.stmt) -> bool:
    """Tells whether a statement only writes a line to a log."""
    return isinstance(statement, ast.Expr) and is_log_call(statement.value)


def is_log_call(call: ast.expr) -> bool:
    """Tells whether an expression writes a line to a log, as its names say."""
    function = call.func if isinstance(call, ast.Call) else None
    if not isinstance(function, ast.Attribute) or function.attr not in _LEVELS:
        return False
    return last_word(function.value).lower().strip("_") in _LOGS


def is_literal(node: ast.AST | None) -> bool:
    """Tells whether an expression is a constant, a signed number, or a display of nothing but such."""
    pending = [node]
    while pending:
        entry = pending.pop()
        if isinstance(entry, (ast.List, ast.Tuple, ast.Set)):
            pending.extend(entry.elts)
        elif isinstance(entry, ast.Dict):
            pending.extend([*entry.keys, *entry.values])
        elif isinstance(entry, ast.UnaryOp) and isinstance(entry.op, ast.USub | ast.UAdd):
            pending.append(entry.operand)
        elif not isinstance(entry, ast.Constant):
            return False
    return True


def is_choice(index: ast.Subscript) -> bool:
    """Tells whether a condition is the index of what is written there, and so chooses between its entries."""
    match index.slice:
        case (
            ast.Compare()
            | ast.BoolOp()
            | ast.UnaryOp(op=ast.Not())
            | ast.Call(func=ast.Name(id="bool" | "int"))
        ):
            return isinstance(index.value, ast.Tuple | ast.List | ast.Dict)
    return False


def is_junction(node: ast.AST) -> bool:
    """Tells whether ``all()`` or ``any()`` of written entries stands for ``and`` or ``or``."""
    match node:
        case ast.Call(
            func=ast.Name(id="all" | "any"),
            args=[ast.Tuple(elts=entries) | ast.List(elts=entries)],
            keywords=[],
        ):
            return len(entries) > 1
    return False


def is_filtered(loop: ast.AST) -> bool:
    """Tells whether a loop goes through what a comprehension written there lets through: the condition is the loop's own."""
    iterable = getattr(loop, "iter", None)
    if not isinstance(iterable, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return False
    return any(clause.ifs for clause in iterable.generators)


def is_type_checking(test: ast.expr) -> bool:
    """Tells whether a condition holds for type checkers only."""
    return dotted_name(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def is_text(node: ast.AST) -> bool:
    """Tells whether an expression is a string for certain."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod) and (is_text(node.left) or is_text(node.right))
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Name):
            return function.id in {"str", "repr", "chr", "format", "ascii", "hex", "bin", "oct"}
        return (
            isinstance(function, ast.Attribute) and is_text(function.value) and function.attr in _TEXT_METHODS
        )
    return isinstance(node, ast.JoinedStr)


#: Methods of a string that return a string.
_TEXT_METHODS = frozenset({"format", "join", "lower", "replace", "rjust", "ljust", "strip", "upper", "zfill"})


def same_code(first: object, second: object) -> bool:
    """Tells whether two nodes, or lists of nodes, are the same code; layout and comments don't count."""
    pending = [(first, second)]
    while pending:
        one, two = pending.pop()
        if type(one) is not type(two):
            return False
        if isinstance(one, ast.AST):
            names = _CODE_FIELDS[type(one)]
            pending += [(getattr(one, name, None), getattr(two, name, None)) for name in names]
        elif isinstance(one, list) and isinstance(two, list):
            if len(one) != len(two):
                return False
            pending.extend(zip(one, two, strict=True))
        elif one != two:
            return False
    return True


class _CodeFields(dict[type[ast.AST], tuple[str, ...]]):
    """Node type → its fields, those aside that say nothing more of the code."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = self[kind] = tuple(name for name in kind._fields if name not in _NO_CODE)
        return fields


_CODE_FIELDS = _CodeFields()


def decorators(node: FunctionNode | ast.ClassDef) -> tuple[str, ...]:
    """Last words of the decorators' names (``abc.abstractmethod`` → ``abstractmethod``)."""
    targets = (entry.func if isinstance(entry, ast.Call) else entry for entry in node.decorator_list)
    return tuple(dotted_name(target).rpartition(".")[2] for target in targets)


def shorten(text: str, limit: int = 40) -> str:
    """Text of the source for a message: on one line and not longer than ``limit``."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"
