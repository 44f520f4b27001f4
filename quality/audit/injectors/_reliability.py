"""Bugs, and what becomes bugs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, insert_top, set_code, statements
from quality.audit.injectors._injector import appended, changed, inserted, wrapped

if TYPE_CHECKING:
    from quality.model import FunctionNode

_HOME = "reliability"


def _mutable_default(_tree: ast.Module, function: FunctionNode) -> bool:
    if function.args.vararg or function.args.kwonlyargs or function.args.kwarg:
        return False
    function.args.args.append(ast.arg("seen"))
    function.args.defaults.append(ast.List([], ast.Load()))
    set_code(function, [*statements("seen.append(0)"), *code_of(function)])
    return True


def _unused_import(tree: ast.Module, _function: FunctionNode) -> bool:
    insert_top(tree, statements("import colorsys"))
    return True


def _unreachable(_tree: ast.Module, function: FunctionNode) -> bool:
    set_code(function, [*code_of(function), *statements("return None\nprint('done')")])
    return True


RELIABILITY = (
    changed(_HOME, "mutable-default", "A list as default argument.", _mutable_default),
    changed(_HOME, "unused-import", "An import that nothing uses.", _unused_import),
    changed(_HOME, "unreachable", "Statements behind a return.", _unreachable),
    wrapped(_HOME, "bare-except", "A bare 'except'.", "try:\n    pass\nexcept:\n    print('failed')"),
    wrapped(
        _HOME, "swallowed", "All exceptions swallowed.", "try:\n    pass\nexcept Exception:\n    return None"
    ),
    wrapped(
        _HOME, "return-in-finally", "A return in 'finally'.", "try:\n    pass\nfinally:\n    return None"
    ),
    inserted(_HOME, "unused-variable", "A variable that nothing uses.", "leftover = {name}"),
    inserted(_HOME, "self-assignment", "A variable assigned to itself.", "{name} = {name}"),
    inserted(_HOME, "pointless-comparison", "A comparison without effect.", "{name} == 0"),
    inserted(_HOME, "pointless-name", "An expression without effect.", "{name}"),
    inserted(_HOME, "assert-on-tuple", "An assertion of a tuple.", "assert ({name}, 'should be given')"),
    inserted(_HOME, "literal-identity", "Identity with a literal.", "if {name} is 1000:\n    return None"),
    inserted(_HOME, "self-comparison", "A comparison with itself.", "if {name} != {name}:\n    return None"),
    inserted(_HOME, "global-statement", "A global variable written.", "global STATE\nSTATE = {name}"),
    inserted(_HOME, "redefined-builtin", "A builtin redefined.", "list = [{name}]\nprint(list)"),
    inserted(
        _HOME, "broad-raise", "A bare 'Exception' raised.", "if not {name}:\n    raise Exception('no value')"
    ),
    inserted(
        _HOME,
        "changed-while-iterating",
        "A list changed while it is iterated.",
        "queue = [1, 2]\nfor entry in queue:\n    queue.remove(entry)",
    ),
    inserted(
        _HOME,
        "late-binding",
        "A closure over a loop's variable.",
        "handlers = []\nfor step in range(3):\n    handlers.append(lambda: step)\nprint(handlers)",
    ),
    inserted(
        _HOME, "used-before-assignment", "A variable used before it is assigned.", "print(later)\nlater = 1"
    ),
    appended(_HOME, "duplicate-key", "A key that stands twice.", "OPTIONS = {'size': 1, 'size': 2}"),
    appended(_HOME, "format-mismatch", "Too few values for a format.", "LABEL = '%s and %s' % ('one',)"),
    appended(_HOME, "open-without-close", "A file that nobody closes.", "TEXT = open('notes.txt').read()"),
)
