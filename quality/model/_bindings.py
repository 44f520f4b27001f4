"""What the names of a source are bound to, and where."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard, TypeVar

from quality.model._cached import cached_property
from quality.model._conventions import CONVENTIONAL

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from quality.model._nodes import Nodes

_Node = TypeVar("_Node", bound=ast.AST)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Module)
#: What may bind a name without a node for it; most sources have none of it.
_BINDING_ALONE = frozenset({ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping})
#: Last words of functions that give a function or module: what other calls give is followed nowhere.
DETOURS = frozenset(
    {
        *(
            "__import__",
            "import_module",
            "getattr",
            "__getattribute__",
            "getattr_static",
            "vars",
            "attrgetter",
            "partial",
        ),
        *("partialmethod", "staticmethod", "cache", "lru_cache"),
    }
)
#: Names of names of names are followed so far.
_DEEPEST = 12


class Binding(NamedTuple):
    """An assignment to a name."""

    target: ast.Name
    value: ast.expr


def start_of(binding: Binding) -> tuple[int, int]:
    """Where the value ends: from there on the name stands for it."""
    value = binding.value
    return (value.end_lineno or value.lineno, value.end_col_offset or 0)


class Bindings:
    """Finds what names are bound to; each question is answered on first use.

    Args:
        nodes: The source's nodes.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._kinds: Mapping[Any, Any] = nodes.kinds
        self._values: dict[str, dict[ast.AST, ast.expr | None]] = {}

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → dotted name of what it was imported from (``import a.b`` binds ``a``)."""
        found: dict[str, str] = {}
        for node in self._of(ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
        for origin in self._of(ast.ImportFrom):
            prefix = "." * origin.level + (f"{origin.module}." if origin.module else "")
            found.update((a.asname or a.name, prefix + a.name) for a in origin.names)
        return found

    @cached_property
    def standing(self) -> dict[str, str]:
        """Name → what it is imported from; or would be, by convention, where a piece without its imports binds it nowhere."""
        if any(alias.name == "*" for alias in self._of(ast.alias)):
            return self.imports
        bound = self.bound
        return {name: origin for name, origin in CONVENTIONAL.items() if name not in bound} | self.imports

    def is_imported(self, name: str, place: ast.AST) -> bool:
        """Tells whether a name stands for what the source imports by it, and not for a parameter, or a function in a function.

        Args:
            name: A name that the source imports.
            place: Where it is read.
        """
        hiding = self._hiding.get(name)
        if not hiding:
            return True
        importing = {next(_around(each, self._nodes.parents)) for each in self._importing(name)}
        parents = self._nodes.parents
        below, above = place, parents.get(place)
        while above is not None and above not in importing:
            if above in hiding and _is_in_body(below, above):
                return False
            below, above = above, parents.get(above)
        return True

    def _importing(self, name: str) -> Iterator[ast.AST]:
        for alias in self._of(ast.alias):
            if (alias.asname or alias.name).partition(".")[0] == name:
                yield alias

    @cached_property
    def _hiding(self) -> dict[str, set[ast.AST]]:
        """Imported name → the functions in which a parameter, another function or a class bears it.

        A parameter whose default may be what is imported is none.
        """
        kept = {
            parameter
            for arguments in self._of(ast.arguments)
            for parameter, default in _defaults(arguments)
            if self.leads_away(default)
        }
        found: dict[str, set[ast.AST]] = {}
        for each in self._of(ast.arg):
            if each.arg in self.imports and each not in kept:
                found.setdefault(each.arg, set()).add(next(_around(each, self._nodes.parents)))
        definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = [
            *self._of(ast.FunctionDef),
            *self._of(ast.AsyncFunctionDef),
            *self._of(ast.ClassDef),
        ]
        for defined in definitions:
            scope = next(_around(defined, self._nodes.parents)) if defined.name in self.imports else None
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                found.setdefault(defined.name, set()).add(scope)
        return found

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that the source itself binds anywhere: such a name need not be a builtin."""
        names = {n.id for n in self._of(ast.Name) if not isinstance(n.ctx, ast.Load)}
        names.update(node.arg for node in self._of(ast.arg))
        names.update(node.name for node in self._of(ast.FunctionDef))
        names.update(node.name for node in self._of(ast.AsyncFunctionDef))
        names.update(node.name for node in self._of(ast.ClassDef))
        names.update((n.asname or n.name).partition(".")[0] for n in self._of(ast.alias))
        if not _BINDING_ALONE.isdisjoint(self._kinds):
            names.update(node.name for node in self._of(ast.ExceptHandler) if node.name)
            names.update(node.name for node in self._of(ast.MatchAs) if node.name)
            names.update(node.name for node in self._of(ast.MatchStar) if node.name)
            names.update(node.rest for node in self._of(ast.MatchMapping) if node.rest)
        return frozenset(names)

    def value(self, name: ast.Name, places: Mapping[ast.AST, ast.AST]) -> ast.expr | None:
        """What a name is bound to where one assignment alone binds it in its scope, or None.

        Args:
            name: The name.
            places: Node that was written out → the node in whose place it stands.
        """
        if name.id in self.imports or name.id not in self.plain:
            return None
        known = self._values.get(name.id)
        if known is None:
            known = self._values[name.id] = self._values_of(name.id)
        found = (known[scope] for scope in self.scopes(places.get(name, name)) if scope in known)
        return next(found, None)

    def _values_of(self, name: str) -> dict[ast.AST, ast.expr | None]:
        """Scope → what a name is bound to in it; None where that is not certain."""
        given = {each.target: each.value for each in self.plain[name]}
        found: dict[ast.AST, ast.expr | None] = {}
        for target in self._stores[name]:
            scope = next(_around(target, self._nodes.parents))
            again = name in self._shared or scope in found
            found[scope] = None if again else given.get(target)
        for parameter in self._parameters.get(name, ()):
            found[next(_around(parameter, self._nodes.parents))] = None
        return found

    def is_of_module(self, name: str) -> bool:
        """Tells whether the module and its classes alone bind a name, and no function."""
        scopes = [next(_around(target, self._nodes.parents)) for target in self._stores.get(name, ())]
        return name not in self._parameters and all(
            isinstance(scope, ast.Module | ast.ClassDef) for scope in scopes
        )

    @cached_property
    def plain(self) -> dict[str, list[Binding]]:
        """Name → its plain assignments, in the order of the text."""
        found: dict[str, list[Binding]] = {}
        for target, value in self._assigned():
            if isinstance(target, ast.Name):
                found.setdefault(target.id, []).append(Binding(target, value))
        return found

    def _assigned(self) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Targets and what they are given, pairs of displays taken apart."""
        for node in self._of(ast.Assign):
            value: ast.expr = node.value
            for target in node.targets:
                if not isinstance(target, (ast.Tuple, ast.List)):
                    yield target, value
                elif isinstance(value, ast.Tuple | ast.List):
                    yield from _paired(target.elts, value.elts)
        for declared in self._of(ast.AnnAssign):
            if declared.value is not None:
                yield declared.target, declared.value
        yield from ((named.target, named.value) for named in self._of(ast.NamedExpr))
        yield from self._handed()

    def _handed(self) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Targets of loops over one value that is written there, and of context managers that only hand one on."""
        for loop in self._of(ast.For):
            if isinstance(loop.iter, (ast.Tuple, ast.List)) and len(loop.iter.elts) == 1:
                yield loop.target, loop.iter.elts[0]
        for item in self._of(ast.withitem):
            held = item.context_expr
            if item.optional_vars is not None and _is_idle_context(held):
                yield item.optional_vars, held.args[0]

    @cached_property
    def _stores(self) -> dict[str, list[ast.Name]]:
        """Name → where something is bound to it."""
        found: dict[str, list[ast.Name]] = {}
        for node in self._of(ast.Name):
            if not isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Names that functions take from around them to bind them."""
        taken = [node.names for node in self._of(ast.Global)] + [
            node.names for node in self._of(ast.Nonlocal)
        ]
        return frozenset(name for names in taken for name in names)

    @cached_property
    def _parameters(self) -> dict[str, list[ast.arg]]:
        """Name → the parameters that bear it."""
        found: dict[str, list[ast.arg]] = {}
        for parameter in self._of(ast.arg):
            found.setdefault(parameter.arg, []).append(parameter)
        return found

    @cached_property
    def aliases(self) -> dict[str, dict[ast.AST, list[Binding]]]:
        """Name → scope → what it is bound to there, in order, of names that may stand for a function or module."""
        found: dict[str, dict[ast.AST, list[Binding]]] = {}
        for scope, binding in self._leading():
            found.setdefault(binding.target.id, {}).setdefault(scope, []).append(binding)
        for scopes in found.values():
            for kept in scopes.values():
                kept.sort(key=start_of)
        return found

    def _leading(self) -> Iterator[tuple[ast.AST, Binding]]:
        """Scopes with bindings of a name to what may be a function or module."""
        for bindings in self.plain.values():
            for each in bindings:
                if self.leads_away(each.value):
                    yield next(_around(each.target, self._nodes.parents)), each
        for arguments in self._of(ast.arguments):
            for parameter, default in _defaults(arguments):
                if self.leads_away(default):
                    bound = ast.copy_location(ast.Name(parameter.arg, ast.Store()), parameter)
                    yield self._nodes.parents[arguments], Binding(bound, default)
        for function, called in self._forwarding():
            if self.leads_away(called):
                bound = ast.copy_location(ast.Name(function.name, ast.Store()), function)
                yield next(_around(function, self._nodes.parents)), Binding(bound, called)

    def _forwarding(self) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
        """Functions that call another with whatever they are given, and change nothing of it, with what they call."""
        for function in self._of(ast.FunctionDef):
            *before, last = function.body
            plain = not function.decorator_list and all(isinstance(each, ast.Expr) for each in before)
            call = last.value if plain and isinstance(last, ast.Return) else None
            if isinstance(call, ast.Call) and _passes_all(call, function.args):
                yield function, call.func

    def leads_away(self, value: ast.expr) -> bool:
        """Tells whether a value may name something else: a library's function, or a method."""
        return self._leads(value, self._renamed)

    def _leads(self, value: ast.expr, renamed: Container[str]) -> bool:
        if isinstance(value, ast.Call):
            function = value.func
            word = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            return word in DETOURS or isinstance(function, ast.Call)
        if isinstance(value, (ast.IfExp, ast.BoolOp)):
            first = value.body if isinstance(value, ast.IfExp) else value.values[0]
            return isinstance(first, ast.Attribute | ast.Name) and self._leads(first, renamed)
        while isinstance(value, (ast.Attribute, ast.Subscript)):
            value = value.value
        if not isinstance(value, ast.Name):
            return False
        return value.id in self.imports or value.id in renamed or value.id not in self.bound

    @cached_property
    def _renamed(self) -> frozenset[str]:
        """Names that stand for something else themselves, some by way of others."""
        found: set[str] = set()
        for _ in range(_DEEPEST):
            known = len(found)
            for name, bindings in self.plain.items():
                if name not in found and any(self._leads(each.value, found) for each in bindings):
                    found.add(name)
            if len(found) == known:
                break
        return frozenset(found)

    @cached_property
    def fields(self) -> dict[str, list[ast.expr]]:
        """Attribute → what bodies of classes and assignments give it, of those that may stand for a function."""
        found: dict[str, list[ast.expr]] = {}
        for name, scopes in self.aliases.items():
            for scope, bindings in scopes.items():
                if isinstance(scope, ast.ClassDef):
                    found.setdefault(name, []).extend(each.value for each in bindings)
        for target, value in self._assigned():
            if isinstance(target, ast.Attribute):
                leads = isinstance(value, ast.Attribute) and self.leads_away(value)
                found.setdefault(target.attr, []).extend([value] if leads else [value, value])
        return found

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The scopes that a name is looked up in, innermost first: a class counts in its own body alone."""
        for place, scope in enumerate(_around(node, self._nodes.parents)):
            if place == 0 or not isinstance(scope, ast.ClassDef):
                yield scope

    def _of(self, kind: type[_Node]) -> Sequence[_Node]:
        """All nodes of exactly this type, in the order of the text."""
        found: Sequence[_Node] = self._kinds.get(kind, ())
        return found


def _paired(targets: Sequence[ast.expr], values: Sequence[ast.expr]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets and values one by one, up to where a target takes several."""
    several = any(isinstance(each, ast.Starred) for each in (*targets, *values))
    if len(targets) != len(values) and not several:
        return
    for target, value in zip(targets, values, strict=False):
        if isinstance(target, ast.Starred) or isinstance(value, ast.Starred):
            return
        yield target, value


def _is_idle_context(node: ast.expr) -> TypeGuard[ast.Call]:
    """Tells whether a context manager gives what it is given, and does nothing."""
    word = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return word == "nullcontext" and isinstance(node, ast.Call) and len(node.args) == 1


def _passes_all(call: ast.Call, arguments: ast.arguments) -> bool:
    """Tells whether a call gets all that the function around it takes, in its order, ``**kwargs`` among it."""
    if arguments.kwarg is None:
        return False
    places = [*arguments.posonlyargs, *arguments.args, *([arguments.vararg] if arguments.vararg else ())]
    given = [getattr(each.value if isinstance(each, ast.Starred) else each, "id", "") for each in call.args]
    named = {each.arg: getattr(each.value, "id", "") for each in call.keywords}
    wanted: dict[str | None, str] = {
        None: arguments.kwarg.arg,
        **{each.arg: each.arg for each in arguments.kwonlyargs},
    }
    return given == [each.arg for each in places] and named == wanted


def _defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    """The parameters that have a default, which they mostly keep."""
    places = [*arguments.posonlyargs, *arguments.args]
    yield from zip(reversed(places), reversed(arguments.defaults), strict=False)
    for place, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield place, default


def _is_in_body(part: ast.AST, function: ast.AST) -> bool:
    """Tells whether a part of a function is of its body: decorators, defaults and types are of what is around it."""
    outside = [*getattr(function, "decorator_list", ()), getattr(function, "returns", None)]
    return not isinstance(part, ast.arguments) and part not in outside


def _around(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    above = parents.get(node)
    while above is not None:
        if isinstance(above, _SCOPES):
            yield above
        above = parents.get(above)
