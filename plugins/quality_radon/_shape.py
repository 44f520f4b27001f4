"""What the syntax tree itself tells of a unit: nesting, parameters, inner classes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import TERMINAL, is_filtered, is_type_checking, same_code
from quality_radon._checks import MOST_BEFORE_LEAVING, is_repair, only_checks, raises

if TYPE_CHECKING:
    from quality.model import FunctionNode, Unit

#: Statements that open a level of nesting.
CONTROL_FLOW = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)
#: Statements that hold others: the rest has no part in a shape.
_HOLDING = frozenset(
    [*CONTROL_FLOW, ast.With, ast.AsyncWith, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]
)


#: Where a statement holds others.
_BLOCKS = ("body", "orelse", "finalbody")
_CLAUSES = ("handlers", "cases")
_WITH_CLAUSES = frozenset({ast.Try, ast.TryStar, ast.Match})


@dataclass(frozen=True, slots=True)
class Shape:
    """What one walk over a unit's statements finds.

    Attributes:
        nesting: Levels of control flow around the deepest statement; 0 for straight code.
        choices: How often ``if`` and ``else`` only choose a value that is assigned or returned.
        conditions: Cases with a condition: each is an ``elif`` in another form.
        classes: The classes in the unit, in no particular order.
    """

    nesting: int
    choices: int
    conditions: int
    classes: tuple[ast.ClassDef, ...]


def shape_of(unit: Unit) -> Shape:
    """Walks a unit's statements, without recursion.

    ``if``, ``for``, ``while``, ``try`` and ``match`` open a level each; ``with`` decides nothing, nor does ``try`` when
    no handler goes on, an ``if`` that only leaves holds nothing, and one that only chooses a value, or puts one right, is ``x if condition else y``, so
    these open none. ``elif`` continues the level of its ``if``; ``else``, ``except``, ``finally`` and ``case`` belong to their statement. Inner functions and
    classes open no level and close none, so moving code into a closure does not flatten it. The module's unit
    ends where other units begin.
    """
    in_module = isinstance(unit.node, ast.Module)
    deepest = choices = conditions = 0
    classes: list[ast.ClassDef] = []
    pending: list[tuple[ast.AST, int]] = [(unit.node, 0)]
    while pending:
        parent, depth = pending.pop()
        for statement in statements(parent):
            if type(statement) not in _HOLDING or (in_module and is_function(statement)):
                continue
            level = depth
            if _is_choice(parent, statement):
                choices += 1
            elif isinstance(statement, CONTROL_FLOW) and not _opens_nothing(statement):
                level += not is_elif(parent, statement)
                # A condition in what a loop goes through is an ``if`` in the loop, written elsewhere.
                level += is_filtered(statement)
                deepest = max(deepest, level)
                if isinstance(statement, ast.Match):
                    conditions += sum(case.guard is not None for case in statement.cases)
            elif isinstance(statement, ast.ClassDef):
                classes.append(statement)
            pending.append((statement, level))
    return Shape(deepest, choices, conditions, tuple(classes))


def statements(node: ast.AST) -> list[ast.stmt]:
    """The statements directly below a node, those of its clauses included."""
    found: list[ast.stmt] = []
    for name in _BLOCKS:
        found += getattr(node, name, ())
    clauses: list[ast.ExceptHandler | ast.match_case]
    for name in _CLAUSES if type(node) in _WITH_CLAUSES else ():
        clauses = getattr(node, name, [])
        for clause in clauses:
            found += clause.body
    return found


def _opens_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement of control flow decides nothing about what is in it, or holds nothing but checks."""
    if isinstance(statement, ast.Try | ast.TryStar):
        return all(raises(handler.body[-1]) for handler in statement.handlers)
    return _only_leaves(statement)


def _only_leaves(statement: ast.stmt) -> bool:
    """Tells whether a statement does nothing but check: an ``if`` may say why and leave a block, a loop may not."""
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return not statement.orelse and only_checks(statement.body)
    if not isinstance(statement, ast.If) or statement.orelse:
        return False
    if is_for_types(statement) or is_repair(statement) or only_checks(statement.body):
        return True
    *before, last = statement.body
    return (
        (isinstance(last, TERMINAL) or raises(last))
        and len(before) <= MOST_BEFORE_LEAVING
        and all(isinstance(each, ast.Assign | ast.Expr) or _only_leaves(each) for each in before)
    )


def _is_choice(parent: ast.AST, statement: ast.stmt) -> bool:
    """Tells whether a statement chooses one of two values, or one of two steps, for the same name, or for the result.

    It is as simple as the conditional expression that it could be. An ``elif`` is not: its ``if`` chooses among more.
    """
    if not (isinstance(statement, ast.If) and len(statement.body) == len(statement.orelse) == 1):
        return False
    if is_elif(parent, statement):
        return False
    match statement.body[0], statement.orelse[0]:
        case ast.Return(value=ast.expr()), ast.Return(value=ast.expr()):
            return True
        case ast.Assign(targets=[first]), ast.Assign(targets=[second]):
            return same_code(first, second)
        case ast.AugAssign(target=first), ast.AugAssign(target=second):
            return same_code(first, second)
    return False


def is_for_types(statement: ast.AST) -> bool:
    """Tells whether a statement imports what only type checkers look for, which decides nothing when the code runs."""
    return (
        isinstance(statement, ast.If)
        and is_type_checking(statement.test)
        and not statement.orelse
        and all(isinstance(each, ast.Import | ast.ImportFrom) for each in statement.body)
    )


def is_elif(parent: ast.AST, statement: ast.stmt) -> bool:
    """Only an ``elif`` starts in its parent's column: everything else in an ``if`` is indented."""
    return (
        isinstance(statement, ast.If)
        and isinstance(parent, ast.If)
        and statement.col_offset == parent.col_offset
    )


def count_parameters(unit: Unit) -> int:
    """Counts a function's parameters, ``*args`` and ``**kwargs`` included; 0 for the module.

    The first positional parameter of a method is the receiver, whatever its name, and does not count;
    static methods have none.
    """
    node = unit.node
    if isinstance(node, ast.Module):
        return 0
    arguments = node.args
    positional = len(arguments.posonlyargs) + len(arguments.args)
    named = positional + len(arguments.kwonlyargs)
    variadic = (arguments.vararg is not None) + (arguments.kwarg is not None)
    is_method = "." in unit.scope.name
    receiver = is_method and positional > 0 and not _is_static(node)
    return named + variadic - receiver


def _is_static(node: FunctionNode) -> bool:
    return any(
        getattr(decorator, "id", getattr(decorator, "attr", "")) == "staticmethod"
        for decorator in node.decorator_list
    )
