"""Functions that are written as lambdas with a name, as they would be written with ``def``.

``half = lambda n: n / 2`` is ``def half(n): return n / 2``, and so is an entry of a table that is called by its key:
``TABLE["half"](8)``. Who knows functions by their ``def`` would else know none of them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar, cast

from quality.model._builtins import BUILTINS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model._nodes import Nodes
    from quality.model._origins import Origins

#: Functions that stand above a ``def`` as they stand around a lambda.
_DECORATORS = frozenset({"staticmethod", "classmethod", "property", "functools.cache", "functools.lru_cache"})
#: ``type(name, bases, namespace)``.
_MAKING = 3
_Definition = TypeVar("_Definition", ast.FunctionDef, ast.ClassDef)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)


class NamedLambdas:
    """Finds the lambdas of a tree that have a name.

    Args:
        nodes: The tree's nodes.
        origins: What the names of the tree stand for.

    Attributes:
        entries: Lambda in a table → the name of the function that it is.
        readings: What reads such an entry to call it → that name.
    """

    def __init__(self, nodes: Nodes, origins: Origins) -> None:
        self._nodes = nodes
        self._origins = origins
        self._taken = _defined(nodes)
        self.entries: dict[ast.expr, str] = {}
        self.readings: dict[ast.Subscript, str] = {}
        self._given: set[str] = set()
        self._tables: dict[ast.expr, dict[object, tuple[int, ast.Lambda]]] = {}
        if ast.Lambda in nodes.kinds:
            self._read_tables()

    def any(self) -> bool:
        """Tells whether there are any."""
        if ast.Lambda not in self._nodes.kinds:
            return False
        found = [each for kind in _ASSIGNMENTS for each in self._nodes.kinds.get(kind, ())]
        return bool(self.entries) or any(self.functions(cast("ast.stmt", each)) for each in found)

    def functions(self, statement: ast.stmt) -> list[ast.stmt]:
        """What an assignment is where it names lambdas and nothing else; empty for others."""
        targets, value = _parts(statement)
        if not targets:
            return []
        first, *others = targets
        if isinstance(first, ast.Tuple | ast.List):
            return [] if others else self._several(first.elts, value, statement)
        made = self._class(first, value, statement)
        if made is not None:
            return [] if others else [made]
        function = self._function(first, value, statement)
        if function is None or not others:
            return [] if function is None else [function]
        named = ast.copy_location(ast.Name(function.name, ast.Load()), statement)
        return [function, ast.copy_location(ast.Assign(others, named), statement)]

    def _several(
        self, targets: list[ast.expr], value: ast.expr | None, statement: ast.stmt
    ) -> list[ast.stmt]:
        """``half, twice = lambda n: n / 2, lambda n: n * 2``."""
        values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        if len(values) != len(targets):
            return []
        found = [self._function(*pair, statement) for pair in zip(targets, values, strict=True)]
        functions: list[ast.stmt] = [each for each in found if each is not None]
        return functions if len(functions) == len(found) else []

    def _class(self, target: ast.expr, value: ast.expr | None, statement: ast.stmt) -> ast.ClassDef | None:
        """``Halver = type("Halver", (), {"half": lambda self, n: n / 2})``."""
        if not isinstance(value, ast.Call) or len(value.args) != _MAKING or value.keywords:
            return None
        _, bases, body = value.args
        if getattr(value.func, "id", "") != "type" or "type" in self._origins.bound:
            return None
        entries = _entries(body) if isinstance(body, ast.Dict) else []
        functions = [
            _defined_as(name, each, [], each)
            for name, each in entries
            if isinstance(name, str) and name.isidentifier() and isinstance(each, ast.Lambda)
        ]
        whole = functions and len(functions) == len(entries) and isinstance(bases, ast.Tuple)
        if not whole or not isinstance(target, ast.Name):
            return None
        made = ast.ClassDef(target.id, cast("ast.Tuple", bases).elts, [], [*functions], [])
        return _placed(made, statement)

    def _function(
        self, target: ast.expr, value: ast.expr | None, statement: ast.stmt
    ) -> ast.FunctionDef | None:
        decorators: list[ast.expr] = []
        while isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
            if self._decorator(value.func) not in _DECORATORS:
                return None
            decorators.append(value.func)
            value = value.args[0]
        if isinstance(value, ast.Subscript):
            key = self._origins.constant(value.slice)
            value = next((each for found, each in _entries(value.value) if found == key), value)
        if not isinstance(target, ast.Name) or not isinstance(value, ast.Lambda):
            return None
        known = (
            target.id in self._origins.imports or (_scope(statement, self._nodes), target.id) in self._taken
        )
        if known:
            return None
        return _defined_as(target.id, value, decorators, statement)

    def _decorator(self, function: ast.expr) -> str:
        maker = function.func if isinstance(function, ast.Call) else function
        name = self._origins.of(maker) if isinstance(maker, ast.Name | ast.Attribute) else ""
        return "" if name in self._origins.bound else name

    def entry(self, node: ast.Lambda) -> ast.FunctionDef | None:
        """The function that an entry of a table is, where it is called by its key."""
        name = self.entries.get(node)
        return None if name is None else _defined_as(name, node, [], node)

    def _read_tables(self) -> None:
        """Finds the entries of tables that are called by their key."""
        subscripts = cast("Sequence[ast.Subscript]", self._nodes.kinds.get(ast.Subscript, ()))
        # What is written into may give something else.
        written = {getattr(each.value, "id", "") for each in subscripts if not isinstance(each.ctx, ast.Load)}
        for call in cast("Sequence[ast.Call]", self._nodes.kinds.get(ast.Call, ())):
            reading = call.func
            owner = reading.value if isinstance(reading, ast.Subscript) else None
            if isinstance(owner, ast.Name) and owner.id not in written:
                self._read(cast("ast.Subscript", reading), owner)

    def _read(self, reading: ast.Subscript, owner: ast.Name) -> None:
        table, key = self._origins.value(owner), self._origins.constant(reading.slice)
        if key is None or isinstance(key, list) or type(self._nodes.parents[table]) not in _ASSIGNMENTS:
            return
        entries = self._tables.get(table)
        if entries is None:
            listed = enumerate(_entries(table))
            found = [(name, place, value) for place, (name, value) in listed if isinstance(value, ast.Lambda)]
            entries = self._tables[table] = {name: (place, value) for name, place, value in found}
        if key in entries:
            place, value = entries[key]
            if value not in self.entries:
                name = self._free(key, owner.id, place)
                self.entries[value] = name
                self._given.add(name)
            self.readings[reading] = self.entries[value]

    def _free(self, key: object, table: str, place: int) -> str:
        """A name for an entry that nothing else bears: its key, where it can be one."""
        given = key if isinstance(key, str) and key.isidentifier() else ""
        known = given in self._origins.bound or given in BUILTINS or given in self._given
        return f"{table}_{place}" if known or not given else given


def _defined(nodes: Nodes) -> frozenset[tuple[ast.AST, str]]:
    """The names of functions and classes by what they stand in, and what functions take from around them to bind it."""
    found: set[tuple[ast.AST, str]] = set()
    for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        for each in cast("Sequence[ast.ClassDef]", nodes.kinds.get(kind, ())):
            found.add((_scope(each, nodes), each.name))
    for shared in (ast.Global, ast.Nonlocal):
        for declared in cast("Sequence[ast.Global]", nodes.kinds.get(shared, ())):
            found.update((_scope(declared, nodes), name) for name in declared.names)
    return frozenset(found)


def _scope(node: ast.AST, nodes: Nodes) -> ast.AST:
    """The function, class or module that a statement stands in."""
    above = nodes.parents[node]
    while not isinstance(above, _SCOPES):
        above = nodes.parents[above]
    return above


def _parts(statement: ast.stmt) -> tuple[list[ast.expr], ast.expr | None]:
    """The targets and the value of an assignment."""
    if isinstance(statement, ast.AnnAssign):
        return [statement.target], statement.value
    return (statement.targets, statement.value) if isinstance(statement, ast.Assign) else ([], None)


def _entries(table: ast.expr) -> list[tuple[object, ast.expr]]:
    """The entries of a display, or of a call of ``dict()``, with their keys or places."""
    if isinstance(table, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else None for key in table.keys]
        return list(zip(keys, table.values, strict=True))
    if isinstance(table, ast.List | ast.Tuple):
        return list(enumerate(table.elts))
    if isinstance(table, ast.Call) and getattr(table.func, "id", "") == "dict":
        return [(keyword.arg, keyword.value) for keyword in table.keywords]
    return []


def _defined_as(
    name: str, function: ast.Lambda, decorators: list[ast.expr], place: ast.stmt | ast.expr
) -> ast.FunctionDef:
    result = ast.copy_location(ast.Return(function.body), function.body)
    made = ast.FunctionDef(name, function.args, [result], decorators, lineno=place.lineno)
    return _placed(made, place)


def _placed(made: _Definition, place: ast.stmt | ast.expr) -> _Definition:
    """A definition in another's place, whole in the eyes of Python 3.12 and later too."""
    if "type_params" in made._fields:
        made.type_params = []  # type: ignore[attr-defined, unused-ignore]
    return ast.copy_location(made, place)
