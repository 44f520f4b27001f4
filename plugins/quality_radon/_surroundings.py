"""What is around a statement: how deep it stands, what stands behind it, and the names of its function."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quality.model import cached_property
from quality_radon._checks import MOST_GUARDS, MOST_REFUSALS, is_aside, is_cleaning, only_refuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode


class Place(NamedTuple):
    """Where a block stands.

    Attributes:
        depth: Levels that make each branch here dearer.
        at_edge: Whether no loop, branch or handler is around it, so that to return is to do no work at all.
    """

    depth: int
    at_edge: bool

    def inside(self) -> Place:
        return Place(self.depth + 1, at_edge=False)


class Behind(NamedTuple):
    """What stands behind a statement, looked for when somebody asks.

    Attributes:
        block: The block that both are in.
        place: The place of the statement in it.
    """

    block: Sequence[ast.stmt]
    place: int

    def following(self) -> ast.stmt | None:
        """The next statement that does not only say something, or name what is there; where all do, the next.

        A branch or loop does more, so nothing is looked at for two of them.
        """
        block, first = self.block, self.place + 1
        behind = (block[each] for each in range(first, len(block)))
        other = next((statement for statement in behind if not is_aside(statement)), None)
        return other or (block[first] if first < len(block) else None)

    def work(self, locals_: Locals) -> ast.stmt | None:
        """The next statement that does not only refuse, or say what is asked for that, either; where all do, the next.

        At most as many checks are passed over as may be free.
        """
        block, place, checks = self.block, self.place + 1, 0
        while place < len(block) and checks < MOST_GUARDS + MOST_REFUSALS:
            statement = block[place]
            after = block[place + 1] if place + 1 < len(block) else None
            if only_refuses(statement):
                checks += 1
            elif not is_aside(statement) and not (
                after is not None and only_refuses(after) and locals_.serving(statement, after)
            ):
                return statement
            place += 1
        return self.following()


class Locals:
    """The names that a function binds, looked up when the first answer is met: most checks raise.

    Args:
        function: The function.
    """

    def __init__(self, function: FunctionNode) -> None:
        self._function = function

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(node.id for node in ast.walk(self._function) if isinstance(node, ast.Name))

    def serving(self, statement: ast.stmt | None, check: ast.stmt) -> int:
        """How many statements only say what a check asks about, and nothing else uses it.

        That is the one before it when it gives a name to it, or counts on, with what sets the counter to zero.
        """
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                return int(self._only_in(check, name, elsewhere=1))
            case ast.AugAssign(target=ast.Name(id=name)):
                return 2 * self._only_in(check, name, elsewhere=2)
        return 0

    def _only_in(self, check: ast.stmt, name: str, *, elsewhere: int) -> bool:
        inside = sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(check))
        return inside > 0 and self._uses[name] == elsewhere + inside

    def cleans(self, statement: ast.stmt) -> bool:
        """Tells whether a statement puts right what the function is given: ``name = name.strip()``, ``size = int(size)``."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                return is_cleaning(call, name) and name in self._parameters
        return False

    def have_part(self, node: ast.AST) -> bool:
        """Tells whether a local name stands in an expression or statement."""
        used = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
        return bool(used) and not self._names.isdisjoint(used)

    @cached_property
    def _names(self) -> frozenset[str]:
        inside = (name for name in ast.walk(self._function) if isinstance(name, ast.Name))
        return self._parameters | {name.id for name in inside if isinstance(name.ctx, ast.Store)}

    @cached_property
    def _parameters(self) -> frozenset[str]:
        """Those of functions inside, too: to stand in another function makes a check no other."""
        return frozenset(place.arg for place in ast.walk(self._function) if isinstance(place, ast.arg))
