"""One long-lived pylint whose checkers are prepared once."""

from __future__ import annotations

import ast
import copy
import functools
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from astroid import nodes
from astroid.builder import AstroidBuilder
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder
from pylint import checkers
from pylint.checkers.classes.class_checker import ClassChecker
from pylint.config.config_initialization import _config_initialization
from pylint.lint import PyLinter
from pylint.reporters import CollectingReporter

from quality.model import is_special
from quality_pylint._aliases import Aliases, joined
from quality_pylint._annotations import is_for_type_checkers
from quality_pylint._attributes import MODULE, denied
from quality_pylint._below import is_given_below, is_given_to_the_kept
from quality_pylint._callbacks import callbacks
from quality_pylint._causes import Cause, causes_of, once
from quality_pylint._conventions import is_conventional, is_unsure
from quality_pylint._decorators import is_result_of_others
from quality_pylint._effects import FAILING, is_expected_by_test
from quality_pylint._fence import disarm, fence
from quality_pylint._given import is_given_otherwise
from quality_pylint._index import Index, look_at
from quality_pylint._other_files import is_run_with_names
from quality_pylint._python2 import is_of_python_2
from quality_pylint._scopes import look_past_methods
from quality_pylint._signatures import ARITY, is_asked_for_by_others
from quality_pylint._slight import is_slight
from quality_pylint._tokens import NARROW, branch_words, needs_tokens
from quality_pylint._turns import OF_VALUES, is_bound_elsewhere, is_deep_in_items

if TYPE_CHECKING:
    from collections.abc import Collection

    from quality.model import Source

#: What a name says that is not used for a reason: pylint's own pattern, but that a number behind ``dummy`` is none.
_UNUSED_NAMES = r"_+$|(_[a-zA-Z0-9_]*[a-zA-Z0-9]+?$)|dummy$|^ignored_|^unused_"
#: pylint's own arguments: nothing is read, nothing is written.
ARGUMENTS = (
    "--persistent=n",
    "--score=n",
    "--reports=n",
    "--jobs=1",
    f"--dummy-variables-rgx={_UNUSED_NAMES}",
)
#: Extensions whose messages the catalogue has: they need no settings and cost next to nothing.
EXTENSIONS = (
    "pylint.extensions.check_elif",
    "pylint.extensions.consider_refactoring_into_while_condition",
    "pylint.extensions.dict_init_mutate",
    "pylint.extensions.eq_without_hash",
    "pylint.extensions.for_any_all",
    "pylint.extensions.overlapping_exceptions",
)

_FOLDER = "/nonexistent"
_ENCODING = tokenize.TokenInfo(tokenize.ENCODING, "utf-8", (0, 0), (0, 0), "")
_PLAIN = re.compile(r"[\n\x20-\x7e]*")
#: Checkers that gather across modules; opened anew for each.
_GATHERING = frozenset({"design", "imports"})
#: Checkers that have nothing to say of a text that imports nothing, and what they look for in others.
_OF_IMPORTS = frozenset({"imports", "logging"})
_IMPORTS = frozenset({ast.Import, ast.ImportFrom})
#: What only reports when many modules are done, and keeps each until then: never, for a text alone.
_ACROSS_MODULES = frozenset({"similarities"})
#: What a message says of a place in the text by the made-up name that it has.
_HERE = f" in {MODULE}"
#: Paths of modules for Python 2.
_OF_PYTHON_2 = re.compile(r"(?:^|[/_.-])(?:py|python)_?2[0-7]?(?:[/_.-]|$)")


@dataclass(frozen=True, slots=True)
class Message:
    """What pylint says of one place.

    Attributes:
        symbol: Name of the message.
        text: The message with its arguments filled in.
        line: 1-based.
        column: 0-based.
        end_line: 1-based, or None.
        end_column: 0-based, or None.
        in_bytes: True where columns count the bytes of the line's UTF-8, False where they count code points.
        unsure: True where there often is a good reason for what it reports.
        slight: True where only a name is to be corrected.
        causes: What it has in common with others of the text.
    """

    symbol: str
    text: str
    line: int
    column: int
    end_line: int | None
    end_column: int | None
    in_bytes: bool
    unsure: bool = False
    slight: bool = False
    causes: tuple[Cause, ...] = ()


class Linter:
    """Checks one text after the other. Throw it away when ``check`` raised.

    Args:
        symbols: The messages to look for.
        standalone: Whether no other file may give what a text lacks.
        sealed: Whether no comment of a text counts.
    """

    def __init__(self, symbols: Collection[str], *, standalone: bool = False, sealed: bool = True) -> None:
        disarm()
        self._standalone = standalone
        self._sealed = sealed
        self._manager: Any = AstroidManager()
        self._linter: Any = make_linter(symbols)
        self._linter._add_one_message = self._collect  # noqa: SLF001 - before the counting and the pragmas
        self._enabled = {symbol for symbol in symbols if self._linter.is_message_enabled(symbol)}
        self._messages: list[Message] = []
        self._in_bytes = False
        self._old = False
        self._module: Any = None
        self._aliases: Any = None
        prepared = [each for each in self._linter.prepare_checkers()[1:] if each.name not in _ACROSS_MODULES]
        for checker in prepared:
            checker.open()
        self._raw = [each for each in prepared if isinstance(each, checkers.BaseRawFileChecker)]
        self._token = [each for each in prepared if isinstance(each, checkers.BaseTokenChecker)]
        self._wide = not {each.name for each in self._token} <= NARROW
        self._strings: Any = next((each for each in self._token if each.name == "string"), None)
        self._accesses = [each._accessed for each in prepared if isinstance(each, ClassChecker)]  # noqa: SLF001 - it keeps classes
        self._gathering = [each for each in prepared if each.name in _GATHERING]
        alone = [each for each in prepared if each.name not in _OF_IMPORTS]
        self._callbacks, self._callbacks_alone = (callbacks(self._linter, each) for each in (prepared, alone))

    def check(self, source: Source) -> list[Message]:
        """Lints a text that parses.

        Raises:
            Exception: Whatever went wrong in pylint or astroid.
        """
        self._messages = []
        for checker in self._gathering:
            checker.open()
        self._old = not self._standalone and _OF_PYTHON_2.search(source.path) is not None
        self._aliases = Aliases(source, comments=not self._sealed)
        with fence():
            self._module = module = self._build(source)
            self._in_bytes = False
            self._check_text(source, module)
            self._in_bytes = True
            self._walk(Index(module), imports=not _IMPORTS.isdisjoint(source.plain.nodes.kinds))
            self._module = None
        return once(message for message in self._messages if not _is_own_attribute(message))

    def _build(self, source: Source) -> Any:
        """Builds astroid's tree."""
        package = source.path.rpartition("/")[2] == "__init__.py"
        path = f"{_FOLDER}/__init__.py" if package else f"{_FOLDER}/{MODULE}.py"
        builder: Any = AstroidBuilder(self._manager)
        rebuilder = _Rebuilder(self._manager, source, self._aliases)
        module = rebuilder.visit_module(source.plain.tree, MODULE, path, package)
        module.file_bytes = source.text.encode()
        self._linter.current_file = path
        built = builder._post_build(module, rebuilder, "utf-8")  # noqa: SLF001
        if self._standalone:
            look_past_methods(built)
        return built

    def _check_text(self, source: Source, module: Any) -> None:
        plain = _PLAIN.fullmatch(source.text) is not None and "coding" not in source.text
        for checker in self._raw:
            if not (plain and checker.name == "unicode_checker"):
                checker.process_module(module)
        # What an earlier text left.
        if self._strings is not None:
            self._strings.string_tokens.clear()
        for accesses in self._accesses:
            accesses._scopes.clear()  # noqa: SLF001 - pylint never does
        tokens = source.tokens if self._wide or needs_tokens(source) else branch_words(source)
        for checker in self._token if tokens else ():
            checker.process_tokens([_ENCODING, *tokens])

    def _walk(self, index: Index, *, imports: bool) -> None:
        """Calls the checkers for each node, and again behind all below it."""
        look_at(index)
        visit, leave = self._callbacks if imports else self._callbacks_alone
        opened: list[int] = []
        order, ends = index.order, index.ends
        end = len(order)  # of the innermost node that is to be left
        for place, node in enumerate(order):
            while place >= end:
                left = order[opened.pop()]
                for callback in leave[type(left)]:
                    callback(left)
                end = ends[opened[-1]] if opened else len(order)
            kind = type(node)
            for callback in visit.get(kind, ()):
                callback(node)
            if kind in leave:
                opened.append(place)
                end = ends[place]
        for place in reversed(opened):
            left = order[place]
            for callback in leave[type(left)]:
                callback(left)

    def _collect(
        self,
        definition: Any,
        line: int | None,
        node: Any,
        args: Any,
        _confidence: object,
        col_offset: int | None,
        end_lineno: int | None,
        end_col_offset: int | None,
    ) -> None:
        """Takes pylint's message; where no place is given, it is the node's."""
        if definition.symbol not in self._enabled or (node is not None and node.root() is not self._module):
            return
        if node is not None and (
            _is_excused(definition.symbol, node, standalone=self._standalone)
            or self._aliases.hides(definition.symbol, node, args)
        ):
            return
        if node is not None:
            place = node.position or node
            start = place.lineno if node.position else node.fromlineno
            line = start if line is None else line
            col_offset = place.col_offset if col_offset is None else col_offset
            end_lineno = place.end_lineno if end_lineno is None else end_lineno
            end_col_offset = place.end_col_offset if end_col_offset is None else end_col_offset
        if self._old and definition.msgid.startswith("E"):
            return
        symbol, known = definition.symbol, node is not None
        self._messages.append(
            Message(
                symbol,
                (definition.msg if args is None else definition.msg % args).replace(_HERE, ""),
                line or 1,
                col_offset or 0,
                end_lineno,
                end_col_offset,
                self._in_bytes,
                known and is_unsure(symbol, node, standalone=self._standalone),
                known and is_slight(symbol, node),
                self._causes(symbol, node, args) if known else (),
            )
        )

    def _causes(self, symbol: str, node: Any, args: Any) -> tuple[Cause, ...]:
        """What several messages have in common; a name that whoever runs a file gives it is one."""
        if symbol == "undefined-variable" and not self._standalone and is_run_with_names(node):
            return (Cause((symbol, node.name)),)
        return causes_of(symbol, node, args)


def _is_excused(symbol: str, node: Any, *, standalone: bool) -> bool:
    """Tells whether pylint misses what the text shows elsewhere, or what a convention asks for."""
    if is_conventional(symbol, node, standalone=standalone) or (not standalone and is_of_python_2(node)):
        return True
    inferred = _is_inferred(symbol)
    expected = (inferred or symbol in FAILING) and is_expected_by_test(node)
    if expected or (inferred and is_for_type_checkers(node)):
        return True
    if symbol == "no-member":
        return (
            is_given_below(node)
            or is_given_to_the_kept(node)
            or is_given_otherwise(node)
            or is_result_of_others(getattr(node, "expr", None))
            or is_deep_in_items(getattr(node, "expr", None))
        )
    if symbol == "unused-argument":
        return is_asked_for_by_others(node)
    if symbol == "consider-using-f-string":
        # How the message of an exception is put together is no matter of the code around it: who adds a check pays
        # for the check.
        return isinstance(node.statement(), nodes.Raise)
    return is_bound_elsewhere(symbol, node)


def _is_inferred(symbol: str) -> bool:
    """Tells whether a message rests on what astroid takes something for, and so on what happens when its line runs."""
    return symbol in OF_VALUES or symbol in ARITY or symbol == "no-member"


class _Rebuilder(TreeRebuilder):  # type: ignore[misc]
    """Leaves the shared syntax tree as it is: astroid takes the docstrings out of it. Calls get their own names.

    A lambda with a name stays one, which pylint has a message for, but where it is a special method: what those have to
    give, pylint asks of functions only.
    """

    def __init__(self, manager: Any, source: Source, aliases: Aliases) -> None:
        super().__init__(manager, source.text)
        self._named = source.plain.named
        self._aliases = aliases

    def visit_functiondef(self, node: ast.FunctionDef, parent: Any) -> Any:
        named = None if is_special(node.name) else self._named.get(node)
        return super().visit_functiondef(node, parent) if named is None else self.visit(named, parent)

    def visit_call(self, node: ast.Call, parent: Any) -> Any:
        return super().visit_call(self._aliases.call(node), parent)

    def visit_excepthandler(self, node: ast.ExceptHandler, parent: Any) -> Any:
        caught = self._aliases.caught(node.type)
        if caught is not node.type:
            node = ast.copy_location(ast.ExceptHandler(caught, node.name, node.body), node)
        return super().visit_excepthandler(node, parent)

    def visit_annassign(self, node: ast.AnnAssign, parent: Any) -> Any:
        local = isinstance(parent.frame(), nodes.FunctionDef)
        plain = self._aliases.declared(node) if local else None
        return super().visit_annassign(node, parent) if plain is None else self.visit(plain, parent)

    def visit_binop(self, node: ast.BinOp, parent: Any) -> Any:
        plain = joined(node) if isinstance(node.op, ast.Add) else None
        return super().visit_binop(node, parent) if plain is None else self.visit(plain, parent)

    def _get_doc(self, node: Any) -> Any:
        first = node.body[0] if node.body else None
        return super()._get_doc(copy.copy(node) if isinstance(first, ast.Expr) else node)


def make_linter(symbols: Collection[str]) -> Any:
    """Makes a linter with the default checkers, the extensions above and exactly these messages."""
    linter: Any = PyLinter(reporter=CollectingReporter())
    linter.load_default_plugins()
    linter.load_plugin_modules(EXTENSIONS)
    _config_initialization(linter, list(ARGUMENTS), reporter=None, config_file=None)
    linter.disable("all")
    for symbol in sorted(symbols):
        linter.enable(symbol)
    linter.initialize()
    asked: Any = functools.cache(linter.is_message_enabled)
    # Checkers ask for each node's line, but without pragmas every line has the same answer.
    linter.is_message_enabled = lambda message, *_place, **_options: asked(message)
    return linter


def _is_own_attribute(message: Message) -> bool:
    """True where pylint misses a member that the text itself assigned to something of another module."""
    return message.symbol == "no-member" and any(f" {name!r} member" in message.text for name in denied)
