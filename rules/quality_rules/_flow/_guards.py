"""What a test proves of the names in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import name_words
from quality_rules._flow._alphabets import harmless_after_match
from quality_rules._flow._knowledge import HARMLESS_TYPES, NORMALISERS, TELLING_METHODS
from quality_rules._flow._names import asks, tells_danger, tells_fitness
from quality_rules._flow._parts import INTERNAL, URL_PARTS, names_in
from quality_rules._flow._paths import is_last_part, leaves_no_folder, path_sign
from quality_rules._flow._values import ALL, LISTS, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality_rules._flow._paths import Proof
    from quality_rules._flow._run import Run

#: Expressions that say whether something is so.
TESTS = (ast.Call, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp)
_URL_HARMS = Harm.REDIRECT | Harm.REQUEST
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
#: More operands of one test are not compared.
_MOST_CASES = 40
#: More tests that have names are not looked up for one test.
_MOST_NAMED = 12
#: Half proofs.
_BEGINS_WITH_SLASH, _BEGINS_WITH_ONE, _DOUBT = -1, -2, -3
#: Functions whose result says little of what they are given.
_COUNTING = frozenset({"len", "type", "hash", "id", "sum", "bool"})
#: What the host of a URL is called.
_HOST_WORDS = frozenset({"host", "hostname", "netloc", "domain"})
#: Words of a name that stands for this site, or for what may be chosen.
_SITE_WORDS = frozenset({"url", "host", "root", "base", "site", "origin", "domain", "prefix"})
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


def refine(run: Run, test: ast.expr, *, truth: bool) -> None:
    """Notes in the state what follows from a test that came out so."""
    slashed: set[str] = set()
    for node, harms, shown in _proofs(run, test, truth=truth):
        if harms == _DOUBT:
            for key in names_in(run, node):
                run.doubt(key)
        elif harms in {_BEGINS_WITH_SLASH, _BEGINS_WITH_ONE}:
            # Only both together keep a URL on this site.
            mark = f"{harms} {run.key(node)}"
            slashed.add(mark)
            if f"{_BEGINS_WITH_SLASH + _BEGINS_WITH_ONE - harms} {run.key(node)}" in slashed:
                clean_names(run, node, Harm.REDIRECT, shown=True)
        else:
            clean_names(run, node, harms, shown=shown)


def clean_names(run: Run, node: ast.expr, harms: int, *, shown: bool) -> None:
    """Notes that the names that an expression is made of are harmless to these from here on."""
    for key in names_in(run, node):
        run.clean(key, harms, shown=shown)


def vet_elements(run: Run, target: ast.expr, container: ast.expr, test: ast.expr, *, truth: bool) -> None:
    """A test came out so for every element of something: what is proven of the element is proven of the whole."""
    for _, harms, shown in _of_elements(run, target, container, test, truth=truth):
        clean_names(run, container, harms, shown=shown)


def _of_elements(
    run: Run, target: ast.expr, container: ast.expr, test: ast.expr, *, truth: bool
) -> Iterator[Proof]:
    if isinstance(target, ast.Name):
        for node, harms, shown in _proofs(run, test, truth=truth):
            if harms > 0 and target.id in {*names_in(run, node)}:
                yield container, harms, shown


def _proofs(run: Run, test: ast.expr, *, truth: bool, asked: set[str] | None = None) -> Iterator[Proof]:
    pending = [(test, truth)]
    asked = set() if asked is None else asked
    while pending:
        node, holds = pending.pop()
        if isinstance(node, ast.Name) and not holds:
            yield node, ALL, True  # It is empty.
        inside = _tests_in(run, node, holds=holds, asked=asked)
        if inside:
            pending.extend(inside)
        elif isinstance(node, ast.BoolOp):
            yield from _in_any_case(run, node.values, truth=holds, asked=asked)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from _compared(run, node, holds=holds)
        elif isinstance(node, ast.Compare) and holds:
            yield from _bounded(run, node, holds=True)
        elif isinstance(node, ast.Call):
            yield from _told(run, node) if holds else _denied(run, node)
        elif isinstance(node, ast.Attribute):
            yield from _of_address(node, holds=holds)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and not holds:
            yield from _nothing_left(run, node.left, node.right)


def _tests_in(run: Run, node: ast.expr, *, holds: bool, asked: set[str]) -> list[tuple[ast.expr, bool]]:
    """The tests that all came out in a known way when this one did."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [(node.operand, not holds)]
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) is holds:
        return [(operand, holds) for operand in node.values]
    if isinstance(node, ast.NamedExpr):
        return [(node.value, holds)]
    if (
        isinstance(node, ast.Name)
        and node.id in run.tests
        and len(asked) < _MOST_NAMED
        and node.id not in asked
    ):
        asked.add(node.id)  # A test may name itself.
        return [(run.tests[node.id], holds)]
    return []


def _in_any_case(run: Run, tests: Sequence[ast.expr], *, truth: bool, asked: set[str]) -> Iterator[Proof]:
    """What each of several tests proves, when one of them came out so."""
    common: dict[str, Proof] | None = None
    for test in tests[:_MOST_CASES]:
        proven: dict[str, Proof] = {}
        for node, harms, shown in _proofs(run, test, truth=truth, asked=asked):
            known = proven.get(run.key(node), (node, 0, True))
            if harms > 0 and run.key(node):
                proven[run.key(node)] = (node, known[1] | harms, known[2] and shown)
        if common is None:
            common = proven
        else:
            both = {key: (common[key], proven[key]) for key in common.keys() & proven.keys()}
            common = {key: (a[0], a[1] & b[1], a[2] and b[2]) for key, (a, b) in both.items()}
        if not common:
            return
    if common is not None and len(tests) <= _MOST_CASES:
        yield from (common[key] for key in sorted(common))


def _nothing_left(run: Run, left: ast.expr, right: ast.expr) -> Iterator[Proof]:
    """Of a set nothing is left without what may be chosen: all of it may be."""
    whole = left.args[0] if isinstance(left, ast.Call) and len(left.args) == 1 else left
    if isinstance(whole, ast.Call) and isinstance(whole.func, ast.Attribute) and whole.func.attr == "keys":
        whole = whole.func.value
    known = run.seen(right)
    if not known.taints:
        yield whole, ALL, known.is_safe


def _of_address(node: ast.Attribute, *, holds: bool) -> Iterator[Proof]:
    """What it means that an attribute of a URL or address is set or not."""
    if not holds and node.attr in {"netloc", "hostname", "scheme"}:
        yield node, int(Harm.REDIRECT), True
    elif node.attr in ({"is_global"} if holds else INTERNAL):
        yield node, int(Harm.REQUEST), True


def _denied(run: Run, node: ast.Call) -> Iterator[Proof]:
    """A call that came out false."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "startswith" and node.args:
        parts = node.args[0].elts if isinstance(node.args[0], ast.Tuple) else node.args[:1]
        begins = {path_sign(run, part) for part in parts}
        if "//" in begins:
            yield node.func.value, _BEGINS_WITH_ONE, True
        elif ".." in begins:
            yield from leaves_no_folder(run, node.func.value)
        elif "-" in begins or "--" in begins:
            yield node.func.value, int(Harm.OPTION), True
    elif run.origin(node.func) == "any":
        yield from _of_all(run, node, truth=False)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "difference" and len(node.args) == 1:
        yield from _nothing_left(run, node.func.value, node.args[0])
    else:
        last = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if tells_danger(last) and not run.is_own(node.func):
            yield from ((argument, ALL, False) for argument in node.args)
        else:
            yield from _asked(run, node, last)


def _asked(run: Run, node: ast.Call, function: str) -> Iterator[Proof]:
    """Something that is not seen was asked about a value: whatever it said, less is certain."""
    if asks(function) and not run.is_own(node.func):
        yield from ((argument, _DOUBT, False) for argument in node.args)


def _of_all(run: Run, node: ast.Call, *, truth: bool) -> Iterator[Proof]:
    """``all(... for each in container)``, or not ``any`` of it."""
    every = node.args[0] if len(node.args) == 1 else None
    if isinstance(every, ast.GeneratorExp | ast.ListComp) and len(every.generators) == 1:
        clause = every.generators[0]
        if isinstance(clause.target, ast.Name) and run.seen(clause.iter).tag not in LISTS:
            run.characters.add(clause.target.id)
        if not clause.ifs:
            yield from _of_elements(run, clause.target, clause.iter, every.elt, truth=truth)


def _of_each(run: Run, node: ast.Call) -> Iterator[Proof]:
    """``any(test of a text and each)``: whichever it was, the same is proven of the text."""
    some = node.args[0] if len(node.args) == 1 else None
    if isinstance(some, ast.GeneratorExp | ast.ListComp) and len(some.generators) == 1:
        each = getattr(some.generators[0].target, "id", "")
        for subject, harms, shown in _proofs(run, some.elt, truth=True):
            if run.key(subject) not in {"", each}:
                yield subject, harms, shown


def _compared(run: Run, node: ast.Compare, *, holds: bool) -> Iterator[Proof]:
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, _ORDERS):
        yield from _bounded(run, node, holds=holds)
    if isinstance(operator, ast.NotIn | ast.NotEq | ast.IsNot):
        holds = not holds
    if isinstance(operator, ast.In | ast.NotIn):
        yield from _member(run, left, right, holds=holds)
    elif isinstance(operator, ast.LtE) and holds:
        if isinstance(left, ast.Call) and run.origin(left.func) == "set" and left.args:
            yield left.args[0], ALL, run.seen(right).is_safe
    elif isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        if holds:
            yield from _equal(run, left, right)
            yield from _equal(run, right, left)
        else:
            yield from _matched(run, left, right)
            if isinstance(left, ast.Subscript) and path_sign(run, right) == "-":
                yield left.value, int(Harm.OPTION), True
            # What it was cut into at the slashes is no way up.
            if run.seen(left).tag == "word" and path_sign(run, right) == "..":
                yield left, int(Harm.PATH), False


def _bounded(run: Run, node: ast.Compare, *, holds: bool) -> Iterator[Proof]:
    """A number is less than what nobody else chooses."""
    sides = [node.left, *node.comparators]
    for index, operator in enumerate(node.ops[:_MOST_CASES]):
        if isinstance(operator, _ORDERS):
            rises = isinstance(operator, ast.Lt | ast.LtE) is holds
            less, more = sides[index : index + 2] if rises else sides[index : index + 2][::-1]
            if not run.seen(more).taints:
                yield less, int(Harm.SIZE), True


def _member(run: Run, left: ast.expr, right: ast.expr, *, holds: bool) -> Iterator[Proof]:
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
            yield left, int(Harm.SCHEME) if left.attr == "scheme" else _URL_HARMS | Harm.SCHEME, True
    elif holds and _is_list_of_allowed(run, left, right):
        yield left, ALL, run.seen(right).is_safe or _is_choice(right)


def _is_choice(node: ast.expr) -> bool:
    """Tells whether a collection by its name is a constant, or one of what may be chosen."""
    name = getattr(node, "attr", getattr(node, "id", ""))
    return name.isupper() or not _CHOICE_WORDS.isdisjoint(name_words(name))


def _equal(run: Run, known: ast.expr, node: ast.expr) -> Iterator[Proof]:
    """``node`` equals something known."""
    if isinstance(node, ast.Attribute) and node.attr in URL_PARTS:
        yield node, int(Harm.SCHEME) if node.attr == "scheme" else _URL_HARMS, True
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


def _matched(run: Run, left: ast.expr, right: ast.expr) -> Iterator[Proof]:
    """``match is not None``."""
    if isinstance(right, ast.Constant) and right.value is None:
        test = run.tests.get(left.id) if isinstance(left, ast.Name) else left
        if isinstance(test, ast.Call):
            yield from _told(run, test)


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


def _told(run: Run, node: ast.Call) -> Iterator[Proof]:
    """A call that came out true."""
    name = run.origin(node.func)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if name in {"re.fullmatch", "re.match", "re.search"} and len(node.args) > 1:
        yield from _fits(run, node.args[0], last, node.args[1])
    elif name == "isinstance" and len(node.args) > 1:
        yield node.args[0], *_by_type(node.args[1])
    elif name == "all":
        yield from _of_all(run, node, truth=True)
    elif name == "any":
        yield from _of_each(run, node)
    elif last == "compare_digest":
        signed = (part for part in node.args if isinstance(part, ast.Call))
        yield from ((part, int(Harm.OBJECTS), True) for part in signed)
    elif isinstance(node.func, ast.Attribute):
        yield from _told_by_method(run, node, node.func)
    for argument, proven in run.flow.proven(run, node, truth=True):
        yield argument, proven.harms, proven.shown
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if last in {"url_has_allowed_host_and_scheme", "is_safe_url"}:
        yield from ((argument, _URL_HARMS, True) for argument in given)
    elif tells_fitness(last) and not run.is_own(node.func):
        yield from ((argument, ALL, False) for argument in given)
    else:
        yield from _asked(run, node, last)


def _told_by_method(run: Run, node: ast.Call, method: ast.Attribute) -> Iterator[Proof]:
    if method.attr in TELLING_METHODS:
        yield method.value, ALL, True
    elif method.attr in {"fullmatch", "match", "search"} and node.args:
        yield from _fits(run, method.value, method.attr, node.args[0])
    elif method.attr == "issubset" and isinstance(method.value, ast.Call) and node.args:
        yield method.value, ALL, run.seen(node.args[0]).is_safe
    elif method.attr == "issuperset" and node.args:
        yield node.args[0], ALL, run.seen(method.value).is_safe
    elif method.attr == "is_relative_to":
        yield method.value, int(Harm.PATH), True
    elif method.attr == "startswith":
        yield from _begins(run, node, method.value)
    elif method.attr == "endswith" and node.args and _is_host(run, method.value) and _is_domain(node.args[0]):
        yield method.value, _URL_HARMS, True


def _is_host(run: Run, node: ast.expr) -> bool:
    """Tells whether an expression is the host of a URL, or by its name something out of another that is."""
    if isinstance(node, ast.Attribute):
        return node.attr in _HOST_WORDS
    value = run.state.get(run.key(node))
    return isinstance(node, ast.Name) and value is not None and bool(value.basis) and node.id in _HOST_WORDS


def _is_domain(suffix: ast.expr) -> bool:
    """Tells whether the end of a host is a whole domain, or domains: what is before it belongs to the same owner."""
    parts = suffix.elts if isinstance(suffix, ast.Tuple) else [suffix]
    begun = [part.left if isinstance(part, ast.BinOp) else part for part in parts]
    begun = [part.values[0] if isinstance(part, ast.JoinedStr) and part.values else part for part in begun]
    texts = [str(part.value) if isinstance(part, ast.Constant) else "" for part in begun]
    known = [
        text.count(".") > 1 or part is not whole
        for part, whole, text in zip(begun, parts, texts, strict=True)
    ]
    return all(text.startswith(".") for text in texts) and all(known)


def _begins(run: Run, node: ast.Call, subject: ast.expr) -> Iterator[Proof]:
    """``subject.startswith(...)``: a check of a path when it is an absolute one, of a URL with its host."""
    path = subject
    if isinstance(subject, ast.BinOp) and isinstance(subject.op, ast.Add):
        path = subject.left  # a separator is put behind it
    inline = isinstance(path, ast.Call) and run.origin(path.func) in NORMALISERS
    if run.seen(path).tag == "normal" or inline:
        yield subject, int(Harm.PATH), True
    if node.args and _is_of_http(node.args[0]):
        yield subject, int(Harm.SCHEME), True
    prefix = run.seen(node.args[0]).text if node.args else None
    if prefix == "/":
        yield subject, _BEGINS_WITH_SLASH, True
    if prefix and "://" in prefix and prefix.count("/") > 2:  # noqa: PLR2004 - the slash behind the host
        yield subject, _URL_HARMS, True
    elif prefix is None and node.args and not run.seen(node.args[0]).taints:
        name = getattr(node.args[0], "attr", getattr(node.args[0], "id", ""))
        if not _SITE_WORDS.isdisjoint(name_words(name)):
            yield subject, _URL_HARMS, False


def _is_of_http(prefix: ast.expr) -> bool:
    """Tells whether no URL of a file begins so."""
    parts = prefix.elts if isinstance(prefix, ast.Tuple) else [prefix]
    return all(isinstance(part, ast.Constant) and str(part.value).startswith("http") for part in parts)


def _fits(run: Run, pattern: ast.expr, function: str, text: ast.expr) -> Iterator[Proof]:
    """A text matched; of a pattern that is not seen it is believed when all or the beginning must match."""
    value = run.seen(pattern)
    if value.text is not None and value.is_safe:
        yield text, harmless_after_match(value.text, function), True
    elif not value.taints and function != "search":
        yield text, ALL, False


def _by_type(node: ast.expr) -> tuple[int, bool]:
    """What a value of a type cannot harm."""
    kinds = node.elts if isinstance(node, ast.Tuple) else [node]
    names = {getattr(kind, "attr", getattr(kind, "id", "")) for kind in kinds}
    return (
        ALL if names <= HARMLESS_TYPES else int(Harm.NOSQL) if names <= {"str", "bytes", "int"} else 0
    ), True
