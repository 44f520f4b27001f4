"""Follows what comes from outside through a source, across its functions."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import is_function
from quality_rules._flow._functions import (
    Reached,
    Summary,
    binding,
    initial_values,
    returned,
    route_of,
    substitute,
)
from quality_rules._flow._knowledge import CLIENT_WORDS, REQUEST_NAMES
from quality_rules._flow._run import Run
from quality_rules._flow._sinks import (
    COMMAND_OWNERS,
    DOCUMENT_METHODS,
    FILE_METHODS,
    FUNCTIONS,
    LOG_METHODS,
    METHODS,
    RUNNING_WORDS,
    STARTERS,
)
from quality_rules._flow._state import State
from quality_rules._flow._texts import looks_like_html, looks_like_sql
from quality_rules._flow._values import (
    ALL,
    UNKNOWN,
    Harm,
    Level,
    Taint,
    Value,
    doubted,
    merge,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._flow._calls import Called
    from quality_rules._flow._values import Origin

#: Functions that call functions are followed this deep; behind that a call is one of a function not seen.
_DEEPEST_CALL = 12
#: Calls that stand deeper in expressions and statements are not followed.
_DEEPEST_CALLER = 60
#: Characters of templates that are searched for fields, and what a field costs in characters.
_MOST_SCANNED = 400_000
_FIELD_COST = 50
#: Ways to bind a name that the syntax does not show.
_HIDDEN_BINDERS = frozenset({"globals", "exec", "eval", "vars", "setattr", "__import__", "__dict__"})
#: More is not remembered of a function.
_MOST_REACHED = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A value that does harm.

    Attributes:
        harm: Which.
        node: Where.
        taint: Who chooses it, and the way it came.
        sure: Whether the place is known to be dangerous.
    """

    harm: Harm
    node: ast.expr
    taint: Taint
    sure: bool

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The order of danger."""
        return (self.taint.origin.level, self.taint.sure, self.sure)


class Flow:
    """The analysis of a source, made once for all rules.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.depth = 0
        self.complete = True
        self._budget = _MOST_SCANNED
        self.constants: dict[str, Value] = {}
        self.stored: frozenset[str] = frozenset()
        self.shared: frozenset[str] = frozenset()
        self.serves = any(function.name.startswith("do_") for function in facts.functions)
        self._calls = 0
        self._following = False
        self._hits: dict[tuple[Harm, ast.expr], Hit] = {}
        self._safe: dict[tuple[Harm, ast.expr], bool] = {}
        self._summaries: dict[ast.AST, Summary | None] = {}
        self._reached: list[dict[tuple[Harm, ast.expr, Origin], Reached]] = []
        self._inner: list[FunctionNode] = []
        self._functions: dict[str, FunctionNode] = {}
        self._methods: dict[tuple[ast.AST, str], FunctionNode] = {}
        if _is_worth_it(facts):
            self._prepare()
            self._follow_all()
        #: Whether there is harm, or a place that is known to be safe from it.
        self.has_found = bool(self._hits or self._safe)

    def hits(self, harm: Harm) -> list[Hit]:
        """The harm that is done, in the order of the text."""
        found = [hit for (kind, _), hit in self._hits.items() if kind is harm]
        return sorted(found, key=lambda hit: (hit.node.lineno, hit.node.col_offset))

    def safe(self, harm: Harm) -> list[ast.expr]:
        """Places where nothing but what is known to be safe arrives."""
        if not self.complete:
            return []
        return [node for (kind, node), safe in self._safe.items() if kind is harm and safe]

    def affords(self, text: str) -> bool:
        """Tells whether a template may still be searched for its fields: long ones are not searched for ever."""
        self._budget -= len(text) + _FIELD_COST * (text.count("%") + text.count("{"))
        return self._budget > 0

    def judge(self, harm: Harm, node: ast.expr, *, safe: bool) -> None:
        """Notes whether what arrives at a place is safe; once it is not, the place is not."""
        key = (harm, node)
        self._safe[key] = self._safe.get(key, True) and safe

    def reach(
        self, harm: Harm, node: ast.expr, value: Value, *, sure: bool, composed: bool, marked: bool = False
    ) -> None:
        """A value arrives where it could do harm."""
        place = value.built if harm is Harm.SQL and value.built is not None else node
        harmful = [taint for taint in value.taints if taint.harms & harm]
        self.judge(harm, place, safe=not harmful and not value.unknown & harm)
        page = marked or harm is not Harm.HTML or looks_like_html(value.text or "")
        put = value.built is not None and page
        for taint in harmful:
            remote = taint.origin.level is Level.REMOTE
            if remote or ((put or not composed) and counts_for_parameter(harm, taint)):
                self.record(Reached(harm, place, taint, sure))

    def record(self, reached: Reached) -> None:
        """Notes what reached a place, the most dangerous of all that did."""
        hit = Hit(reached.harm, reached.node, reached.taint, reached.sure)
        known = self._hits.get((hit.harm, hit.node))
        if known is None or hit.rank > known.rank:
            self._hits[hit.harm, hit.node] = hit
        if self._reached:
            self._reached[-1].setdefault((reached.harm, reached.node, reached.taint.origin), reached)

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
        function = self.definition(run, called.node.func)
        if function is None:
            return None
        method = isinstance(called.node.func, ast.Attribute)
        summary = self._summary(function, run.owner if method else None) if self._following else None
        if summary is None:
            return doubted(merge(called.given))
        bound = binding(summary, called.args, called.named, method=method)
        for reached in summary.reached:
            if not self._is_known(reached, summary, bound):
                for taint in substitute(reached.taint, summary, bound):
                    if taint.harms & reached.harm:
                        self.record(reached._replace(taint=taint))
        return returned(summary, bound)

    def _is_known(self, reached: Reached, summary: Summary, bound: Mapping[str, Value]) -> bool:
        """Tells whether a call brings nothing to a place that an earlier one did not."""
        given = bound.get(summary.names.get(reached.taint.origin, ""))
        if given is None or not self._reached:
            return given is None
        known = self._reached[-1]
        return all((reached.harm, reached.node, taint.origin) in known for taint in given.taints)

    def follow_inner(self, run: Run, function: FunctionNode, owner: ast.ClassDef | None = None) -> Value:
        """Follows a function that stands inside of another, with what is known where it stands.

        Returns:
            The function as a value, by which calls of it are known.
        """
        if self._following and function not in self._summaries:
            self._summaries[function] = None
            self._summaries[function] = self._follow(function, owner, State(run.state))
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

    def _follow(self, function: FunctionNode, owner: ast.ClassDef | None, state: State) -> Summary:
        route = route_of(function, owner)
        values = initial_values(function, owner, route=route)
        for name, value in values.items():
            state.set(name, value)
        run = Run(self, state, owner, route=route)
        self._reached.append({})
        run.execute(function.body)
        everything = self._reached.pop().values()
        origins = {name: value.taints[0].origin for name, value in values.items() if value.taints}
        names = {origin: name for name, origin in origins.items()}
        reached = [entry for entry in everything if entry.taint.origin in names][:_MOST_REACHED]
        return Summary(tuple(values), names, run.returned or UNKNOWN, tuple(reached))

    def _prepare(self) -> None:
        facts = self.facts
        stored = {node.id for node in facts.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
        stored.update(node.arg for node in facts.of(ast.arg))
        stored.update(node.name for node in [*facts.functions, *facts.of(ast.ClassDef)])
        self.stored = frozenset(stored)
        names = [node.names for node in facts.of(ast.Global)] + [
            node.names for node in facts.of(ast.Nonlocal)
        ]
        functions = (node.name for node in [*facts.functions, *facts.of(ast.ClassDef)])
        self.shared = frozenset({*(name for some in names for name in some), *facts.imports, *functions})
        for function in facts.functions:
            above = facts.parent(function)
            if isinstance(above, ast.ClassDef):
                self._methods[above, function.name] = function
            elif isinstance(above, ast.Module):
                self._functions[function.name] = function

    def _follow_all(self) -> None:
        """Reads the module's own names first, since functions see them, then all functions, then what runs."""
        body = [statement for statement in self.facts.source.tree.body if not is_function(statement)]
        first = Run(self, State())
        first.execute(body)
        self.constants = self._module_values(first.state)
        self._hits.clear()
        self._following = True
        for function in self.facts.functions:
            if self.facts.function(function) is None:
                self._summary(function, self.facts.class_of(function))
        Run(self, State()).execute(body)

    def _module_values(self, state: State) -> dict[str, Value]:
        """What functions may rely on: names that are bound once, on the module's own level."""
        used = {node.id for node in self.facts.of(ast.Name)} | {
            node.attr for node in self.facts.of(ast.Attribute)
        }
        if used & _HIDDEN_BINDERS:
            return {name: value._replace(unknown=ALL, items=None) for name, value in state.values.items()}
        counts: dict[str, int] = {}
        for node in self.facts.of(ast.Name):
            if not isinstance(node.ctx, ast.Load):
                counts[node.id] = counts.get(node.id, 0) + 1
        return {name: value for name, value in state.values.items() if counts.get(name) == 1}


def counts_for_parameter(harm: Harm, taint: Taint) -> bool:
    """Tells whether it matters that somebody else than a client chooses a value.

    A caller may name a folder, and what is in it it may not; what is logged or searched for counts where the
    parameter's name says that a client wrote it.
    """
    if taint.origin.level is not Level.PARAMETER:
        return True
    if harm is Harm.PATH:
        return taint.behind
    if harm in {Harm.CODE, Harm.OBJECTS}:
        return taint.sure
    if harm in {Harm.LOG, Harm.PATTERN}:
        return not CLIENT_WORDS.isdisjoint(taint.origin.label.lower().split("_"))
    return True


def flow(facts: Facts) -> Flow:
    """The analysis of a source; made on first use."""
    return facts.derived(Flow)


def _is_worth_it(facts: Facts) -> bool:
    """A cheap look: False when nothing in the source can do harm."""
    names = {node.attr for node in facts.of(ast.Attribute)}
    names.update(node.id for node in facts.of(ast.Name))
    if names & _TELLTALES or any(keyword.arg == "shell" for keyword in facts.of(ast.keyword)):
        return True
    if any(not RUNNING_WORDS.isdisjoint(name.lower().split("_")) for name in names):
        return True
    texts = (node.value for node in facts.of(ast.Constant) if isinstance(node.value, str))
    return any(text == "$where" or looks_like_sql(text) or looks_like_html(text) for text in texts)


_TELLTALES = frozenset(
    {
        *(name.rpartition(".")[2] for name in FUNCTIONS),
        *METHODS,
        *STARTERS,
        *DOCUMENT_METHODS,
        *LOG_METHODS,
        *REQUEST_NAMES,
        *COMMAND_OWNERS,
        *FILE_METHODS,
        *(name.partition(".")[0] for name in FUNCTIONS if "." in name),
        "headers",
        "recv",
        "session",
        "form_dict",
        "redirect",
        "set_header",
        "save",
    }
) - {
    "get",
    "os",
    "re",
    "web",
    "io",
    "match",
    "search",
    "sub",
    "split",
    "find",
    "compile",
    "parse",
    "load",
    "log",
    "text",
    "run",
    "options",
}
