"""What the names of a source stand for, by whatever detour they are reached.

``run = os.system``, ``getattr(os, "system")``, ``vars(os)["system"]`` and ``{"list": os.system}["list"]`` are all
``os.system``. Every analyzer that asks what is called asks here, so that no detour hides it.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, TypeVar, cast

from quality.model._bindings import DETOURS, Bindings, start_of
from quality.model._builtins import BUILTINS
from quality.model._cached import cached_property
from quality.model._folding import Folding
from quality.model._handed import handed, references
from quality.model._naming import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model._nodes import Nodes

#: Detours are not followed further, and no more arguments are spread.
_DEEPEST = 12
_MOST = 40
#: What may give a function that it is given.
_MAKING = (ast.Call, ast.Attribute, ast.Subscript)
_Expression = TypeVar("_Expression", bound=ast.expr)
#: Functions that give the module of the name that they are given.
IMPORTERS = frozenset({"__import__", "importlib.import_module", "importlib.__import__"})
#: Functions that give an attribute by its name, and a function with arguments filled in.
_LOOKUPS = frozenset({"getattr", "object.__getattribute__", "inspect.getattr_static"})
_PARTIALS = frozenset({"functools.partial", "functools.partialmethod", "partial"})
_WRAPPERS = frozenset({"staticmethod", "functools.cache", "functools.lru_cache"})
_GETTERS = frozenset({"operator.attrgetter", "attrgetter"})
_CALLERS = frozenset({"operator.methodcaller", "methodcaller"})
_NAMESPACES = frozenset({"globals", "locals", "vars"})


class Origins:
    """Looks up what expressions of a source stand for.

    What a name stands for is the last thing that was bound to it above, in the innermost scope that binds it. Only
    attributes, imported names, and names that the source binds nowhere are followed: other values stand for themselves.

    Args:
        nodes: The source's nodes.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._bindings = Bindings(nodes)
        #: The expressions that something else was found to stand for.
        self.followed: set[ast.AST] = set()
        #: Node that was written out here → the node in whose place it stands.
        self.places: dict[ast.AST, ast.AST] = {}
        self._calls: dict[ast.Call, ast.Call] = {}
        self._displays: dict[ast.Dict, dict[object, ast.expr]] = {}

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → dotted name of what it was imported from (``import a.b`` binds ``a``)."""
        return self._bindings.imports

    @property
    def standing(self) -> dict[str, str]:
        """What is imported, and names that nothing binds and that stand for one thing by convention."""
        return self._bindings.standing

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that the source itself binds anywhere: such a name need not be a builtin."""
        return self._bindings.bound

    def settle(self) -> None:
        """Looks up all that may stand for something else: of a tree that is about to be changed it could not be told later."""
        _ = self._bindings.aliases, self._bindings.fields  # they are kept

    def reads(self, name: str) -> bool:
        """Tells whether the source reads a name anywhere."""
        names = cast("Sequence[ast.Name]", self._nodes.kinds.get(ast.Name, ()))
        return any(each.id == name and isinstance(each.ctx, ast.Load) for each in names)

    @cached_property
    def _times(self) -> Counter[str]:
        """How often a name is written."""
        return Counter(node.id for node in cast("Sequence[ast.Name]", self._nodes.kinds.get(ast.Name, ())))

    def keep_apart(self, expression: ast.expr) -> None:
        """Calls the variables of the comprehensions in an expression otherwise, where what surrounds them has their names, too."""
        inside = [node for node in ast.walk(expression) if isinstance(node, ast.Name)]
        clauses = (node for node in ast.walk(expression) if isinstance(node, ast.comprehension))
        bound = {node.id for each in clauses for node in ast.walk(each.target) if isinstance(node, ast.Name)}
        if not bound:
            return
        own = Counter(node.id for node in inside)
        shared = {name for name in bound if self._times[name] > own[name]}
        for node in inside:
            if node.id in shared:
                node.id += "_here"

    def turns(self, node: ast.expr) -> ast.expr | None:
        """What ``iter`` goes through, where a name stands for nothing else in all of the source: ``turns = iter(values)``."""
        if not isinstance(node, ast.Name):
            return None
        found: ast.expr | None = None
        for each in cast("Sequence[ast.Assign]", self._nodes.kinds.get(ast.Assign, ())):
            if any(getattr(target, "id", "") == node.id for target in each.targets):
                match each.value:
                    case ast.Call(func=ast.Name(id="iter"), args=[given], keywords=[]):
                        found = given if each.lineno <= node.lineno else found
                    case _:
                        return None
        return found

    def of(self, node: ast.AST) -> str:
        """The dotted name of what an expression stands for, with imports resolved; empty when that has no name."""
        if (
            isinstance(node, ast.Name)
            and node.id not in self._bindings.aliases
            and node.id not in self.standing
        ):
            return node.id  # as mostly
        parts: list[str] = []
        owners: set[ast.AST] = set()
        node = self.plain(node)
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            owner = node.value
            # What is reached by way of itself stands for something else in each turn of a loop.
            node = owner if owner in owners else self.plain(owner)
            owners.add(owner)
        if not isinstance(node, ast.Name):
            return ""
        first = self._imported(node)
        if not parts and first == node.id:
            return first
        return canonical([first, *reversed(parts)], imported=first != node.id)

    def _imported(self, name: ast.Name) -> str:
        """What a name was imported from, or is by convention; its own where it was not, or stands for something else here."""
        origin = self.standing.get(name.id, name.id)
        if origin == name.id or self._bindings.is_imported(name.id, self.places.get(name, name)):
            return origin
        return name.id

    def constant(self, node: ast.AST | None) -> object:
        """The text, bytes, number or truth value that an expression comes out as; None when that is not known."""
        return self._folding.value(node)

    def plain(self, node: ast.AST) -> ast.AST:
        """What an expression stands for, as a name or attribute where it is one; otherwise the expression itself."""
        for _ in range(_DEEPEST):
            found = self._step(node)
            if found is None:
                break
            node = found
        return node

    def is_detour(self, name: ast.Name) -> bool:
        """Tells whether a name is bound to something that it stands for."""
        return self._bound_to(name) is not None

    def by_own_name(self, function: ast.expr) -> ast.expr | None:
        """The function of a module, or builtin, that an expression stands for, by its own name and in the same place.

        None for what stands for nothing else, and for what is of the source itself.
        """
        names: list[str] = []
        found = self.plain(function)
        if found is function:
            return None
        while isinstance(found, ast.Attribute) and len(names) < _DEEPEST:
            names.append(found.attr)
            found = self.plain(found.value)
        if not isinstance(found, ast.Name):
            return None
        imported = found.id in self.imports or found in self.places  # by a call that imports
        if not imported and (names or found.id not in BUILTINS):
            return None
        return self._dotted(".".join([found.id, *reversed(names)]), function)

    def is_of_module(self, name: str) -> bool:
        """Tells whether the module and its classes alone bind a name, and no function."""
        return self._bindings.is_of_module(name)

    def call(self, call: ast.Call) -> ast.Call:
        """A call, or what a call is handed to call, as if its function, what ``*`` and ``**`` spread and its switches were written out.

        It is the call itself where they are.
        """
        known = self._calls.get(call)
        if known is None:
            known = self._calls[call] = self._written_out(call)
        return known

    def _written_out(self, call: ast.Call) -> ast.Call:
        function, args, keywords = self._called(call)
        args = [each for entry in args for each in self._spread(entry)]
        keywords = [each for keyword in keywords for each in self._named(keyword)]
        if function is call.func and args == call.args and keywords == call.keywords:
            return call
        return self._put(ast.Call(function, args, keywords), call)

    def _put(self, node: _Expression, place: ast.AST) -> _Expression:
        """Gives a node that was written out the place of another."""
        self.places[node] = self.places.get(place, place)
        return ast.copy_location(node, place)

    def _called(self, call: ast.Call) -> tuple[ast.expr, list[ast.expr], list[ast.keyword]]:
        """The function, and the arguments with those that were filled in before."""
        function, args, keywords = call.func, call.args, call.keywords
        inside = handed(call, self.of)
        if inside is not None:
            function, args, keywords = inside.function, [*inside.args], [*inside.keywords]
            self.followed.add(function)
        for _ in range(_DEEPEST):
            found = self.plain(function)
            if not isinstance(found, ast.Call) or not found.args:
                plain = found if isinstance(found, ast.expr) else function
                return self._made_of(plain) or plain, args, keywords
            maker = self._maker(found)
            if maker in _PARTIALS:
                function, args, keywords = (
                    found.args[0],
                    [*found.args[1:], *args],
                    [*found.keywords, *keywords],
                )
            elif maker in _CALLERS and args and isinstance(name := self.constant(found.args[0]), str):
                function = self._put(ast.Attribute(args[0], name, ast.Load()), call.func)
                args, keywords = found.args[1:], found.keywords
            else:
                return self._made_of(function) or function, args, keywords
            self.followed.add(found.args[0])
        return function, args, keywords

    def _made_of(self, function: ast.expr) -> ast.expr | None:
        """The only function of a module that is in what makes another: whoever calls that calls this."""
        value = self.value(function) if isinstance(function, ast.Name) else function
        if not isinstance(value, _MAKING if isinstance(function, ast.Name) else ast.Call):
            return None
        found = references(value, self.imports)
        if len(found) != 1:
            return None
        self.followed.add(found[0])
        return found[0]

    def _spread(self, entry: ast.expr) -> list[ast.expr]:
        whole = self.value(entry.value) if isinstance(entry, ast.Starred) else None
        entries = whole.elts if isinstance(whole, (ast.List, ast.Tuple)) else [entry]
        return entries if len(entries) <= _MOST else [entry]

    def _named(self, keyword: ast.keyword) -> Iterator[ast.keyword]:
        if keyword.arg is not None:
            yield self._switch(keyword)
            return
        whole = self.value(keyword.value)
        if isinstance(whole, ast.Dict) and len(whole.keys) <= _MOST:
            for key, value in zip(whole.keys, whole.values, strict=True):
                name = self.constant(key)
                if isinstance(name, str):
                    yield self._switch(ast.copy_location(ast.keyword(name, value), value))
        elif isinstance(whole, ast.Call) and getattr(whole.func, "id", "") == "dict" and not whole.args:
            yield from map(self._switch, whole.keywords[:_MOST])
        else:
            yield keyword

    def _switch(self, keyword: ast.keyword) -> ast.keyword:
        """A keyword with its constant written out, or what it names."""
        given = keyword.value
        if isinstance(given, ast.Constant):
            return keyword
        known = self.constant(given)
        if isinstance(known, str | bytes | int | float):
            shown: ast.AST = self._put(ast.Constant(known), given)
        else:
            shown = self.plain(given) if isinstance(given, ast.Name) else given
        if shown is given or not isinstance(shown, ast.expr):
            return keyword
        return ast.copy_location(ast.keyword(keyword.arg, shown), keyword)

    def value(self, node: ast.expr) -> ast.expr:
        """What a name is bound to where one assignment alone binds it in its scope; anything else is itself."""
        found = self._bindings.value(node, self.places) if isinstance(node, ast.Name) else None
        return node if found is None else found

    @cached_property
    def _folding(self) -> Folding:
        bindings, places = self._bindings, self.places  # what it needs, and not what holds it
        return Folding(lambda name: bindings.value(name, places))

    # One step of a detour.

    def _step(self, node: ast.AST) -> ast.AST | None:
        """What an expression stands for, if that is something else."""
        if isinstance(node, ast.Name):
            return self._bound_to(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self._detour(node)
        if isinstance(node, ast.Subscript):
            return self._item(node)
        if isinstance(node, ast.NamedExpr):
            return node.value
        first = node.body if isinstance(node, ast.IfExp) else None
        if isinstance(node, ast.BoolOp):
            first = next((each for each in node.values if not isinstance(each, ast.Constant)), None)
        return first if first is not None and self._bindings.leads_away(first) else None

    def _bound_to(self, name: ast.Name) -> ast.AST | None:
        scopes = self._bindings.aliases.get(name.id)
        if not scopes or not isinstance(name.ctx, ast.Load) or name.id in self.imports:
            return None
        for scope in self._bindings.scopes(self.places.get(name, name)):
            bindings = scopes.get(scope)
            if bindings:
                above = bisect_right(bindings, (name.lineno, name.col_offset), key=start_of)
                value = bindings[max(above - 1, 0)].value
                return None if self._is_inside(name, value) else self._follow(value, name)
        return None

    def is_in_class(self, place: ast.expr) -> bool:
        """Tells whether an expression stands on the lines of a class, which gives names with two underscores its own."""
        classes = cast("Sequence[ast.ClassDef]", self._nodes.kinds.get(ast.ClassDef, ()))
        return any(each.lineno <= place.lineno <= (each.end_lineno or 0) for each in classes)

    def _is_inside(self, name: ast.Name, value: ast.AST) -> bool:
        """Tells whether a value is made of the name that it is given: that says nothing of what it was before."""
        node: ast.AST | None = name
        while node is not None and node is not value and not isinstance(node, ast.stmt):
            node = self._nodes.parents.get(node)
        return node is value

    def _follow(self, value: ast.AST, place: ast.AST) -> ast.AST | None:
        if value is place:
            return None
        self.followed.add(value)
        return value

    def _attribute(self, node: ast.Attribute) -> ast.AST | None:
        if node.attr in {"__call__", "__func__", "__wrapped__"}:
            return node.value
        values = self._bindings.fields.get(node.attr)
        owner = node.value
        if not values or len(values) > 1 or not isinstance(node.ctx, ast.Load):
            return None
        imported = isinstance(owner, ast.Name) and owner.id in self.imports
        return None if imported else self._follow(values[0], node)

    def _detour(self, call: ast.Call) -> ast.AST | None:
        function = call.func
        if isinstance(function, ast.Call):
            return self._got(call, function)
        word = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if word not in DETOURS or not call.args:
            return None
        maker = self.of(function)
        if maker in IMPORTERS:
            name = self.constant(call.args[0])
            return self._dotted(name, call) if isinstance(name, str) else None
        if maker in _WRAPPERS:
            return call.args[0]
        if maker in _LOOKUPS and len(call.args) > 1:
            return self._named_attribute(call.args[0], call.args[1], call)
        return None

    def _got(self, call: ast.Call, function: ast.Call) -> ast.AST | None:
        """``attrgetter("system")(os)``, and what ``wraps(other)`` gives a look."""
        if call.args and self._maker(function) == "functools.wraps":
            return call.args[0]
        if call.args and function.args and self._maker(function) in _GETTERS:
            return self._named_attribute(call.args[0], function.args[0], call)
        return None

    def _maker(self, call: ast.Call) -> str:
        return self.of(call.func) if isinstance(call.func, ast.Name | ast.Attribute) else ""

    def _named_attribute(self, owner: ast.expr, name: ast.expr, place: ast.expr) -> ast.AST | None:
        attribute = self.constant(name)
        if not isinstance(attribute, str) or not attribute.isidentifier():
            return None
        return self._put(ast.Attribute(owner, attribute, ast.Load()), place)

    def _dotted(self, name: str, place: ast.expr) -> ast.expr | None:
        """A dotted name as an expression that stands where another does."""
        first, *rest = name.split(".")
        if not all(part.isidentifier() for part in (first, *rest)):
            return None
        node: ast.expr = self._put(ast.Name(first, ast.Load()), place)
        for part in rest:
            node = self._put(ast.Attribute(node, part, ast.Load()), place)
        return node

    def _item(self, node: ast.Subscript) -> ast.AST | None:
        whole, key = node.value, self.constant(node.slice)
        if key is None or not isinstance(node.ctx, ast.Load):
            return None
        if isinstance(key, str) and isinstance(whole, ast.Call | ast.Attribute | ast.Name):
            found = self._in_namespace(node, whole, key)
            if found is not None:
                return found
        display = self.value(whole)
        if isinstance(display, ast.Dict) and not isinstance(key, list):
            value = self._entries(display).get(key)
            return None if value is None else self._follow(value, node)
        if isinstance(display, ast.Call) and getattr(display.func, "id", "") == "dict" and not display.args:
            named = (each.value for each in display.keywords if each.arg == key)
            value = next(named, None)
            return None if value is None else self._follow(value, node)
        if isinstance(display, ast.List | ast.Tuple) and isinstance(key, int):
            inside = -len(display.elts) <= key < len(display.elts)
            return self._follow(display.elts[key], node) if inside else None
        return None

    def _entries(self, display: ast.Dict) -> dict[object, ast.expr]:
        """The entries of a dictionary by their keys, where these are constants."""
        found = self._displays.get(display)
        if found is None:
            keyed = (
                (self.constant(key), value) for key, value in zip(display.keys, display.values, strict=True)
            )
            found = {key: value for key, value in keyed if not isinstance(key, list)}
            self._displays[display] = found
        return found

    def _in_namespace(self, node: ast.Subscript, whole: ast.expr, key: str) -> ast.AST | None:
        if isinstance(whole, ast.Attribute) and whole.attr == "__dict__":
            return self._named_attribute(whole.value, node.slice, node)
        if isinstance(whole, ast.Attribute) and whole.attr == "modules":
            return self._dotted(key, node) if self.of(whole) == "sys.modules" else None
        if isinstance(whole, ast.Name):
            return self._dotted(key, node) if whole.id == "__builtins__" else None
        if isinstance(whole, ast.Call) and getattr(whole.func, "id", "") in _NAMESPACES:
            if whole.args:
                return self._named_attribute(whole.args[0], node.slice, node)
            return self._dotted(key, node) if key != getattr(node.value, "id", "") else None
        return None
