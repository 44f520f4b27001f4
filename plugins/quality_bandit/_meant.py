"""Calls that are, by what their libraries document, another call: bandit's checks know that one."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Origins

#: Functions of PyYAML that are ``yaml.load`` with a loader filled in, or of each document of a stream.
_LOADING = frozenset({"yaml.unsafe_load", "yaml.unsafe_load_all", "yaml.load_all"})
#: Functions whose first argument is a list of words.
_STARTING = frozenset(f"subprocess.{name}" for name in ("Popen", "call", "check_call", "check_output", "run"))
#: Functions that take the program before its words → how many arguments come before the words.
_REPLACING = {
    **dict.fromkeys([f"os.{name}" for name in ("execl", "execle", "execlp", "execlpe")], 1),
    **dict.fromkeys([f"os.{name}" for name in ("execv", "execve", "execvp", "execvpe")], 1),
    **dict.fromkeys([f"os.{name}" for name in ("spawnl", "spawnle", "spawnlp", "spawnlpe")], 2),
    **dict.fromkeys([f"os.{name}" for name in ("spawnv", "spawnve", "spawnvp", "spawnvpe")], 2),
    **dict.fromkeys(["os.posix_spawn", "os.posix_spawnp"], 1),
}
_SHELL = re.compile(r"(?:.*/)?(?:ba|z|k|da|a)?sh")
#: An option that has a shell take its next word for the command, alone or with others.
_COMMAND = re.compile(r"-[a-z]*c[a-z]*")
#: What opens a library of C.
_LIBRARIES = frozenset({"ctypes.CDLL", "ctypes.PyDLL", "ctypes.cdll.LoadLibrary", "ctypes.pydll.LoadLibrary"})
_OF_C = frozenset({"system", "popen"})


@dataclass(frozen=True, slots=True)
class Meant:
    """A call as bandit's checks know it.

    Attributes:
        call: The call.
        name: The dotted name of its function.
        said: What a message should say instead of ``shell=True``; empty when that is there.
    """

    call: ast.Call
    name: str
    said: str = ""


def meant(call: ast.Call, name: str, origins: Origins) -> Meant:
    """What a call is by its documentation, or the call itself.

    ``subprocess`` says that ``shell=True`` is ``/bin/sh -c``, ``os.system`` that it is C's, and PyYAML that
    ``unsafe_load`` is ``load`` with another loader.

    Args:
        call: A call without detours.
        name: The dotted name of its function.
        origins: What names stand for.
    """
    if name in _LOADING:
        return Meant(call, "yaml.load")
    if name in _STARTING and call.args:
        words = origins.value(call.args[0])
        if isinstance(words, ast.List | ast.Tuple) and (text := _shell_text(words.elts, origins)):
            on = ast.copy_location(ast.Constant(value=True), call)
            shell = ast.copy_location(ast.keyword("shell", on), call)
            return Meant(_with(call, [text, *call.args[1:]], [*call.keywords, shell]), name, "a shell")
    if name in _REPLACING and len(call.args) > (before := _REPLACING[name]):
        words = origins.value(call.args[before])
        given = words.elts if isinstance(words, ast.List | ast.Tuple) else call.args[before:]
        if text := _shell_text(given, origins):
            return Meant(_with(call, [text], []), "os.system")
    return _of_c(call, origins) or Meant(call, name)


def _shell_text(words: Sequence[ast.expr], origins: Origins) -> ast.expr | None:
    """What a shell that is started with these words runs, or None when none is or it is not seen."""
    if not words or not _is(_SHELL, words[0], origins):
        return None
    for place, word in enumerate(words[1:-1], 1):
        if _is(_COMMAND, word, origins):
            return _as_text(words[place + 1], origins)
        if not str(origins.constant(word)).startswith("-"):
            return None
    return None


def _is(pattern: re.Pattern[str], word: ast.expr, origins: Origins) -> bool:
    known = origins.constant(word)
    return isinstance(known, str) and pattern.fullmatch(known) is not None


def _as_text(word: ast.expr, origins: Origins) -> ast.expr:
    """A word with its constant written out, which is then no built text."""
    known = origins.constant(word)
    if isinstance(known, bytes):
        known = known.decode("latin-1")
    return ast.copy_location(ast.Constant(known), word) if isinstance(known, str) else word


def _of_c(call: ast.Call, origins: Origins) -> Meant | None:
    """``ctypes.CDLL(None).system(line)``."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in _OF_C or not call.args:
        return None
    library = origins.value(function.value)
    if not isinstance(library, ast.Call) or origins.of(library.func) not in _LIBRARIES:
        return None
    return Meant(_with(call, [_as_text(call.args[0], origins)], []), f"os.{function.attr}")


def _with(call: ast.Call, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.Call:
    return ast.copy_location(ast.Call(call.func, args, keywords), call)
