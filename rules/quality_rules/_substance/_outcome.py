"""What a function answers, yields and does."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality_rules._constants import truth
from quality_rules._substance._handed import Handed
from quality_rules._substance._locals import CertainWork
from quality_rules._substance._nature import Nature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
#: Parts of expressions that may do something besides giving a value, or bind names.
_ACTING = frozenset({ast.Await, ast.Call, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.comprehension})


class Outcome(Handed):
    """Gathers what a function comes to, from one statement to the next.

    Args:
        text: Judges the other functions of the text.
        function: The function, or a lambda.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        self.outcome = Nature.NOTHING
        #: What it does besides answering.
        self.effect = Nature.NOTHING
        self._acts = 0
        #: The constants and lasting names that it answers, as long as it is plain: it answers nothing else, and does nothing.
        self.answers: set[str] = set()
        self.plain = True
        #: Whether to raise ``CertainWork`` as soon as that is so, instead of looking at all that it does.
        self.briefly = False
        #: What these names hold.
        self._lasting = Nature.NOTHING
        #: The answers that were met.
        self._returned: dict[ast.expr | None, None] = {}

    @property
    def ends(self) -> bool:
        """Whether all that it does is to end the program."""
        return 0 < self.endings == self._acts

    @property
    def ends_well(self) -> bool:
        """Whether all that it does is to end the program as if all were done, whatever it was asked."""
        return self.ends and not self.fails

    def answered(self) -> Nature:
        """The nature of the outcome. Whatever decides between them, answers that are all the same decide nothing."""
        if self.plain and len(self.answers) == 1:
            return Nature.NOTHING if self.answers == {"None"} else max(Nature.FIXED, self._lasting)
        return self.outcome

    def comes_to(self, nature: Nature) -> None:
        """Adds to the outcome; what decides whether this place is reached is a part of it."""
        decided = self.control if self.control > Nature.FORM else Nature.NOTHING
        self.outcome = max(self.outcome, nature, decided)
        if self.briefly and self.outcome is Nature.WORK and (not self.plain or len(self.answers) > 1):
            raise CertainWork

    def returns(self, value: ast.expr | None) -> None:
        """Adds an answer to the outcome."""
        self._returned[value] = None
        nature = Nature.NOTHING if value is None or _is_nothing(value) else self.answer(value)
        if self.looped and isinstance(value, ast.Name) and value.id in self.elements:
            nature = max(nature, Nature.FORM)
        nature = Nature.WORK if nature is Nature.FORM else nature
        if self._note(value):
            self._lasting = max(self._lasting, nature)
        self.comes_to(nature)

    def row(self) -> list[tuple[Nature, Sequence[ast.expr]]]:
        """For each of the values that are always answered beside one another, its nature and what is written for it.

        Empty for a function that answers otherwise.
        """
        rows = [each.elts for each in self._returned if isinstance(each, ast.Tuple)]
        if len(rows) < len(self._returned) or len(set(map(len, rows))) != 1:
            return []
        return [(self.most(entries), entries) for entries in zip(*rows, strict=True)]

    def foresee(self, value: ast.expr | None) -> None:
        """Takes an answer into account that it comes to for certain, whatever is before it."""
        self._note(value)
        if isinstance(value, ast.Name):
            self.awaited = value.id

    def _note(self, value: ast.expr | None) -> bool:
        """Notes what is answered; true for a lasting name."""
        if value is None or _is_nothing(value):
            self.answers.add("None")
        elif isinstance(value, ast.Constant):
            self.answers.add(f"{value.kind} {value.value!r}")
        elif isinstance(value, ast.Name) and self._lasts(value.id):
            self.answers.add(value.id)
            return True
        else:
            self.plain = False
        return False

    def _lasts(self, name: str) -> bool:
        """Tells whether a name means the same wherever the function answers it."""
        if not is_function(self.function) or name in self.elements:
            return False
        stores = self.facts.names(self.function).stores.get(name, ())
        if name in self.parameters or len(stores) != 1:
            return name in self.parameters and not stores
        return not any(isinstance(each, _LOOPS) for each in self.facts.ancestors(stores[0]))

    def does(self, nature: Nature) -> None:
        """Adds something that is done besides answering; what is the same each time is nothing done."""
        if nature > Nature.FIXED:
            self.effect = max(self.effect, nature)
            self._acts += 1
            self.plain = False
            self.comes_to(nature)

    def effects(self, *nodes: ast.AST | None) -> None:
        """What the calls, yields and bindings inside of expressions do."""
        for root in nodes:
            reached = self._reached(root) if root is not None else ()
            acting = [node for node in reached if type(node) in _ACTING]
            for node in acting:
                if isinstance(node, ast.comprehension):
                    self._bind_entry(node)
            for node in acting:
                if isinstance(node, ast.Call):
                    self.does(Nature.NOTHING if self.taken_out(node) is not None else self.call(node)[1])
                elif isinstance(node, ast.Await):
                    # What is waited for runs, or runs on; a call is judged as such.
                    self.does(Nature.NOTHING if isinstance(node.value, ast.Call) else Nature.WORK)
                elif isinstance(node, ast.NamedExpr):
                    self.of(node)
                elif isinstance(node, ast.Yield | ast.YieldFrom):
                    self.plain = False
                    self.comes_to(self._yielded(node))

    def _yielded(self, node: ast.Yield | ast.YieldFrom) -> Nature:
        """The nature of what a yield gives: what is inside of several, or of one behind another, is work."""
        if node.value is None:
            return Nature.NOTHING
        whole = isinstance(node, ast.YieldFrom)
        joined = self.joins(node.value, whole=whole) or self._is_grown(node.value)
        joined = joined or (isinstance(node, ast.Yield) and (self.comes_again(node) or self._is_first(node)))
        return Nature.WORK if joined or (whole and (self.looped or self.spread)) else self.of(node.value)

    def _is_first(self, node: ast.Yield) -> bool:
        """Tells whether a loop yields an entry and may end there: the first ones are a part of all."""
        if not (isinstance(node.value, ast.Name) and node.value.id in self.elements):
            return False
        loop = next((above for above in self.facts.ancestors(node) if isinstance(above, _LOOPS)), None)
        return loop is not None and any(
            isinstance(each, ast.Break | ast.Return) for each in self.facts.within(loop)
        )

    def _is_grown(self, value: ast.expr) -> bool:
        """Tells whether a turn of a loop yields all that the turns before have added to, or a copy of it."""
        if isinstance(value, ast.Call) and len(value.args) == 1:
            value = value.args[0]
        elif isinstance(value, ast.Subscript):
            value = value.value
        if not (self.looped and isinstance(value, ast.Name)) or value.id in self.elements:
            return False
        return self.sizes.get(value.id) is Nature.WORK

    def _bind_entry(self, clause: ast.comprehension) -> None:
        """Gives the names of a comprehension what they go through; what means something else around it, inside of it only."""
        target, container = self.counted(clause.target, clause.iter)
        names = [node.id for node in self.facts.within(target) if isinstance(node, ast.Name)]
        nature = self.element(container)
        if self.parameters.keys().isdisjoint(names) and self.locals.keys().isdisjoint(names):
            self.bind_target(target, nature, container)
            return
        whole = self.facts.parent(clause) or clause
        start, end = self.facts.span(whole)
        self.changes += 1
        for name in names:
            self.inner.setdefault(name, []).append((nature, start, end))

    def _reached(self, root: ast.AST) -> list[ast.AST]:
        """The nodes of an expression, without what stands behind a constant that decides an 'and' or 'or'."""
        inside = self.facts.within(root)
        if not isinstance(root, ast.BoolOp):
            return inside
        decisive = isinstance(root.op, ast.Or)
        ends = (n for n, value in enumerate(root.values) if truth(value) is decisive)
        reached = root.values[: next(ends, len(root.values)) + 1]
        return [node for value in reached for node in self.facts.within(value)]


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in (None, ...)
