"""What has one cause is one finding, or costs less with every further one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pylint.checkers import utils

from quality_pylint._below import is_of_self
from quality_pylint._imports import is_for_its_effect
from quality_pylint._names import is_only_of_the_script
from quality_pylint._signatures import ARITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from quality_pylint._linter import Message

#: The kinds of names that pylint tells apart → those that one habit spells.
_KINDS = {
    "Method": "function",
    "Function": "function",
    "Constant": "constant",
    "Class constant": "constant",
    "Argument": "variable",
    "Attribute": "variable",
    "Class attribute": "variable",
    "Inline iteration": "variable",
    "Variable": "variable",
}
#: As many names tell of a habit; more do not tell more.
_HABIT = 4
#: So do functions that share names with the script around them.
_FUNCTIONS = 2


class Cause(NamedTuple):
    """What several messages of a text have in common.

    Attributes:
        key: Equal for what has one cause.
        most: That many are reported, the first as what it is, the others as slight.
    """

    key: tuple[Any, ...]
    most: int = 1


def _lacking(node: Any) -> tuple[Any, ...]:
    """A class with the attribute that its methods miss in ``self``; nothing for other objects."""
    return (id(utils.node_frame_class(node)), node.attrname) if is_of_self(node) else ()


#: Message → what it is said of once.
_PLACES: Final[Mapping[str, Callable[[Any], tuple[Any, ...]]]] = {
    "arguments-differ": lambda node: (id(node),),
    "attribute-defined-outside-init": lambda node: (id(node.frame()),),
    "duplicate-except": lambda node: (id(node),),
    "consider-using-f-string": lambda node: (id(node.statement()),),
    "no-member": _lacking,
    "overlapping-except": lambda node: (id(node),),
}


def causes_of(symbol: str, node: Any, arguments: Any) -> tuple[Cause, ...]:
    """What else in the text a message has to do with.

    A call that does not fit has one mistake, however many arguments are missing. The texts that one statement fills in
    the old way are one place to change: two short ones are no worse than a long one. Who writes ``getName`` does so for
    all functions, and for variables or not: that is one habit of functions, and one of variables. A
    class that lacks what one above it asks for lacks it as a whole, and one whose methods ask ``self`` for what it does not have
    lacks that once. A method with other parameters than the one above, and a handler of an error twice, are one each. A function whose parameters are called as the variables of the script below was written before it. A
    method that sets attributes up in place of ``__init__`` does so for all of them.

    Args:
        symbol: The message.
        node: What pylint reports.
        arguments: What the message is filled in with.
    """
    if symbol in ARITY or symbol == "abstract-method":
        return (Cause(("arity" if symbol in ARITY else symbol, id(node))),)
    place = _PLACES[symbol](node) if symbol in _PLACES else ()
    if place:
        return (Cause((symbol, *place)),)
    if symbol in {"invalid-name", "redefined-builtin"}:
        habit = _KINDS.get(arguments[0], arguments[0]) if symbol == "invalid-name" else arguments
        return (Cause((symbol, habit), _HABIT),)
    if symbol == "redefined-outer-name" and is_only_of_the_script(arguments[0], node.root()):
        return Cause((symbol, id(node.frame()))), Cause((symbol,), _FUNCTIONS)
    if symbol == "unused-import" and is_for_its_effect(node):
        return (Cause((symbol, id(node))),)
    return (Cause((symbol,)),) if symbol == "consider-using-from-import" else ()


def once(messages: Iterable[Message]) -> list[Message]:
    """Keeps of those with one cause the first, by position, and some that follow as slight."""
    kept: list[Message] = []
    seen: Counter[tuple[Any, ...]] = Counter()
    for message in sorted(messages, key=lambda each: (each.line, each.column)):
        if any(seen[cause.key] >= cause.most for cause in message.causes):
            continue
        again = any(seen[cause.key] for cause in message.causes)
        seen.update(cause.key for cause in message.causes)
        kept.append(replace(message, slight=True) if again else message)
    return kept
