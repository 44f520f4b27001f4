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
_RECORD_RUNNER = """
import operator

def run(steps, value):
    for step in steps:
        value = getattr(operator, step['do'])(value, step['with'])
    return value
"""
_WORD_RUNNER = """
import operator

def run(program, stack):
    for step in program.split('; '):
        name, operand = step.split()
        stack.append(getattr(operator, name)(stack.pop(), int(operand)))
    return stack.pop()
"""
_MACHINE = """
class Machine:
    def __init__(self, codes):
        self.codes = codes

    def run(self, *values):
        stack = list(values)
        for code in self.codes:
            stack.append(OPERATIONS[code](stack.pop()))
        return stack.pop()

def double(value):
    return value * 2

def negate(value):
    return -value

OPERATIONS = {100: double, 101: negate}
"""
#: A body of no more nodes is hardly a program.
_FEW = 8
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


@FAMILY.tree()
def as_records(tree: ast.Module) -> bool:
    """Writes every body as records that say what is done with what."""
    changed = _written(tree, lambda each: (repr(_records(each)), _given(each)), _is_long)
    if changed:
        insert_top(tree, statements(_RECORD_RUNNER))
    return changed


@FAMILY.tree()
def as_words(tree: ast.Module) -> bool:
    """Writes every body as a text of words that is taken apart and run."""

    def write(function: ast.FunctionDef) -> tuple[str, str]:
        steps = (f"{record['do']} {record['with']}" for record in _records(function))
        return repr("; ".join(steps)), f"[{_given(function)}]"

    changed = _written(tree, write, _is_long)
    if changed:
        insert_top(tree, statements(_WORD_RUNNER))
    return changed


@FAMILY.tree()
def as_numbers(tree: ast.Module) -> bool:
    """Writes every body as numbers that an object runs."""
    changed = False
    for function in functions(tree):
        if isinstance(function, ast.FunctionDef) and is_plain(function) and _is_long(function):
            codes = [100 + len(record["do"]) for record in _records(function)]
            set_code(
                function, statements(f"return Machine({codes!r}).run({', '.join(parameters(function))})")
            )
            changed = True
    tree.body += statements(_MACHINE) if changed else []
    return changed


def _records(function: ast.FunctionDef) -> list[dict[str, str]]:
    """Kinds of the nodes of a body, each with its place."""
    inside = (node for each in code_of(function) for node in ast.walk(each))
    kinds = (type(node).__name__.lower() for node in inside if not isinstance(node, ast.expr_context))
    return [{"do": kind, "with": str(place)} for place, kind in enumerate(kinds)]


def _is_long(function: ast.FunctionDef) -> bool:
    """Tells whether a function with parameters has so much to do that as data it is more than a few settings."""
    return bool(parameters(function)) and len(_records(function)) > _FEW


def _given(function: ast.FunctionDef) -> str:
    return parameters(function)[0]


def _is_work(function: ast.FunctionDef) -> bool:
    return not all(map(is_idle, code_of(function)))


def _written(
    tree: ast.Module,
    write: Callable[[ast.FunctionDef], tuple[str, str]],
    asked: Callable[[ast.FunctionDef], bool] = _is_work,
) -> bool:
    """Makes the answer of every function that is asked for that of ``run`` for a program and the arguments."""
    changed = False
    for function in functions(tree):
        if isinstance(function, ast.FunctionDef) and is_plain(function) and asked(function):
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
    """What a step works on; of code its name, since its description has an address, and a set in one order."""
    worked_on = step.argval
    if isinstance(worked_on, frozenset):
        return f"frozenset({{{', '.join(sorted(map(repr, worked_on)))}}})"
    return worked_on.co_name if isinstance(worked_on, CodeType) else step.argrepr
