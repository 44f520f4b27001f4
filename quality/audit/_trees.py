"""Small tools on syntax trees and text that attacks and injectors share."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
import warnings
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from quality.model import FunctionNode, is_docstring, is_function

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_LAYOUT = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})


def compiles(tree: ast.Module) -> bool:
    """Tells whether Python compiles a tree: what makes it compile that did not improves it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(tree, "text", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def rewritten(tree: ast.Module) -> str:
    """The source of a changed tree."""
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def functions(tree: ast.AST) -> list[FunctionNode]:
    """The outermost functions and methods, in order."""
    found: list[FunctionNode] = []
    for child in ast.iter_child_nodes(tree):
        if is_function(child):
            found.append(child)
        else:
            found += functions(child)
    return found


def code_of(function: FunctionNode) -> list[ast.stmt]:
    """A function's body without its docstring."""
    return [statement for statement in function.body if not is_docstring(function, statement)]


def docstring_of(function: FunctionNode) -> list[ast.stmt]:
    """A function's docstring as a body of its own, or nothing."""
    return [statement for statement in function.body if is_docstring(function, statement)]


def set_code(function: FunctionNode, body: Iterable[ast.stmt]) -> None:
    """Replaces a function's body; its docstring stays."""
    function.body = [*docstring_of(function), *body]


def statements(text: str) -> list[ast.stmt]:
    """Parses statements."""
    return ast.parse(textwrap.dedent(text)).body


def parameters(function: FunctionNode) -> list[str]:
    """The names of all parameters."""
    arguments = function.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    listed += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return [argument.arg for argument in listed]


def is_plain(function: FunctionNode) -> bool:
    """True for a function that neither yields nor awaits: its body can become an expression's value."""
    special = ast.Yield | ast.YieldFrom | ast.Await | ast.AsyncFor | ast.AsyncWith
    return isinstance(function, ast.FunctionDef) and not any(
        isinstance(n, special) for n in ast.walk(function)
    )


def is_idle(statement: ast.stmt) -> bool:
    """True for a statement that does nothing."""
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def strip_comments(code: str) -> str:
    """Removes comments, and nothing else that means anything.

    Lines that held only a comment go; so do spaces before a comment.
    """
    lines = code.split("\n")
    dropped: set[int] = set()
    for token in tokens_of(code):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            kept = lines[row - 1][:column].rstrip()
            lines[row - 1] = kept
            if not kept:
                dropped.add(row - 1)
    return "\n".join(line for number, line in enumerate(lines) if number not in dropped)


def tokens_of(code: str) -> list[tokenize.TokenInfo]:
    """The tokens, or none where the text is not Python."""
    try:
        return list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return []


def behind_each_statement(code: str, suffix: str) -> str:
    """Writes something behind the last line of each statement that has no comment there."""
    lines = code.split("\n")
    tokens = tokens_of(code)
    for before, token in pairwise(tokens):
        if token.type == tokenize.NEWLINE and before.type != tokenize.COMMENT:
            lines[token.start[0] - 1] += suffix
    return "\n".join(lines)


def first_rows(code: str) -> list[int]:
    """The rows on which statements begin."""
    rows: list[int] = []
    begins = True
    for token in tokens_of(code):
        if token.type == tokenize.NEWLINE:
            begins = True
        elif begins and token.type not in _LAYOUT:
            rows.append(token.start[0])
            begins = False
    return rows


def indented(code: str, prefix: str = "    ") -> str:
    """Indents the lines of a code; those inside of strings keep their place."""
    inside: set[int] = set()
    for token in tokens_of(code):
        inside.update(range(token.start[0] + 1, token.end[0] + 1) if _is_text(token) else ())
    lines = code.split("\n")
    return "\n".join(
        f"{prefix}{line}" if line and number not in inside else line for number, line in enumerate(lines, 1)
    )


def _is_text(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.STRING or tokenize.tok_name[token.type].startswith("FSTRING")


def split_header(tree: ast.Module) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """What must stay at the top of a module (docstring, ``__future__``), and the rest."""
    header = list(takewhile(lambda s: is_docstring(tree, s) or _is_future(s), tree.body))
    return header, tree.body[len(header) :]


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def insert_top(tree: ast.Module, added: Sequence[ast.stmt]) -> None:
    """Puts statements at the top of a module, behind what must stay first."""
    head, rest = split_header(tree)
    tree.body = [*head, *added, *rest]
