"""What a fix is: one class that corrects what a rule finds, on the concrete tree."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst

    #: What takes a node's place; None leaves it as it is.
    Replacement = (
        libcst.CSTNode | libcst.RemovalSentinel | libcst.FlattenSentinel[libcst.BaseStatement] | None
    )


@dataclass(frozen=True, slots=True)
class Fixed:
    """A case of a fix: its test, and the example in the documentation.

    Attributes:
        before: Code with findings; common indentation and outer blank lines are taken off.
        after: The code when all of them are fixed; equal to ``before`` where the fix must keep off.
    """

    before: str
    after: str

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            text = textwrap.dedent(getattr(self, name)).strip("\n")
            object.__setattr__(self, name, f"{text}\n")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a node that is to be fixed.

    Attributes:
        ancestors: The nodes around it as they were, outermost first.
        bound: All names that the source binds anywhere.
        used: All names that the source reads anywhere, or lists in ``__all__``.
    """

    ancestors: tuple[libcst.CSTNode, ...]
    bound: frozenset[str]
    used: frozenset[str]

    @property
    def parent(self) -> libcst.CSTNode:
        """The node it is a part of."""
        return self.ancestors[-1]

    def is_builtin(self, name: str) -> bool:
        """Tells whether a name means the builtin wherever it stands."""
        return name not in self.bound


class Fix:
    """Corrects the findings of some rules. Derive, and write a method ``fix_<Node>`` per kind of node.

    A method gets a node of libcst at which a finding begins, its children fixed already, and what stands around
    it; it returns what takes the node's place, or None. A finding that begins at another node than the one that
    has to change is found by ``place_<Node>``, which returns that other node, or None.

    The first line of the class docstring says what it does. Whoever applies fixes drops one that loses a comment,
    does not parse, or lowers the score.

    Attributes:
        rules: Ids of the rules.
        safe: Whether the program certainly behaves as before.
        cases: Examples, where the rules are not written with quality.rules; those have theirs in INVALID.
    """

    rules: ClassVar[tuple[str, ...]]
    safe: ClassVar[bool] = True
    cases: ClassVar[tuple[Fixed, ...]] = ()

    @property
    def id(self) -> str:
        """The class's name in kebab-case."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def title(self) -> str:
        """What it does, in one sentence."""
        return (type(self).__doc__ or "").strip().split("\n")[0]

    def replace(
        self,
        original: libcst.CSTNode,
        updated: libcst.CSTNode,
        begins: Callable[[libcst.CSTNode], bool],
        around: Around,
    ) -> Replacement:
        """What takes a node's place, or None when the fix has nothing to do there.

        Args:
            original: The node as it was.
            updated: The node with its children fixed.
            begins: Tells whether a finding of the rules begins at a node as it was.
            around: What stands around it.
        """
        kind = type(original).__name__
        method: Callable[[libcst.CSTNode, Around], Replacement] | None = getattr(self, f"fix_{kind}", None)
        if method is None:
            return None
        place: Callable[[libcst.CSTNode], libcst.CSTNode | None] | None = getattr(self, f"place_{kind}", None)
        anchor = original if place is None else place(original)
        return method(updated, around) if anchor is not None and begins(anchor) else None
