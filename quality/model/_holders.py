"""Objects that hold the values of a function's names, and are nothing else.

``state = SimpleNamespace(); state.total = 0`` is ``total = 0`` to whoever reads the function, and so is ``State.total = 0``
of a class of the module, or of the function itself, where each function that reads that attribute has set it before. So is
``state["total"] = 0`` of a dictionary of which a function only ever uses entries that are named there.
"""

from __future__ import annotations

import ast
import keyword
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from quality.model._cached import cached_property
from quality.model._outline import is_special

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.model._nodes import Nodes
    from quality.model._origins import Origins

_Node = TypeVar("_Node", bound=ast.AST)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Use = ast.Attribute | ast.Subscript
_OBJECT = "types.SimpleNamespace"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class _Holder(NamedTuple):
    """An object that may only hold values, with the statement that makes it and the function which that is in."""

    name: str
    maker: ast.stmt
    scope: _Function | None


class Holders:
    """Finds the objects of a tree whose attributes, or entries, stand for local names.

    Args:
        nodes: The tree's nodes.
        origins: What the names of the tree stand for.

    Attributes:
        passed_over: Names that were there for such objects.
    """

    def __init__(self, nodes: Nodes, origins: Origins) -> None:
        self._nodes = nodes
        self._kinds: Mapping[Any, Any] = nodes.kinds
        self._origins = origins
        self.passed_over: set[str] = set()

    @cached_property
    def names(self) -> dict[_Use, str]:
        """Attribute or entry → the local name that it stands for."""
        found: dict[_Use, str] = {}
        for holder in self._holders:
            uses = self._uses_of(holder)
            found.update(self._of_module(holder, uses) if holder.scope is None else self._local(holder, uses))
        return found

    @cached_property
    def made(self) -> dict[ast.AST, list[ast.stmt]]:
        """Statement that makes such an object in a function → the assignments that it is."""
        held = {(self._function(use), getattr(use.value, "id", "")) for use in self.names}
        local = (each for each in self._holders if each.scope is not None)
        return {each.maker: self._values(each) for each in local if (each.scope, each.name) in held}

    def is_alone(self, statement: ast.stmt) -> bool:
        """Tells whether a statement is all that is in its block."""
        above = self._nodes.parents[statement]
        blocks = (getattr(above, name, []) for name in ("body", "orelse", "finalbody"))
        return any(block == [statement] for block in blocks)

    def _values(self, holder: _Holder) -> list[ast.stmt]:
        maker = holder.maker
        call = maker.value if isinstance(maker, ast.Assign) else None
        plain: list[ast.stmt] = []
        if isinstance(call, ast.Call):
            self.passed_over.update(node.id for node in ast.walk(call.func) if isinstance(node, ast.Name))
        for word, value in _given(maker):
            name = ast.Name(self._plain(holder.name, word), ast.Store())
            target = ast.copy_location(name, value)
            plain.append(ast.copy_location(ast.Assign([target], value), maker))
        return plain

    def _of_module(self, holder: _Holder, uses: Sequence[_Use]) -> dict[_Use, str]:
        """The attributes of an object of the module that stand for local names, each with that."""
        by_word: dict[str, list[_Use]] = {}
        for use in uses:
            by_word.setdefault(_word(use), []).append(use)
        found: dict[_Use, str] = {}
        unread: dict[_Use, str] = {}
        for word, each in by_word.items():
            around: dict[_Function | None, list[_Use]] = {}
            for use in each:
                around.setdefault(self._function(use), []).append(use)
            read = any(isinstance(use.ctx, ast.Load) for use in each)
            if None not in around and all(map(self._are_set_first, around.values())):
                (found if read else unread).update(dict.fromkeys(each, self._plain(holder.name, word)))
        # What is never read is something for others, unless the object holds values of functions.
        only_holds = bool(found) and isinstance(holder.maker, ast.ClassDef)
        return {**found, **unread} if only_holds else found

    def _local(self, holder: _Holder, uses: Sequence[_Use]) -> dict[_Use, str]:
        """Those of an object that a function makes for itself."""
        given = {word for word, _ in _given(holder.maker)}
        stored = {_word(use) for use in uses if not isinstance(use.ctx, ast.Load)}
        loaded = {_word(use) for use in uses if isinstance(use.ctx, ast.Load)}
        own = all(self._function(use) is holder.scope for use in uses if _word(use) in stored)
        if not stored or not loaded <= stored | given or not own:
            return {}
        return {use: self._plain(holder.name, _word(use)) for use in uses}

    def _are_set_first(self, uses: Sequence[_Use]) -> bool:
        """Tells whether a function sets an attribute before it reads it, by whichever way it comes there."""
        first = uses[0]
        setting = self._setting(first)
        if not isinstance(first.ctx, ast.Store) or not isinstance(setting, ast.Assign | ast.For):
            return False
        value = setting.value if isinstance(setting, ast.Assign) else setting.iter
        if any(self._is_in(use, value) for use in uses[1:]):
            return False
        around: ast.AST = setting
        if isinstance(setting, ast.Assign):
            around = self._nodes.parents[setting]
            stores = [self._setting(use) for use in uses if isinstance(use.ctx, ast.Store)]
            while isinstance(around, ast.If) and _is_in_both(around, stores):
                around = self._nodes.parents[around]
        return all(self._is_in(use, around) for use in uses)

    def _setting(self, use: _Use) -> ast.AST | None:
        """What sets an attribute, alone or beside others."""
        above = self._nodes.parents.get(use)
        while isinstance(above, ast.Tuple | ast.List):
            above = self._nodes.parents.get(above)
        return above

    def _plain(self, name: str, word: str) -> str:
        """The name for an attribute: that itself, unless something bears it."""
        return f"{name}_{word}" if word in self._origins.bound or word in self._read else word

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(node.id for node in self._of(ast.Name))

    def _uses_of(self, holder: _Holder) -> list[_Use]:
        """The uses of an object's attributes, or entries; none where it is used otherwise, or its name means something else too."""
        around: ast.AST = holder.scope or self._nodes.order[0]
        names = [node for node in self._named.get(holder.name, ()) if self._is_in(node, around)]
        bound = sum(not isinstance(node.ctx, ast.Load) for node in names)
        bound += sum(self._is_in(node, around) for node in self._bearers.get(holder.name, ()))
        read = [node for node in names if isinstance(node.ctx, ast.Load)]
        table = _is_dictionary(holder.maker)
        uses = [use for node in read if (use := self._use(node, table=table)) is not None]
        # A function is there to be called: that says nothing of the attribute.
        only = len(uses) == len(read) or isinstance(holder.maker, _FUNCTIONS)
        return uses if bound == 1 and only and holder.name not in self._origins.imports else []

    def _use(self, name: ast.Name, *, table: bool) -> _Use | None:
        """What names an attribute of what a name stands for, or an entry."""
        above = self._nodes.parents.get(name)
        if table:
            return (
                above if isinstance(above, ast.Subscript) and above.value is name and _word(above) else None
            )
        return above if isinstance(above, ast.Attribute) and _word(above) else None

    @cached_property
    def _holders(self) -> list[_Holder]:
        """The objects that may hold values, and get some."""
        places: list[_Use] = [*self._of(ast.Attribute), *self._of(ast.Subscript)]
        stored = {
            node.value.id
            for node in places
            if not isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name)
        }
        makers: list[tuple[str, ast.stmt]] = [
            (target.id, statement)
            for statement in self._of(ast.Assign)
            if isinstance(target := statement.targets[0], ast.Name)
            and len(statement.targets) == 1
            and (self._is_object(statement.value) or self._is_table(statement))
        ]
        makers += [(node.name, node) for node in self._of(ast.ClassDef) if _is_empty(node)]
        found = [_Holder(name, maker, self._function(maker)) for name, maker in makers if name in stored]
        outer = (node for node in self._functions if isinstance(self._nodes.parents.get(node), ast.Module))
        return [*found, *(_Holder(node.name, node, None) for node in outer if node.name in stored)]

    def _is_object(self, value: ast.expr) -> bool:
        if not isinstance(value, ast.Call) or value.args or any(each.arg is None for each in value.keywords):
            return False
        return self._origins.of(value.func) == _OBJECT

    def _is_table(self, statement: ast.Assign) -> bool:
        """Tells whether a function makes a dictionary, all of whose entries are named."""
        return _is_dictionary(statement) and self._function(statement) is not None

    @cached_property
    def _named(self) -> dict[str, list[ast.Name]]:
        """Name → where it stands."""
        found: dict[str, list[ast.Name]] = {}
        for node in self._of(ast.Name):
            found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def _bearers(self) -> dict[str, list[ast.AST]]:
        """Name → the parameters, functions and classes that bear it, and the statements that take it from around."""
        found: dict[str, list[ast.AST]] = {}
        for place in self._of(ast.arg):
            found.setdefault(place.arg, []).append(place)
        for node in (*self._functions, *self._of(ast.ClassDef)):
            found.setdefault(node.name, []).append(node)
        shared: list[ast.Global | ast.Nonlocal] = [*self._of(ast.Global), *self._of(ast.Nonlocal)]
        for taken in shared:
            for name in taken.names:
                found.setdefault(name, []).append(taken)
        return found

    @property
    def _functions(self) -> list[_Function]:
        return [*self._of(ast.FunctionDef), *self._of(ast.AsyncFunctionDef)]

    def _function(self, node: ast.AST) -> _Function | None:
        """The innermost function around a node."""
        above = self._nodes.parents.get(node)
        while above is not None and not isinstance(above, _FUNCTIONS):
            above = self._nodes.parents.get(above)
        return above if isinstance(above, _FUNCTIONS) else None

    def _is_in(self, node: ast.AST, around: ast.AST) -> bool:
        above: ast.AST | None = node
        while above is not None and above is not around:
            above = self._nodes.parents.get(above)
        return above is not None

    def _of(self, kind: type[_Node]) -> Sequence[_Node]:
        found: Sequence[_Node] = self._kinds.get(kind, ())
        return found


def may_hold_names(nodes: Nodes) -> bool:
    """Tells whether entries of a dictionary that is made here are set by their names: a cheap look."""
    places = cast("Sequence[ast.Subscript]", nodes.kinds.get(ast.Subscript, ()))
    set_ = {
        getattr(each.value, "id", "")
        for each in places
        if isinstance(each.ctx, ast.Store) and _key(each.slice)
    }
    made = cast("Sequence[ast.Assign]", nodes.kinds.get(ast.Assign, ())) if set_ else ()
    return any(getattr(each.targets[0], "id", None) in set_ and _is_dictionary(each) for each in made)


def _word(use: _Use) -> str:
    """The name of an attribute or an entry; empty for one that Python gave a meaning, or that is worked out."""
    if isinstance(use, ast.Attribute):
        return "" if is_special(use.attr) else use.attr
    return _key(use.slice)


def _key(node: ast.expr | None) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    plain = isinstance(value, str) and value.isidentifier() and not keyword.iskeyword(value)
    return value if plain and isinstance(value, str) and not is_special(value) else ""


def _is_dictionary(maker: ast.stmt) -> bool:
    """Tells whether a statement makes a dictionary whose entries could be names."""
    made = maker.value if isinstance(maker, ast.Assign) else None
    return isinstance(made, ast.Dict) and all(map(_key, made.keys))


def _given(maker: ast.stmt) -> list[tuple[str, ast.expr]]:
    """The values that an object begins with, each with its name."""
    made = maker.value if isinstance(maker, ast.Assign) else None
    if isinstance(made, ast.Dict):
        return [(_key(name), value) for name, value in zip(made.keys, made.values, strict=True)]
    return [(each.arg or "", each.value) for each in made.keywords] if isinstance(made, ast.Call) else []


def _is_in_both(node: ast.If, statements: Sequence[ast.AST | None]) -> bool:
    """Tells whether both branches of a condition have one of some statements."""
    return all(any(each in block for each in statements) for block in (node.body, node.orelse))


def _is_empty(node: ast.ClassDef) -> bool:
    """Tells whether a class is nothing but a place for attributes."""
    idle = (
        isinstance(part, ast.Pass) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in node.body
    )
    return not node.bases and not node.keywords and not node.decorator_list and all(idle)
