"""What calls are made of, and whether they do anything."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_special
from quality.rules import is_log_call, parameters, root_name, same_code
from quality_rules._substance._asked import Asked
from quality_rules._substance._names import Callable, own_name
from quality_rules._substance._nature import (
    ADDS,
    CHANGES,
    CLOCKS,
    COMPARING,
    COPIES,
    FORMS,
    GIVING,
    KEEPING,
    LEAVING,
    LOOKUPS,
    MADE,
    POURS,
    PURE,
    READS,
    RESHAPES,
    SETTING,
    SETTINGS,
    TIDYING,
    WRITTEN,
    Nature,
    is_known,
    is_telling,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._text import Text


#: So many values that a name is given are looked at.
_MOST = 64
#: Names of functions that are there to end the program.
_ENDING = re.compile(
    r"abort|bail|die|end|exit|fail|halt|handler|handle_?(?:abort|exit|int|quit|sig|term)|kill|leave|on_|quit|shut|signal|stop"
    r"|terminat|usage"
)
#: Functions that call another one for each entry → the place of that one among their two arguments.
_BY_FUNCTION = {
    "map": 0,
    "filter": 0,
    "itertools.starmap": 0,
    "itertools.filterfalse": 0,
    "itertools.accumulate": 1,
}
#: Names of functions that may be there to write a line in the log.
_LOGGING = re.compile(
    r"alert|announce|audit|callback|debug|deprecat|display|dump|echo|emit|err|event|exception|fail|handle|hook|info|inform|listen|log"
    r"|main|message|monitor|note|notif|observe|(?:^|_)on_|print|process|profil|publish|receiv|record|report|say|send|show|stat|tell|time|trac"
    r"|track|usage|verbose|warn|watch|wrap|write"
)
#: A value's nature, and what the call does besides giving it.
_Called = tuple[Nature, Nature]


class Calls(Asked):
    """Evaluates calls.

    Args:
        text: Judges the other functions of the text.
        function: What is evaluated.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: Whether it calls the method that it overrides with its own arguments.
        self.hands_up = False
        #: Call of ``map`` or ``filter`` → the generator that it is.
        self.generators: dict[ast.Call, ast.GeneratorExp | None] = {}
        #: How often it ends the program, as its name says.
        self.endings = 0
        #: Whether any of these says that something went wrong.
        self.fails = False
        #: Local name, or none for what is yielded → the arguments whose entries it gets one after the other.
        self._poured: dict[str, set[str]] = {}
        #: Containers that also get what is no argument.
        self._mixed: set[str] = set()

    def made_by(self, kind: ast.ClassDef) -> Sequence[Callable]:
        """What makes the objects of a class in another way than usual."""
        raise NotImplementedError

    def asked_of_object(self, node: ast.expr) -> Nature | None:
        """The nature of what an object of the text answers to an operator or a builtin."""
        raise NotImplementedError

    def call(self, node: ast.Call) -> _Called:
        """The nature of what a call gives, and of what it does: both are asked for, and by all calls around it."""
        return self.once(node, self._evaluated)

    def _evaluated(self, node: ast.Call) -> _Called:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        given = self.most(arguments)
        function = node.func
        if isinstance(function, ast.Lambda):
            return self._own([function], given)
        if isinstance(function, ast.Name):
            return self._by_name(function.id, node, given)
        if isinstance(function, ast.Call) and root_name(function.func) in self.names.classes:
            return self._own(self._methods(function.func, "__call__"), max(given, self.most(function.args)))
        if isinstance(function, ast.Attribute):
            return self._by_attribute(function, node, given)
        nature = self.of(function)
        return (nature, nature) if nature is Nature.BORROWED else (Nature.WORK, Nature.WORK)

    def _by_name(  # noqa: PLR0911 - from the innermost scope outwards
        self, name: str, node: ast.Call, given: Nature
    ) -> _Called:
        if name in self.names.functions:
            functions = self.names.visible(name, self.function)
            another = functions == [self.function] and self._is_of_class(node)
            filled = None if another else self._filled(node, functions, given)
            return filled or self._own([] if another else functions, given)
        if name in self.locals or name in self.parameters:
            held = self.locals.get(name)
            return (held, held) if held is Nature.BORROWED else (Nature.WORK, Nature.WORK)
        if name in self.names.classes:
            kind = self.names.visible_class(name, self.function)
            making = self.made_by(kind) if kind is not None else []
            if making and self.is_asked():
                return self._own(making, given)
            asked = self.is_asked() or self.names.is_void(name)
            fixed = given <= Nature.FIXED and asked and self.names.is_record(name)
            return Nature.FIXED if fixed else Nature.WORK, Nature.NOTHING
        if name in self.facts.imports:
            return self._imported(self.facts.imports[name], node, given)
        if name in self.names.module_values:
            nature = self.text.module_value(name)
            if nature is Nature.BORROWED:
                return nature, nature
            return Nature.WORK, Nature.NOTHING if self.names.is_record_factory(name) else Nature.WORK
        if not self.is_builtin(name):
            return Nature.WORK, Nature.WORK
        if self.hands_on(name, node):
            return given, Nature.NOTHING
        return self._of_library(name, node, given) or self._builtin(name, node, given)

    def _filled(self, node: ast.Call, functions: Sequence[Callable], given: Nature) -> _Called | None:
        """A call of a function that changes nothing but what it is handed, and is handed what nobody else has."""
        if given > Nature.ECHO or len(functions) != 1 or functions[0] is self.function:
            return None
        given_to = handed(node, functions[0])
        own = {name: value for name, value in given_to.items() if self._is_own(value)}
        filled = self.text.filling(functions[0], frozenset(own)) if own else None
        if filled is None or filled.answer > Nature.ECHO:
            return None
        for name, value in own.items():
            if isinstance(value, ast.Name) and self.is_fresh(value.id):
                self._adds(value.id, filled.held.get(name, Nature.FIXED))
        return (given if filled.answer is Nature.ECHO else filled.answer), Nature.NOTHING

    def _is_own(self, value: ast.expr) -> bool:
        """Tells whether a value is a constant, a container that the function makes, an entry of one, or a number."""
        if isinstance(value, ast.Constant):
            return True
        if isinstance(value, ast.Tuple):
            return all(map(self._is_own, value.elts))
        if not isinstance(value, ast.Name) or value.id not in self.locals:
            return False
        sources = self.sources.get(value.id, [])[:_MOST]
        return self.is_fresh(value.id) or (bool(sources) and all(map(self._gives_own, sources)))

    def _gives_own(self, source: ast.expr) -> bool:
        """Tells whether a value is a container that the function makes, or counts."""
        if isinstance(source, ast.Name):
            return self.is_fresh(source.id)
        return isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "len", "range")

    def _is_of_class(self, node: ast.Call) -> bool:
        """Tells whether a call by the name of the function itself means another.

        A function that has a ``self`` was cut out of its class, where its name means something else.
        """
        function = self.function
        if isinstance(function, ast.Lambda) or not self.facts.is_of_module(function):
            return False
        first = next(iter(parameters(function)), "")
        handed = node.args[0] if node.args else None
        return first in {"self", "cls"} and not (isinstance(handed, ast.Name) and handed.id == first)

    def _own(self, functions: Sequence[Callable], given: Nature) -> _Called:
        """A call of a function that the text defines."""
        if not functions:
            return Nature.WORK, Nature.WORK
        if given > Nature.LISTED and self.text.is_any_open(functions):
            return Nature.WORK, Nature.NOTHING
        nature, effect, _ = self.text.most_of(functions)
        if nature is Nature.LISTED:
            for each in functions:
                if self.function in self.names.scope(each):  # what stands outside answers for itself
                    self.examples.take(self.text.judge(each).examples)
        if nature is Nature.ECHO:
            return given, Nature.NOTHING
        if len(functions) == 1 and self.text.judge(functions[0]).ends:
            return Nature.FIXED, self.left(functions[0])  # whoever calls it does no more
        return nature, nature if nature is Nature.BORROWED else effect

    def _builtin(  # noqa: C901, PLR0911 - by kind
        self, name: str, node: ast.Call, given: Nature
    ) -> _Called:
        if name == "print":
            return Nature.FIXED, self._printed(node, given)
        if name == "len" and len(node.args) == 1:
            return self.size(node.args[0]), Nature.NOTHING
        if name in COPIES:
            return given, Nature.NOTHING
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

    def _looked_up(self, node: ast.Call, given: Nature) -> _Called:
        """What an object has by a name."""
        if self.falls_back(node, 2):
            return self.of(node.args[-1]), Nature.NOTHING
        if given is Nature.BORROWED:
            return given, given
        # What is done with the dictionary of all names is done where it is.
        return Nature.WORK, Nature.WORK if node.args else Nature.NOTHING

    def _printed(self, node: ast.Call, given: Nature) -> Nature:
        """What showing something does."""
        if self._writes_into_own(node, given):
            return Nature.NOTHING
        # Without parameters there is nothing else that a function could show.
        message = self.text.messages_count and not self.is_asked() and not self._tells_its_name(node)
        shows = given > Nature.FIXED or message
        return Nature.WORK if shows else self._told()

    def _writes_into_own(self, node: ast.Call, given: Nature) -> bool:
        """Tells whether a message goes into a text that the function makes for itself, which has it then."""
        file = next((each.value for each in node.keywords if each.arg == "file"), None)
        if not isinstance(file, ast.Name) or file.id not in self.locals:
            return False
        sources = self.sources.get(file.id, [])[:_MOST]
        made = (
            isinstance(each, ast.Call) and self.facts.origin(each.func) == "io.StringIO" for each in sources
        )
        if not sources or not all(made):
            return False
        self._adds(file.id, given)
        return True

    def _told(self) -> Nature:
        """What a message does that is always the same: arguments may decide whether there is one, and how many.

        One about an error that may never be does nothing.
        """
        if self.handling:
            return Nature.NOTHING
        decided = self.control if self.control > Nature.FORM else Nature.NOTHING
        return Nature.WORK if self.looped else decided

    def _tells_its_name(self, node: ast.Call) -> bool:
        """Tells whether a call shows the name of the function that it is in: it only says that this was called."""
        name = own_name(self.function)
        texts = (each.value for each in node.args if isinstance(each, ast.Constant))
        return "_" in name.strip("_") and any(isinstance(text, str) and name in text for text in texts)

    def ends_program(self, error: ast.expr) -> bool:
        """Tells whether an error ends the program, whatever the arguments are."""
        kind = error.func if isinstance(error, ast.Call) else error
        given = error.args if isinstance(error, ast.Call) else []
        return self.facts.is_builtin(kind, "SystemExit") and self.most(given) <= Nature.FIXED

    def left(self, node: ast.AST) -> Nature:
        """What it does to end the program: nothing that is asked for, unless the name says so, or it is said why."""
        name = own_name(self.function)
        says = not is_special(name) and _ENDING.search(name) is not None
        given = node.args if isinstance(node, ast.Call) else []
        why = any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in given)
        self.endings += says
        self.fails = self.fails or self._leaves_in_failure(node, given)
        self.changes += says  # each time counts
        return Nature.WORK if says or (why and not self.is_asked()) else self._told()

    def _leaves_in_failure(self, node: ast.AST, given: Sequence[ast.expr]) -> bool:
        """Tells whether it is said that something went wrong where the program is ended, here or by another function of the text."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return not self.text.judge(node).ends_well
        codes = map(self.facts.only_value, given)
        return any(not isinstance(each, ast.Constant) or each.value not in (None, 0) for each in codes)

    def _by_text(self, name: ast.expr) -> _Called:
        """A module that is imported by a text."""
        text = name.value if isinstance(name, ast.Constant) else None
        unknown = self.of(name) <= Nature.FIXED and not (
            isinstance(text, str) and is_known(text.partition(".")[0])
        )
        return (Nature.BORROWED, Nature.NOTHING) if unknown else (Nature.WORK, Nature.WORK)

    def _imported(  # noqa: PLR0911 - by kind
        self, origin: str, node: ast.Call, given: Nature
    ) -> _Called:
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

    def _of_library(self, origin: str, node: ast.Call, given: Nature) -> _Called | None:  # noqa: PLR0911 - by kind
        """A call of a function of which more is known than of its module."""
        if origin == "importlib.import_module" and node.args:
            return self._by_text(node.args[0])
        if origin in {"copy.copy", "copy.deepcopy"} or self.hands_on(origin, node):
            return given, Nature.NOTHING
        if origin == "typing.cast" and node.args:
            return self.of(node.args[-1]), Nature.NOTHING
        if origin == "enum.auto":
            return Nature.FIXED, Nature.NOTHING
        if origin in {"contextlib.suppress", "contextlib.nullcontext", "contextlib.ExitStack"}:
            return Nature.FIXED, Nature.NOTHING
        if origin in SETTINGS and self.falls_back(node, 1):
            return self.of(node.args[1]), Nature.NOTHING
        if origin in TIDYING:
            return Nature.FIXED, Nature.NOTHING if self.is_asked() else Nature.WORK
        if origin in LEAVING and given <= Nature.FIXED:
            return Nature.FIXED, self.left(node)
        if origin in KEEPING | COMPARING or (origin in MADE and self.is_asked()):
            return (given if given <= Nature.FIXED else Nature.WORK), Nature.NOTHING
        return None

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

    def _said_or_set(self, origin: str) -> Nature:
        """What it does to log or to warn, or to say how; the latter is all that a function without parameters may do."""
        return Nature.WORK if origin in SETTING and not self.is_asked() else self._told()

    def _by_attribute(  # noqa: C901, PLR0911 - by kind of receiver
        self, function: ast.Attribute, node: ast.Call, given: Nature
    ) -> _Called:
        if self.is_imported(function):
            return self._imported(self.facts.origin(function), node, given)
        if self._is_handed_up(function, node):
            self.hands_up = True
            # Whether it does may be the difference.
            sometimes = self.looped or self.control > Nature.FIXED
            return (Nature.WORK, Nature.WORK) if sometimes else (Nature.NOTHING, Nature.NOTHING)
        own = self._own_method(function)
        if own:
            return self._own(own, given)
        if self.names.classes and (self.asked_of_object(function) or Nature.WORK) <= Nature.FIXED:
            return Nature.FIXED, Nature.NOTHING  # whatever is asked of the object is the same
        if is_log_call(node) and (given <= Nature.FIXED or not self._is_for_log()):
            return Nature.FIXED, self._told()
        if given <= Nature.FIXED and self._is_of_missing_module(function):
            return Nature.FIXED, self._told()
        if self._is_namespace(function.value) and function.attr == "get" and self.falls_back(node, 1):
            return self.of(node.args[1]), Nature.NOTHING
        receiver = self.of(function.value)
        if (
            isinstance(function.value, ast.Name)
            and function.attr in ADDS
            and self.is_fresh(function.value.id)
        ):
            return self._added(function.value.id, function.attr, node, given)
        if receiver <= Nature.FIXED and given <= Nature.FIXED:
            self._changed(function, given)
            return Nature.FIXED, Nature.NOTHING
        if function.attr in ADDS | CHANGES and self._is_for_nobody(function.value, node):
            return Nature.FIXED, Nature.NOTHING
        return self._of_method(function, node, receiver, given)

    def _is_for_nobody(self, owner: ast.expr, node: ast.Call) -> bool:
        """Tells whether a call changes something of the module that nobody reads, and its answer is dropped."""
        root = root_name(owner)
        local = root in self.locals or root in self.parameters
        return not local and isinstance(self.facts.parent(node), ast.Expr) and self.is_dumb(owner)

    def _added(self, name: str, method: str, node: ast.Call, given: Nature) -> _Called:
        """Something that is put into a container of the function."""
        # Put elsewhere than at the end, what there is comes in another order.
        moves = method == "insert" and (self.looped or self._is_copy(name))
        moves |= len(node.args) == 1 and self.joins(node.args[0], name, whole=method in POURS)
        moves |= self._is_mixed(name, given) or self.comes_again(node)
        self._adds(name, max(given, Nature.FORM) if moves and given > Nature.FIXED else given)
        return Nature.FIXED, Nature.NOTHING

    def _changed(self, function: ast.Attribute, given: Nature) -> None:
        """Something that is taken out of a container of the function, or ordered anew in it."""
        owner = function.value
        if isinstance(owner, ast.Name) and function.attr in CHANGES and self.is_fresh(owner.id):
            self._adds(owner.id, Nature.WORK if self.looped else given)

    def _of_method(self, function: ast.Attribute, node: ast.Call, receiver: Nature, given: Nature) -> _Called:
        """What a method of something gives that is made of more than constants, or is given more."""
        method = function.attr
        if receiver <= Nature.FIXED and given <= Nature.LISTED and method in LOOKUPS and not self.looped:
            if self.is_barren(function.value):
                return self.most(node.args[1:]), Nature.NOTHING
            self.examples.look_up(function.value)
            return Nature.LISTED, Nature.NOTHING
        if isinstance(function.value, ast.Name) and method in READS and self.is_fresh(function.value.id):
            return Nature.WORK, Nature.NOTHING
        reshaped = method == "copy" or method in RESHAPES
        if reshaped and receiver in {Nature.ECHO, Nature.FORM} and given <= Nature.FIXED:
            return Nature.FORM, Nature.NOTHING
        if receiver is Nature.BORROWED:
            return Nature.BORROWED, Nature.BORROWED
        # A text that is written there changes nothing, and nobody asks for another form to change what it is of.
        silent = isinstance(function.value, ast.Constant | ast.JoinedStr) or method in RESHAPES
        return Nature.WORK, Nature.NOTHING if silent else Nature.WORK

    def _is_for_log(self) -> bool:
        """Tells whether a line in the log may be what a function is there for: by its name, or because it is a method that others call."""
        name, first = own_name(self.function), next(iter(self.parameters), "")
        return not name or first in {"self", "cls"} or _LOGGING.search(name) is not None

    def _is_namespace(self, node: ast.expr) -> bool:
        """Tells whether an expression is the dictionary of the module's names, or of the function's."""
        word = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        return word in {"globals", "locals", "vars"} and self.is_builtin(word)

    def _is_of_missing_module(self, function: ast.Attribute) -> bool:
        """Tells whether a function of a module that only writes messages is called, without its import."""
        root = root_name(function)
        return is_telling(root) and root not in self.facts.bound

    def _is_handed_up(self, function: ast.Attribute, node: ast.Call) -> bool:
        """Tells whether a method only gives its own arguments to the method that it overrides."""
        above = function.value
        same = own_name(self.function) == function.attr
        given = [entry.value if isinstance(entry, ast.Starred) else entry for entry in node.args]
        given += [keyword.value for keyword in node.keywords]
        return (
            same
            and isinstance(above, ast.Call)
            and isinstance(above.func, ast.Name)
            and above.func.id == "super"
            and all(isinstance(entry, ast.Name) and entry.id in self.parameters for entry in given)
        )

    def _own_method(self, function: ast.Attribute) -> Sequence[Callable]:
        """The methods of the text's classes that a call means."""
        value = function.value
        owner = value.func if isinstance(value, ast.Call) else value
        if isinstance(owner, ast.Name) and (owner.id in {"self", "cls"} or owner.id in self.names.classes):
            return self._methods(owner, function.attr)
        return []

    def _methods(self, owner: ast.expr, name: str) -> Sequence[Callable]:
        """The methods of this name: of the class that an expression names, or of any class."""
        kind = self.names.visible_class(root_name(owner), self.function)
        own = self.names.methods_in.get((kind, name)) if kind is not None else None
        return own or self.names.methods.get(name, [])

    def _is_copy(self, name: str) -> bool:
        """Tells whether a name is bound to what holds an argument's entries."""
        return any(self.of(value) is Nature.ECHO for value in self.sources.get(name, ()))

    def _is_mixed(self, name: str, given: Nature) -> bool:
        """Tells whether a container gets something besides arguments: they are not what comes out of it."""
        if given <= Nature.FIXED:
            self._mixed.add(name)
        return name in self._mixed or any(map(_has_entries, self.sources.get(name, ())[:_MOST]))

    def comes_again(self, given: ast.Call | ast.Yield) -> bool:
        """Tells whether an entry of an argument is added or yielded several times: by an inner loop, or line for line."""
        entries = [given.value] if isinstance(given, ast.Yield) else given.args
        value = entries[0] if entries else None
        if not isinstance(value, ast.Name) or value.id not in self.elements:
            return False
        statement = self.facts.statement(given)
        before = self.facts.previous(statement) if isinstance(statement, ast.Expr) else None
        if before is not None and same_code(before, statement):
            return True
        for around in self.facts.ancestors(given):
            if isinstance(around, ast.For) and getattr(around.target, "id", "") != value.id:
                return self.size(around.iter) > Nature.FIXED
            if isinstance(around, ast.For | ast.While):
                return False
        return False

    def joins(self, value: ast.expr, name: str = "", *, whole: bool) -> bool:
        """Tells whether entries of an argument are put behind those of another one, or behind themselves.

        Args:
            value: One of its entries, or the argument.
            name: What they are put into; empty for what is yielded.
            whole: Whether all entries are given at once.
        """
        poured = self._poured.setdefault(name, set())
        if whole and self.looped and isinstance(value, ast.Name):
            # What is inside of each of several, or the same once more.
            return value.id in self.elements or value.id in self.parameters
        if isinstance(value, ast.Name) and value.id in self.elements:
            poured.update(root_name(source) for source in self.sources.get(value.id, ())[:_MOST])
        elif whole and isinstance(value, ast.Name):
            poured.add(value.id)
        return len(poured & self.parameters.keys()) > 1

    def _adds(self, name: str, given: Nature) -> None:
        self.changes += 1  # in what it is besides, too
        self.bind(name, given)
        if self.looped or self.decided > Nature.FORM:
            self.sizes[name] = Nature.WORK


def _has_entries(value: ast.expr) -> bool:
    """Tells whether a container is written with entries."""
    return isinstance(value, ast.List | ast.Set | ast.Dict) and bool(
        getattr(value, "elts", None) or getattr(value, "keys", None)
    )


def handed(node: ast.Call, function: Callable) -> dict[str, ast.expr]:
    """Parameter → the argument that it gets, or those that it packs; empty where that is not written there."""
    places = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    packed = function.args.vararg
    spread = any(isinstance(each, ast.Starred) for each in node.args)
    if spread or any(each.arg is None for each in node.keywords):
        return {}
    more = {packed.arg: ast.Tuple(node.args[len(places) :])} if packed else {}
    if not packed and len(node.args) > len(places):
        return {}
    named = {each.arg: each.value for each in node.keywords if each.arg is not None}
    return {**dict(zip(places, node.args, strict=False)), **more, **named}
