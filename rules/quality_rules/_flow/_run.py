"""One pass over a function's statements, or a module's."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import dotted_name, last_word
from quality_rules._flow import _calls, _expressions, _statements
from quality_rules._flow._answers import TYPES, is_put, note_type, sends_other
from quality_rules._flow._containers import item_key
from quality_rules._flow._exits import NO_EXITS
from quality_rules._flow._functions import Route
from quality_rules._flow._hits import Hit
from quality_rules._flow._knowledge import ANSWERS, REQUEST_NAMES, REQUESTS, SOURCE_NAMES
from quality_rules._flow._parts import parts_of
from quality_rules._flow._texts import looks_like_page, looks_like_sql, names_its_host, stays_on_site
from quality_rules._flow._values import (
    ALL,
    HOLE,
    PLAIN,
    UNKNOWN,
    UPLOAD,
    UPLOADS,
    VOUCHED,
    Harm,
    Level,
    Origin,
    Value,
    cleaned,
    compose,
    join,
    keep_host,
    merge,
    tainted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._flow._flow import Flow
    from quality_rules._flow._state import State

HANDLERS: dict[type[ast.AST], _expressions.Handler] = {**_expressions.HANDLERS, ast.Call: _calls.call}
#: Deeper expressions and statements are not followed; nothing is known of them then.
_DEEPEST = 130
_MOST_KEYS = 100
#: Last words of functions that do not come back.
_ENDINGS = frozenset({"exit", "_exit", "abort"})


class Run:
    """What is known while a function is followed.

    Args:
        flow: The analysis of the source.
        state: Values of the names at the beginning.
        owner: The class whose method it is, or None.
        route: What becomes of what is returned.
    """

    def __init__(
        self, flow: Flow, state: State, owner: ast.ClassDef | None = None, *, route: Route = Route.NONE
    ) -> None:
        self.flow = flow
        self.facts = flow.facts
        self.state = state
        self.owner = owner
        self.route = route
        self.returned: Value | None = None
        self.decides = True
        #: Whether it returns where a file is.
        self.finds_file = False
        #: Names of single characters: what a collection or a text must hold of them.
        self.characters: set[str] = set()
        #: Names of what tests came out as, and the tests.
        self.tests: dict[str, ast.expr] = {}
        self.leaves = NO_EXITS
        self.exits: list[list[State]] = []
        self.breaks: list[list[State]] = []
        self._seen: dict[ast.AST, Value] = {}
        self._keys: dict[str, set[str]] = {}

    def value(self, node: ast.AST) -> Value:
        """Follows an expression."""
        kind = type(node)
        if kind is ast.Name:
            known = self._seen[node] = self._named(node)  # type: ignore[arg-type]
            return known
        handler = HANDLERS.get(kind)
        if handler is None or self.flow.depth >= _DEEPEST:
            self.flow.found.complete = self.flow.found.complete and handler is None
            return UNKNOWN
        self.flow.depth += 1
        value = handler(self, node)
        self.flow.depth -= 1
        self._seen[node] = value
        return value

    def _named(self, node: ast.Name) -> Value:
        own = self.flow.chosen.get(node.id)
        return self.lookup(node.id) if own is None else tainted(Origin(SOURCE_NAMES[own], own, node))

    def seen(self, node: ast.AST) -> Value:
        """The value of an expression that was followed before."""
        return self._seen.get(node, UNKNOWN)

    def execute(self, block: Sequence[ast.stmt]) -> None:
        """Follows statements up to one that ends the block."""
        if self.flow.depth >= _DEEPEST:
            self.flow.found.complete = False
            return
        self.flow.depth += 1
        for statement in block:
            if self.state.ended:
                break
            _statements.execute(self, statement)
        self.flow.depth -= 1

    def compose(self, parts: Sequence[Value], node: ast.expr) -> Value:
        """A text put together of parts; of SQL it is noted whether the parts are known to be safe."""
        whole = compose(keep_host(parts), node)
        if whole.text is not None and looks_like_sql(whole.text):
            harmful = any(taint.harms & Harm.SQL for taint in whole.taints)
            self.flow.found.judge(Harm.SQL, node, safe=not harmful and not whole.unknown & Harm.SQL)
        elif whole.taints and looks_like_page(whole.text or "") and not sends_other(self):
            self.flow.found.note_page(whole)
        return whole

    def lookup(self, name: str) -> Value:
        """The value of a variable."""
        known = self.state.get(name)
        if known is not None:
            return known
        if name in REQUEST_NAMES and name not in self.flow.stored:
            return UNKNOWN._replace(tag="request")
        return PLAIN if name == "__file__" else self.flow.constants.get(name, UNKNOWN)

    def key(self, node: ast.AST) -> str:
        """What the state calls a name, an attribute or an item with a fixed key; empty for anything else."""
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            return item_key(dotted_name(node.value), node.slice.value)
        return node.id if isinstance(node, ast.Name) else dotted_name(node)

    def names(self, node: ast.AST) -> tuple[str, ...]:
        """What the state calls it, if it does."""
        key = self.key(node)
        return (key,) if key else ()

    def origin(self, node: ast.AST) -> str:
        """Dotted name of a function of a library; empty when the source binds the name itself."""
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name) or self.facts.origins.is_detour(root):
            return self.facts.origin(node)
        if self.state.get(root.id) is not None:
            return ""
        if root.id in self.flow.stored and root.id not in self.facts.imports:
            return ""
        return self.facts.origin(node)

    def is_own(self, function: ast.AST) -> bool:
        """Tells whether a function is defined in this source."""
        return self.flow.definition(self, function) is not None

    def never_returns(self, call: ast.Call) -> bool:
        """Tells whether a function does not come back; one of this source may, whatever it is called."""
        last = last_word(call.func)
        ends = last in _ENDINGS or self.origin(call.func) == "frappe.throw"
        return ends and not self.is_own(call.func)

    def is_request(self, node: ast.AST) -> bool:
        """Tells whether an expression is a request of a web framework, and not what was asked of somebody else."""
        if isinstance(node, ast.Attribute):
            named = node.attr in REQUEST_NAMES and last_word(node.value) not in ANSWERS
            return named or self.origin(node) in REQUESTS
        if isinstance(node, ast.Name):
            return self.lookup(node.id).tag == "request" or self.origin(node) in REQUESTS
        return False

    def request_name(self, node: ast.AST) -> str:
        """How the code names a request."""
        return dotted_name(node) or "request"

    def bind(self, target: ast.AST, value: Value) -> None:
        """Binds what stands on the left of an assignment."""
        if isinstance(target, ast.Name):
            # What other functions bind, too, may be something else at any time.
            shared = target.id in self.flow.shared
            if self.leaves is not NO_EXITS:
                self.leaves.forget(target.id)
            if self.tests or self.characters:
                self.tests.pop(target.id, None)
                self.characters.discard(target.id)
            self.state.set(target.id, value._replace(unknown=ALL, text=None, each=None) if shared else value)
            for key in self._keys.pop(target.id, ()):
                self.state.set(key, UNKNOWN)
        elif isinstance(target, ast.Attribute):
            self._bind_attribute(target, value)
        elif isinstance(target, ast.Subscript):
            self._bind_item(target, value)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, _expressions.element_of(value)._replace(tag="list"))
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, value)

    def _add_key(self, container: str, keys: Value, key: Value) -> None:
        """An item is put into a dictionary: what its keys are is known as far as this one is."""
        filled = self.state.get(container)
        if filled is not None:
            self.state.set(container, filled._replace(each=merge((keys, key))))

    def keep(self, key: str, value: Value) -> None:
        """Notes what an attribute or item is until its owner's name is bound again; of many items not of all."""
        known = self._keys.setdefault(key.partition(".")[0], set())
        if len(known) < _MOST_KEYS or key in known or not key.endswith("]"):
            known.add(key)
            self.state.set(key, value)

    def _bind_item(self, target: ast.Subscript, value: Value) -> None:
        whole = self.state.get(self.key(target.value))
        key = self.key(target)
        self.fill(target.value, value, somewhere=not key)
        if whole is not None and whole.each is not None:
            self._add_key(self.key(target.value), whole.each, self.value(target.slice))
        if key and ((whole is not None and whole.tag == "dict") or self.state.get(key) is not None):
            self.keep(key, value)

    def _bind_attribute(self, target: ast.Attribute, value: Value) -> None:
        key = self.key(target)
        if key:
            self.keep(key, value)
            if target.attr in TYPES:
                note_type(self, value)
            if self.owner is not None and key == f"self.{target.attr}":
                self.flow.attributes.keep(self.owner, target.attr, value)

    def _unpack(self, targets: Sequence[ast.expr], value: Value) -> None:
        exact = value.items is not None and len(value.items) == len(targets)
        starred = any(isinstance(target, ast.Starred) for target in targets)
        if exact and not starred and value.items is not None:
            for target, item in zip(targets, value.items, strict=True):
                self.bind(target, item)
            return
        element = _expressions.element_of(value)
        for target in targets:
            self.bind(target, element)

    def fill(self, container: ast.AST, value: Value, *, somewhere: bool = True) -> None:
        """Puts a value into a container that has a name.

        Args:
            container: The container.
            value: The value.
            somewhere: Whether it may be any of the items.
        """
        key = self.key(container)
        if not key:
            return
        before = self.state.get(key)
        known = before or self.lookup(key)
        merged = join(known._replace(items=None), value._replace(items=None, text=None, built=None))
        text = known.text if known.text is not None or value.built is None else value.text
        if before is None:
            self.state.introduce(key, known)
        self.state.set(key, merged._replace(tag=known.tag, text=text, built=known.built or value.built))
        if known.tag == "dict" and somewhere:
            self._fill_items(key, value)

    def _fill_items(self, container: str, value: Value) -> None:
        """A value that may be any of the items that are known one by one."""
        for key in self._keys.get(container.partition(".")[0], ()):
            known = self.state.get(key) if key.startswith(f"{container}.[") else None
            if known is not None:
                self.state.set(key, join(known, value))

    def clean(self, key: str, harms: int, *, shown: bool = True) -> None:
        """Notes that a name is harmless to these from here on in this branch.

        Args:
            key: The name.
            harms: To what.
            shown: Whether that is shown; else it is only no longer suspected.
        """
        known = self.state.get(key)
        if known is None:
            root = key.partition(".")[0]
            if root in self.facts.imports or root not in self.flow.stored:
                return
            known = self.lookup(key) if "." not in key else UNKNOWN
            self.state.introduce(key, known)
        if "." in key:
            self._keys.setdefault(key.partition(".")[0], set()).add(key)
        clean = cleaned(known, harms)
        self.state.set(key, clean if shown else clean._replace(unknown=ALL, tag=VOUCHED))

    def doubt(self, key: str) -> None:
        """Notes that a name is less suspected from here on in this branch."""
        known = self.state.get(key)
        if known is not None and known.taints:
            self.state.set(
                key,
                known._replace(taints=tuple(taint._replace(sure=False) for taint in known.taints), each=None),
            )

    def give(self, value: Value) -> None:
        """Returns or yields a value."""
        self.returned = value if self.returned is None else join(self.returned, value)

    def check(
        self,
        harm: Harm,
        node: ast.expr,
        value: Value,
        *,
        sure: bool = True,
        composed: bool = False,
        marked: bool = False,
    ) -> None:
        """A value reaches a place where it could do harm.

        Args:
            harm: Which.
            node: The place.
            value: What reaches it.
            sure: Whether the place is known to be dangerous.
            composed: Whether a parameter that is handed on whole is meant to be what it is.
            marked: Whether the place says itself that its text is a page.
        """
        text = value.text or ""
        if harm is Harm.PATH and value.tag in {UPLOAD, UPLOADS}:
            return
        if (harm is Harm.REQUEST and names_its_host(text)) or (harm is Harm.REDIRECT and stays_on_site(text)):
            value = cleaned(value, harm)
        if harm is Harm.REDIRECT and text.startswith(f"/{HOLE}"):
            sure = False  # it leads elsewhere if there is another slash
        if harm is Harm.REQUEST:
            opens = any(taint.harms & Harm.SCHEME for taint in value.taints) or value.unknown & Harm.SCHEME
            self.flow.found.judge(Harm.SCHEME, node, safe=text.startswith("http") or not opens)
        self.flow.found.reach(harm, node, value, sure=sure, composed=composed, marked=marked)
        if harm is Harm.SQL and sure and looks_like_sql(text):
            self.note_unseen(harm, value)

    def note_unseen(self, harm: Harm, value: Value) -> None:
        """A statement or page holds what is neither known nor vouched for, and nothing else that is suspected."""
        built = value.built
        if built is None or value.taints or not value.unknown & harm:
            return
        for part in parts_of(built):
            known = self.seen(part)
            if known.unknown & harm and not known.taints and known.tag != VOUCHED:
                label = self.key(part) or "what is not known"
                named = dotted_name(part.func) if isinstance(part, ast.Call) else label
                if harm is Harm.HTML and not is_put(named):
                    continue
                (taint,) = tainted(Origin(Level.UNSEEN, label, part)).taints
                self.flow.found.record(Hit(harm, built, taint, sure=True))
                return
