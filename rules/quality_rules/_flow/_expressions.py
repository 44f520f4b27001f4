"""The values of expressions, calls aside."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality.rules import with_defaults
from quality_rules._flow._access import MOST_ITEMS, attribute, subscript
from quality_rules._flow._constants import decided
from quality_rules._flow._formatting import formatted, formatted_value, joined
from quality_rules._flow._guards import TESTS, refine
from quality_rules._flow._parts import names_in
from quality_rules._flow._prompts import check_message
from quality_rules._flow._state import State
from quality_rules._flow._values import (
    EXACT,
    LISTS,
    NUMBER,
    PLAIN,
    TEXTUAL,
    UNKNOWN,
    UPLOAD,
    UPLOADS,
    Harm,
    Value,
    cleaned,
    join,
    merge,
    number_of,
    shallow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quality_rules._flow._run import Run

    Handler = Callable[[Run, Any], Value]

_LONGEST_CONSTANT = 20_000
_MOST_BITS = 64


def constant(_: Run, node: ast.Constant) -> Value:
    """A literal."""
    value = node.value
    if isinstance(value, str):
        return Value((), 0, value if len(value) <= _LONGEST_CONSTANT else None, None, EXACT)
    if isinstance(value, int | float) and not isinstance(value, bool):
        small = isinstance(value, int) and value.bit_length() < _MOST_BITS
        return Value((), 0, str(value), None, "number") if small else NUMBER
    return PLAIN


def name(run: Run, node: ast.Name) -> Value:
    """A variable."""
    return run.lookup(node.id)


def binary(run: Run, node: ast.BinOp) -> Value:
    """An operator. Chains are followed without recursion."""
    if isinstance(node.op, ast.Add):
        return _sum(run, node)
    left = run.value(node.left)
    if isinstance(node.op, ast.Mod):
        return formatted(run, node, left)
    right = run.value(node.right)
    if isinstance(node.op, ast.Mult):
        return _repeated(run, node, left, right)
    if isinstance(node.op, ast.Div) and "number" not in {left.tag, right.tag}:
        slash = Value(unknown=0, text="/")
        return run.compose((left, slash, right), node)._replace(tag="path")
    return _calculated(run, node, left, right)


def _calculated(run: Run, node: ast.BinOp, left: Value, right: Value) -> Value:
    """What operators make that texts hardly have."""
    if isinstance(node.op, ast.Pow | ast.LShift) and right.tag == "number" and right.taints:
        run.check(Harm.SIZE, node, right)
    if isinstance(node.op, ast.Sub) and (_has_number(node.left) or _has_number(node.right)):
        for name in (*names_in(run, node.left), *names_in(run, node.right)):
            run.clean(name, TEXTUAL)  # it raises unless both are numbers
        return number_of(left, right)
    if "number" in (left.tag, right.tag) or isinstance(
        node.op, ast.FloorDiv | ast.Pow | ast.LShift | ast.RShift
    ):
        # With a mask, it is no greater than that.
        return NUMBER if isinstance(node.op, ast.BitAnd) else number_of(left, right)
    return merge((left, right))


def _has_number(node: ast.expr) -> bool:
    """Tells whether an operand of a subtraction is a number: written out, or where another is missing."""
    if isinstance(node, ast.BoolOp):
        return all(isinstance(part, ast.Name | ast.Constant) for part in node.values) and any(
            _has_number(part) for part in node.values
        )
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _sum(run: Run, node: ast.BinOp) -> Value:
    operands: list[ast.expr] = []
    rest: ast.expr = node
    while isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Add):
        operands.append(rest.right)
        rest = rest.left
    values = [run.value(operand) for operand in [rest, *reversed(operands)]]
    if any(value.items is not None or value.tag in LISTS for value in values):
        return merge(values)._replace(items=_chained(values), tag="list")
    if any(value.tag == "number" for value in values):
        return number_of(*values)
    return run.compose(values, node)


def _chained(values: Sequence[Value]) -> tuple[Value, ...] | None:
    """The items of lists behind one another; behind one that is not known, the items at least begin so."""
    items: list[Value] = []
    for value in values:
        items.extend(value.items or (value._replace(text=None),))
    return tuple(items) if values[0].items and len(items) <= MOST_ITEMS else None


def extended(first: Value, second: Value) -> Value:
    """A list with another behind it."""
    return merge((first, second))._replace(items=_chained((first, second)), tag=first.tag)


_SEQUENCES = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple)


def _repeated(run: Run, node: ast.BinOp, left: Value, right: Value) -> Value:
    for part, times in ((node.left, right), (node.right, left)):
        if times.tag == "number" and times.taints and isinstance(part, _SEQUENCES):
            run.check(Harm.SIZE, node, times)
    for repeated in (left, right):
        if repeated.tag != "number" and (repeated.text is not None or repeated.items is not None):
            return repeated._replace(items=None, tag="" if repeated.tag == EXACT else repeated.tag)
    number = "number" in {left.tag, right.tag} and not (left.is_chosen or right.is_chosen)
    return number_of(left, right) if number else merge((left, right))


def sequence(run: Run, node: ast.List | ast.Tuple | ast.Set) -> Value:
    """A list, tuple or set that is written out."""
    values = [run.value(entry) for entry in node.elts]
    plain = len(values) <= MOST_ITEMS and not any(isinstance(entry, ast.Starred) for entry in node.elts)
    ordered = plain and not isinstance(node, ast.Set)
    return merge(values)._replace(items=tuple(map(shallow, values)) if ordered else None, tag="list")


def dictionary(run: Run, node: ast.Dict) -> Value:
    """A dictionary that is written out."""
    keys = [run.value(key) for key in node.keys if key is not None]
    values = [_item(run, key, value) for key, value in zip(node.keys, node.values, strict=True)]
    for key, value in zip(node.keys, values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "$where":
            run.check(Harm.NOSQL, node, value)
    check_message(run, node, values)
    tag = "json" if any(value.tag == "json" for value in values) else "dict"
    each = merge(keys) if len(keys) == len(values) else None
    return merge([*keys, *values])._replace(tag=tag, each=each)


def _item(run: Run, key: ast.expr | None, node: ast.expr) -> Value:
    """An entry of a dictionary; behind ``$eq`` a document is no operator."""
    value = run.value(node)
    plain = isinstance(key, ast.Constant) and key.value == "$eq"
    return cleaned(value, Harm.NOSQL) if plain else value


def comparison(run: Run, node: ast.Compare) -> Value:
    """A truth value."""
    run.value(node.left)
    for other in node.comparators:
        run.value(other)
    return PLAIN


def negation(run: Run, node: ast.UnaryOp) -> Value:
    """A sign, or a truth value."""
    value = run.value(node.operand)
    return PLAIN if isinstance(node.op, ast.Not) else value


def choice(run: Run, node: ast.BoolOp) -> Value:
    """``and`` and ``or``: one of the operands, each seen after what the ones before proved."""
    outer, run.state = run.state, State(run.state)
    result = run.value(node.values[0])
    for before, operand in zip(node.values, node.values[1:], strict=False):
        refine(run, before, truth=isinstance(node.op, ast.And))
        result = join(result, run.value(operand))
    run.state = outer
    named = [operand for operand in node.values if not isinstance(operand, ast.Constant)]
    basis = run.names(named[0]) if len(named) == 1 else ()
    return result._replace(basis=basis) if basis else result


def conditional(run: Run, node: ast.IfExp) -> Value:
    """``a if test else b``."""
    run.value(node.test)
    truth = decided(run, node.test)
    if truth is not None:
        return run.value(node.body if truth else node.orelse)
    return join(
        _under(run, node.test, node.body, truth=True), _under(run, node.test, node.orelse, truth=False)
    )


def _under(run: Run, test: ast.expr, node: ast.expr, *, truth: bool) -> Value:
    outer, run.state = run.state, State(run.state)
    refine(run, test, truth=truth)
    value = run.value(node)
    run.state = outer
    return value


def comprehension(run: Run, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Value:
    """A comprehension: its element, however often."""
    outer, run.state = run.state, State(run.state)
    for clause in node.generators:
        value = run.value(clause.iter)
        run.bind(clause.target, element_of(value))
        if isinstance(clause.target, ast.Name) and value.tag not in LISTS:
            run.characters.add(clause.target.id)
        for test in clause.ifs:
            run.value(test)
            refine(run, test, truth=True)
    each = None
    if isinstance(node, ast.DictComp):
        each = merge((run.value(node.key),))
        value = merge((each, run.value(node.value)))
    else:
        value = run.value(node.elt)
    run.state = outer
    return Value(value.taints, value.unknown, text=value.text, tag="list", built=value.built, each=each)


def element_of(value: Value) -> Value:
    """What iterating over a value gives."""
    if value.each is not None:
        return value.each
    if value.items:
        result = value.items[0]
        for item in value.items[1:]:
            result = join(result, item)
        return result
    tag = {"json": "json", "words": "word", UPLOADS: UPLOAD}.get(value.tag, "")
    return Value(value.taints, value.unknown, tag=tag)


def inner(run: Run, node: ast.Starred | ast.YieldFrom) -> Value:
    """What stands inside."""
    return run.value(node.value)._replace(items=None)


def awaited(run: Run, node: ast.Await) -> Value:
    """What is waited for."""
    return run.value(node.value)


def yielded(run: Run, node: ast.Yield) -> Value:
    """What is handed out counts as returned; what comes back is not known."""
    if node.value is not None:
        run.give(run.value(node.value))
    return UNKNOWN


def named(run: Run, node: ast.NamedExpr) -> Value:
    """``name := value``."""
    value = run.value(node.value)
    run.bind(node.target, value)
    if isinstance(node.value, TESTS) and isinstance(node.target, ast.Name):
        run.tests[node.target.id] = node.value
    return value


def function(run: Run, node: ast.Lambda) -> Value:
    """A lambda: what it does is seen, what it is called with is not."""
    outer, run.state = run.state, State(run.state)
    for argument, _ in with_defaults(node.args):
        run.state.set(argument.arg, UNKNOWN)
    run.value(node.body)
    run.state = outer
    return run.flow.lambda_value(node)


def inlined(run: Run, node: ast.Lambda, args: Sequence[Value]) -> Value:
    """What a lambda returns that is called where it is known."""
    outer, run.state = run.state, State(run.state)
    for place, value in zip(node.args.args, args, strict=False):
        run.state.set(place.arg, value)
    value = run.value(node.body)
    run.state = outer
    return value


def section(run: Run, node: ast.Slice) -> Value:
    """The limits of a slice."""
    for part in (node.lower, node.upper, node.step):
        if part is not None:
            run.value(part)
    return PLAIN


HANDLERS: dict[type[ast.AST], Handler] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.BinOp: binary,
    ast.JoinedStr: joined,
    ast.FormattedValue: formatted_value,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Set: sequence,
    ast.Dict: dictionary,
    ast.Compare: comparison,
    ast.UnaryOp: negation,
    ast.BoolOp: choice,
    ast.IfExp: conditional,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.DictComp: comprehension,
    ast.Starred: inner,
    ast.YieldFrom: inner,
    ast.Await: awaited,
    ast.Yield: yielded,
    ast.NamedExpr: named,
    ast.Lambda: function,
    ast.Slice: section,
}
