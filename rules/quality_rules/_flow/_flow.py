"""Follows what comes from outside through a source, across its functions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import last_word, positional_of
from quality_rules._flow._attributes import Attributes
from quality_rules._flow._classes import Classes
from quality_rules._flow._exits import Exits, useful
from quality_rules._flow._expressions import inlined
from quality_rules._flow._found import Found
from quality_rules._flow._functions import (
    Route,
    Summary,
    answers_clients,
    binding,
    initial_values,
    packed_of,
    parts_of_address,
    returned,
    route_of,
    substitute,
)
from quality_rules._flow._knowledge import FORM_NAMES, SOURCE_NAMES
from quality_rules._flow._names import finds_file
from quality_rules._flow._run import Run
from quality_rules._flow._state import State
from quality_rules._flow._values import (
    ALL,
    TEXTUAL,
    UNKNOWN,
    Level,
    Origin,
    Value,
    doubted,
    merge,
    tainted,
)
from quality_rules._flow._worth import is_worth_it, worthy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._flow._calls import Called
    from quality_rules._flow._exits import Proven

#: Functions that call functions are followed this deep; behind that a call is one of a function not seen.
_DEEPEST_CALL = 12
#: Calls that stand deeper in expressions and statements are not followed.
_DEEPEST_CALLER = 60
#: Characters of templates that are searched for fields, and what a field costs in characters.
_MOST_SCANNED = 400_000
_FIELD_COST = 50
#: Calls of lambdas that are followed: they may call each other twice each.
_MOST_INLINED = 200
#: Methods of a handler of ``http.server``, by what a client asks for.
_VERB = re.compile("do_[A-Z]")
#: Ways to bind a name that the syntax does not show.
_HIDDEN_BINDERS = frozenset({"globals", "exec", "eval", "vars", "setattr", "__import__", "__dict__"})


class Flow:
    """The analysis of a source, made once for all rules.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.depth = 0
        self.found = Found()
        self._budget = _MOST_SCANNED
        self.constants: dict[str, Value] = {}
        self.stored: frozenset[str] = frozenset()
        #: Names under which something is imported that somebody else chose, with its own.
        self.chosen: dict[str, str] = {}
        self.classes = Classes(facts)
        self.attributes = Attributes(facts)
        self._inlined = 0
        self._lambdas: list[ast.Lambda] = []
        self.shared: frozenset[str] = frozenset()
        self.serves = any(map(_VERB.match, (function.name for function in facts.functions))) or any(
            node.attr == "end_headers" for node in facts.of(ast.Attribute)
        )
        #: Whether what is printed is sent to a client, as in programs that a web server starts.
        self.prints_pages = any(
            node.attr in {"getvalue", "getfirst"} and _is_form(node.value) for node in facts.of(ast.Attribute)
        )
        self._served: bool | None = None
        #: Loads of what the program wrote itself, or keeps in a place that is written out.
        self.own_files: set[ast.expr] = set()
        self._calls = 0
        self._asked: set[str] = set()
        self._following = False
        self._summaries: dict[ast.AST, Summary | None] = {}
        self._inner: list[FunctionNode] = []
        self._functions: dict[str, FunctionNode] = {}
        self._methods: dict[tuple[ast.AST, str], FunctionNode] = {}
        if facts.derived(is_worth_it):
            self._prepare()
            self._follow_all()

    @property
    def serves_clients(self) -> bool:
        """Whether the source shows that it answers requests, or is a part of what does."""
        if self._served is None:
            self._served = self.serves or answers_clients(self.facts)
        return self._served

    def affords(self, text: str) -> bool:
        """Tells whether a template may still be searched for its fields: long ones are not searched for ever."""
        self._budget -= len(text) + _FIELD_COST * (text.count("%") + text.count("{"))
        return self._budget > 0

    def definition(self, run: Run, function: ast.AST) -> FunctionNode | None:
        """The function of this source that a call means, if it is one."""
        if isinstance(function, ast.Name):
            bound = run.state.get(function.id)
            if bound is None:
                return self._functions.get(function.id)
            return self._inner[int(bound.tag[4:])] if bound.tag.startswith("def ") else None
        if (
            isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and run.owner is not None
        ):
            is_own = function.value.id in {"self", "cls"}
            return self._methods.get((run.owner, function.attr)) if is_own else None
        return None

    def called(self, run: Run, called: Called) -> Value | None:
        """What a call of a function of this source does and returns; None when it is not one."""
        named = called.node.func
        function = self.definition(run, named)
        if function is not None:
            method = isinstance(named, ast.Attribute)
            return self._call(function, run.owner if method else None, called, method=method)
        if not isinstance(named, ast.Name):
            return None
        bound = run.state.get(named.id)
        if bound is not None:
            return self._called_lambda(run, bound, called)
        owner = self.classes.named(named.id)
        return None if owner is None else self._made(owner, called)

    def _made(self, owner: ast.ClassDef, called: Called) -> Value:
        """The object that a call of a class of this source makes."""
        maker = self._methods.get((owner, "__init__"))
        if maker is not None and self._following:
            self._call(maker, owner, called, method=True)
        return self.classes.made(owner, called)

    def _call(
        self, function: FunctionNode, owner: ast.ClassDef | None, called: Called, *, method: bool
    ) -> Value:
        summary = self._summary(function, owner) if self._following else None
        if summary is None:
            return doubted(merge(called.given))
        bound = binding(summary, called.args, called.named, method=method)
        for hit in summary.reached:
            given = bound.get(summary.names.get(hit.taint.origin, ""))
            self.found.settle(hit.harm, hit.node, safe=given is not None and given.is_safe)
            # A call may bring nothing to a place that an earlier one did not.
            if given is not None and not self.found.is_reached_by(given.taints, hit):
                for taint in substitute(hit.taint, summary, bound):
                    if taint.harms & hit.harm:
                        self.found.record(hit._replace(taint=taint))
        return returned(summary, bound)

    def lambda_value(self, node: ast.Lambda) -> Value:
        """A lambda as a value, by which calls of it are known."""
        self._lambdas.append(node)
        return Value(tag=f"lambda {len(self._lambdas) - 1}")

    def _called_lambda(self, run: Run, bound: Value, called: Called) -> Value | None:
        """What a call of a lambda returns; None when it is none, or when too many were followed."""
        if not bound.tag.startswith("lambda ") or self._inlined >= _MOST_INLINED:
            return None
        self._inlined += 1
        return inlined(run, self._lambdas[int(bound.tag[7:])], called.args)

    def follow_inner(self, run: Run, function: FunctionNode, owner: ast.ClassDef | None = None) -> Value:
        """Follows a function that stands inside of another, with what is known where it stands.

        Returns:
            The function as a value, by which calls of it are known.
        """
        if self._following and function not in self._summaries:
            self._summaries[function] = None
            self._summaries[function] = self._follow(function, owner, State(run.state), decides=False)
        self._inner.append(function)
        return Value(tag=f"def {len(self._inner) - 1}")

    def _summary(self, function: FunctionNode, owner: ast.ClassDef | None) -> Summary | None:
        if function in self._summaries:
            return self._summaries[function]
        if self._calls >= _DEEPEST_CALL or self.depth > _DEEPEST_CALLER:
            return None
        self._summaries[function] = None
        self._calls += 1
        summary = self._summaries[function] = self._follow(function, owner, State())
        self._calls -= 1
        return summary

    def _follow(
        self, function: FunctionNode, owner: ast.ClassDef | None, state: State, *, decides: bool = True
    ) -> Summary:
        route = route_of(function, owner)
        values = self._given(function, owner, route)
        for name, value in values.items():
            state.set(name, value)
        run = Run(self, state, owner, route=route)
        run.decides = decides
        run.finds_file = finds_file(function.name)
        if function.name in self._asked:
            run.leaves = Exits(
                {name: value.taints[0].harms for name, value in values.items() if value.taints}
            )
        if _is_private(function.name) and function.name in self._asked:
            # Whoever calls it is in this source, and answers for what it is given.
            self.found.answer_for(
                value.taints[0].origin for value in values.values() if value.taints and _by_caller(value)
            )
        self.found.enter(function.name)
        run.execute(function.body)
        if not run.state.ended:
            run.leaves.leave(run, None)
        origins = {name: value.taints[0].origin for name, value in values.items() if value.taints}
        names = {origin: name for name, origin in origins.items()}
        reached = self.found.leave(names)
        ensured, implied = useful(run.leaves.ensured), useful(run.leaves.implied)
        places = len(positional_of(function.args))
        return Summary(
            tuple(values),
            places,
            packed_of(function),
            names,
            run.returned or UNKNOWN,
            reached,
            ensured,
            implied,
        )

    def _given(self, function: FunctionNode, owner: ast.ClassDef | None, route: Route) -> dict[str, Value]:
        """Parameter → what it is given, as far as the function itself shows."""
        values = initial_values(function, owner, self.facts, route=route)
        if route is Route.NONE and function.name not in self._asked:
            values.update(
                (place.arg, doubted(tainted(Origin(Level.REMOTE, place.arg, place), harms=TEXTUAL)))
                for place in parts_of_address(self.facts, function)
                if values[place.arg].unknown == 0 and values[place.arg].is_chosen
            )
        for place in [*function.args.args, *function.args.kwonlyargs] if self.classes.known else ():
            values[place.arg] = self.classes.parameter(place.annotation, values[place.arg])
        return values

    def proven(self, run: Run, call: ast.Call, *, truth: bool) -> Iterator[tuple[ast.expr, Proven]]:
        """What a call of a function of this source proves of its arguments.

        Args:
            run: Where the call stands.
            call: The call.
            truth: Whether it came back with something true.
        """
        function = self.definition(run, call.func)
        summary = self._summaries.get(function) if function is not None else None
        if summary is None:
            return
        proven = summary.implied if truth else summary.ensured
        if not proven:
            return
        method = isinstance(call.func, ast.Attribute)
        given = dict(zip(summary.parameters[1:] if method else summary.parameters, call.args, strict=False))
        given.update((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None)
        yield from ((given[name], proven[name]) for name in proven if name in given)

    def _prepare(self) -> None:
        facts = self.facts
        stored = {node.id for node in facts.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
        stored.update(node.arg for node in facts.of(ast.arg))
        stored.update(node.name for node in [*facts.functions, *facts.of(ast.ClassDef)])
        self.stored = frozenset(stored)
        imported = facts.imports.items()
        self.chosen = {name: own for name, own in imported if own in SOURCE_NAMES and name not in stored}
        called = (node.func for node in facts.of(ast.Call))
        self._asked = {last_word(node) for node in called}
        names = [node.names for node in facts.of(ast.Global)] + [
            node.names for node in facts.of(ast.Nonlocal)
        ]
        functions = (node.name for node in [*facts.functions, *facts.of(ast.ClassDef)])
        self.shared = frozenset({*(name for some in names for name in some), *facts.imports, *functions})
        for function in facts.functions:
            owner = facts.class_of(function)
            if owner is not None:
                self._methods[owner, function.name] = function
            elif facts.is_of_module(function):
                self._functions[function.name] = function

    def _follow_all(self) -> None:
        """Reads the module's own names first, since functions see them, then all functions, then what runs."""
        body = [statement for statement in self.facts.source.tree.body if not is_function(statement)]
        first = Run(self, State())
        first.execute(body)
        self.constants = self._module_values(first.state)
        self.found.start_again()
        self._following = True
        outer = [function for function in self.facts.functions if self.facts.function(function) is None]
        attributes = self.facts.of(ast.Attribute) if self._methods else ()
        fillers = {self.facts.function(node) for node in attributes if _is_kept(node)}
        worth = worthy(self.facts, outer)
        for function in sorted(outer, key=lambda function: function not in fillers):
            if function not in worth:
                continue
            self._summary(function, self.facts.class_of(function))
        Run(self, State()).execute(body)
        self.found.send_pages()

    def _module_values(self, state: State) -> dict[str, Value]:
        """What functions may rely on: names that are bound once, on the module's own level."""
        used = {node.id for node in self.facts.of(ast.Name)} | {
            node.attr for node in self.facts.of(ast.Attribute)
        }
        if used & _HIDDEN_BINDERS:
            return {
                name: value._replace(unknown=ALL, items=None, each=None)
                for name, value in state.values.items()
            }
        counts: dict[str, int] = {}
        for node in self.facts.of(ast.Name):
            if not isinstance(node.ctx, ast.Load):
                counts[node.id] = counts.get(node.id, 0) + 1
        return {name: value for name, value in state.values.items() if counts.get(name) == 1}


def _is_form(node: ast.expr) -> bool:
    return last_word(node).lower() in FORM_NAMES


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _by_caller(value: Value) -> bool:
    return value.taints[0].origin.level is Level.PARAMETER


def _is_kept(node: ast.Attribute) -> bool:
    """Tells whether a method keeps something in an attribute of its object."""
    return type(node.ctx) is ast.Store and isinstance(node.value, ast.Name) and node.value.id == "self"


def flow(facts: Facts) -> Flow:
    """The analysis of a source; made on first use."""
    return facts.derived(Flow)


def has_harm(facts: Facts) -> bool:
    """Tells whether there is harm in a source, or a place that is known to be safe from it; mostly at a cheap look."""
    return facts.derived(is_worth_it) and bool(facts.derived(Flow).found)
