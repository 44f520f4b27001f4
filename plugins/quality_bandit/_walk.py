"""Runs bandit's checks over a tree, without what its own visitor does beside: logs, scores, ``nosec``."""

from __future__ import annotations

import ast
import io
import itertools
import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from bandit.core.context import Context
from bandit.core.utils import get_call_name
from bandit.plugins.trojansource import BIDI_CHARACTERS

from quality.rules import parameters
from quality_bandit._callers import is_left_to_callers
from quality_bandit._meant import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quality.model import Nodes, Origins, Source
    from quality_bandit._checks import Check


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What checks are told; none of them depends on it.
_FILE_NAME = "./source.py"
#: Builtins that no check asks about when they are called without keywords, as most calls are.
HARMLESS = _words(
    """
    abs all any bool chr dict enumerate filter float int isinstance iter len list map max min next ord pow print range
    repr reversed round set sorted str sum super tuple type zip
    """
)
#: Methods of containers and texts of which the same is true.
HARMLESS_METHODS = _words(
    """
    add append appendleft clear count endswith extend find index insert isalnum isalpha isdigit islower isnumeric isspace
    isupper items join keys lower lstrip pop popleft remove replace reverse rstrip sort split splitlines startswith strip
    swapcase title upper values zfill
    """
)
#: What bandit has kinds of its own for: texts in the code, and the text as a whole.
_OWN_KINDS = frozenset({"Str", "Bytes", "File"})
#: Last words of functions that bandit reports whatever they are given.
HANDED_ON = frozenset(
    {
        *(
            "system",
            "popen",
            "popen2",
            "popen3",
            "getoutput",
            "getstatusoutput",
            "execl",
            "execlp",
            "execv",
            "execvp",
        ),
        *("loads", "load", "unsafe_load", "read_pickle", "mktemp", "mktemp_ng", "tempnam", "tmpnam"),
        *("md5", "sha1", "eval", "_create_unverified_context", "mark_safe"),
    }
)
#: An argument of which nothing is known.
_ANYTHING = ast.Name("_", ast.Load())
#: The name of a function that a test runner calls.
_TEST = re.compile(r"test(?:_|[A-Z]|$)")
#: Checks of imports, and of commands that somebody may put together.
_WITHOUT_USE = frozenset({"B401", "B402", "B411", "B413", "B415", "B602", "B605"})
#: What tells of HTML: a name, a file, a tag.
_OF_PAGES = re.compile(r"html|</?[a-z][a-z0-9]*\b|\bweb|page|markup", re.IGNORECASE)
#: What is said of a field in one word.
_SAID_OF_FIELDS = frozenset(
    {"required", "missing", "invalid", "empty", "short", "long", "weak", "wrong", "incorrect", "mismatch"}
)
#: What is a weakness elsewhere and no harm in a test: assertions, and passwords of accounts that are not there.
_OF_TESTS = frozenset({"B101", "B105", "B106", "B107"})
#: Checks for want of an argument that are not sure where a table is spread which may have it: a filter, a loader,
#: ``usedforsecurity=False``, ``autoescape=True``. That for want of a timeout, which is a doubt anyway, has no issue there.
_FOR_WANT_OF = frozenset({"B202", "B324", "B506", "B701"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An issue that a check raised.

    Attributes:
        id: Bandit's id.
        issue: Bandit's issue.
        node: The node that was looked at; None when it was the whole text.
    """

    id: str
    issue: Any
    node: ast.AST | None


@dataclass(slots=True)
class Walk:
    """One walk over one source, in the order of bandit's visitor, which what it knows of imports depends on.

    Attributes:
        checks: The checks by the type of node.
        doubts: Whether what a check takes for granted, and the text does not show, makes its issues doubts.
        hits: What they raised.
    """

    checks: Mapping[str, tuple[Check, ...]]
    doubts: bool = False
    hits: list[Hit] = field(default_factory=list)
    _imports: set[str] = field(default_factory=set)
    _aliases: dict[str, str] = field(default_factory=dict)
    _origins: Origins = field(init=False)
    _nodes: Nodes = field(init=False)
    _linked: list[Any] = field(default_factory=list)

    def run(self, source: Source) -> list[Hit]:
        """Checks a source, without recursion.

        The links to parents that checks expect in the tree are taken away again.

        Raises:
            SyntaxError: When it does not parse.
        """
        with warnings.catch_warnings():  # checks use what is deprecated
            warnings.simplefilter("ignore")
            visits = self._visits()
            plain = source.plain
            self._origins, self._nodes = plain.origins, plain.nodes
            try:
                for node in [node for node in plain.nodes.order if type(node) in visits]:
                    visits[type(node)](node)
                self._origins, self._nodes = source.origins, source.nodes
                if plain is not source:  # what is called is seen to be, by whatever detour
                    for call in source.nodes.kinds.get(ast.Call, ()):
                        self._origins.of(cast("ast.Call", call).func)
                self._check_handed_on(source.nodes)
            finally:
                self._unlink()
            if self.doubts:
                self._doubt(source.nodes)
            if not source.text.isascii() and any(map(source.text.__contains__, BIDI_CHARACTERS)):
                self._check_text(source.text)
        return self.hits

    def _visits(self) -> dict[type[ast.AST], Callable[[Any], None]]:
        """Type of node → what looks at it; nothing looks at most of them."""
        return {
            **{getattr(ast, kind): self._visit_other for kind in self.checks.keys() - _OWN_KINDS},
            ast.FunctionDef: self._visit_function,
            ast.Constant: self._visit_constant,
            ast.Call: self._visit_call,
            ast.Import: self._visit_import,
            ast.ImportFrom: self._visit_import_from,
        }

    def _visit_other(self, node: ast.AST) -> None:
        self._check(type(node).__name__, node)

    def _visit_function(self, node: ast.FunctionDef) -> None:
        if node.args.defaults:  # of a function, checks look at these alone
            self._check("FunctionDef", node)

    def _visit_call(self, node: ast.Call) -> None:
        function = node.func
        if isinstance(function, ast.Name):  # as bandit does, which looks for the name three times
            name = self._aliases.get(function.id, function.id)
        else:
            name = get_call_name(node, self._aliases)
        if name in HARMLESS and not node.keywords:
            return
        self._check_call(self._origins.call(node), node, name)

    def _check_call(self, call: ast.Call, place: Any, name: str) -> None:
        """Checks a call with every detour to its function written out, as one that stands where a node does."""
        written, name = name, self._origins.of(call.func) or name
        owner = getattr(call.func, "value", None)
        if name != written or (isinstance(owner, ast.Name) and self._origins.is_detour(owner)):
            # By whatever detour, its module is imported.
            self._imports.add(name.partition(".")[0])
        word = name.rpartition(".")[2]
        if word in HARMLESS_METHODS and not call.keywords:
            return
        if name == "hashlib.new":
            call = self._with_constant(call)
        known = meant(call, name, self._origins)
        call, name = known.call, known.name
        first = len(self.hits)
        if call is not place:
            self._link(place)
            call._bandit_parent = self._nodes.parents[place]  # type: ignore[attr-defined]  # noqa: SLF001 - bandit's name
        self._check("Call", call, call=call, qualname=name, name=word)
        self.hits[first:] = [replace(hit, node=place) for hit in self.hits[first:]]
        said = known.said or self._asked_for(place, self.hits[first:])
        if said != known.said:
            for hit in self.hits[first:]:
                hit.issue.confidence = "LOW"
        for hit in self.hits[first:] if said else ():
            hit.issue.text = hit.issue.text.replace("shell=True", said)

    def _asked_for(self, place: Any, hits: Sequence[Hit]) -> str:
        """What to say of a call whose shell is asked for elsewhere, if at all: by callers, or by an attribute; empty for others."""
        if not any(hit.id == "B602" for hit in hits):
            return ""
        if is_left_to_callers(place, "shell", self._nodes):
            return "a shell, if its caller asks for one,"
        given = next((each.value for each in place.keywords if each.arg == "shell"), None)
        asks = isinstance(given, ast.Call) and getattr(given.func, "id", "") == "isinstance"
        kept = isinstance(given, ast.Attribute | ast.Compare) and self._origins.constant(given) is None
        if given is not None and (asks or kept):
            return f"a shell, if {ast.unparse(given)} says so,"
        return ""

    def _with_constant(self, call: ast.Call) -> ast.Call:
        """A call with the constant written out that its first argument is."""
        known = self._origins.constant(call.args[0]) if call.args else None
        if not isinstance(known, str):
            return call
        named = ast.copy_location(ast.Constant(known), call.args[0])
        return ast.copy_location(ast.Call(call.func, [named, *call.args[1:]], call.keywords), call)

    def _check_handed_on(self, nodes: Nodes) -> None:
        """A function that is handed on, kept or put in a table, and not seen to be called, costs what its call would."""
        names = cast("Sequence[ast.Name]", nodes.kinds.get(ast.Name, ()))
        attributes = cast("Sequence[ast.Attribute]", nodes.kinds.get(ast.Attribute, ()))
        aliases = {name for name, origin in self._aliases.items() if origin.rpartition(".")[2] in HANDED_ON}
        named: list[ast.expr] = [each for each in names if each.id in aliases] if aliases else []
        named += [each for each in attributes if each.attr in HANDED_ON]
        for node in [each for each in named if self._is_handed_on(each, nodes)]:
            first = len(self.hits)
            self._check_call(ast.copy_location(ast.Call(node, [_ANYTHING], []), node), node, "")
            if isinstance(nodes.parents[node], ast.Set):  # it is there to be looked up
                for hit in self.hits[first:]:
                    hit.issue.confidence = "LOW"

    def _is_handed_on(self, node: Any, nodes: Nodes) -> bool:
        if not isinstance(node.ctx, ast.Load) or node in self._origins.followed:
            return False
        above = nodes.parents[node]
        if isinstance(above, ast.keyword):
            above = nodes.parents[above]
        # What is bad about a hash function does no harm in an HMAC.
        called = isinstance(above, ast.Call) and (above.func is node or _makes_hmac(above))
        return not called and not isinstance(above, ast.Attribute | ast.Compare)

    def _visit_constant(self, node: Any) -> None:
        value = node.value
        if not isinstance(value, (str, bytes)) or isinstance(self._nodes.parents[node], ast.Expr):
            return
        if isinstance(value, str):
            self._check("Str", node, str=value)
        else:
            self._check("Bytes", node, bytes=value)

    def _visit_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.asname:
                self._aliases[alias.asname] = alias.name
            self._imports.add(alias.name)
        self._check("Import", node, module=node.names[-1].name)

    def _visit_import_from(self, node: ast.ImportFrom) -> None:
        if node.module is None:
            self._visit_import(node)
            return
        self._imports.add(node.module)
        for alias in node.names:
            name = f"{node.module}.{alias.name}"
            self._aliases[alias.asname or alias.name] = name
            self._imports.add(name)
        self._check("ImportFrom", node, module=node.module, name=node.names[-1].name)

    def _doubt(self, nodes: Nodes) -> None:
        """Doubts what nothing shows to be used, or chosen by somebody else.

        An import alone harms nobody, and two packages have the name ``Crypto``. Whose text a shell runs, data flow tells. A
        template of a text without HTML makes no page.
        """
        unsure = _WITHOUT_USE if _makes_pages(nodes) else {*_WITHOUT_USE, "B701"}
        for hit in self.hits:
            if hit.id in unsure:
                hit.issue.confidence = "LOW"

    def _check_text(self, text: str) -> None:
        """Runs the checks of whole texts: there is one, for characters that turn the direction of writing.

        They decode it by its coding cookie. Two lines before it make sure that there is none.
        """
        first = len(self.hits)
        self._check("File", None, file_data=io.BytesIO(b"\n\n" + text.encode()))
        for hit in self.hits[first:]:
            hit.issue.lineno -= 2

    def _link(self, node: Any) -> None:
        """Gives a node and those around it links to their parents, as checks expect them, which look at no others."""
        while node is not None and not hasattr(node, "_bandit_parent"):
            parent = self._nodes.parents.get(node)
            if parent is not None:
                node._bandit_parent = parent  # noqa: SLF001 - bandit's name
                self._linked.append(node)
            node = parent

    def _unlink(self) -> None:
        for node in self._linked:
            del node._bandit_parent  # noqa: SLF001

    def _check(self, kind: str, node: ast.AST | None, **facts: object) -> None:
        checks = self.checks.get(kind)
        if not checks:
            return
        self._link(node)
        known = {"imports": self._imports, "import_aliases": self._aliases, "filename": _FILE_NAME}
        context = Context({**known, "node": node, **facts})
        for check in checks:
            try:
                issue = check.function(context, *check.arguments)
            except (IndexError, KeyError, TypeError):
                # Some checks compare or hash literals of wrong types (``f({[]})``, a key size in quotes), which is an error
                # when the code runs too, or miss an argument that is not there, or is behind ``**``. Bandit goes on with
                # the next check then.
                continue
            if issue is not None and check.id in _FOR_WANT_OF and _spreads(node):
                issue.confidence = "LOW"
            if issue is not None and not _is_excused(issue.test_id or check.id, node):
                self.hits.append(Hit(issue.test_id or check.id, issue, node))


def _makes_pages(nodes: Nodes) -> bool:
    """Tells whether a text has a name, or a text that is no docstring, that is about HTML."""
    texts = (
        each.value
        for each in cast("Sequence[ast.Constant]", nodes.kinds.get(ast.Constant, ()))
        if isinstance(each.value, str) and not isinstance(nodes.parents[each], ast.Expr)
    )
    names = (each.id for each in cast("Sequence[ast.Name]", nodes.kinds.get(ast.Name, ())))
    attributes = (each.attr for each in cast("Sequence[ast.Attribute]", nodes.kinds.get(ast.Attribute, ())))
    functions = (
        each.name for each in cast("Sequence[ast.FunctionDef]", nodes.kinds.get(ast.FunctionDef, ()))
    )
    words = itertools.chain(texts, names, attributes, functions)
    return any(_OF_PAGES.search(each) is not None for each in words)


def _makes_hmac(call: ast.Call) -> bool:
    return "hmac" in get_call_name(call, {}).lower()


def _spreads(node: ast.AST | None) -> bool:
    """Tells whether a call gets arguments out of a table that is kept somewhere, and not seen."""
    tables = [each.value for each in node.keywords if each.arg is None] if isinstance(node, ast.Call) else []
    return any(isinstance(each, ast.Name | ast.Attribute) for each in tables)


def _only_narrows(test: ast.expr, place: Any) -> bool:
    """Tells whether an assertion only says of which type something is that no caller hands in."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.And) and all(_only_narrows(each, place) for each in test.values)
    if isinstance(test, ast.Call):
        named = isinstance(test.func, ast.Name) and test.func.id == "isinstance"
        return named and bool(test.args) and not _is_parameter(test.args[0], place)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.IsNot):
        return False
    none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
    return none and not _is_parameter(test.left, place)


def _is_parameter(subject: ast.expr, place: Any) -> bool:
    """Tells whether an expression is a parameter of a function around."""
    above = place
    while isinstance(subject, ast.Name) and (above := getattr(above, "_bandit_parent", None)) is not None:
        if isinstance(
            above, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        ) and subject.id in parameters(above):
            return True
    return False


def _is_excused(identity: str, node: Any) -> bool:
    """Tells whether bandit takes what every test or parser has for a weakness.

    Assertions are what a test is made of: who runs it runs Python without ``-O``. The passwords in it are those of the
    accounts that it makes. An assertion that something which is no parameter is not None, or of a class, tells a type checker
    what the code is sure of. Whoever compares an address binds to none. A text without a letter or digit is a bracket or a comma that a token is compared with, and
    no password; what is said of the field of a form that has one is none either.
    """
    if identity == "B104" and isinstance(getattr(node, "_bandit_parent", None), ast.Compare):
        return True
    if identity == "B113" and _spreads(node):
        return True
    if identity == "B101" and isinstance(node, ast.Assert) and _only_narrows(node.test, node):
        return True
    text = node.value if identity == "B105" and isinstance(node, ast.Constant) else None
    if isinstance(text, str) and text and (not any(map(str.isalnum, text)) or _is_message(node)):
        return True
    return identity in _OF_TESTS and _is_in_test(node)


def _is_message(node: Any) -> bool:
    """``errors["password"] = "too short"``: words about the field of a form, of which bandit gives the key."""
    place = getattr(node, "_bandit_parent", None)
    above = getattr(place, "_bandit_parent", None)
    given = above.value if isinstance(place, ast.Subscript) and isinstance(above, ast.Assign) else None
    text = given.value if isinstance(given, ast.Constant) else None
    if not isinstance(text, str):
        return False
    return len(text.split()) > 1 or text.lower().rstrip(".!") in _SAID_OF_FIELDS


def _is_in_test(node: Any) -> bool:
    """Tells whether code is part of a function that a test runner calls, or of a class of such functions."""
    while node is not None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
            test = _TEST.match(node.name) is not None and not _answers(node)
            found = test or _any_ends(marks, "fixture")
        else:
            found = isinstance(node, ast.ClassDef) and _any_ends(node.bases, "TestCase")
        if found:
            return True
        node = getattr(node, "_bandit_parent", None)
    return False


def _answers(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tells whether a function gives its caller a value, which a test runner would not look at."""
    own: list[ast.AST] = list(function.body)
    while own:
        node = own.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            own.extend(ast.iter_child_nodes(node))
    return False


def _any_ends(names: Sequence[ast.expr], word: str) -> bool:
    return any(ast.unparse(name).endswith(word) for name in names)
