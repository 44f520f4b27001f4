"""Structure, clarity, complexity and efficiency."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, set_code, statements
from quality.audit.injectors._injector import appended, changed, inserted, subject, wrapped
from quality.model import is_function

if TYPE_CHECKING:
    from quality.model import FunctionNode

_TWIN_SIZE = 4


def _twin(tree: ast.Module, _function: FunctionNode) -> bool:
    large = [node for node in tree.body if is_function(node) and len(code_of(node)) >= _TWIN_SIZE]
    for original in large[:1]:
        clone = copy.deepcopy(original)
        clone.name = f"{original.name}_copy"
        tree.body.append(clone)
    return bool(large)


def _parameters(_tree: ast.Module, function: FunctionNode) -> bool:
    if function.args.vararg or function.args.kwonlyargs or function.args.kwarg or function.args.defaults:
        return False
    names = [f"option_{number}" for number in range(9)]
    function.args.args += [ast.arg(name) for name in names]
    set_code(function, [*statements(f"print({', '.join(names)})"), *code_of(function)])
    return True


def _else_after_return(_tree: ast.Module, function: FunctionNode) -> bool:
    body = code_of(function)
    (first,) = statements(f"if {subject(function)} is None:\n    return None\nelse:\n    pass")
    if isinstance(first, ast.If):
        first.orelse = body
    set_code(function, [first])
    return True


STRUCTURE = (
    changed("structure", "twin", "A copy of a function.", _twin),
    appended("structure", "stub", "A function without a body.", "def prepare_report(title):\n    pass"),
    appended(
        "structure",
        "constant-answer",
        "A function that ignores what it gets.",
        "def is_allowed(user, action):\n    return True",
    ),
    inserted("structure", "dead-branch", "A branch that never runs.", "if False:\n    print({name})"),
    inserted("structure", "dead-loop", "A loop that never runs.", "while False:\n    print({name})"),
)

CLARITY = (
    changed("clarity", "else-after-return", "An 'else' behind a return.", _else_after_return),
    inserted("clarity", "none-by-equality", "None compared by '=='.", "if {name} == None:\n    return None"),
    inserted(
        "clarity", "true-by-equality", "A truth value compared.", "if bool({name}) == True:\n    print('yes')"
    ),
    inserted("clarity", "negated-comparison", "'not a == b'.", "if not {name} == 1:\n    print('other')"),
    inserted(
        "clarity",
        "index-loop",
        "A loop over indices.",
        "entries = [1, 2]\nfor index in range(len(entries)):\n    print(entries[index])",
    ),
    inserted(
        "clarity",
        "needless-lambda",
        "A lambda around a function.",
        "print(list(map(lambda x: str(x), [1, 2])))",
    ),
    inserted(
        "clarity", "needless-comprehension", "A comprehension that copies.", "print([x for x in range(3)])"
    ),
    inserted(
        "clarity",
        "chained-comparison",
        "A range in two comparisons.",
        "if 0 < id({name}) and id({name}) < 9:\n    print(1)",
    ),
    inserted(
        "clarity", "text-without-values", "A formatted text without values.", "print(f'nothing to format')"
    ),
    inserted(
        "clarity",
        "condition-to-truth",
        "A condition written out as True or False.",
        "if {name}:\n    flag = True\nelse:\n    flag = False\nprint(flag)",
    ),
    appended(
        "clarity",
        "odd-name",
        "A function named against convention.",
        "def ComputeTheSum(A, B):\n    return A + B",
    ),
)

COMPLEXITY = (
    wrapped(
        "complexity",
        "deep-nesting",
        "Four needless levels.",
        "if {name} is not None:\n    for _ in range(1):\n        if {name} is not Ellipsis:\n"
        "            while True:\n                pass",
    ),
    inserted(
        "complexity",
        "branches",
        "Ten conditions.",
        "code = id({name})\n" + "".join(f"if code == {n}:\n    print({n})\n" for n in range(10)),
    ),
    changed("complexity", "parameters", "Nine more parameters.", _parameters),
)

EFFICIENCY = (
    inserted(
        "efficiency",
        "text-in-loop",
        "A text grown in a loop.",
        "text = ''\nfor part in range(9):\n    text += str(part)\nprint(text)",
    ),
    inserted(
        "efficiency",
        "insert-at-front",
        "A list grown at its front.",
        "stack = []\nfor part in range(9):\n    stack.insert(0, part)\nprint(stack)",
    ),
    inserted(
        "efficiency",
        "sort-in-loop",
        "The same list sorted again and again.",
        "values = [3, 1]\nfor part in range(9):\n    print(sorted(values)[0], part)",
    ),
)
