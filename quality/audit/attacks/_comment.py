"""Comments and docstrings: they are for people, and the program is the same without them."""

from __future__ import annotations

import ast

from quality.audit._trees import behind_each_statement, code_of, functions, set_code, statements
from quality.audit.attacks._attack import Bound, Expectation, Family
from quality.model import parsed

#: What the program is stays what it was.
SAME = Bound(0.005, 0.005)

FAMILY = Family(
    "comment",
    "Comments, docstrings and annotations that are added or removed.",
    Expectation.INVARIANT,
    SAME,
)

_PROSE = "The archive keeps letters of travellers; each letter tells of a town and its weather."


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def sixty_lines(code: str) -> str:
    """Adds 60 comment lines at the top."""
    return "".join(f"# {number}. {_PROSE}\n" for number in range(60)) + code


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def between_lines(code: str) -> str:
    """Adds a comment line before every top-level definition."""
    starts = ("def ", "class ", "import ", "from ", "@")
    return "\n".join(f"# {_PROSE}\n{line}" if line.startswith(starts) else line for line in code.split("\n"))


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def licence_header(code: str) -> str:
    """Adds a licence header and the name of an author."""
    head = "# Copyright (c) The Authors.\n# Licensed under terms that a file beside this one states.\n#\n"
    return f"{head}# Author: A. Nonymous\n\n{code}"


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def types_in_comments(code: str) -> str:
    """Names everything that is imported, and every name, in the type that a comment gives."""
    tree = parsed(code)
    nodes = [] if tree is None else [*ast.walk(tree)]
    names = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    names |= {node.id for node in nodes if isinstance(node, ast.Name)}
    return behind_each_statement(code, f"  # type: tuple[{', '.join(sorted(names))}]")


@FAMILY.tree()
def long_docstrings(tree: ast.Module) -> bool:
    """Gives every function a docstring of ten lines."""
    text = "\n".join([_PROSE] * 10)
    for function in functions(tree):
        function.body = [ast.Expr(ast.Constant(text)), *code_of(function)]
    return bool(functions(tree))


@FAMILY.tree()
def no_docstrings(tree: ast.Module) -> bool:
    """Removes the docstrings of functions."""
    for function in functions(tree):
        function.body = code_of(function) or statements("pass")
    return True


@FAMILY.tree()
def module_docstring(tree: ast.Module) -> bool:
    """Adds or lengthens the module's docstring."""
    text = "\n".join([_PROSE] * 30)
    old = ast.get_docstring(tree)
    if old is not None:
        del tree.body[0]
        text = f"{old}\n\n{text}"
    tree.body.insert(0, ast.Expr(ast.Constant(text)))
    return True


@FAMILY.tree(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def object_annotations(tree: ast.Module) -> bool:
    """Annotates every parameter and result that has no type as 'object'."""
    for function in functions(tree):
        for argument in (*function.args.args, *function.args.kwonlyargs):
            # To take away an annotation that is wrong would improve the code.
            argument.annotation = argument.annotation or ast.Name("object")
        function.returns = function.returns or ast.Name("object")
    return bool(functions(tree))


@FAMILY.tree(Expectation.NEVER_GAINS, Bound(0.02, 0.02))
def bare_strings(tree: ast.Module) -> bool:
    """Puts a string that nobody reads before every statement of a function."""
    for function in functions(tree):
        pairs = [(ast.Expr(ast.Constant(_PROSE)), each) for each in code_of(function)]
        set_code(function, [each for pair in pairs for each in pair])
    return bool(functions(tree))
