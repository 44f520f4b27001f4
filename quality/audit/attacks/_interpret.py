"""Programs that are data."""

from __future__ import annotations

import ast
import dis
import warnings
from contextlib import suppress
from types import CodeType
from typing import TYPE_CHECKING

from quality.audit._trees import (
    code_of,
    functions,
    insert_top,
    is_idle,
    is_plain,
    parameters,
    set_code,
    statements,
)
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = Family("interpret", "The program as data, and a function that runs it.")

_TREE_RUNNER = """
def run(program, names):
    result = None
    for kind, *parts in program:
        result = ACTIONS[kind](names, *parts)
    return result

def load(names, name):
    return names[name]

def store(names, target, value):
    names[target] = run([value], names)

ACTIONS = {'name': load, 'assign': store}
"""
_STACK_RUNNER = """
import operator

def run(steps, stack):
    for name, value in steps:
        action = getattr(operator, name)
        stack.append(action(stack.pop(), value))
    return stack.pop()
"""
#: Fields of nodes that say nothing of a program.
_SILENT = frozenset({"ctx", "kind", "type_comment", "type_ignores"})


@FAMILY.tree()
def as_nested_rows(tree: ast.Module) -> bool:
    """Writes every body as rows inside of rows, of which a table says what each does."""
    changed = _written(tree, lambda each: (repr(_rows(code_of(each))), _named(each)))
    tree.body += statements(_TREE_RUNNER) if changed else []
    return changed


@FAMILY.tree()
def as_steps(tree: ast.Module) -> bool:
    """Writes every body as steps of a machine, whose words are names of functions."""
    changed = _written(tree, lambda each: (repr(_steps(each)), f"[{', '.join(parameters(each))}]"))
    if changed:
        insert_top(tree, statements(_STACK_RUNNER))
    return changed


def _written(tree: ast.Module, write: Callable[[ast.FunctionDef], tuple[str, str]]) -> bool:
    """Makes the answer of every function that does something that of ``run`` for a program and the arguments."""
    changed = False
    for function in functions(tree):
        if (
            isinstance(function, ast.FunctionDef)
            and is_plain(function)
            and not all(map(is_idle, code_of(function)))
        ):
            with suppress(SyntaxError):  # what does not compile has no steps
                program, given = write(function)
                set_code(function, statements(f"return run({program}, {given})"))
                changed = True
    return changed


def _named(function: ast.FunctionDef) -> str:
    return f"dict({', '.join(f'{name}={name}' for name in parameters(function))})"


def _rows(node: object) -> object:
    """A syntax tree as rows that begin with what a node is called."""
    if isinstance(node, ast.AST):
        return (
            type(node).__name__.lower(),
            *(_rows(getattr(node, name, None)) for name in node._fields if name not in _SILENT),
        )
    if isinstance(node, list):
        return tuple(map(_rows, node))
    return node if isinstance(node, str | int | float | bool | None) else repr(node)


def _steps(function: ast.FunctionDef) -> list[tuple[str, str]]:
    """What Python compiles a function to, as words with what each works on."""
    alone = statements(f"def work({', '.join(parameters(function))}):\n    pass")
    if isinstance(alone[0], ast.FunctionDef):
        alone[0].body = function.body
    module = ast.fix_missing_locations(ast.Module(alone, []))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = compile(module, "work", "exec", dont_inherit=True)
    code = next(each for each in made.co_consts if isinstance(each, CodeType))
    return [(each.opname.lower(), _operand(each)) for each in dis.get_instructions(code)]


def _operand(step: dis.Instruction) -> str:
    """What a step works on; of code its name, since its description has an address."""
    return step.argval.co_name if isinstance(step.argval, CodeType) else step.argrepr
