"""The same code in parts that share their names instead of handing them on."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, insert_top, is_plain, parameters, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = Family("share", "The same code in parts that share their names instead of handing them on.")

#: What a part cannot have: it says where the function goes on, has names of its own, or gives names in another way.
_BOUND_TO_FUNCTION = (
    *(
        ast.Return,
        ast.Break,
        ast.Continue,
        ast.Nonlocal,
        ast.Global,
        ast.Import,
        ast.ImportFrom,
        ast.NamedExpr,
    ),
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Delete, ast.Match),
)

_BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)
#: What is kept in one name of the module: all functions write into it.
_STATE = "STATE"


@FAMILY.tree()
def entries_of_module(tree: ast.Module) -> bool:
    """Keeps the names of every function in a dictionary of the module, and moves every block into a function without parameters."""
    parts: list[ast.stmt] = []
    for function in _divisible(tree):
        cut = _Cut(f"{function.name}_step", _entry, lambda name: statements(f"{name}()")[0])
        body = cut.divided(function)
        given = ", ".join(f"{name}={name}" for name in parameters(function))
        set_code(function, [*statements(f"{_STATE}.update({given})"), *body])
        for name, block in cut.parts:
            made = statements(f"def {name}():\n    '''Takes a step.'''")[0]
            parts.append(_with_body(made, block))
    if parts:
        tree.body += parts
        insert_top(tree, statements(f"{_STATE} = {{}}"))
    return bool(parts)


@FAMILY.tree()
def fields_of_object(tree: ast.Module) -> bool:
    """Makes every function a class whose objects hold its names, with a method for every block."""
    changed = False
    for function in _divisible(tree):
        cut = _Cut("step", _field, lambda name: statements(f"self.{name}()")[0])
        body = cut.divided(function)
        given = parameters(function)
        kept = [f"        self.{name} = {name if name in given else None}" for name in sorted(cut.names)]
        name = f"{function.name.title().replace('_', '')}Worker"
        listed = ", ".join(given)
        lines = "\n".join(kept)
        made = statements(
            f"class {name}:\n    def __init__(self, {listed}):\n{lines}\n    def run(self):\n        pass"
        )[0]
        if isinstance(made, ast.ClassDef) and isinstance(made.body[1], ast.FunctionDef):
            made.body[1].body = body
            for part, block in cut.parts:
                step = statements(f"def {part}(self):\n    '''Takes a step.'''")[0]
                made.body.append(_with_body(step, block))
            tree.body.insert(tree.body.index(function), made)
        set_code(function, statements(f"return {name}({listed}).run()"))
        changed = True
    return changed


def _divisible(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of the module that look at plain parameters, and whose names can be those of something else."""
    return [
        each
        for each in tree.body
        if isinstance(each, ast.FunctionDef)
        and is_plain(each)
        and not each.args.vararg
        and not each.args.kwarg
        and not {"self", "cls"} & {*parameters(each)}
        and any(
            getattr(node, "id", "") in parameters(each) for part in code_of(each) for node in ast.walk(part)
        )
        and any(isinstance(part, _BLOCKS) and not _has(part, _BOUND_TO_FUNCTION) for part in code_of(each))
        and not any(_has(part, _BOUND_TO_FUNCTION[3:]) for part in code_of(each))
        and not any(
            getattr(node, "name", None) for node in ast.walk(each) if isinstance(node, ast.ExceptHandler)
        )
    ]


def _has(statement: ast.stmt, kinds: tuple[type[ast.AST], ...]) -> bool:
    return any(isinstance(node, kinds) for node in ast.walk(statement))


@dataclass
class _Cut(ast.NodeTransformer):
    """Moves the blocks of a function into parts, from inside outwards, and writes its names as something that all of them see.

    Attributes:
        word: What the parts are called, each with its number.
        place: Makes what stands for a name.
        call: Makes the call of a part.
        parts: The parts' names and statements.
        names: The function's own names.
    """

    word: str
    place: Callable[[str, ast.expr_context], ast.expr]
    call: Callable[[str], ast.stmt]
    parts: list[tuple[str, list[ast.stmt]]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def divided(self, function: ast.FunctionDef) -> list[ast.stmt]:
        """The body of a function with calls in place of its blocks."""
        body = code_of(function)
        inside = [node for each in body for node in ast.walk(each)]
        comprehended = {
            target.id
            for node in inside
            if isinstance(node, ast.comprehension)
            for target in ast.walk(node.target)
            if isinstance(target, ast.Name)
        }
        stored = {
            node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        self.names = ({*parameters(function)} | stored) - comprehended
        return [self._outside(self.visit(each)) for each in body]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.place(node.id, node.ctx) if node.id in self.names else node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, _BLOCKS):
            for name in ("body", "orelse"):
                setattr(node, name, [self._outside(each) for each in getattr(node, name, [])])
        return node

    def _outside(self, statement: ast.stmt) -> ast.stmt:
        """The call of a part that a block becomes; anything else stays."""
        if _has(statement, _BOUND_TO_FUNCTION) or not isinstance(statement, _BLOCKS):
            return statement
        name = f"{self.word}_{len(self.parts)}"
        self.parts.append((name, [statement]))
        return self.call(name)


def _entry(name: str, context: ast.expr_context) -> ast.expr:
    return ast.Subscript(ast.Name(_STATE, ast.Load()), ast.Constant(name), context)


def _field(name: str, context: ast.expr_context) -> ast.expr:
    return ast.Attribute(ast.Name("self", ast.Load()), name, context)


def _with_body(made: ast.stmt, block: list[ast.stmt]) -> ast.stmt:
    if isinstance(made, ast.FunctionDef):
        made.body += block
    return made
