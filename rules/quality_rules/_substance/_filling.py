"""What is put into the containers that a function makes, and in which order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import root_name, same_code
from quality_rules._substance._asked import Asked
from quality_rules._substance._nature import CHANGES, POURS, Nature

if TYPE_CHECKING:
    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text


class Filling(Asked):
    """Knows what the containers of a function get, and whether arguments come out of them as they came.

    Args:
        text: Judges the other functions of the text.
        function: What is evaluated.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: Local name, or none for what is yielded → the arguments whose entries it gets one after the other.
        self._poured: dict[str, set[str]] = {}
        #: Containers that also get what is no argument.
        self._mixed: set[str] = set()

    def _added(self, name: str, method: str, node: ast.Call, given: Nature) -> None:
        """Something that is put into a container of the function."""
        # Put elsewhere than at the end, what there is comes in another order.
        moves = method == "insert" and (self.looped or self._is_copy(name))
        moves |= len(node.args) == 1 and self.joins(node.args[0], name, whole=method in POURS)
        moves |= self._is_mixed(name, given) or self.comes_again(node)
        self._adds(name, max(given, Nature.FORM) if moves and given > Nature.FIXED else given)

    def _changed(self, function: ast.Attribute, given: Nature) -> None:
        """Something that is taken out of a container of the function, or ordered anew in it."""
        owner = function.value
        if isinstance(owner, ast.Name) and function.attr in CHANGES and self.is_fresh(owner.id):
            self._adds(owner.id, Nature.WORK if self.looped else given)

    def _is_copy(self, name: str) -> bool:
        """Tells whether a name is bound to what holds an argument's entries."""
        return any(self.of(value) is Nature.ECHO for value in self.sources.get(name, ()))

    def _is_mixed(self, name: str, given: Nature) -> bool:
        """Tells whether a container gets something besides arguments: they are not what comes out of it."""
        if given <= Nature.FIXED:
            self._mixed.add(name)
        return name in self._mixed or any(map(_has_entries, self.values_of(name)))

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
            poured.update(root_name(source) for source in self.values_of(value.id))
        elif whole and isinstance(value, ast.Name):
            poured.add(value.id)
        return len(poured & self.parameters.keys()) > 1

    def _adds(self, name: str, given: Nature) -> None:
        self.changes += 1  # in what it is besides, too
        self.bind(name, given)
        if self.looped or self.decided > Nature.FORM:
            self.sizes[name] = Nature.WORK

    def _is_own(self, value: ast.expr) -> bool:
        """Tells whether a value is a constant, a container that the function makes, an entry of one, or a number."""
        if isinstance(value, ast.Constant):
            return True
        if isinstance(value, ast.Tuple):
            return all(map(self._is_own, value.elts))
        if not isinstance(value, ast.Name) or value.id not in self.locals:
            return False
        sources = self.values_of(value.id)
        return self.is_fresh(value.id) or (bool(sources) and all(map(self._gives_own, sources)))

    def _gives_own(self, source: ast.expr) -> bool:
        """Tells whether a value is a container that the function makes, or counts."""
        if isinstance(source, ast.Name):
            return self.is_fresh(source.id)
        return isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "len", "range")


def _has_entries(value: ast.expr) -> bool:
    """Tells whether a container is written with entries."""
    return isinstance(value, ast.List | ast.Set | ast.Dict) and bool(
        getattr(value, "elts", None) or getattr(value, "keys", None)
    )
