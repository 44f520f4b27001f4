"""Which sources, and which of their functions, are worth to be followed."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from quality.rules import last_word
from quality_rules._flow._functions import Route, route_of
from quality_rules._flow._knowledge import (
    FORM_METHODS,
    FORM_NAMES,
    REQUEST_METHODS,
    REQUEST_NAMES,
    REQUEST_TYPES,
    SOCKET_METHODS,
    SOURCE_NAMES,
    SOURCES,
)
from quality_rules._flow._names import finds_file, opens_file
from quality_rules._flow._sinks import (
    COMMAND_OWNERS,
    DOCUMENT_METHODS,
    FILE_METHODS,
    FUNCTIONS,
    LOG_METHODS,
    METHODS,
    REPLACERS,
    RUNNING_WORDS,
    STARTERS,
    WRITERS,
)
from quality_rules._flow._texts import looks_like_html, looks_like_ldap, looks_like_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import FunctionNode
    from quality.rules import Facts


def is_worth_it(facts: Facts) -> bool:
    """A cheap look: False when nothing in the source can do harm."""
    names = facts.words
    if names & _TELLTALES or any(keyword.arg in _SWITCHES for keyword in facts.of(ast.keyword)):
        return True
    if any(map(_runs, names)) or any(_tells(facts, text) for text in facts.of(ast.Constant)):
        return True
    return any(
        finds_file(function.name)
        or (bool(function.decorator_list) and route_of(function, None) is not Route.NONE)
        for function in facts.functions
    )


def worthy(facts: Facts, functions: Iterable[FunctionNode]) -> set[FunctionNode]:
    """The functions that can do harm, or know what can: by what they name, or by what they call that does.

    The others are followed where one of these calls them.

    Args:
        facts: The source's facts.
        functions: Its outermost functions.
    """
    texts = {node for node in facts.of(ast.Constant) if _tells(facts, node)}
    templates = _templates(facts, texts)
    found: set[FunctionNode] = set()
    used: dict[str, list[FunctionNode]] = {}
    for function in functions:
        names = _names_in(facts, function, texts)
        if names is None or not templates.isdisjoint(names):
            found.add(function)
        else:
            for name in names:
                used.setdefault(name, []).append(function)
    pending = [*found]
    while pending:
        for caller in used.get(pending.pop().name, ()):
            if caller not in found:
                found.add(caller)
                pending.append(caller)
    return found


def _templates(facts: Facts, texts: set[ast.Constant]) -> set[str]:
    """The names that a module or class gives such a text, what it is a part of, or another name of it."""
    found: set[str] = set()
    for statement, targets, value in facts.assignments if texts else ():
        if facts.function(statement) is None:
            inside = facts.within(value)
            if any(node in texts or getattr(node, "id", "") in found for node in inside):
                found.update(target.id for target in targets if isinstance(target, ast.Name))
    return found


def _names_in(facts: Facts, function: FunctionNode, texts: set[ast.Constant]) -> set[str] | None:
    """The names that a function mentions; None when one of them, or a text, can have to do with harm."""
    owner = facts.class_of(function)
    if (
        function.name.startswith("do_")
        or finds_file(function.name)
        or route_of(function, owner) is not Route.NONE
    ):
        return None
    names: set[str] = set()
    for node in facts.within(function):
        kind = type(node)
        if kind is ast.Name:
            name = node.id  # type: ignore[attr-defined]
            if name in _CLOSELY or _runs(name) or facts.imports.get(name, "") in _DOTTED:
                return None
            names.add(name)
        elif kind is ast.Attribute:
            name = node.attr  # type: ignore[attr-defined]
            if name in _CLOSELY or _runs(name) or (name in _LAST_WORDS and facts.origin(node) in _DOTTED):
                return None
            owners = _OWNERS.get(name)
            if owners and last_word(node.value) in owners:  # type: ignore[attr-defined]
                return None
            names.add(name)
        elif (kind is ast.Constant and node in texts) or (
            kind is ast.keyword and node.arg in _SWITCHES  # type: ignore[attr-defined]
        ):
            return None
    return names


@lru_cache(4096)
def _runs(name: str) -> bool:
    """Tells whether something is named for running things, or for opening files."""
    return opens_file(name) or not RUNNING_WORDS.isdisjoint(name.lower().split("_"))


def _tells(facts: Facts, node: ast.Constant) -> bool:
    """Tells whether a text is made for a place where it can do harm; a docstring goes nowhere."""
    text = node.value
    if not isinstance(text, str) or isinstance(facts.parent(node), ast.Expr):
        return False
    return text == "$where" or looks_like_sql(text) or looks_like_html(text) or looks_like_ldap(text)


#: Methods of a handler that return what its client sent.
_ASKED = frozenset(name for name in REQUEST_METHODS if name.startswith("get_"))
_SWITCHES = frozenset({"shell", "allow_pickle"})
#: What sets fields by names that it is given.
_SETTING = frozenset({"setattr", "__dict__"})
#: Methods that tell by whose they are.
_OWNERS = {**dict.fromkeys(("write", "finish"), WRITERS), **dict.fromkeys(FORM_METHODS, FORM_NAMES)}
_EVERY = frozenset(
    {
        *(name.rpartition(".")[2] for name in (*FUNCTIONS, *REPLACERS)),
        *METHODS,
        *STARTERS,
        *DOCUMENT_METHODS,
        *LOG_METHODS,
        *REQUEST_NAMES,
        *COMMAND_OWNERS,
        *FILE_METHODS,
        *(name.partition(".")[0] for name in FUNCTIONS if "." in name),
        *_ASKED,
        "headers",
        "recv",
        "session",
        "form_dict",
        "redirect",
        "set_header",
        "save",
        *_SETTING,
    }
)
#: Telltales of a source: without what is named for other reasons in most of them.
_TELLTALES = _EVERY - {
    "get",
    "os",
    "re",
    "web",
    "io",
    "match",
    "search",
    "sub",
    "split",
    "find",
    "compile",
    "parse",
    "load",
    "log",
    "text",
    "run",
    "options",
    "getattr",
    "walk",
    "select",
    "file",
    "template",
    "np",
    "numpy",
    "socket",
}
#: Telltales of a function: what can do harm, or is chosen by somebody else, whatever it belongs to.
_CLOSELY = frozenset(
    {
        *(name for name in (*FUNCTIONS, *SOURCES) if "." not in name),
        *METHODS,
        *STARTERS,
        *DOCUMENT_METHODS,
        *LOG_METHODS,
        *REQUEST_NAMES,
        *REQUEST_TYPES,
        *COMMAND_OWNERS,
        *FILE_METHODS,
        *SOCKET_METHODS,
        *("headers", "session", "form_dict", "redirect", "set_header", "save", "parse_args", "environ"),
        *_SETTING,
        *_ASKED,
    }
) - {"find", "getattr", "compile", "__import__"}  # these need what a client chose
#: Functions of modules, and their last words: a look at those is cheaper.
_DOTTED = frozenset(
    name for name in ("pty.spawn", *FUNCTIONS, *REPLACERS, *SOURCES, *SOURCE_NAMES) if "." in name
)
_LAST_WORDS = frozenset(name.rpartition(".")[2] for name in _DOTTED)
