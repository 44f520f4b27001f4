"""The rule list-membership-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import LOOPS, SCOPES, AstRule, Invalid, Setting, Valid, last_word, with_defaults
from quality_rules._asked import has_membership, is_product
from quality_rules._kinds import Kind, annotated
from quality_rules._loops import CHANGING_METHODS, COMPREHENSIONS, Loops, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import FunctionNode
    from quality.rules import Names

_UNHASHABLE = (ast.List, ast.Dict, ast.Set, *COMPREHENSIONS[:3])
#: Types whose objects can be in a set.
_HASHABLE = frozenset({"int", "float", "str", "bytes", "bool", "complex"})
#: Methods that return a list of texts, as many as there are.
_SPLITTING = frozenset({"split", "splitlines", "readlines"})
#: Builtins that return a list.
_LISTS = ("list", "sorted")


class ListMembershipInLoop(AstRule):
    """A list is searched in a loop.

    ## What it does
    Reports `x in names` in a loop or comprehension when `names` is a local list that was made before it and
    is used for nothing but such searches; with less certainty, also one that begins empty and is only added to, and
    one that its annotation says to be of numbers, texts or tuples of them (`names: list[str]`), unless a loop around goes
    through the same list: then it is as certain.

    Short written lists, lists of what cannot be in a set, other lists that are also indexed, changed, returned or
    handed on, and tests, are fine.

    ## Why is this bad
    Each search looks at every element, so the time grows with the product of the two lengths. A set answers
    at once.

    ## Example
    ```python
    def new(rows, old):
        known = [row.key for row in old]
        return [row for row in rows if row.key not in known]
    ```

    ## Use instead
    ```python
    def new(rows, old):
        known = {row.key for row in old}
        return [row for row in rows if row.key not in known]
    ```

    ## References
    - [Python wiki: time complexity](https://wiki.python.org/moin/TimeComplexity)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    asks = (is_product, has_membership)

    minimum_elements = Setting(10, "Fewest elements of a written list that is reported.", minimum=1)

    VALID = (
        Valid("def f(rows):\n    return [r for r in rows if r in ['a', 'b']]", "Short"),
        Valid(
            """
            def unique(rows):
                seen = []
                for row in rows:
                    if row not in seen:
                        seen.append(row)
                return seen
            """,
            "The list is the result",
        ),
        Valid(
            """
            def shapes(rows):
                seen = []
                for row in rows:
                    if list(row) not in seen:
                        seen.append(list(row))
                        show(row)
            """,
            "Of what cannot be in a set",
        ),
        Valid(
            "def f(rows: list[dict], old: list[dict]):\n    return [row for row in rows if row not in old]",
            "Of what cannot be in a set",
        ),
        Valid(
            "def f(names: list[str], left: list[str]):\n    for name in names:\n        if name in left:\n"
            "            left.remove(name)",
            "The list changes",
        ),
        Valid("def f(row, rows):\n    names = list(rows)\n    return row in names", "One search"),
        Valid(
            "def f(rows):\n    kinds = [row.kind for row in rows]\n    return [kind for kind in (A, B) if kind in kinds]",
            "Few searches",
        ),
    )
    INVALID = (
        Invalid(
            """
            def shared(left: list[int], right: list[int]) -> list[int]:
                return [number for number in left if number in right]
            """,
            ("2:42-2:57 the list right is searched in each turn of the loop: make a set of it before",),
        ),
        Invalid(
            """
            def longest(numbers: list[int]) -> int:
                most = 0
                for number in numbers:
                    end = number
                    while end in numbers:
                        end += 1
                    most = max(most, end - number)
                return most
            """,
            ("5:15-5:29 the list numbers is searched in each turn of the loop: make a set of it before",),
        ),
        Invalid(
            """
            def unique(rows):
                found: list[tuple[int, str]] = []
                for row in rows:
                    if row not in found:
                        found.append(row)
                return found
            """,
            ("4:12-4:28 the list found is searched in each turn of the loop: keep a set beside it",),
        ),
        Invalid(
            """
            def unique(rows):
                seen, found = [], []
                known = []
                for row in rows:
                    if row not in known:
                        known.append(row)
                        found.append(row)
                return found
            """,
            ("5:12-5:28 the list known is searched in each turn of the loop: make it a set",),
        ),
        Invalid(
            """
            def kept(words, path):
                stopped = path.read_text().split()
                return [word for word in words if word not in stopped]
            """,
            ("3:39-3:58 the list stopped is searched in each turn of the loop: make it a set",),
        ),
        Invalid(
            """
            def f(rows, text):
                words = sorted(text.split())
                for row in rows:
                    if row in words:
                        print(row)
            """,
            ("4:12-4:24 the list words is searched in each turn of the loop: make it a set",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        names = self.facts.names(function)
        self._check_declared(function, names)
        lists = {name: places[0] for name, places in names.stores.items() if len(places) == 1}
        self._check_remembered(function, names, lists)
        made = {name: place for name, place in lists.items() if self._is_list(place)}
        for name, place in made.items():
            searches = self._searches(names.loads.get(name, ()))
            inside = [search for search in searches if self._loop(search) not in (None, self._loop(place))]
            if inside:
                message = f"the list {name} is searched in each turn of the loop: make it a set"
                self.report(inside[0], message)

    def _check_declared(self, function: FunctionNode, names: Names) -> None:
        """Lists by their annotations, of what can be in a set: parameters that nothing changes, and what is collected in order."""
        declared = {
            argument.arg: argument.annotation
            for argument, _ in with_defaults(function.args)
            if argument.arg not in names.stores
        }
        for name, places in names.stores.items():
            above = self.facts.parent(places[0])
            if len(places) == 1 and isinstance(above, ast.AnnAssign) and self._is_empty(above.value):
                declared[name] = above.annotation
        for name, annotation in declared.items():
            if not _is_of_hashable(annotation):
                continue
            search = next(
                (use for use in names.loads.get(name, ()) if self._is_repeated(use, function)), None
            )
            if search is not None:
                self._declared.add((function, name))
                remedy = "keep a set beside it" if name in names.stores else "make a set of it before"
                self.report(
                    self.facts.parent(search) or search,
                    f"the list {name} is searched in each turn of the loop: {remedy}",
                    confidence=Confidence.MEDIUM if self._is_of_itself(search) else Confidence.LOW,
                )

    @cached_property
    def _declared(self) -> set[tuple[ast.AST, str]]:
        """Function and name of the lists that are reported by their annotations."""
        return set()

    def _is_empty(self, value: ast.expr | None) -> bool:
        value = self.facts.display(value) if value is not None else None
        return isinstance(value, ast.List) and not value.elts

    def _is_repeated(self, use: ast.Name, function: FunctionNode) -> bool:
        """Tells whether a list is searched in each turn of a loop, for something of that turn, and nothing is taken out of it."""
        compare = self.facts.parent(use)
        if not isinstance(compare, ast.Compare) or not _is_search(compare, use):
            return False
        loops = self.facts.derived(Loops)
        loop = next(loops.around(compare), None)
        if loop is None or self.facts.function(compare) is not function:
            return False
        whole: ast.AST = function
        taken = any(
            isinstance(node, ast.Attribute)
            and node.attr in CHANGING_METHODS - {"append"}
            and isinstance(node.value, ast.Name)
            and node.value.id == use.id
            for node in self.facts.within(whole)
        )
        reads = self.facts.names_in(compare.left)
        return not taken and bool(reads & loops.bound(loop))

    def _is_of_itself(self, search: ast.Name) -> bool:
        """Tells whether a loop around goes through the same list: the longer it is, the more often it is searched."""
        return any(
            search.id in self.facts.names_in(source)
            for loop in self.facts.derived(Loops).around(search)
            for _, source in turns_of(loop)
        )

    def _check_remembered(self, function: FunctionNode, names: Names, lists: dict[str, ast.Name]) -> None:
        """Lists that begin empty and are only added to and searched: a set does the same, if its entries fit in one."""
        for name, place in lists.items():
            if self.facts.function(place) is not function or (function, name) in self._declared:
                continue
            above = self.facts.parent(place)
            value = above.value if isinstance(above, ast.Assign | ast.AnnAssign) else None
            value = self.facts.display(value) if value is not None else None
            if not isinstance(value, ast.List) or len(value.elts) > 1 or name in names.shared:
                continue
            uses = names.loads.get(name, ())
            added = [use for use in uses if self._is_addition(use)]
            searches = self._searches([use for use in uses if use not in added])
            inside = [search for search in searches if self._loop(search) not in (None, self._loop(place))]
            if added and inside:
                message = f"the list {name} is searched in each turn of the loop: make it a set"
                self.report(inside[0], message, confidence=Confidence.LOW)

    def _is_addition(self, use: ast.Name) -> bool:
        """Tells whether a use adds one entry to a list, and one that may be in a set."""
        method = self.facts.parent(use)
        call = (
            self.facts.parent(method)
            if isinstance(method, ast.Attribute) and method.attr == "append"
            else None
        )
        adds = (
            isinstance(call, ast.Call)
            and len(call.args) == 1
            and isinstance(self.facts.parent(call), ast.Expr)
        )
        return adds and not self._is_unhashable(call.args[0])  # type: ignore[union-attr]

    def _is_list(self, place: ast.Name) -> bool:
        """Tells whether a name is assigned a list here that may be long."""
        statement = self.facts.parent(place)
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.List):
            return len(value.elts) >= self.minimum_elements
        if isinstance(value, ast.Call):
            of_texts = isinstance(value.func, ast.Attribute) and value.func.attr in _SPLITTING
            return of_texts or self.facts.is_builtin(value.func, *_LISTS)
        return isinstance(value, ast.ListComp) and not self._is_unhashable(value.elt)

    def _is_unhashable(self, element: ast.expr) -> bool:
        """Tells whether an element cannot be in a set."""
        if isinstance(element, ast.Call):
            return self.facts.is_builtin(element.func, "list", "dict", "set")
        return isinstance(element, _UNHASHABLE)

    def _searches(self, uses: Iterable[ast.Name]) -> list[ast.Compare]:
        """The searches of a list; none when anything else is done with it."""
        found: list[ast.Compare] = []
        for use in uses:
            above = self.facts.parent(use)
            if not (isinstance(above, ast.Compare) and _is_search(above, use)):
                return []
            found.append(above)
        return found

    def _is_short(self, loop: ast.AST) -> bool:
        """Tells whether a loop goes through a few entries that are written there."""
        turns = turns_of(loop)
        return bool(turns) and all(
            isinstance(source, ast.Tuple | ast.List | ast.Set) and len(source.elts) < self.minimum_elements
            for _, source in turns
        )

    def _loop(self, node: ast.AST) -> ast.AST | None:
        """The innermost loop or comprehension whose every turn evaluates a node, but for those with few turns."""
        below = node
        for above in self.facts.ancestors(node):
            if isinstance(above, SCOPES):
                return None
            inside = isinstance(above, COMPREHENSIONS) or (
                isinstance(above, LOOPS) and below is not getattr(above, "iter", None)
            )
            if inside and not self._is_short(above):
                return above
            below = above
        return None


def _is_of_hashable(annotation: ast.expr | None) -> bool:
    """Tells whether an annotation is of a list of numbers, texts and the like, which can be in a set."""
    if not isinstance(annotation, ast.Subscript) or annotated(annotation) is not Kind.LIST:
        return False
    pending = [annotation.slice]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Subscript):
            if last_word(node.value) not in {"tuple", "Tuple"}:
                return False
            pending.append(node.slice)
        elif isinstance(node, ast.Tuple):
            pending.extend(node.elts)
        elif not (isinstance(node, ast.Name) and node.id in _HASHABLE) and not _is_dots(node):
            return False
    return True


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _is_search(compare: ast.Compare, name: ast.Name) -> bool:
    return (
        len(compare.ops) == 1
        and isinstance(compare.ops[0], ast.In | ast.NotIn)
        and compare.comparators[0] is name
    )
