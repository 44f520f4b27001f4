"""Refusals of arguments that say no more than their annotations do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import body_of, is_placeholder, last_word, parameters
from quality_rules._constants import is_empty, truth
from quality_rules._substance._spelled import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode
    from quality_rules._substance._names import Callable

#: Names of functions that are there for what they refuse. What is called valid is a question: it promises an answer.
_CHECK = re.compile(
    r"(?:^|_)(?:assert|check(?!box|out|point|sum)|ensure|expect|guard|must|needs?(?:_|$)|refuse|reject|require|test|validat|verif)"
    r"|(?:assert|check)$|^_*(?:no|not)_"
)
#: Names of functions that are there to raise.
_REFUSING = re.compile(
    r"(?:^|_)(?:abort|bad(?:_?(?:arg|call|char|data|format|input|key|name|option|param|request|token|type|usage|val)|$)"
    r"|bail|boom|broken?|bug|crash|deni|deny|deprecat|dies?(?:_|$)|disallow|err(?:s?(?:_|$)|or|no)|exception|exit|explo[ds]|fail|fatal"
    r"|forbid|frozen|illegal|immutab|invalid|kill|missing|never|panic|quit|(?:re_?)?raise|read_?only|refus|reject|removed|stop"
    r"|tests?(?:_|$)|throw|traps?(?:_|$)|trigger|unavailable|unknown|unreach|unsupported|usage|warn|wrong)"
    r"|(?:error|exit)$|^_*(?:no|not)_"
)
#: Names of functions that raise where something is not as it has to be.
_CHECKING = re.compile(r"(?:^|_)(?:assert|check|expect)|(?:assert|check)$")
#: Names of functions that give back what they have looked at.
_LOOKING = re.compile(
    rf"{_CHECK.pattern}|^_*(?:unwrap|present|given|some|positive|nonnull|non_null|as_)|(?:^|_)(?:known|valid)(?:_|$)"
)
#: Statements around others.
_WRAPPING = (ast.With, ast.Try, ast.For, ast.While, ast.If)
_ASKING = frozenset({"isinstance", "callable"})
#: What a docstring says that promises yes or no, in words or by examples.
_DECIDING = re.compile(
    r"\breturns?:?\s+[`'\"]*(?:true|false|yes|no)\b|(?:=|>|➞)\s*['\"]?(?:true|false|yes|no)\b", re.IGNORECASE
)
#: Words of a docstring that promise an answer.
_ANSWERING = re.compile(r"\breturns?\b(?!:?\s+(?:none|nothing|if|when|early)\b)|:rtype:", re.IGNORECASE)


def says_refusal(function: FunctionNode) -> bool:
    """Tells whether a function is there to raise an error, or to have one raised, as its name says, or that it never returns.

    A check that refuses whatever it is given has checked nothing, and what says that it answers yes or no does not do so.
    """
    said = last_word(function.returns) if function.returns else ""
    if said == "bool":
        return False
    never = said in {"NoReturn", "Never"}
    checks = not set(parameters(function)) - {"self", "cls"} and _CHECKING.search(spelled(function.name))
    return never or bool(checks) or _REFUSING.search(spelled(function.name)) is not None


def is_found_out(test: ast.expr, function: Callable) -> bool:
    """Tells whether a condition finds out something for a function that is there for that, as its name says.

    A question (``is_open``) promises an answer, and not a refusal, and so does a function that says that it returns
    something. Who checks arguments looks at all of them. Of its own object a method knows everything.
    """
    if not is_function(function) or _CHECK.search(spelled(function.name)) is None:
        return False
    asked = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    return not (
        asked & {"self", "cls"} or _is_true_of_all(test) or _promises(function) or _overlooks(function)
    )


def _is_true_of_all(test: ast.expr) -> bool:
    """``isinstance(value, object)``."""
    if isinstance(test, ast.BoolOp):
        return all(map(_is_true_of_all, test.values))
    if isinstance(test, ast.UnaryOp):
        return _is_true_of_all(test.operand)
    kind = test.args[-1] if isinstance(test, ast.Call) and test.args else None
    return isinstance(kind, ast.Name) and kind.id == "object"


def _promises(function: FunctionNode) -> bool:
    """Tells whether a function says that it gives something back."""
    result = function.returns
    nothing = result is None or (isinstance(result, ast.Constant) and result.value is None)
    return not nothing or _ANSWERING.search(ast.get_docstring(function) or "") is not None


def _overlooks(function: FunctionNode) -> bool:
    """Tells whether a function of the module has a parameter that it does not look at."""
    arguments = function.args
    given = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    used = {node.id for each in body_of(function) for node in ast.walk(each) if isinstance(node, ast.Name)}
    own = given[:1] in (["self"], ["cls"])
    return not own and any(name not in used and not name.startswith("_") for name in given)


def says_kind(test: ast.expr) -> bool:
    """Tells whether a condition only asks whether a name has a value, or of what type it is."""
    if isinstance(test, ast.BoolOp):
        return all(map(says_kind, test.values))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return says_kind(test.operand)
    if isinstance(test, ast.Call):
        asks = isinstance(test.func, ast.Name) and test.func.id in _ASKING
        return asks and bool(test.args) and isinstance(test.args[0], ast.Name)
    if isinstance(test, ast.Compare):
        none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
        return none and isinstance(test.left, ast.Name) and isinstance(test.ops[0], ast.Is | ast.IsNot)
    return isinstance(test, ast.Name)


def refuses_kind(statement: ast.If | ast.While, function: Callable) -> bool:
    """Tells whether a statement only refuses what has no value, or the wrong type."""
    only = statement.body[0] if len(statement.body) == 1 else None
    alone = isinstance(only, ast.Raise) and all(map(is_placeholder, statement.orelse))
    return alone and says_kind(written(statement.test, function))


def written(test: ast.expr, function: Callable) -> ast.expr:
    """A condition, or what the only statement of a function's body that gives it a name gives to the name."""
    body = body_of(function) if is_function(function) and isinstance(test, ast.Name) else []
    given = [each for each in body if isinstance(each, ast.Assign) and _is_named(each.targets[0], test)]
    bound = sum(_is_named(node, test) for each in body for node in ast.walk(each) if _is_store(node))
    return given[0].value if len(given) == bound == 1 else test


def _is_named(target: ast.AST, name: ast.expr) -> bool:
    return isinstance(target, ast.Name) and isinstance(name, ast.Name) and target.id == name.id


def _is_store(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def ends_in_nothing(function: Callable, around: Sequence[Callable]) -> bool:
    """Tells whether nothing comes at the end of a function but what is written there, and no yes or no.

    Args:
        function: The function.
        around: The functions around it, whose parameters it may refuse.
    """
    last = _last(body_of(function)) if is_function(function) else None
    if isinstance(last, ast.Return | ast.Expr):
        return last.value is None or is_empty(last.value) or _is_fixed(last.value)
    if isinstance(last, ast.If):
        return refuses_kind(last, function) and _is_of_parameters(
            written(last.test, function), function, around
        )
    return isinstance(last, ast.Pass)


def _last(body: Sequence[ast.stmt]) -> ast.stmt | None:
    """The last statement of a body, of one that others are only wrapped in the last of these."""
    last = body[-1] if body else None
    while isinstance(last, _WRAPPING) and not getattr(last, "orelse", []):
        if isinstance(last, ast.If) and truth(last.test) is not True:
            break
        last = last.body[-1]
    return last


def hands_back(function: Callable) -> bool:
    """Tells whether the end of a function is a parameter of it, which its name does not say is looked at."""
    last = _last(body_of(function)) if is_function(function) else None
    value = last.value if isinstance(last, ast.Return) else None
    given = {*parameters(function), *_unpacked(function)}
    back = value.elts if isinstance(value, ast.Tuple | ast.List) else [value]
    names = {each.id if isinstance(each, ast.Name) else "" for each in back}
    # A method may give its own object, on which the next one is called.
    itself = isinstance(value, ast.Name) and value.id in {"self", "cls"}
    return bool(back) and names <= given and not itself and not _looks_at(function)


def _unpacked(function: Callable) -> set[str]:
    """The names that arguments which come packed are given one by one."""
    packed = function.args.vararg
    parts = body_of(function) if packed and is_function(function) else ()
    taken = (each for each in parts if isinstance(each, ast.Assign) and _bears(each.value, packed))
    targets = (target for each in taken for target in each.targets)
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def _bears(value: ast.expr, parameter: ast.arg | None) -> bool:
    return isinstance(value, ast.Name) and parameter is not None and value.id == parameter.arg


def _looks_at(function: Callable) -> bool:
    """Tells whether a function is there to look at what it gives back, as its name says, and does not say that it answers yes or no.

    Who looks at arguments looks at all of them.
    """
    if not is_function(function) or _LOOKING.search(spelled(function.name)) is None:
        return False
    if _overlooks(function):
        return False
    decides = last_word(function.returns) == "bool" if function.returns else False
    return not decides and _DECIDING.search(ast.get_docstring(function) or "") is None


def _is_of_parameters(test: ast.expr, function: Callable, around: Sequence[Callable]) -> bool:
    """Tells whether a condition asks for parameters of a function alone; a special method may do no more, if it asks for something."""
    given = {name for each in (function, *around) for name in parameters(each)}
    asked = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    special = is_function(function) and function.name.startswith("__")
    return bool(asked & given) and (not special or _is_true_of_all(test))


def _is_fixed(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not isinstance(value.value, bool)
