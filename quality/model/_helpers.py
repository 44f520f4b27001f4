"""Functions of a text that put texts together, as the text that each of their calls is.

Behind ``def text(*parts): return "".join(map(str, parts))``, ``text("id = ", key)`` is ``f"id = {key}"``, and behind
``def fill(text, values): return text % values``, ``fill("%s", key)`` is ``"%s" % key``. Who looks for texts that are
put together would else see none.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model._cached import cached_property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model._nodes import Nodes
    from quality.model._origins import Origins

#: A template and what it is filled with.
_BOTH = 2


def puts_text_together(function: ast.AST) -> bool:
    """Tells whether a function joins its arguments, or fills the first with the second, and does nothing else."""
    return isinstance(function, (ast.FunctionDef, ast.Lambda)) and (_joins(function) or _fills(function))


class TextHelpers:
    """Knows the functions of a text that only put texts together.

    Args:
        nodes: The tree's nodes.
        origins: What its names stand for.
    """

    def __init__(self, nodes: Nodes, origins: Origins) -> None:
        self._nodes = nodes
        self._origins = origins

    @cached_property
    def _found(self) -> dict[str, ast.FunctionDef | ast.Lambda]:
        """Name → function; without those whose name has another function too."""
        named: list[tuple[str, ast.AST | None]] = [
            (node.name, node) for node in self._of(ast.FunctionDef) if isinstance(node, ast.FunctionDef)
        ]
        for node in (*self._of(ast.Assign), *self._of(ast.AnnAssign)):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                named += [(each.id, node.value) for each in targets if isinstance(each, ast.Name)]
        names = Counter(name for name, _ in named)
        return {
            name: each
            for name, each in named
            if isinstance(each, ast.FunctionDef | ast.Lambda)
            and names[name] == 1
            and puts_text_together(each)
        }

    def _of(self, kind: type[ast.AST]) -> Sequence[ast.AST]:
        return self._nodes.kinds.get(kind, ())

    def text_of(self, call: ast.Call) -> ast.expr | None:
        """The text that a call gives; None for calls of others."""
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        function = self._found.get(name) if name else None
        if function is None or call.keywords or not self._origins.is_of_module(name):
            return None
        if any(isinstance(each, ast.Starred) for each in call.args):
            return None
        return _joined(call) if function.args.vararg else _filled(call)


def _joined(call: ast.Call) -> ast.expr | None:
    """``f"id = {key}"`` for ``text("id = ", key)``; None where no part is written as a text."""
    if not any(map(_is_text, call.args)):
        return None
    parts = [
        each if _is_text(each) else ast.copy_location(ast.FormattedValue(each, -1), each)
        for each in call.args
    ]
    return ast.copy_location(ast.JoinedStr(parts), call)


def _filled(call: ast.Call) -> ast.expr | None:
    """``"%s" % key`` for ``fill("%s", key)``."""
    if len(call.args) != _BOTH or not _is_text(call.args[0]):
        return None
    template, values = call.args
    return ast.copy_location(ast.BinOp(template, ast.Mod(), values), call)


def _joins(function: ast.FunctionDef | ast.Lambda) -> bool:
    """``def text(*parts): return "".join(map(str, parts))``."""
    given, answer = function.args, _answer(function)
    if given.vararg is None or given.args or given.posonlyargs or given.kwonlyargs or given.kwarg:
        return False
    method = answer.func if isinstance(answer, ast.Call) and len(answer.args) == 1 else None
    if not (isinstance(method, ast.Attribute) and method.attr == "join" and _is_text(method.value)):
        return False
    return method.value.value == "" and _is_each(answer.args[0], given.vararg.arg)  # type: ignore[attr-defined,union-attr]


def _is_each(joined: ast.expr, parts: str) -> bool:
    """``parts``, ``map(str, parts)``, or ``str(part) for part in parts``."""
    if isinstance(joined, ast.Call) and _is_name(joined.func, "map") and len(joined.args) == _BOTH:
        return _is_name(joined.args[0], "str") and _is_name(joined.args[1], parts)
    if isinstance(joined, ast.GeneratorExp | ast.ListComp) and len(joined.generators) == 1:
        turn = joined.generators[0]
        made = joined.elt
        while isinstance(made, ast.Call) and _is_name(made.func, "str") and len(made.args) == 1:
            made = made.args[0]
        plain = isinstance(turn.target, ast.Name) and _is_name(made, turn.target.id)
        return plain and not turn.ifs and _is_name(turn.iter, parts)
    return _is_name(joined, parts)


def _fills(function: ast.FunctionDef | ast.Lambda) -> bool:
    """``def fill(text, values): return text % values``."""
    given, answer = function.args, _answer(function)
    names = [each.arg for each in (*given.posonlyargs, *given.args)]
    if given.vararg or given.kwarg or given.kwonlyargs or given.defaults or len(names) != _BOTH:
        return False
    if not isinstance(answer, ast.BinOp) or not isinstance(answer.op, ast.Mod):
        return False
    return _is_name(answer.left, names[0]) and _is_name(answer.right, names[1])


def _answer(function: ast.FunctionDef | ast.Lambda) -> ast.expr | None:
    """What a function returns where that is all it does."""
    if isinstance(function, ast.Lambda):
        return function.body
    last = function.body[-1]
    documented = len(function.body) == _BOTH and ast.get_docstring(function, clean=False) is not None
    if (
        function.decorator_list
        or not isinstance(last, ast.Return)
        or not (len(function.body) == 1 or documented)
    ):
        return None
    return last.value


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
