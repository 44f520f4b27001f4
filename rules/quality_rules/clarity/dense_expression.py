"""The rule dense-expression."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, children
from quality.rules import AstRule, Invalid, Setting, Valid, is_junction

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Statements with expressions of their own.
_STATEMENTS: tuple[type[ast.stmt], ...] = (
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Return,
    ast.Expr,
    ast.If,
    ast.While,
    ast.For,
    ast.AsyncFor,
    ast.Assert,
    ast.Raise,
    ast.With,
    ast.AsyncWith,
)
#: Each of these is a step that a reader must do in the head.
_STEPS = (ast.Call, ast.Compare, ast.IfExp, ast.NamedExpr, ast.Lambda, ast.Await)
#: Everything that may be a step.
_COUNTED = frozenset({*_STEPS, ast.BinOp, ast.BoolOp, ast.comprehension, ast.Subscript, ast.UnaryOp})
#: What is written down entry by entry.
_TABLES = (ast.List, ast.Tuple, ast.Set, ast.Dict)
#: What makes an entry for each turn: that is no table, however many parts it has.
_MAKING = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
#: A node, what it stands in, and how many steps it is inside of.
_Part = tuple[ast.AST, ast.AST, int]
#: So many steps more than the fewest are a warning.
_SLIGHT = 3
#: An expression of fewer nodes cannot have so many steps.
_FEWEST_NODES = 16


class DenseExpression(AstRule):
    """One statement does the work of many.

    ## What it does
    Counts the steps of a statement's expressions: calls, comparisons, conditions, the loops and conditions of
    comprehensions, computed indexes, assignments, lambdas, and formulas. Reports statements with many
    steps that are deeply nested in each other.

    Chains of methods, long lists of arguments, tables and formulas of plain terms are read from left to right:
    they are wide, not deep.

    ## Why is this bad
    It is read inside out, with everything kept in the head. Nothing in it has a name, and a debugger steps over it
    as a whole.

    ## Example
    ```python
    return sorted([w for w in {c for t in texts for c in t.split()} if len(w) > max(map(len, stop))], key=len)[0]
    ```

    ## Use instead
    ```python
    words = {word for text in texts for word in text.split()}
    longest_stop = max(map(len, stop))
    return min((word for word in words if len(word) > longest_stop), key=len)
    ```

    ## References
    - [Refactoring: extract variable](https://refactoring.com/catalog/extractVariable.html)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 5
    equivalents = ("quality:complex-condition", "quality:crowded-comprehension", "quality:nested-conditional")

    fewest_steps = Setting(9, "Fewest steps of a statement.", minimum=2)
    fewest_levels = Setting(4, "Fewest levels on which they are nested.", minimum=2)

    VALID = (
        Valid("x = first(a).second(b).third(c).fourth(d).fifth(e).sixth(f).seventh(g).eighth(h)", "A chain"),
        Valid("add('-a', b(1), c(2), d(3), e(4), f(5), g(6), h(7), i(8), j=k(9))", "Wide, not deep"),
        Valid("x = [f(g(h(1))), f(g(h(2))), f(g(h(3))), f(g(h(4)))]", "A table"),
        Valid("leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)"),
        Valid("x = a * b + c * d - e * f + g * h - (i + j) * (k - m) / (n * o + p)", "Plain terms"),
    )
    INVALID = (
        Invalid(
            "n = len([x for x in xs if all((x.a(), x.b()))]) - len([x for x in xs if all((x.a(), x.c()))])",
            ("1:1-1:94 13 steps on 4 levels in one statement: give parts of it names",),
        ),
        Invalid(
            "x = [(w, abs(sum(1 for u in low(t).split() if u.strip() == w))) for w in {v.strip() for v in low(t).split()} if w]",
            ("1:1-1:115 14 steps on 4 levels in one statement: give parts of it names",),
        ),
        Invalid(
            "x = sorted([w for w in {c for t in ts for c in t.split()} if len(w) > max(map(len, stop))], key=len)[0]",
            ("1:1-1:104 10 steps on 4 levels in one statement: give parts of it names",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        kinds = self.source.nodes.kinds
        most = sum([len(kinds[kind]) for kind in _COUNTED & kinds.keys()])
        most += sum([len(clause.ifs) for clause in self.facts.of(ast.comprehension)])
        if most < self.fewest_steps:  # all together, as in most sources
            return
        for statement in self.facts.of(*_STATEMENTS):
            start, end = self.facts.span(statement)
            if end - start < _FEWEST_NODES:
                continue
            parts = [part for part in children(statement) if isinstance(part, ast.expr | ast.withitem)]
            if self._most_steps(parts) >= self.fewest_steps:
                self._measure(statement, parts)

    def _most_steps(self, parts: Sequence[ast.AST]) -> int:
        """So many steps some parts have at most; to count them takes longer."""
        return sum(
            1 + len(getattr(node, "ifs", ()))
            for part in parts
            for node in self.facts.within(part)
            if type(node) in _COUNTED
        )

    def _measure(self, statement: ast.stmt, parts: Sequence[ast.AST]) -> None:
        roots: list[_Part] = [(part, statement, 0) for part in parts]
        while roots:
            steps, levels = self._count(roots.pop(), roots)
            if steps >= self.fewest_steps and levels >= self.fewest_levels:
                slight = steps < self.fewest_steps + _SLIGHT
                self.report(
                    parts[0] if hasattr(statement, "body") else statement,
                    f"{steps} steps on {levels} levels in one statement: give parts of it names",
                    severity=Severity.NOTE if slight else Severity.WARNING,
                    confidence=Confidence.LOW if slight else Confidence.MEDIUM,
                )
                return

    def _count(self, root: _Part, roots: list[_Part]) -> tuple[int, int]:
        """Counts steps and levels; the entries of tables and named arguments are read one by one and come later."""
        steps = levels = 0
        pending = [root]
        while pending:
            node, above, level = pending.pop()
            own = _steps(node, above)
            steps += own
            inside = level + (own > 0 and not isinstance(node, ast.comprehension))
            levels = max(levels, inside)
            wide = isinstance(node, _TABLES) and not (is_junction(above) or isinstance(above, _MAKING))
            # What a method is called on stands before it, not inside of it.
            before = _before(node)
            for child in children(node):
                part = (child, node, level if child is before else inside)
                (roots if wide or isinstance(child, ast.keyword) else pending).append(part)
        return steps, levels


def _steps(node: ast.AST, above: ast.AST) -> int:
    match node:
        case ast.BinOp():
            return not (isinstance(above, ast.BinOp) or (_is_plain(node.left) and _is_plain(node.right)))
        case ast.BoolOp():
            return not (isinstance(above, ast.BoolOp) and type(above.op) is type(node.op))
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.Subscript():
            return not isinstance(node.slice, ast.Constant | ast.Name | ast.UnaryOp)
        case ast.UnaryOp():
            return isinstance(node.op, ast.Not)
    return isinstance(node, _STEPS)


def _is_plain(node: ast.expr) -> bool:
    """Tells whether an operand is read at one look."""
    return isinstance(node, ast.Constant | ast.Name | ast.Attribute)


def _before(node: ast.AST) -> ast.expr | None:
    """What stands before a call, an attribute or an index and is read first."""
    if isinstance(node, ast.Call):
        return node.func
    return node.value if isinstance(node, ast.Attribute | ast.Subscript) else None
