"""Calls as they would be written without a detour, for checkers that know a call by how it is written.

``getattr(items, "append")(item)`` is ``items.append(item)`` to pylint, ``f(**{"key": 1})`` is ``f(key=1)``,
``partial(f, 1)()`` is ``f(1)``, ``operator.eq(a, b)`` is ``a == b``, and ``json = import_module("json")`` is ``import json``: to respell a call hides nothing.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import operator
import re
from typing import TYPE_CHECKING, Any

from quality_pylint._operations import operation

if TYPE_CHECKING:
    from quality.model import Source

#: Functions that give a module by its name, and whether it is the outermost of a dotted one.
_IMPORTERS = {"importlib.import_module": False, "__import__": True}
#: What says that a name is used nowhere.
_UNUSED = frozenset({"unused-import", "unused-variable"})
#: Modules whose function ``cast`` gives its second argument.
_CASTING = frozenset({"typing", "typing_extensions"})
_PARTIAL = "functools.partial"
_METHOD_CALLER = "operator.methodcaller"
_ATTRIBUTE_GETTER = "operator.attrgetter"


class Plain:
    """Writes out the detours of one source.

    Args:
        source: A source that parses.

    Attributes:
        passed_over: Names that the source uses only for a detour, as far as pylint can see.
        attributes: Line and column of attributes that are looked up by name: such a one need not exist.
    """

    def __init__(self, source: Source) -> None:
        self._origins = source.origins
        self.passed_over: set[str] = set()
        self.attributes: set[tuple[int, int]] = set()

    def call(self, call: ast.Call) -> ast.expr:
        """The expression that a call stands for; the call itself where it hides nothing."""
        function = call.func
        if isinstance(function, ast.Name | ast.Attribute):
            found = self._looked_up(call) or self._format(call) or self._applied(call)
            if found is not None:
                return found
            function, args, keywords = self._aliased(function), call.args, call.keywords
        else:
            function, args, keywords = self._made(call)
        keywords = _written_out(keywords)
        args = [each for given in args for each in _listed(given)]
        if function is call.func and _are_same(args, call.args) and _are_same(keywords, call.keywords):
            return call
        return ast.copy_location(ast.Call(function, args, keywords), call)

    def _applied(self, call: ast.Call) -> ast.expr | None:
        """``operator.eq(a, b)``, and ``cast(type, value)``."""
        module, _, name = self._name(call.func).rpartition(".")
        if module in _CASTING and name == "cast" and len(call.args) == 2 and not call.keywords:  # noqa: PLR2004
            self._pass_over_all(call.args[0])
            found: ast.expr | None = call.args[1]
        else:
            found = operation(name, call) if module == "operator" else None
        if found is not None:
            self._pass_over(call.func)
        return found

    def declared(self, statement: ast.AnnAssign) -> ast.Assign | None:
        """The assignment of a local name whose annotation, which nothing looks at, is left out."""
        target, value = statement.target, statement.value
        if value is None or not isinstance(target, ast.Name) or not statement.simple:
            return None
        self._pass_over_all(statement.annotation)
        return ast.copy_location(ast.Assign([target], value), statement)

    def _pass_over_all(self, annotation: ast.expr) -> None:
        """Passes over the names of a type, those in its texts too."""
        for node in ast.walk(annotation):
            if isinstance(node, ast.Name):
                self.passed_over.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.passed_over.update(re.findall(r"\w+", node.value))

    def statement(self, statement: ast.Assign) -> ast.Import | None:
        """The import that an assignment stands for."""
        call, target = statement.value, statement.targets[0]
        if not (isinstance(call, ast.Call) and isinstance(target, ast.Name) and len(statement.targets) == 1):
            return None
        outermost = _IMPORTERS.get(self._name(call.func))
        if outermost is None or len(call.args) != 1 or call.keywords:
            return None
        path = _text(call.args[0])
        if not all(part.isidentifier() for part in path.split(".")):
            return None
        self._pass_over(call.func)
        name = path.partition(".")[0] if outermost else path
        alias = ast.alias(name, None if name == target.id else target.id)
        return ast.copy_location(ast.Import([ast.copy_location(alias, call)]), statement)

    def hides(self, symbol: str, node: Any, argument: object) -> bool:
        """Tells whether what pylint misses was there before a detour was written out."""
        if symbol == "no-member":
            return (node.lineno, node.col_offset) in self.attributes
        if symbol not in _UNUSED or not self.passed_over:
            return False
        return not self.passed_over.isdisjoint(re.findall(r"\w+", str(argument)))

    def _name(self, node: ast.AST) -> str:
        return self._origins.of(node) if isinstance(node, ast.Name | ast.Attribute) else ""

    def _pass_over(self, node: ast.expr) -> None:
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        if isinstance(node, ast.Name):
            self.passed_over.add(node.id)

    def _looked_up(self, call: ast.Call) -> ast.expr | None:
        """``getattr(owner, "name")``."""
        if getattr(call.func, "id", "") != "getattr" or len(call.args) != 2 or call.keywords:  # noqa: PLR2004
            return None
        owner, name = call.args[0], _text(call.args[1])
        if isinstance(owner, ast.Starred) or self._name(call.func) != "getattr":
            return None
        return self._attribute(owner, name, call)

    def _attribute(self, owner: ast.expr, name: str, place: ast.expr) -> ast.expr | None:
        mangled = name.startswith("__") and not name.endswith("__")
        if not name.isidentifier() or keyword.iskeyword(name) or mangled:
            return None
        self.attributes.add((place.lineno, place.col_offset))
        return ast.copy_location(ast.Attribute(owner, name, ast.Load()), place)

    def _format(self, call: ast.Call) -> ast.expr | None:
        """``text.format_map({"key": value})``."""
        function = call.func
        if getattr(function, "attr", "") != "format_map" or len(call.args) != 1 or call.keywords:
            return None
        given = _written_out([ast.keyword(None, call.args[0])])
        if not isinstance(function, ast.Attribute) or any(each.arg is None for each in given):
            return None
        plain = ast.copy_location(ast.Attribute(function.value, "format", ast.Load()), function)
        return ast.copy_location(ast.Call(plain, [], given), call)

    def _aliased(self, function: ast.expr) -> ast.expr:
        """The function of a module, or the builtin, that a name is another name of."""
        if not isinstance(function, ast.Name) or not self._origins.is_detour(function):
            return function
        return self._of_module(function)

    def _of_module(self, function: ast.expr) -> ast.expr:
        found = self._origins.plain(function)
        root, names = found, []
        while isinstance(root, ast.Attribute):
            names.append(root.attr)
            root = root.value
        if not isinstance(root, ast.Name):
            return function
        builtin = not names and root is not function and hasattr(builtins, root.id)
        if not builtin and (not names or root.id not in self._origins.imports):
            return function
        self._pass_over(function)
        plain: ast.expr = ast.copy_location(ast.Name(root.id, ast.Load()), function)
        for name in reversed(names):
            plain = ast.copy_location(ast.Attribute(plain, name, ast.Load()), function)
        return plain

    def _made(self, call: ast.Call) -> tuple[ast.expr, list[ast.expr], list[ast.keyword]]:
        """What a call really calls whose function is made for it, and with what."""
        maker = call.func
        if isinstance(maker, ast.Subscript):
            return self._of_module(maker), call.args, call.keywords
        if not isinstance(maker, ast.Call) or not maker.args:
            return maker, call.args, call.keywords
        made_by, first = self._name(maker.func), maker.args[0]
        if made_by == _PARTIAL and not isinstance(first, ast.Starred):
            self._pass_over(maker.func)
            return first, [*maker.args[1:], *call.args], [*maker.keywords, *call.keywords]
        if made_by == _METHOD_CALLER and len(call.args) == 1 and not call.keywords:
            method = self._attribute(call.args[0], _text(first), maker)
            if method is not None:
                self._pass_over(maker.func)
                return method, maker.args[1:], maker.keywords
        return maker, call.args, call.keywords


def _written_out(keywords: list[ast.keyword]) -> list[ast.keyword]:
    """Keywords, those that a display behind ``**`` spreads written out; as they are where one were given twice."""
    found = [each for given in keywords for each in _named(given)]
    names = [each.arg for each in found if each.arg is not None]
    return found if len(set(names)) == len(names) else keywords


def _named(given: ast.keyword) -> list[ast.keyword]:
    display = given.value
    if given.arg is not None or not isinstance(display, ast.Dict):
        return [given]
    names = [_text(key) for key in display.keys]
    if not all(name.isidentifier() and not keyword.iskeyword(name) for name in names):
        return [given]
    return [
        ast.copy_location(ast.keyword(name, value), value)
        for name, value in zip(names, display.values, strict=True)
    ]


def _listed(given: ast.expr) -> list[ast.expr]:
    """What an argument gives: those that a display behind ``*`` spreads."""
    display = given.value if isinstance(given, ast.Starred) else None
    return list(display.elts) if isinstance(display, ast.List | ast.Tuple) else [given]


def _text(node: ast.AST | None) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ""


def _are_same(some: list[Any], others: list[Any]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))
