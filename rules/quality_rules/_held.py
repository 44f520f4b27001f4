"""What a name holds from where it is bound to the end of its block or function, and where it is used."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rules import Facts


def entered(facts: Facts, name: ast.expr) -> ast.expr | None:
    """What the innermost ``with`` around a name gives it."""
    for above in facts.ancestors(name) if isinstance(name, ast.Name) else ():
        for item in above.items if isinstance(above, ast.With) else ():
            if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == name.id:  # type: ignore[attr-defined]
                return item.context_expr
    return None


class Holding(NamedTuple):
    """Something that a call makes and one name holds.

    Attributes:
        made: The call.
        name: The name.
        uses: Where the name is read, in order.
    """

    made: ast.Call
    name: str
    uses: list[ast.Name]


class Held:
    """What the names of a source hold, as far as nothing else is bound to them; made with ``facts.derived(Held)``.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        scopes: dict[ast.AST | None, list[ast.AST]] = {}
        for node in facts.of(ast.Name):
            scopes.setdefault(facts.function(node), []).append(node)
        self._names = {scope: _Names(nodes) for scope, nodes in scopes.items()}
        #: All that calls make and names hold, in the order of the text.
        self.all = sorted(
            [*self._in_blocks(), *self._assigned()], key=lambda held: (held.made.lineno, held.made.col_offset)
        )

    def _in_blocks(self) -> Iterator[Holding]:
        """What a ``with`` statement holds, in its block."""
        for around in self._facts.of(ast.With):
            names = _Names(node for statement in around.body for node in self._facts.within(statement))
            for item in around.items:
                yield from _held(item.context_expr, item.optional_vars, names, binders=0)

    def _assigned(self) -> Iterator[Holding]:
        """What a plain assignment binds to a name of a function, or of the module outside of functions."""
        for node, targets, value in self._facts.assignments:
            names = self._names.get(self._facts.function(node))
            if names is not None:
                yield from _held(value, targets[0], names, binders=1)


class _Names:
    """The names among some nodes: where each is read, and how often it is bound."""

    def __init__(self, nodes: Iterable[ast.AST]) -> None:
        self.reads: dict[str, list[ast.Name]] = {}
        self.binders: Counter[str] = Counter()
        for node in nodes:
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Load):
                    self.reads.setdefault(node.id, []).append(node)
                else:
                    self.binders[node.id] += 1


def _held(made: ast.expr, target: ast.expr | None, names: _Names, *, binders: int) -> Iterator[Holding]:
    """What a call makes and a name holds, unless something else is bound to the name as well."""
    if isinstance(made, ast.Call) and isinstance(target, ast.Name) and names.binders[target.id] == binders:
        yield Holding(made, target.id, names.reads.get(target.id, []))
