"""The same program on fewer lines and in fewer statements."""

from __future__ import annotations

import ast
import itertools

from quality.audit._trees import code_of, functions, is_plain, parameters, rewritten, set_code
from quality.audit.attacks._attack import Family
from quality.audit.attacks._branches import (
    Assertions,
    Cases,
    Conditionals,
    EndedTurns,
    Joined,
    Truths,
    Turns,
    first_of,
    indexed,
)
from quality.audit.attacks._loops import ByHand, Comprehensions, Mapped
from quality.model import parsed

FAMILY = Family("golf", "The same program on fewer lines and in fewer statements.")

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert, ast.Pass, ast.Import)


@FAMILY.text()
def semicolons(code: str) -> str:
    """Joins neighbouring simple statements by semicolons."""
    lines: list[str] = []
    for line in rewritten(ast.parse(code)).split("\n"):
        before = lines[-1] if lines else ""
        same = _indentation(before) == _indentation(line)
        if before.strip() and line.strip() and same and _is_simple(before) and _is_simple(line):
            lines[-1] = f"{before}; {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


@FAMILY.text()
def bodies_on_header_lines(code: str) -> str | None:
    """Puts a body of one statement on the line of its header."""
    lines: list[str] = []
    source = rewritten(ast.parse(code)).split("\n")
    depth = [len(line) - len(line.lstrip()) for line in source]
    for number, line in enumerate(source):
        alone = (
            number + 1 >= len(source) or depth[number + 1] < depth[number] or not source[number + 1].strip()
        )
        if lines and lines[-1].endswith(":") and _is_simple(line) and alone and line.strip():
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    golfed = "\n".join(lines)
    return golfed if parsed(golfed) else None  # a line of a docstring may look like a header


@FAMILY.tree()
def conditional_expressions(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments as one expression."""
    return Conditionals(ast.IfExp, returns=False).rewrites(tree)


@FAMILY.tree()
def named_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as one expression that gets a name on its way."""
    return Conditionals(_named).rewrites(tree)


@FAMILY.tree()
def indexed_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as a pair whose index is the condition."""
    return Conditionals(indexed).rewrites(tree)


@FAMILY.tree()
def conditional_cases(tree: ast.Module) -> bool:
    """Writes 'if' with 'elif' as 'match' with a condition in each case."""
    return Cases().rewrites(tree)


@FAMILY.tree()
def cases_of_truth(tree: ast.Module) -> bool:
    """Writes 'if' as 'match' of whether it is true."""
    return Truths().rewrites(tree)


@FAMILY.tree()
def loops_for_conditions(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop that has one turn or none."""
    return Turns(_once_if).rewrites(tree)


@FAMILY.tree()
def filtered_turns(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop over what a filter leaves of its condition."""
    return Turns(_filtered).rewrites(tree)


@FAMILY.tree()
def asserted_conditions(tree: ast.Module) -> bool:
    """Writes 'if' as an assertion whose error leads to 'else'."""
    return Assertions().rewrites(tree)


@FAMILY.tree()
def loops_by_hand(tree: ast.Module) -> bool:
    """Writes 'for' as 'while' that takes one entry after the other."""
    return ByHand().rewrites(tree)


@FAMILY.tree()
def and_or(tree: ast.Module) -> bool:
    """Writes 'if' around calls as 'and'."""
    return Joined().rewrites(tree)


@FAMILY.tree()
def lambdas(tree: ast.Module) -> bool:
    """Makes functions of one expression lambdas in a dispatch table."""
    entries: list[tuple[str, ast.Lambda]] = []
    body: list[ast.stmt] = []
    for statement in tree.body:
        value = _single_value(statement)
        if isinstance(statement, ast.FunctionDef) and value is not None and not statement.decorator_list:
            entries.append((statement.name, ast.Lambda(_bare(statement.args), value)))
        else:
            body.append(statement)
    if entries:
        table = ast.Dict([ast.Constant(name) for name, _ in entries], [value for _, value in entries])
        place = _first_difference(tree.body, body)
        body.insert(place, ast.Assign([ast.Name("TABLE", ast.Store())], table))
    tree.body = body
    _Entries({name for name, _ in entries}).visit(tree)
    return bool(entries)


@FAMILY.tree()
def one_expression(tree: ast.Module) -> bool:
    """Makes a body of assignments and a return one expression of assignments in a tuple."""
    changed = False
    for function in functions(tree):
        folded = _folded(code_of(function)) if is_plain(function) else None
        if folded is not None:
            set_code(function, [ast.Return(folded)])
            changed = True
    return changed


@FAMILY.tree()
def loops_to_comprehensions(tree: ast.Module) -> bool:
    """Writes a 'for' around one call as a list that nobody keeps."""
    return Comprehensions().rewrites(tree)


@FAMILY.tree()
def mapped_loops(tree: ast.Module) -> bool:
    """Writes a 'for' around one call as a list of what a lambda gives."""
    return Mapped().rewrites(tree)


@FAMILY.tree()
def first_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as the first entry of a filtered list, or else the other."""
    return Conditionals(first_of).rewrites(tree)


@FAMILY.tree()
def loops_that_end(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop that ends with its first turn."""
    return EndedTurns().rewrites(tree)


@FAMILY.tree()
def all_over_list(tree: ast.Module) -> bool:
    """Runs neighbouring calls as the elements of 'all([...])'."""
    changed = False
    for function in functions(tree):
        code: list[ast.stmt] = []
        for called, group in itertools.groupby(code_of(function), _is_call):
            run = list(group)
            if called and len(run) > 1:
                calls = [each.value for each in run if isinstance(each, ast.Expr)]
                run = [ast.Expr(ast.Call(ast.Name("all"), [ast.List(calls)], []))]
                changed = True
            code += run
        set_code(function, code)
    return changed


@FAMILY.tree()
def star_arguments(tree: ast.Module) -> bool:
    """Takes all parameters as '*args' and unpacks them first."""
    changed = False
    for function in functions(tree):
        names = parameters(function)
        if len(names) < 2 or function.args.kwarg or function.args.vararg or function.args.kwonlyargs:  # noqa: PLR2004
            continue
        if function.args.defaults:
            continue  # who leaves one out could no longer call it
        target = ast.Tuple([ast.Name(name, ast.Store()) for name in names], ast.Store())
        set_code(function, [ast.Assign([target], ast.Name("args")), *code_of(function)])
        function.args = ast.arguments([], [], ast.arg("args"), [], [], None, [])
        changed = True
    return changed


def _is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def _once_if(test: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("range"), [ast.Call(ast.Name("bool"), [test], [])], [])


def _filtered(test: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("filter"), [ast.Constant(None), ast.List([test])], [])


def _named(*parts: ast.expr) -> ast.expr:
    return ast.NamedExpr(ast.Name("chosen", ast.Store()), ast.IfExp(*parts))


class _Entries(ast.NodeTransformer):
    """Reads functions that became entries of the table out of it."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names or not isinstance(node.ctx, ast.Load):
            return node
        return ast.Subscript(ast.Name("TABLE", ast.Load()), ast.Constant(node.id), ast.Load())


def _single_value(statement: ast.stmt) -> ast.expr | None:
    """What a function of one return statement gives back."""
    if isinstance(statement, ast.FunctionDef) and is_plain(statement):
        body = code_of(statement)
        if len(body) == 1 and isinstance(body[0], ast.Return):
            return body[0].value
    return None


def _first_difference(old: list[ast.stmt], new: list[ast.stmt]) -> int:
    """Where the first statement stood that is gone: code of the module below it may need it."""
    pairs = zip(old, [*new, None], strict=False)
    return next(place for place, (each, other) in enumerate(pairs) if each is not other)


def _bare(arguments: ast.arguments) -> ast.arguments:
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    return arguments


def _folded(body: list[ast.stmt]) -> ast.expr | None:
    """Assignments and a final return as ``(a := x, b := y, result)[-1]``."""
    if len(body) < 2 or not isinstance(body[-1], ast.Return) or body[-1].value is None:  # noqa: PLR2004
        return None
    parts: list[ast.expr] = []
    for statement in body[:-1]:
        match statement:
            case ast.Assign(targets=[ast.Name() as name], value=value):
                parts.append(ast.NamedExpr(name, value))
            case ast.Expr(value=value):
                parts.append(value)
            case _:
                return None
    return ast.Subscript(ast.Tuple([*parts, body[-1].value]), ast.UnaryOp(ast.USub(), ast.Constant(1)))


def _is_simple(line: str) -> bool:
    """True for a line that is a simple statement."""
    try:
        tree = ast.parse(f"def _():\n    {line.strip()}")
    except SyntaxError:
        return False
    function = tree.body[0]
    return isinstance(function, ast.FunctionDef) and all(isinstance(each, _SIMPLE) for each in function.body)
