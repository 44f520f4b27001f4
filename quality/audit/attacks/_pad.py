"""Added code that does nothing for the code that was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import code_of, functions, insert_top, set_code, statements
from quality.audit.attacks import _filler as filler
from quality.audit.attacks._attack import Bound, Family

if TYPE_CHECKING:
    import ast

#: Padding cannot be priced to nothing: a mean of units moves when units are added.
PADDING = Bound(alone=0.05, against=0.03)

FAMILY = Family("pad", "Added code that does nothing for the code that was there.", bound=PADDING)


@FAMILY.text()
def trivial_functions(code: str) -> str:
    """Adds 200 functions of one statement."""
    return f"{code}\n{filler.trivial_functions(200)}"


@FAMILY.text()
def some_trivial_functions(code: str) -> str:
    """Adds 20 functions of one statement with docstrings."""
    return f"{code}\n{filler.trivial_functions(20)}"


@FAMILY.text()
def constants(code: str) -> str:
    """Adds 300 constants."""
    return f"{code}\n\n{filler.constants(300)}"


@FAMILY.text()
def clean_functions(code: str) -> str:
    """Adds eight clean definitions of different shapes."""
    return f"{code}\n{filler.distinct_functions()}"


@FAMILY.text()
def many_clean_functions(code: str) -> str:
    """Adds 80 clean definitions."""
    return f"{code}\n{filler.many_functions()}"


@FAMILY.text()
def enumeration(code: str) -> str:
    """Adds a class with 200 members."""
    members = "".join(f"    MEMBER_{number} = {number}\n" for number in range(200))
    return f'{code}\n\nclass Catalogue:\n    """Numbers of the catalogue."""\n\n{members}'


@FAMILY.text()
def accessors(code: str) -> str:
    """Adds a class with 60 properties."""
    methods = "".join(
        f'\n    @property\n    def field_{number}(self):\n        """Field {number}."""\n'
        f"        return self._fields[{number}]\n"
        for number in range(60)
    )
    head = '\n\nclass Record:\n    """A record."""\n\n    def __init__(self, fields):\n        self._fields = fields\n'
    return f"{code}{head}{methods}"


@FAMILY.text()
def assertions(code: str) -> str:
    """Adds a test of 40 true assertions."""
    lines = "".join(f"    assert {number} + 1 == {number + 1}\n" for number in range(40))
    return f'{code}\n\ndef test_arithmetic():\n    """Numbers add up."""\n{lines}'


@FAMILY.text()
def imports(code: str) -> str:
    """Adds 20 imports and uses each in a constant."""
    names = "abc ast bisect calendar cmath copy csv datetime decimal enum fractions functools glob heapq json math"
    modules = [*names.split(), "operator", "queue", "string", "textwrap"]
    head = "".join(f"import {name}\n" for name in modules)
    uses = "".join(f"{name.upper()}_NAME = {name}.__name__\n" for name in modules)
    return f"{code}\n\n{head}\n{uses}"


@FAMILY.tree()
def no_ops(tree: ast.Module) -> bool:
    """Doubles each function with assignments to a variable that nobody needs."""
    changed = False
    for function in functions(tree):
        body = code_of(function)
        if not body:
            continue
        added = [node for number in range(len(body) * 2) for node in statements(f"spare_{number} = {number}")]
        used = statements(f"spare = ({', '.join(f'spare_{n}' for n in range(len(added)))},)\ndel spare")
        set_code(function, [*added, *used, *body])
        changed = True
    return changed


@FAMILY.tree()
def logging_calls(tree: ast.Module) -> bool:
    """Puts a logging call before every statement of a function's body."""
    changed = False
    for function in functions(tree):
        calls = [
            statements(f"logging.debug('step %d of {function.name}', {number})")[0]
            for number in range(len(code_of(function)))
        ]
        body = [each for pair in zip(calls, code_of(function), strict=True) for each in pair]
        set_code(function, body)
        changed = bool(body) or changed
    insert_top(tree, statements("import logging"))
    return changed
