"""What a comparison proves of its sides."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word, name_words
from quality_rules._flow._parts import URL_PARTS, names_in
from quality_rules._flow._paths import is_last_part, path_sign
from quality_rules._flow._proofs import MOST_CASES
from quality_rules._flow._values import ALL, URL_HARMS, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._proofs import Proof
    from quality_rules._flow._run import Run

_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
#: Functions whose result says little of what they are given.
_COUNTING = frozenset({"len", "type", "hash", "id", "sum", "bool"})
_CHOICE_WORDS = frozenset(
    {"allowed", "permitted", "valid", "supported", "known", "choices", "whitelist", "allowlist", "available"}
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


def bounded(run: Run, node: ast.Compare, *, holds: bool) -> Iterator[Proof]:
    """A number is less than what nobody else chooses."""
    sides = [node.left, *node.comparators]
    for index, operator in enumerate(node.ops[:MOST_CASES]):
        if isinstance(operator, _ORDERS):
            rises = isinstance(operator, ast.Lt | ast.LtE) is holds
            less, more = sides[index : index + 2] if rises else sides[index : index + 2][::-1]
            if not run.seen(more).taints:
                yield less, int(Harm.SIZE), True


def member(run: Run, left: ast.expr, right: ast.expr, *, holds: bool) -> Iterator[Proof]:
    """``left in right``."""
    sign = left.value if isinstance(left, ast.Constant) else path_sign(run, left)
    if sign and isinstance(sign, str):
        if not holds and sign in _FORBIDDEN:
            yield right, _FORBIDDEN[sign], False
    elif not holds and run.seen(left).tag == "word":
        if any(path_sign(run, part) == ".." for part in getattr(right, "elts", ())):
            yield left, int(Harm.PATH), False
    elif holds and isinstance(right, ast.Attribute) and right.attr == "parents":
        yield right.value, int(Harm.PATH), run.seen(right.value).tag == "normal"
    elif holds and isinstance(left, ast.Attribute) and left.attr in URL_PARTS:
        if _is_list_of_allowed(run, left, right):
            yield left, int(Harm.SCHEME) if left.attr == "scheme" else URL_HARMS | Harm.SCHEME, True
    elif holds and _is_list_of_allowed(run, left, right):
        yield left, ALL, run.seen(right).is_safe or _is_choice(right)


def without_any(run: Run, node: ast.Call) -> Iterator[Proof]:
    """``any(sign in text for sign in signs)`` came out false: none of the signs is in the text."""
    match node.args:
        case [
            ast.GeneratorExp(
                elt=ast.Compare(left=ast.Name(id=sign), ops=[ast.In()], comparators=[text]),
                generators=[ast.comprehension(target=ast.Name(id=each), iter=signs, ifs=[])],
            )
        ] if sign == each:
            yield from without_signs(run, text, signs)


def without_signs(run: Run, text: ast.expr, signs: ast.expr) -> Iterator[Proof]:
    """None of the characters, or texts, of a constant is in a text."""
    known = run.seen(signs)
    found = known.text if known.text is not None else [entry.text for entry in known.items or ()]
    for sign in list(found)[:MOST_CASES]:
        if sign in _FORBIDDEN:
            yield text, _FORBIDDEN[sign], False


def equal(run: Run, known: ast.expr, node: ast.expr) -> Iterator[Proof]:
    """``node`` equals something known."""
    if isinstance(node, ast.Attribute) and node.attr in URL_PARTS:
        yield node, int(Harm.SCHEME) if node.attr == "scheme" else URL_HARMS, True
        return
    name = run.origin(node.func) if isinstance(node, ast.Call) else ""
    if isinstance(known, ast.Constant) or run.seen(known).is_safe:
        if name not in _COUNTING:
            yield node, ALL, True
    elif name in {"os.path.commonpath", "os.path.commonprefix"}:
        yield node, int(Harm.PATH), True
    elif name == "os.path.dirname" or (isinstance(node, ast.Attribute) and node.attr == "parent"):
        if not run.seen(known).taints:
            yield node, int(Harm.PATH), True
    elif is_last_part(run, node, name) and run.key(known) in {*names_in(run, node)}:
        yield known, int(Harm.PATH), True


def nothing_left(run: Run, left: ast.expr, right: ast.expr) -> Iterator[Proof]:
    """Of a set nothing is left without what may be chosen: all of it may be."""
    whole = left.args[0] if isinstance(left, ast.Call) and len(left.args) == 1 else left
    if isinstance(whole, ast.Call) and isinstance(whole.func, ast.Attribute) and whole.func.attr == "keys":
        whole = whole.func.value
    known = run.seen(right)
    if not known.taints:
        yield whole, ALL, known.is_safe


def _is_list_of_allowed(run: Run, left: ast.expr, node: ast.expr) -> bool:
    """A collection that nobody outside fills; a text is one of characters, and else any piece of it is in it."""
    value = run.seen(node)
    if value.is_chosen:
        return False
    if isinstance(left, ast.Name) and left.id in run.characters:
        return True
    if value.text is not None:
        return False
    return isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict | ast.Name | ast.Attribute | ast.Call)


def _is_choice(node: ast.expr) -> bool:
    """Tells whether a collection by its name is a constant, or one of what may be chosen."""
    name = last_word(node)
    return name.isupper() or not _CHOICE_WORDS.isdisjoint(name_words(name))
