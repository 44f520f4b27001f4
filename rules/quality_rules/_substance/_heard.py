"""Whether anybody gets what is put into something of the module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property, is_special
from quality.rules import ASSIGNMENTS, targets_of
from quality_rules._substance._nature import ADDS, CHANGES

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Heard:
    """Knows the names of a module, and its objects' attributes, that are given something and never asked.

    Only of what the text binds itself: what was cut out of a text may be read by the rest of it.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._names: dict[str, bool] = {}

    def is_dumb(self, target: ast.expr) -> bool:
        """Tells whether a place is one of the module's own into which something is put, and nothing ever taken out."""
        owner = target
        while isinstance(owner, ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            return owner.id in self._bound and not self.is_heard(owner.id)
        if not isinstance(owner, ast.Attribute) or not isinstance(owner.value, ast.Name):
            return False
        kept = owner.value.id in self._bound and owner.value.id in self._holding
        return kept and owner.attr not in self._read and not is_special(owner.attr)

    def is_heard(self, name: str) -> bool:
        """Tells whether a name of the module is read anywhere, otherwise than to put something into what it stands for.

        Where a function has given it a value itself, it reads that.
        """
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = name in self._exported or any(
                not self._is_putting(each) and not self._is_own(each) for each in self._loads.get(name, ())
            )
        return known

    def is_of_module(self, name: str) -> bool:
        """Tells whether the code outside of functions binds a name."""
        return name in self._bound

    @cached_property
    def _bound(self) -> frozenset[str]:
        """The names that the code outside of functions and classes binds."""
        found: set[str] = set()
        for statement in self._facts.module_statements:
            if isinstance(statement, _DEFINITIONS):
                found.add(statement.name)
            elif isinstance(statement, ASSIGNMENTS):
                found.update(each.id for each in targets_of(statement) if isinstance(each, ast.Name))
        return frozenset(found - self._facts.imports.keys())

    @cached_property
    def _holding(self) -> frozenset[str]:
        """The names of what attributes are set of only to keep them: classes, functions, and objects for nothing else."""
        names = {node.name for node in (*self._facts.functions, *self._facts.of(ast.ClassDef))}
        for _, targets, value in self._facts.assignments:
            plain = isinstance(value, ast.Call) and self._facts.origin(value.func) == "types.SimpleNamespace"
            own = (
                isinstance(value, ast.Call)
                and isinstance(value.func, ast.Name)
                and value.func.id in self._classes
            )
            if plain or own:
                names.update(target.id for target in targets if isinstance(target, ast.Name))
        return frozenset(names)

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(node.name for node in self._facts.of(ast.ClassDef))

    @cached_property
    def _loads(self) -> dict[str, list[ast.Name]]:
        """Name → where it is read."""
        found: dict[str, list[ast.Name]] = {}
        for node in self._facts.of(ast.Name):
            if isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def _read(self) -> frozenset[str]:
        """Names of attributes that are read, or asked for by a text."""
        read = {node.attr for node in self._facts.of(ast.Attribute) if self._is_taken(node)}
        return frozenset(read | self._exported)

    def _is_taken(self, node: ast.Attribute) -> bool:
        return isinstance(node.ctx, ast.Load) and not self._is_putting(node)

    @cached_property
    def _exported(self) -> frozenset[str]:
        """The texts of the source, any of which may be a name that somebody looks for."""
        return frozenset(node.value for node in self._facts.of(ast.Constant) if isinstance(node.value, str))

    def _is_putting(self, name: ast.expr) -> bool:
        """Tells whether a use of a container only puts something into it, or takes something away that nobody gets."""
        above = self._facts.parent(name)
        if isinstance(name, ast.Name) and self._is_given(name):
            return True
        if isinstance(above, ast.Subscript) and above.value is name:
            return not isinstance(above.ctx, ast.Load) or self._is_putting(above)
        if not isinstance(above, ast.Attribute):
            return False
        if not isinstance(above.ctx, ast.Load):
            return True
        call = self._facts.parent(above)
        called = (
            isinstance(call, ast.Call)
            and call.func is above
            and isinstance(self._facts.parent(call), ast.Expr)
        )
        return called and above.attr in ADDS | CHANGES

    def _is_given(self, name: ast.Name) -> bool:
        """Tells whether a name is read for what it is given next: ``count = count + 1``."""
        statement = self._facts.statement(name)
        targets = targets_of(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else []
        return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name.id

    def _is_own(self, name: ast.Name) -> bool:
        """Tells whether the function around a name of the module has set it before, whatever happens."""
        function = self._facts.function(name)
        if function is None or name.id not in self._facts.names(function).shared:
            return False
        return self._set_in(function, name.id) < self._facts.span(name)[0]

    def _set_in(self, function: FunctionNode, name: str) -> int:
        """Where a function sets a name for certain and for the first time; nowhere is behind everything."""
        for statement in function.body:
            targets = targets_of(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else []
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                return self._facts.span(statement)[1] - 1
        return len(self._facts.nodes)
