"""The values of expressions, calls aside."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from quality_rules._flow._guards import refine
from quality_rules._flow._knowledge import OWN_DATA, REQUEST_DATA, SERVED, SOURCE_NAMES
from quality_rules._flow._state import State
from quality_rules._flow._texts import looks_like_sql
from quality_rules._flow._values import (
    ALL,
    HOLE,
    NUMBER,
    PLAIN,
    UNKNOWN,
    Harm,
    Level,
    Origin,
    Value,
    cleaned,
    join,
    merge,
    tainted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quality_rules._flow._run import Run

    Handler = Callable[[Run, Any], Value]

_MOST_ITEMS = 32
_MOST_PARTS = 60
_LONGEST_CONSTANT = 20_000
#: A conversion of the % operator: its name, if any, and its type.
_CONVERSION = re.compile(r"%(?:\((\w*)\))?[-#0 +]{0,5}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?([a-zA-Z%])")
#: A field of str.format: its name and its format.
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(![rsa])?(?::([^{}]*))?\}")
#: Conversions and format types that only numbers pass.
_NUMERIC = frozenset("diouxXeEfFgGcn")


def constant(_: Run, node: ast.Constant) -> Value:
    """A literal."""
    value = node.value
    if isinstance(value, str):
        return Value(unknown=0, text=value if len(value) <= _LONGEST_CONSTANT else None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return NUMBER
    return PLAIN


def name(run: Run, node: ast.Name) -> Value:
    """A variable."""
    return run.lookup(node.id)


def attribute(run: Run, node: ast.Attribute) -> Value:
    """An attribute: what was bound to it, data of a request, or a part of its object."""
    key = run.key(node)
    known = run.state.get(key) if key else None
    if known is not None:
        return known
    if run.flow.serves and key in SERVED:
        return tainted(Origin(Level.REMOTE, key, node))
    named = run.origin(node)
    if named in SOURCE_NAMES:
        return tainted(Origin(SOURCE_NAMES[named], named, node))
    if node.attr in REQUEST_DATA and run.is_request(node.value):
        origin = Origin(Level.REMOTE, f"{run.request_name(node.value)}.{node.attr}", node)
        return tainted(origin, _kind_of(node), ALL & ~Harm.REDIRECT if node.attr in OWN_DATA else ALL)
    base = run.value(node.value)
    if base.tag == "self" or not base.taints:
        return UNKNOWN
    return Value(base.taints, base.unknown, tag="json" if base.tag == "json" else "", basis=base.basis)


def _kind_of(node: ast.Attribute) -> str:
    return "json" if node.attr in {"json", "data"} else "fields"


def subscript(run: Run, node: ast.Subscript) -> Value:
    """An item."""
    base = run.value(node.value)
    run.value(node.slice)
    key = run.key(node)
    known = run.state.get(key) if key else None
    if known is not None:
        return known
    if base.items is not None and isinstance(node.slice, ast.Constant):
        index = node.slice.value
        if isinstance(index, int) and -len(base.items) <= index < len(base.items):
            return base.items[index]
    if run.is_request(node.value) and not base.taints:
        return UNKNOWN
    return base._replace(
        items=None, text=base.text if isinstance(node.slice, ast.Slice) else None, built=None
    )


def binary(run: Run, node: ast.BinOp) -> Value:
    """An operator. Chains are followed without recursion."""
    if isinstance(node.op, ast.Add):
        return _sum(run, node)
    left = run.value(node.left)
    if isinstance(node.op, ast.Mod):
        return _formatted(run, node, left)
    right = run.value(node.right)
    if isinstance(node.op, ast.Mult):
        return _repeated(left, right)
    if isinstance(node.op, ast.Div):
        slash = Value(unknown=0, text="/")
        return run.compose((left, slash, right), node)._replace(tag="path")
    if "number" in (left.tag, right.tag) or isinstance(
        node.op, ast.FloorDiv | ast.Pow | ast.LShift | ast.RShift
    ):
        return NUMBER
    return merge((left, right))


def _sum(run: Run, node: ast.BinOp) -> Value:
    operands: list[ast.expr] = []
    rest: ast.expr = node
    while isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Add):
        operands.append(rest.right)
        rest = rest.left
    values = [run.value(operand) for operand in [rest, *reversed(operands)]]
    if any(value.items is not None or value.tag == "list" for value in values):
        return merge(values)._replace(items=_chained(values), tag="list")
    if any(value.tag == "number" for value in values):
        return NUMBER
    return run.compose(values, node)


def _chained(values: Sequence[Value]) -> tuple[Value, ...] | None:
    """The items of lists behind one another; behind one that is not known, the items at least begin so."""
    items: list[Value] = []
    for value in values:
        items.extend(value.items or (value._replace(text=None),))
    return tuple(items) if values[0].items and len(items) <= _MOST_ITEMS else None


def _repeated(left: Value, right: Value) -> Value:
    for repeated in (left, right):
        if repeated.text is not None or repeated.items is not None:
            return repeated._replace(items=None)
    return (
        NUMBER
        if "number" in {left.tag, right.tag} and not (left.taints or right.taints)
        else merge((left, right))
    )


def _formatted(run: Run, node: ast.BinOp, template: Value) -> Value:
    """``template % values``."""
    given = run.value(node.right)
    if template.tag == "number" or (template.text is None and not template.taints and not given.taints):
        return NUMBER if template.tag == "number" else merge((template, given))
    if template.text is None or template.is_cut or not run.flow.affords(template.text):
        return run.compose((template, given), node)
    pieces: list[Value] = [template._replace(text="")]
    last = index = 0
    for match in _CONVERSION.finditer(template.text):
        if match[2] == "%":
            continue
        pieces.append(Value(unknown=0, text=template.text[last : match.start()]))
        last = match.end()
        part = _argument(run, node.right, given, match[1], index)
        pieces.append(_only_number(part) if match[2] in _NUMERIC else _as_shown(part, match[2]))
        index += 1
    pieces.append(Value(unknown=0, text=template.text[last:]))
    return run.compose(pieces, node)


def _argument(run: Run, node: ast.expr, given: Value, named: str | None, index: int) -> Value:
    if named is None:
        if given.items is not None:
            return given.items[index] if index < len(given.items) else UNKNOWN
        return given
    if isinstance(node, ast.Dict):
        values = [
            value
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant) and key.value == named
        ]
        return run.seen(values[-1]) if values else UNKNOWN
    if given.tag == "locals":
        return run.lookup(named)
    return given._replace(text=None)


def _only_number(value: Value) -> Value:
    """A value that passed a conversion that takes numbers only."""
    return Value(unknown=value.unknown | (Harm.SQL if value.taints else 0), text=HOLE)


def _as_shown(value: Value, conversion: str) -> Value:
    return cleaned(value, Harm.LOG | Harm.HEADER) if conversion in "ra" else value


def format_text(
    run: Run, template: Value, node: ast.Call, args: Sequence[Value], named: dict[str | None, Value]
) -> Value:
    """``template.format(...)``."""
    if template.text is None or template.is_cut or not run.flow.affords(template.text):
        return run.compose((template, *args, *named.values()), node)
    pieces: list[Value] = [template._replace(text="")]
    last = index = 0
    for match in _FIELD.finditer(template.text):
        if match[1] is None:
            continue
        pieces.append(Value(unknown=0, text=template.text[last : match.start()]))
        last = match.end()
        part = _field(match[1], named, args, index)
        numeric = bool(match[3]) and match[3][-1] in "dfFeEgGxXobn%"
        pieces.append(_only_number(part) if numeric else _as_shown(part, (match[2] or "!s")[1]))
        index += not match[1]
    pieces.append(Value(unknown=0, text=template.text[last:]))
    return run.compose(pieces, node)


def _field(key: str, named: dict[str | None, Value], args: Sequence[Value], index: int) -> Value:
    key = re.split(r"[.\[]", key, maxsplit=1)[0]
    if not key or key.isdigit():
        position = int(key[:4]) if key else index
        if position < len(args):
            return args[position]
        return merge(args)._replace(text=None) if args else UNKNOWN
    spread = named.get(None, UNKNOWN)
    return named.get(key, spread._replace(text=None))


def joined(run: Run, node: ast.JoinedStr) -> Value:
    """An f-string."""
    if all(isinstance(part, ast.Constant) for part in node.values):
        text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if looks_like_sql(text):
            run.flow.judge(Harm.SQL, node, safe=True)
        return Value(unknown=0, text=text)
    return run.compose([run.value(part) for part in node.values], node)


def formatted_value(run: Run, node: ast.FormattedValue) -> Value:
    """A replaced part of an f-string."""
    value = run.value(node.value)
    spec = node.format_spec
    if isinstance(spec, ast.JoinedStr) and spec.values:
        last = spec.values[-1]
        if isinstance(last, ast.Constant) and str(last.value)[-1:] in set("dfFeEgGxXobn%"):
            return _only_number(value)
    return cleaned(value, Harm.LOG | Harm.HEADER) if node.conversion in {ord("r"), ord("a")} else value


def sequence(run: Run, node: ast.List | ast.Tuple | ast.Set) -> Value:
    """A list, tuple or set that is written out."""
    values = [run.value(entry) for entry in node.elts]
    plain = len(values) <= _MOST_ITEMS and not any(isinstance(entry, ast.Starred) for entry in node.elts)
    ordered = plain and not isinstance(node, ast.Set)
    return merge(values)._replace(items=tuple(map(_shallow, values)) if ordered else None, tag="list")


def _shallow(value: Value) -> Value:
    """An item without what its own items hold: lists in lists in lists could be compared for ever."""
    if value.items is not None and any(item.items is not None for item in value.items):
        return value._replace(items=None)
    return value


def dictionary(run: Run, node: ast.Dict) -> Value:
    """A dictionary that is written out."""
    keys = [run.value(key) for key in node.keys if key is not None]
    values = [run.value(value) for value in node.values]
    for key, value in zip(node.keys, values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "$where":
            run.check(Harm.NOSQL, node, value)
    tag = "json" if any(value.tag == "json" for value in values) else ""
    return merge([*keys, *values])._replace(tag=tag)


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
    return result


def conditional(run: Run, node: ast.IfExp) -> Value:
    """``a if test else b``."""
    run.value(node.test)
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
        run.bind(clause.target, element_of(run.value(clause.iter)))
        for test in clause.ifs:
            run.value(test)
            refine(run, test, truth=True)
    if isinstance(node, ast.DictComp):
        value = merge((run.value(node.key), run.value(node.value)))
    else:
        value = run.value(node.elt)
    run.state = outer
    return Value(value.taints, value.unknown, text=value.text, tag="list", built=value.built)


def parts_of(node: ast.expr) -> Iterator[ast.expr]:
    """What a text is put together of where it is written, in order; not more than a few dozen parts."""
    pending = [node]
    for _ in range(_MOST_PARTS):
        if not pending:
            return
        part = pending.pop()
        inside: list[ast.expr] = []
        if isinstance(part, ast.BinOp):
            inside = [part.left, part.right]
        elif isinstance(part, ast.JoinedStr):
            inside = part.values
        elif isinstance(part, ast.FormattedValue):
            inside = [part.value]
        elif isinstance(part, ast.Tuple | ast.List):
            inside = part.elts
        elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "format":
            inside = [*part.args, *(keyword.value for keyword in part.keywords)]
        elif not isinstance(part, ast.Constant):
            yield part
        pending.extend(reversed(inside))


def element_of(value: Value) -> Value:
    """What iterating over a value gives."""
    if value.items:
        result = value.items[0]
        for item in value.items[1:]:
            result = join(result, item)
        return result
    return Value(value.taints, value.unknown, tag="json" if value.tag == "json" else "")


def inner(run: Run, node: ast.Starred | ast.Await | ast.YieldFrom) -> Value:
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
    return value


def function(run: Run, node: ast.Lambda) -> Value:
    """A lambda: what it does is seen, what it is called with is not."""
    outer, run.state = run.state, State(run.state)
    arguments = node.args
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        run.state.set(argument.arg, UNKNOWN)
    run.value(node.body)
    run.state = outer
    return UNKNOWN


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
