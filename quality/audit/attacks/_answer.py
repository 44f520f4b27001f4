"""Answers instead of code that finds them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import functions, parameters, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.model import FunctionNode

FAMILY = Family("answer", "Answers instead of code that finds them.")

_INPUTS = tuple((n, f"word{n}") for n in range(12))


@FAMILY.tree()
def dictionary(tree: ast.Module) -> bool:
    """Looks every answer up in a dictionary."""
    table = repr(dict(_INPUTS))
    return _answers(tree, lambda f: f"table = {table}\nreturn table.get({_first(f)})")


@FAMILY.tree()
def constant_dictionary(tree: ast.Module) -> bool:
    """Looks every answer up in a constant of the module."""
    changed = _answers(tree, lambda f: f"return ANSWERS[{f.name!r}].get({_first(f)})")
    table = {function.name: dict(_INPUTS) for function in functions(tree)}
    tree.body += statements(f"ANSWERS = {table!r}")
    return changed


@FAMILY.tree()
def conditions(tree: ast.Module) -> bool:
    """Asks for each known input and returns its answer."""
    chain = "".join(f"if {{name}} == {number}:\n    return {text!r}\n" for number, text in _INPUTS)
    return _answers(tree, lambda f: chain.format(name=_first(f)) + "return None")


@FAMILY.tree()
def match_statement(tree: ast.Module) -> bool:
    """Matches each known input."""
    cases = "".join(f"    case {number}:\n        return {text!r}\n" for number, text in _INPUTS)
    return _answers(tree, lambda f: f"match {_first(f)}:\n{cases}    case _:\n        return None")


@FAMILY.tree()
def list_of_pairs(tree: ast.Module) -> bool:
    """Searches a list of inputs and answers."""
    body = f"for known, answer in {list(_INPUTS)!r}:\n    if known == {{name}}:\n        return answer\nreturn None"
    return _answers(tree, lambda f: body.format(name=_first(f)))


@FAMILY.tree()
def default_argument(tree: ast.Module) -> bool:
    """Keeps the answers in a default argument."""
    changed = _answers(tree, lambda f: f"return answers.get({_first(f)})")
    for function in [each for each in functions(tree) if parameters(each)]:
        function.args.kwonlyargs.append(ast.arg("answers"))
        function.args.kw_defaults.append(ast.parse(repr(dict(_INPUTS)), mode="eval").body)
    return changed


@FAMILY.tree()
def text_table(tree: ast.Module) -> bool:
    """Reads the answers from a text."""
    insert = statements("import json")
    changed = _answers(tree, lambda f: f"return json.loads(TABLE).get(str({_first(f)}))")
    table = "{" + ", ".join(f'"{number}": "{text}"' for number, text in _INPUTS) + "}"
    tree.body[0:0] = insert
    tree.body += statements(f"TABLE = {table!r}")
    return changed


@FAMILY.tree()
def ternary_chain(tree: ast.Module) -> bool:
    """Returns one expression of conditions."""
    chain = " else ".join(f"{text!r} if {{name}} == {number}" for number, text in _INPUTS)
    return _answers(tree, lambda f: f"return {chain.format(name=_first(f))} else None")


@FAMILY.tree()
def counted_truths(tree: ast.Module) -> bool:
    """Multiplies every answer by whether its input is there, and adds them up."""
    terms = " + ".join(f"({{name}} == {number}) * {text!r}" for number, text in _INPUTS)
    return _answers(tree, lambda f: f"return {terms.format(name=_first(f))}")


@FAMILY.tree()
def searched_text(tree: ast.Module) -> bool:
    """Searches a text for an input, and takes the answer from behind it."""
    changed = _answers(tree, lambda f: f"return re.search(f'{{{_first(f)}}}=([0-9]+)', TABLE)[1]")
    table = ";".join(f"{number}={number * 7 % 11}" for number, _ in _INPUTS)
    tree.body[0:0] = statements("import re")
    tree.body += statements(f"TABLE = {table!r}")
    return changed


@FAMILY.tree()
def bound_lookup(tree: ast.Module) -> bool:
    """Gives every function's name to the look into a dictionary."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    table = repr(dict(_INPUTS))
    for function in found:
        tree.body[tree.body.index(function)] = statements(f"{function.name} = {table}.get")[0]
    return bool(found)


def _answers(tree: ast.Module, body: Callable[[FunctionNode], str]) -> bool:
    """Rewrites the functions that are asked something; without a parameter there is no input to list."""
    asked = [function for function in functions(tree) if parameters(function)]
    for function in asked:
        set_code(function, statements(body(function)))
    return bool(asked)


def _first(function: FunctionNode) -> str:
    return parameters(function)[0]
