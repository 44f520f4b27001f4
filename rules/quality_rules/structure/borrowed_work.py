"""The rule borrowed-work."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Setting, dotted_name, is_literal, is_placeholder, last_word, root_name
from quality_rules._asked import offers
from quality_rules._handlers import has_another_way
from quality_rules._substance import Callable, Nature, is_known, own_name, shown_name
from quality_rules.structure._cases import borrowed_work as cases
from quality_rules.structure._excuses import Excuses
from quality_rules.structure._handing import Handing
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._promises import Promises

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What errors are called: to be a kind of its own is all that one is for.
_ERROR = re.compile(r"(?:Error|Exception|Warning)$")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
#: What gives names to what is written, and calls functions.
_PLAIN = (
    ast.Assign,
    ast.AnnAssign,
    ast.Expr,
    ast.Return,
    ast.Call,
    ast.Name,
    ast.Constant,
    ast.expr_context,
    ast.keyword,
)


class BorrowedWork(AstRule):
    """A module that nobody knows is said to do the work.

    ## What it does
    Reports functions that only hand their arguments to a module that is neither in the standard library nor well
    known, or call a function of their own name there, and texts that consist of nothing but names from such modules and functions
    that do nothing, or say by `__all__` that these are all they offer. With medium confidence it reports classes that have nothing but
    a base of their own name from such a module, kinds of errors aside.

    So it does with functions that give nothing but their parameters, as they came, to a function whose name nothing binds: the
    text cannot run. Beside others that are there, the confidence is medium, and so it is where a text has nothing but such functions, and
    `from module import *` may bring what they call.

    Only in texts that stand alone (option `standalone`, which `sample` sets): a file of a program may use its own
    modules. Functions that do something themselves, relative imports, and delegation to well-known packages are fine.
    So are functions that know what they call: they name a setting, take a part of what comes back, warn, or handle an
    error; declarations for a framework that is well known, kinds of errors, and files that say which names of a package
    are public.

    ## Why is this bad
    What such code does stands elsewhere, if it exists at all. Nothing can be said about its quality, and an invented
    module makes any text look short and clean.

    ## Example
    ```python
    import solver_toolkit

    def solve(board):
        return solver_toolkit.solve(board)
    ```

    ## Use instead
    ```python
    def solve(board):
        free = [place for place in board if place.empty]
        return min(free, key=lambda place: len(place.choices), default=None)
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    effort = 60

    standalone = Setting(
        default=False, description="The text is all there is: other modules of its program are unknown too."
    )

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_Module(self, module: ast.Module) -> None:
        if not self.standalone:
            return
        borrowing = self.facts.derived(Promises).of_nature(Nature.BORROWED)
        for function, sure in borrowing:
            message = f"{shown_name(function)}() leaves its work to a module that nobody knows: do it here"
            self.report(function, message, confidence=sure)
        self._leave_to_nobody()
        imports: list[ast.Import | ast.ImportFrom] = [
            *self.facts.of(ast.Import),
            *self.facts.of(ast.ImportFrom),
        ]
        unknown = [node for node in imports if _is_unknown(node)]
        if not unknown or _is_part(unknown, module.body):
            return
        names = {alias.asname or alias.name.partition(".")[0] for node in unknown for alias in node.names}
        if self.facts.of(*_DEFINITIONS) and (borrowing or self._does_any()):
            self._check_bases(names)
            if (offered := self._offered()) and offered <= names:
                self.report(
                    unknown[0], "all that this offers comes from a module that nobody knows: write it"
                )
            return
        statements = [each for each in _flattened(module.body) if not is_function(each)]
        if all(_says_nothing(each) and not self._declares(each, names) for each in statements):
            self.report(unknown[0], "all that is here comes from a module that nobody knows: write it")

    def _does_any(self) -> bool:
        """Tells whether a function of the text does more than to give what is written in it, or what it gets."""
        idleness = self.facts.derived(Idleness)
        return any(idleness.nature_of(unit) > Nature.ECHO for unit in idleness.units)

    def _check_bases(self, names: set[str]) -> None:
        """Reports classes that have nothing but the class of a module that nobody knows, and bear its name."""
        for node in self.facts.of(ast.ClassDef):
            alike = [each for each in node.bases if last_word(each) == node.name and root_name(each) in names]
            kind = _ERROR.search(node.name)
            if alike and not kind and all(map(is_placeholder, node.body)):
                message = f"all of {node.name} comes from a module that nobody knows: write it"
                self.report(node, message, confidence=Confidence.MEDIUM)

    def _offered(self) -> set[object]:
        """The names that a text says are public, as far as they are written there."""
        lists = self.facts.derived(offers)
        entries = (entry for each in lists if isinstance(each, ast.List | ast.Tuple) for entry in each.elts)
        return {self.facts.origins.constant(entry) for entry in entries}

    def _leave_to_nobody(self) -> None:
        """Reports functions that leave all to one that is not there; surely where the text has nothing else, and nothing may bring it."""
        units = self.facts.derived(Idleness).units
        found = [each for each in units if self._leaves_to_nobody(each)]
        if not found:
            return
        names = {own_name(each) for each in found}
        alone = all(each in found or self._only_calls(each, names) for each in units)
        brought = any(alias.name == "*" for alias in self.facts.of(ast.alias))
        if not alone:
            found = [] if brought else [each for each in found if self.facts.class_of(each) is None]
        for function in found:
            message = f"{shown_name(function)}() leaves its work to a function that is not there: do it here"
            sure = Confidence.HIGH if alone and not brought else Confidence.MEDIUM
            self.report(function, message, confidence=sure)

    def _leaves_to_nobody(self, unit: Callable) -> bool:
        leaves = self.facts.derived(Handing).hands_to_nobody(unit)
        return leaves and not self.facts.derived(Excuses).is_meant(unit)

    def _only_calls(self, unit: Callable, names: set[str]) -> bool:
        """Tells whether a function does nothing but to call some others, with what it names and is written there."""
        inside = (
            [node for part in getattr(unit, "body", ()) for node in self.facts.within(part)]
            if is_function(unit)
            else []
        )
        calls = [node for node in inside if isinstance(node, ast.Call)]
        return (
            bool(calls)
            and all(isinstance(node, _PLAIN) for node in inside)
            and names.issuperset(map(dotted_name, (call.func for call in calls)))
        )

    def _declares(self, statement: ast.stmt, names: set[str]) -> bool:
        """Tells whether a class tells a framework that is known about what has one of these names, or is an error."""
        if not isinstance(statement, ast.ClassDef):
            return False
        bases = [base for base in statement.bases if root_name(base) in names]
        if bases and any(map(_ERROR.search, [statement.name, *map(dotted_name, bases)])):
            return True
        known = self._names_known([*statement.bases, *statement.decorator_list])
        fields = any(isinstance(entry, ast.Assign | ast.AnnAssign | ast.ClassDef) for entry in statement.body)
        inside = (node for node in self.facts.within(statement) if isinstance(node, ast.Name))
        return known and fields and any(node.id in names for node in inside)

    def _names_known(self, marks: list[ast.expr]) -> bool:
        """Tells whether one of the bases or decorators of a class is imported from a module that is known."""
        called = (mark.func if isinstance(mark, ast.Call) else mark for mark in marks)
        origins = (self.facts.imports.get(root_name(each), "") for each in called)
        return any(is_known(origin.partition(".")[0]) for origin in origins if origin)


def _is_unknown(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and not is_known((node.module or "").partition(".")[0])
    return any(not is_known(alias.name.partition(".")[0]) for alias in node.names)


def _is_part(unknown: list[ast.Import | ast.ImportFrom], body: Iterable[ast.stmt]) -> bool:
    """Tells whether a text is a file of the package that it imports from: what is public of it, or its settings.

    It imports from modules inside of one package, and says something of its own: which names are public, a version.
    """
    paths = [node.module or "" if isinstance(node, ast.ImportFrom) else "" for node in unknown]
    packages = {path.partition(".")[0] for path in paths if "." in path}
    says = any(map(_is_written, body))
    return says and len(packages) == 1 and all("." in path for path in paths)


def _is_written(statement: ast.stmt) -> bool:
    """Tells whether a statement gives a name a value that is written there, itself or in the body of a class."""
    if isinstance(statement, ast.ClassDef):
        return any(map(_is_written, statement.body))
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    return value is not None and is_literal(value)


def _flattened(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, those of blocks among them; an attempt that has another way is one itself."""
    for each in body:
        if isinstance(each, ast.Try) and not has_another_way(each):
            yield from _flattened([*each.body, *each.orelse, *each.finalbody])
        elif isinstance(each, ast.If | ast.For):
            yield from _flattened([*each.body, *each.orelse])
        elif isinstance(each, ast.With):
            yield from _flattened(each.body)
        else:
            yield each


def _says_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement only imports, binds a name to another or to a constant, or derives a class."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return not any(isinstance(node, ast.Call) for node in ast.walk(statement))
    if isinstance(statement, ast.ClassDef):
        return not any(is_function(entry) for entry in statement.body)
    return isinstance(statement, ast.Import | ast.ImportFrom) or is_placeholder(statement)
