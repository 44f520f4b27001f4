"""A source with its detours written out: what is reached by them is there as it would be written without them.

``getattr(items, "append")(item)`` becomes ``items.append(item)``, ``f(**{"key": 1})`` ``f(key=1)``, ``partial(f, 1)()``
``f(1)``, ``"{key}".format_map({"key": 1})`` ``"{key}".format(key=1)``, ``operator.eq(a, b)`` ``a == b``, ``cast(int, a)``
``a``, ``all((a, b))`` ``a and b``, ``a and f()`` ``if a: f()``, ``int("511")`` ``511``, ``a in (b,)`` ``a == b``, ``json = import_module("json")`` ``import json``, ``half = lambda n: n / 2`` a function with ``def``, and
``def f(): def g(): ...; return g()`` what is in ``g``,
``globals()["count"] = 1`` ``global count; count = 1``, and ``state.total = 0`` ``total = 0`` where ``state`` only holds local values. A function that a module gives another name is called by its own. So no way of spelling a call hides it from who knows calls by how they are written.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from quality.model._arguments import formatted, is_name, joined, shows_more, spread, text_of
from quality.model._caught import caught
from quality.model._choices import first_or, has_choices, may_have_choices, plainly, without_copy
from quality.model._discarded import drops, has_discarded, may_be_discarded, statements_of
from quality.model._disguised import (
    has_disguises,
    has_shorter,
    made_constant,
    only_member,
    taken_out,
    whole_text,
)
from quality.model._handed import called_at_once, only_inner
from quality.model._helpers import puts_text_together
from quality.model._holders import may_hold_names
from quality.model._operations import operation
from quality.model._origins import IMPORTERS
from quality.model._outline import module_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model._helpers import TextHelpers
    from quality.model._holders import Holders
    from quality.model._lambdas import NamedLambdas
    from quality.model._namespaces import OwnNames
    from quality.model._nodes import Nodes
    from quality.model._origins import Origins

#: Words that detours need, but for what is spread and what is called out of a table.
_WORDS = (
    *(
        "getattr",
        "format_map",
        "partial",
        "methodcaller",
        "attrgetter",
        "itemgetter",
        "import_module",
        "__import__",
    ),
    *(
        "operator",
        "cast",
        "copy_context",
        "submit",
        "vars",
        "__dict__",
        "lambda",
        "globals",
        "sys.modules[__name__]",
        "next",
        "nullcontext",
    ),
)
#: Modules whose function ``cast`` gives its second argument.
_CASTING = frozenset({"typing.cast", "typing_extensions.cast"})
#: Contexts that only call what they are handed.
_POOLS = frozenset(
    {
        "concurrent.futures.ThreadPoolExecutor",
        "concurrent.futures.ProcessPoolExecutor",
        "contextlib.nullcontext",
    }
)
_PARTIAL = "functools.partial"
_METHOD_CALLER = "operator.methodcaller"
_ATTRIBUTE_GETTER = "operator.attrgetter"
_ITEM_GETTER = "operator.itemgetter"
_BY_NAME = frozenset({_METHOD_CALLER, _ATTRIBUTE_GETTER})


def may_have_detours(text: str, tree: ast.Module, nodes: Nodes) -> bool:
    """A cheap look at a source; False where it has none for sure."""
    calls = cast("Sequence[ast.Call]", nodes.kinds.get(ast.Call, ()))
    attributes = cast("Sequence[ast.Attribute]", nodes.kinds.get(ast.Attribute, ()))
    return (
        any(map(text.__contains__, _WORDS))
        or any(map(shows_more, calls))
        or any(map(_sets_other, attributes))
        or may_hold_names(nodes)
        or any(isinstance(each.type, ast.Name | ast.Call) for each in _handlers(nodes))
        or any(
            isinstance(each, ast.Assign) and isinstance(each.value, ast.Attribute)
            for each in module_statements(tree, classes=True)
        )
        or any(map(puts_text_together, nodes.kinds.get(ast.FunctionDef, ())))
        or has_disguises(nodes)
        or may_have_choices(nodes)
        or may_be_discarded(nodes)
        or any(map(only_inner, _functions(nodes)))
    )


def _handlers(nodes: Nodes) -> Sequence[ast.ExceptHandler]:
    return cast("Sequence[ast.ExceptHandler]", nodes.kinds.get(ast.ExceptHandler, ()))


def _functions(nodes: Nodes) -> Sequence[ast.FunctionDef]:
    return cast("Sequence[ast.FunctionDef]", nodes.kinds.get(ast.FunctionDef, ()))


def _contexts(nodes: Nodes) -> Iterator[ast.withitem]:
    for each in cast("Sequence[ast.With]", nodes.kinds.get(ast.With, ())):
        yield from each.items


def _sets_other(node: ast.Attribute) -> bool:
    """Tells whether an attribute is set of something that is not the object of a method."""
    owner = node.value
    return isinstance(node.ctx, ast.Store) and isinstance(owner, ast.Name) and owner.id not in {"self", "cls"}


@dataclass(slots=True)
class Detours(ast.NodeTransformer):
    """Writes the detours of a tree out, in place.

    Attributes:
        origins: What the names of the tree stand for.
        lambdas: The lambdas of the tree that have a name.
        own_names: What binds names of the module by its dictionary.
        holders: What objects hold the values of local names.
        helpers: The functions that put texts together.
        passed_over: Names that were there for a detour, and may be used nowhere else.
        looked_up: Lines and columns of attributes that are looked up by name: such a one need not exist.
        named: Function that was written out → the assignment of a lambda in whose place it stands.
        put_together: Text that was written out → the function whose call it was.
    """

    origins: Origins
    lambdas: NamedLambdas
    own_names: OwnNames
    holders: Holders
    helpers: TextHelpers
    passed_over: set[str] = field(default_factory=set)
    looked_up: set[tuple[int, int]] = field(default_factory=set)
    named: dict[ast.FunctionDef, ast.stmt] = field(default_factory=dict)
    put_together: dict[ast.expr, str] = field(default_factory=dict)
    _lifted: list[ast.FunctionDef] = field(default_factory=list)

    def any_in(self, nodes: Nodes) -> bool:
        """Tells whether there are any in a tree, which stays as it is."""
        assignments = cast("Sequence[ast.Assign]", nodes.kinds.get(ast.Assign, ()))
        calls = cast("Sequence[ast.Call]", nodes.kinds.get(ast.Call, ()))
        return (
            any(map(self._imported, assignments))
            or any(self._stands_for(each) is not each for each in calls if not _is_idle(each, nodes))
            or self.lambdas.any()
            or self.own_names.any()
            or bool(self.holders.names)
            or any(caught(each, self.origins) for each in _handlers(nodes))
            or has_shorter(nodes)
            or has_choices(nodes, self._name)
            or has_discarded(nodes, self._name)
            or any(map(self._is_spare, _contexts(nodes)))
            or any(map(only_inner, _functions(nodes)))
        )

    def visit_For(self, node: ast.For) -> ast.AST:
        """A condition that is written as a loop, and a loop over a copy that it does not need."""
        node.iter = without_copy(node.iter, self._name)
        return self._chosen(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        """A loop that takes one entry after the other."""
        plain = self._chosen(node)
        turns = self.origins.turns(plain.iter) if isinstance(plain, ast.For) else None
        if turns is not None and isinstance(plain, ast.For):
            self._pass_over(plain.iter)
            plain.iter = turns
        return plain

    def visit_Match(self, node: ast.Match) -> ast.AST:
        """A condition that is written as a match."""
        return self._chosen(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function that only calls what is defined in it."""
        self.generic_visit(node)
        inner = only_inner(node)
        if inner is not None:
            kept = len(node.body) - 2  # its documentation
            node.body[kept:] = inner.body
        return node

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        """A pool of workers that has no work left when its calls are written out."""
        self.generic_visit(node)
        if not all(map(self._is_spare, node.items)):
            return node
        given = {getattr(item.optional_vars, "id", "") for item in node.items}
        inside = (each for statement in node.body for each in ast.walk(statement))
        if any(isinstance(each, ast.Name) and each.id in given for each in inside):
            return node
        for item in node.items:
            self._pass_over(item.context_expr)
        return node.body

    def _is_spare(self, item: ast.withitem) -> bool:
        made, given = item.context_expr, item.optional_vars
        named = given is None or isinstance(given, ast.Name)
        return named and isinstance(made, ast.Call) and self._name(made.func) in _POOLS

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """A condition that is written as an assertion."""
        return self._chosen(node)

    def _chosen(self, node: ast.stmt) -> ast.AST:
        plain = plainly(node, self._name)
        self.generic_visit(plain)
        return plain

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """A handler of all exceptions, whatever they are called."""
        everything = caught(node, self.origins)
        if everything is not None and node.type is not None:
            self.passed_over |= names_of_type(node.type)
            node.type = everything
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        """An import that is an assignment, a function that is one, statements, and an object that only holds values."""
        if drops(node) and not self.origins.reads(cast("ast.Name", node.targets[0]).id):
            return self._lined_up(node) or self._defined(node)
        return (
            self._unmade(node) if node in self.holders.made else self._imported(node) or self._defined(node)
        )

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST | list[ast.stmt]:
        """A class in a function that only holds values."""
        return self._unmade(node) if node in self.holders.made else self.generic_visit(node)

    def _unmade(self, node: ast.Assign | ast.ClassDef) -> ast.AST | list[ast.stmt]:
        """The values that an object is made to hold."""
        plain = self.holders.made[node]
        self.passed_over |= self.holders.passed_over
        for each in plain:
            self.generic_visit(each)
        return plain if plain or not self.holders.is_alone(node) else ast.copy_location(ast.Pass(), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """A local name that an object holds."""
        name = self.holders.names.get(node)
        if name is None:
            return self.generic_visit(node)
        return ast.copy_location(ast.Name(name, node.ctx), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | list[ast.stmt]:
        """A function that is an assignment with a type."""
        return self._defined(node)

    def _defined(self, node: ast.Assign | ast.AnnAssign) -> ast.AST | list[ast.stmt]:
        """An assignment with the functions that it names or holds before it, or in its place."""
        self.generic_visit(node)
        above: list[ast.stmt] = [*self._lifted]
        self._lifted.clear()
        plain = self.lambdas.functions(node) or self._by_own_names(node)
        if isinstance(node, ast.AnnAssign) and plain:
            self.passed_over |= names_of_type(node.annotation)
        if len(plain) == 1 and isinstance(plain[0], ast.FunctionDef):
            self.named[plain[0]] = node
        return [*above, *(plain or [node])]

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        """A name of the module that is changed by its dictionary."""
        return self._named_plainly(node)

    def visit_Delete(self, node: ast.Delete) -> ast.AST | list[ast.stmt]:
        """A name of the module that is deleted by its dictionary."""
        return self._named_plainly(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """Statements that are written as an expression, and names of the module that a call binds."""
        return self._lined_up(node) or self._named_plainly(node)

    def _lined_up(self, node: ast.Expr | ast.Assign) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        if not statements_of(node.value, self._name):
            return found
        self.origins.keep_apart(node.value)
        for each in statements_of(node.value, self._name):
            plain = self.visit(each)
            found += plain if isinstance(plain, list) else [plain]
        return found

    def _named_plainly(self, node: ast.stmt) -> ast.AST | list[ast.stmt]:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and joined(call, self._name(call.func)):
            self.generic_visit(call)  # nobody asks for the answer: it runs what is in it
            return node
        if isinstance(call, ast.Call) and made_constant(call):
            return node
        self.generic_visit(node)
        return self._by_own_names(node) or node

    def _by_own_names(self, node: ast.stmt) -> list[ast.stmt]:
        plain = self.own_names.written_out(node)
        if plain:
            self.passed_over |= self.own_names.passed_over
        return plain

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """A function in a table, which stands above it."""
        self.generic_visit(node)
        function = self.lambdas.entry(node)
        if function is None:
            return node
        self._lifted.append(function)
        return ast.copy_location(ast.Name(function.name, ast.Load()), node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """An entry of a table that is a function, and a local name that a dictionary holds."""
        name = self.lambdas.readings.get(node) or self.holders.names.get(node)
        if name is not None:
            return ast.copy_location(ast.Name(name, node.ctx), node)
        return self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """A text without the constants that are put into it."""
        plain = whole_text(node)
        self.generic_visit(plain)
        return plain

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """A comparison with the only member of what is written."""
        plain = only_member(node)
        self.generic_visit(plain)
        return plain

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A call without its detours."""
        plain = self._stands_for(node)
        if plain is not node:
            found: ast.AST = self.visit(plain)
            return found
        self.generic_visit(node)
        name = self._name(node.func)
        return (
            self._constant(node, name) or self._looked_up(node, name) or node
        )  # its arguments may be constants only now

    def _stands_for(self, call: ast.Call) -> ast.expr:
        """What a call is one step less far from; the call itself without a detour."""
        own = self._by_own_name(call.func)
        if own is not None:
            return ast.copy_location(ast.Call(own, call.args, call.keywords), call)
        name = self._name(call.func)
        return (
            self._constant(call, name)
            or self._looked_up(call, name)
            or self._applied(call, name)
            or self._called_at_once(call)
            or formatted(call)
            or self._put_together(call)
            or joined(call, name)
            or (first_or(call) if name == "next" else None)
            or self._made(call)
            or self._taken_out(call)
            or spread(call)
        )

    def _constant(self, call: ast.Call, name: str) -> ast.Constant | None:
        """``int("511")``, where that is Python's own."""
        found = made_constant(call)
        return found if isinstance(call.func, ast.Attribute) or name else None

    def _taken_out(self, call: ast.Call) -> ast.expr | None:
        """``[f][0](a)``, and ``(g := f)(a)`` where nobody asks for that name."""
        function = call.func
        found = taken_out(function)
        if found is not None and isinstance(function, ast.Subscript):
            self.passed_over.update(
                each.id for each in ast.walk(function.value) if isinstance(each, ast.Name)
            )
        if isinstance(function, ast.NamedExpr) and not self.origins.reads(function.target.id):
            found = function.value
        return None if found is None else ast.copy_location(ast.Call(found, call.args, call.keywords), call)

    def _name(self, node: ast.AST) -> str:
        """The dotted name of a function; empty for what the source defines itself."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return ""
        name = self.origins.of(node)
        return "" if name in self.origins.bound else name

    def _by_own_name(self, function: ast.expr) -> ast.expr | None:
        """``logging.error`` for a name or an entry of a table that the module gives it, or for ``vars(logging)["error"]``."""
        root = function
        while isinstance(root, ast.Subscript | ast.Call | ast.Attribute):
            root = root.func if isinstance(root, ast.Call) else root.value
        if not isinstance(function, ast.Name | ast.Subscript) or not isinstance(root, ast.Name):
            return None
        if not self.origins.is_of_module(root.id):  # a local name would be there for nothing
            return None
        own = self.origins.by_own_name(function)
        return own if isinstance(own, ast.Attribute) else None

    def _imported(self, statement: ast.Assign) -> ast.Import | None:
        """``json = import_module("json")``."""
        call, target = statement.value, statement.targets[0]
        if not (isinstance(call, ast.Call) and isinstance(target, ast.Name) and len(statement.targets) == 1):
            return None
        importer = self._name(call.func)
        if importer not in IMPORTERS or len(call.args) != 1 or call.keywords:
            return None
        path = text_of(call.args[0])
        if not all(map(is_name, path.split("."))):
            return None
        self._pass_over(call.func)
        # The others give the outermost of a dotted name.
        name = path if importer == "importlib.import_module" else path.partition(".")[0]
        alias = ast.alias(name, None if name == target.id else target.id)
        return ast.copy_location(ast.Import([ast.copy_location(alias, call)]), statement)

    def _looked_up(self, call: ast.Call, name: str) -> ast.expr | None:
        """``getattr(owner, "name")``."""
        if name != "getattr" or len(call.args) != 2 or call.keywords:  # noqa: PLR2004 - without a default
            return None
        owner, attribute = call.args
        return None if isinstance(owner, ast.Starred) else self._attribute(owner, text_of(attribute), call)

    def _applied(self, call: ast.Call, name: str) -> ast.expr | None:
        """``operator.eq(a, b)``, and ``cast(type, value)``."""
        if name in _CASTING and len(call.args) == 2 and not call.keywords:  # noqa: PLR2004 - type and value
            self.passed_over |= names_of_type(call.args[0])
            found: ast.expr | None = call.args[1]
        else:
            module, _, word = name.rpartition(".")
            found = operation(word, call) if module == "operator" else None
        if found is not None:
            self._pass_over(call.func)
        return found

    def _called_at_once(self, call: ast.Call) -> ast.expr | None:
        """``operator.call(f, a)``, ``copy_context().run(f, a)`` and ``pool.submit(f, a).result()``."""
        found = called_at_once(call, self._name)
        if found is not None:
            self._pass_over(call.func)
        return found

    def _attribute(self, owner: ast.expr, name: str, place: ast.expr) -> ast.expr | None:
        mangled = name.startswith("__") and not name.endswith("__")
        if not is_name(name) or (mangled and self.origins.is_in_class(place)):
            return None
        self.looked_up.add((place.lineno, place.col_offset))
        return ast.copy_location(ast.Attribute(owner, name, ast.Load()), place)

    def _put_together(self, call: ast.Call) -> ast.expr | None:
        """A text that a function of the source puts together."""
        found = self.helpers.text_of(call)
        if found is not None:
            self._pass_over(call.func)
            self.put_together[found] = ast.unparse(call.func)
        return found

    def _made(self, call: ast.Call) -> ast.expr | None:
        """``partial(f, 1)()``, ``methodcaller("run")(job)``, ``attrgetter("name")(user)`` and ``itemgetter(0)(row)``."""
        maker = call.func
        if not isinstance(maker, ast.Call) or not maker.args:
            return None
        made_by, first = self._name(maker.func), maker.args[0]
        if made_by == _PARTIAL and not isinstance(first, ast.Starred):
            self._pass_over(maker.func)
            plain = ast.Call(first, [*maker.args[1:], *call.args], [*maker.keywords, *call.keywords])
            return ast.copy_location(plain, call)
        return None if len(call.args) != 1 or call.keywords else self._got(call.args[0], maker, made_by, call)

    def _got(self, owner: ast.expr, maker: ast.Call, made_by: str, place: ast.Call) -> ast.expr | None:
        """What a caller or getter of the module ``operator`` does with an object."""
        first = maker.args[0]
        if made_by == _ITEM_GETTER and len(maker.args) == 1 and not isinstance(first, ast.Starred):
            self._pass_over(maker.func)
            return ast.copy_location(ast.Subscript(owner, first, ast.Load()), place)
        found = self._attribute(owner, text_of(first), maker) if made_by in _BY_NAME else None
        if found is None or (made_by == _ATTRIBUTE_GETTER and len(maker.args) > 1):
            return None
        self._pass_over(maker.func)
        if made_by == _ATTRIBUTE_GETTER:
            return found
        return ast.copy_location(ast.Call(found, maker.args[1:], maker.keywords), place)

    def _pass_over(self, node: ast.expr) -> None:
        while isinstance(node, ast.Attribute | ast.Call):
            node = node.value if isinstance(node, ast.Attribute) else node.func
        if isinstance(node, ast.Name):
            self.passed_over.add(node.id)


def _is_idle(call: ast.Call, nodes: Nodes) -> bool:
    """Tells whether a call makes a constant that nobody asks for."""
    return isinstance(nodes.parents[call], ast.Expr) and made_constant(call) is not None


def names_of_type(annotation: ast.expr) -> set[str]:
    """The names in a type, those in its texts too."""
    names: set[str] = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.update(re.findall(r"\w+", node.value))
    return names
