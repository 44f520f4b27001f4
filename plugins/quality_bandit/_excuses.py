"""What checks of bandit take for a weakness, and is none, or hardly one."""

from __future__ import annotations

import ast
import itertools
import re
from typing import TYPE_CHECKING, Any, cast

from quality.rules import parameters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Nodes

#: The name of a function that a test runner calls.
_TEST = re.compile(r"test(?:_|[A-Z]|$)")
#: What tells of HTML: a name, a file, a tag.
_OF_PAGES = re.compile(r"html|</?[a-z][a-z0-9]*\b|\bweb|page|markup", re.IGNORECASE)
#: What is said of a field in one word.
_SAID_OF_FIELDS = frozenset(
    {"required", "missing", "invalid", "empty", "short", "long", "weak", "wrong", "incorrect", "mismatch"}
)
#: What is a weakness elsewhere and no harm in a test: assertions, and passwords of accounts that are not there.
_OF_TESTS = frozenset({"B101", "B105", "B106", "B107"})


def makes_pages(nodes: Nodes) -> bool:
    """Tells whether a text has a name, or a text that is no docstring, that is about HTML."""
    texts = (
        each.value
        for each in cast("Sequence[ast.Constant]", nodes.kinds.get(ast.Constant, ()))
        if isinstance(each.value, str) and not isinstance(nodes.parents[each], ast.Expr)
    )
    names = (each.id for each in cast("Sequence[ast.Name]", nodes.kinds.get(ast.Name, ())))
    attributes = (each.attr for each in cast("Sequence[ast.Attribute]", nodes.kinds.get(ast.Attribute, ())))
    functions = (
        each.name for each in cast("Sequence[ast.FunctionDef]", nodes.kinds.get(ast.FunctionDef, ()))
    )
    words = itertools.chain(texts, names, attributes, functions)
    return any(_OF_PAGES.search(each) is not None for each in words)


def spreads(node: ast.AST | None) -> bool:
    """Tells whether a call gets arguments out of a table that is kept somewhere, and not seen."""
    tables = [each.value for each in node.keywords if each.arg is None] if isinstance(node, ast.Call) else []
    return any(isinstance(each, ast.Name | ast.Attribute) for each in tables)


def _only_narrows(test: ast.expr, place: Any) -> bool:
    """Tells whether an assertion only says of which type something is that no caller hands in."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.And) and all(_only_narrows(each, place) for each in test.values)
    if isinstance(test, ast.Call):
        named = isinstance(test.func, ast.Name) and test.func.id == "isinstance"
        return named and bool(test.args) and not _is_parameter(test.args[0], place)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.IsNot):
        return False
    none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
    return none and not _is_parameter(test.left, place)


def _is_parameter(subject: ast.expr, place: Any) -> bool:
    """Tells whether an expression is a parameter of a function around."""
    above = place
    while isinstance(subject, ast.Name) and (above := getattr(above, "_bandit_parent", None)) is not None:
        if isinstance(
            above, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        ) and subject.id in parameters(above):
            return True
    return False


def is_excused(identity: str, node: Any) -> bool:
    """Tells whether bandit takes what every test or parser has for a weakness.

    Assertions are what a test is made of: who runs it runs Python without ``-O``. The passwords in it are those of the
    accounts that it makes. An assertion that something which is no parameter is not None, or of a class, tells a type checker
    what the code is sure of. Whoever compares an address binds to none. A text without a letter or digit is a bracket or a comma that a token is compared with, and
    no password; what is said of the field of a form that has one is none either. ``ZipFile`` takes out of names what leads out of
    the folder, as ``tarfile`` does not.
    """
    if identity == "B202" and _is_of_a_zip(node):
        return True
    if identity == "B104" and isinstance(getattr(node, "_bandit_parent", None), ast.Compare):
        return True
    if identity == "B113" and spreads(node):
        return True
    if identity == "B101" and isinstance(node, ast.Assert) and _only_narrows(node.test, node):
        return True
    text = node.value if identity == "B105" and isinstance(node, ast.Constant) else None
    if isinstance(text, str) and text and (not any(map(str.isalnum, text)) or _is_message(node)):
        return True
    return identity in _OF_TESTS and _is_in_test(node)


def _is_of_a_zip(call: Any) -> bool:
    """Tells whether a method is one of a ``ZipFile`` that was made for a block around."""
    owner = call.func.value if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
    above, made = call, owner
    while isinstance(owner, ast.Name) and made is owner and above is not None:
        for item in above.items if isinstance(above, ast.With) else ():
            if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == owner.id:
                made = item.context_expr
        above = getattr(above, "_bandit_parent", None)
    return isinstance(made, ast.Call) and ast.unparse(made.func).endswith("ZipFile")


def _is_message(node: Any) -> bool:
    """``errors["password"] = "too short"``: words about the field of a form, of which bandit gives the key."""
    place = getattr(node, "_bandit_parent", None)
    above = getattr(place, "_bandit_parent", None)
    given = above.value if isinstance(place, ast.Subscript) and isinstance(above, ast.Assign) else None
    text = given.value if isinstance(given, ast.Constant) else None
    if not isinstance(text, str):
        return False
    return len(text.split()) > 1 or text.lower().rstrip(".!") in _SAID_OF_FIELDS


def _is_in_test(node: Any) -> bool:
    """Tells whether code is part of a function that a test runner calls, or of a class of such functions."""
    while node is not None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
            test = _TEST.match(node.name) is not None and not _answers(node)
            found = test or _any_ends(marks, "fixture")
        else:
            found = isinstance(node, ast.ClassDef) and _any_ends(node.bases, "TestCase")
        if found:
            return True
        node = getattr(node, "_bandit_parent", None)
    return False


def _answers(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tells whether a function gives its caller a value, which a test runner would not look at."""
    own: list[ast.AST] = list(function.body)
    while own:
        node = own.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            own.extend(ast.iter_child_nodes(node))
    return False


def _any_ends(names: Sequence[ast.expr], word: str) -> bool:
    return any(ast.unparse(name).endswith(word) for name in names)
