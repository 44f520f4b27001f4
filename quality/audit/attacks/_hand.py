"""Functions of modules that others are handed to call them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import code_of as body_of
from quality.audit._trees import functions, insert_top, is_plain, parameters, set_code, statements
from quality.audit.attacks._attack import Family
from quality.audit.attacks._rewriter import Rewriter

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = Family("hand", "Functions of modules, and values, that are handed to others which use them.")
#: Scopes in which a name could mean something else, and statements that take names from around.
_SCOPES = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.Global, ast.Nonlocal, ast.ExceptHandler, ast.Match, ast.Import, ast.ImportFrom),
)


@FAMILY.tree()
def to_pool(tree: ast.Module) -> bool:
    """Has functions of modules called by a pool of threads, and waits for it."""
    return _handed(
        tree,
        lambda given: f"ThreadPoolExecutor().submit({given}).result()",
        "from concurrent.futures import ThreadPoolExecutor",
    )


@FAMILY.tree()
def values_to_dictionary(tree: ast.Module) -> bool:
    """Keeps the values of a function in a dictionary instead of in local names."""
    changed = False
    for function in functions(tree):
        inside = [node for each in function.body for node in ast.walk(each)]
        names = {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        named = names.difference(parameters(function))
        if (
            named
            and is_plain(function)
            and not any(isinstance(each, (*_SCOPES, ast.NamedExpr)) for each in inside)
        ):
            entries = _Entries(named)
            set_code(
                function, [*statements("held = {}"), *(entries.visit(each) for each in body_of(function))]
            )
            changed = True
    return changed


@FAMILY.tree()
def to_context(tree: ast.Module) -> bool:
    """Has functions of modules called in a copy of the context."""
    return _handed(tree, lambda given: f"copy_context().run({given})", "from contextvars import copy_context")


@FAMILY.tree()
def to_operator(tree: ast.Module) -> bool:
    """Has functions of modules called by a function that calls functions."""
    return _handed(tree, lambda given: f"operator.call({given})", "import operator")


@FAMILY.tree()
def values_to_object(tree: ast.Module) -> bool:
    """Keeps the values of local names as attributes of an object."""
    changed = [_keep(each, "held") for each in functions(tree)]
    for function, kept in zip(functions(tree), changed, strict=True):
        if kept:
            set_code(function, [*statements("held = SimpleNamespace()"), *body_of(function)])
    if any(changed):
        insert_top(tree, statements("from types import SimpleNamespace"))
    return any(changed)


@FAMILY.tree()
def values_to_class(tree: ast.Module) -> bool:
    """Keeps the values of local names as attributes of a class of the module."""
    changed = [_keep(each, "Held") for each in functions(tree)]
    if any(changed):
        insert_top(tree, statements("class Held:\n    '''Holds values.'''"))
    return any(changed)


def _keep(function: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> bool:
    """Writes the local names of a function as attributes; false where it has none, or scopes of its own."""
    inside = [node for statement in function.body for node in ast.walk(statement)]
    if any(isinstance(node, _SCOPES) for node in inside):
        return False
    names = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names -= set(parameters(function))
    for statement in function.body:
        _Kept(names, owner).visit(statement)
    return bool(names)


class _Kept(ast.NodeTransformer):
    """Replaces names by attributes."""

    def __init__(self, names: set[str], owner: str) -> None:
        self._names = names
        self._owner = owner

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names:
            return node
        return ast.Attribute(ast.Name(self._owner, ast.Load()), node.id, node.ctx)


def _handed(tree: ast.Module, call: Callable[[str], str], head: str) -> bool:
    """Hands functions of modules that are imported at the top, with their arguments, to what calls them."""
    imports = (statement for statement in tree.body if isinstance(statement, ast.Import))
    modules = {alias.name for statement in imports for alias in statement.names if not alias.asname}
    handed = _Handed(modules, call).rewrites(tree)
    if handed:
        insert_top(tree, statements(head))
    return handed


class _Handed(Rewriter):
    """Replaces calls of functions of modules."""

    def __init__(self, modules: set[str], call: Callable[[str], str]) -> None:
        self._modules = modules
        self._call = call

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = node.func
        if not isinstance(function, ast.Attribute) or getattr(function.value, "id", "") not in self._modules:
            return node
        self.changed = True
        given = [*map(ast.unparse, (function, *node.args)), *map(ast.unparse, node.keywords)]
        return ast.parse(self._call(", ".join(given)), mode="eval").body


class _Entries(ast.NodeTransformer):
    """Makes names entries of a dictionary."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return (
            ast.Subscript(ast.Name("held", ast.Load()), ast.Constant(node.id), node.ctx)
            if node.id in self._names
            else node
        )
