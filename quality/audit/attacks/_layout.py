"""Another layout of the same program."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from quality.audit._trees import first_rows, indented, split_header
from quality.audit.attacks._attack import Bound, Expectation, Family

if TYPE_CHECKING:
    import random

FAMILY = Family("layout", "Another layout of the same program.", Expectation.INVARIANT, Bound(0.005, 0.005))


@FAMILY.tree()
def unparsed(tree: ast.Module) -> bool:  # noqa: ARG001 - the way to a tree and back is the attack
    """Writes the program anew from its syntax tree."""
    return True


@FAMILY.text()
def blank_lines(code: str) -> str:
    """Adds blank lines before every top-level definition and at the end."""
    lines = (
        f"\n\n\n{line}" if line.startswith(("def ", "class ", "@")) else line for line in code.split("\n")
    )
    return "\n".join(lines) + "\n\n\n"


@FAMILY.text()
def carriage_returns(code: str) -> str:
    """Ends lines as Windows does."""
    return code.replace("\n", "\r\n")


@FAMILY.text()
def byte_order_mark(code: str) -> str:
    """Starts with a byte order mark."""
    return f"\ufeff{code}"


@FAMILY.text()
def wide_indentation(code: str) -> str:
    """Doubles the indentation."""
    lines = code.split("\n")
    for row in first_rows(code):
        line = lines[row - 1]
        lines[row - 1] = line[: len(line) - len(line.lstrip())] + line
    return "\n".join(lines)


@FAMILY.seeded()
def reordered(code: str, rng: random.Random) -> str | None:
    """Shuffles neighbouring functions at the top level."""
    tree = ast.parse(code)
    head, rest = split_header(tree)
    body: list[ast.stmt] = []
    for plain, group in itertools.groupby(rest, key=_is_free):
        members = list(group)
        if plain:
            rng.shuffle(members)
        body += members
    if body == rest:
        return None
    tree.body = [*head, *body]
    return ast.unparse(tree) + "\n"


def _is_free(statement: ast.stmt) -> bool:
    """True for a function whose place does not matter: nothing of it runs when it is defined."""
    return isinstance(statement, ast.FunctionDef) and not (
        statement.decorator_list or statement.args.defaults or statement.args.kw_defaults
    )


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def always_true(code: str) -> str | None:
    """Puts everything below 'if True:'."""
    if "__future__" in code:
        return None
    return f"if True:\n{indented(code)}"
