"""Runs bandit's checks over a tree, without what its own visitor does beside: logs, scores, ``nosec``."""

from __future__ import annotations

import ast
import io
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from bandit.core.context import Context
from bandit.core.utils import get_call_name
from bandit.plugins.trojansource import BIDI_CHARACTERS

from quality_bandit._callers import is_left_to_callers
from quality_bandit._excuses import is_excused, makes_pages, spreads
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
#: Checks of imports, and of commands that somebody may put together.
_WITHOUT_USE = frozenset({"B401", "B402", "B411", "B413", "B415", "B602", "B605"})
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
        unsure = _WITHOUT_USE if makes_pages(nodes) else {*_WITHOUT_USE, "B701"}
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
            if issue is not None and check.id in _FOR_WANT_OF and spreads(node):
                issue.confidence = "LOW"
            if issue is not None and not is_excused(issue.test_id or check.id, node):
                self.hits.append(Hit(issue.test_id or check.id, issue, node))


def _makes_hmac(call: ast.Call) -> bool:
    return "hmac" in get_call_name(call, {}).lower()
