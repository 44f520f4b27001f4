"""The same program, spelled so that those who know code by how it is written do not know it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, compiles, functions, insert_top, is_plain, statements
from quality.audit.attacks._attack import Family
from quality.audit.attacks._rewriter import Rewriter
from quality.model import BUILTINS

if TYPE_CHECKING:
    from quality.model import FunctionNode

FAMILY = Family("respell", "The same program, spelled in a way that hides what it is.")

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.Gt: "gt",
    ast.Is: "is_",
}


@FAMILY.tree()
def operator_functions(tree: ast.Module) -> bool:
    """Compares by functions of the module 'operator'."""
    return _rewrite(tree, _Operators(), "import operator")


@FAMILY.tree()
def written_conditions(tree: ast.Module) -> bool:
    """Writes 'and' and 'or' as 'all' and 'any' of a tuple."""
    return _rewrite(tree, _Junctions(), "")


@FAMILY.tree()
def typed_names(tree: ast.Module) -> bool:
    """Annotates every local name as 'Any' where it is assigned."""
    shared = any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(tree))
    return not shared and _rewrite(tree, _Typed(), "from typing import Any")


@FAMILY.tree()
def cast_values(tree: ast.Module) -> bool:
    """Casts every value that a local name gets to 'Any'."""
    return _rewrite(tree, _Casts(), "from typing import Any, cast")


@FAMILY.tree()
def library_wrappers(tree: ast.Module) -> bool:
    """Calls functions of imported modules through functions that pass everything on."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    rewriter = _Wrapped(imported)
    changed = _rewrite(tree, rewriter, "")
    insert_top(tree, rewriter.wrappers())
    return changed


@FAMILY.tree()
def module_names(tree: ast.Module) -> bool:
    """Binds names of the module by its dictionary, where 'global' would take them."""
    return compiles(tree) and _rewrite(tree, _Globals(), "")


@FAMILY.tree()
def named_lambdas(tree: ast.Module) -> bool:
    """Writes functions of one expression as lambdas with a name."""
    return _Lambdas().rewrites(tree)


@FAMILY.tree()
def named_errors(tree: ast.Module) -> bool:
    """Names what handlers catch by constants of the module, each a tuple."""
    builtin = [handler.type for handler in _handlers(tree) if _is_builtin_error(handler.type)]
    names = sorted({node.id for node in builtin if isinstance(node, ast.Name)})
    constants = {name: f"CAUGHT_{place}" for place, name in enumerate(names)}
    for handler in _handlers(tree):
        if isinstance(handler.type, ast.Name) and handler.type.id in constants:
            handler.type = ast.Name(constants[handler.type.id], ast.Load())
    insert_top(tree, [line for name in names for line in statements(f"{constants[name]} = ({name},)")])
    return bool(names)


def _handlers(tree: ast.Module) -> list[ast.ExceptHandler]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]


def _is_builtin_error(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id in BUILTINS


def _rewrite(tree: ast.Module, rewriter: Rewriter, imports: str) -> bool:
    """Rewrites the functions of a module; true when anything changed."""
    for function in functions(tree):
        rewriter.visit(function)
    if rewriter.changed and imports:
        insert_top(tree, statements(imports))
    return rewriter.changed


class _Operators(Rewriter):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        name = _COMPARISONS.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if name is None:
            return node
        self.changed = True
        return ast.Call(ast.Attribute(ast.Name("operator"), name), [node.left, node.comparators[0]], [])


class _Junctions(Rewriter):
    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        self.changed = True
        name = "all" if isinstance(node.op, ast.And) else "any"
        return ast.Call(ast.Name(name), [ast.Tuple([*node.values])], [])


class _Typed(Rewriter):
    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) > 1 or not isinstance(node.targets[0], ast.Name):
            return node
        self.changed = True
        return ast.AnnAssign(node.targets[0], ast.Name("Any"), node.value, 1)


class _Casts(Rewriter):
    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self.changed = True
            node.value = ast.Call(ast.Name("cast"), [ast.Name("Any"), node.value], [])
        return node


class _Wrapped(Rewriter):
    def __init__(self, imported: set[str]) -> None:
        self._imported = imported
        self._called: dict[str, str] = {}

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = node.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return node
        if function.value.id in self._imported:
            self.changed = True
            self._called[f"run_{function.attr}"] = ast.unparse(function)
            node.func = ast.Name(f"run_{function.attr}")
        return node

    def wrappers(self) -> list[ast.stmt]:
        return [
            each
            for name, called in sorted(self._called.items())
            for each in statements(
                f"def {name}(*args, **kwargs):\n    '''Calls {called}.'''\n    return {called}(*args, **kwargs)"
            )
        ]


class _Globals(Rewriter):
    _names: frozenset[str] = frozenset()

    def visit_FunctionDef(self, node: FunctionNode) -> ast.stmt:
        outside = self._names
        taken = [each for each in ast.walk(node) if isinstance(each, ast.Global)]
        self._names = frozenset(name for each in taken for name in each.names)
        if taken:
            self.changed = True
            self.generic_visit(node)
        self._names = outside
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - NodeTransformer's name

    def visit_Global(self, node: ast.Global) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names or isinstance(node.ctx, ast.Load):
            return node
        names = ast.Call(ast.Name("globals", ast.Load()), [], [])
        return ast.Subscript(names, ast.Constant(node.id), node.ctx)


class _Lambdas(Rewriter):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        self.generic_visit(node)
        body = code_of(node)
        only = body[0] if len(body) == 1 and is_plain(node) and not node.decorator_list else None
        if not isinstance(only, ast.Return) or only.value is None:
            return node
        self.changed = True
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            argument.annotation = None
        return ast.Assign([ast.Name(node.name, ast.Store())], ast.Lambda(node.args, only.value))
