"""The rule needless-shell."""

from __future__ import annotations

import ast
import re

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_on
from quality_rules._words import words

#: Programs and arguments that mean the same to everybody.
_PLAIN = re.compile(r"[\w./:,+@-]+(?: [\w./:,+@=-]+)*")
#: What only a shell knows.
_OF_SHELLS = words(
    "alias cd cls command copy del dir echo erase eval exec exit export for hash if md mkdir mklink move rd ren rmdir set source"
    " start time trap type ulimit umask unset ver vol wait while"
)


class NeedlessShell(CallRule):
    """A shell is started to start a program.

    ## What it does
    Reports `subprocess.run` and the like with `shell=True` and a written-out command that is a program and plain
    arguments.

    Commands that need a shell, for pipes, patterns of files, variables or commands of its own, are fine.

    ## Why is this bad
    A second process is started only to take a text apart at its blanks, by rules that differ between systems. A name of a file
    that is put in later is taken as a command, too.

    ## Example
    ```python
    import subprocess

    subprocess.run("git fetch --all", shell=True, check=True)
    ```

    ## Use instead
    ```python
    import subprocess

    subprocess.run(["git", "fetch", "--all"], check=True)
    ```

    ## References
    - [Python documentation: security considerations of subprocess](https://docs.python.org/3/library/subprocess.html#security-considerations)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 2
    needs = frozenset({"run", "call", "check_call", "check_output", "Popen"})

    VALID = (
        Valid(
            "import subprocess\n\nsubprocess.run('ls *.py | wc -l', shell=True)\nsubprocess.run('cd x', shell=True)"
        ),
        Valid("import subprocess\n\nsubprocess.run(['ls', '-l'])\nsubprocess.run('ls')"),
        Valid("import subprocess\n\nsubprocess.run(command, shell=True)", "Nobody knows"),
    )
    INVALID = (
        Invalid(
            "import subprocess\n\nsubprocess.check_output('ls -l', shell=True)",
            ("3:1-3:45 no shell is needed for this: give ['ls', '-l'], without shell=True",),
        ),
        Invalid(
            "from subprocess import Popen\n\ndef f():\n    return Popen('make -j4 all', shell=True)",
            ("4:12-4:45 no shell is needed for this: give ['make', '-j4', 'all'], without shell=True",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if not dotted.startswith("subprocess.") or not is_on(argument(call, -1, "shell")):
            return
        command = argument(call, 0, "args")
        text = self.constant(self.facts.only_value(command)) if command is not None else None
        if isinstance(text, str) and _PLAIN.fullmatch(text) and text.split(" ")[0] not in _OF_SHELLS:
            shown = ast.unparse(ast.List([ast.Constant(word) for word in text.split(" ")], ast.Load()))
            self.report(call, f"no shell is needed for this: give {shown}, without shell=True")
