"""The rule answer-table."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import Setting, body_of, is_literal, parameters, root_name
from quality_rules._substance import LOOKUPS, Example, Judged, Nature, shown_name
from quality_rules._wrapped import unwrapped
from quality_rules.structure._alike import words_in
from quality_rules.structure._cases import answer_table as cases
from quality_rules.structure._hollow import Hollow
from quality_rules.structure._listed import (
    ANSWERS,
    answers_of,
    data_in,
    is_factual,
    is_named_after_table,
    is_number,
    is_of_numbers,
)
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises
from quality_rules.structure._uses import Uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: An example and the answer to it.
_Answer = tuple[ast.expr, ast.expr]
_LONG_TEXT = 20
#: So many rows of data that are answered by hand are no base cases.
_FEW = 2
#: So many numbers for numbers are no base cases.
_KNOWN = 5
#: Lengths and entries that are asked for to tell edge cases apart.
_EDGES = (0, 1, -1)
#: Expressions that may look something up.
_LOOKUPS = frozenset({ast.Subscript, ast.Call})


class AnswerTable(PretenceRule):
    """Answers are listed instead of computed.

    ## What it does
    Reports functions that compare their parameters with one example after the other and return a written
    answer for each, or look the answer up in a table of examples; whether something is computed for other
    arguments or not. Two lists or other rows of different values are enough beside what is computed, and so are five numbers for
    numbers, or one number for an example that is known by its length and an entry (`if len(rows) == 6 and rows[0] == 7: return 5`).

    Tables from words to values (a mapping of names, codes, units), and the base cases of a recursion, are
    fine: few examples, or keys that are names. So are different words for numbers (statuses, months), and bytes, or numbers
    without a gap, in a constant that has the name of the function that looks them up. Where there is a gap the
    confidence is low, and medium for other numbers that may be facts, unless several functions list the same.

    ## Why is this bad
    It passes the checks whose inputs it lists and fails everywhere else. It only looks like a solution.

    ## Example
    ```python
    def total(values):
        if values == [1, 2, 3]:
            return 6
        if values == [4, 5]:
            return 9
        if values == []:
            return 0
        return 15
    ```

    ## Use instead
    ```python
    def total(values):
        return sum(values)
    ```
    """

    minimum_answers = Setting(ANSWERS, "Fewest listed answers.", minimum=2)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not self._is_listed(function):
            self._look_into(function)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._is_listed(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Reports a name of the module for the look into a table: ``solve = {1: 3, 2: 9, 4: 1}.get``."""
        statement, table = self.facts.parent(node), self.facts.only_value(node.value)
        if node.attr not in LOOKUPS or self.facts.function(node) is not None or not is_literal(table):
            return
        pairs = zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else ()
        data = data_in([Example(key, value) for key, value in pairs if key])
        if isinstance(statement, ast.Assign | ast.AnnAssign) and len(data) >= self.minimum_answers:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            message = f"{root_name(target)}() lists {len(data)} answers instead of computing them"
            listed = Judged(Nature.LISTED, examples=tuple(data))
            asked = self._is_asked(root_name(target)) or is_factual(self.facts, listed)
            unsure = is_of_numbers(listed) and asked
            self.accuse(statement, message, Confidence.MEDIUM if unsure else Confidence.HIGH)

    def _is_asked(self, name: str) -> bool:
        """Tells whether the text reads the name of a table, otherwise than to drop the answer."""
        return any(
            each.id == name
            and isinstance(each.ctx, ast.Load)
            and not isinstance(self.facts.parent(self.facts.parent(each) or each), ast.Expr)
            for each in self.facts.of(ast.Name)
        )

    def _is_listed(self, function: FunctionNode | ast.Lambda) -> bool:
        """Reports a function that does nothing but choose among what is written, wherever it is written."""
        promises = self.facts.derived(Promises)
        sure = promises.sureness(function, Nature.LISTED)
        if sure is None:
            return False
        judged = promises.judge(function)
        count = answers_of(judged)
        if count < self.minimum_answers:
            return False
        message = f"{shown_name(function)}() lists {count} answers instead of computing them"
        if is_named_after_table(self.facts, function, judged):
            sure = Confidence.LOW
        elif is_of_numbers(judged) and self._may_be_fact(function):
            sure = sure if self.facts.derived(_Repeated).is_repeated(function) else _less_sure(sure)
        self.accuse(function, message, sure)
        return True

    def _may_be_fact(self, function: Callable) -> bool:
        """Tells whether what a function lists looks like a fact, or code that works may ask it for one.

        Code that has nothing to do with it makes it none.
        """
        hollow = self.facts.derived(Hollow)
        named = isinstance(function, ast.Lambda) or self.facts.derived(Uses).is_used(function)
        return (named and not hollow.is_idle) or hollow.counts(function)

    def _look_into(self, function: FunctionNode) -> None:
        """Reports a function that chooses among what is written, and computes something for the rest."""
        own = frozenset(parameters(function)) - {"self", "cls"}
        if not own:
            return
        answers = [a for statement in unwrapped(body_of(function)) for a in _answers(statement, own)]
        looked_up = self._looked_up(function, own)
        count = sum(_is_example(*a) for a in answers) + sum(_is_example(*a) for a in looked_up)
        strange = [a for a in answers if _is_strange(a[0])]
        if count >= self.minimum_answers and (
            len(strange) >= self.minimum_answers or self._is_bare(function, own)
        ):
            numbers = all(is_number(key) for key, _ in (*answers, *looked_up))
            unsure = numbers and self._may_be_fact(function)
            message = f"{function.name}() lists {count} answers instead of computing them"
            self.accuse(function, message, Confidence.MEDIUM if unsure else Confidence.HIGH)
        elif len([each for each in strange if _is_row(each[0])]) >= _FEW:
            message = f"{function.name}() answers {len(strange)} examples by hand: compute these too"
            computed = self.facts.derived(Promises).judge(function).nature is not Nature.LISTED
            self.accuse(function, message, Confidence.MEDIUM if computed else Confidence.HIGH)
        elif any(_is_recognised(node, own) for node in self.facts.inside(function, ast.If)):
            message = f"{function.name}() answers an example by hand, known by its length and an entry: compute it too"
            self.accuse(function, message, Confidence.MEDIUM)
        elif len(looked_up) >= _KNOWN and all(is_number(part) for entry in looked_up for part in entry):
            message = f"{function.name}() lists {len(looked_up)} answers before it computes others: compute these too"
            self.accuse(function, message, Confidence.MEDIUM)

    def _looked_up(self, function: FunctionNode, own: frozenset[str]) -> list[_Answer]:
        """The entries of literal tables in a function that are looked up by its parameters."""
        if not self.facts.of(ast.Dict):
            return []
        inside = self.facts.within(function)
        if not any(_is_lookup(node, own) for node in inside if type(node) in _LOOKUPS):
            return []
        tables = (node for node in inside if isinstance(node, ast.Dict) and is_literal(node))
        entries = [
            Example(key, value)
            for table in tables
            for key, value in zip(table.keys, table.values, strict=True)
            if key
        ]
        return [(entry.key, entry.answer) for entry in data_in(entries) if entry.answer]

    def _is_bare(self, function: FunctionNode, own: frozenset[str]) -> bool:
        """Tells whether a function has nothing but listed answers, tables and fixed results."""
        return all(_is_fixed(statement, own) for statement in unwrapped(body_of(function)))


class _Repeated:
    """Knows the functions that list the same answers as another one does.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        promises = facts.derived(Promises)
        self._listed: dict[Callable, str] = {}
        for function, _ in promises.of_nature(Nature.LISTED):
            examples = promises.judge(function).examples
            # Of what the module lists, several functions may take different parts.
            own = all(facts.contains(function, each.key) for each in examples)
            taken = [] if own or not is_function(function) else words_in(facts, function)
            self._listed[function] = " ".join((*taken, *map(_written, examples)))
        self._times = Counter(self._listed.values())

    def is_repeated(self, function: Callable) -> bool:
        """Tells whether a function lists what another lists too: one fact of the world answers no two questions."""
        return self._times[self._listed.get(function, "")] > 1


def _written(example: Example) -> str:
    return " ".join(ast.dump(part) for part in (example.key, example.answer) if part is not None)


def _answers(statement: ast.stmt, own: frozenset[str]) -> Iterator[_Answer]:
    """The answers that a statement lists: ``if x == example: return answer`` and its elif branches."""
    pending: list[ast.stmt | ast.expr | None] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If):
            answer = node.body[0].value if isinstance(node.body[0], ast.Return) else None
            pending.extend(reversed(node.orelse))
            yield from _answer(node.test, answer, own)
        elif isinstance(node, ast.Return):
            pending.append(node.value)
        elif isinstance(node, ast.IfExp):
            pending.append(node.orelse)
            yield from _answer(node.test, node.body, own)
        elif isinstance(node, ast.Match) and _is_own(node.subject, own):
            for case in node.cases:
                first = case.body[0]
                if isinstance(case.pattern, ast.MatchValue) and isinstance(first, ast.Return):
                    yield from _paired(case.pattern.value, first.value)


def _answer(test: ast.expr, answer: ast.expr | None, own: frozenset[str]) -> Iterator[_Answer]:
    compared = list(test.values) if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    examples = [_example(part, own) for part in compared]
    known = [example for example in examples if example is not None]
    if known and len(known) == len(examples):
        yield from _paired(known[0] if len(known) == 1 else ast.Tuple(known, ast.Load()), answer)


def _paired(example: ast.expr, answer: ast.expr | None) -> Iterator[_Answer]:
    if answer is not None and is_literal(answer) and is_literal(example):
        yield example, answer


def _example(test: ast.expr, own: frozenset[str]) -> ast.expr | None:
    """The literal that parameters are compared with."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return None
    left, right = test.left, test.comparators[0]
    if is_literal(left):
        left, right = right, left
    return right if is_literal(right) and _is_own(left, own) else None


def _is_recognised(choice: ast.If, own: frozenset[str]) -> bool:
    """Tells whether a branch answers one example: ``if len(rows) == 6 and rows[0] == 7: return 5``."""
    test, first = choice.test, choice.body[0]
    answer = first.value if isinstance(first, ast.Return) else None
    if not isinstance(test, ast.BoolOp) or not isinstance(test.op, ast.And) or answer is None:
        return False
    if not is_literal(answer) or (
        isinstance(answer, ast.Constant) and type(answer.value) not in {int, float}
    ):
        return False
    known: dict[str, set[str]] = {}
    for part in test.values:
        if not isinstance(part, ast.Compare) or len(part.ops) != 1 or not isinstance(part.ops[0], ast.Eq):
            return False
        left, right = part.left, part.comparators[0]
        if is_number(left):
            left, right = right, left
        place = left.value if isinstance(left, ast.Subscript) else left.args[0] if _is_length(left) else None  # type: ignore[attr-defined]
        if not isinstance(place, ast.Name) or place.id not in own or not is_number(right):
            return False
        if ast.literal_eval(right) not in _EDGES:
            known.setdefault(place.id, set()).add(type(left).__name__)
    return any(len(kinds) > 1 for kinds in known.values())


def _is_length(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "len" and len(node.args) == 1


def _is_own(node: ast.expr, own: frozenset[str]) -> bool:
    """Tells whether an expression is a parameter, several, or one in another form (``tuple(values)``)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        return _is_own(node.args[0], own)
    if isinstance(node, ast.Tuple | ast.List):
        return bool(node.elts) and all(_is_own(entry, own) for entry in node.elts)
    return isinstance(node, ast.Name) and node.id in own


def _is_lookup(node: ast.AST, own: frozenset[str]) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_own(node.slice, own)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return bool(node.args) and _is_own(node.args[0], own)
    return False


def _is_strange(key: ast.expr) -> bool:
    """Tells whether a key is a piece of data, as in a test, and no name, code or base case."""
    if isinstance(key, ast.Constant):
        long = isinstance(key.value, str) and (" " in key.value or len(key.value) > _LONG_TEXT)
        return long or isinstance(key.value, float)
    return not isinstance(key, ast.UnaryOp)


def _is_row(key: ast.expr) -> bool:
    """Tells whether a key is several different values in a row."""
    return (
        isinstance(key, ast.List | ast.Tuple | ast.Set) and len({ast.dump(entry) for entry in key.elts}) > 1
    )


def _is_example(key: ast.expr, answer: ast.expr) -> bool:
    """Tells whether an entry is an example with its answer: data, or a number for a number."""
    if _is_strange(key):
        return True
    return not _is_text(key) and not _is_text(answer)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str))


def _is_fixed(statement: ast.stmt, own: frozenset[str]) -> bool:
    if isinstance(statement, ast.If):
        listed = bool(list(_answer(statement.test, getattr(statement.body[0], "value", None), own)))
        return listed and all(_is_fixed(entry, own) for entry in statement.orelse)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return is_literal(statement.value)
    if isinstance(statement, ast.Return) and statement.value is not None:
        return is_literal(statement.value) or any(_is_lookup(node, own) for node in _ends(statement.value))
    return isinstance(statement, ast.Raise | ast.Pass | ast.Match | ast.Return)


def _ends(value: ast.expr) -> Sequence[ast.expr]:
    """The results that an expression may have."""
    return [*_ends(value.body), *_ends(value.orelse)] if isinstance(value, ast.IfExp) else [value]


def _less_sure(sure: Confidence) -> Confidence:
    """A table of numbers may be a fact of the world, such as the days of the months."""
    return Confidence.MEDIUM if sure is Confidence.HIGH else sure
