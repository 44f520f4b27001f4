"""The rule program-as-data."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property, is_function
from quality.rules import AstRule, Setting, parameters, root_name
from quality_rules._asked import names_own_functions
from quality_rules._substance._calls import handed
from quality_rules.structure._cases import program_as_data as cases
from quality_rules.structure._machines import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quality.model import FunctionNode

#: Builtins whose value is a table of names.
_NAMESPACES = frozenset({"globals", "locals", "vars"})
#: Fewest texts that the first entry of a row is compared with.
_KINDS = 3
_ROWS = (ast.List, ast.Tuple)


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

    asks = (names_own_functions,)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_Call(self, call: ast.Call) -> None:
        function = self._own(call)
        if function is None:
            self._check_object(call)
            return
        for name, given in handed(call, function).items():
            written = self._written(given)
            steps = _steps(written)
            computes = self._runs(function, name) if steps >= self.minimum_steps else None
            if computes is not None:
                self._accuse(call, steps, function, self._sureness(call, written, steps, computes=computes))
                return
            if self._is_machine(call, function, written, name):
                self._accuse(call, _size(written), function)
                return

    def _accuse(
        self, call: ast.Call, steps: int, function: FunctionNode, sure: Confidence | None = None
    ) -> None:
        message = f"{steps} steps are data that {function.name}() runs: write them in Python"
        self.report(call, message, confidence=sure)

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
                self._accuse(call, _size(self._written(given)), asked)
                return

    def _is_machine(self, call: ast.Call, function: FunctionNode, written: ast.expr, name: str) -> bool:
        """Tells whether a program in another form runs on what a function is given, and gives its answer."""
        around = self.facts.function(call)
        if around is None or not self._is_answer(call):
            return False
        long = _size(written) >= (self.minimum_records if self._is_of_records(written) else self.sure_steps)
        if not long or not any(parameters(around)):
            return False
        if (function, name) not in self._machines:
            self._machines[function, name] = runs(self.facts, function, name)
        return self._machines[function, name]

    @cached_property
    def _machines(self) -> dict[tuple[FunctionNode, str], bool]:
        """Function and what holds a program in it → whether it runs that."""
        return {}

    def _is_answer(self, call: ast.Call) -> bool:
        above = self.facts.parent(call)
        return isinstance(self.facts.parent(above) if isinstance(above, ast.Await) else above, ast.Return)

    def _is_of_records(self, node: ast.expr) -> bool:
        """Tells whether a list has entries that hold others."""
        entries = node.elts if isinstance(node, _ROWS) else []
        return bool(entries) and all(
            isinstance(self.facts.display(each), (*_ROWS, ast.Dict)) for each in entries
        )

    def _sureness(self, call: ast.Call, written: ast.expr, steps: int, *, computes: bool) -> Confidence:
        answers = self._is_answer(call)
        around = self.facts.function(call)
        takes = around is not None and bool(parameters(around))
        may_be_settings = steps < self.sure_steps and not computes and not _is_nested(written)
        if may_be_settings or not (takes or (answers and computes)):
            return Confidence.LOW
        return Confidence.HIGH if answers else Confidence.MEDIUM

    def _own(self, call: ast.Call) -> FunctionNode | None:
        """The only function of the module that a call names."""
        name = call.func.id if isinstance(call.func, ast.Name) else ""
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


def _steps(node: ast.expr) -> int:
    """How many rows that begin with a word are written in a container, at any depth."""
    if not isinstance(node, _ROWS):
        return 0
    return _steps_of(ast.walk(node))


def _size(node: ast.expr) -> int:
    """How many steps a program has that is a list, or a text of words."""
    if isinstance(node, _ROWS):
        return len(node.elts)
    text = node.value if isinstance(node, ast.Constant) else None
    return len(text.split()) if isinstance(text, str) else 0


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


def _steps_of(nodes: Iterable[ast.AST]) -> int:
    """How many of the nodes are rows that begin with a word."""
    rows = [each for each in nodes if isinstance(each, _ROWS) and len(each.elts) > 1]
    return sum(
        isinstance(each.elts[0], ast.Constant) and isinstance(each.elts[0].value, str) for each in rows
    )


def _is_nested(node: ast.expr) -> bool:
    """Tells whether a row of steps is an entry of another."""
    rows = [each for each in ast.walk(node) if _steps_of([each])]
    return any(_steps_of(row.elts) for row in rows if isinstance(row, _ROWS))


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
