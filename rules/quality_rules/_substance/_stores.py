"""What assignments do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import root_name
from quality_rules._substance._nature import Nature
from quality_rules._substance._outcome import Outcome

if TYPE_CHECKING:
    from quality.model import FunctionNode


class Stores(Outcome):
    """Gives names their values; a store into what others share is something that a function does."""

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        """Gives a target a value."""
        if isinstance(target, ast.Name) and not self.is_shared(target.id):
            self.bind(target.id, self.of(value), value)
        elif isinstance(target, ast.Tuple | ast.List):
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
                for entry, part in zip(target.elts, value.elts, strict=True):
                    self.assign(entry.value if isinstance(entry, ast.Starred) else entry, part)
            elif parts := self._given_apart(value, len(target.elts)):
                for entry, (nature, given) in zip(target.elts, parts, strict=True):
                    self._take_apart(entry, nature, given)
            else:
                whole = self.of(value)
                # Arguments that come packed are still those that came when each has its name.
                each = self.is_packed(value) and not any(isinstance(e, ast.Starred) for e in target.elts)
                parted = whole is Nature.ECHO and not each and self.size(value) > Nature.FIXED
                self._take_apart(target, Nature.FORM if parted else whole, value)
        else:
            self.store(target, self.of(value))

    def _given_apart(self, value: ast.expr, count: int) -> list[tuple[Nature, ast.expr | None]]:
        """What each of so many values is that a function of the text gives, which changes nothing but what is handed to it.

        A parameter that it gives back is what the function was handed, filled or not: a part of a function that gets its
        names and gives them back is still a part of it. Empty for any other value.
        """
        if isinstance(value, ast.Await):
            value = value.value
        if not isinstance(value, ast.Call):
            return []
        filled, given_to = self.filled_by(value)
        if filled is None or len(filled.row) != count:
            return []
        found: list[tuple[Nature, ast.expr | None]] = []
        for nature, written in filled.row:
            names = {each.id for each in written if isinstance(each, ast.Name)}
            back = [given_to[name] for name in names & given_to.keys()]
            if nature in {Nature.LISTED, Nature.BORROWED}:
                return []
            if nature is Nature.ECHO and len(names) == len(back) == 1:
                found.append((self.of(back[0]), back[0]))
            else:
                found.append((nature, None if nature <= Nature.FIXED else value))
        return found

    def add_to(self, statement: ast.AugAssign) -> None:
        """Changes a target in place."""
        target = statement.target
        nature = self.of(statement.value)
        if self.looped or nature > Nature.FIXED:
            nature = Nature.WORK
        if isinstance(target, ast.Name) and not self.is_shared(target.id):
            already = self.parameters.get(target.id, Nature.NOTHING)
            self.bind(target.id, Nature.WORK if already > Nature.FIXED else nature)
            self.sizes[target.id] = max(self.sizes.get(target.id, Nature.FIXED), nature)
            self.changes += 1
        else:
            # What another function has by a name is a part of what it gets.
            self.store(target, nature if self.leaves is None else Nature.WORK)

    def _take_apart(self, target: ast.expr, nature: Nature, value: ast.expr | None) -> None:
        """Binds the names of a target; what others share is stored into."""
        self.bind_target(target, nature, value)
        for entry in self.facts.within(target):
            if isinstance(entry, ast.Name):
                shared = isinstance(entry.ctx, ast.Store) and self.is_shared(entry.id)
            else:
                shared = isinstance(entry, ast.Attribute | ast.Subscript) and isinstance(entry.ctx, ast.Store)
            if shared and isinstance(entry, ast.expr):
                self.store(entry, nature)

    def store(self, target: ast.expr, nature: Nature) -> None:
        """A store into a container, an object or a name that others share."""
        root = root_name(target)
        if isinstance(target, ast.Subscript) and self.is_fresh(root):
            most = max(nature, self.of(target.slice))
            kept = most < Nature.FORM and self.locals[root] <= Nature.FIXED
            self.bind(root, most if kept else Nature.WORK)
        elif self.is_own_field(target):
            self.fields[ast.unparse(target)] = max(nature, self.fields.get(ast.unparse(target), nature))
        elif isinstance(target, ast.Name) and self.leave(target.id, nature, added=False):
            self.plain = False
        elif root in self.parameters or root in self.locals or not self.is_dumb(target):
            self.does(Nature.WORK)

    def is_shared(self, name: str) -> bool:
        """Tells whether a name is one of the module that anybody reads, or of a function around this one."""
        if not is_function(self.function) or name not in self.facts.names(self.function).shared:
            return False
        if self._is_given_by_parts(name):
            return False
        return not self.heard.is_of_module(name) or self.heard.is_heard(name) or self.keeps()

    def _is_given_by_parts(self, name: str) -> bool:
        """Tells whether only parts of the function that it calls itself, and hands to nobody, declare a name to be its."""
        declaring = [node for node in self.facts.inside(self.function, ast.Nonlocal) if name in node.names]
        parts = [self.facts.function(node) for node in declaring]
        return bool(parts) and all(part is not self.function and self._is_called_part(part) for part in parts)

    def _is_called_part(self, part: FunctionNode | None) -> bool:
        """Tells whether a function is defined in this one, which only calls it: then it runs there, and nowhere else."""
        function = self.function
        if part is None or part.decorator_list or not is_function(function):
            return False
        if self.facts.function(part) is not function:
            return False
        yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in self.facts.within(part))
        uses = self.facts.names(function).loads.get(part.name, ())
        waits = isinstance(part, ast.AsyncFunctionDef)
        return not yields and all(self._is_call(use, waits=waits) for use in uses)

    def _is_call(self, use: ast.Name, *, waits: bool) -> bool:
        above = self.facts.parent(use)
        if not isinstance(above, ast.Call) or above.func is not use:
            return False
        return not waits or isinstance(self.facts.parent(above), ast.Await)
