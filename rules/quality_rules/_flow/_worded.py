"""What is plainly a statement or a command line by its words, whoever is given it."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from quality_rules._flow._names import opens_file
from quality_rules._flow._sinks import COMMAND_OWNERS, COMMAND_WORDS, FILE_PROGRAMS, RUNNING_WORDS
from quality_rules._flow._texts import looks_like_command, looks_like_ldap, looks_like_sql
from quality_rules._flow._values import HOLE, LISTS, Harm

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

#: Words of functions that only prepare what runs, or have a database run it.
_OTHER_WORDS = frozenset(
    [
        *(
            "complete",
            "completion",
            "resolve",
            "add",
            "get",
            "set",
            "make",
            "build",
            "parse",
            "log",
            "message",
        ),
        *("sql", "query", "statement", "transaction"),
    ]
)
#: Names of arguments that are commands.
_COMMANDS = frozenset({"cmd", "command", "commands", "args", "script"})
_NO_WORDS: frozenset[str] = frozenset()


def check_words(run: Run, called: Called) -> None:
    """A function that is not known gets what is plainly a statement or a command line, or is handed a file's name."""
    own_words, runs = _words_of(called.last)
    if runs and called.args and called.args[0].text in FILE_PROGRAMS:
        for value in called.args[1:]:
            run.check(Harm.PATH, called.node, value, sure=False)
    commands = [*called.args, *(called.named[name] for name in _COMMANDS & called.named.keys())]
    if called.args and opens_file(called.last):
        run.check(Harm.PATH, called.node, called.args[0], sure=False)
    for value in called.given:
        if value.built is None or not value.taints or value.text is None:
            continue
        if looks_like_ldap(value.text) and called.last != "search":
            run.check(Harm.LDAP, called.node, value, sure=False, composed=True)
        elif looks_like_sql(value.text):
            asks = called.last.startswith("fetch")
            run.check(Harm.SQL, called.node, value, sure=asks, composed=True)
        elif value.tag in LISTS or value not in commands:
            continue
        elif _is_command(run, called, value.text, own_words if runs else _NO_WORDS):
            run.check(Harm.COMMAND, called.node, value, sure=False)


@lru_cache(1024)
def _words_of(name: str) -> tuple[frozenset[str], bool]:
    """The words of a function's name, and whether they say that it runs something."""
    found = frozenset(name.lower().strip("_").split("_"))
    return found, bool(found & RUNNING_WORDS) and not found & _OTHER_WORDS


def _is_command(run: Run, called: Called, text: str, own_words: frozenset[str]) -> bool:
    """Tells whether a text is a command line by what is called with it."""
    if own_words:
        plain = bool(own_words & COMMAND_WORDS) and (" " in text.strip() or text.startswith(HOLE))
        return plain or looks_like_command(text)
    function = called.node.func
    owner = run.key(function.value) if isinstance(function, ast.Attribute) else ""
    return owner.rpartition(".")[2].lower() in COMMAND_OWNERS and " " in text.strip()
