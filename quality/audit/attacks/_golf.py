"""The same program on fewer lines and in fewer statements."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, functions, is_plain, parameters, rewritten, set_code, statements
from quality.audit.attacks._attack import Family
from quality.model import parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Writes a choice by its condition and its two values.
    _Choice = Callable[[ast.expr, ast.expr, ast.expr], ast.expr]

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
    """Writes 'if' with two assignments or returns as one expression."""
    return _chosen(tree, ast.IfExp)


@FAMILY.tree()
def named_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as one expression that gets a name on its way."""
    return _chosen(tree, lambda *parts: ast.NamedExpr(ast.Name("chosen", ast.Store()), ast.IfExp(*parts)))


@FAMILY.tree()
def indexed_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as a pair whose index is the condition."""
    return _chosen(tree, _indexed)


@FAMILY.tree()
def conditional_cases(tree: ast.Module) -> bool:
    """Writes 'if' with 'elif' as 'match' with a condition in each case."""
    rewriter = _Cases()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def cases_of_truth(tree: ast.Module) -> bool:
    """Writes 'if' as 'match' of whether it is true."""
    rewriter = _Truths()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def loops_for_conditions(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop that has one turn or none."""
    rewriter = _Turns(lambda test: ast.Call(ast.Name("range"), [ast.Call(ast.Name("bool"), [test], [])], []))
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def filtered_turns(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop over what a filter leaves of its condition."""
    rewriter = _Turns(lambda test: ast.Call(ast.Name("filter"), [ast.Constant(None), ast.List([test])], []))
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def asserted_conditions(tree: ast.Module) -> bool:
    """Writes 'if' as an assertion whose error leads to 'else'."""
    rewriter = _Assertions()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def loops_by_hand(tree: ast.Module) -> bool:
    """Writes 'for' as 'while' that takes one entry after the other."""
    rewriter = _ByHand()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def and_or(tree: ast.Module) -> bool:
    """Writes 'if' around calls as 'and'."""
    rewriter = _AndOr()
    rewriter.visit(tree)
    return rewriter.changed


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
    rewriter = _Loops()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def mapped_loops(tree: ast.Module) -> bool:
    """Writes a 'for' around one call as a list of what a lambda gives."""
    rewriter = _Mapped()
    rewriter.visit(tree)
    return rewriter.changed


@FAMILY.tree()
def first_choices(tree: ast.Module) -> bool:
    """Writes 'if' with two assignments or returns as the first entry of a filtered list, or else the other."""
    return _chosen(tree, _first_of)


@FAMILY.tree()
def loops_that_end(tree: ast.Module) -> bool:
    """Writes 'if' without 'else' as a loop that ends with its first turn."""
    rewriter = _Ended()
    rewriter.visit(tree)
    return rewriter.changed


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


def _chosen(tree: ast.Module, write: _Choice) -> bool:
    rewriter = _Conditionals(write)
    rewriter.visit(tree)
    return rewriter.changed


def _indexed(test: ast.expr, first: ast.expr, second: ast.expr) -> ast.expr:
    return ast.Subscript(ast.Tuple([second, first]), ast.Call(ast.Name("bool"), [test], []))


def _first_of(test: ast.expr, first: ast.expr, second: ast.expr) -> ast.expr:
    clause = ast.comprehension(ast.Name("_", ast.Store()), ast.List([ast.Constant(0)], ast.Load()), [test], 0)
    return ast.Call(ast.Name("next"), [ast.GeneratorExp(first, [clause]), second], [])


class _Entries(ast.NodeTransformer):
    """Reads functions that became entries of the table out of it."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names or not isinstance(node.ctx, ast.Load):
            return node
        return ast.Subscript(ast.Name("TABLE", ast.Load()), ast.Constant(node.id), ast.Load())


class _Cases(ast.NodeTransformer):
    changed = False

    def visit_If(self, node: ast.If) -> ast.stmt:
        cases: list[ast.match_case] = []
        rest: list[ast.stmt] = [node]
        while len(rest) == 1 and isinstance(rest[0], ast.If):
            branch = rest[0]
            cases.append(ast.match_case(ast.MatchAs(), branch.test, branch.body))
            rest = branch.orelse
        if len(cases) == 1:
            self.generic_visit(node)
            return node
        self.changed = True
        if rest:
            cases.append(ast.match_case(ast.MatchAs(), None, rest))
        chain = ast.Match(ast.Constant(value=True), cases)
        self.generic_visit(chain)
        return chain


class _Truths(ast.NodeTransformer):
    changed = False

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        self.changed = True
        cases = [ast.match_case(ast.MatchSingleton(value=True), None, node.body)]
        cases += [ast.match_case(ast.MatchAs(), None, node.orelse)] if node.orelse else []
        return ast.Match(ast.Call(ast.Name("bool"), [node.test], []), cases)


class _Turns(ast.NodeTransformer):
    changed = False

    def __init__(self, turns: Callable[[ast.expr], ast.expr]) -> None:
        self._turns = turns

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        leaves = any(isinstance(each, ast.Break | ast.Continue) for each in ast.walk(node))
        if node.orelse or leaves:
            return node
        self.changed = True
        return ast.For(ast.Name("_", ast.Store()), self._turns(node.test), node.body, [])


class _Assertions(ast.NodeTransformer):
    changed = False

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        self.changed = True
        caught = ast.ExceptHandler(ast.Name("AssertionError"), None, node.orelse or [ast.Pass()])
        return ast.Try([ast.Assert(node.test)], [caught], node.body, [])


class _ByHand(ast.NodeTransformer):
    changed = False

    def visit_For(self, node: ast.For) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        self.changed = True
        turns = statements("turns = iter(0)\nwhile (entry := next(turns, turns)) is not turns:\n    pass")
        first, loop = turns
        if isinstance(first, ast.Assign) and isinstance(loop, ast.While):
            first.value = ast.Call(ast.Name("iter"), [node.iter], [])
            loop.body, loop.orelse = [ast.Assign([node.target], ast.Name("entry")), *node.body], node.orelse
        return turns


class _Conditionals(ast.NodeTransformer):
    changed = False

    def __init__(self, write: _Choice) -> None:
        self._write = write

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) != 1 or len(node.orelse) != 1:
            return node
        match node.body[0], node.orelse[0]:
            case ast.Return(value=first), ast.Return(value=second) if first and second:
                self.changed = True
                return ast.Return(self._write(node.test, first, second))
            case ast.Assign(targets=targets, value=first), ast.Assign(targets=others, value=second) if (
                ast.dump(targets[0]) == ast.dump(others[0]) and len(targets) == len(others) == 1
            ):
                self.changed = True
                return ast.Assign(targets, self._write(node.test, first, second))
        return node


class _AndOr(ast.NodeTransformer):
    changed = False

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Expr) and not node.orelse:
            self.changed = True
            return ast.Expr(ast.BoolOp(ast.And(), [node.test, node.body[0].value]))
        return node


class _Loops(ast.NodeTransformer):
    changed = False

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Expr) and not node.orelse:
            clause = ast.comprehension(node.target, node.iter, [], 0)
            if not any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(node)):
                self.changed = True
                return ast.Expr(ast.ListComp(node.body[0].value, [clause]))
        return node


class _Mapped(ast.NodeTransformer):
    changed = False

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        waits = any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(node))
        if len(node.body) == 1 and isinstance(node.target, ast.Name) and not node.orelse and not waits:
            only = node.body[0]
            if isinstance(only, ast.Expr):
                self.changed = True
                taken = ast.arguments([], [ast.arg(node.target.id)], None, [], [], None, [])
                mapped = ast.Call(ast.Name("map"), [ast.Lambda(taken, only.value), node.iter], [])
                return ast.Expr(ast.Call(ast.Name("list"), [mapped], []))
        return node


class _Ended(ast.NodeTransformer):
    changed = False

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if node.orelse or any(isinstance(each, ast.Break | ast.Continue) for each in ast.walk(node)):
            return node
        self.changed = True
        leaves = isinstance(node.body[-1], ast.Return | ast.Raise)
        return ast.While(node.test, [*node.body, *([] if leaves else [ast.Break()])], [])


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
