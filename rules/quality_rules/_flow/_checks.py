"""Whether what a call is given can do harm there."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import last_word, name_words
from quality_rules._flow._answers import (
    TYPES,
    check_answer,
    check_document,
    check_location,
    sends_other,
    types_in_headers,
)
from quality_rules._flow._fields import check_fields
from quality_rules._flow._hits import Hit
from quality_rules._flow._knowledge import SPEAKERS
from quality_rules._flow._logged import check_log
from quality_rules._flow._prompts import check_prompt
from quality_rules._flow._sinks import (
    ADDRESS_NAMES,
    CLIENT_METHODS,
    CLIENT_NAMES,
    CLIENT_VERBS,
    FILE_METHODS,
    FORMULAS,
    FUNCTIONS,
    LOG_METHODS,
    MARKERS,
    METHODS,
    READERS,
    REPLACERS,
    SIZED,
    SIZED_METHODS,
    STARTERS,
    Sink,
)
from quality_rules._flow._starting import check_list, check_remote, check_starter
from quality_rules._flow._stored import note_stored
from quality_rules._flow._texts import (
    begins_as_sql,
    looks_like_document,
    looks_like_html,
    looks_like_ldap,
    looks_like_sql,
    looks_like_xpath,
)
from quality_rules._flow._values import (
    HOLE,
    LAX_PARSER,
    SANDBOX,
    TABLE,
    UNKNOWN,
    Harm,
    Level,
    Origin,
    Value,
    tainted,
)
from quality_rules._flow._worded import check_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

_LOGGERS = frozenset({"log", "logger", "logging", "_log", "_logger"})
#: Classes that make templates, and what shows a path into a document.
_TEMPLATES = re.compile("Env|Engine|Template|Jinja")
_PATH_MARKS = frozenset("/[@*:")
_NUMBER_OF_LOADER = 2
#: What a caller hands to these is code already, or a name out of its own program.
_BY_NAME = frozenset({"import_module", "__import__", "compile", "getattr"})
#: Arguments that are sent to another program.
_BODIES = frozenset({"data", "content"})
#: Arguments by which a session is one of HTTP.
_OF_HTTP = frozenset({"timeout", "headers", "verify", "allow_redirects", "stream", "proxies"})
#: Functions that run no command but code.
_CODE_RUNNERS = frozenset({"exec", "eval", "compile"})
#: Methods of a query that are given pieces of its statement.
_CLAUSES = frozenset({"order_by", "group_by", "having", "where", "filter", "column", "with_only_columns"})
#: Ends of classes' names whose text is for people.
_COMPLAINTS = ("Error", "Exception", "Warning", "Exit")


def check_call(run: Run, called: Called) -> None:
    """Checks every argument of a call that is not to a function of the source itself."""
    sink = FUNCTIONS.get(called.name)
    _check_size(run, called)
    if called.name == "float" and called.args:
        run.check(Harm.NAN, called.node, called.args[0])
    if sink is not None:
        if not _is_tame(run, called, sink):
            _check_arguments(run, called, sink)
        if sink.harm is Harm.HTML:
            check_document(run, called, _selected(called, sink))
    elif called.name == "print":
        _check_printed(run, called)
    elif called.name.startswith("logging.") and called.name.removeprefix("logging.") in LOG_METHODS:
        check_log(run, called)
    elif isinstance(called.node.func, ast.Attribute):
        _check_method(run, called, called.node.func)
    check_fields(run, called)
    check_prompt(run, called)
    if called.named:
        _check_bodies(run, called)
    _check_started(run, called)


def _check_started(run: Run, called: Called) -> None:
    """What starts another program, or by its name does, or gets what is plainly a statement."""
    if called.name in REPLACERS:
        # Behind the mode of os.spawn… come the program, its name for itself, and what it is given.
        start = 1 if called.last.startswith("spawn") else 0
        check_remote(run, called.node, called.args[start] if len(called.args) > start else UNKNOWN)
        listed = called.args[start + 1].items if len(called.args) > start + 1 else None
        check_list(run, called, listed or tuple(called.args[start + 1 :]))
    elif called.name == "pty.spawn" and called.args:
        check_list(run, called, called.args[0].items or ())
    elif called.name == "asyncio.create_subprocess_exec":
        check_list(run, called, tuple(called.args))
    elif called.last in STARTERS or "shell" in called.named:
        check_starter(run, called)
    elif (
        called.name not in _CODE_RUNNERS
        and called.last not in SPEAKERS
        and not called.last.endswith(_COMPLAINTS)
    ):
        check_words(run, called)


def _check_printed(run: Run, called: Called) -> None:
    """What a program prints that a web server starts is a page."""
    for value in called.args if run.flow.prints_pages and not sends_other(run) else ():
        if value.built is not None and looks_like_html(value.text or ""):
            run.check(Harm.HTML, called.node, value)


def _check_bodies(run: Run, called: Called) -> None:
    """XML is sent to another program."""
    for name in sorted(_BODIES & called.named.keys()):
        body = called.named[name]
        if body.built is not None and looks_like_document(body.text or ""):
            run.check(Harm.MARKUP, called.node, body)


def _check_size(run: Run, called: Called) -> None:
    """A client chooses how much there will be."""
    sink = SIZED.get(called.name)
    if sink is not None:
        sizes = [part for value in _selected(called, sink) for part in (value, *(value.items or ()))]
    elif called.last in SIZED_METHODS:
        sizes = [part for value in called.args[:1] for part in (value, *(value.items or ()))]
    elif called.last == "read" and isinstance(called.node.func, ast.Attribute):
        reads = run.key(called.node.func.value).rpartition(".")[2] in READERS
        sizes = called.args[:1] if reads else []
    else:
        return
    for value in sizes:
        if value.tag == "number" and value.taints:
            run.check(Harm.SIZE, called.node, value)


def _is_piece(run: Run, called: Called) -> bool:
    """Tells whether a text becomes a piece of a statement, which no caller writes as a whole: ``order_by(text(name))``."""
    above = run.facts.parent(called.node)
    return isinstance(above, ast.Call) and called.node in above.args and last_word(above.func) in _CLAUSES


def _check_arguments(run: Run, called: Called, sink: Sink, *, sure: bool = True) -> None:
    if sink.harm is Harm.HTML and called.last.endswith("write") and sends_other(run):
        return
    for given in _selected(called, sink):
        value = _foreign_only(given, called.last) if called.last in _BY_NAME else given
        piece = called.last == "text" and _is_piece(run, called)
        other = called.last == "text" and not piece and not looks_like_sql(given.text or "")
        if other or (sink.harm is Harm.SQL and not piece and not begins_as_sql(given.text or "")):
            value = _foreign_only(given, "getattr")  # a word that means many things
        composed = (sink.composed and not piece) or sink.harm is Harm.HTML
        marked = called.last in MARKERS
        if marked and value.built is not None and looks_like_html(value.text or ""):
            run.note_unseen(Harm.HTML, value)
        if sink.harm is Harm.OBJECTS:
            note_stored(run, called, value)
        if (
            sink.harm is Harm.OBJECTS
            and called.name.startswith("yaml.")
            and value.unknown
            and not value.taints
        ):
            (taint,) = tainted(Origin(Level.UNSEEN, _shown(run, called), called.node)).taints
            run.flow.found.record(Hit(Harm.OBJECTS, called.node, taint, sure=True))
        run.check(sink.harm, called.node, value, sure=sink.sure and sure, composed=composed, marked=marked)


def _shown(run: Run, called: Called) -> str:
    """How the code names what a call gets first."""
    return (run.key(called.node.args[0]) if called.node.args else "") or "what is not known"


def _foreign_only(value: Value, function: str) -> Value:
    """The value without what a caller chooses, or whoever runs the program and names an attribute."""
    least = Level.REMOTE if function == "getattr" else Level.LOCAL
    kept = (taint for taint in value.taints if taint.origin.level >= least)
    return value._replace(taints=tuple(kept))


def _selected(called: Called, sink: Sink) -> Iterator[Value]:
    for position in sink.positions:
        if position < len(called.args):
            yield called.args[position]
    for keyword in sink.keywords:
        if keyword in called.named:
            yield called.named[keyword]


def _is_tame(run: Run, called: Called, sink: Sink) -> bool:
    """Tells whether other arguments take the danger away."""
    if sink.harm is Harm.OBJECTS:
        return called.last.startswith("load") and _loads_safely(run, called)
    tells = _TAMERS.get(sink.harm)
    return called.last == "send_from_directory" if tells is None else tells(called)


def _is_of_these_names(called: Called) -> bool:
    """Tells whether a name is looked up that has a fixed beginning: it is one of those that were written for this."""
    return called.last == "getattr" and len(called.args) > 1 and called.args[1].built is not None


def _has_strict_parser(called: Called) -> bool:
    parser = called.named.get("parser", called.args[1] if len(called.args) > 1 else None)
    return parser is not None and parser.tag != LAX_PARSER


def _is_no_page(called: Called) -> bool:
    """Tells whether it is said that what is sent is no HTML."""
    kinds = [called.named[name].text for name in TYPES if name in called.named]
    kinds.extend(types_in_headers(called))
    # What aiohttp gets as a text it sends as one, and bytes as any.
    given = {"text", "body"} if called.name in {"web.Response", "aiohttp.web.Response"} else {"text"}
    default = bool(given & called.named.keys()) and not kinds and called.last == "Response"
    return default or any(kind is not None and "html" not in kind for kind in kinds)


#: Harm → what tells whether the arguments of a call take it away.
_TAMERS = {Harm.CODE: _is_of_these_names, Harm.XML: _has_strict_parser, Harm.HTML: _is_no_page}


def _name_of_loader(run: Run, node: ast.expr) -> str:
    """What a loader is called where it comes from: a class of this source is what it derives from."""
    known = run.flow.classes.named(node.id) if isinstance(node, ast.Name) else None
    base = known.bases[0] if known is not None and known.bases else node
    return run.facts.origin(base).rpartition(".")[2]


def _loads_safely(run: Run, called: Called) -> bool:
    """Tells whether a loader is told to make nothing but plain values."""
    module = called.name.partition(".")[0]
    if module in {"numpy", "np"}:
        return not _is_on(called, "allow_pickle")
    if module == "torch":
        return _is_on(called, "weights_only")
    loader = [keyword.value for keyword in called.node.keywords if keyword.arg == "Loader"]
    loader += called.node.args[1:_NUMBER_OF_LOADER]
    names = [_name_of_loader(run, node) for node in loader]
    return any("Safe" in name or "BaseLoader" in name for name in names)


def _is_on(called: Called, switch: str) -> bool:
    values = (keyword.value for keyword in called.node.keywords if keyword.arg == switch)
    return any(isinstance(value, ast.Constant) and value.value is True for value in values)


def _check_method(run: Run, called: Called, function: ast.Attribute) -> None:
    owner = run.key(function.value).rpartition(".")[2].lower()
    if called.receiver.tag in _BY_KIND:
        _BY_KIND[called.receiver.tag](run, called)
    elif called.last in METHODS and called.receiver.tag != SANDBOX:
        _check_known(run, called, run.key(function.value).rpartition(".")[2])
    elif called.last == "search":
        _check_search(run, called)
    elif called.last == "find" and called.args and looks_like_xpath(called.args[0].text or ""):
        run.check(Harm.XPATH, called.node, called.args[0], sure=False, composed=True)
    elif called.last == "format":
        _check_template(run, called)
    elif called.last in LOG_METHODS and owner in _LOGGERS:
        check_log(run, called)
    elif called.last == "update" and owner == "session":
        for value in called.given:
            run.check(Harm.SESSION, called.node, value)
    else:
        _check_asked(run, called, owner)
        _check_mail(run, called)
        if called.args:
            check_answer(run, called, function, owner)
    _check_files(run, called)


def _check_mail(run: Run, called: Called) -> None:
    """The lines of a mail above the first empty one are its headers."""
    mail = called.args[2] if called.last == "sendmail" and len(called.args) > 2 else UNKNOWN  # noqa: PLR2004 - from, to, mail
    head = (mail.text or "").replace("\r", "").partition("\n\n")[0]
    if HOLE in head and ":" in head:
        run.check(Harm.HEADER, called.node, mail, composed=True)


def _check_known(run: Run, called: Called, owner: str) -> None:
    """A method that is known by its name."""
    sink = METHODS[called.last]
    if _is_other(called, sink, owner):
        return
    of_model = sink.harm is Harm.SQL and owner.lower() == "objects"
    _check_arguments(run, called, sink._replace(sure=True) if of_model else sink)
    check_location(run, called)


def _is_other(called: Called, sink: Sink, owner: str) -> bool:
    """Tells whether a method is plainly one of another kind of object with the same name."""
    if called.last == "prepare":  # a statement, alone; what prepares a request or itself has the same name
        return owner in {"self", "cls"} or len(called.args) != 1
    if called.last == "from_string":
        return owner[:1].isupper() and not owner.isupper() and not _TEMPLATES.search(owner)
    # A pattern searches a text; a path into a document has marks of one.
    put = called.args[0] if called.args and sink.harm is Harm.XPATH and not sink.sure else UNKNOWN
    return put.built is not None and not _PATH_MARKS & set(put.text or "/")


def _check_client(run: Run, called: Called) -> None:
    """An object that asks other servers."""
    if called.last in CLIENT_METHODS:
        _check_arguments(run, called, Sink(Harm.REQUEST, (0,), ("url",)))
    elif called.last in CLIENT_VERBS:
        _check_arguments(run, called, Sink(Harm.REQUEST, (1,), ("url",)))


def _check_cells(run: Run, called: Called) -> None:
    """A row is written for a spreadsheet: behind another text a cell is no formula."""
    if called.last in {"writerow", "writerows"} and called.args:
        for cell in called.args[0].items or called.args[:1]:
            if cell.built is None or (cell.text or HOLE)[:1] in {HOLE, *FORMULAS}:
                run.check(Harm.CELL, called.node, cell)


#: Tag of an object → what its methods are checked for.
_BY_KIND = {"client": _check_client, TABLE: _check_cells}


def _check_asked(run: Run, called: Called, owner: str) -> None:
    """What by its name asks other servers, and for a URL, as a session may that holds values, too.

    That callers have it ask is what such methods are for; that clients do is not.
    """
    if called.last not in CLIENT_METHODS or CLIENT_NAMES.isdisjoint(name_words(owner)):
        return
    node = called.node.args[0] if called.args else None
    if node is not None and not ADDRESS_NAMES.isdisjoint(name_words(run.key(node).rpartition(".")[2])):
        url = called.args[0]
    elif node is None and "url" in called.named:
        url = called.named["url"]
    else:
        return
    plain = _OF_HTTP.isdisjoint(called.named.keys())
    least = Level.REMOTE if plain else Level.PARAMETER
    taints = tuple(taint for taint in url.taints if taint.origin.level >= least)
    run.check(Harm.REQUEST, called.node, url._replace(taints=taints), sure=False)


def _check_search(run: Run, called: Called) -> None:
    """A directory is searched, as the names or the text of what is given show."""
    named = not {"search_filter", "search_base"}.isdisjoint(called.named)
    given = [
        *called.args[:2],
        *(called.named.get(name, UNKNOWN) for name in ("search_filter", "search_base")),
    ]
    for value in given:
        if named or looks_like_ldap(value.text or ""):
            run.check(Harm.LDAP, called.node, value, composed=True)


def _check_template(run: Run, called: Called) -> None:
    """Who chooses a format chooses which attributes of its values are shown."""
    remote = any(taint.origin.level is Level.REMOTE for taint in called.receiver.taints)
    if remote and called.receiver.built is None and called.given:
        run.check(Harm.TEMPLATE, called.node, called.receiver, sure=False)


def _check_files(run: Run, called: Called) -> None:
    last, node, receiver = called.last, called.node, called.receiver
    unpacks = last == "extractall" and not {"filter", "members"} & called.named.keys()
    if unpacks or (last in FILE_METHODS and receiver.tag in {"path", "normal"}):
        run.check(Harm.PATH, node, receiver)
    elif last == "save" and called.args and called.args[0].built is not None:
        run.check(Harm.PATH, node, called.args[0])
