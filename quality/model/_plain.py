"""A source with its detours written out: what is reached by them is there as it would be written without them.

``getattr(items, "append")(item)`` becomes ``items.append(item)``, ``f(**{"key": 1})`` ``f(key=1)``, ``partial(f, 1)()``
``f(1)``, ``"{key}".format_map({"key": 1})`` ``"{key}".format(key=1)``, ``operator.eq(a, b)`` ``a == b``, ``cast(int, a)``
``a``, ``all((a, b))`` ``a and b``, ``a and f()`` ``if a: f()``, ``int("511")`` ``511``, ``a in (b,)`` ``a == b``, ``json = import_module("json")`` ``import json``, ``half = lambda n: n / 2`` a function with ``def``, and
``def f(): def g(): ...; return g()`` what is in ``g``,
``globals()["count"] = 1`` ``global count; count = 1``, and ``state.total = 0`` ``total = 0`` where ``state`` only holds local values. A function that a module gives another name is called by its own. So no way of spelling a call hides it from who knows calls by how they are written.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from quality.model._arguments import joined, shows_more
from quality.model._caught import caught
from quality.model._choices import has_choices, may_have_choices, plainly, without_copy
from quality.model._discarded import drops, has_discarded, may_be_discarded, statements_of
from quality.model._disguised import (
    has_disguises,
    has_shorter,
    made_constant,
    only_member,
    whole_text,
)
from quality.model._handed import only_inner
from quality.model._helpers import puts_text_together
from quality.model._holders import may_hold_names
from quality.model._outline import module_statements
from quality.model._plain_calls import names_of_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model._holders import Holders
    from quality.model._lambdas import NamedLambdas
    from quality.model._namespaces import OwnNames
    from quality.model._nodes import Nodes
    from quality.model._plain_calls import Calls

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
#: Contexts that only call what they are handed.
_POOLS = frozenset(
    {
        "concurrent.futures.ThreadPoolExecutor",
        "concurrent.futures.ProcessPoolExecutor",
        "contextlib.nullcontext",
    }
)


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
        calls: What calls stand for, and what they were about.
        lambdas: The lambdas of the tree that have a name.
        own_names: What binds names of the module by its dictionary.
        holders: What objects hold the values of local names.
        named: Function that was written out → the assignment of a lambda in whose place it stands.
    """

    calls: Calls
    lambdas: NamedLambdas
    own_names: OwnNames
    holders: Holders
    named: dict[ast.FunctionDef, ast.stmt] = field(default_factory=dict)
    _lifted: list[ast.FunctionDef] = field(default_factory=list)

    def any_in(self, nodes: Nodes) -> bool:
        """Tells whether there are any in a tree, which stays as it is."""
        assignments = cast("Sequence[ast.Assign]", nodes.kinds.get(ast.Assign, ()))
        calls = cast("Sequence[ast.Call]", nodes.kinds.get(ast.Call, ()))
        return (
            any(map(self.calls.imported, assignments))
            or any(self.calls.stands_for(each) is not each for each in calls if not _is_idle(each, nodes))
            or self.lambdas.any()
            or self.own_names.any()
            or bool(self.holders.names)
            or any(caught(each, self.calls.origins) for each in _handlers(nodes))
            or has_shorter(nodes)
            or has_choices(nodes, self.calls.name)
            or has_discarded(nodes, self.calls.name)
            or any(map(self._is_spare, _contexts(nodes)))
            or any(map(only_inner, _functions(nodes)))
        )

    def visit_For(self, node: ast.For) -> ast.AST:
        """A condition that is written as a loop, and a loop over a copy that it does not need."""
        node.iter = without_copy(node.iter, self.calls.name)
        return self._chosen(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        """A loop that takes one entry after the other."""
        plain = self._chosen(node)
        turns = self.calls.origins.turns(plain.iter) if isinstance(plain, ast.For) else None
        if turns is not None and isinstance(plain, ast.For):
            self.calls.pass_over(plain.iter)
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
            self.calls.pass_over(item.context_expr)
        return node.body

    def _is_spare(self, item: ast.withitem) -> bool:
        made, given = item.context_expr, item.optional_vars
        named = given is None or isinstance(given, ast.Name)
        return named and isinstance(made, ast.Call) and self.calls.name(made.func) in _POOLS

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """A condition that is written as an assertion."""
        return self._chosen(node)

    def _chosen(self, node: ast.stmt) -> ast.AST:
        plain = plainly(node, self.calls.name)
        self.generic_visit(plain)
        return plain

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """A handler of all exceptions, whatever they are called."""
        everything = caught(node, self.calls.origins)
        if everything is not None and node.type is not None:
            self.calls.passed_over |= names_of_type(node.type)
            node.type = everything
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        """An import that is an assignment, a function that is one, statements, and an object that only holds values."""
        if drops(node) and not self.calls.origins.reads(cast("ast.Name", node.targets[0]).id):
            return self._lined_up(node) or self._defined(node)
        return (
            self._unmade(node)
            if node in self.holders.made
            else self.calls.imported(node) or self._defined(node)
        )

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST | list[ast.stmt]:
        """A class in a function that only holds values."""
        return self._unmade(node) if node in self.holders.made else self.generic_visit(node)

    def _unmade(self, node: ast.Assign | ast.ClassDef) -> ast.AST | list[ast.stmt]:
        """The values that an object is made to hold."""
        plain = self.holders.made[node]
        self.calls.passed_over |= self.holders.passed_over
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
            self.calls.passed_over |= names_of_type(node.annotation)
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
        if not statements_of(node.value, self.calls.name):
            return found
        self.calls.origins.keep_apart(node.value)
        for each in statements_of(node.value, self.calls.name):
            plain = self.visit(each)
            found += plain if isinstance(plain, list) else [plain]
        return found

    def _named_plainly(self, node: ast.stmt) -> ast.AST | list[ast.stmt]:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and joined(call, self.calls.name(call.func)):
            self.generic_visit(call)  # nobody asks for the answer: it runs what is in it
            return node
        if isinstance(call, ast.Call) and made_constant(call):
            return node
        self.generic_visit(node)
        return self._by_own_names(node) or node

    def _by_own_names(self, node: ast.stmt) -> list[ast.stmt]:
        plain = self.own_names.written_out(node)
        if plain:
            self.calls.passed_over |= self.own_names.passed_over
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
        plain = self.calls.stands_for(node)
        if plain is not node:
            found: ast.AST = self.visit(plain)
            return found
        self.generic_visit(node)
        name = self.calls.name(node.func)
        return (
            self.calls.constant(node, name) or self.calls.got_by_name(node, name) or node
        )  # its arguments may be constants only now


def _is_idle(call: ast.Call, nodes: Nodes) -> bool:
    """Tells whether a call makes a constant that nobody asks for."""
    return isinstance(nodes.parents[call], ast.Expr) and made_constant(call) is not None
