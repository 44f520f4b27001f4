"""The rule unconsulted-user."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import (
    ASSIGNMENTS,
    AstRule,
    Invalid,
    Valid,
    dotted_name,
    is_log_call,
    last_word,
    name_words,
    parameters,
    targets_of,
)
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode

#: Words in the name of a parameter that says who asks for something.
_PERSONS = words("user username actor requester requestor caller performer initiator")
#: Those of somebody who does something to others.
_ACTORS = words("actor requester requestor caller performer initiator current acting")
#: What a record is looked up by: the method of a table, or a function of such a name.
_FINDING = ("find", "get", "fetch", "load", "lookup")
#: Calls that change or remove what they are given, or what they belong to.
_CHANGES = words("pop remove delete update append clear add save")
#: Words of functions that write down what happens.
_TELLING = words("log audit track trace")
#: More names are not looked at.
_MOST_USES = 40


class UnconsultedUser(AstRule):
    """A user is looked up, and what they may do is not asked.

    ## What it does
    Reports functions that are given a user and the key of something else, look both up, ask whether there is such a user and
    nothing more, and hand out, change or remove the other.

    Functions that use anything of the user, or hand the user on, but to a log, are fine.

    ## Why is this bad
    Everybody who is known may do it, to what belongs to others too. That the user is a parameter says that it was meant to
    matter.

    ## Example
    ```python
    def remove(user_id, page_id):
        user = users.get(user_id)
        page = pages.get(page_id)
        if user is None or page is None:
            return False
        del pages[page_id]
        return True
    ```

    ## Use instead
    ```python
    def remove(user_id, page_id):
        user = users.get(user_id)
        page = pages.get(page_id)
        if user is None or page is None or page["owner"] != user_id:
            return False
        del pages[page_id]
        return True
    ```

    ## References
    - [CWE-862: missing authorization](https://cwe.mitre.org/data/definitions/862.html)
    - [CWE-863: incorrect authorization](https://cwe.mitre.org/data/definitions/863.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 862
    effort = 20

    VALID = (
        Valid(
            """
            def show(user_id, page_id):
                user = users.get(user_id)
                page = pages.get(page_id)
                if user is None or page is None or not user.may_read(page):
                    return None
                return page
            """,
            "It asks",
        ),
        Valid(
            """
            def book(user_id, room_id):
                user = users.get(user_id)
                room = rooms.get(room_id)
                if user is None or room is None:
                    return None
                room["guests"].append(user_id)
                return room
            """,
            "The user becomes a part of it",
        ),
        Valid(
            """
            def rename(user_id, name):
                user = users.get(user_id)
                if user is None:
                    raise KeyError(user_id)
                user["name"] = name
            """,
            "The user is what is changed",
        ),
        Valid(
            """
            def page_of(user_id, page_id):
                if user_id not in pages:
                    return None
                return pages[user_id].get(page_id)
            """,
            "It is among what the user has",
        ),
    )
    INVALID = (
        Invalid(
            """
            def page_of(user, page_id):
                page = pages.get(page_id)
                log_access(user, page_id)
                return page
            """,
            ("3:16-3:20 user only has to exist to get at this: ask what they may do",),
        ),
        Invalid(
            """
            def read(user_id, page_id):
                user = users.get(user_id)
                page = pages.get(page_id)
                if user is None or page is None:
                    return None
                return page["text"]
            """,
            ("2:12-2:30 user_id only has to exist to get at this: ask what they may do",),
        ),
        Invalid(
            """
            class Accounts:
                def block(self, actor_id, target_id):
                    actor = self.users.get(actor_id)
                    target = self.users.get(target_id)
                    if not actor or not target:
                        return False
                    target["blocked"] = True
                    return True
            """,
            ("3:17-3:41 actor_id only has to exist to get at this: ask what they may do",),
        ),
        Invalid(
            """
            def remove(username, page_id):
                if username not in users:
                    raise KeyError(username)
                del pages[page_id]
            """,
            ("2:8-2:29 username only has to exist to get at this: ask what they may do",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        given = [name for name in parameters(function) if name not in {"self", "cls"}]
        for name in given:
            named = name_words(name)
            if named & (_PERSONS | _ACTORS):
                place = self._only_exists(function, name)
                if place is not None and self._reaches(function, name, place):
                    self.report(place, f"{name} only has to exist to get at this: ask what they may do")
                    return

    def _only_exists(self, function: FunctionNode, name: str) -> ast.expr | None:
        """Where a function asks whether somebody exists, if that is all that it wants to know of them."""
        names = self.facts.names(function)
        if name in names.stores:
            return None
        place: ast.expr | None = None
        told: ast.expr | None = None
        for load in names.loads.get(name, ())[:_MOST_USES]:
            found = self._lookup(load)
            if found is None:
                if not self._is_told(load):
                    return None
                told = told or load
                continue
            if not isinstance(found, ast.Compare) and not self._is_asked_for(function, found):
                return None
            place = place or found
        return place or told

    def _lookup(self, load: ast.expr) -> ast.expr | None:
        """What looks a record up by a name: a call, an index, or the question whether it is there."""
        above = self.facts.parent(load)
        if isinstance(above, ast.Compare) and isinstance(above.ops[0], ast.In | ast.NotIn):
            return above if above.left is load else None
        if isinstance(above, ast.Subscript) and above.slice is load and isinstance(above.ctx, ast.Load):
            return above
        if isinstance(above, ast.Call) and load in above.args and len(above.args) == 1 and not above.keywords:
            return above if last_word(above.func).startswith(_FINDING) else None
        return None

    def _is_told(self, load: ast.AST) -> bool:
        """Tells whether a name only stands in what somebody is told: an error, or the log."""
        for above in self.facts.ancestors(load):
            if isinstance(above, ast.Raise) or (isinstance(above, ast.expr) and is_log_call(above)):
                return True
            called = above.func if isinstance(above, ast.Call) else None
            if isinstance(called, ast.Name) and not name_words(called.id).isdisjoint(_TELLING):
                return True
            if isinstance(above, ast.stmt):
                return False
        return False

    def _is_asked_for(self, function: FunctionNode, found: ast.expr) -> bool:
        """Tells whether what was found is asked whether it is there, and nothing else."""
        above = self.facts.parent(found)
        if isinstance(above, ASSIGNMENTS):
            names = self.facts.names(function)
            return all(
                isinstance(target, ast.Name)
                and all(map(self._asks_existence, names.loads.get(target.id, ())))
                for target in targets_of(above)
            )
        return self._asks_existence(found)

    def _asks_existence(self, node: ast.AST) -> bool:
        above = self.facts.parent(node)
        if isinstance(above, ast.Compare):
            return isinstance(above.comparators[0], ast.Constant) and above.comparators[0].value is None
        if isinstance(above, ast.UnaryOp):
            return isinstance(above.op, ast.Not)
        if isinstance(above, ast.Call):
            return self.facts.is_builtin(above.func, "all", "bool")
        return isinstance(above, ast.BoolOp | ast.If) and node is not getattr(above, "body", None)

    def _reaches(self, function: FunctionNode, name: str, place: ast.expr) -> bool:
        """Tells whether another record, found by another key, is handed out or changed."""
        keys = set(parameters(function)) - {name, "self", "cls"}
        own = _table(place)
        inside = self.facts.within(function)
        for node in inside:
            if not isinstance(node, ast.Call | ast.Subscript):
                continue
            key = _key(node)
            if not isinstance(key, ast.Name) or key.id not in keys:
                continue
            if _table(node) == own and name_words(name).isdisjoint(_ACTORS):
                continue
            if self._matters(function, node):
                return True
        return False

    def _matters(self, function: FunctionNode, found: ast.expr) -> bool:
        """Tells whether what was found is returned, changed or removed."""
        pending: Sequence[ast.AST] = [found]
        above = self.facts.parent(found)
        named = [target.id for target in targets_of(above) if isinstance(target, ast.Name)]
        if named:
            loads = self.facts.names(function).loads
            pending = [load for name in named for load in loads.get(name, ())[:_MOST_USES]]
        return any(self._is_used(node) for node in pending)

    def _is_used(self, node: ast.AST) -> bool:
        below = node
        for above in self._outwards(node):
            if isinstance(above, ast.Return | ast.Delete):
                return True
            if isinstance(above, ast.AugAssign):
                return below is above.target
            if isinstance(above, ASSIGNMENTS):
                return below in targets_of(above)
            if isinstance(above, ast.Call) and below is above.func:
                return isinstance(below, ast.Attribute) and below.attr in _CHANGES
            below = above
        return isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)

    def _outwards(self, node: ast.AST) -> Iterator[ast.AST]:
        """What is around a node that is taken as it is, or a part of it, up to its statement."""
        for above in self.facts.ancestors(node):
            yield above
            if isinstance(above, ast.stmt) or not isinstance(above, ast.Attribute | ast.Subscript | ast.Call):
                return


def _key(found: ast.Call | ast.Subscript) -> ast.expr | None:
    if isinstance(found, ast.Subscript):
        return found.slice
    is_finding = isinstance(found.func, ast.Attribute) and found.func.attr in {"get", "pop"}
    return found.args[0] if is_finding and found.args else None


def _table(found: ast.expr) -> str:
    """What a record is looked up in."""
    if isinstance(found, ast.Compare):
        return dotted_name(found.comparators[0])
    if isinstance(found, ast.Subscript):
        return dotted_name(found.value)
    if not isinstance(found, ast.Call):
        return ""
    return dotted_name(found.func.value if isinstance(found.func, ast.Attribute) else found.func)
