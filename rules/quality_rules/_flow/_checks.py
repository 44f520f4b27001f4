"""Whether what a call is given can do harm there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._flow._knowledge import SPEAKERS
from quality_rules._flow._sinks import (
    COMMAND_OWNERS,
    COMMAND_WORDS,
    DOCUMENT_METHODS,
    FILE_METHODS,
    FILE_PROGRAMS,
    FUNCTIONS,
    LOG_METHODS,
    MARKERS,
    METHODS,
    REPLACERS,
    RUNNING_WORDS,
    SHELLS,
    STARTERS,
    Sink,
)
from quality_rules._flow._texts import looks_like_command, looks_like_html, looks_like_sql
from quality_rules._flow._values import UNKNOWN, Harm, Level, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

_LOGGERS = frozenset({"log", "logger", "logging", "_log", "_logger"})
_WRITERS = frozenset({"request", "response", "resp", "self", "out", "wfile"})
_HTML_TYPES = ("mimetype", "content_type", "media_type")
#: Words of functions that only prepare what runs.
_OTHER_WORDS = frozenset(
    {"complete", "completion", "resolve", "add", "get", "set", "make", "build", "parse", "log", "message"}
)
_NUMBER_OF_LOADER = 2
#: What a caller hands to these is code already, or a name out of its own program.
_IMPORTERS = frozenset({"import_module", "__import__", "compile"})
#: Ends of classes' names whose text is for people.
_COMPLAINTS = ("Error", "Exception", "Warning", "Exit")


def check_call(run: Run, called: Called) -> None:
    """Checks every argument of a call that is not to a function of the source itself."""
    sink = FUNCTIONS.get(called.name)
    if sink is not None:
        if not _is_tame(called, sink):
            _check_arguments(run, called, sink)
    elif isinstance(called.node.func, ast.Attribute):
        _check_method(run, called, called.node.func)
    if called.name in REPLACERS:
        _check_remote(run, called.node, called.args[0] if called.args else UNKNOWN)
    elif called.last in STARTERS or "shell" in called.named:
        _check_starter(run, called)
    elif called.last not in SPEAKERS and not called.last.endswith(_COMPLAINTS):
        _check_by_text(run, called)


def _check_arguments(run: Run, called: Called, sink: Sink) -> None:
    for given in _selected(called, sink):
        value = _foreign_only(given) if called.last in _IMPORTERS else given
        composed = sink.composed or sink.harm is Harm.HTML
        marked = called.last in MARKERS
        run.check(sink.harm, called.node, value, sure=sink.sure, composed=composed, marked=marked)


def _foreign_only(value: Value) -> Value:
    """The value without what a caller chooses."""
    kept = (taint for taint in value.taints if taint.origin.level is not Level.PARAMETER)
    return value._replace(taints=tuple(kept))


def _selected(called: Called, sink: Sink) -> Iterator[Value]:
    for position in sink.positions:
        if position < len(called.args):
            yield called.args[position]
    for keyword in sink.keywords:
        if keyword in called.named:
            yield called.named[keyword]


def _is_tame(called: Called, sink: Sink) -> bool:
    """Tells whether other arguments take the danger away."""
    if sink.harm is Harm.OBJECTS and called.last in {"load", "load_all"}:
        loader = [keyword.value for keyword in called.node.keywords if keyword.arg == "Loader"]
        loader += called.node.args[1:_NUMBER_OF_LOADER]
        return any("Safe" in getattr(node, "attr", getattr(node, "id", "")) for node in loader)
    if sink.harm is Harm.XML:
        return "parser" in called.named
    if sink.harm is Harm.HTML:
        kinds = [called.named[name].text for name in _HTML_TYPES if name in called.named]
        return any(kind is not None and "html" not in kind for kind in kinds)
    return called.last == "send_from_directory"


def _check_method(run: Run, called: Called, function: ast.Attribute) -> None:
    owner = run.key(function.value).rpartition(".")[2].lower()
    if called.last in METHODS:
        _check_arguments(run, called, METHODS[called.last])
    elif called.last in LOG_METHODS and owner in _LOGGERS:
        _check_log(run, called)
    elif called.args:
        _check_answer(run, called, owner)
    _check_files(run, called)


def _check_answer(run: Run, called: Called, owner: str) -> None:
    """What is sent to a client, or asked of a collection of documents."""
    last, node, first = called.last, called.node, called.args[0]
    if last == "write" and owner in _WRITERS:
        if owner != "self" or looks_like_html(first.text or ""):
            run.check(Harm.HTML, node, first, composed=True)
    elif last in DOCUMENT_METHODS and first.tag == "json":
        run.check(Harm.NOSQL, node, first, sure=False)
    elif last in {"set_header", "add_header"} and len(called.args) > 1:
        run.check(Harm.HEADER, node, called.args[1])
    elif last == "redirect" and owner in {"self", "response"}:
        run.check(Harm.REDIRECT, node, first)


def _check_files(run: Run, called: Called) -> None:
    last, node, receiver = called.last, called.node, called.receiver
    unpacks = last == "extractall" and not {"filter", "members"} & called.named.keys()
    if unpacks or (last in FILE_METHODS and receiver.tag in {"path", "normal"}):
        run.check(Harm.PATH, node, receiver)
    elif last == "save" and called.args and called.args[0].built is not None:
        run.check(Harm.PATH, node, called.args[0])


def _check_log(run: Run, called: Called) -> None:
    template = called.args[0].text if called.args else None
    if template and "%r" in template and "%s" not in template:
        return
    for value in called.given:
        run.check(Harm.LOG, called.node, value)


def _check_starter(run: Run, called: Called) -> None:
    """Functions that start a process: through a shell everything counts, else the program only."""
    command = called.args[0] if called.args else called.named.get("args", UNKNOWN)
    shell = next((keyword.value for keyword in called.node.keywords if keyword.arg == "shell"), None)
    if shell is not None and not (isinstance(shell, ast.Constant) and not shell.value):
        run.check(Harm.COMMAND, called.node, command, sure=isinstance(shell, ast.Constant))
        return
    if command.items:
        program = command.items[0]
        if program.text in SHELLS:
            for item in command.items[1:]:
                run.check(Harm.COMMAND, called.node, item)
        else:
            _check_remote(run, called.node, program)
    elif called.name.startswith("subprocess.") and command.built is None and command.tag != "list":
        _check_remote(run, called.node, command)


def _check_remote(run: Run, node: ast.expr, program: Value) -> None:
    """Without a shell it is the program itself that must not come from a client."""
    if any(taint.origin.level is Level.REMOTE for taint in program.taints):
        run.check(Harm.COMMAND, node, program, sure=False)


def _check_by_text(run: Run, called: Called) -> None:
    """A function that is not known gets what is plainly a statement or a command line, or is handed a file's name."""
    words = set(called.last.lower().strip("_").split("_"))
    runs = bool(words & RUNNING_WORDS) and not words & _OTHER_WORDS
    if runs and called.args and called.args[0].text in FILE_PROGRAMS:
        for value in called.args[1:]:
            run.check(Harm.PATH, called.node, value, sure=False)
    for value in called.given:
        if value.built is None or not value.taints or value.text is None:
            continue
        if looks_like_sql(value.text):
            run.check(Harm.SQL, called.node, value, sure=False, composed=True)
        elif value.tag != "list" and _is_command(run, called, value.text, words if runs else set()):
            run.check(Harm.COMMAND, called.node, value, sure=False)


def _is_command(run: Run, called: Called, text: str, words: set[str]) -> bool:
    """Tells whether a text is a command line by what is called with it."""
    if words:
        return bool(words & COMMAND_WORDS) or looks_like_command(text)
    function = called.node.func
    owner = run.key(function.value) if isinstance(function, ast.Attribute) else ""
    return owner.rpartition(".")[2].lower() in COMMAND_OWNERS and " " in text.strip()
