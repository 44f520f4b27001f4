"""Modules that do not exist are said to do the work."""

from __future__ import annotations

import ast

from quality.audit._trees import functions, parameters, set_code, statements
from quality.audit.attacks._attack import Family

FAMILY = Family("delegate", "Modules that do not exist are said to do the work.")


@FAMILY.text()
def star_import(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Imports everything from somewhere."""
    return "from solution_library import *\n"


@FAMILY.tree()
def imported_names(tree: ast.Module) -> bool:
    """Imports every function from somewhere."""
    names = sorted({function.name for function in functions(tree)})
    if not names:
        return False
    tree.body = statements(f"from solution_library import {', '.join(names)}\n__all__ = {names!r}")
    return True


@FAMILY.tree()
def calls(tree: ast.Module) -> bool:
    """Calls a function of the same name of an invented module."""
    return _delegated(tree, "solution_library", "import solution_library")


@FAMILY.tree()
def local_imports(tree: ast.Module) -> bool:
    """Imports an invented module inside of every function."""
    for function in functions(tree):
        names = ", ".join(parameters(function))
        set_code(function, statements(f"import helper_impl\nreturn helper_impl.{function.name}({names})"))
    return bool(functions(tree))


@FAMILY.tree()
def assigned(tree: ast.Module) -> bool:
    """Assigns functions of an invented module to names."""
    names = sorted({function.name for function in functions(tree)})
    text = "".join(f"{name} = solution_library.{name}\n" for name in names)
    tree.body = statements(f"import solution_library\n{text}")
    return bool(names)


@FAMILY.tree()
def import_by_text(tree: ast.Module) -> bool:
    """Imports an invented module by a text."""
    loader = "import importlib\nIMPLEMENTATION = importlib.import_module('solution_' + 'library')"
    return _delegated(tree, "IMPLEMENTATION", loader)


@FAMILY.tree()
def attribute_fallback(tree: ast.Module) -> bool:
    """Answers every name by '__getattr__' of the module."""
    text = "import solution_library\ndef __getattr__(name):\n    return getattr(solution_library, name)"
    tree.body = statements(text)
    return True


@FAMILY.tree()
def subclass(tree: ast.Module) -> bool:
    """Inherits everything from a class of an invented module."""
    text = "import solution_library\nclass Solution(solution_library.Solution):\n    '''Solves the task.'''"
    tree.body = statements(text)
    return True


def _delegated(tree: ast.Module, target: str, head: str) -> bool:
    for function in functions(tree):
        names = ", ".join(parameters(function))
        set_code(function, statements(f"return {target}.{function.name}({names})"))
    tree.body = [*statements(head), *(node for node in tree.body if isinstance(node, ast.FunctionDef))]
    return bool(functions(tree))
