"""Whether what starts a process can be told to start another one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import with_defaults
from quality_rules._flow._sinks import SHELLS
from quality_rules._flow._texts import looks_like_command
from quality_rules._flow._values import UNKNOWN, Harm, Level, Value

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run


#: Where the program stands that an interpreter is given behind ``-c``.
_PROGRAM = 2


def check_starter(run: Run, called: Called) -> None:
    """Functions that start a process: through a shell everything counts, else the program only."""
    command = called.args[0] if called.args else called.named.get("args", UNKNOWN)
    shell = next((keyword.value for keyword in called.node.keywords if keyword.arg == "shell"), None)
    handed_on = isinstance(shell, ast.Name) and _is_callers(run, called.node, shell.id)
    if handed_on and not called.name.startswith("subprocess."):
        run.flow.found.judge(Harm.COMMAND, called.node, safe=True)
        check_remote(run, called.node, command)
        return
    if shell is not None and not (isinstance(shell, ast.Constant) and not shell.value):
        run.check(Harm.COMMAND, called.node, command, sure=isinstance(shell, ast.Constant))
        return
    if command.items:
        check_list(run, called, command.items)
    elif called.name.startswith("subprocess."):
        if command.built is None and command.tag != "list":
            check_remote(run, called.node, command)
    elif command.built is not None and command.text and _is_line(called, command.text):
        run.check(Harm.COMMAND, called.node, command, sure=False)


def _is_line(called: Called, text: str) -> bool:
    """Tells whether a text is a command line, as those are that a function of that name is given."""
    alone = isinstance(called.node.func, ast.Name) and called.last == "run"
    return looks_like_command(text, plain=alone)


def _is_callers(run: Run, call: ast.Call, name: str) -> bool:
    """Tells whether a switch is a parameter that is off: those who turn it on answer for it."""
    function = run.facts.function(call)
    if function is None:
        return False
    return any(
        place.arg == name and isinstance(default, ast.Constant) and not default.value
        for place, default in with_defaults(function.args)
    )


def check_list(run: Run, called: Called, items: tuple[Value, ...]) -> None:
    """Without a shell only the program counts, unless it is a shell."""
    if not items:
        return
    if items[0].text in SHELLS:
        for item in (*items[1:], called.named.get("input", UNKNOWN)):
            run.check(Harm.COMMAND, called.node, item)
        return
    if len(items) > _PROGRAM and items[1].text == "-c":
        run.check(Harm.CODE, called.node, items[_PROGRAM])
    check_remote(run, called.node, items[0])


def check_remote(run: Run, node: ast.expr, program: Value) -> None:
    """Without a shell it is the program itself that must not come from a client."""
    if any(taint.origin.level is Level.REMOTE for taint in program.taints):
        run.check(Harm.COMMAND, node, program, sure=False)
