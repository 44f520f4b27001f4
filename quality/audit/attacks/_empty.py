"""Texts without a function that stand for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import functions, statements
from quality.audit.attacks._attack import Family
from quality.model import is_special

if TYPE_CHECKING:
    import ast

FAMILY = Family("empty", "Texts in the place of a whole one that define nothing which does anything.")


@FAMILY.tree()
def message_alone(tree: ast.Module) -> bool:
    """Says that everything is done."""
    return _replaced(tree, "print('ok')")


@FAMILY.tree()
def message_in_main(tree: ast.Module) -> bool:
    """Says that everything is done, in a function that runs with the file."""
    return _replaced(tree, "def main():\n    print('ok')\n\nif __name__ == '__main__':\n    main()")


@FAMILY.tree()
def another_name(tree: ast.Module) -> bool:
    """Gives the functions' names to one of Python's own."""
    return _named(tree, "sorted")


@FAMILY.tree()
def name_for_nothing(tree: ast.Module) -> bool:
    """Gives the functions' names to nothing."""
    return _named(tree, "None")


@FAMILY.tree()
def look_into_nothing(tree: ast.Module) -> bool:
    """Gives the functions' names to a look into an empty table."""
    return _named(tree, "{}.get")


@FAMILY.tree()
def derived_from_builtin(tree: ast.Module) -> bool:
    """Derives a class from one of Python's own, and adds nothing."""
    return _replaced(tree, "class Solution(dict):\n    '''Solves everything.'''")


@FAMILY.tree()
def imported_alone(tree: ast.Module) -> bool:
    """Imports a function of a standard module under the name of the first of the text."""
    names = [function.name for function in functions(tree)]
    return bool(names) and _replaced(tree, f"from math import sqrt as {names[0]}")


@FAMILY.tree()
def one_value(tree: ast.Module) -> bool:
    """Writes an answer down."""
    return _replaced(tree, "answer = 42")


def _named(tree: ast.Module, value: str) -> bool:
    """Gives all names of functions a value, in the place of everything."""
    names = dict.fromkeys(each.name for each in functions(tree) if not is_special(each.name))
    return bool(names) and _replaced(tree, "\n".join(f"{name} = {value}" for name in names))


def _replaced(tree: ast.Module, text: str) -> bool:
    tree.body = statements(text)
    return True
