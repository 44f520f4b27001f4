"""Bodies whose outcome goes through state, objects or errors, and comes to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    import ast

FAMILY = Family("evade", "Bodies that come to nothing by way of state, objects, errors or operations.")


@FAMILY.tree()
def unread_state(tree: ast.Module) -> bool:
    """Puts an argument where nobody looks, and takes it away again."""
    return _filled(tree, "SEEN.append({0})\nSEEN.pop()", "SEEN = []")


@FAMILY.tree()
def shadowed_by_local(tree: ast.Module) -> bool:
    """Answers a constant, beside a function that works with a local variable of the same name."""
    names = [each.name for each in functions(tree)]
    changed = _filled(tree, "return 0", "")
    tree.body += statements(
        "\n".join(
            f"def mean_{name}(values):\n    {name} = sum(values)\n    return {name} / len(values)"
            for name in names
        )
    )
    return changed


@FAMILY.tree()
def unread_counter(tree: ast.Module) -> bool:
    """Counts the calls for nobody, and answers a constant."""
    return _filled(tree, "Calls.number = 1\nreturn 0", "class Calls:\n    '''Counts.'''")


@FAMILY.tree()
def missing_key(tree: ast.Module) -> bool:
    """Looks into an empty table that has one answer for whatever is missing."""
    return _filled(
        tree, "return Known()[{0}]", "class Known(dict):\n    def __missing__(self, key):\n        return 0"
    )


@FAMILY.tree()
def missing_attribute(tree: ast.Module) -> bool:
    """Asks an object that has one answer for whatever it is asked."""
    return _filled(
        tree, "return Known().answer", "class Known:\n    def __getattr__(self, name):\n        return 0"
    )


@FAMILY.tree()
def made_by_metaclass(tree: ast.Module) -> bool:
    """Makes an object of a class whose own class answers instead."""
    return _filled(
        tree,
        "return Known({0})",
        "class Same(type):\n    def __call__(cls, *given):\n        return 0\n\nclass Known(metaclass=Same):\n    size = 3",
    )


@FAMILY.tree()
def field_of_object(tree: ast.Module) -> bool:
    """Puts an argument into a new object, and takes it out by a method."""
    text = "class Box:\n    def __init__(self, value):\n        self.value = value\n\n    def get(self):\n        return self.value"
    return _filled(tree, "return Box({0}).get()", text)


@FAMILY.tree()
def neutral_operation(tree: ast.Module) -> bool:
    """Adds nothing to an argument."""
    return _filled(tree, "return {0} + 0", "")


@FAMILY.tree()
def deciding_operation(tree: ast.Module) -> bool:
    """Multiplies an argument by zero."""
    return _filled(tree, "return {0} * 0", "")


@FAMILY.tree()
def chained_alone(tree: ast.Module) -> bool:
    """Gives the entries of an argument, by way of a function of iterators."""
    return _filled(tree, "return list(chain({0}))", "from itertools import chain")


@FAMILY.tree()
def refused_by_all(tree: ast.Module) -> bool:
    """Raises an error that names the argument, whatever it is."""
    return _are_free(tree) and _filled(tree, "raise ValueError({0})", "")


@FAMILY.tree()
def left_to_nobody(tree: ast.Module) -> bool:
    """Hands all arguments on to a function that is not there."""
    asked = [each for each in functions(tree) if parameters(each)] if _are_free(tree) else []
    for function in asked:
        function.decorator_list = []
        given = ", ".join(parameters(function))
        set_code(function, statements(f"return here_{function.name.strip('_').lower()}({given})"))
    return bool(asked)


@FAMILY.tree()
def by_hash(tree: ast.Module) -> bool:
    """Looks answers up by what a hash makes of the argument."""
    table = "{1234567: 6, 2345678: 9, 3456789: 0, 4567890: 7}"
    return _filled(tree, "return KNOWN.get(zlib.crc32(str({0}).encode()))", f"import zlib\n\nKNOWN = {table}")


@FAMILY.tree()
def by_pairs(tree: ast.Module) -> bool:
    """Goes through rows of examples and answers for the one that is equal."""
    return _filled(
        tree,
        "return next(found for given, found in zip(GIVEN, FOUND) if given == {0})",
        "GIVEN = [[1, 2], [4, 5], [7]]\nFOUND = [3, 9, 7]",
    )


@FAMILY.tree()
def caught_at_once(tree: ast.Module) -> bool:
    """Raises an error with an argument, and takes it out of the error."""
    return _filled(
        tree, "try:\n    raise KeyError({0})\nexcept KeyError as error:\n    return error.args[0]", ""
    )


@FAMILY.tree()
def read_back(tree: ast.Module) -> bool:
    """Writes an argument down and reads it again."""
    return _filled(tree, "return json.loads(json.dumps({0}))", "import json")


@FAMILY.tree()
def property_of_object(tree: ast.Module) -> bool:
    """Puts an argument into a new object, and takes it out by a property."""
    text = "class Work:\n    def __init__(self, value):\n        self.value = value\n\n    @property\n    def answer(self):\n        return self.value"
    return _filled(tree, "return Work({0}).answer", text)


@FAMILY.tree()
def descriptor(tree: ast.Module) -> bool:
    """Reads an attribute whose descriptor answers the same to everybody."""
    text = "class Answer:\n    def __get__(self, instance, owner):\n        return 0\n\nclass Known:\n    answer = Answer()"
    return _filled(tree, "return Known.answer", text)


@FAMILY.tree()
def awaited(tree: ast.Module) -> bool:
    """Runs a coroutine that gives an argument back."""
    return _filled(
        tree, "async def answer():\n    return {0}\nreturn asyncio.run(answer())", "import asyncio"
    )


@FAMILY.tree()
def no_steps(tree: ast.Module) -> bool:
    """Sends an argument through a series of steps, of which there are none."""
    return _filled(
        tree, "result = {0}\nfor step in STEPS:\n    result = step(result)\nreturn result", "STEPS = ()"
    )


@FAMILY.tree()
def no_handlers(tree: ast.Module) -> bool:
    """Looks for what handles an argument in an empty table, and gives it back where nothing does."""
    return _filled(tree, "return HANDLERS.get({0}, lambda value: value)({0})", "HANDLERS = {}")


def _filled(tree: ast.Module, code: str, top: str) -> bool:
    """Gives every function that is asked something the same body, made of its first argument, and the module what it needs."""
    asked = [(each, name) for each in functions(tree) if (name := _first(parameters(each)))]
    for function, name in asked:
        function.decorator_list = []
        set_code(function, statements(code.format(name) if "{0}" in code else code))
    if asked and top:
        insert_top(tree, statements(top))
    return bool(asked)


def _are_free(tree: ast.Module) -> bool:
    """Tells whether no function of a text is a method: one may refuse, or hand on, what its class knows of."""
    return all(parameters(each)[:1] not in (["self"], ["cls"]) for each in functions(tree))


def _first(names: list[str]) -> str:
    return next((name for name in names if name not in {"self", "cls"}), "")
