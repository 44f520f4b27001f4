"""What the statements of a function come to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality.model import is_function
from quality.rules import decorators
from quality_rules._constants import is_empty, is_type_checking, truth
from quality_rules._substance._nature import Nature
from quality_rules._substance._refusals import ends_in_nothing, is_found_out, refuses_kind, says_kind
from quality_rules._substance._stores import Stores

if TYPE_CHECKING:
    from collections import abc

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: Names settle within so many passes, or the function counts as work.
_PASSES = 4
#: Statements that run like others.
_LIKE = {
    "Break": "Continue",
    "AsyncFor": "For",
    "AsyncFunctionDef": "FunctionDef",
    "AsyncWith": "With",
    "TryStar": "Try",
}
#: Decorators that keep nothing.
_PLAIN = frozenset(["cache", "classmethod", "lru_cache", "property", "staticmethod", "wraps"])


class Body(Stores):
    """Evaluates a function: what it returns, yields, raises and does.

    Args:
        text: Judges the other functions of the text.
        function: The function, or a lambda.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        self._loops = False
        #: Name → whether it is read in conditions alone.
        self._asked_only: dict[str, bool] = {}

    def evaluate(self, *, fully: bool = False) -> Nature:
        """The nature of the function's outcome.

        Args:
            fully: Whether to look at all names, though it is work for certain.
        """
        if isinstance(self.function, ast.Lambda):
            self.effects(self.function.body)
            self.returns(self.function.body)
            return self.answered()
        for _ in range(_PASSES):
            before = (dict(self.locals), dict(self.sizes))
            if not self._run(self.function.body):
                self.answers.add("None")
            if self.outcome is Nature.WORK and not self.plain and not fully:
                # What a later turn of a loop would do is not known yet.
                self.effect = Nature.WORK if self._loops else self.effect
                return Nature.WORK
            if (self.locals, self.sizes) == before:
                return self.answered()
        self.effect = Nature.WORK
        return Nature.WORK

    def run(self, statements: abc.Sequence[ast.stmt]) -> Nature:
        """What statements outside of functions do."""
        for _ in range(_PASSES):
            self._run(statements)
        return self.effect

    def _run(self, statements: abc.Sequence[ast.stmt]) -> bool:
        """Runs a block; true when nothing behind it is reached."""
        for statement in statements:
            run = _RUNS.get(type(statement))
            if run is not None and run(self, statement):
                return True
        return False

    def _below(self, test: Nature, *blocks: abc.Sequence[ast.stmt]) -> list[bool]:
        """Runs blocks of which a condition decides."""
        outer = self.control
        self.control = max(outer, test)
        ended = [self._run(block) for block in blocks]
        # A block that ends decides about everything behind it.
        self.control = self.control if any(ended) else outer
        return ended

    def _run_Expr(self, statement: ast.Expr) -> None:
        self.effects(statement.value)

    def _run_Return(self, statement: ast.Return) -> bool:
        self.effects(statement.value)
        self.returns(statement.value)
        return True

    def _run_Raise(self, statement: ast.Raise) -> bool:
        self.effects(statement.exc)
        # A bare one only lets through what is on its way.
        if statement.exc is not None and not is_unwritten(statement.exc):
            nature = self.of(statement.exc)
            self.does(Nature.WORK if Nature.FIXED < nature < Nature.BORROWED else nature)
            if self.control > Nature.FORM:
                self.does(self.control)
        return True

    def _run_Assert(self, statement: ast.Assert) -> None:
        self.effects(statement.test)
        if says_kind(statement.test) and not is_found_out(statement.test, self.function):
            return  # It says no more of an argument than an annotation does.
        # What never holds is a way to raise.
        fails = truth(statement.test) is False
        self.does(Nature.WORK if fails else self.condition(statement.test))

    def _run_Continue(self, statement: ast.stmt) -> bool:
        del statement
        return True

    def _run_Delete(self, statement: ast.Delete) -> None:
        names = [entry for target in statement.targets for entry in getattr(target, "elts", [target])]
        if not all(isinstance(name, ast.Name) for name in names):
            self.does(Nature.WORK)

    def _run_FunctionDef(self, statement: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        # Others may keep what they decorate: a key is bound, a route served.
        words = zip(statement.decorator_list, decorators(statement), strict=True)
        self.effects(*(each for each, word in words if word not in _PLAIN))
        if statement.name in self.locals or statement.name in self.parameters:
            self.bind(statement.name, self.text.function_value(statement))

    def _run_ClassDef(self, statement: ast.ClassDef) -> None:
        if statement.name in self.locals or statement.name in self.parameters:
            self.bind(statement.name, Nature.WORK)

    def _run_Assign(self, statement: ast.Assign) -> None:
        self.effects(statement.value)
        for target in statement.targets:
            self.assign(target, statement.value)

    def _run_AugAssign(self, statement: ast.AugAssign) -> None:
        self.effects(statement.value)
        self.add_to(statement)

    def _run_AnnAssign(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self.effects(statement.value)
            self.assign(statement.target, statement.value)

    def _run_If(self, statement: ast.If) -> bool:
        self.effects(statement.test)
        known = self._known(statement.test)
        if known is not None:
            return self._run(statement.body if known else statement.orelse)
        if is_type_checking(statement.test):
            return self._run(statement.orelse)
        refused = refuses_kind(statement) and ends_in_nothing(self.function)
        if refused and not is_found_out(statement.test, self.function):
            return False  # A refusal alone is no work either, where nothing follows.
        self.examples.beside = _answer_in(statement.body)
        test = self.condition(statement.test)
        self.examples.beside = None
        return all(self._below(test, statement.body, statement.orelse))

    def _known(self, test: ast.expr) -> bool | None:
        """The outcome of a condition that is written down, there or as the only value of a local name."""
        if isinstance(test, ast.Name) and is_function(self.function):
            values = self.sources.get(test.id, [])
            names = self.facts.names(self.function)
            once = len(names.stores.get(test.id, ())) == 1 and len(set(values)) == 1
            if (
                once
                and test.id not in self.parameters
                and self._stays(test.id, values[0], names.loads[test.id])
            ):
                return truth(values[0])
        return truth(test)

    def _stays(self, name: str, value: ast.expr, uses: abc.Sequence[ast.Name]) -> bool:
        """Tells whether a value is what it was written as wherever its name is read: nothing is put into it."""
        if isinstance(value, ast.Constant):
            return True
        if name not in self._asked_only:
            asking = (ast.If, ast.IfExp, ast.BoolOp, ast.UnaryOp)
            self._asked_only[name] = all(isinstance(self.facts.parent(use), asking) for use in uses)
        return self._asked_only[name]

    def _run_While(self, statement: ast.While) -> bool:
        self.effects(statement.test)
        known = truth(statement.test)
        if known is False:
            return self._run(statement.orelse)
        test = self.condition(statement.test)
        self._loop(test, statement.body, counted=test > Nature.FIXED or known is True)
        self._run(statement.orelse)
        return False

    def _run_For(self, statement: ast.For | ast.AsyncFor) -> bool:
        self.effects(statement.iter)
        if is_empty(statement.iter):
            return self._run(statement.orelse)
        nature = Nature.WORK if isinstance(statement, ast.AsyncFor) else self.element(statement.iter)
        if nature is Nature.ECHO and isinstance(statement.target, ast.Tuple | ast.List):
            nature = Nature.FORM  # it is taken apart
        self.bind_target(statement.target, nature, statement.iter)
        if nature is Nature.ECHO and isinstance(statement.target, ast.Name):
            self.elements.add(statement.target.id)
        spread, self.spread = self.spread, self.spread or self.is_packed(statement.iter)
        self._loop(Nature.FIXED, statement.body, counted=self.size(statement.iter) > Nature.FIXED)
        self.spread = spread
        self._run(statement.orelse)
        return False

    def _loop(self, test: Nature, body: abc.Sequence[ast.stmt], *, counted: bool) -> None:
        """Runs a loop's body; ``counted`` when how often it runs depends on something."""
        self._loops = True
        outer = (self.looped, self.turns)
        if counted and not self.looped:
            self.looped, self.turns = True, (self.facts.span(body[0])[0], self.facts.span(body[-1])[1])
        self._below(test, body)
        self.looped, self.turns = outer
        # What ends a loop early decides how much of everything is there behind it.
        self.control = max(self.control, self._left_by(body))

    def _left_by(self, body: abc.Sequence[ast.stmt]) -> Nature:
        """The nature of the conditions under which a loop's body breaks out of it."""
        found = Nature.NOTHING
        for statement in body:
            if isinstance(statement, ast.If):
                branches = [*statement.body, *statement.orelse]
                if any(isinstance(each, ast.Break) for each in branches):
                    found = max(found, self.condition(statement.test))
                found = max(found, self._left_by(branches))
        return found

    def _run_With(self, statement: ast.With | ast.AsyncWith) -> bool:
        for item in statement.items:
            self.effects(item.context_expr)
            if not isinstance(item.context_expr, ast.Call):
                # Entering and leaving an object is work: a lock is held.
                self.does(Nature.WORK)
            if item.optional_vars is not None:
                self.bind_target(item.optional_vars, Nature.WORK)
        return self._run(statement.body)

    def _run_Try(self, statement: ast.Try) -> bool:
        caught = any(map(is_narrow, statement.handlers))
        if caught and self._is_context and self._yields(statement.body):
            self.does(Nature.WORK)  # What is raised where it is used is caught.
        ended = self._run(statement.body)
        if not _is_silent(statement.body):
            outer = (self.control, self.handling)
            # Whether something goes wrong may depend on the arguments, and tells one from another.
            self.control, self.handling = max(self.control, Nature.LISTED), True
            for handler in statement.handlers:
                if handler.name:
                    self.bind(handler.name, Nature.WORK)
                ended = self._run(handler.body) and ended
            self.control, self.handling = outer
        ended = ended or self._run(statement.orelse)
        return self._run(statement.finalbody) or ended

    @property
    def _is_context(self) -> bool:
        """Tells whether it is what a ``with`` statement enters and leaves."""
        kinds = {"contextmanager", "asynccontextmanager"}
        return is_function(self.function) and not kinds.isdisjoint(decorators(self.function))

    def _yields(self, block: abc.Sequence[ast.stmt]) -> bool:
        return any(isinstance(node, ast.Yield) for each in block for node in self.facts.within(each))

    def _run_Match(self, statement: ast.Match) -> bool:
        self.effects(statement.subject)
        subject = self.of(statement.subject)
        outer = self.control
        ended: list[bool] = []
        for case in statement.cases:
            self.examples.beside = _answer_in(case.body)
            self._pattern(case.pattern, subject)
            self.examples.beside = None
            test = max(subject, self.of(case.guard)) if case.guard else subject
            self.control = max(outer, Nature.LISTED if Nature.FIXED < test < Nature.LISTED else test)
            ended.append(self._run(case.body))
        last = statement.cases[-1]
        complete = (
            isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
        )
        return complete and all(ended)

    def _pattern(self, pattern: ast.pattern, subject: Nature) -> None:
        several = isinstance(pattern, ast.MatchOr)
        for node in self.facts.within(pattern):
            name = getattr(node, "name", None)
            if isinstance(node, ast.MatchAs | ast.MatchStar) and isinstance(name, str):
                self.bind(name, subject)
            elif isinstance(node, ast.MatchValue):
                self.examples.compare(node.value, one_of_many=several)


#: Type of statement → what runs it.
_RUNS: dict[type[ast.stmt], abc.Callable[[Body, Any], bool | None]] = {
    kind: run
    for kind in ast.stmt.__subclasses__()
    if (run := getattr(Body, f"_run_{_LIKE.get(kind.__name__, kind.__name__)}", None)) is not None
}


def _answer_in(block: abc.Sequence[ast.stmt]) -> ast.expr | None:
    """What a block answers that does no more than that, or keeps to answer it later."""
    only = block[0] if len(block) == 1 else None
    return only.value if isinstance(only, ast.Return | ast.Assign | ast.AnnAssign) else None


def is_narrow(handler: ast.ExceptHandler) -> bool:
    """Tells whether a handler keeps errors of certain kinds from going on their way."""
    everything = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    last = handler.body[-1]
    return not everything and not (isinstance(last, ast.Raise) and last.exc is None)


def _is_silent(block: abc.Sequence[ast.stmt]) -> bool:
    """Tells whether a block cannot raise anything, up to where it ends."""
    for statement in block:
        if isinstance(statement, ast.Return | ast.Expr | ast.Assign | ast.AnnAssign):
            value = statement.value
            if not (value is None or isinstance(value, ast.Constant | ast.Name)):
                return False
        elif not isinstance(statement, ast.Pass | ast.Break | ast.Continue):
            return False
        if isinstance(statement, ast.Return | ast.Break | ast.Continue):
            return True
    return True


def is_unwritten(error: ast.expr | None) -> bool:
    """Tells whether an error says that the code is not written yet."""
    target = error.func if isinstance(error, ast.Call) else error
    return isinstance(target, ast.Name) and target.id in {"NotImplementedError", "NotImplemented"}
