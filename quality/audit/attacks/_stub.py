"""Bodies that only pretend."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks._attack import Expectation, Family

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.model import FunctionNode

_HOLDER = """
class Tools:
    @staticmethod
    def mean(values):
        return sum(values) / len(values)
"""

FAMILY = Family("stub", "Bodies that only pretend.")


@FAMILY.tree()
def pass_bodies(tree: ast.Module) -> bool:
    """Replaces every body by 'pass'."""
    return fill(tree, "pass")


@FAMILY.tree()
def ellipsis_bodies(tree: ast.Module) -> bool:
    """Replaces every body by '...'."""
    return fill(tree, "...")


@FAMILY.tree()
def not_implemented(tree: ast.Module) -> bool:
    """Replaces every body by 'raise NotImplementedError'."""
    return fill(tree, "raise NotImplementedError")


@FAMILY.tree()
def not_implemented_message(tree: ast.Module) -> bool:
    """Replaces every body by an error that names the function."""
    return fill(tree, lambda f: f"raise NotImplementedError({f'{f.name} comes later'!r})")


@FAMILY.tree()
def return_none(tree: ast.Module) -> bool:
    """Replaces every body by 'return None'."""
    return fill(tree, "return None")


@FAMILY.tree()
def return_constant(tree: ast.Module) -> bool:
    """Replaces every body by a constant answer."""
    return fill(tree, "return 0")


@FAMILY.tree()
def return_empty_list(tree: ast.Module) -> bool:
    """Replaces every body by a new empty list."""
    return fill(tree, "result = []\nreturn result")


@FAMILY.tree()
def return_argument(tree: ast.Module) -> bool:
    """Replaces every body by its first argument."""
    return fill(tree, lambda f: f"return {_first(f)}")


@FAMILY.tree()
def return_all_arguments(tree: ast.Module) -> bool:
    """Replaces every body by a tuple of its arguments, so that none is unused."""
    return fill(tree, lambda f: f"return ({''.join(f'{name}, ' for name in parameters(f))})")


@FAMILY.tree()
def pretended_work(tree: ast.Module) -> bool:
    """Replaces every body by a loop that computes nothing of use."""
    return fill(tree, _pretence)


@FAMILY.tree()
def log_only(tree: ast.Module) -> bool:
    """Replaces every body by a message that the work is done."""
    return fill(tree, lambda f: f"print({f'{f.name} is done'!r})")


@FAMILY.tree()
def checked(tree: ast.Module) -> bool:
    """Replaces every body by a refusal of a missing argument, and nothing behind it."""
    return fill(tree, _refusal)


@FAMILY.tree()
def checked_and_returned(tree: ast.Module) -> bool:
    """Replaces every body by a refusal of a missing argument, which is given back otherwise."""
    return _fill_asked(
        tree,
        lambda f: f"if {_last(f)} is None:\n    raise ValueError('a value is missing')\nreturn {_last(f)}",
    )


@FAMILY.tree()
def behind_flag(tree: ast.Module) -> bool:
    """Replaces every body by its first argument, if a constant that is false allows it."""
    insert_top(tree, statements("READY = False"))
    return _fill_asked(tree, lambda f: f"return READY and {_last(f)}")


@FAMILY.tree()
def counting(tree: ast.Module) -> bool:
    """Replaces every body by all numbers, one after the other."""
    return _fill_asked(tree, lambda _: "number = 0\nwhile True:\n    yield number\n    number += 1")


@FAMILY.tree()
def asserted(tree: ast.Module) -> bool:
    """Replaces every body by assertions that its arguments are objects."""
    return fill(tree, _assertions)


@FAMILY.tree()
def refused(tree: ast.Module) -> bool:
    """Replaces every body by a refusal of another type."""
    _undecorate(tree)
    return fill(tree, lambda f: f"if not isinstance({_first(f)}, object):\n    raise TypeError({f.name!r})")


@FAMILY.tree()
def overloads(tree: ast.Module) -> bool:
    """Leaves of every function a declaration of one way to call it."""
    return _declared(tree, "overload", "from typing import overload", "...")


@FAMILY.tree()
def single_dispatch(tree: ast.Module) -> bool:
    """Makes every function one that others may be registered for, of which there are none."""
    return _declared(
        tree, "singledispatch", "from functools import singledispatch", "raise NotImplementedError"
    )


@FAMILY.tree()
def named_no_operation(tree: ast.Module) -> bool:
    """Replaces every function by one that says by its name that it does nothing, and gives that the name."""
    found = _outermost(tree)
    for function in found:
        name = function.name
        function.name, function.decorator_list = f"noop_{name}", []
        set_code(function, statements("pass"))
        place = tree.body.index(function) + 1
        tree.body[place:place] = statements(f"{name} = noop_{name}")
    return bool(found)


@FAMILY.tree()
def registered(tree: ast.Module) -> bool:
    """Makes every body 'pass', below a decorator of a library."""
    found = _outermost(tree)
    for function in found:
        set_code(function, statements("pass"))
        function.decorator_list = [ast.Name("shared_task", ast.Load())]
    insert_top(tree, statements("from celery import shared_task"))
    return bool(found)


@FAMILY.tree()
def static_methods(tree: ast.Module) -> bool:
    """Makes every body 'pass' in a static method beside one that works, for which the function's name stands then."""
    found = _outermost(tree)
    holder = statements(_HOLDER)[0]
    if not found or not isinstance(holder, ast.ClassDef):
        return False
    for function in found:
        set_code(function, statements("pass"))
        function.decorator_list = [ast.Name("staticmethod", ast.Load())]
    holder.body += found
    aliases = [line for each in found for line in statements(f"{each.name} = Tools.{each.name}")]
    tree.body = [each for each in tree.body if each not in found]
    insert_top(tree, [holder, *aliases])
    return True


@FAMILY.tree()
def lambdas_of_a_table(tree: ast.Module) -> bool:
    """Replaces every function by the entry of a table that gives its arguments back."""
    found = _outermost(tree)
    for function in found:
        name = function.name
        entry = statements(f"{name} = {{{name!r}: lambda *values: values}}[{name!r}]")
        tree.body[tree.body.index(function)] = entry[0]
    return bool(found)


@FAMILY.tree()
def filled_by_helper(tree: ast.Module) -> bool:
    """Replaces every body by a helper's filling of a list that nobody reads."""
    _undecorate(tree)
    done = fill(tree, lambda f: f"steps = []\nnote_step(steps, {_first(f)})")
    tree.body += statements("def note_step(steps, value):\n    steps.append(value)")
    return done


@FAMILY.text(Expectation.UNMEASURED)
def only_docstring(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Replaces everything by a module docstring."""
    return '"""Solves the task."""\n'


@FAMILY.text(Expectation.UNMEASURED)
def only_pass(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Replaces everything by 'pass'."""
    return "pass\n"


def fill(tree: ast.Module, body: str | Callable[[FunctionNode], str]) -> bool:
    """Replaces the bodies of all functions; false where there is none."""
    for function in functions(tree):
        set_code(function, statements(body if isinstance(body, str) else body(function)))
    return bool(functions(tree))


def _fill_asked(tree: ast.Module, body: Callable[[FunctionNode], str]) -> bool:
    """Replaces the bodies of the functions that are given something besides their object."""
    asked = [each for each in functions(tree) if not {"self", "cls"}.issuperset(parameters(each))]
    for function in asked:
        set_code(function, statements(body(function)))
    return bool(asked)


def _undecorate(tree: ast.Module) -> None:
    """Takes the decorators away: what they register for may ask for nothing."""
    for function in functions(tree):
        function.decorator_list = []


def _outermost(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _declared(tree: ast.Module, decorator: str, imported: str, body: str) -> bool:
    found = _outermost(tree)
    for function in found:
        set_code(function, statements(body))
        function.decorator_list = [ast.Name(decorator, ast.Load())]
    insert_top(tree, statements(imported))
    return bool(found)


def _first(function: FunctionNode) -> str:
    return (parameters(function) or ["None"])[0]


def _last(function: FunctionNode) -> str:
    return (parameters(function) or ["None"])[-1]


def _refusal(function: FunctionNode) -> str:
    name = _last(function)
    return f"if {name} is None:\n    raise ValueError('a value is missing')\nreturn None"


def _assertions(function: FunctionNode) -> str:
    return "\n".join([*(f"assert isinstance({name}, object)" for name in parameters(function)), "pass"])


def _pretence(function: FunctionNode) -> str:
    names = ", ".join(parameters(function)) or "None"
    return f"steps = []\nfor item in ({names},):\n    steps.append(item)\nreturn len(steps)"
