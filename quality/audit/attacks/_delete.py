"""Code that is simply gone."""

from __future__ import annotations

import ast

from quality.audit._trees import code_of, functions, set_code, statements
from quality.audit.attacks._attack import Expectation, Family
from quality.audit.attacks._rewriter import Rewriter

FAMILY = Family("delete", "Code that is simply gone.", natural=True)


@FAMILY.text(Expectation.UNMEASURED)
def everything(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Deletes everything."""
    return ""


@FAMILY.text(Expectation.UNMEASURED)
def all_but_comments(code: str) -> str:
    """Makes every line a comment."""
    return "".join(f"# {line}\n" for line in code.split("\n"))


@FAMILY.tree()
def second_half(tree: ast.Module) -> bool:
    """Deletes the second half of every body."""
    changed = False
    for function in functions(tree):
        body = code_of(function)
        changed = changed or len(body) > 1
        set_code(function, body[: (len(body) + 1) // 2])
    return changed


@FAMILY.tree()
def first_half(tree: ast.Module) -> bool:
    """Deletes the first half of every body."""
    changed = False
    for function in functions(tree):
        body = code_of(function)
        changed = changed or len(body) > 1
        set_code(function, body[len(body) // 2 :])
    return changed


@FAMILY.tree()
def largest_statement(tree: ast.Module) -> bool:
    """Deletes the largest compound statement of every body."""
    changed = False
    for function in functions(tree):
        body = code_of(function)
        blocks = [each for each in body if hasattr(each, "body")]
        if blocks and len(body) > 1:
            largest = max(blocks, key=lambda each: len(list(ast.walk(each))))
            set_code(function, [each for each in body if each is not largest])
            changed = True
    return changed


@FAMILY.tree()
def validation(tree: ast.Module) -> bool:
    """Deletes conditions that only raise."""
    return _Dropper().rewrites(tree)


@FAMILY.tree()
def error_handling(tree: ast.Module) -> bool:
    """Unwraps every 'try' that handles named errors, so that nothing is handled."""
    return _Unwrapper().rewrites(tree)


@FAMILY.tree()
def other_branches(tree: ast.Module) -> bool:
    """Deletes every 'else' and 'elif'."""
    nodes = [
        node for node in ast.walk(tree) if isinstance(node, ast.If | ast.For | ast.While) and node.orelse
    ]
    for node in nodes:
        node.orelse = []
    return bool(nodes)


@FAMILY.tree()
def all_but_one_function(tree: ast.Module) -> bool:
    """Deletes all top-level definitions but the shortest."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    definitions = [node for node in tree.body if isinstance(node, kinds)]
    if len(definitions) < 2:  # noqa: PLR2004 - one is what stays
        return False
    shortest = min(definitions, key=lambda node: len(list(ast.walk(node))))
    tree.body = [node for node in tree.body if node is shortest or node not in definitions]
    return True


@FAMILY.tree(Expectation.UNMEASURED)
def all_statements(tree: ast.Module) -> bool:
    """Keeps the docstring, or 'pass'."""
    tree.body = tree.body[:1] if ast.get_docstring(tree) else statements("pass")
    return True


class _Unwrapper(Rewriter):
    """Puts the body of a ``try`` in its place."""

    def visit_Try(self, node: ast.Try) -> list[ast.stmt]:
        self.generic_visit(node)
        if not all(_is_named(handler) for handler in node.handlers):
            return [node]  # handling everything is a defect, so its end would be an improvement
        self.changed = True
        return [*node.body, *node.orelse, *node.finalbody]


class _Dropper(Rewriter):
    """Drops checks; a block that would be empty gets ``pass``."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [each for each in body if not _is_check(each)]
            if len(kept) < len(body):
                self.changed = True
                node.body = kept or statements("pass")  # type: ignore[attr-defined]
        return node


def _is_named(handler: ast.ExceptHandler) -> bool:
    everything = isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    return handler.type is not None and not everything


def _is_check(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and all(isinstance(each, ast.Raise) for each in statement.body)
    )
