"""What a test proves of the names in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._flow._knowledge import HARMLESS_TYPES, NORMALISERS, TELLING_METHODS
from quality_rules._flow._values import ALL, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._run import Run

    #: A part of a test, the harms that it cannot do, and whether that is shown or only said by a name.
    Proof = tuple[ast.expr, int, bool]

_URL_HARMS = Harm.REDIRECT | Harm.REQUEST
#: Words of functions that tell whether something may be used.
_TELLING_WORDS = frozenset(
    {
        "valid",
        "validate",
        "safe",
        "allowed",
        "permitted",
        "whitelisted",
        "check",
        "verify",
        "acceptable",
        "trusted",
    }
)
#: What a text must not contain, and what it cannot do without.
_FORBIDDEN = {
    "..": int(Harm.PATH),
    "/": int(Harm.PATH),
    "\\": int(Harm.PATH),
    "../": int(Harm.PATH),
    "\n": Harm.HEADER | Harm.LOG | Harm.COMMAND,
    "\r": Harm.HEADER | Harm.LOG,
    "\r\n": Harm.HEADER | Harm.LOG,
    ";": int(Harm.COMMAND),
    "<": int(Harm.HTML),
}


def refine(run: Run, test: ast.expr, *, truth: bool) -> None:
    """Notes in the state what follows from a test that came out so."""
    for node, harms, shown in _proofs(run, test, truth=truth):
        for key in _names(run, node):
            run.clean(key, harms, shown=shown)


def _proofs(run: Run, test: ast.expr, *, truth: bool) -> Iterator[Proof]:
    pending = [(test, truth)]
    while pending:
        node, holds = pending.pop()
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            pending.append((node.operand, not holds))
        elif isinstance(node, ast.BoolOp):
            if isinstance(node.op, ast.And) is holds:
                pending.extend((operand, holds) for operand in node.values)
        elif isinstance(node, ast.NamedExpr):
            pending.append((node.value, holds))
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from _compared(run, node, holds=holds)
        elif isinstance(node, ast.Call) and holds:
            yield from _told(run, node)


def _compared(run: Run, node: ast.Compare, *, holds: bool) -> Iterator[Proof]:
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, ast.NotIn | ast.NotEq | ast.IsNot):
        holds = not holds
    if isinstance(operator, ast.In | ast.NotIn):
        yield from _member(run, left, right, holds=holds)
    elif isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        if holds:
            yield from _equal(run, left, right)
            yield from _equal(run, right, left)
        else:
            yield from _matched(run, left, right)


def _member(run: Run, left: ast.expr, right: ast.expr, *, holds: bool) -> Iterator[Proof]:
    """``left in right``."""
    if isinstance(left, ast.Constant) and isinstance(left.value, str):
        if not holds and left.value in _FORBIDDEN:
            yield right, _FORBIDDEN[left.value], False
    elif holds and _is_list_of_allowed(run, right):
        yield left, ALL, run.seen(right).is_safe


def _equal(run: Run, known: ast.expr, node: ast.expr) -> Iterator[Proof]:
    """``node`` equals something known."""
    if isinstance(known, ast.Constant) or run.seen(known).is_safe:
        yield node, ALL, True
    elif isinstance(node, ast.Call) and run.origin(node.func) in {
        "os.path.commonpath",
        "os.path.commonprefix",
    }:
        yield node, int(Harm.PATH), True


def _matched(run: Run, left: ast.expr, right: ast.expr) -> Iterator[Proof]:
    """``match is not None``."""
    if isinstance(right, ast.Constant) and right.value is None and isinstance(left, ast.Call):
        yield from _told(run, left)


def _is_list_of_allowed(run: Run, node: ast.expr) -> bool:
    """A collection that nobody outside fills; a text is none, since any piece of it would be in it."""
    value = run.seen(node)
    if value.taints or value.text is not None:
        return False
    return isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict | ast.Name | ast.Attribute | ast.Call)


def _told(run: Run, node: ast.Call) -> Iterator[Proof]:
    """A call that came out true."""
    name = run.origin(node.func)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if name in {"re.fullmatch", "re.match"} and len(node.args) > 1:
        if _is_strict(run, node.args[0], whole=name == "re.fullmatch"):
            yield node.args[1], ALL, True
    elif name == "isinstance" and len(node.args) > 1:
        if _harmless(node.args[1]):
            yield node.args[0], ALL, True
    elif isinstance(node.func, ast.Attribute):
        yield from _told_by_method(run, node, node.func)
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if last in {"url_has_allowed_host_and_scheme", "is_safe_url"}:
        yield from ((argument, _URL_HARMS, True) for argument in given)
    elif _TELLING_WORDS & set(last.lower().split("_")) and not run.is_own(node.func):
        yield from ((argument, ALL, False) for argument in given)


def _told_by_method(run: Run, node: ast.Call, method: ast.Attribute) -> Iterator[Proof]:
    if method.attr in TELLING_METHODS:
        yield method.value, ALL, True
    elif method.attr == "fullmatch" and node.args:
        yield node.args[0], ALL, False
    elif method.attr == "is_relative_to":
        yield method.value, int(Harm.PATH), True
    elif method.attr == "startswith":
        yield from _begins(run, node, method.value)


def _begins(run: Run, node: ast.Call, subject: ast.expr) -> Iterator[Proof]:
    """``subject.startswith(...)``: a check of a path when it is an absolute one, of a URL with its host."""
    value = run.seen(subject)
    inline = isinstance(subject, ast.Call) and run.origin(subject.func) in NORMALISERS
    if value.tag == "normal" or inline:
        yield subject, int(Harm.PATH), True
    prefix = run.seen(node.args[0]).text if node.args else None
    if prefix and "://" in prefix and prefix.count("/") > 2:  # noqa: PLR2004 - the slash behind the host
        yield subject, _URL_HARMS, True


def _is_strict(run: Run, pattern: ast.expr, *, whole: bool) -> bool:
    value = run.seen(pattern)
    text = value.text
    if text is None or not value.is_safe or ".*" in text or ".+" in text:
        return False
    return whole or text.endswith(("$", r"\Z"))


def _harmless(node: ast.expr) -> bool:
    kinds = node.elts if isinstance(node, ast.Tuple) else [node]
    return all(getattr(kind, "attr", getattr(kind, "id", "")) in HARMLESS_TYPES for kind in kinds)


def _names(run: Run, node: ast.expr) -> Iterator[str]:
    """The names that an expression is made of, and those that they were made of."""
    pending: list[ast.AST] = [node]
    for _ in range(24):
        if not pending:
            return
        part = pending.pop()
        key = run.key(part)
        if key:
            yield key
            value = run.state.get(key)
            yield from value.basis if value is not None else ()
        elif isinstance(part, ast.Call):
            owner = [part.func.value] if isinstance(part.func, ast.Attribute) else []
            pending.extend([*part.args, *owner])
        elif isinstance(part, ast.Attribute | ast.Starred):
            pending.append(part.value)
        elif isinstance(part, ast.List | ast.Tuple):
            pending.extend(part.elts)
        elif isinstance(part, ast.BinOp):
            pending.extend([part.left, part.right])
