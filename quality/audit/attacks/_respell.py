"""The same program, spelled so that those who know code by how it is written do not know it."""

from __future__ import annotations

import ast

from quality.audit._trees import functions, insert_top, statements
from quality.audit.attacks._attack import Family

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


class _Rewriter(ast.NodeTransformer):
    changed = False


def _rewrite(tree: ast.Module, rewriter: _Rewriter, imports: str) -> bool:
    """Rewrites the functions of a module; true when anything changed."""
    for function in functions(tree):
        rewriter.visit(function)
    if rewriter.changed and imports:
        insert_top(tree, statements(imports))
    return rewriter.changed


class _Operators(_Rewriter):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        name = _COMPARISONS.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if name is None:
            return node
        self.changed = True
        return ast.Call(ast.Attribute(ast.Name("operator"), name), [node.left, node.comparators[0]], [])


class _Junctions(_Rewriter):
    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        self.changed = True
        name = "all" if isinstance(node.op, ast.And) else "any"
        return ast.Call(ast.Name(name), [ast.Tuple([*node.values])], [])


class _Typed(_Rewriter):
    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) > 1 or not isinstance(node.targets[0], ast.Name):
            return node
        self.changed = True
        return ast.AnnAssign(node.targets[0], ast.Name("Any"), node.value, 1)


class _Casts(_Rewriter):
    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self.changed = True
            node.value = ast.Call(ast.Name("cast"), [ast.Name("Any"), node.value], [])
        return node


class _Wrapped(_Rewriter):
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
