"""What the functions of other modules give and do: builtins, the standard library, modules that do not exist."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._substance._nature import (
    CLOCKS,
    COMPARING,
    COPIES,
    DOUBLES,
    FORMS,
    GIVING,
    KEEPING,
    LEAVING,
    MADE,
    PURE,
    SEARCHES,
    SETTINGS,
    SKIPPING,
    TIDYING,
    WRITTEN,
    WRITTEN_FOR,
    Called,
    Nature,
    is_known,
    is_telling,
)
from quality_rules._substance._telling import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Functions that make something of what they are given, or compare it, and do nothing besides.
_MAKING = KEEPING | COMPARING
#: Builtins that ask of what type something is, and how many arguments they take.
_KINDS, _WITH_KIND = frozenset({"isinstance", "issubclass"}), 2
#: Functions that give the same to everybody, or wait.
_FIXED_TO_ALL = frozenset({"asyncio.sleep", "enum.auto"})
#: Functions that give their last argument, or what it comes to.
_GIVING_BACK = frozenset({"asyncio.run", "typing.cast"})
#: Functions that call another one for each entry → the place of that one among their two arguments.
_BY_FUNCTION = {
    "map": 0,
    "filter": 0,
    "itertools.starmap": 0,
    "itertools.filterfalse": 0,
    "itertools.accumulate": 1,
}


class Library(Telling):
    """Evaluates calls of functions that the text does not define."""

    def _builtin(  # noqa: C901, PLR0911 - by kind
        self, name: str, node: ast.Call, given: Nature
    ) -> Called:
        if name == "print":
            return Nature.FIXED, self._printed(node, given)
        if name == "len" and len(node.args) == 1:
            return self.size(node.args[0]), Nature.NOTHING
        if name in COPIES:
            return given, Nature.NOTHING
        if name in _KINDS and len(node.args) == _WITH_KIND and self.facts.is_builtin(node.args[1], "object"):
            return Nature.FIXED, Nature.NOTHING  # everything is one
        if name in FORMS:
            if given > Nature.LISTED:
                return Nature.WORK, Nature.NOTHING
            return (max(given, Nature.FORM) if given > Nature.FIXED else given), Nature.NOTHING
        if name in PURE:
            return (given if given <= Nature.FIXED else Nature.WORK), Nature.NOTHING
        if name in {"getattr", "vars"}:
            return self._looked_up(node, given)
        if name == "super" or (name in {"locals", "globals", "dir"} and not node.args):
            # What it does is what is done with it.
            return Nature.WORK, Nature.NOTHING
        if name == "__import__" and node.args:
            return self._by_text(node.args[0])
        if name == "next" and node.args and self._is_of_written(node.args[0]):
            return given, Nature.NOTHING
        return Nature.WORK, Nature.WORK

    def _is_of_written(self, node: ast.expr) -> bool:
        """Tells whether what is gone through is made there, or written for all calls of a function that looks at no argument."""
        if isinstance(node, ast.GeneratorExp):
            return True
        module = isinstance(node, ast.Name) and node.id in self.names.module_values
        return module and self.is_deaf and self.of(node) <= Nature.FIXED

    def _looked_up(self, node: ast.Call, given: Nature) -> Called:
        """What an object has by a name."""
        if self.falls_back(node, 2):
            return self.of(node.args[-1]), Nature.NOTHING
        if given is Nature.BORROWED:
            return given, given
        # What is done with the dictionary of all names is done where it is.
        return Nature.WORK, Nature.WORK if node.args else Nature.NOTHING

    def _is_namespace(self, node: ast.expr) -> bool:
        """Tells whether an expression is the dictionary of the module's names, or of the function's."""
        word = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        return word in {"globals", "locals", "vars"} and self.is_builtin(word)

    def _imported(  # noqa: PLR0911 - by kind
        self, origin: str, node: ast.Call, given: Nature
    ) -> Called:
        root, _, rest = origin.partition(".")
        if not root:
            return Nature.WORK, Nature.WORK
        if not is_known(root):
            return Nature.BORROWED, Nature.BORROWED
        known = self._of_library(origin, node, given)
        if known is not None:
            return known
        if given in {Nature.ECHO, Nature.FORM} and (origin in WRITTEN or root == "hashlib"):
            return Nature.FORM, Nature.NOTHING
        if origin in CLOCKS and self.measures and not self.is_deaf:
            return Nature.WORK, Nature.NOTHING
        if self.text.is_fixed(root) and rest and given <= Nature.FIXED:
            return Nature.FIXED, self._said_or_set(origin) if is_telling(root) else Nature.NOTHING
        return Nature.WORK, Nature.NOTHING if root in GIVING else Nature.WORK

    def _of_library(  # noqa: C901, PLR0911 - by kind
        self, origin: str, node: ast.Call, given: Nature
    ) -> Called | None:
        """A call of a function of which more is known than of its module."""
        if origin == "importlib.import_module" and node.args:
            return self._by_text(node.args[0])
        if origin in {"copy.copy", "copy.deepcopy"} or self.hands_on(origin, node):
            return given, Nature.NOTHING
        if origin in _FIXED_TO_ALL and given <= Nature.FIXED:
            return Nature.FIXED, Nature.NOTHING
        if origin in {"contextlib.suppress", "contextlib.nullcontext", "contextlib.ExitStack"}:
            return Nature.FIXED, Nature.NOTHING
        if origin in SETTINGS and self.falls_back(node, 1):
            return self.of(node.args[1]), Nature.NOTHING
        if origin in TIDYING:
            return Nature.FIXED, Nature.NOTHING if self.is_asked() else Nature.WORK
        tested = self.facts.source.role == "test"
        if (origin in LEAVING or (origin in SKIPPING and not tested)) and given <= Nature.FIXED:
            return Nature.FIXED, self.left(node)
        if origin in SEARCHES and self._searches_table(node):
            return Nature.LISTED, Nature.NOTHING
        if origin.startswith(f"{DOUBLES}.") and given <= Nature.FIXED and not tested:
            return Nature.FIXED, Nature.NOTHING
        handed = self._handed_through(origin, node)
        if handed is not None:
            return self.most(handed), Nature.NOTHING
        if origin in _MAKING or (origin in MADE and self.is_asked()):
            return (given if given <= Nature.FIXED else Nature.WORK), Nature.NOTHING
        return None

    def _searches_table(self, node: ast.Call) -> bool:
        """Tells whether an argument is searched for in a text that is written there."""
        written = len(node.args) > 1 and self.of(node.args[1]) <= Nature.FIXED < self.of(node.args[0])
        if not written or self.looped or self.of(node.args[0]) > Nature.LISTED:
            return False
        self.examples.look_up(node.args[1])
        return True

    def _handed_through(self, origin: str, node: ast.Call) -> Sequence[ast.expr] | None:
        """What a call gives as it is: ``asyncio.run(solve())``, ``json.loads(json.dumps(value))``, ``cast(int, value)``."""
        if origin in _GIVING_BACK and node.args:
            return node.args[-1:]
        written = self.facts.only_value(node.args[0]) if len(node.args) == 1 else None
        writes = WRITTEN_FOR.get(origin)
        if writes is None or not isinstance(written, ast.Call) or self.facts.origin(written.func) != writes:
            return None
        return written.args

    def _by_text(self, name: ast.expr) -> Called:
        """A module that is imported by a text."""
        text = name.value if isinstance(name, ast.Constant) else None
        unknown = self.of(name) <= Nature.FIXED and not (
            isinstance(text, str) and is_known(text.partition(".")[0])
        )
        return (Nature.BORROWED, Nature.NOTHING) if unknown else (Nature.WORK, Nature.WORK)

    def hands_on(self, origin: str, node: ast.Call) -> bool:
        """Tells whether a function of iterators gives the entries that it gets, each of them and in their order."""
        if origin == "itertools.chain":
            return len(node.args) == 1 and not isinstance(node.args[0], ast.Starred)
        if origin in {"itertools.islice", "itertools.tee"}:
            return all(isinstance(each, ast.Constant) and not each.value for each in node.args[1:])
        place = _BY_FUNCTION.get(origin)
        if place is None or len(node.args) != 2:  # noqa: PLR2004 - a function, and what it is given
            return origin == "functools.reduce" and self._is_last_of_written(node)
        nature = self._function_nature(node.args[place])
        return nature is Nature.ECHO or (origin == "filter" and nature is Nature.FIXED)

    def _is_last_of_written(self, node: ast.Call) -> bool:
        """``reduce(lambda _, entry: entry, [1, value])``: one of several that are written."""
        written = len(node.args) > 1 and isinstance(node.args[1], ast.List | ast.Tuple)
        return written and self._function_nature(node.args[0]) is Nature.ECHO

    def _function_nature(self, function: ast.expr) -> Nature:
        """What a function of the text comes to that is handed on; any other may work."""
        if isinstance(function, ast.Lambda):
            return self.text.nature(function)
        if isinstance(function, ast.Name) and function.id in self.names.functions:
            return self.text.most_of(self.names.visible(function.id, self.function)).nature
        return Nature.WORK
