"""The base of rules on what functions of libraries are called with, and what such rules ask of arguments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, dotted_name, last_word
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rules import Facts


class Calls:
    """The calls of a source by the last word of what is called, made once for all rules.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        #: Last word → the calls, and their dotted names.
        self.by_word = facts.called

    def named(self, words: Iterable[object]) -> Iterator[tuple[ast.Call, str]]:
        """The calls of functions with these last words, and their dotted names, ``?`` for an unnamed object."""
        for word in sorted(self.by_word.keys() & words):
            yield from self.by_word[word]


def _repeated(node: ast.expr) -> ast.expr:
    """The text of ``b"0" * 16``: how often it stands there changes nothing; anything else as it is."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        sides = [side for side in (node.left, node.right) if isinstance(side, ast.Constant)]
        texts = [side for side in sides if isinstance(side.value, str | bytes)]
        return texts[0] if len(sides) > len(texts) > 0 else node
    return node


class CallRule(AstRule):
    """A rule on calls of some functions: it needs the last words of their names, and costs nothing where there are none."""

    def visit_Module(self, _: ast.Module) -> None:
        for call, dotted in self.facts.derived(Calls).named(self.needs):
            self.check_call(call, dotted)

    def check_call(self, call: ast.Call, dotted: str) -> None:
        """Looks at one call.

        Args:
            call: The call.
            dotted: What is called, with imports resolved.
        """
        raise NotImplementedError

    def constant(self, node: ast.AST | None) -> object:
        """The value of a constant or of a name that stands for one; None for anything else."""
        return self.facts.origins.constant(_repeated(node) if isinstance(node, ast.expr) else node)


def argument(call: ast.Call, position: int, *names: str) -> ast.expr | None:
    """The argument of a call at a position, or with one of these names; None when it is not given."""
    for keyword in call.keywords:
        if keyword.arg in names:
            return keyword.value
    if position < 0 or position >= len(call.args):
        return None
    return None if any(isinstance(entry, ast.Starred) for entry in call.args) else call.args[position]


def spreads(call: ast.Call) -> bool:
    """Tells whether a call has arguments that its text does not show."""
    return any(keyword.arg is None for keyword in call.keywords)


def is_named(dotted: str, *ends: str) -> bool:
    """Tells whether a dotted name is one of these, or ends with one after a dot."""
    return any(dotted == end or dotted.endswith(f".{end}") for end in ends)


def is_on(node: ast.AST | None) -> bool:
    """Tells whether a switch is set to True."""
    return isinstance(node, ast.Constant) and node.value is True


def is_off(node: ast.AST | None) -> bool:
    """Tells whether a switch is set to False."""
    return isinstance(node, ast.Constant) and node.value is False


def is_none(node: ast.AST | None) -> bool:
    """Tells whether something is written as None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_name(node: ast.AST | None, name: str) -> bool:
    """Tells whether a node is a name, and this one."""
    return isinstance(node, ast.Name) and node.id == name


def is_called(facts: Facts, node: ast.AST) -> bool:
    """Tells whether a node is what a call calls."""
    above = facts.parent(node)
    return isinstance(above, ast.Call) and above.func is node


def is_config(call: ast.Call) -> bool:
    """Tells whether a call is a method of an application's settings."""
    return isinstance(call.func, ast.Attribute) and called_word(call.func.value) in {"config", "settings"}


def called_word(node: ast.AST | None) -> str:
    """The last word of a name, an attribute or what is called; empty for anything else."""
    return last_word(node.func if isinstance(node, ast.Call) else node)


def word_at(node: ast.AST) -> str:
    """What a name, an attribute, a parameter or a keyword is called; empty for any other node."""
    return getattr(node, "id", getattr(node, "attr", getattr(node, "arg", None))) or ""


#: What finds a record.
_LOOKUPS = words("get_object_or_404 get_or_404 get first first_or_404 one filter filter_by get_or_none")


def is_found(facts: Facts, node: ast.expr) -> bool:
    """Tells whether something was found in a table of a database: by ``get_object_or_404``, ``Note.objects`` or ``Note.query``."""
    found = facts.only_value(node)
    if not isinstance(found, ast.Call) or called_word(found) not in _LOOKUPS:
        return False
    if isinstance(found.func, ast.Name):
        return found.func.id == "get_object_or_404"
    owner: ast.expr = found
    while isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute):
        owner = owner.func.value
    return dotted_name(owner).endswith((".objects", ".query"))
