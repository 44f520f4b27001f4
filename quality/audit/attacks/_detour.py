"""Functions called, and texts and switches given, by a detour that hides what they are."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import functions, statements
from quality.audit.attacks._attack import Family
from quality.audit.attacks._rewriter import Rewriter

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = Family("detour", "Functions, switches and texts by a detour that hides what they are.")


@FAMILY.tree()
def another_name(tree: ast.Module) -> bool:
    """Gives every function of a module a name of this module's own."""
    return _renamed(tree, lambda names: [f"{_own(name)} = {name}" for name in names], _own)


@FAMILY.tree()
def table(tree: ast.Module) -> bool:
    """Calls functions of modules out of a table."""

    def head(names: list[str]) -> list[str]:
        return ["ACTIONS = {" + ", ".join(f"{_own(name)!r}: {name}" for name in names) + "}"]

    return _renamed(tree, head, lambda name: f"ACTIONS[{_own(name)!r}]")


@FAMILY.tree()
def attribute_by_name(tree: ast.Module) -> bool:
    """Looks methods and functions up by their names."""
    return _called(tree, lambda function: _call("getattr", function.value, ast.Constant(function.attr)))


@FAMILY.tree()
def module_dictionary(tree: ast.Module) -> bool:
    """Looks functions of modules up in the dictionaries of these."""
    modules = _modules(tree)

    def found(function: ast.Attribute) -> ast.expr:
        if getattr(function.value, "id", "") not in modules:
            return function
        return ast.Subscript(_call("vars", function.value), ast.Constant(function.attr), ast.Load())

    return _called(tree, found) and bool(modules)


@FAMILY.tree()
def module_by_name(tree: ast.Module) -> bool:
    """Imports modules by calls."""
    modules = _modules(tree)
    if not modules:
        return False
    _drop_imports(tree)
    tree.body[:0] = [
        *statements("import importlib"),
        *(s for name in modules for s in statements(f"{name} = importlib.import_module({name!r})")),
    ]
    return True


@FAMILY.tree()
def filled_in(tree: ast.Module) -> bool:
    """Calls functions with nothing, their arguments filled in before."""
    changed = False
    for node in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        inner = ast.Call(ast.Name("partial", ast.Load()), [node.func, *node.args], node.keywords)
        node.func, node.args, node.keywords = inner, [], []
        changed = True
    if changed:
        tree.body[_head(tree) : _head(tree)] = statements("from functools import partial")
    return changed


@FAMILY.tree()
def spread_switches(tree: ast.Module) -> bool:
    """Gives arguments by name in a dictionary that is spread."""
    changed = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.keywords and all(keyword.arg for keyword in node.keywords):
            keys: list[ast.expr | None] = [ast.Constant(keyword.arg) for keyword in node.keywords]
            node.keywords = [ast.keyword(None, ast.Dict(keys, [keyword.value for keyword in node.keywords]))]
            changed = True
    return changed


@FAMILY.tree()
def default_argument(tree: ast.Module) -> bool:
    """Hands modules to functions as defaults of their parameters."""
    modules = _modules(tree)
    changed = False
    for function in functions(tree):
        inside = [node for statement in function.body for node in ast.walk(statement)]
        used = {node.id for node in inside if isinstance(node, ast.Name)}.intersection(modules)
        if function.args.kwarg or not used:
            continue
        for name in sorted(used):
            function.args.kwonlyargs.append(ast.arg(f"{name}_module"))
            function.args.kw_defaults.append(ast.Name(name, ast.Load()))
        for node in inside:
            if isinstance(node, ast.Name) and node.id in used:
                node.id = f"{node.id}_module"
        changed = True
    return changed


@FAMILY.tree()
def filled_template(tree: ast.Module) -> bool:
    """Puts texts together by templates that are filled from dictionaries."""
    return _Filling().rewrites(tree)


@FAMILY.tree()
def joining_helper(tree: ast.Module) -> bool:
    """Puts texts together in a function of this module."""
    joins = _Joining().rewrites(tree)
    if joins:
        helper = (
            'def build_text(*parts):\n    """Joins parts."""\n    return "".join(str(part) for part in parts)'
        )
        tree.body[_head(tree) : _head(tree)] = statements(helper)
    return joins


@FAMILY.tree()
def read_for_nothing(tree: ast.Module) -> bool:
    """Reads every local name once at the end of its function, for nothing."""
    changed = False
    for function in functions(tree):
        inside = [node for statement in function.body for node in ast.walk(statement)]
        names = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        shared = {name for n in inside if isinstance(n, ast.Global | ast.Nonlocal) for name in n.names}
        kept = sorted(names - shared)
        if kept:
            at = len(function.body) - isinstance(function.body[-1], ast.Return | ast.Raise)
            function.body[at:at] = statements(f"_ = ({', '.join(kept)},)")
            changed = True
    return changed


class _Filling(Rewriter):
    """Turns formatted texts into templates whose fields a dictionary fills."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        self.changed = True
        values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        keys: list[ast.expr | None] = [ast.Constant(f"v{place}") for place in range(len(values))]
        fields = iter(keys)
        text = "".join(
            str(part.value).replace("{", "{{").replace("}", "}}")
            if isinstance(part, ast.Constant)
            else f"{{{getattr(next(fields), 'value', '')}}}"
            for part in node.values
        )
        owner = ast.Attribute(ast.Constant(text), "format_map", ast.Load())
        return ast.Call(owner, [ast.Dict(keys, values)], [])


class _Joining(Rewriter):
    """Replaces formatted texts by calls of a helper."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
        self.changed = True
        return _call("build_text", *parts)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Add) or not (_is_text(node.left) or _is_text(node.right)):
            return node
        self.changed = True
        return _call("build_text", node.left, node.right)


def _is_text(node: ast.expr) -> bool:
    built = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "build_text"
    return built or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _renamed(tree: ast.Module, head: Callable[[list[str]], list[str]], name_of: Callable[[str], str]) -> bool:
    """Puts another expression in the place of every function of a module that is called."""
    modules = _modules(tree)
    names: list[str] = []
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        function = call.func
        if isinstance(function, ast.Attribute) and getattr(function.value, "id", "") in modules:
            dotted = ast.unparse(function)
            names += [dotted] if dotted not in names else []
            call.func = ast.parse(name_of(dotted), mode="eval").body
    at = _head(tree)
    tree.body[at:at] = [s for line in (head(names) if names else []) for s in statements(line)]
    return bool(names)


def _called(tree: ast.Module, change: Callable[[ast.Attribute], ast.expr]) -> bool:
    """Changes what stands in the place of every attribute that is called."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    changed = False
    for call in calls:
        before = call.func
        call.func = change(before) if isinstance(before, ast.Attribute) else before
        changed |= call.func is not before
    return changed


def _own(dotted: str) -> str:
    return dotted.replace(".", "_").upper()


def _call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def _modules(tree: ast.Module) -> list[str]:
    """The modules that are imported at the top under their own names, each once."""
    aliases = (alias for s in tree.body if isinstance(s, ast.Import) for alias in s.names)
    return list(
        dict.fromkeys(alias.name for alias in aliases if alias.asname is None and "." not in alias.name)
    )


def _drop_imports(tree: ast.Module) -> None:
    """Takes away what ``_modules`` finds."""
    names = _modules(tree)
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            statement.names = [a for a in statement.names if a.asname is not None or a.name not in names]
    tree.body = [s for s in tree.body if not isinstance(s, ast.Import) or s.names]


def _head(tree: ast.Module) -> int:
    """Where the first statement stands that is neither the docstring nor an import."""
    kept = (ast.Import, ast.ImportFrom)
    places = (
        place
        for place, statement in enumerate(tree.body)
        if not isinstance(statement, kept)
        and not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    )
    return next(places, len(tree.body))
