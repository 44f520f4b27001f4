"""Ways to write the same program otherwise, each a function from a text to another, or None where it has nothing to change.

What a program does stays the same, or nearly so where a name that is bound once more or a call of ``here()`` is all that
comes to it: a defect that was in it still is.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise
from typing import Any

Respelling = Callable[[str], "str | None"]


class _Change(ast.NodeTransformer):
    """Changes a tree, and counts how often."""

    def __init__(self) -> None:
        self.changes = 0

    def number(self) -> int:
        self.changes += 1
        return self.changes


def _by(change: type[_Change]) -> Respelling:
    def respelled(text: str) -> str | None:
        visitor = change()
        tree = visitor.visit(ast.parse(text))
        return _written(tree) if visitor.changes else None

    return respelled


def _written(tree: ast.AST) -> str:
    return f"{ast.unparse(ast.fix_missing_locations(tree))}\n"


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _is_plain(statement: ast.AST) -> bool:
    """Tells whether a statement binds one name and nothing else."""
    return (
        isinstance(statement, ast.Assign)
        and len(statement.targets) == 1
        and isinstance(statement.targets[0], ast.Name)
    )


# Where it stands.


def _is_of_module(node: ast.ImportFrom) -> bool:
    """Tells whether an import can only stand in the module itself."""
    return node.module == "__future__" or node.names[0].name == "*"


def _inside(block: str, end: str = "") -> Respelling:
    """Puts the whole text into a block of the module."""

    def respelled(text: str) -> str | None:
        tree = ast.parse(text)
        if any(isinstance(node, ast.ImportFrom) and _is_of_module(node) for node in tree.body):
            return None
        around = ast.parse(f"{block}\n    pass\n{end}")
        around.body[0].body = tree.body  # type: ignore[attr-defined]
        return _written(around)

    return respelled


def in_main(text: str) -> str | None:
    """Puts all that the module does into a function that it calls."""
    tree = ast.parse(text)
    imports = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    rest = [each for each in tree.body if each not in imports]
    if not rest or any(
        isinstance(each, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) for each in rest
    ):
        return None
    if any(isinstance(each, ast.ImportFrom) and _is_of_module(each) for each in imports):
        return None
    whole = ast.parse("def main():\n    pass\nmain()")
    whole.body[0].body = rest  # type: ignore[attr-defined]
    whole.body[:0] = imports
    return _written(whole)


def as_method(text: str) -> str | None:
    """Makes the only function a method."""
    tree = ast.parse(text)
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    others = (each for each in tree.body if each not in functions)
    if len(functions) != 1 or not all(isinstance(each, ast.Import | ast.ImportFrom) for each in others):
        return None
    (function,) = functions
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    first = function.args.args[0].arg if function.args.args else ""
    if function.decorator_list or function.name in names or first in {"self", "cls"}:
        return None
    function.args.args.insert(0, ast.arg("self"))
    holder = ast.parse("class Holder:\n    pass").body[0]
    holder.body = [function]  # type: ignore[attr-defined]
    tree.body[tree.body.index(function)] = holder
    return _written(tree)


class Async(_Change):
    """Makes functions asynchronous, and waits for them where they call each other."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        functions = [each for each in ast.walk(node) if isinstance(each, ast.FunctionDef)]
        self.names = {each.name for each in functions if self._fits(each)}
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        fits = node.name in self.names
        self.generic_visit(node)
        if not fits:
            return node
        self.number()
        given = {field: getattr(node, field, None) for field in node._fields if field != "type_params"}
        return ast.AsyncFunctionDef(**given)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        word = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return ast.Await(node) if word in self.names else node

    def _fits(self, node: ast.FunctionDef) -> bool:
        special = node.name.startswith("__") or node.decorator_list
        return not special and not any(isinstance(each, ast.YieldFrom) for each in ast.walk(node))


# How a value is bound.


class Annotated(_Change):
    """``x: Any = value``."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if not _is_plain(node):
            return node
        self.number()
        return ast.AnnAssign(node.targets[0], _name("Any"), node.value, 1)  # type: ignore[arg-type]


class Chained(_Change):
    """``x = other = value``."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if _is_plain(node):
            self.number()
            node.targets.append(ast.Name("other", ast.Store()))
        return node


class InOne(_Change):
    """``x, y = 1, 2`` where two assignments follow each other."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        block: list[ast.stmt] = getattr(node, "body", [])
        for place, (first, second) in enumerate(pairwise(block) if isinstance(block, list) else ()):
            if _is_plain(first) and _is_plain(second) and self._are_apart(first, second):
                self.number()
                both = ast.Tuple([first.targets[0], second.targets[0]], ast.Store())  # type: ignore[attr-defined]
                values = ast.Tuple([first.value, second.value], ast.Load())  # type: ignore[attr-defined]
                block[place : place + 2] = [ast.Assign([both], values)]
                break
        return node

    def _are_apart(self, first: Any, second: Any) -> bool:
        bound = first.targets[0].id
        return bound != second.targets[0].id and all(
            not isinstance(node, ast.Call) and getattr(node, "id", "") != bound
            for node in ast.walk(second.value)
        )


class Walrus(_Change):
    """``if x := value:`` where the condition asks for the name that was just bound."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        block = getattr(node, "body", [])
        for first, second in pairwise(block) if isinstance(block, list) else ():
            asked = second.test if isinstance(second, ast.If) else None
            if _is_plain(first) and isinstance(asked, ast.Name) and asked.id == first.targets[0].id:
                self.number()
                second.test = ast.NamedExpr(first.targets[0], first.value)
                block.remove(first)
                break
        return node


class Kept(_Change):
    """``given = value; f(given)``."""

    def visit_Expr(self, node: ast.Expr) -> Any:
        return self._keep(node)

    def visit_Return(self, node: ast.Return) -> Any:
        return self._keep(node)

    def visit_Assign(self, node: ast.Assign) -> Any:
        return self._keep(node)

    def _keep(self, node: Any) -> Any:
        call = node.value
        inline = (ast.Name, ast.Starred, ast.Lambda, ast.GeneratorExp)
        if not isinstance(call, ast.Call) or not call.args or isinstance(call.args[0], inline):
            return node
        name = f"given_{self.number()}"
        kept = ast.Assign([ast.Name(name, ast.Store())], call.args[0])
        call.args[0] = _name(name)
        return [kept, node]


class Updated(_Change):
    """``x = x + y`` for ``x += y``."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if not isinstance(node.target, ast.Name):
            return node
        self.number()
        return ast.Assign([node.target], ast.BinOp(_name(node.target.id), node.op, node.value))


# How names are imported.


def _modules(tree: ast.AST) -> set[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return {a.name for node in imports for a in node.names if not a.asname and "." not in a.name}


class ImportedAs(_Change):
    """``import json as the_json``."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.names = _modules(node)
        return self.generic_visit(node)

    def visit_alias(self, node: ast.alias) -> ast.AST:
        if node.name in self.names and not node.asname:
            self.number()
            node.asname = f"the_{node.name}"
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(f"the_{node.id}", node.ctx) if node.id in self.names else node


class ImportedFrom(_Change):
    """``from json import dumps``."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.names = _modules(node)
        self.bound = {
            getattr(each, "name", getattr(each, "arg", getattr(each, "id", ""))) for each in ast.walk(node)
        }
        taken: dict[str, set[str]] = {}
        self.taken = taken
        self.generic_visit(node)
        starts = [
            ast.ImportFrom(name, [ast.alias(each) for each in sorted(taken[name])], 0)
            for name in sorted(taken)
        ]
        node.body[:0] = starts
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        module = node.value.id if isinstance(node.value, ast.Name) else ""
        free = node.attr not in self.bound and not node.attr.startswith("__")
        if module not in self.names or not free or not isinstance(node.ctx, ast.Load):
            return self.generic_visit(node)
        self.number()
        self.taken.setdefault(module, set()).add(node.attr)
        return _name(node.attr)


# How texts are put together.


class _Texts(_Change):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        shaped = (each for each in node.values if isinstance(each, ast.FormattedValue))
        if any(each.conversion != -1 or each.format_spec for each in shaped):
            return node
        self.number()
        return self.put(node.values)

    def put(self, parts: list[ast.expr]) -> ast.expr:
        raise NotImplementedError

    def holed(self, parts: list[ast.expr], hole: str, special: str) -> ast.Constant:
        """The text with holes for what is put in."""
        written = (
            each.value.translate({ord(c): c * 2 for c in special}) if isinstance(each, ast.Constant) else hole
            for each in parts
        )
        return ast.Constant("".join(written))

    def holes(self, parts: list[ast.expr]) -> list[ast.expr]:
        return [each.value for each in parts if isinstance(each, ast.FormattedValue)]


class Formatted(_Texts):
    """``"{}".format(x)``."""

    def put(self, parts: list[ast.expr]) -> ast.expr:
        text = ast.Attribute(self.holed(parts, "{}", "{}"), "format", ast.Load())
        return ast.Call(text, self.holes(parts), [])


class Percent(_Texts):
    """``"%s" % (x,)``."""

    def put(self, parts: list[ast.expr]) -> ast.expr:
        return ast.BinOp(self.holed(parts, "%s", "%"), ast.Mod(), ast.Tuple(self.holes(parts), ast.Load()))


class Added(_Texts):
    """``"" + str(x)``."""

    def put(self, parts: list[ast.expr]) -> ast.expr:
        texts = [
            each if isinstance(each, ast.Constant) else ast.Call(_name("str"), [each.value], [])
            for each in parts
        ]  # type: ignore[attr-defined]
        whole: ast.expr = ast.Constant("") if not isinstance(texts[0], ast.Constant) else texts.pop(0)
        for text in texts:
            whole = ast.BinOp(whole, ast.Add(), text)
        return whole


# How conditions, loops and functions are written.


class Negated(_Change):
    """``if not a: … else: …`` with the branches the other way round."""

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if node.orelse and not isinstance(node.orelse[0], ast.If) and not isinstance(node.test, ast.UnaryOp):
            self.number()
            node.test = ast.UnaryOp(ast.Not(), node.test)
            node.body, node.orelse = node.orelse, node.body
        return node


class Swapped(_Change):
    """``b == a`` for ``a == b``."""

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            self.number()
            node.left, node.comparators = node.comparators[0], [node.left]
        return node


class InElse(_Change):
    """What follows a branch that returns, in its ``else``."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        for place, statement in enumerate(node.body[:-1]):
            if (
                isinstance(statement, ast.If)
                and not statement.orelse
                and isinstance(statement.body[-1], ast.Return)
            ):
                self.number()
                statement.orelse = node.body[place + 1 :]
                del node.body[place + 1 :]
                break
        return node


class Nested(_Change):
    """``with a: with b:`` for ``with a, b:``."""

    def visit_With(self, node: ast.With) -> ast.AST:
        self.generic_visit(node)
        if len(node.items) > 1:
            self.number()
            node.body = [ast.With(node.items[1:], node.body)]
            del node.items[1:]
        return node


class AsDef(_Change):
    """A function for a lambda that has a name."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if not _is_plain(node) or not isinstance(node.value, ast.Lambda):
            return node
        self.number()
        found = ast.parse(f"def {node.targets[0].id}(): pass").body[0]  # type: ignore[attr-defined]
        found.args, found.body = node.value.args, [ast.Return(node.value.body)]  # type: ignore[attr-defined]
        return found


class AsLambda(_Change):
    """A lambda that has a name for a function of one ``return``."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        only = node.body[0] if len(node.body) == 1 and not node.decorator_list else None
        if not isinstance(only, ast.Return) or only.value is None or node.args.kwarg:
            return node
        self.number()
        for each in ast.walk(node.args):
            if isinstance(each, ast.arg):
                each.annotation = None
        return ast.Assign([ast.Name(node.name, ast.Store())], ast.Lambda(node.args, only.value))


class Typed(_Change):
    """Parameters and results with a type that says nothing."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            if each.annotation is None and each.arg not in {"self", "cls"}:
                each.annotation = _name("Any")
                self.number()
        return node


class Documented(_Change):
    """Functions with a line that documents them."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        if ast.get_docstring(node) is None:
            self.number()
            node.body.insert(0, ast.Expr(ast.Constant("Does what it is named after.")))
        return node


class Called(_Change):
    """``list()`` for ``[]``, and ``dict(key=value)`` for ``{"key": value}``."""

    def visit_List(self, node: ast.List) -> ast.AST:
        self.generic_visit(node)
        if node.elts or not isinstance(node.ctx, ast.Load):
            return node
        self.number()
        return ast.Call(_name("list"), [], [])

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if not all(isinstance(key, str) and key.isidentifier() for key in keys):
            return node
        self.number()
        pairs = zip(keys, node.values, strict=True)
        return ast.Call(_name("dict"), [], [ast.keyword(str(key), value) for key, value in pairs])


class Spread(_Change):
    """``f(**{"key": value})`` for ``f(key=value)``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if node.keywords and all(keyword.arg for keyword in node.keywords):
            self.number()
            keys: list[ast.expr | None] = [ast.Constant(keyword.arg) for keyword in node.keywords]
            values = [keyword.value for keyword in node.keywords]
            node.keywords = [ast.keyword(None, ast.Dict(keys, values))]
        return node


class ByName(_Change):
    """``getattr(owner, "name")()`` for ``owner.name()``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and not function.attr.startswith("__"):
            self.number()
            node.func = ast.Call(_name("getattr"), [function.value, ast.Constant(function.attr)], [])
        return node


#: Name → respelling. A further one is a line here.
RESPELLINGS: dict[str, Respelling] = {
    "in an if": _inside("if READY:"),
    "in a try": _inside("try:", "finally:\n    pass"),
    "in a with": _inside("with LOCK:"),
    "in main()": in_main,
    "as a method": as_method,
    "async": _by(Async),
    "annotated": _by(Annotated),
    "chained": _by(Chained),
    "in one assignment": _by(InOne),
    "walrus": _by(Walrus),
    "argument kept": _by(Kept),
    "x = x + y": _by(Updated),
    "import as": _by(ImportedAs),
    "from import": _by(ImportedFrom),
    "format()": _by(Formatted),
    "%": _by(Percent),
    "+": _by(Added),
    "negated": _by(Negated),
    "b == a": _by(Swapped),
    "in the else": _by(InElse),
    "with in with": _by(Nested),
    "def": _by(AsDef),
    "lambda": _by(AsLambda),
    "typed": _by(Typed),
    "documented": _by(Documented),
    "list() and dict()": _by(Called),
    "**{}": _by(Spread),
    "getattr()": _by(ByName),
}
