"""Questions to the facts that several rules ask before they are run, each asked once for all of them."""

from __future__ import annotations

import ast
from operator import attrgetter
from typing import TYPE_CHECKING

from quality.model import BUILTINS
from quality.rules import LOOPS

if TYPE_CHECKING:
    from quality.rules import Facts

_ID = attrgetter("id")
#: Statements of a module that only name something.
_NAMING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def is_product(facts: Facts) -> bool:
    """Whether the source is no test."""
    return facts.source.role == "product"


def offers(facts: Facts) -> tuple[ast.expr, ...]:
    """What a source assigns to ``__all__``: the lists of the names that may be imported from it."""
    return tuple(
        each.value
        for each in facts.assignments
        for target in each.targets
        if isinstance(target, ast.Name) and target.id == "__all__"
    )


def has_comments(facts: Facts) -> bool:
    """Whether there may be a comment."""
    return "#" in facts.source.text


def has_several_functions(facts: Facts) -> bool:
    """Whether there is more than one function or method."""
    return len(facts.functions) > 1


def has_several_answers(facts: Facts) -> bool:
    """Whether there is more than one place where a function ends with an answer."""
    return len(facts.of(ast.Return)) > 1


def has_several_loops(facts: Facts) -> bool:
    """Whether there is more than one loop, those in comprehensions too, so that one may be in another."""
    return len(facts.of(*LOOPS, ast.comprehension)) > 1


def has_module_code(facts: Facts) -> bool:
    """Whether the module has statements besides definitions, imports and its docstring."""
    return any(
        not isinstance(statement, _NAMING)
        and not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in facts.source.tree.body
    )


def has_membership(facts: Facts) -> bool:
    """Whether something is asked to be in something else."""
    return any(isinstance(test.ops[0], (ast.In, ast.NotIn)) for test in facts.of(ast.Compare))


def has_flags(facts: Facts) -> bool:
    """Whether true or false is written anywhere."""
    return any(isinstance(node.value, bool) for node in facts.of(ast.Constant))


def names_what_nothing_binds(facts: Facts) -> bool:
    """Whether there is a name that is no builtin's, and that the source does not bind anywhere."""
    return bool(frozenset(map(_ID, facts.of(ast.Name))) - facts.bound - BUILTINS)


def names_own_functions(facts: Facts) -> bool:
    """Whether the source says the name of one of its functions or methods again, as whoever calls it has to."""
    return any(function.name in facts.mentioned for function in facts.functions)


def has_defaults(facts: Facts) -> bool:
    """Whether a parameter has a default."""
    return any(each.defaults or each.kw_defaults for each in facts.of(ast.arguments))
