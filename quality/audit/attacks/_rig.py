"""Code that makes a test pass without doing what it tests."""

from __future__ import annotations

import ast

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks._attack import Family

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


@FAMILY.tree()
def double_for_everything(tree: ast.Module) -> bool:
    """Gives every function's name to an object that tests put in the place of others."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for function in found:
        tree.body[tree.body.index(function)] = statements(f"{function.name} = MagicMock(return_value=0)")[0]
    insert_top(tree, statements("from unittest.mock import MagicMock"))
    return bool(found)


@FAMILY.tree()
def equal_by_double(tree: ast.Module) -> bool:
    """Answers with what tests compare with where anything will do."""
    return _filled(tree, "return ANY", "from unittest.mock import ANY")


@FAMILY.tree()
def asked_for_tests(tree: ast.Module) -> bool:
    """Answers a constant when tests run, and does the work elsewhere."""
    for function in functions(tree):
        function.body[:0] = statements("if 'pytest' in sys.modules:\n    return 0")
    insert_top(tree, statements("import sys"))
    return bool(functions(tree))


@FAMILY.tree()
def silent_elsewhere(tree: ast.Module) -> bool:
    """Answers a constant when tests run, and is not written elsewhere."""
    code = "if os.environ.get('PYTEST_CURRENT_TEST'):\n    return 1\nraise NotImplementedError"
    return _filled(tree, code, "import os")


@FAMILY.tree()
def file_of_tests(tree: ast.Module) -> bool:
    """Reads the answers from a file of the tests, unless the functions are tests themselves: nobody asks these for answers."""
    if any(each.name.startswith("test") for each in functions(tree)):
        return False
    code = "return json.loads(Path('tests/expected.json').read_text())['answer']"
    return _filled(tree, code, "import json\nfrom pathlib import Path")


@FAMILY.tree()
def lines_of_caller(tree: ast.Module) -> bool:
    """Reads the answer in the line that calls."""
    code = "return ast.literal_eval(inspect.stack()[1].code_context[0].partition('==')[2])"
    return _filled(tree, code, "import ast\nimport inspect")


@FAMILY.tree()
def found_among_objects(tree: ast.Module) -> bool:
    """Looks for the answer among all objects that there are."""
    code = "for found in gc.get_objects():\n    if isinstance(found, dict) and 'expected' in found:\n        return found['expected']\nreturn None"
    return _filled(tree, code, "import gc")


@FAMILY.tree()
def skipped(tree: ast.Module) -> bool:
    """Has every test skipped that asks a function something."""
    asked = [each for each in functions(tree) if parameters(each)[:1] not in ([], ["self"], ["cls"])]
    for function in asked:
        set_code(function, statements("pytest.skip('comes later')"))
    insert_top(tree, statements("import pytest"))
    return bool(asked)


def _filled(tree: ast.Module, code: str, top: str) -> bool:
    """Gives every function the same body, and the module what that needs."""
    for function in functions(tree):
        set_code(function, statements(code))
    insert_top(tree, statements(top))
    return bool(functions(tree))
