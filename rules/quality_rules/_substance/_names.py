"""What the names of a text stand for."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar

from quality.model import cached_property, is_function
from quality.rules import dotted_name, is_placeholder, root_name, with_defaults
from quality_rules._substance._nature import ADDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import FunctionNode
    from quality.rules import Facts

_Node = TypeVar("_Node", bound=ast.AST)
#: What takes an entry out of a container, asks for one or goes through all.
_ASKING = (ast.Subscript, ast.Compare, ast.For, ast.comprehension)
#: Classes whose objects only hold what they are given.
_HOLDING = frozenset({"object", "NamedTuple", "TypedDict"})
_ENUMERATIONS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
#: Functions that make an empty container: of what they are given, if anything, the entries that it lacks are made.
_WITH_KIND = frozenset({"collections.defaultdict"})
_EMPTY = frozenset(
    {
        "dict",
        "list",
        "set",
        *(f"collections.{name}" for name in ("ChainMap", "Counter", "OrderedDict", "deque")),
    }
)
Callable = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Names:
    """Looks up functions, classes and values that a text defines.

    Args:
        facts: The text's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._barren: dict[str, bool] = {}

    @cached_property
    def functions(self) -> dict[str, list[Callable]]:
        """Name → the functions and lambdas that bear it, methods aside."""
        found: dict[str, list[Callable]] = {}
        for function in self.facts.functions:
            if self.facts.class_of(function) is None:
                found.setdefault(function.name, []).append(function)
        for _, targets, value in self.facts.assignments:
            if isinstance(value, ast.Lambda):
                for target in targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, []).append(value)
        return found

    @cached_property
    def of_module(self) -> frozenset[str]:
        """The names that anything but a function's own code or parameters binds, or a function for the module."""
        facts = self.facts
        found = {
            node.id
            for node in facts.of(ast.Name)
            if not isinstance(node.ctx, ast.Load) and self._is_outside(node)
        }
        defined = (*facts.functions, *facts.of(ast.ClassDef))
        found.update(node.name for node in defined if self._is_outside(node))
        found.update(name for node in facts.of(ast.Global) for name in node.names)
        return frozenset(found | facts.imports.keys())

    def _is_outside(self, node: ast.AST) -> bool:
        return self.facts.function(node) is None

    def visible(self, name: str, function: Callable) -> list[Callable]:
        """The functions that a name means inside of a function: those of the innermost scope that has any."""
        return self._innermost(self._functions_in.get(name, {}), function) or self.functions.get(name, [])

    @cached_property
    def _functions_in(self) -> dict[str, dict[ast.AST | None, list[Callable]]]:
        return {name: self._by_scope(functions) for name, functions in self.functions.items()}

    def visible_class(self, name: str, function: Callable) -> ast.ClassDef | None:
        """The class that a name means inside of a function."""
        scopes = self._classes_in.get(name, {})
        found = self._innermost(scopes, function) or next(iter(scopes.values()), [])
        return next(iter(found), None)

    @cached_property
    def _classes_in(self) -> dict[str, dict[ast.AST | None, list[ast.ClassDef]]]:
        named: dict[str, list[ast.ClassDef]] = {}
        for node in self.facts.of(ast.ClassDef):
            named.setdefault(node.name, []).append(node)
        return {name: self._by_scope(nodes) for name, nodes in named.items()}

    def _by_scope(self, nodes: Iterable[_Node]) -> dict[ast.AST | None, list[_Node]]:
        """The function around them, or None → the nodes in it, both in their order."""
        found: dict[ast.AST | None, list[_Node]] = {}
        for node in nodes:
            found.setdefault(self.facts.function(node), []).append(node)
        return found

    def _innermost(self, scopes: Mapping[ast.AST | None, list[_Node]], function: Callable) -> list[_Node]:
        around: list[ast.AST | None] = [function, *self.scope(function), None]
        return next((scopes[scope] for scope in around if scope in scopes), [])

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """Name → a class of that name."""
        return {node.name: node for node in self.facts.of(ast.ClassDef)}

    def is_record(self, name: str) -> bool:
        """Tells whether the classes of this name only hold what they are given: they have no methods, and inherit none."""
        found = [node for node in self.facts.of(ast.ClassDef) if node.name == name]
        return bool(found) and all(_only_holds(node) for node in found)

    def is_enumeration(self, name: str) -> bool:
        """Tells whether a name is that of a class which lists its members."""
        return name in self.classes and _is_enumeration(self.classes[name])

    def is_record_factory(self, name: str) -> bool:
        """Tells whether the module gives a name to what makes rows with names for their places."""
        values = self.module_values.get(name, [])
        return bool(values) and all(
            isinstance(each, ast.Call) and self.facts.origin(each.func) == "collections.namedtuple"
            for each in values
        )

    def is_void(self, name: str) -> bool:
        """Tells whether nothing is in the classes of this name."""
        found = [node for node in self.facts.of(ast.ClassDef) if node.name == name]
        return all(map(is_placeholder, [part for node in found for part in node.body]))

    @cached_property
    def methods(self) -> dict[str, list[FunctionNode]]:
        """Name → the methods that bear it."""
        found: dict[str, list[FunctionNode]] = {}
        for function in self.facts.functions:
            if self.facts.class_of(function) is not None:
                found.setdefault(function.name, []).append(function)
        return found

    @cached_property
    def methods_in(self) -> dict[tuple[ast.ClassDef, str], list[FunctionNode]]:
        """Class and name → the methods of the class that bear it."""
        found: dict[tuple[ast.ClassDef, str], list[FunctionNode]] = {}
        for name, methods in self.methods.items():
            for method in methods:
                owner = self.facts.class_of(method)
                if owner is not None:
                    found.setdefault((owner, name), []).append(method)
        return found

    @cached_property
    def stored(self) -> frozenset[str]:
        """Names of the attributes that something is given."""
        return frozenset(
            node.attr for node in self.facts.of(ast.Attribute) if isinstance(node.ctx, ast.Store)
        )

    @cached_property
    def class_values(self) -> dict[str, list[ast.expr]]:
        """Name → the values that bodies of classes give it; nothing for names that are set otherwise, as fields are."""
        found: dict[str, list[ast.expr]] = {}
        stored = set(self.stored)
        for node in self.facts.of(ast.ClassDef):
            for statement in node.body:
                field = node.decorator_list or (node.bases and not _is_enumeration(node))
                if isinstance(statement, ast.AnnAssign) and field:
                    stored.update(name for name, _ in bindings(statement))
                for name, value in bindings(statement):
                    if name not in stored:
                        found.setdefault(name, []).append(value)
        return found

    @cached_property
    def module_values(self) -> dict[str, list[ast.expr]]:
        """Name → the values that module code gives it; nothing for names that change otherwise."""
        found: dict[str, list[ast.expr]] = {}
        own = frozenset[ast.AST](self.facts.module_statements)
        for node, targets, value in self.facts.assignments:
            for target in targets if node in own else ():
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(value)
        return {name: values for name, values in found.items() if name not in self._changing}

    def is_barren(self, name: ast.Name) -> bool:
        """Tells whether a name is the module's for an empty container into which nothing is ever put."""
        known = self._barren.get(name.id)
        if known is None:
            values = self.module_values.get(name.id, [])
            known = bool(values) and all(is_empty_container(self.facts, value) for value in values)
            known = known and all(
                self._only_asks(each) for each in self.facts.of(ast.Name) if each.id == name.id
            )
            self._barren[name.id] = known
        return known

    def _only_asks(self, name: ast.Name) -> bool:
        """Tells whether a use of a container's name asks for an entry, or whether there is one."""
        above = self.facts.parent(name)
        if isinstance(above, ast.Attribute):
            return above.attr in {"get", "index", "count", "keys", "values", "items"}
        return isinstance(name.ctx, ast.Store) or isinstance(above, _ASKING)

    @cached_property
    def _changing(self) -> frozenset[str]:
        """Names of what is changed in place, added to, or declared global by a function that binds them."""
        names: set[str] = set()
        for node in self.facts.of(ast.Global):
            function = self.facts.function(node)
            names.update(
                name for name in node.names if function and name in self.facts.names(function).stores
            )
        targets: list[ast.AST] = [node.target for node in self.facts.of(ast.AugAssign)]
        targets += [node for node in self.facts.of(ast.Subscript) if not isinstance(node.ctx, ast.Load)]
        targets += [
            node.func.value
            for node in self.facts.of(ast.Call)
            if isinstance(node.func, ast.Attribute) and node.func.attr in {*ADDS, "pop", "clear", "remove"}
        ]
        names.update(root for root in map(root_name, targets) if root)
        return frozenset(names)

    def scope(self, node: ast.AST) -> list[Callable]:
        """The functions and lambdas around a node, innermost first."""
        return [a for a in self.facts.ancestors(node) if is_function(a) or isinstance(a, ast.Lambda)]


def _is_enumeration(node: ast.ClassDef) -> bool:
    """Tells whether the names in the body of a class are its members."""
    return any(dotted_name(base).rpartition(".")[2] in _ENUMERATIONS for base in node.bases)


def _only_holds(node: ast.ClassDef) -> bool:
    """Tells whether a class has fields, and nothing else."""
    known = (dotted_name(base).rpartition(".")[2] in _HOLDING for base in node.bases)
    fields = (isinstance(part, ast.Assign | ast.AnnAssign | ast.Expr | ast.Pass) for part in node.body)
    return not node.keywords and all(known) and all(fields)


def is_empty_container(facts: Facts, node: ast.expr) -> bool:
    """Tells whether an expression makes a container without entries."""
    if isinstance(node, ast.Dict | ast.List | ast.Tuple):
        return not (node.keys if isinstance(node, ast.Dict) else node.elts)
    if not isinstance(node, ast.Call) or node.keywords:
        return False
    kind = facts.origin(node.func)
    return kind in _WITH_KIND or (kind in _EMPTY and not node.args and kind not in facts.bound)


def bindings(statement: ast.stmt) -> list[tuple[str, ast.expr]]:
    """The names that an assignment gives a value of its own."""
    if isinstance(statement, ast.Assign):
        return [(t.id, statement.value) for t in statement.targets if isinstance(t, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and statement.value and isinstance(statement.target, ast.Name):
        return [(statement.target.id, statement.value)]
    return []


def own_name(function: Callable) -> str:
    """A function's name; a lambda has none."""
    return "" if isinstance(function, ast.Lambda) else function.name


def shown_name(function: Callable) -> str:
    """What messages call a function."""
    return own_name(function) or "lambda"


def defaults_of(function: Callable) -> dict[str, ast.expr]:
    """Parameter → its default."""
    pairs = with_defaults(function.args)
    return {parameter.arg: default for parameter, default in pairs if default is not None}


def kind_of(function: Callable, name: str) -> str:
    """The last word of the kind that a parameter is said to be of, without what stands in brackets behind it."""
    found = next((place for place, _ in with_defaults(function.args) if place.arg == name), None)
    said = found.annotation if found else None
    kind = said.value if isinstance(said, ast.Subscript) else said
    return dotted_name(kind).rpartition(".")[2] if kind else ""
