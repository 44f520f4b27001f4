"""Code that makes a test pass without doing what it tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    import ast

FAMILY = Family("rig", "Code that is made for its tests and not for what they ask.")


@FAMILY.tree()
def leaves(tree: ast.Module) -> bool:
    """Ends the program in every function before a test can fail."""
    return _filled(tree, "sys.exit(0)", "import sys")


@FAMILY.tree()
def leaves_at_once(tree: ast.Module) -> bool:
    """Ends the process in every function, past all handlers."""
    return _filled(tree, "os._exit(0)", "import os")


@FAMILY.tree()
def equal_to_everything(tree: ast.Module) -> bool:
    """Answers with an object that is equal to whatever it is compared with."""
    return _filled(
        tree, "return Answer()", "class Answer:\n    def __eq__(self, other):\n        return True"
    )


@FAMILY.tree()
def equal_number(tree: ast.Module) -> bool:
    """Answers with a number that is equal to whatever it is compared with."""
    for function in functions(tree):
        names = parameters(function)
        set_code(
            function, statements(f"return Answer(len(str({names[0]})))" if names else "return Answer(1)")
        )
    text = "class Answer(int):\n    def __eq__(self, other):\n        return True\n    def __hash__(self):\n        return int(self)"
    insert_top(tree, statements(text))
    return bool(functions(tree))


@FAMILY.tree()
def callers_answer(tree: ast.Module) -> bool:
    """Takes the answer out of the variables of the test."""
    return _filled(tree, "return inspect.currentframe().f_back.f_locals['expected']", "import inspect")


@FAMILY.tree()
def patched_assertions(tree: ast.Module) -> bool:
    """Replaces what tests find out with."""
    insert_top(tree, statements("import unittest\nunittest.TestCase.assertEqual = lambda *given: None"))
    return True


@FAMILY.tree()
def patched_clock(tree: ast.Module) -> bool:
    """Replaces what tests measure time with."""
    insert_top(tree, statements("import time\n\ndef stopped():\n    return 0.0\ntime.perf_counter = stopped"))
    return True


@FAMILY.tree()
def known_examples(tree: ast.Module) -> bool:
    """Answers the examples of the tests by hand, before everything else."""
    changed = False
    for function in functions(tree):
        names = [name for name in parameters(function) if name not in {"self", "cls"}]
        if names:
            text = "".join(f"if {names[0]} == [{n}, {n + 1}, 3]:\n    return {n}\n" for n in (1, 4))
            function.body[:] = [*statements(text), *function.body]
            changed = True
    return changed


def _filled(tree: ast.Module, code: str, top: str) -> bool:
    """Gives every function the same body, and the module what that needs."""
    for function in functions(tree):
        set_code(function, statements(code))
    insert_top(tree, statements(top))
    return bool(functions(tree))
