"""By what the calls of a function to itself come nearer to its end: which steps from its own arguments they take."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import with_defaults
from quality_rules._kinds import Kind, annotated

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Functions that give the elements of what they are given, all or nearly all.
_ORDERS = ("sorted", "reversed", "list", "tuple", "set", "frozenset")


class Steps:
    """Reads the arguments that a function gives to itself.

    Args:
        facts: The source's facts.
        function: The function.
    """

    def __init__(self, facts: Facts, function: FunctionNode) -> None:
        names = facts.names(function)
        self._facts = facts
        self._bound = names.stores
        self.parameters = frozenset(names.parameters) - names.stores.keys()
        for name in names.stores:  # in the order of the text: one may be another name of the one before
            given = facts.values(names.stores[name][0], name)
            if len(given) == 1 and self._is_parameter(given[0]):
                self.parameters |= {name}
        self._numbers = {
            argument.arg
            for argument, default in with_defaults(function.args)
            if annotated(argument.annotation) in {Kind.NUMBER, Kind.FLOAT} or _is_number(default)
        }

    def of(self, call: ast.Call) -> tuple[str, ...] | None:
        """The arguments in words when each is a parameter, less or more a step, or fixed, and one of them is a step."""
        if call.keywords or not call.args:
            return None
        taken = [self._is_step(argument) for argument in call.args]
        known = all(step or self._is_fixed(argument) for step, argument in zip(taken, call.args, strict=True))
        return tuple(map(ast.unparse, call.args)) if known and any(taken) else None

    def are_constant(self, call: ast.Call) -> bool:
        """Tells whether the steps of a call are written numbers."""
        return all(self._is_fixed(each) or self._is_constant_step(each) for each in call.args)

    def _is_step(self, argument: ast.expr) -> bool:
        return self._is_constant_step(argument) or self._is_element_step(argument)

    def _is_constant_step(self, argument: ast.expr) -> bool:
        """``n - 1``, ``place + 2``, ``n // 2``, ``rows[1:]``."""
        if isinstance(argument, ast.Subscript) and isinstance(argument.slice, ast.Slice):
            return self._is_parameter(argument.value) and _is_shorter(argument.slice)
        steps = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Sub | ast.Add | ast.FloorDiv)
        return (
            steps
            and self._is_parameter(argument.left)  # type: ignore[attr-defined]
            and isinstance(argument.right, ast.Constant)  # type: ignore[attr-defined]
            and isinstance(argument.right.value, int)  # type: ignore[attr-defined]
        )

    def _is_element_step(self, argument: ast.expr) -> bool:
        """``left - sizes[place]``, and ``total + sizes[place]`` where the total is a number."""
        if not isinstance(argument, ast.BinOp) or not self._is_parameter(argument.left):
            return False
        less = isinstance(argument.op, ast.Sub)
        more = isinstance(argument.op, ast.Add) and argument.left.id in self._numbers  # type: ignore[attr-defined]
        inside = list(self._facts.within(argument.right))
        return (less or more) and all(
            isinstance(node, ast.Name | ast.Subscript | ast.Constant | ast.BinOp | ast.operator | ast.Load)
            for node in inside
        )

    def _is_fixed(self, argument: ast.expr) -> bool:
        """A parameter as it came, something from around the function, or a constant."""
        if isinstance(argument, ast.Constant):
            return True
        return isinstance(argument, ast.Name) and (
            argument.id in self.parameters or argument.id not in self._bound
        )

    def _is_parameter(self, node: ast.expr | None) -> bool:
        return isinstance(node, ast.Name) and node.id in self.parameters

    def chosen(self, call: ast.Call, target: ast.expr, source: ast.expr) -> bool:
        """Tells whether the turns of a loop give to each call the parameters less what the turn is of, and all turns again.

        What is chosen in another order comes to the same.
        """
        if not isinstance(target, ast.Name) or call.keywords:
            return False
        counted = self._counts(source)
        row = self._in_any_order(source)
        if not counted and not (isinstance(row, ast.Name) and self._is_same(call, row)):
            return False
        moved = [argument for argument in call.args if not self._is_fixed_but(argument, target.id)]
        fits = self._is_counted if counted else self._is_less
        return bool(moved) and all(fits(argument, target.id) for argument in moved)

    def _in_any_order(self, source: ast.expr) -> ast.expr:
        """What is gone through, without what puts it in another order."""
        ordered = isinstance(source, ast.Call) and self._facts.is_builtin(source.func, *_ORDERS)
        return source.args[0] if ordered and source.args else source  # type: ignore[attr-defined]

    def _is_fixed_but(self, argument: ast.expr, name: str) -> bool:
        mentions = any(
            isinstance(node, ast.Name) and node.id == name for node in self._facts.within(argument)
        )
        return not mentions and (self._is_fixed(argument) or self._is_constant_step(argument))

    def _counts(self, source: ast.expr) -> bool:
        """Tells whether a loop counts up to or from something that a parameter decides."""
        return (
            isinstance(source, ast.Call)
            and self._facts.is_builtin(source.func, "range")
            and any(
                isinstance(node, ast.Name) and node.id in self.parameters
                for node in self._facts.within(source)
            )
        )

    def _is_same(self, call: ast.Call, source: ast.Name) -> bool:
        """Tells whether what is chosen from is the same in the call."""
        if source.id not in self.parameters:
            return source.id not in self._bound
        return any(isinstance(each, ast.Name) and each.id == source.id for each in call.args)

    def _is_less(self, argument: ast.expr, chosen: str) -> bool:
        """``left - coin``, or ``place + step`` of numbers."""
        if not isinstance(argument, ast.BinOp) or not self._is_parameter(argument.left):
            return False
        less = isinstance(argument.op, ast.Sub)
        more = isinstance(argument.op, ast.Add) and argument.left.id in self._numbers  # type: ignore[attr-defined]
        return (less or more) and isinstance(argument.right, ast.Name) and argument.right.id == chosen

    def _is_counted(self, argument: ast.expr, counter: str) -> bool:
        """``n - i``, ``n - 1 - i``, ``i``, ``i + 1``, ``rows[i:]``."""
        inside = self._facts.within(argument)
        if isinstance(argument, ast.Subscript):
            cut = argument.slice
            both = isinstance(cut, ast.Slice) and cut.lower is not None and cut.upper is not None
            if not isinstance(cut, ast.Slice) or both or cut.step is not None:
                return False
            bound = cut.lower or cut.upper
            return (
                self._is_parameter(argument.value)
                and bound is not None
                and counter in self._facts.names_in(bound)
            )
        return counter in self._facts.names_in(argument) and all(
            isinstance(node, ast.Constant | ast.BinOp | ast.Add | ast.Sub | ast.Load)
            or (isinstance(node, ast.Name) and (node.id == counter or node.id in self.parameters))
            for node in inside
        )


def _is_number(default: ast.expr | None) -> bool:
    return isinstance(default, ast.Constant) and type(default.value) in {int, float}


def _is_shorter(part: ast.Slice) -> bool:
    """Tells whether a slice is all but a written number of entries at the ends."""
    first, last = part.lower, part.upper
    from_front = first is None or (isinstance(first, ast.Constant) and first.value != 0)
    to_end = last is None or (isinstance(last, ast.UnaryOp) and isinstance(last.operand, ast.Constant))
    return from_front and to_end and part.step is None and (first is not None or last is not None)
