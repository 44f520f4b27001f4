"""Whether a source is worth to be followed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._flow._knowledge import REQUEST_NAMES
from quality_rules._flow._sinks import (
    COMMAND_OWNERS,
    DOCUMENT_METHODS,
    FILE_METHODS,
    FUNCTIONS,
    LOG_METHODS,
    METHODS,
    RUNNING_WORDS,
    STARTERS,
)
from quality_rules._flow._texts import looks_like_html, looks_like_sql

if TYPE_CHECKING:
    from quality.rules import Facts


def is_worth_it(facts: Facts) -> bool:
    """A cheap look: False when nothing in the source can do harm."""
    names = {node.attr for node in facts.of(ast.Attribute)}
    names.update(node.id for node in facts.of(ast.Name))
    if names & _TELLTALES or any(keyword.arg in _SWITCHES for keyword in facts.of(ast.keyword)):
        return True
    if any(not RUNNING_WORDS.isdisjoint(name.lower().split("_")) for name in names):
        return True
    texts = (node.value for node in facts.of(ast.Constant) if isinstance(node.value, str))
    return any(text == "$where" or looks_like_sql(text) or looks_like_html(text) for text in texts)


_SWITCHES = frozenset({"shell", "allow_pickle"})
_TELLTALES = frozenset(
    {
        *(name.rpartition(".")[2] for name in FUNCTIONS),
        *METHODS,
        *STARTERS,
        *DOCUMENT_METHODS,
        *LOG_METHODS,
        *REQUEST_NAMES,
        *COMMAND_OWNERS,
        *FILE_METHODS,
        *(name.partition(".")[0] for name in FUNCTIONS if "." in name),
        "headers",
        "recv",
        "session",
        "form_dict",
        "redirect",
        "set_header",
        "save",
    }
) - {
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
