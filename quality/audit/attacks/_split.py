"""The same code in more parts, cut where it means nothing."""

from __future__ import annotations

import ast

from quality.audit._trees import code_of, functions, insert_top, is_plain, set_code, statements
from quality.audit.attacks._attack import Family
from quality.audit.attacks._rewriter import Rewriter

_SIGNS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("add", "+"),
    ast.Sub: ("subtract", "-"),
    ast.Mult: ("multiply", "*"),
    ast.Mod: ("modulo", "%"),
}

#: What says where the code goes on, or whose a name is: it means something else in a function of its own.
_LEAVING = ast.Return | ast.Nonlocal | ast.Global | ast.Break | ast.Continue

FAMILY = Family("split", "The same code in more parts, cut where it means nothing.")


@FAMILY.tree()
def halves(tree: ast.Module) -> bool:
    """Cuts every body in the middle; the second part is a function that gets all local names."""
    changed = False
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef) and is_plain(node)]:
        body = code_of(function)
        if len(body) < 4 or _has(body, ast.Nonlocal | ast.Global):  # noqa: PLR2004 - too short to cut
            continue
        cut = len(body) // 2
        names = _bound(function, body[:cut])
        listed = ", ".join(names)
        rest = statements(f"def {function.name}_rest({listed}):\n    '''Goes on.'''")[0]
        if isinstance(rest, ast.FunctionDef):
            rest.body += body[cut:]
            tree.body.append(rest)
        set_code(function, [*body[:cut], *statements(f"return {function.name}_rest({listed})")])
        changed = True
    return changed


@FAMILY.tree()
def one_part_per_block(tree: ast.Module) -> bool:
    """Moves every loop and condition of a body into a nameless part that gets and gives back all names."""
    changed = False
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef) and is_plain(node)]:
        body: list[ast.stmt] = []
        for number, statement in enumerate(code_of(function)):
            kept = ", ".join(_bound(function, [*body, statement]))
            block = isinstance(statement, ast.For | ast.While | ast.If) and not _has([statement], _LEAVING)
            if block and kept:
                given = ", ".join(_bound(function, body))
                name = f"{function.name}_part_{number}"
                part = statements(f"def {name}({given}):\n    '''Works.'''")[0]
                if isinstance(part, ast.FunctionDef):
                    part.body += [statement, *statements(f"return ({kept},)")]
                    tree.body.append(part)
                body += statements(f"({kept},) = {name}({given})")
                changed = True
            else:
                body.append(statement)
        set_code(function, body)
    return changed


@FAMILY.tree()
def steps_of_loops(tree: ast.Module) -> bool:
    """Moves the body of every outermost loop into a numbered step that gets and gives back all names."""
    changed = False
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef) and is_plain(node)]:
        body = code_of(function)
        local = set(_bound(function, body))
        loops = [each for each in body if isinstance(each, ast.For) and not _has([each], _LEAVING)]
        for number, loop in enumerate(loops):
            tree.body += _step(f"{function.name}_step_{number}", loop, local)
            changed = True
    return changed


def _step(name: str, loop: ast.For, local: set[str]) -> list[ast.stmt]:
    """Exchanges the body of a loop for the call of a function, and gives the function."""
    nodes = [node for each in loop.body for node in ast.walk(each)]
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id in local]
    given = ", ".join(sorted({each.id for each in names}))
    kept = ", ".join(sorted({each.id for each in names if isinstance(each.ctx, ast.Store)}))
    made = statements(f"def {name}({given}):\n    '''Takes a step.'''")
    if isinstance(made[0], ast.FunctionDef):
        made[0].body += [*loop.body, *(statements(f"return ({kept},)") if kept else [])]
    loop.body = statements(f"({kept},) = {name}({given})" if kept else f"{name}({given})")
    return made


@FAMILY.tree()
def helper_per_operation(tree: ast.Module) -> bool:
    """Replaces every arithmetic operation by a documented helper of one line."""
    rewriter = _Helpers()
    rewriter.visit(tree)
    insert_top(tree, rewriter.helpers())
    return bool(rewriter.used)


@FAMILY.tree()
def twenty_helpers(tree: ast.Module) -> bool:
    """Replaces everything by 20 documented helpers of one line."""
    text = "".join(
        f"def step_{number}(value):\n    '''Takes step {number}.'''\n    return value + {number}\n\n"
        for number in range(20)
    )
    tree.body = statements(text)
    return True


@FAMILY.tree()
def strings(tree: ast.Module) -> bool:
    """Splits every string into a concatenation, so that no tool sees paths, commands or queries."""
    splitter = _Strings()
    inner: list[ast.AST] = [*functions(tree)]
    for node in inner or [tree]:
        _visit_code(splitter, node)
    return splitter.changed


@FAMILY.tree()
def attribute_names(tree: ast.Module) -> bool:
    """Reads attributes through 'getattr' with names that are put together."""
    return _Attributes().rewrites(tree)


@FAMILY.tree()
def conditions(tree: ast.Module) -> bool:
    """Gives every condition a name before it is asked."""
    return _Conditions().rewrites(tree)


def _has(nodes: list[ast.stmt], kinds: object) -> bool:
    return any(isinstance(each, kinds) for node in nodes for each in ast.walk(node))  # type: ignore[arg-type]


def _bound(function: ast.FunctionDef, body: list[ast.stmt]) -> list[str]:
    """Names that are bound in a function after the statements ran, sorted."""
    arguments = function.args
    names = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    pending: list[ast.AST] = [*body]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            pending += ast.iter_child_nodes(node)
    return sorted(names)


def _visit_code(visitor: ast.NodeTransformer, node: ast.AST) -> None:
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            visitor.visit(child)


class _Strings(Rewriter):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        return node if isinstance(node.value, ast.Constant) else super().generic_visit(node)  # type: ignore[return-value]

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.pattern:
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str) or len(node.value) < 4:  # noqa: PLR2004 - too short to hide
            return node
        self.changed = True
        cut = len(node.value) // 2
        return ast.BinOp(ast.Constant(node.value[:cut]), ast.Add(), ast.Constant(node.value[cut:]))


class _Attributes(Rewriter):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or len(node.attr) < 3:  # noqa: PLR2004 - too short to hide
            return node
        self.changed = True
        name = ast.BinOp(ast.Constant(node.attr[:2]), ast.Add(), ast.Constant(node.attr[2:]))
        return ast.Call(ast.Name("getattr"), [node.value, name], [])

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.pattern:
        return node


class _Conditions(Rewriter):
    def visit_If(self, node: ast.If) -> list[ast.stmt]:
        self.generic_visit(node)
        self.changed = True
        name = ast.Assign([ast.Name("condition", ast.Store())], node.test)
        return [name, ast.If(ast.Name("condition"), node.body, node.orelse)]


class _Helpers(ast.NodeTransformer):
    def __init__(self) -> None:
        self.used: set[tuple[str, str]] = set()

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        known = _SIGNS.get(type(node.op))
        if known is None:
            return node
        self.used.add(known)
        return ast.Call(ast.Name(f"{known[0]}_values"), [node.left, node.right], [])

    def helpers(self) -> list[ast.stmt]:
        return [
            each
            for name, sign in sorted(self.used)
            for each in statements(f"def {name}_values(a, b):\n    '''Does {name}.'''\n    return a {sign} b")
        ]
