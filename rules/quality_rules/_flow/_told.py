"""What a call proves that came out true, or an attribute of an address."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word, name_words
from quality_rules._flow._alphabets import harmless_after_match, harmless_after_removal
from quality_rules._flow._knowledge import HARMLESS_TYPES, NORMALISERS, TELLING_METHODS
from quality_rules._flow._parts import INTERNAL
from quality_rules._flow._proofs import BEGINS_WITH_SLASH
from quality_rules._flow._values import ALL, URL_HARMS, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._proofs import Proof
    from quality_rules._flow._run import Run

#: What the host of a URL is called.
_HOST_WORDS = frozenset({"host", "hostname", "netloc", "domain"})
#: Words of a name that stands for this site, or for what may be chosen.
_SITE_WORDS = frozenset({"url", "host", "root", "base", "site", "origin", "domain", "prefix"})


def told_by_method(run: Run, node: ast.Call, method: ast.Attribute) -> Iterator[Proof]:
    if method.attr in TELLING_METHODS:
        yield method.value, ALL, True
    elif method.attr in {"fullmatch", "match", "search"} and node.args:
        yield from fits(run, method.value, method.attr, node.args[0])
    elif method.attr == "issubset" and isinstance(method.value, ast.Call) and node.args:
        yield method.value, ALL, run.seen(node.args[0]).is_safe
    elif method.attr == "issuperset" and node.args:
        yield node.args[0], ALL, run.seen(method.value).is_safe
    elif method.attr == "is_relative_to":
        yield method.value, int(Harm.PATH), True
    elif method.attr == "startswith":
        yield from begins(run, node, method.value)
    elif method.attr == "endswith" and node.args and _is_host(run, method.value) and _is_domain(node.args[0]):
        yield method.value, URL_HARMS, True


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


def begins(run: Run, node: ast.Call, subject: ast.expr) -> Iterator[Proof]:
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
        yield subject, BEGINS_WITH_SLASH, True
    if prefix and "://" in prefix and prefix.count("/") > 2:  # noqa: PLR2004 - the slash behind the host
        yield subject, URL_HARMS, True
    elif prefix is None and node.args and not run.seen(node.args[0]).taints:
        name = last_word(node.args[0])
        if not _SITE_WORDS.isdisjoint(name_words(name)):
            yield subject, URL_HARMS, False


def _is_of_http(prefix: ast.expr) -> bool:
    """Tells whether no URL of a file begins so."""
    parts = prefix.elts if isinstance(prefix, ast.Tuple) else [prefix]
    return all(isinstance(part, ast.Constant) and str(part.value).startswith("http") for part in parts)


def fits(run: Run, pattern: ast.expr, function: str, text: ast.expr) -> Iterator[Proof]:
    """A text matched; of a pattern that is not seen it is believed when all or the beginning must match."""
    value = run.seen(pattern)
    if value.text is not None and value.is_safe:
        yield text, harmless_after_match(value.text, function), True
    elif not value.taints and function != "search":
        yield text, ALL, False


def found_nothing(run: Run, node: ast.Call, function: ast.Attribute) -> Iterator[Proof]:
    """``re.search(pattern, text)``, or a pattern's own, found nothing: the text has nothing that fits."""
    of_module = run.origin(function) == "re.search"
    pattern, text = (node.args[0], node.args[1:2]) if of_module else (function.value, node.args[:1])
    value = run.seen(pattern)
    if text and value.text is not None and value.is_safe:
        yield text[0], harmless_after_removal(value.text), True


def by_type(node: ast.expr) -> tuple[int, bool]:
    """What a value of a type cannot harm."""
    kinds = node.elts if isinstance(node, ast.Tuple) else [node]
    names = {last_word(kind) for kind in kinds}
    if names <= HARMLESS_TYPES:
        return ALL, True
    return (int(Harm.NOSQL) if names <= {"str", "bytes", "int"} else 0), True


def _asked_about(address: ast.expr) -> ast.expr:
    """What an address is made of that stands in a row: ``ip_address(info[4][0])`` says something about ``info``."""
    made = address.args[0] if isinstance(address, ast.Call) and len(address.args) == 1 else address
    row = made
    while isinstance(row, ast.Subscript):
        row = row.value
    return address if row is made else row


def of_address(node: ast.Attribute, *, holds: bool) -> Iterator[Proof]:
    """What it means that an attribute of a URL or address is set or not."""
    if not holds and node.attr in {"netloc", "hostname", "scheme"}:
        yield node, int(Harm.REDIRECT), True
    elif node.attr in ({"is_global"} if holds else INTERNAL):
        yield _asked_about(node.value), int(Harm.REQUEST), True
