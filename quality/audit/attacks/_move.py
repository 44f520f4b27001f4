"""The same code in another place."""

from __future__ import annotations

import ast

from quality.audit._trees import (
    code_of,
    functions,
    indented,
    insert_top,
    is_idle,
    is_plain,
    parameters,
    set_code,
    statements,
)
from quality.audit.attacks import _filler as filler
from quality.audit.attacks._attack import Family
from quality.audit.attacks._pad import PADDING
from quality.model import BUILTINS

FAMILY = Family("move", "The same code in another place.")


@FAMILY.text(bound=PADDING)
def into_good_file(code: str) -> str | None:
    """Pastes the code into the middle of clean code."""
    if "__future__" in code:
        return None
    return f"{filler.distinct_functions()}\n\n{code}\n\n{filler.trivial_functions(10)}"


@FAMILY.text(bound=PADDING)
def into_large_good_file(code: str) -> str | None:
    """Pastes the code into a clean file of 80 definitions."""
    return None if "__future__" in code else f"{filler.many_functions()}\n\n{code}\n"


@FAMILY.tree()
def into_class(tree: ast.Module) -> bool:
    """Makes every function without a decorator a static method of one class, unless code outside of functions names it."""
    moved = [each for each in _unnamed_functions(tree) if not each.decorator_list]
    if not moved:
        return False
    calls = _OfToolbox({function.name for function in moved})
    for function in moved:
        function.decorator_list.append(ast.Name("staticmethod"))
        function.body = [calls.visit(statement) for statement in function.body]
    holder = statements("class Toolbox:\n    '''Holds the functions.'''")[0]
    if isinstance(holder, ast.ClassDef):
        holder.body += moved
    tree.body = [*(node for node in tree.body if node not in moved), holder]
    return True


class _OfToolbox(ast.NodeTransformer):
    """Names functions as the static methods that they became."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names or not isinstance(node.ctx, ast.Load):
            return node
        return ast.Attribute(ast.Name("Toolbox", ast.Load()), node.id, ast.Load())


@FAMILY.tree()
def into_one_function(tree: ast.Module) -> bool:
    """Nests every function inside of one function, but for those that the code outside of functions names."""
    moved = _unnamed_functions(tree)
    if not moved:
        return False
    names = ", ".join(node.name for node in moved)
    outer = statements(f"def build():\n    '''Builds the functions.'''\n    return ({names},)")[0]
    if isinstance(outer, ast.FunctionDef):
        outer.body[1:1] = moved
    tree.body = [*(node for node in tree.body if node not in moved), outer]
    return True


@FAMILY.tree()
def into_closures(tree: ast.Module) -> bool:
    """Moves every body into a closure that is called at once."""
    changed = False
    for function in functions(tree):
        if is_plain(function):
            set_code(function, [_closure(function), *statements("return work()")])
            changed = True
    return changed


@FAMILY.tree()
def into_thread(tree: ast.Module) -> bool:
    """Moves every body into a closure that a thread runs, for which the function waits."""
    changed = False
    for function in functions(tree):
        if isinstance(function, ast.FunctionDef) and is_plain(function) and code_of(function):
            waits = "with ThreadPoolExecutor() as pool:\n    return pool.submit(work).result()"
            set_code(function, [_closure(function), *statements(waits)])
            changed = True
    if changed:
        insert_top(tree, statements("from concurrent.futures import ThreadPoolExecutor"))
    return changed


def _closure(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    """A function ``work`` with the code of another."""
    inner = statements("def work():\n    pass")[0]
    if isinstance(inner, ast.FunctionDef):
        inner.body = code_of(function) or inner.body
    return inner


@FAMILY.tree()
def into_inner_class(tree: ast.Module) -> bool:
    """Moves every body into the call operator of a class inside of the function."""
    changed = False
    for function in functions(tree):
        if not is_plain(function):
            continue
        names = ", ".join(parameters(function))
        receiver = "worker" if "self" in parameters(function) else "self"
        text = (
            f"class Worker:\n    def __call__({receiver}, {names}):\n        pass\nreturn Worker()({names})"
        )
        holder, call = statements(text)
        if isinstance(holder, ast.ClassDef) and isinstance(holder.body[0], ast.FunctionDef):
            holder.body[0].body = code_of(function) or holder.body[0].body
        set_code(function, [holder, call])
        changed = True
    return changed


@FAMILY.text()
def under_type_checking(code: str) -> str | None:
    """Puts everything where only type checkers are said to look."""
    if "__future__" in code:
        return None
    return f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n{indented(code)}"


@FAMILY.tree()
def unused_imports_for_types(tree: ast.Module) -> bool:
    """Puts imports that nothing uses where only type checkers look."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    unused = [
        node
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and getattr(node, "module", "") != "__future__"
        and all((alias.asname or alias.name).partition(".")[0] not in used for alias in node.names)
    ]
    guard, kept = statements("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass")
    if isinstance(kept, ast.If) and unused:
        kept.body = [*unused]
        tree.body = [node for node in tree.body if node not in unused]
        insert_top(tree, [guard, kept])
    return bool(unused)


@FAMILY.text()
def under_not_type_checking(code: str) -> str | None:
    """Puts everything where type checkers do not look."""
    if "__future__" in code:
        return None
    return f"from typing import TYPE_CHECKING\n\nif not TYPE_CHECKING:\n{indented(code)}"


@FAMILY.text()
def under_main_guard(code: str) -> str | None:
    """Puts everything below the main guard."""
    return None if "__future__" in code else f"if __name__ == '__main__':\n{indented(code)}"


@FAMILY.tree()
def under_decorator(tree: ast.Module) -> bool:
    """Decorates every function with one that passes everything on."""
    for function in functions(tree):
        function.decorator_list.append(ast.Name("traced"))
    wrapper = "def traced(function):\n    '''Passes calls on.'''\n    return function"
    insert_top(tree, statements(wrapper))
    return bool(functions(tree))


@FAMILY.tree()
def into_module_code(tree: ast.Module) -> bool:
    """Unwraps functions without results, so that their bodies are the module's own code."""
    body: list[ast.stmt] = []
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        free = isinstance(node, ast.FunctionDef) and is_plain(node) and not _returns(node)
        if isinstance(node, ast.FunctionDef) and (node.decorator_list or node.name in named):
            free = False  # others could not find it
        code = code_of(node) if free and isinstance(node, ast.FunctionDef) else []
        body += code if isinstance(node, ast.FunctionDef) and code and _is_work(node, code) else [node]
    changed = body != tree.body
    tree.body = body or statements("pass")
    return changed


def _is_work(function: ast.FunctionDef, code: list[ast.stmt]) -> bool:
    """To unwrap what does nothing, or has no look at what it is given, would delete a stub: its promise goes with its header.

    Unless it raises: then nobody can import the module.
    """
    read = {node.id for each in code for node in ast.walk(each) if isinstance(node, ast.Name)}
    deaf = bool(parameters(function)) and read.isdisjoint(parameters(function))
    raises = any(isinstance(each, ast.Raise) for each in code)
    return not all(map(_does_nothing, code)) and (raises or not deaf)


def _does_nothing(statement: ast.stmt) -> bool:
    alone = isinstance(statement, ast.Expr) and not any(isinstance(n, ast.Call) for n in ast.walk(statement))
    return alone or is_idle(statement)


def _returns(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Return | ast.Nonlocal | ast.Global) for node in ast.walk(function))


def _unnamed_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of the module that its code outside of functions does not need under their names.

    One that hides a builtin stays: where it is hidden no more, the code is better.
    """
    kept = (each for each in tree.body if not isinstance(each, ast.FunctionDef))
    named = {node.id for each in kept for node in ast.walk(each) if isinstance(node, ast.Name)}
    taken = named | BUILTINS
    return [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name not in taken]
