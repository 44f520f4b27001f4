"""The rule program-as-data."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property, is_function
from quality.rules import ASSIGNMENTS, SCOPES, AstRule, Setting, parameters, root_name
from quality_rules._substance import shown_name
from quality_rules._substance._calls import handed
from quality_rules.structure._cases import program_as_data as cases
from quality_rules.structure._machines import folds, keys_in, runs, state_of
from quality_rules.structure._programs import (
    Programs,
    is_nested,
    is_of_records,
    may_have_program,
    size,
    steps,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode

#: Builtins whose value is a table of names.
_NAMESPACES = frozenset({"globals", "locals", "vars"})
#: Fewest texts that the first entry of a row is compared with.
_KINDS = 3
_FOLD, _PARTIAL = "functools.reduce", "functools.partial"


class ProgramAsData(AstRule):
    """A program is written as data, and a function of the file runs it.

    ## What it does
    Reports calls that give a function of the file a written list of steps, each a row that begins with a word, where that
    function chooses by this word what it calls (`ACTIONS[word](...)`, `getattr(operator, word)(...)`), or compares it with
    one word after the other. Reported is a program in another form as well, of records, numbers or words in a text, where it runs
    on what a function is given, gives its answer, and what a step of it gives goes into the next step.

    Lists of names that all get the same, and steps that come from outside, are fine. A short list without rows in its rows may
    be settings where nobody looks at what its steps give, and code that does not answer with what they give, and has no parameters,
    may show what the other function can: there the confidence is low. Where the answer of the call is not the answer of the function
    around it, it is medium.

    ## Why is this bad
    It is a program in a language of its own, without names, checks or messages: whoever reads it runs the loop in mind, no tool
    finds a branch in it, and an error in a step shows up elsewhere. Python is there already.

    ## Example
    ```python
    import operator

    STEPS = [("mul", 9), ("truediv", 5), ("add", 32), ("neg", None), ("neg", None)]

    def run(steps, value):
        for name, operand in steps:
            action = getattr(operator, name)
            value = action(value) if operand is None else action(value, operand)
        return value

    def fahrenheit(celsius):
        return run(STEPS, celsius)
    ```

    ## Use instead
    ```python
    def fahrenheit(celsius):
        return celsius * 9 / 5 + 32
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    effort = 30

    minimum_steps = Setting(2, "Fewest written steps.", minimum=1)
    sure_steps = Setting(8, "Fewest steps, where none is in another, that are no settings.", minimum=1)

    minimum_records = Setting(3, "Fewest steps that are records.", minimum=1)

    asks = (may_have_program,)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        """Reports a function that runs a program which is written down for it alone, and answers with what comes of it."""
        programs = self.facts.derived(Programs)
        for names, count in programs.read_by(function) if any(parameters(function)) else ():
            state = state_of(self.facts, function, names)
            answers = self.facts.inside(function, ast.Return) if state else ()
            if any(not state.isdisjoint(keys_in(self.facts, each)) for each in answers):
                self._accuse(function, count, function.name)
                return

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.origin(call.func) == _FOLD and len(call.args) > 1:
            self._check_fold(call, call.args[0], call.args[1])
            return
        function = self._own(call)
        if function is None:
            self._check_object(call)
            return
        filled = self._is_filled(call)
        meant = ast.Call(call.args[0], call.args[1:], call.keywords) if filled else call
        for name, given in handed(meant, function).items():
            written = self._written(given)
            count = steps(written)
            computes = self._runs(function, name) if count >= self.minimum_steps else None
            if computes is not None:
                self._accuse(
                    call, count, function.name, self._sureness(call, written, count, computes=computes)
                )
                return
            if self._is_machine(call, function, written, name):
                self._accuse(call, size(written), function.name)
                return

    def _accuse(self, node: ast.AST, count: int, runner: str, sure: Confidence | None = None) -> None:
        self.report(
            node, f"{count} steps are data that {runner}() runs: write them in Python", confidence=sure
        )

    def _check_object(self, call: ast.Call) -> None:
        """Reports what asks an object of a class of the module at once that was made of a program: ``Machine(STEPS).run(x)``."""
        made = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(call.func, ast.Attribute) or not isinstance(made, ast.Call):
            return
        name = getattr(made.func, "id", "")
        owner = next((each for each in self.facts.of(ast.ClassDef) if each.name == name), None)
        methods = {each.name: each for each in owner.body if is_function(each)} if owner else {}
        making, asked = methods.get("__init__"), methods.get(call.func.attr)
        if making is None or asked is None:
            return
        for parameter, given in zip(parameters(making)[1:], made.args, strict=False):
            kept = f"self.{_kept_as(making, parameter)}"
            if self._is_machine(call, asked, self._written(given), kept):
                self._accuse(call, size(self._written(given)), asked.name)
                return

    def _check_fold(self, call: ast.Call, step: ast.expr, program: ast.expr) -> None:
        """Reports ``reduce(run_step, STEPS, value)``."""
        written, runner = self._written(program), step if isinstance(step, ast.Lambda) else self._named(step)
        long = is_of_records(self.facts, written) and size(written) >= self.minimum_records
        if long and runner is not None and self._is_answer(call) and folds(self.facts, runner):
            self._accuse(call, size(written), shown_name(runner))

    def _is_machine(self, call: ast.Call, function: FunctionNode, written: ast.expr, name: str) -> bool:
        """Tells whether a program in another form runs on what a function is given, and gives its answer."""
        long = size(written) >= (
            self.minimum_records if is_of_records(self.facts, written) else self.sure_steps
        )
        if not long or not self._takes(call) or not self._is_answer(call):
            return False
        if (function, name) not in self._machines:
            self._machines[function, name] = runs(self.facts, function, [name])
        return self._machines[function, name]

    @cached_property
    def _machines(self) -> dict[tuple[FunctionNode, str], bool]:
        """Function and what holds a program in it → whether it runs that."""
        return {}

    def _takes(self, call: ast.Call) -> bool:
        """Tells whether the function around a call, with a name or without, is given anything."""
        above = next(each for each in self.facts.ancestors(call) if isinstance(each, (*SCOPES, ast.Module)))
        inner = above if isinstance(above, ast.Lambda) else self.facts.function(call)
        return self._is_filled(call) or (inner is not None and any(parameters(inner)))

    def _is_answer(self, call: ast.Call) -> bool:
        """Tells whether a function gives what a call gives, at once or by a name of its own."""
        above = self.facts.parent(call)
        above = self.facts.parent(above) if isinstance(above, ast.Await) else above
        if isinstance(above, ast.Return | ast.Lambda) or self._is_filled(call):
            return True
        function = self.facts.function(call)
        answers = (
            self.facts.inside(function, ast.Return) if function and isinstance(above, ASSIGNMENTS) else ()
        )
        return any(each.value is not None and self.facts.only_value(each.value) is call for each in answers)

    def _sureness(self, call: ast.Call, written: ast.expr, count: int, *, computes: bool) -> Confidence:
        answers, takes = self._is_answer(call), self._takes(call)
        may_be_settings = count < self.sure_steps and not computes and not is_nested(written)
        if may_be_settings or not (takes or (answers and computes)):
            return Confidence.LOW
        return Confidence.HIGH if answers else Confidence.MEDIUM

    def _own(self, call: ast.Call) -> FunctionNode | None:
        """The only function of the module that a call names, or fills in."""
        return self._named(call.args[0] if self._is_filled(call) else call.func)

    def _is_filled(self, call: ast.Call) -> bool:
        """Tells whether a function is only filled in, ``partial(run, STEPS)``: what comes of it is one that takes the rest."""
        return bool(call.args) and self.facts.origin(call.func) == _PARTIAL

    def _named(self, node: ast.expr) -> FunctionNode | None:
        """The only function of the module that a name means."""
        name = node.id if isinstance(node, ast.Name) else ""
        found = [each for each in self.facts.functions if each.name == name and self.facts.is_of_module(each)]
        return found[0] if len(found) == 1 else None

    def _written(self, node: ast.expr) -> ast.expr:
        """What is given, or what stands for it: a constant of the module too."""
        value = self.facts.only_value(node)
        return self.facts.origins.value(value) if isinstance(value, ast.Name) else value

    def _runs(self, function: FunctionNode, parameter: str) -> bool | None:
        """Tells whether a function looks at what a call gives that it chooses by the first entry of what it is given, or of each part of it.

        None where that chooses neither what the function calls nor what it does.
        """
        rows = self._parts(function, parameter)
        words = {*self._firsts(function, rows)}
        inside = self.facts.within(function)
        chosen = [node for node in inside if isinstance(node, ast.Call) and self._chooser(node, words, rows)]
        compared = {
            ast.dump(text)
            for node in inside
            if isinstance(node, ast.Compare)
            for text in _texts_beside(node, words, rows)
        }
        compared |= {
            ast.dump(case.pattern.value)
            for node in inside
            if isinstance(node, ast.Match) and _is_word(node.subject, words, rows)
            for case in node.cases
            if isinstance(case.pattern, ast.MatchValue)
        }
        computes = any(not isinstance(self.facts.parent(call), ast.Expr) for call in chosen)
        return computes if chosen or len(compared) >= _KINDS else None

    def _parts(self, function: FunctionNode, parameter: str) -> frozenset[str]:
        """The parameter, and the names that loops over it give to its parts."""
        loops = [
            node for node in self.facts.within(function) if isinstance(node, ast.For | ast.comprehension)
        ]
        over = [each for each in loops if isinstance(each.iter, ast.Name) and each.iter.id == parameter]
        return frozenset({parameter, *(each.target.id for each in over if isinstance(each.target, ast.Name))})

    def _firsts(self, function: FunctionNode, rows: frozenset[str]) -> Iterator[str]:
        """The names that get the first entry of a row."""
        for node in self.facts.within(function):
            match node:
                case (
                    ast.For(target=ast.Tuple(elts=[ast.Name(id=name), *_]), iter=ast.Name(id=owner))
                    | ast.comprehension(
                        target=ast.Tuple(elts=[ast.Name(id=name), *_]), iter=ast.Name(id=owner)
                    )
                    | ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=name), *_])], value=ast.Name(id=owner))
                ) if owner in rows:
                    yield name
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_first(value, rows):
                    yield name
                case _:
                    pass

    def _chooser(self, call: ast.Call, words: set[str], rows: frozenset[str]) -> bool:
        """Tells whether what is called is chosen by a word of a row."""
        chosen = self.facts.only_value(call.func)
        if isinstance(chosen, ast.Subscript):
            owner = chosen.value
            table = isinstance(owner, ast.Name | ast.Attribute) or root_name(owner) in _NAMESPACES
            return table and root_name(owner) not in rows and _is_word(chosen.slice, words, rows)
        if not isinstance(chosen, ast.Call):
            return False
        if self.facts.is_builtin(chosen.func, "getattr"):
            parts = [node for each in chosen.args[1:2] for node in self.facts.within(each)]
            return any(_is_word(node, words, rows) for node in parts)
        looks = isinstance(chosen.func, ast.Attribute) and chosen.func.attr == "get"
        return looks and any(_is_word(each, words, rows) for each in chosen.args[:1])


def _kept_as(making: FunctionNode, parameter: str) -> str:
    """The attribute that a constructor keeps a parameter in."""
    for statement in making.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Name(id=given))
                | ast.AnnAssign(target=ast.Attribute(attr=name), value=ast.Name(id=given))
            ) if given == parameter:
                return name
    return ""


def _is_first(node: ast.AST, rows: frozenset[str]) -> bool:
    """``row[0]``."""
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id in rows
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == 0
    )


def _is_word(node: ast.AST, words: set[str], rows: frozenset[str]) -> bool:
    return (isinstance(node, ast.Name) and node.id in words) or _is_first(node, rows)


def _texts_beside(node: ast.Compare, words: set[str], rows: frozenset[str]) -> Sequence[ast.Constant]:
    """The texts that the word of a row is compared with."""
    sides = [node.left, *node.comparators]
    if not any(_is_word(side, words, rows) for side in sides):
        return ()
    return [side for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]
