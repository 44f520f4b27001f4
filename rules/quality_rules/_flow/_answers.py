"""What is sent to clients, and what is kept about them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import name_words
from quality_rules._flow._functions import Route, is_handler
from quality_rules._flow._knowledge import MARKUP_WORDS
from quality_rules._flow._sinks import DOCUMENT_METHODS, WRITERS
from quality_rules._flow._texts import looks_like_document, looks_like_html, looks_like_page
from quality_rules._flow._values import HOLE, UNKNOWN, Harm, Level, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

#: Arguments that say what kind of text is sent.
TYPES = ("mimetype", "content_type", "media_type")
#: Words of parameters that name a file.
_NAMES = frozenset(
    {"path", "file", "filename", "filepath", "name", "key", "uri", "url", "template", "id", "sid"}
)
#: What the state calls the type of what is sent: no name is written so.
_TYPE = "content-type"
_NO_PAGE = "no page"


def check_item(run: Run, target: ast.Subscript, value: Value) -> None:
    """An item is set: of a session, or a header of what is sent."""
    index = run.value(target.slice)
    key = run.key(target.value)
    if key.rpartition(".")[2] == "session":
        run.check(Harm.SESSION, target, index)
        run.check(Harm.SESSION, target, value)
    if isinstance(target.slice, ast.Constant) and str(target.slice.value).lower() == "content-type":
        note_type(run, value)
    named = isinstance(target.slice, ast.Constant) and str(target.slice.value)[:1].isupper()
    if (named and key.rpartition(".")[2] in {"response", "resp"}) or key.endswith(
        ("response.headers", "resp.headers")
    ):
        run.check(Harm.HEADER, target, value)
        if not named:
            run.check(Harm.HEADER, target, index)
        if isinstance(target.slice, ast.Constant) and target.slice.value == "Location":
            run.check(Harm.REDIRECT, target, value)


def note_type(run: Run, value: Value) -> None:
    """What is sent from here on is of a type."""
    run.state.introduce(_TYPE, UNKNOWN)
    other = value.text is not None and "html" not in value.text and value.text.strip(HOLE)
    run.state.set(_TYPE, UNKNOWN._replace(tag=_NO_PAGE if other else ""))


def sends_other(run: Run) -> bool:
    """Tells whether what is sent is said to be no page."""
    known = run.state.get(_TYPE)
    return known is not None and known.tag == _NO_PAGE


def is_put(label: str) -> bool:
    """Tells whether what is put into a page is no part of one by its name."""
    return MARKUP_WORDS.isdisjoint(name_words(label)) and not label.isupper()


def check_page(run: Run, node: ast.expr, value: Value) -> None:
    """What a route returns is a page when it looks like one, or when the framework makes a page of any text."""
    text = value.text or ""
    if looks_like_document(text) and value.built is not None:
        run.check(Harm.MARKUP, node, value)
    elif sends_other(run):
        return
    elif run.route not in {Route.NONE, Route.MESSAGE} and looks_like_html(text):
        run.check(Harm.HTML, node, value)
    elif looks_like_page(text) and value.built is not None:
        levels = {Level.PARAMETER, Level.REMOTE}
        given = Value(tuple(taint for taint in value.taints if taint.origin.level in levels and taint.sure))
        run.check(Harm.HTML, node, given._replace(text=value.text, built=value.built), sure=False)
        if "</" in text or '="' in text:  # and no way to show an object
            run.note_unseen(Harm.HTML, value)
    elif (run.route is Route.PAGE or run.route is Route.ANSWER) and (
        value.built is not None or value.tag in {"", "fields"}
    ):
        sure = Value(tuple(taint for taint in value.taints if taint.sure))
        run.check(Harm.HTML, node, sure._replace(unknown=value.unknown), sure=False)


def check_place(run: Run, node: ast.expr, value: Value) -> None:
    """A function returns where a file is: in a folder, and there where a caller says by a name or path."""
    built = value.built
    joined = isinstance(built, ast.Call) and run.origin(built.func) in {"os.path.join", "posixpath.join"}
    if joined or (value.tag == "path" and built is not None):
        named = tuple(
            taint for taint in value.taints if not _NAMES.isdisjoint(name_words(taint.origin.label))
        )
        run.check(Harm.PATH, node, value._replace(taints=named), sure=False)


def check_document(run: Run, called: Called, texts: Iterable[Value]) -> None:
    """What is sent as something else than a page may be XML, and headers can lead elsewhere."""
    kinds = (called.named[name].text or "" for name in TYPES if name in called.named)
    is_data = any("xml" in kind and "html" not in kind for kind in kinds)
    for value in texts:
        text = value.text or ""
        if value.built is not None and (looks_like_document(text) or (is_data and looks_like_html(text))):
            run.check(Harm.MARKUP, called.node, value)
    for keyword in called.node.keywords:
        if keyword.arg == "headers" and isinstance(keyword.value, ast.Dict):
            for key, given in zip(keyword.value.keys, keyword.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "Location":
                    run.check(Harm.REDIRECT, called.node, run.seen(given))


def types_in_headers(called: Called) -> Iterator[str | None]:
    """The types that headers name which are written out in the call."""
    given = [*called.node.args[1:], *(word.value for word in called.node.keywords if word.arg == "headers")]
    for headers in given:
        for key, value in (
            zip(headers.keys, headers.values, strict=True) if isinstance(headers, ast.Dict) else ()
        ):
            if isinstance(key, ast.Constant) and str(key.value).lower() == "content-type":
                yield (
                    value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
                )


def check_location(run: Run, called: Called) -> None:
    """A header that leads elsewhere."""
    if len(called.args) < 2:  # noqa: PLR2004 - a name and a value
        return
    if called.args[0].text == "Location":
        run.check(Harm.REDIRECT, called.node, called.args[1])
    elif (called.args[0].text or "").lower() == "content-type":
        note_type(run, called.args[1])


def check_answer(run: Run, called: Called, function: ast.Attribute, owner: str) -> None:
    """What is sent to a client, or asked of a collection of documents."""
    last, node, first = called.last, called.node, called.args[0]
    if last in {"write", "finish"} and owner in WRITERS:
        if sends_other(run):
            return
        if owner != "self" or looks_like_html(first.text or "") or _writes_page(run, first):
            # A class that says of what type it sends does so where it knows.
            sure = (
                run.owner is None
                or looks_like_html(first.text or "")
                or not run.flow.classes.is_typed(run.owner)
            )
            run.check(Harm.HTML, node, first, composed=True, sure=sure)
    elif last in DOCUMENT_METHODS and first.tag == "json":
        is_collection = "_" in last or isinstance(node.args[0], ast.Dict) or "." in run.key(function.value)
        run.check(Harm.NOSQL, node, first, sure=is_collection)
    elif last in DOCUMENT_METHODS and "_" in last:
        run.check(Harm.NOSQL, node, Value(unknown=first.unknown))
    elif last == "redirect":
        own = owner in {"self", "response"}
        taints = tuple(taint for taint in first.taints if own or taint.origin.level is Level.REMOTE)
        run.check(Harm.REDIRECT, node, first._replace(taints=taints))


def _writes_page(run: Run, value: Value) -> bool:
    """Tells whether a handler sends a text as a page: it does unless told otherwise."""
    is_text = value.built is not None or value.tag in {"", "fields"}
    return (
        run.owner is not None
        and is_handler(run.owner)
        and is_text
        and not run.flow.classes.is_typed(run.owner)
    )
